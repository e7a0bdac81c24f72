import { turn } from "./turn.js";
// A draft is kept while it is typed: the groups of fields that were typed into, one request at a time, each with the
// revision that the last one gave back. A refusal is shown and saving by itself stops; nothing that was typed is touched.
const named = (node) => node.name && node.type !== "hidden";

// What is sent together: a row of the item grid, else a whole table of rows, a box, a set of fields.
function groupOf(node) {
  const table = node.closest("table");
  if (table) return table.hasAttribute("data-paste") ? node.closest("tr") : table;
  return node.closest("fieldset, .gm-sheet__box, .gm-fieldset") ?? node.form;
}

export function wire() {
  const form = document.querySelector("form[data-autosave]");
  if (!form || form.querySelector("fieldset.gm-read-only")) return;
  const shown = form.querySelector("[data-saved]");
  let timer = 0;
  let running = Promise.resolve();
  let stopped = false;
  let busy = 0;
  let everything = false;
  let dirty = new Set();

  const say = (words, wrong) => {
    shown.replaceChildren();
    const line = document.createElement("span");
    line.className = wrong ? "gm-saved gm-saved--wrong" : "gm-saved";
    line.textContent = words;
    shown.append(line);
  };

  // The fields of the groups that were typed into, with what every request carries.
  function gathered(groups) {
    const all = new FormData(form);
    if (everything) return all;
    const wanted = new Set(["csrfmiddlewaretoken", "revision", "here"]);
    for (const node of form.elements) {
      if (named(node) && [...groups].some((group) => group === form || group.contains(node))) wanted.add(node.name);
      if (node.name?.startsWith("reason/")) wanted.add(node.name);
    }
    const part = new FormData();
    for (const [name, value] of all) if (wanted.has(name)) part.append(name, value);
    return part;
  }

  function put(others) {
    for (const [name, value] of Object.entries(others ?? {})) {
      const node = form.elements[name];
      if (node && node !== document.activeElement && ![...dirty].some((group) => group.contains(node))) node.value = value;
    }
  }

  async function save() {
    if (stopped || !(dirty.size || everything)) return;
    const [groups, whole] = [dirty, everything];
    const sent = gathered(groups);
    dirty = new Set();
    everything = false;
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: sent,
      headers: { "X-Requested-With": "autosave" },
    }).catch(() => null);
    const said = answer ? await answer.json().catch(() => null) : null;
    if (answer?.ok && said) {
      form.elements.revision.value = said.revision;
      put(said.others);
      say(said.message, false);
      form.dispatchEvent(new CustomEvent("gumruk:saved", { detail: sent }));
      return;
    }
    for (const group of groups) dirty.add(group);
    everything ||= whole;
    stopped = ["changed_meanwhile", "held_by_other", "signed_out"].includes(said?.code);
    say(said?.message ? `${form.dataset.conflict}. ${said.message}` : form.dataset.conflict, true);
  }

  const soon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      busy += 1;
      running = turn(save).finally(() => (busy -= 1));
    }, 600);
  };
  form.addEventListener("change", (event) => {
    dirty.add(groupOf(event.target));
    soon();
  });
  form.addEventListener("gumruk:typed", () => {
    everything = true;
    soon();
  });
  // A button saves everything itself: wait for the request under way, so that its revision is the newest.
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (!busy) return;
    event.preventDefault();
    const pressed = event.submitter;
    running.finally(() => form.requestSubmit(pressed ?? undefined));
  });
}
