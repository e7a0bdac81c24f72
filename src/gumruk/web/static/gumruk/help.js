// Help beside a field: F1 in the field, or its «?». The words are asked for when somebody wants them and stand at the
// side, or below the field where the page is narrow: never over it. Without scripts «?» opens them as a page.
const panel = document.getElementById("helper");
const words = panel?.querySelector("[data-helper-words]");
let opener = null;

// Only a mark or link says that it is open: a field cannot.
const mark = (node, open) => node?.href && node.setAttribute("aria-expanded", String(open));

function close() {
  if (panel.hidden) return;
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  document.body.classList.remove("gm-helped");
  mark(opener, false);
  if (inside) opener?.focus();
}

function stand(beside) {
  // Below the field on a phone; at the side of the page elsewhere.
  if (matchMedia("(max-width: 900px)").matches) {
    (beside.closest(".gm-field, .gm-scroll, dl > div, .gm-fault, li") ?? beside).after(panel);
  } else {
    document.getElementById("main").append(panel);
  }
}

async function open(address, from) {
  const answer = await fetch(address, { headers: { "X-Part": "help" } }).catch(() => null);
  if (!answer?.ok && from.href) {
    words.textContent = panel.dataset.failed;
  } else if (!answer?.ok) {
    return;
  } else {
    words.innerHTML = await answer.text();
  }
  mark(opener, false);
  opener = from;
  mark(from, true);
  stand(from);
  panel.hidden = false;
  document.body.classList.add("gm-helped");
  panel.querySelector(".gm-helper__inner").scrollTop = 0;
}

function helpWith(control) {
  const field = control.closest(".gm-field");
  const here = field?.querySelector("details[data-help-here]");
  if (here) {
    here.open = !here.open;
    return true;
  }
  const link = field?.querySelector("a.gm-help__mark");
  const inGrid = control.name && control.form?.hasAttribute("data-draft") && !control.name.startsWith("reason/");
  if (!link && !inGrid) return false;
  open(link ? link.getAttribute("href") : `/help/fields/${control.name}`, link ?? control);
  return true;
}

export function wire() {
  if (!panel) return;
  panel.querySelector("[data-helper-close]").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") close();
    if (event.key === "F1" && event.target.matches("input, select, textarea") && helpWith(event.target)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-help]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link === opener && !panel.hidden) close();
    else open(link.getAttribute("href"), link);
  });
  // With F1 at hand the marks of a form need no stop of Tab of their own: the next field is one Tab away.
  document.querySelectorAll("form[data-draft] .gm-help__mark").forEach((mark) => (mark.tabIndex = -1));
  document.querySelectorAll("form[data-draft] .gm-field--helped :is(input, select, textarea)").forEach((control) => {
    control.setAttribute("aria-keyshortcuts", "F1");
  });
}
