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
    minLength: 1,
    confirmOnBlur: false,
    displayMenu: "overlay",
    showNoOptionsFound: false,
    inputClasses: wrong ? "gm-input--wrong" : null,
    templates: {
      inputValue: (row) => row?.code ?? "",
      suggestion: (row) => (typeof row === "string" ? row : `${row.code} · ${row.name}`),
    },
    source: (text, show) => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => look(list, text).then(show), 120);
    },
    onConfirm: (row) => {
      if (!row) return;
      if (name) name.textContent = row.name;
      // The component writes the code into its input after this call.
      window.setTimeout(() => box.querySelector("input")?.dispatchEvent(new Event("change", { bubbles: true })), 0);
    },
  });
  about.forEach(([key, value]) => value && box.querySelector("input").setAttribute(key, value));
}

// Cells of a grid take the browser's own list: a hundred pickers would be slow.
function suggest(input) {
  const list = input.dataset.list;
  const text = input.value.trim();
  if (!text) return;
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
}
