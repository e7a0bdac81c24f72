// What was refused is read first: focus goes to the summary.
document.querySelector("[data-focus]")?.focus();
