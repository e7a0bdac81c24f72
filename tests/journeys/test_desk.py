"""The officer's one screen, the inspection on a phone, and the act that two people do."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .steps import LAPTOP, PHONE, clean, lanes, lodged, send, shot

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = (1920, 1080)


def within(page: Page, selector: str) -> bool:
    """Whether the whole of an element is in view without scrolling the page."""
    box, view = page.locator(selector).first.bounding_box(), page.viewport_size
    return box is not None and view is not None and box["y"] >= 0 and box["y"] + box["height"] <= view["height"]


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", WIDE), ("en", PHONE)])
def test_a_declaration_is_read_on_one_screen(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    lanes(red=10_000)
    place = lodged(pay=True, items=24)
    officer = open_as("officer", language, size)
    officer.goto(place)
    clean(officer)
    shot(officer, f"desk-{language}")
    expect(officer.locator("[data-lines] tbody tr")).to_have_count(24)
    if size != PHONE:
        assert within(officer, '[data-lines] tr[data-item="14"]')
        for part in (".gm-one-sums", ".gm-next", ".gm-one-box", ".gm-one__item", "[data-lines] tfoot th"):
            assert within(officer, part), part
    officer.keyboard.press("j")
    officer.keyboard.press("j")
    officer.wait_for_selector('.gm-one-item[data-shown="3"]')
    officer.keyboard.press("k")
    officer.wait_for_selector('.gm-one-item[data-shown="2"]')
    officer.keyboard.press("Enter")
    expect(officer.locator("#item")).to_be_focused()
    officer.keyboard.press("3")  # parties, one key away
    officer.wait_for_url("**/parties")
    clean(officer)
    shot(officer, f"parties-{language}")
    officer.keyboard.press("1")
    officer.wait_for_selector('.gm-one-item[data-shown="2"]')  # the place is kept


def test_the_lines_are_links_without_scripts(open_as: Callable[..., Page]) -> None:
    lanes(yellow=10_000)
    place = lodged(pay=True, items=3)
    officer = open_as("officer", "en", java_script_enabled=False)
    officer.goto(place)
    officer.click('tr[data-item="3"] a')
    expect(officer.locator('.gm-one-item[data-shown="3"]')).to_have_count(1)


@pytest.mark.parametrize(("language", "other"), [("tg", "ru"), ("ru", "en"), ("en", "tg")])
def test_a_difference_found_on_a_phone_is_amended_settled_and_released(
    open_as: Callable[..., Page], language: str, other: str
) -> None:
    lanes(red=10_000)
    place = lodged(pay=True)
    officer, broker = open_as("officer", language, PHONE), open_as("broker", other)
    officer.goto(place)
    send(officer, f'form[action="{place}/inspections/begin"] button')
    send(officer, 'button[value="close"]')
    expect(officer.locator("#summary")).to_be_focused()  # what is missing is said first
    clean(officer)
    officer.fill("#place", "Терминал 2")
    officer.fill("#started_at", "2026-03-02T09:00")
    officer.fill("#ended_at", "2026-03-02T09:40")
    officer.check('[name="declarant_present"][value="yes"]')
    officer.select_option("#result-1", "QUANTITY")
    officer.click('button[value="close"]')
    expect(officer.locator("#summary a[href='#result-1']")).to_have_count(1)  # what was found in its place is missing
    officer.fill("#found-1", "980")
    with officer.expect_response("**/autosave"):
        officer.fill("#text", "980")
        officer.locator("#text").blur()
    officer.click('button[value="rest"]')
    expect(officer.locator("#result-2")).to_have_value("CONFORM")
    shot(officer, f"inspection-{language}")
    clean(officer)
    officer.click('button[value="close"]')
    officer.wait_for_selector('h1 [data-state="DISCREPANCY"]')
    officer.locator(".gm-next details summary").click()
    expect(officer.locator("#amend-text")).to_have_value(re.compile("980"))  # what differs is written for the officer
    officer.click('.gm-next button[value="ask_amendment"]')
    officer.wait_for_selector('h1 [data-state="QUERIED"]')

    broker.goto(place)
    expect(broker.locator(".gm-next blockquote")).to_contain_text("980")
    shot(broker, f"asked-to-amend-{other}")
    clean(broker)
    broker.click(f'.gm-next a[href="{place}/amend"]')
    broker.fill('[name="insurance"]', "5 000,00")
    broker.fill('[name="reason"]', "980")
    broker.locator('button:has-text(""):visible').last.click()
    broker.wait_for_selector('h1 [data-state="DISCREPANCY"]')

    officer.goto(place)
    expect(officer.locator("#proposal ins")).to_have_count(1)
    officer.fill("#amendment-text", "980")
    officer.click('button[value="accept_amendment"]')
    officer.wait_for_selector("#control-text")
    officer.goto(f"{place}/inspections")
    clean(officer)
    shot(officer, f"reports-{language}")


@pytest.mark.parametrize(("language", "other"), [("tg", "en"), ("ru", "tg"), ("en", "ru")])
def test_a_second_person_confirms_what_the_first_proposed(
    open_as: Callable[..., Page], language: str, other: str
) -> None:
    lanes()
    place = lodged(pay=True)
    broker = open_as("broker", "en")
    broker.goto(place)
    broker.click("summary >> text=Request cancellation")
    broker.fill("#cancel-text", "other goods")
    broker.click('button[value="request_cancellation"]')
    officer, head = open_as("officer", language), open_as("head", other)
    officer.goto(place)
    officer.fill("#cancellation-text", "so be it")
    officer.click('button[value="accept_cancellation"]')
    officer.wait_for_selector('h1 [data-state="CANCEL_REQUESTED"]')
    expect(officer.locator('button[value="confirm"]')).to_have_count(0)  # nobody confirms their own
    clean(officer)
    head.goto("/confirmations")
    clean(head)
    shot(head, f"confirmations-{other}")
    send(head, f'a[href="{place}"]')
    send(head, 'button[value="confirm"]')
    head.goto(place)
    expect(head.locator('h1 [data-state="CANCELLED"]')).to_have_count(1)


def test_prints_of_reports_and_releases_open(open_as: Callable[..., Page]) -> None:
    lanes()
    place = lodged(pay=True)
    officer = open_as("officer", "tg")
    officer.goto(place)
    officer.click('button[value="release"]')
    officer.wait_for_selector('h1 [data-state="RELEASED"]')
    answer = officer.request.get(place.replace("/declarations/", "/prints/release/"))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
