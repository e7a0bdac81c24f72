// Before the sign-out for inactivity a person is asked. Another window may have moved the end on: the server is asked
// first, in a way that counts as no visit.
export function wire() {
  const body = document.body;
  const dialog = document.getElementById("session");
  if (!dialog || !body.dataset.sessionLeft) return;
  const warning = Number(body.dataset.sessionWarning);
  let timer = 0;

  const leave = () => window.location.assign(`/sign-in?idle=1&next=${encodeURIComponent(window.location.pathname + window.location.search)}`);

  async function ask(visit) {
    const headers = visit ? {} : { "X-Background": "1" };
    const answer = await fetch("/session", { headers }).catch(() => null);
    if (!answer) return null;
    return answer.status === 401 ? 0 : (await answer.json()).left;
  }

  function wait(left) {
    window.clearTimeout(timer);
    if (left === null) return;
    const soon = left <= warning;
    if (soon) {
      dialog.querySelector("[data-session-at]").textContent = new Date(Date.now() + left * 1000).toTimeString().slice(0, 5);
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) dialog.close();
    timer = window.setTimeout(look, (soon ? left + 1 : left - warning) * 1000);
  }

  async function look() {
    const left = await ask(false);
    if (left === 0) leave();
    else if (left === null) timer = window.setTimeout(look, 15000);
    else wait(left);
  }

  dialog.querySelector("[data-stay]").addEventListener("click", async () => {
    const left = await ask(true);
    if (left === 0) return leave();
    dialog.close();
    wait(left);
  });
  // Typing counts as being there once it is saved; the page knows it without asking.
  document.addEventListener("gumruk:saved", look, true);
  wait(Number(body.dataset.sessionLeft));
}
