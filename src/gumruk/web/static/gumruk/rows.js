// A click anywhere on a row opens what its link opens; selecting text or pressing a control does not.
export function wire() {
  document.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-href]");
    if (!row || event.target.closest("a, button, input, select, summary, label") || String(window.getSelection())) return;
    window.location.assign(row.dataset.href);
  });
}
