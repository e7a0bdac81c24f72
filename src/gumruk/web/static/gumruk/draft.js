import { turn } from "./turn.js";
// A draft is kept while it is typed: one request at a time, each with the revision that the last one gave back.
// A refusal is shown and saving by itself stops; nothing that was typed is touched.
export function wire() {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const shown = form.querySelector("[data-saved]");
  let timer = 0;
  let running = Promise.resolve();
  let stopped = false;
  let busy = 0;

  const say = (words, wrong) => {
    shown.replaceChildren();
    const line = document.createElement("span");
    line.className = wrong ? "gm-saved gm-saved--wrong" : "gm-saved";
    line.textContent = words;
    shown.append(line);
  };

  async function save() {
    if (stopped) return;
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "autosave" },
    }).catch(() => null);
    if (!answer) {
      say(form.dataset.conflict, true);
      return;
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.ok) {
      form.elements.revision.value = said.revision;
      say(said.message, false);
    } else {
      stopped = said.code === "changed_meanwhile";
      say(`${form.dataset.conflict}. ${said.message ?? ""}`, true);
    }
  }

  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      busy += 1;
      running = turn(save).finally(() => (busy -= 1));
    }, 600);
  };
  form.addEventListener("change", soon);
  form.addEventListener("gumruk:typed", soon);
  // A button saves everything itself: wait for the request under way, so that its revision is the newest.
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    const pressed = event.submitter;
    running.finally(() => form.requestSubmit(pressed ?? undefined));
  });
}
