// Tables of inputs: arrows and Enter move, Tab leaves the row of cells as everywhere. The item grid (a table in a
// `data-frame`) also saves what changed, and lets the server paste, fill, move and undo: grid_frame.js.
import { frame } from "./grid_frame.js";

const CELLS = "td input, td select, td textarea";
export const cellsOf = (row) => [...row.querySelectorAll(CELLS)];
export const rowsOf = (grid) => [...grid.tBodies[0].rows];
export const isCell = (node) => node.matches(CELLS);

export function place(grid, node) {
  const row = node.closest("tr");
  return [rowsOf(grid).indexOf(row), cellsOf(row).indexOf(node)];
}

export function go(grid, row, column) {
  const there = rowsOf(grid)[row];
  const cell = there && cellsOf(there)[column];
  cell?.focus();
  cell?.select?.();
  return Boolean(cell);
}

export function atEdge(node, key) {
  if (node.tagName === "SELECT" || node.selectionStart === null) return true;
  const all = node.selectionStart === 0 && node.selectionEnd === node.value.length;
  return all || (key === "ArrowLeft" ? node.selectionEnd === 0 : node.selectionStart === node.value.length);
}

// Where a key leads: rows and columns to move by.
function step(event, node) {
  const key = event.key;
  if (key === "Enter") return [event.shiftKey ? -1 : 1, 0];
  if (event.shiftKey) return null;
  if (key === "ArrowDown" && node.tagName !== "SELECT") return [1, 0];
  if (key === "ArrowUp" && node.tagName !== "SELECT") return [-1, 0];
  if (key === "ArrowRight" && atEdge(node, key)) return [0, 1];
  if (key === "ArrowLeft" && atEdge(node, key)) return [0, -1];
  return null;
}

function onKey(grid, event) {
  const node = event.target;
  if (event.defaultPrevented || !isCell(node) || event.ctrlKey || event.altKey || event.metaKey) return;
  const by = step(event, node);
  if (!by) return;
  const [row, column] = place(grid, node);
  const moved = go(grid, row + by[0], column + by[1]);
  if (moved || event.key === "Enter") event.preventDefault();
  if (!moved && by[0]) grid.dispatchEvent(new CustomEvent("gumruk:edge", { detail: { by: by[0], column, key: event.key } }));
}

export function wire() {
  document.querySelectorAll("[data-frame]").forEach(frame);
  // One listener for all: the item grid is put in anew after each act on its rows.
  document.addEventListener("keydown", (event) => {
    const grid = event.target.closest?.("table[data-grid]");
    if (grid) onKey(grid, event);
  });
}
