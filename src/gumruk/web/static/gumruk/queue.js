// The queue: rows that are chosen are counted; what is new or changed is said and marked, nothing moves by itself.
const EVERY = 15_000;
const parse = (text) => new Map(text.trim().split(" ").filter(Boolean).map((one) => one.split(":")));
const key = (row) => row.dataset.row.slice(-12);

function chosen() {
  const boxes = [...document.querySelectorAll('input[name="chosen"]')];
  const count = boxes.filter((box) => box.checked).length;
  const shown = document.querySelector("[data-bulk-count]");
  if (shown) shown.textContent = count;
  document.querySelector("[data-bulk]")?.toggleAttribute("data-some", count > 0);
  const all = document.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  }
}

function mark(row, words) {
  const shown = row.querySelector("[data-changed-mark]");
  if (!shown) return;
  shown.textContent = words;
  shown.hidden = !words;
}

function compare(news, text) {
  const list = document.getElementById("rows");
  const before = parse(list.dataset.known);
  const now = parse(text);
  const fresh = [...now.keys()].filter((one) => !before.has(one)).length;
  let changed = 0;
  let gone = 0;
  for (const row of list.querySelectorAll("tr[data-row]")) {
    const events = now.get(key(row));
    // A list that is longer than what is watched says nothing of the rows beyond.
    const left = events === undefined && before.has(key(row));
    const other = events !== undefined && events !== row.dataset.events;
    gone += left ? 1 : 0;
    changed += other ? 1 : 0;
    mark(row, left ? news.dataset.gone : other ? news.dataset.changed : "");
  }
  const counts = [[news.dataset.new, fresh], [news.dataset.changed, changed], [news.dataset.gone, gone]];
  say(news, counts.filter(([, count]) => count).map(([word, count]) => `${word}: ${count}`).join(" · "));
}

function say(news, words) {
  const shown = news.querySelector("[data-news-words]");
  if (shown.textContent !== words) shown.textContent = words;
  news.querySelector("[data-news-show]").hidden = !words;
}

export function wire() {
  const news = document.querySelector("[data-news]");
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-bulk-all]")) {
      document.querySelectorAll('input[name="chosen"]').forEach((box) => (box.checked = event.target.checked));
    }
    if (event.target.matches('[data-bulk-all], input[name="chosen"]')) chosen();
  });
  chosen();
  if (!news) return;
  let shown = document.getElementById("rows");
  let tag = "";
  async function look() {
    const list = document.getElementById("rows");
    if (!list || document.hidden) return;
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(list.dataset.newsAt, { headers, cache: "no-store" }).catch(() => null);
    if (answer?.status !== 200 || answer.redirected) return;
    const text = await answer.text();
    if (list !== document.getElementById("rows")) return; // another list was asked for meanwhile
    tag = answer.headers.get("ETag") ?? "";
    compare(news, text);
  }
  window.setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  // Another filter is another list: what was said of the one before is over, and the address says what is shown.
  new MutationObserver(() => {
    const list = document.getElementById("rows");
    if (!list || list === shown) return;
    shown = list;
    tag = "";
    say(news, "");
    chosen();
    news.querySelector("[data-news-show]").href = list.dataset.again;
    window.history.replaceState(null, "", list.dataset.again);
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
}
