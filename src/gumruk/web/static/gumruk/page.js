// What every page gets on top of plain HTML. Each part is a small module; a page without scripts still works.
import { wire as keys } from "./keys.js";
import { wire as rows } from "./rows.js";
import { wire as line } from "./line.js";
import { wire as draft } from "./draft.js";
import { wire as grid } from "./grid.js";
import { wire as pickers } from "./pickers.js";
import { wire as copy } from "./copy.js";
import { wire as help } from "./help.js";
import { wire as keep } from "./keep.js";
import { wire as session } from "./session.js";
import { wire as desk } from "./desk.js";
import { wire as queue } from "./queue.js";

// What was refused is read first: focus goes to the summary.
document.querySelector("[data-focus]")?.focus();
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
// The name of the chosen file stands beside the button that chose it.
document.querySelectorAll("[data-file]").forEach((input) => {
  const name = input.parentElement.querySelector("[data-file-name]");
  input.addEventListener("change", () => (name.textContent = input.files[0]?.name ?? ""));
});
// A file that is being read says so in words when it takes longer than a moment.
document.querySelectorAll("form[data-upload]").forEach((form) => {
  form.addEventListener("submit", () => window.setTimeout(() => {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.textContent = form.dataset.upload;
    form.append(words);
  }, 600));
});
// On a phone a filter in which nothing is chosen is folded.
if (matchMedia("(max-width: 640px)").matches && !location.search) {
  document.querySelectorAll("details[data-folds]").forEach((fold) => fold.removeAttribute("open"));
}
session();
rows();
keys();
line();
draft();
keep(); // before pickers: they take the text that stands in their field
grid();
pickers();
copy();
help();
desk();
queue();
// The field of the fault in hand is where one types next.
const mended = document.querySelector("[data-mend]");
if (mended) (document.getElementById(mended.dataset.mend) ?? document.getElementById("main"))?.focus();
