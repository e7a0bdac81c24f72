// Choosing a range of cells: Shift with arrows or a click. What is chosen is seen and said, copied as a spreadsheet does.
import { atEdge, cellsOf, go, isCell, place, rowsOf } from "./grid.js";

export function choosing(state, grid, rowOf, paths) {
  let from = null; // [row, column] where choosing began; the focused cell is the other corner
  let reaching = false; // the focus moves because the choice grows

  function corners() {
    const node = document.activeElement;
    const here = node && isCell(node) && grid().contains(node) ? place(grid(), node) : [state.last?.row ?? 0, state.last?.column ?? 0];
    const there = from ?? here;
    return [Math.min(here[0], there[0]), Math.max(here[0], there[0]), Math.min(here[1], there[1]), Math.max(here[1], there[1])];
  }

  function show() {
    grid().querySelectorAll(".gm-grid__chosen").forEach((cell) => cell.classList.remove("gm-grid__chosen"));
    if (!from) return;
    const [top, bottom, left, right] = corners();
    rowsOf(grid()).slice(top, bottom + 1).forEach((row) => {
      cellsOf(row).slice(left, right + 1).forEach((cell) => cell.parentElement.classList.add("gm-grid__chosen"));
    });
    const first = Number(state.frame.dataset.first);
    state.frame.querySelector("[data-notes]").textContent = state.frame.dataset.chosen
      .replace("{first}", first + top).replace("{last}", first + bottom).replace("{columns}", right - left + 1);
  }

  function drop() {
    if (!from) return;
    from = null;
    state.frame.querySelector("[data-notes]").textContent = "";
    show();
  }

  const many = () => {
    const [top, bottom, left, right] = corners();
    return Boolean(from) && (bottom > top || right > left);
  };

  // Rows by their numbers and the columns of what is chosen; with nothing chosen, the cell that has or had the focus.
  function range() {
    const [top, bottom, left, right] = corners();
    const rows = rowsOf(grid());
    const numbers = [rows[top], rows[Math.min(bottom, rows.length - 1)]].map((row) => Number(row?.dataset.row ?? 0));
    return [numbers[0], numbers[1], paths().slice(left, right + 1)];
  }

  const STEPS = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

  function onKey(event) {
    const by = STEPS[event.key];
    if (event.key === "Escape" || (by && !event.shiftKey && !event.altKey) || event.key === "Tab" || event.key === "Enter") return drop();
    const sideways = by && by[1] !== 0;
    if (!by || !event.shiftKey || event.ctrlKey || event.altKey || (sideways && !from && !atEdge(event.target, event.key))) return;
    event.preventDefault();
    const [row, column] = place(grid(), event.target);
    from = from ?? [row, column];
    reaching = true;
    go(grid(), row + by[0], column + by[1]);
    reaching = false;
    show();
  }

  function onMouse(event) {
    if (!event.shiftKey || state.last === null) return drop();
    event.preventDefault();
    from = from ?? [state.last.row, state.last.column];
    reaching = true;
    event.target.focus();
    reaching = false;
    show();
  }

  function copy(event) {
    if (!many()) return;
    const [top, bottom, left, right] = corners();
    const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = rowsOf(grid()).slice(top, bottom + 1)
      .map((row) => cellsOf(row).slice(left, right + 1).map((cell) => quoted(cell.value)).join("\t"));
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  }

  // The focus went elsewhere by itself: what was chosen is chosen no more.
  const onFocus = () => reaching || drop();

  return { copy, many, onFocus, onKey, onMouse, range };
}
