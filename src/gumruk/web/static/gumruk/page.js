// What every page gets on top of plain HTML. Each part is a small module; a page without scripts still works.
import { wire as keys } from "./keys.js";
import { wire as rows } from "./rows.js";
import { wire as line } from "./line.js";
import { wire as draft } from "./draft.js";
import { wire as grid } from "./grid.js";
import { wire as pickers } from "./pickers.js";
import { wire as copy } from "./copy.js";

// What was refused is read first: focus goes to the summary.
document.querySelector("[data-focus]")?.focus();
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
rows();
keys();
line();
draft();
grid();
pickers();
copy();
