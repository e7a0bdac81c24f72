// What the grid says: saved or not, what an act did, a conflict with both texts and a choice. Words come from the page.
export function say(state, words, wrong) {
  const shown = state.form.querySelector("[data-saved]");
  const line = document.createElement("span");
  line.className = wrong ? "gm-saved gm-saved--wrong" : "gm-saved";
  line.textContent = words ?? "";
  shown?.replaceChildren(line);
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "gm-tool";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function line(words, className = "") {
  const made = document.createElement("p");
  made.className = className;
  made.textContent = words;
  return made;
}

const box = (state) => state.frame.querySelector("[data-notes]");

export function note(state, words, wrong, undo) {
  box(state).replaceChildren(line(words.join(" "), wrong ? "gm-fault" : ""));
  if (undo) box(state).append(button(state.frame.dataset.undo, undo));
}

export function zeros(state, count, mend) {
  box(state).append(line(state.frame.dataset.zeros.replace("{count}", count)), button(state.frame.dataset.zerosAct, mend));
}

// Somebody saved meanwhile: each cell that differs with both texts, and two ways on.
export function conflict(state, said, again) {
  const data = state.frame.dataset;
  const list = document.createElement("ul");
  said.differs.forEach(({ row, path, mine, theirs }) => {
    const head = state.frame.querySelector(`[data-path="${CSS.escape(path)}"]`)?.textContent ?? path;
    const item = document.createElement("li");
    item.textContent = `${row}, ${head}: ${data.stored} «${theirs}», ${data.typed} «${mine}»`;
    list.append(item);
  });
  const mine = button(data.mine, () => {
    state.form.elements.revision.value = said.revision;
    box(state).replaceChildren();
    again();
  });
  const theirs = button(data.theirs, () => {
    state.waiting.clear();
    window.location.reload();
  });
  box(state).replaceChildren(line(said.message, "gm-fault"), list, mine, theirs);
  say(state, "", true);
}
