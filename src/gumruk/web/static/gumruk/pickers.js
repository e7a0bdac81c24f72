// Code pickers: an input that holds a code gets a list that is looked up while typing. Without scripts it stays an input.
const found = new Map();

async function look(list, text) {
  const key = `${list}?${text}`;
  if (!found.has(key)) {
    const answer = await fetch(`/codes/${list}?q=${encodeURIComponent(text)}`);
    found.set(key, answer.ok ? (await answer.json()).rows : []);
  }
  return found.get(key);
}

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const plain = (text) => String(text ?? "").replace(/[&<>"]/g, (sign) => ESCAPES[sign]);

// The firm's own use is marked; a subheading stands under the words of its heading.
function suggestion(row) {
  const mark = row.own ? '<span class="gm-own" aria-hidden="true">★</span> ' : "";
  const above = row.above ? `<span class="gm-option-above">${plain(row.above)}</span>` : "";
  return `${mark}<b>${plain(row.code)}</b> · ${plain(row.name)}${above}`;
}

// What the law of the day asks of a goods code, while it is chosen: told by the server, computed nowhere here.
async function tellFacts(id, code) {
  const place = document.querySelector(`[data-facts-of="${CSS.escape(id)}"]`);
  if (!place) return;
  const item = /^f-items-(\d+)-/.exec(id)?.[1];
  const origin = document.querySelector(`[name="items/${item}/item_origin_country"]`)?.value ?? "";
  const regime = document.querySelector('[name="regime"]')?.value ?? document.querySelector("form[data-regime]")?.dataset.regime ?? "";
  const answer = await fetch(`${place.dataset.facts}?${new URLSearchParams({ code, origin, regime })}`);
  if (answer.ok) place.innerHTML = await answer.text();
}

function enhance(input) {
  const list = input.dataset.codes;
  const box = document.createElement("div");
  const name = document.querySelector(`[data-name-of="${input.id}"]`);
  const about = ["aria-invalid", "aria-describedby"].map((key) => [key, input.getAttribute(key)]);
  const wrong = input.classList.contains("gm-input--wrong");
  let timer = 0;
  input.replaceWith(box);
  window.accessibleAutocomplete({
    element: box,
    id: input.id,
    name: input.name,
    defaultValue: input.value,
    minLength: 0,
    showAllValues: true, // the arrow down in an empty field shows what the firm used lately
    dropdownArrow: () => "",
    confirmOnBlur: false,
    displayMenu: "overlay",
    showNoOptionsFound: false,
    inputClasses: wrong ? "gm-input--wrong" : null,
    templates: {
      inputValue: (row) => row?.code ?? "",
      suggestion: (row) => (typeof row === "string" ? row : suggestion(row)),
    },
    source: (text, show) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => look(list, text).then(show), 120);
    },
    onConfirm: (row) => {
      if (!row) return;
      if (name) name.textContent = row.name;
      tellFacts(input.id, row.code);
      // The component writes the code into its input after this call.
      window.setTimeout(() => box.querySelector("input")?.dispatchEvent(new Event("change", { bubbles: true })), 0);
    },
  });
  const typed = box.querySelector("input");
  // Near the right edge the list hangs from the field's right side, or it would leave the page.
  typed.addEventListener("focus", () => {
    const { left, right } = box.getBoundingClientRect();
    box.toggleAttribute("data-hangs-left", left + 560 > window.innerWidth && right > 560);
  });
  typed.addEventListener("change", () => tellFacts(input.id, typed.value));
  if (input.value) tellFacts(input.id, input.value);
  about.forEach(([key, value]) => value && box.querySelector("input").setAttribute(key, value));
}

// Cells of a grid take the browser's own list: a hundred pickers would be slow.
function suggest(input) {
  const list = input.dataset.list;
  const text = input.value.trim();
  look(list, text).then((rows) => {
    const id = `codes-${list}`;
    const options = document.getElementById(id) ?? document.createElement("datalist");
    options.id = id;
    options.replaceChildren(...rows.map((row) => {
      const option = document.createElement("option");
      option.value = row.code;
      option.textContent = `${row.code} · ${row.name}`;
      return option;
    }));
    document.body.append(options);
  });
}

export function wire() {
  if (window.accessibleAutocomplete) document.querySelectorAll("input[data-codes]").forEach(enhance);
  document.addEventListener("input", (event) => {
    if (event.target.matches("input[data-list]")) suggest(event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (event.target.matches("input[data-list]") && !event.target.value) suggest(event.target);
  });
  // F4 in a cell of the grid: save, then choose on a page of its own and come back to the cell.
  document.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (event.key !== "F4" || !cell.matches?.("input[data-list]") || !cell.form) return;
    event.preventDefault();
    const act = cell.form.querySelector('button[value="stay"]');
    act.value = `choose/${cell.dataset.list}/${cell.name}`;
    cell.form.requestSubmit(act);
  });
}
