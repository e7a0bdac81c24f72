// The officer's one screen: j, k and the arrows go through the item lines, the chosen one is shown beside; Enter reads it.
// Without this module the numbers of the lines are links that do the same. The chosen item is kept for the way back.
const typing = (node) => node?.closest("input, textarea, select, [contenteditable], [role=listbox]");

export function wire() {
  const desk = document.querySelector("[data-one]");
  const lines = desk?.querySelector("[data-lines]");
  if (!lines) return;
  const place = document.getElementById("item");
  const kept = `desk:${desk.dataset.one}`;
  const rows = () => [...lines.querySelectorAll("tr[data-item]")];
  let timer = 0;
  let asked = 0;

  async function load(row) {
    const now = (asked += 1);
    const answer = await fetch(row.querySelector("[data-load]").dataset.load).catch(() => null);
    if (!answer?.ok || now !== asked) return;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".gm-one-item");
    place.querySelector(".gm-one-item")?.replaceWith(made);
    place.scrollTop = 0;
  }

  function choose(row, wait) {
    rows().forEach((one) => {
      one.toggleAttribute("data-current", one === row);
      const link = one.querySelector("a");
      if (one === row) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    row.scrollIntoView({ block: "nearest" });
    sessionStorage.setItem(kept, row.dataset.item);
    history.replaceState(null, "", `?item=${row.dataset.item}`);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => load(row), wait);
  }

  function step(by) {
    const all = rows();
    const now = all.findIndex((row) => row.hasAttribute("data-current"));
    const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
    if (!next || all[now] === next) return;
    choose(next, 90);
    if (lines.contains(document.activeElement)) next.querySelector("a").focus({ preventScroll: true });
  }

  lines.addEventListener("click", (event) => {
    const row = event.target.closest("tr[data-item]");
    if (!row || String(window.getSelection())) return;
    event.preventDefault();
    choose(row, 0);
  });
  place.addEventListener("click", (event) => {
    const by = event.target.closest("[data-step]");
    if (!by || !rows().length) return;
    event.preventDefault();
    step(Number(by.dataset.step));
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const letters = document.body.dataset.keys !== "off";
    const inside = lines.contains(event.target) || event.target === document.body || event.target.id === "main";
    if ((letters && event.key === "j") || (inside && event.key === "ArrowDown")) step(1);
    else if ((letters && event.key === "k") || (inside && event.key === "ArrowUp")) step(-1);
    else if (event.key === "Enter" && inside) place.focus();
    else return;
    event.preventDefault();
  });

  const before = sessionStorage.getItem(kept);
  if (before && !new URLSearchParams(location.search).has("item")) {
    const row = rows().find((one) => one.dataset.item === before);
    if (row && !row.hasAttribute("data-current")) choose(row, 0);
  }
}
