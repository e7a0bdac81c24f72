// A field whose text is to be taken elsewhere gets a button that copies it; without scripts it is selected by hand.
export function wire() {
  for (const field of document.querySelectorAll("[data-copy]")) {
    const button = document.createElement("button");
    const said = document.createElement("span");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary gm-button--small";
    button.textContent = field.dataset.copy;
    said.setAttribute("role", "status");
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // where the page is not served over a secure line
      }
      said.textContent = field.dataset.copied;
    });
    const row = document.createElement("div");
    row.className = "gm-buttons";
    row.append(button, said);
    field.after(row);
    field.select();
  }
}
