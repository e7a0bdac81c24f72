"""The item grid in Chromium with 50, 300 and 1,999 items: `python -m bench.grid` (in the environment of the tests).

The server runs with two processes on a free loopback port, the browser beside it on the same machine. Measured for each
size: weight of the page, opening it, the time from a key to the next frame, keeping one changed cell, taking a row act,
the next page of rows; once: a paste of 1,999 rows into an empty draft and taking it back. Medians, and the worst of typing.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import time
import uuid
from typing import Any

from bench import _plot, _site
from bench.load import server

SIZES = (50, 300, 1999)
ROUNDS = 9
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WATCH = """() => {
  window.keys = [];
  document.addEventListener("input", (event) => requestAnimationFrame(() => window.keys.push(performance.now() - event.timeStamp)), true);
}"""


def drafts() -> dict[int, uuid.UUID]:
    """A draft of each size, and an empty one under 0."""
    from gumruk.cli.demo_content import content
    from gumruk.declarations import services as declarations
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust

    at = _site.now()
    broker = trust.person_named(username="broker", day=law_day(at))
    assert broker is not None
    made = {}
    for size in (0, *SIZES):
        said = content(seed=900 + size, items=max(size, 1), day=law_day(at))
        if not size:
            said["items"] = [{}]
        made[size] = declarations.create_draft(content=said, by=broker, at=at)
    return made


def timed(page: Any, act: Any) -> float:
    """Milliseconds from an act to the answer of the grid's save put on the page."""
    began = time.perf_counter()
    with page.expect_response(lambda answer: answer.url.endswith("/items/patch"), timeout=60_000) as caught:
        act()
    if not caught.value.ok:
        raise SystemExit(f"{caught.value.status}: {caught.value.text()[:300]}")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => done()))")
    return 1000 * (time.perf_counter() - began)


def typing(page: Any) -> list[float]:
    """Milliseconds from each of 60 keys to the frame after it."""
    page.evaluate(WATCH)
    page.focus('[name$="/description"]')
    page.keyboard.type("the quick brown fox jumps over the lazy dog, once and again..", delay=35)
    page.wait_for_timeout(200)
    return list(page.evaluate("window.keys"))


def measure(page: Any, address: str, size: int) -> dict[str, float]:
    """One size of draft."""
    opened = []
    for _ in range(5):
        began = time.perf_counter()
        page.goto(f"{address}/items", wait_until="load")
        opened.append(1000 * (time.perf_counter() - began))
    html = page.context.request.get(f"{page.url}").body()
    keys = typing(page)
    timed(page, lambda: page.keyboard.press("Tab"))
    saves, acts, pages = [], [], []
    for number in range(ROUNDS):
        page.fill('[name$="/price"] >> nth=3', f"{number + 1}.5")
        # The grid waits 400 ms for more before it sends: taken off, to see the round trip itself.
        saves.append(timed(page, lambda: page.keyboard.press("Tab")) - 400)
        page.focus('[name$="/price"] >> nth=3')
        acts.append(timed(page, lambda: page.keyboard.press("Alt+ArrowDown")))
        if size > 50:
            page.focus('[name$="/price"] >> nth=3')
            pages.append(
                timed(page, lambda: page.keyboard.press("PageDown" if page.locator("[rel=next]").count() else "PageUp"))
            )
    return {
        "page, kB": len(html) / 1000,
        "page, kB compressed": len(gzip.compress(html)) / 1000,
        "open the page, ms": statistics.median(opened),
        "key to frame, ms": statistics.median(keys),
        "key to frame, worst ms": max(keys),
        "keep one cell, ms": statistics.median(saves),
        "move a row, ms": statistics.median(acts),
        "next page of rows, ms": statistics.median(pages) if pages else 0.0,
    }


def pasting(page: Any, address: str) -> dict[str, float]:
    """1,999 rows of ten columns into an empty draft, then taken back, then again and filled down."""
    row = "1701990000\tСахар белый {0}\tKZ\t4000\t{0}\tCT\t{0},5\t{0},25\t\t{0},99\n"
    text = "".join(row.format(number) for number in range(1, 2000))
    page.goto(f"{address}/items")
    page.focus('[name="items/1/goods_code"]')
    pasted = timed(page, lambda: page.evaluate(PASTE, text))
    page.focus('[name="items/1/goods_code"]')
    back = timed(page, lambda: page.keyboard.press("Control+z"))
    page.focus('[name="items/1/goods_code"]')
    timed(page, lambda: page.evaluate(PASTE, text))
    page.focus('[name="items/1/item_origin_country"]')
    filled = timed(page, lambda: page.click('[data-do="fill"]'))
    return {"paste 1,999 rows, ms": pasted, "take the paste back, ms": back, "fill down 1,999 rows, ms": filled}


def main() -> None:
    """Measure, print, plot."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    from playwright.sync_api import sync_playwright

    _site.prepare("gumruk_grid")
    _site.people()
    made = drafts()
    with server("gumruk.site.wsgi:application") as (port, _), sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(
            viewport={"width": 1366, "height": 768}, base_url=f"http://127.0.0.1:{port}"
        ).new_page()
        page.set_default_timeout(60_000)
        page.goto("/sign-in")
        page.click('button[name="username"][value="broker"]')
        page.wait_for_url(lambda url: "/sign-in" not in url)
        results = {size: measure(page, f"/declarations/{made[size]}", size) for size in SIZES}
        once = pasting(page, f"/declarations/{made[0]}")
        browser.close()
    names = list(results[SIZES[0]])
    text = [_site.machine(), "Chromium and the server on the same two cores; 50 rows a page; medians but where it says worst",
            f"{'items':<28}" + "".join(f"{size:>10,}" for size in SIZES)]  # fmt: skip
    text += [f"{name:<28}" + "".join(f"{results[size][name]:>10.1f}" for size in SIZES) for name in names]
    text += [f"{name:<28}{value:>10.1f}" for name, value in once.items()]
    print("\n".join(text))
    bars = [(f"{name}, {size:,} items", results[size][name]) for name in names if name.endswith("ms") for size in SIZES]
    _plot.save("grid", text, "the item grid, milliseconds", [*bars, *once.items()])


if __name__ == "__main__":
    main()
