"""A broker uploads a faulty declaration, sees every fault, mends it, pays; an officer releases it. In three languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from gumruk.cli.demo_content import content
from gumruk.risk import services as risk
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock

from .conftest import SHOTS

pytestmark = pytest.mark.django_db(transaction=True)


def shot(page: Page, name: str) -> None:
    """Keep what the page looked like, for people to judge."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=False)


def no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize(("language", "size"), [("tg", (1366, 768)), ("ru", (390, 844)), ("en", (1366, 768))])
def test_a_faulty_file_is_mended_paid_and_released(
    open_as: Callable[..., Page], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    day = clock.law_day(clock.now())
    LaneShare.objects.all().delete()
    risk.set_share(office="", yellow=0, red=0, since=day, reason="all green in this journey")
    said = content(seed=5, items=2, day=day)
    right = said["invoice_total"]
    file = tmp_path / "declaration.json"
    file.write_text(json.dumps({**said, "invoice_total": "1.00", "border_mode": "99"}))

    broker = open_as("broker", language, size)
    broker.set_input_files("#file", str(file))
    broker.click("form.upload button")
    broker.click('button[value="check"]')
    assert broker.locator(".findings li").count() == 2
    assert broker.evaluate("document.activeElement.id") == "summary"
    shot(broker, f"faults-{language}")
    no_sideways_scrolling(broker)
    broker.locator(".findings a").first.click()
    broker.fill('[name="invoice_total"]', right)
    broker.select_option('[name="border_mode"]', "30")
    broker.click('button[value="lodge"]')
    number = str(broker.locator("h1").text_content()).split()[0]
    assert number.startswith("PRV-R01/")
    shot(broker, f"lodged-{language}")
    broker.click('button[value="pay"]')
    assert broker.locator(".tag-releasable").count() == 1

    officer = open_as("officer", language, size)
    no_sideways_scrolling(officer)
    shot(officer, f"queue-{language}")
    officer.click(f"text={number}")
    officer.click('button[value="release"]')
    assert officer.locator(".tag-released").count() == 1
    shot(officer, f"released-{language}")
    no_sideways_scrolling(officer)


def test_signing_in_and_a_new_draft_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "en")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "New declaration":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector('button[value="lodge"]')
    page.focus('button[value="check"]')
    page.keyboard.press("Enter")
    page.wait_for_selector(".findings")
    assert page.locator(".findings li").count() > 20
