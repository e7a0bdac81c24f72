// Keys: those shown in buttons (F9, Ctrl+S), and single letters where nobody types; «?» lists them.
const typing = (node) => node?.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=listbox]");
const named = (event) =>
  event.ctrlKey && event.key.toLowerCase() === "s" ? "Ctrl+S" : event.key === "F8" ? (event.shiftKey ? "Shift+F8" : "F8") : event.ctrlKey || event.altKey || event.metaKey ? "" : event.key;

function press(name) {
  const shown = [...document.querySelectorAll("[data-key]")].find((node) => node.dataset.key === name && node.offsetParent);
  shown?.click();
  return Boolean(shown);
}

function single(name) {
  if (name === "?") {
    document.getElementById("keys")?.showModal();
    return true;
  }
  if (name === "/") {
    const search = document.querySelector("[data-search]");
    search?.focus();
    search?.select();
    return Boolean(search);
  }
  if (name === "j" || name === "k") {
    return move(name === "j" ? 1 : -1);
  }
  if (name === "x" && choose()) return true;
  return press(name);
}

// The row that `j` and `k` stand on is chosen, or no longer.
function choose() {
  const box = document.querySelector('tr[data-current] input[type="checkbox"][name="chosen"]');
  if (!box) return false;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function move(step) {
  const rows = [...document.querySelectorAll("tr[data-href]")];
  if (!rows.length) return false;
  const now = rows.findIndex((row) => row.hasAttribute("data-current"));
  const next = Math.min(Math.max(now + step, 0), rows.length - 1);
  rows.forEach((row) => row.removeAttribute("data-current"));
  rows[next].setAttribute("data-current", "");
  rows[next].querySelector("a")?.focus();
  return true;
}

export function wire() {
  document.querySelector("[data-close]")?.addEventListener("click", () => document.getElementById("keys").close());
  document.addEventListener("keydown", (event) => {
    const name = named(event);
    if (document.querySelector("dialog[open]") || !name) return;
    const done = name.length > 1 ? ["F9", "F8", "Shift+F8", "Ctrl+S"].includes(name) && press(name)
      : document.body.dataset.keys !== "off" && !typing(event.target) && single(name);
    if (done) event.preventDefault();
  });
}
