// What is typed and not yet saved stays in this window of the browser, under the person who typed it: after a sign-out it
// is offered to the same person only, and what another person left is removed.
const START = "gumruk-typed:";
const BACK = "gumruk-put-back";
const typed = (node) => node.name && !["hidden", "password", "file", "radio", "checkbox"].includes(node.type);

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}");
  } catch {
    return {};
  }
}

function write(key, texts) {
  try {
    if (Object.keys(texts).length) sessionStorage.setItem(key, JSON.stringify(texts));
    else sessionStorage.removeItem(key);
  } catch {
    // The browser keeps nothing: then the page works as one without scripts.
  }
}

function offer(form, key) {
  const notice = document.getElementById("kept").content.cloneNode(true).firstElementChild;
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    sessionStorage.setItem(BACK, key);
    window.location.reload();
  });
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    write(key, {});
    notice.remove();
  });
  form.before(notice);
}

function putBack(form, texts) {
  for (const [name, text] of Object.entries(texts)) {
    const node = form.elements[name];
    if (!node || !typed(node)) continue;
    node.value = text;
    window.setTimeout(() => (form.elements[name] ?? node).dispatchEvent(new Event("change", { bubbles: true })), 300);
  }
}

function keep(form, person) {
  const key = `${START}${person}:${form.dataset.keep}`;
  const texts = read(key);
  for (const [name, text] of Object.entries(texts)) {
    const node = form.elements[name];
    if (node && node.value === text) delete texts[name]; // it was saved
  }
  write(key, texts);
  const here = Object.fromEntries(Object.entries(texts).filter(([name]) => form.elements[name]));
  if (Object.keys(here).length && !form.querySelector("fieldset.gm-read-only")) {
    if (sessionStorage.getItem(BACK) === key) putBack(form, here);
    else offer(form, key);
  }
  const note = (event) => {
    if (!typed(event.target)) return;
    write(key, { ...read(key), [event.target.name]: event.target.value });
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("gumruk:saved", (event) => {
    const left = read(key);
    for (const [name, text] of Object.entries(left)) if (event.detail.get(name) === text) delete left[name];
    write(key, left);
  });
}

export function wire() {
  const person = document.body.dataset.person;
  if (!person) return;
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(START) && !key.startsWith(`${START}${person}:`)) sessionStorage.removeItem(key);
  }
  document.querySelectorAll("form[data-keep]").forEach((form) => keep(form, person));
  sessionStorage.removeItem(BACK);
}
