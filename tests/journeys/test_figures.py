"""A head of the service reads the figures, goes on to one office, prints them, and prints a register; a broker sees a firm's own."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gumruk.clearance import services as clearance
from gumruk.figures import services as figures
from gumruk.toolkit import clock

from .steps import LAPTOP, PHONE, clean, lodged, person, shot

pytestmark = pytest.mark.django_db(transaction=True)


def history() -> None:
    """Three declarations, one of them released, counted."""
    for seed in (3, 4, 5):
        made = lodged(seed=seed, pay=True)
    clearance.release(declaration=uuid.UUID(made.rpartition("/")[2]), by=person("head"), at=clock.now())
    figures.refresh(at=clock.now())


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE)])
def test_a_head_reads_figures_and_prints_a_register(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    page = open_as("head", language, size)
    history()
    page.goto("/figures")
    expect(page.locator("svg.gm-chart")).to_have_count(14)
    clean(page)
    shot(page, f"figures-{language}")
    page.locator(".gm-figure details summary").first.press("Enter")  # the table, by keyboard
    expect(page.locator(".gm-figure details[open] table")).to_have_count(1)
    clean(page)
    with page.expect_download() as loading:
        page.click('a[href^="/figures/standing.csv"]')
    assert loading.value.suggested_filename.endswith(".csv")
    page.click('.gm-figure__map a[href*="place=PRV-R01"]')
    page.wait_for_url("**place=PRV-R01**")
    expect(page.locator("#place")).to_have_value("PRV-R01")
    page.emulate_media(media="print")
    expect(page.locator(".gm-filter")).to_be_hidden()
    shot(page, f"figures-print-{language}")
    page.emulate_media(media="screen")
    page.goto("/registers/declarations")
    expect(page.locator("tbody tr")).to_have_count(3)
    clean(page)
    shot(page, f"register-{language}")
    answer = page.request.get("/registers/declarations.pdf")
    assert answer.headers["content-type"] == "application/pdf"


def test_a_broker_sees_the_figures_of_a_firm(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "ru", PHONE)
    history()
    page.goto("/figures")
    expect(page.locator("svg.gm-chart")).to_have_count(6)
    clean(page)
    shot(page, "figures-firm-ru")
