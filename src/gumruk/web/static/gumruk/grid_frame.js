// The item grid: keeps what is typed as a patch of changed cells; pasting, filling, moving and undoing is done by the
// server, which answers the page of rows anew. What could not be sent stays and goes along with the next change.
import { cellsOf, go, isCell, place, rowsOf } from "./grid.js";
import { choosing } from "./grid_choice.js";
import { conflict, note, say, zeros } from "./grid_notes.js";
import { turn } from "./turn.js";

const SOON = 400;
const WORDS_AFTER = 700; // milliseconds until a wait is put in words

export function frame(first) {
  const form = first.closest("form");
  const state = { frame: first, form, waiting: new Map(), undone: [], last: null, busy: 0 };
  const grid = () => state.frame.querySelector("table[data-rows]");
  const path = (node) => /^items\/(\d+)\/(.+)$/.exec(node.name);
  const rowOf = (node) => Number(node.closest("tr").dataset.row);
  const paths = () => [...grid().tHead.querySelectorAll("[data-path]")].map((head) => head.dataset.path);
  const choice = choosing(state, grid, rowOf, paths);
  let timer = 0;

  function typed(node) {
    const found = path(node);
    if (!found) return;
    if (!state.waiting.has(found[1])) state.waiting.set(found[1], {});
    state.waiting.get(found[1])[found[2]] = node.value;
  }

  function soon(after = SOON) {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => send(), after);
  }

  // What waits and one act, together or not at all.
  function send(extra = {}) {
    window.clearTimeout(timer);
    state.busy += 1;
    const anew = Boolean(extra.op || extra.page_only);
    if (anew) hold(true);
    return turn(() => post(extra)).finally(() => {
      state.busy -= 1;
      if (anew) hold(false);
    });
  }

  // While rows are put in anew nothing is typed into those that go: it would be lost with them.
  function hold(on) {
    grid().setAttribute("aria-busy", String(on));
    grid().querySelectorAll("td input, td textarea").forEach((cell) => (cell.readOnly = on));
    grid().querySelectorAll("td select").forEach((cell) => cell.toggleAttribute("inert", on));
  }

  async function post(extra) {
    const cells = Object.fromEntries(state.waiting);
    if (!Object.keys(cells).length && !extra.op && !extra.page_only) return;
    state.waiting = new Map();
    const slow = window.setTimeout(() => say(state, state.frame.dataset.working, false), WORDS_AFTER);
    const { page, size, here, check } = state.frame.dataset;
    const body = { revision: Number(form.elements.revision.value), page, size, here, check, cells, ...extra };
    const answer = await fetch(state.frame.dataset.patch, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    }).catch(() => null);
    window.clearTimeout(slow);
    const said = answer ? await answer.json().catch(() => null) : null;
    if (answer?.ok && said) {
      const kept = Object.entries(cells).flatMap(([row, texts]) => Object.entries(texts).map(([name, text]) => [`items/${row}/${name}`, text]));
      form.dispatchEvent(new CustomEvent("gumruk:saved", { detail: new Map(kept) }));
      return take(said);
    }
    // Nothing was written: what was typed waits on, what was typed since stands over it.
    Object.entries(cells).forEach(([row, kept]) => state.waiting.set(row, { ...kept, ...state.waiting.get(row) }));
    if (said?.code === "changed_meanwhile") return conflict(state, said, () => send(extra));
    say(state, said?.message ?? state.frame.dataset.lost, true);
    if (said?.message) note(state, [said.message], true);
  }

  function take(said) {
    form.elements.revision.value = said.revision;
    say(state, said.message, false);
    if (said.totals) state.frame.querySelector("[data-totals]").innerHTML = said.totals;
    if (said.undo !== undefined && said.undo) state.undone.push(said.undo);
    if (said.html) swap(said);
    else Object.entries(said.faults ?? {}).forEach(([row, faults]) => mark(row, faults));
  }

  function swap(said) {
    const column = state.last?.column ?? 0;
    const away = state.frame.contains(document.activeElement) || document.activeElement === document.body;
    const box = document.createElement("template");
    box.innerHTML = said.html;
    const fresh = box.content.querySelector("[data-frame]");
    state.frame.replaceWith(fresh);
    state.frame = fresh;
    ready();
    const row = (said.focus ?? state.wanted ?? Number(fresh.dataset.first)) - Number(fresh.dataset.first);
    state.wanted = null;
    if (away) go(grid(), Math.max(0, Math.min(row, rowsOf(grid()).length - 1)), column);
    if (said.notes?.length) note(state, said.notes, false, said.undo ? () => undo() : null);
    if (said.zeros) zeros(state, said.zeros, () => send({ op: { name: "zeros" } }));
  }

  // Faults of the cells of one row, as the server says them now.
  function mark(row, faults) {
    const line = grid().querySelector(`tr[data-row="${row}"]`);
    if (!line) return;
    cellsOf(line).forEach((cell) => {
      const words = faults[cell.name];
      line.querySelector(`#${CSS.escape(`${cell.id}-why`)}`)?.remove();
      cell.toggleAttribute("aria-invalid", Boolean(words));
      cell.removeAttribute("aria-describedby");
      if (!words) return;
      cell.setAttribute("aria-invalid", "true");
      const why = document.createElement("span");
      why.className = "govuk-visually-hidden";
      why.id = `${cell.id}-why`;
      why.textContent = words;
      cell.after(why);
      cell.setAttribute("aria-describedby", why.id);
    });
    tellWhy(document.activeElement);
  }

  function tellWhy(node) {
    const id = node?.getAttribute?.("aria-describedby");
    const words = id && node.closest?.("[data-rows]") ? document.getElementById(id)?.textContent : "";
    state.frame.querySelector("[data-why]").textContent = words || "";
  }

  function act(name, rows, columns = paths()) {
    const [from, to] = rows;
    send({ op: { name, first: from, last: to, columns } });
  }

  function undo() {
    const splice = state.undone.pop();
    if (!splice) return;
    const before = state.undone.length;
    send({ op: { name: "undo", first: splice.at, splice } }).then(() => {
      state.undone.length = before; // taking back is no act to take back
      ready();
    });
  }

  function turnTo(page, row) {
    state.wanted = row;
    return send({ page_only: true, page: String(page) });
  }

  async function fault(back) {
    const here = state.last ? Number(state.frame.dataset.first) + state.last.row : 0;
    const wrong = [...grid().querySelectorAll("[aria-invalid]")];
    const now = wrong.indexOf(document.activeElement);
    const at = document.activeElement;
    const next = wrong.find((cell) => at.compareDocumentPosition(cell) & (back ? 2 : 4) && cell !== at);
    const chosen = back ? wrong.filter((cell) => at.compareDocumentPosition(cell) & 2).at(-1) : next;
    if (chosen && (now >= 0 || state.frame.contains(at))) {
      chosen.focus();
      return;
    }
    await send();
    const answer = await fetch(`${state.frame.dataset.fault}?after=${here}&size=${state.frame.dataset.size}&back=${back ? 1 : 0}`);
    const said = await answer.json();
    if (!said.row) return note(state, [said.message], false);
    state.frame.dataset.check = "1";
    await turnTo(said.page, said.row);
    rowsOf(grid()).find((row) => Number(row.dataset.row) === said.row)?.querySelector("[aria-invalid]")?.focus();
  }

  const acts = {
    fill: () => {
      const [from, to, columns] = choice.range();
      act("fill", [from, to > from ? to : 99999], columns);
    },
    clear: () => {
      const [from, to, columns] = choice.range();
      act("clear", [from, to], columns);
    },
    undo,
    fault: () => fault(false),
  };

  function onKey(event) {
    const node = event.target;
    if (!node.closest("[data-rows]") || !isCell(node)) return;
    const rows = () => choice.range().slice(0, 2);
    const done = () => event.preventDefault();
    const key = event.key;
    const small = key.toLowerCase();
    if (key === "F8") (done(), fault(event.shiftKey));
    else if (event.ctrlKey && small === "d") {
      done();
      const [from, to, columns] = choice.range();
      act("fill", to > from ? [from, to] : [Math.max(1, from - 1), from], columns);
    } else if (event.ctrlKey && small === "i") (done(), act("insert", [rows()[0], rows()[0]]));
    else if (event.ctrlKey && small === "z" && node.value === node.dataset.before && state.undone.length) (done(), undo());
    else if (event.altKey && event.shiftKey && key === "ArrowDown") (done(), act("duplicate", rows()));
    else if (event.altKey && key === "ArrowDown") (done(), act("down", rows()));
    else if (event.altKey && key === "ArrowUp") (done(), act("up", rows()));
    else if (event.altKey && key === "Delete") (done(), act("delete", rows()));
    else if ((key === "Delete" || key === "Backspace") && choice.many()) (done(), acts.clear());
    else if (key === "PageDown" || key === "PageUp") {
      const link = state.frame.querySelector(key === "PageDown" ? "[rel=next]" : "[rel=prev]");
      if (link) (done(), turnTo(link.dataset.turn));
    } else choice.onKey(event);
  }

  function onPaste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!event.target.closest("[data-rows]") || !isCell(event.target) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const column = place(grid(), event.target)[1];
    send({ op: { name: "paste", first: rowOf(event.target), columns: paths().slice(column), text } });
  }

  // The edge of a page: on to the next one; behind the last row Enter adds one.
  function onEdge(event) {
    const { by, key } = event.detail;
    const { page, size, count, first: from } = state.frame.dataset;
    const lastRow = Math.min(Number(from) + Number(size) - 1, Number(count));
    if (by > 0 && lastRow < Number(count)) turnTo(Number(page) + 1, lastRow + 1);
    else if (by < 0 && Number(from) > 1) turnTo(Number(page) - 1, Number(from) - 1);
    else if (by > 0 && key === "Enter") begin(Number(from), Number(size), Number(count), event.detail.column);
  }

  // One row more behind the last: at once, it is stored with the first thing typed into it.
  function begin(from, size, count, column) {
    if (!count || count + 1 - from >= size) return send({ op: { name: "add" } });
    const last = rowsOf(grid()).at(-1);
    const number = count + 1;
    const fresh = last.cloneNode(true);
    fresh.dataset.row = String(number);
    fresh.querySelectorAll("[id$=-why]").forEach((why) => why.remove());
    cellsOf(fresh).forEach((cell) => {
      cell.value = "";
      cell.name = cell.name.replace(/^items\/\d+\//, `items/${number}/`);
      cell.id = cell.id.replace(/^f-items-\d+-/, `f-items-${number}-`);
      cell.setAttribute("aria-label", cell.getAttribute("aria-label").replace(/\d+$/, String(number)));
      ["aria-invalid", "aria-describedby"].forEach((name) => cell.removeAttribute(name));
    });
    fresh.querySelector('[name="rows"]').value = String(number);
    const shown = document.createElement("span");
    shown.dataset.number = shown.textContent = String(number); // no link yet: the item has no page before it is stored
    fresh.querySelector("th a, [data-number]").replaceWith(shown);
    last.after(fresh);
    state.frame.dataset.count = String(number);
    go(grid(), rowsOf(grid()).length - 1, column);
    return null;
  }

  function onClick(event) {
    const button = event.target.closest("button");
    const link = event.target.closest("a[data-turn]");
    if (link) {
      event.preventDefault();
      turnTo(link.dataset.turn);
    } else if (button?.dataset.do) acts[button.dataset.do]();
    else if (button?.name === "grid" && ["insert", "duplicate", "delete", "up", "down", "add"].includes(button.value)) {
      event.preventDefault();
      const ticked = [...grid().querySelectorAll('[name="rows"]:checked')].map((box) => Number(box.value));
      act(button.value, ticked.length ? [ticked[0], ticked.at(-1)] : choice.range().slice(0, 2));
    }
  }

  function ready() {
    state.frame.querySelectorAll("[data-scripted]").forEach((part) => (part.hidden = false));
    state.frame.querySelector('[data-do="undo"]').disabled = !state.undone.length;
    grid().addEventListener("gumruk:edge", onEdge);
  }

  const inside = (event) => state.frame.contains(event.target);
  const onCell = (event) => inside(event) && event.target.closest("[data-rows]") && isCell(event.target);
  form.addEventListener("input", (event) => {
    if (!onCell(event)) {
      if (inside(event)) event.stopImmediatePropagation(); // what the grid asks for itself is no data of the draft
      return;
    }
    typed(event.target);
    soon(2500); // who types for long in one cell is kept too
  }, true);
  form.addEventListener("change", (event) => {
    if (!onCell(event)) {
      if (inside(event)) event.stopImmediatePropagation(); // ticks of the grid are no data
      return;
    }
    event.stopImmediatePropagation(); // the draft's own saving leaves cells to the grid
    typed(event.target);
    soon();
  }, true);
  form.addEventListener("focusin", (event) => {
    if (!onCell(event)) return;
    choice.onFocus();
    const [row, column] = place(grid(), event.target);
    state.last = { row, column };
    event.target.dataset.before = event.target.value;
    tellWhy(event.target);
  });
  form.addEventListener("keydown", onKey, true);
  form.addEventListener("paste", onPaste);
  form.addEventListener("copy", (event) => onCell(event) && choice.copy(event));
  form.addEventListener("mousedown", (event) => onCell(event) && choice.onMouse(event));
  form.addEventListener("click", (event) => inside(event) && onClick(event));
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (!state.busy) return; // the form carries every cell of the page itself
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    turn(() => {}).then(() => form.requestSubmit(pressed ?? undefined));
  }, true);
  ready();
}
