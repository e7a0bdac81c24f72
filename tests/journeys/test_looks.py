"""Components look as they were kept: size and place, letters and colours of each in each state, in both themes, by day and night.

What is kept is text in `kept/`, no pictures: `KEEP_LOOKS=1 pytest tests/journeys/test_looks.py` writes it anew. Pictures of
the last good run and of a run that differs lie in `shots/looks/`, with what differs marked in red.
"""

from __future__ import annotations

import base64
import os
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from .steps import LAPTOP, PHONE, SHOTS

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Path(__file__).parent
MEASURE = (HERE / "looks.js").read_text(encoding="utf-8")
KEPT, PICTURES = HERE / "kept", SHOTS / "looks"
SIZES = {"laptop": LAPTOP, "phone": PHONE}
# By night nothing stands elsewhere, on a phone nothing has another colour.
VIEWS = (("light", "laptop"), ("light", "phone"), ("dark", "laptop"))
PIXELS, SHARE = 2, 0.01  # how much a box may differ on another machine
NUMBER = re.compile(r"-?\d+")
DIFFERENCE = """async ([before, after]) => {
  const [a, b] = await Promise.all([before, after].map(async (one) =>
    createImageBitmap(await (await fetch("data:image/png;base64," + one)).blob())));
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const pen = canvas.getContext("2d"), pixels = (picture) => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  };
  const [old, now] = [pixels(a), pixels(b)];
  for (let at = 0; at < now.data.length; at += 4)
    if ([0, 1, 2].some((one) => Math.abs(old.data[at + one] - now.data[at + one]) > 24)) now.data.set([220, 0, 0, 255], at);
  pen.putImageData(now, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
}"""


def opened(browser: Browser, address: str, theme: str, scheme: Any, size: str) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=address, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_cookies([{"name": "django_language", "value": "en", "url": address}])
    page = context.new_page()
    page.goto(f"/components?theme={theme}")
    page.evaluate("document.fonts.ready")
    return page


def near(line: str, kept: str) -> bool:
    """Whether two lines say the same but for a pixel or two."""
    if NUMBER.sub("0", line) != NUMBER.sub("0", kept):
        return False
    pairs = zip(NUMBER.findall(line), NUMBER.findall(kept), strict=True)
    return all(abs(int(one) - int(other)) <= max(PIXELS, SHARE * abs(int(other))) for one, other in pairs)


def differing(found: list[str], kept: list[str], *, exact: bool) -> list[str]:
    """What is said otherwise than it was kept: part by part, since a state more or less is a difference as well."""
    now, then = (dict(line.split(" | ", 1) for line in lines) for lines in (found, kept))
    said = []
    for part in sorted({*now, *then}):
        one, other = now.get(part, "is gone"), then.get(part, "was not there")
        # Letters, padding, borders and corners are ours to the pixel; only the box is the machine's as well.
        (box, *rest), (old, *before) = one.split(" letters "), other.split(" letters ")
        if one != other and (exact or rest != before or not near(box, old)):
            said.append(f"{part}\n    kept: {other}\n    now:  {one}")
    return said


def compared(name: str, found: list[str], *, exact: bool) -> list[str]:
    """What differs from the kept text; with KEEP_LOOKS the text is written instead."""
    path = KEPT / f"{name}.txt"
    if os.environ.get("KEEP_LOOKS"):
        KEPT.mkdir(exist_ok=True)
        path.write_text("\n".join(found) + "\n", encoding="utf-8")
    return differing(found, path.read_text(encoding="utf-8").splitlines(), exact=exact)


def picture(page: Page, name: str, *, good: bool) -> None:
    """The page as build output; when it differs, beside the last good one, with the difference."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    before, after = PICTURES / f"{name}.png", PICTURES / f"{name}-after.png"
    page.screenshot(path=before if good else after, full_page=True)
    if not good and before.exists():
        blank = page.context.new_page()
        pictures = [base64.b64encode(one.read_bytes()).decode() for one in (before, after)]
        (PICTURES / f"{name}-difference.png").write_bytes(base64.b64decode(blank.evaluate(DIFFERENCE, pictures)))


def test_components_look_as_they_were_kept(browser: Browser, live_server: LiveServer, demo: None) -> None:
    faults: list[str] = []
    for theme, (scheme, size) in product(("broker", "officer"), VIEWS):
        page, name = opened(browser, live_server.url, theme, scheme, size), f"{theme}-{scheme}-{size}"
        seen = page.evaluate(MEASURE)
        found = [f"{name}: {one}" for one in seen["targets"]]
        if scheme == "light":
            found += compared(f"layout-{theme}-{size}", seen["layout"], exact=False)
        if size == "laptop":
            found += compared(f"colours-{theme}-{scheme}", seen["colours"], exact=True)
        picture(page, name, good=not found)
        faults += found
        page.context.close()
    assert not faults, "\n".join(faults[:60])


RULE = "document.styleSheets[0].insertRule('{}', 0)"
# What is done to the styles, which of the texts tells, and the part that it names.
CHANGES = (
    ("document.documentElement.style.setProperty('--gm-juniper-fill', '#123456')", "colours", "govuk-button"),
    (RULE.format(".govuk-button { padding-left: 31px !important }"), "layout", "govuk-button"),
    (RULE.format(".gm-tag { font-weight: 700 !important }"), "layout", "gm-tag"),
    (RULE.format(".gm-notice { margin-left: 9px !important }"), "layout", "gm-notice"),
)


def test_a_changed_colour_padding_weight_or_place_is_seen(
    browser: Browser, live_server: LiveServer, demo: None
) -> None:
    page = opened(browser, live_server.url, "broker", "light", "laptop")
    kept = page.evaluate(MEASURE)
    for change, part, touched in CHANGES:
        page.reload()
        page.evaluate("document.fonts.ready")
        assert not differing(page.evaluate(MEASURE)[part], kept[part], exact=part == "colours")
        page.evaluate(change)
        found = differing(page.evaluate(MEASURE)[part], kept[part], exact=part == "colours")
        assert any(touched in one for one in found), (change, found)
    page.context.close()
