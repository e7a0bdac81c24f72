// Whether the server answers, in words, and what to do with a form that is sent while it does not: it is held, whole, and goes
// when the line is back. The words stand in the page; only times and counts are added.
const EVERY = 20_000;
const FRESH = 5_000;
const LONGEST = 4_000;

export function wire() {
  const shown = document.querySelector("[data-line]");
  if (!shown) return;
  let lost = "";
  let heard = Date.now(); // the page itself came just now
  let held = null;

  const clock = () => new Date().toTimeString().slice(0, 5);

  function tell() {
    const words = lost ? [`${shown.dataset.offline} ${lost}`] : [shown.dataset.online];
    if (lost && held) words.push(`${shown.dataset.waiting}: 1`);
    shown.dataset.state = lost ? "offline" : "online";
    const text = words.join(" · ");
    if (shown.textContent !== text) shown.textContent = text;
  }

  async function ask() {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LONGEST) }).catch(() => null);
    const up = Boolean(answer) && answer.ok;
    if (up) heard = Date.now();
    if (up === !lost) return up;
    lost = up ? "" : clock();
    tell();
    if (up) go();
    return up;
  }

  function go() {
    if (!held) return;
    const { form, button, words } = held;
    held = null;
    words.remove();
    tell();
    form.dataset.goes = "yes";
    form.requestSubmit(button);
  }

  function hold(form, button) {
    if (held) held.words.remove();
    const words = document.createElement("p");
    words.className = "gm-held";
    words.setAttribute("role", "alert");
    words.textContent = shown.dataset.held;
    (button?.closest(".gm-buttons") ?? button ?? form.lastElementChild).after(words);
    held = { form, button, words };
    tell();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.goes) return;
    if (!lost && navigator.onLine && Date.now() - heard < FRESH) return;
    event.preventDefault();
    const button = event.submitter ?? undefined;
    if (await ask()) {
      form.dataset.goes = "yes";
      form.requestSubmit(button);
    } else {
      hold(form, button);
    }
  });
  // Back by the browser's history the page is as it was left: its forms can be sent again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-goes]").forEach((one) => delete one.dataset.goes));
  window.addEventListener("online", ask);
  window.addEventListener("offline", () => {
    lost ||= clock();
    tell();
  });
  window.setInterval(ask, EVERY);
  if (!navigator.onLine) {
    lost = clock();
    tell();
  }
}
