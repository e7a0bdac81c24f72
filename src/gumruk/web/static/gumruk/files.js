// Files chosen or dropped are sent at once, with words for how far it is. Without scripts the button sends them.
function send(form) {
  const state = form.querySelector("[data-state]");
  const say = (words, wrong) => {
    state.textContent = words;
    state.classList.toggle("gm-upload__state--wrong", Boolean(wrong));
  };
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) say(`${form.dataset.sending} ${Math.round((100 * event.loaded) / event.total)} %`);
  });
  request.upload.addEventListener("load", () => say(form.dataset.checking));
  request.addEventListener("load", () => {
    if (request.status === 200 && request.response?.next) {
      const there = new URL(request.response.next, window.location.href);
      if (there.pathname === window.location.pathname) {
        history.replaceState(null, "", there);
        window.location.reload();
      } else window.location.assign(there);
    } else say(request.response?.message ?? form.dataset.failed, true);
  });
  request.addEventListener("error", () => say(form.dataset.failed, true));
  say(form.dataset.sending);
  request.send(new FormData(form));
}

for (const input of document.querySelectorAll("[data-chosen]")) {
  const names = input.parentElement.querySelector("[data-file-name]");
  input.addEventListener("change", () => (names.textContent = [...input.files].map((file) => file.name).join(", ")));
}
for (const form of document.querySelectorAll("form[data-files]")) {
  const input = form.querySelector("input[type=file]");
  form.dataset.ready = "";
  input.addEventListener("change", () => input.files.length && send(form));
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.dataset.over = "";
  });
  form.addEventListener("dragleave", () => delete form.dataset.over);
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    delete form.dataset.over;
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send(form);
  });
}
