// One save at a time: whoever saves a draft from this page waits for the one before, so that its revision is the newest.
let last = Promise.resolve();
export function turn(act) {
  last = last.then(act, act);
  return last;
}
