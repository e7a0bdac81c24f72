// Whether the line is up: the words stand in the page, only the time is added.
export function wire() {
  const shown = document.querySelector("[data-line]");
  if (!shown) return;
  const tell = () => {
    const at = new Date().toTimeString().slice(0, 5);
    shown.dataset.state = navigator.onLine ? "online" : "offline";
    shown.textContent = navigator.onLine ? shown.dataset.online : `${shown.dataset.offline} ${at}`;
  };
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  if (!navigator.onLine) tell();
}
