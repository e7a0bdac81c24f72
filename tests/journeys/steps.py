"""What journeys do over and over: pictures for people to judge, axe, no sideways scrolling, a declaration to start from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import content
from gumruk.declarations import services as declarations
from gumruk.risk import services as risk
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust.types import Person

SHOTS = Path(__file__).parent / "shots"
LAPTOP, PHONE = (1366, 768), (390, 844)


def shot(page: Page, name: str) -> None:
    """Keep what the page looked like."""
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png")


def clean(page: Page) -> None:
    """axe finds nothing, and the page as a whole does not scroll sideways."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), page.url


def send(page: Page, selector: str) -> None:
    """Press what sends a form, and wait for the page that answers: what follows must not meet the old one."""
    with page.expect_navigation():
        page.click(selector)


def lanes(*, yellow: int = 0, red: int = 0) -> None:
    """From now on every declaration falls into one lane."""
    LaneShare.objects.all().delete()
    day = clock.law_day(clock.now())
    risk.set_share(office="", yellow=yellow, red=red, since=day, reason="this journey")


def person(username: str) -> Person:
    found = trust.person_named(username=username, day=clock.law_day(clock.now()))
    assert found is not None
    return found


def said(seed: int = 5, items: int = 2, **change: Any) -> dict[str, Any]:
    return {**content(seed=seed, items=items, day=clock.law_day(clock.now())), **change}


def draft(**change: Any) -> str:
    """The address of a stored draft."""
    made = declarations.create_draft(content=said(**change), by=person("broker"), at=clock.now())
    return f"/declarations/{made}"


def lodged(*, pay: bool = False, **change: Any) -> str:
    """The address of a lodged declaration, paid when asked."""
    at, broker = clock.now(), person("broker")
    made = declarations.create_draft(content=said(**change), by=broker, at=at)
    assert clearance.lodge(declaration=made, by=broker, at=at).accepted
    if pay:
        clearance.pay_from_account(declaration=made, by=broker, at=at)
    return f"/declarations/{made}"


def file_of(folder: Path, **change: Any) -> str:
    """A declaration as a JSON file."""
    place = folder / "declaration.json"
    place.write_text(json.dumps(said(**change)))
    return str(place)
