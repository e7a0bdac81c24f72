// The item grid is a table of inputs. Arrows and Enter move, Tab leaves the row of cells as everywhere;
// rows copied from a spreadsheet are pasted from the cell that has the focus.
const cellsOf = (row) => [...row.querySelectorAll("td input, td select")];
const rowsOf = (grid) => [...grid.tBodies[0].rows];

function place(grid, node) {
  const row = node.closest("tr");
  return [rowsOf(grid).indexOf(row), cellsOf(row).indexOf(node)];
}

function go(grid, row, column) {
  const cell = rowsOf(grid)[row] && cellsOf(rowsOf(grid)[row])[column];
  cell?.focus();
  cell?.select?.();
  return Boolean(cell);
}

function atEdge(node, key) {
  if (node.tagName === "SELECT" || node.selectionStart === null) return true;
  const all = node.selectionStart === 0 && node.selectionEnd === node.value.length;
  return all || (key === "ArrowLeft" ? node.selectionEnd === 0 : node.selectionStart === node.value.length);
}

function onKey(grid, event) {
  const node = event.target;
  if (!node.matches("td input, td select") || event.ctrlKey || event.altKey || event.metaKey) return;
  const [row, column] = place(grid, node);
  let moved = false;
  if (event.key === "Enter") {
    event.preventDefault();
    go(grid, row + (event.shiftKey ? -1 : 1), column);
    return;
  }
  if (event.key === "ArrowDown" && node.tagName !== "SELECT") moved = go(grid, row + 1, column);
  if (event.key === "ArrowUp" && node.tagName !== "SELECT") moved = go(grid, row - 1, column);
  if (event.key === "ArrowRight" && atEdge(node, event.key)) moved = go(grid, row, column + 1);
  if (event.key === "ArrowLeft" && atEdge(node, event.key)) moved = go(grid, row, column - 1);
  if (moved) event.preventDefault();
}

function onPaste(grid, event) {
  const text = event.clipboardData.getData("text/plain");
  if (!event.target.matches("td input, td select") || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const [row, column] = place(grid, event.target);
  const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n");
  while (grid.hasAttribute("data-paste") && rowsOf(grid).length < row + lines.length) addRow(grid);
  lines.forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const there = rowsOf(grid)[row + down];
      const cell = there && cellsOf(there)[column + right];
      if (cell) cell.value = value.trim();
    });
  });
  sums(grid);
  grid.closest("form")?.dispatchEvent(new Event("gumruk:typed"));
}

// A new row is the last one with its number raised; the server counts items by their names.
function addRow(grid) {
  const last = rowsOf(grid).at(-1);
  const number = rowsOf(grid).length + 1;
  const fresh = last.cloneNode(true);
  fresh.querySelectorAll("input, select").forEach((node) => {
    node.value = "";
    node.removeAttribute("aria-invalid");
    node.name = node.name.replace(/^items\/\d+\//, `items/${number}/`);
    node.id = node.id.replace(/^f-items-\d+-/, `f-items-${number}-`);
  });
  fresh.querySelectorAll("button").forEach((node) => node.remove());
  const head = fresh.querySelector("th");
  if (head) head.textContent = String(number);
  last.after(fresh);
}

function sums(grid) {
  grid.querySelectorAll("[data-sum]").forEach((cell) => {
    const name = cell.dataset.sum;
    let total = 0;
    let digits = 0;
    grid.querySelectorAll("td input").forEach((node) => {
      if (!node.name.endsWith(`/${name}`)) return;
      const said = node.value.replace(/[\s\u00a0]/g, "").replace(",", ".");
      if (!/^\d+(\.\d+)?$/.test(said)) return;
      digits = Math.max(digits, (said.split(".")[1] ?? "").length);
      total += Number(said);
    });
    cell.textContent = total ? total.toLocaleString("ru", { minimumFractionDigits: digits, maximumFractionDigits: digits }) : "";
  });
}

export function wire() {
  document.querySelectorAll("table[data-grid]").forEach((grid) => {
    grid.addEventListener("keydown", (event) => onKey(grid, event));
    grid.addEventListener("paste", (event) => onPaste(grid, event));
    grid.addEventListener("input", () => sums(grid));
    sums(grid);
  });
}
