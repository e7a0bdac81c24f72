"""Administration and law in a browser: a right that works at once, a rate from the form to law, a job tried again; axe."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.trust import accounts

from .steps import LAPTOP, PHONE, clean, send, shot

pytestmark = pytest.mark.django_db(transaction=True)
SOON = clock.law_day(clock.now()) + timedelta(days=45)


def address_of(username: str) -> str:
    day = clock.law_day(clock.now())
    found, _ = accounts.page(wanted=accounts.Wanted(text=username), day=day)
    return f"/people/{next(one.id for one in found if one.username == username)}"


def failed_job() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "VALUES ('default', 'outbox.deliver', '{\"event\": \"e-1\"}', 'failed', 8) RETURNING id"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("tg", PHONE, "light"), ("ru", LAPTOP, "dark"), ("en", LAPTOP, "light")]
)
def test_pages_of_administration_have_no_violations(
    open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_as("administrator", language, size, color_scheme=scheme)
    failed_job()
    places = ["/people", "/people/new", address_of("officer"), address_of("administrator"), "/offices", "/offices/PRV-R01",
              "/jobs", "/system", "/mail-texts", "/mail-texts/declaration.released/tg", "/administration/record", "/settings", "/password"]  # fmt: skip
    for number, address in enumerate(places):
        assert page.goto(address).status == 200, address  # type: ignore[union-attr]
        shot(page, f"administration-{language}-{number}-{re.sub('[^a-z0-9]+', '-', address[1:])[:20]}")
        clean(page)


@pytest.mark.parametrize(
    ("language", "size", "scheme"), [("tg", LAPTOP, "light"), ("ru", PHONE, "dark"), ("en", LAPTOP, "dark")]
)
def test_pages_of_law_have_no_violations(
    open_as: Callable[..., Page], language: str, size: tuple[int, int], scheme: str
) -> None:
    page = open_as("lawyer", language, size, color_scheme=scheme)
    page.goto("/law/new")
    shot(page, f"law-{language}-new")
    clean(page)
    page.fill("#title", "VAT")
    send(page, "main button.govuk-button")
    place = page.url
    for number, address in enumerate(("/law?group=published", place, f"{place}/entries?kind=measure&text=vat",
                    f"{place}/entry?kind=measure&key=vat//////", f"{place}/entry?kind=code&key=office/PRV-R01",
                    f"{place}/entry?kind=check&view=json", f"{place}/entry?kind=brackets", "/settings?group=all",
                    "/settings/limit_filing")):  # fmt: skip
        assert page.goto(address).status == 200, address  # type: ignore[union-attr]
        shot(page, f"law-{language}-{number}")
        clean(page)


def test_an_administrator_gives_a_right_by_keyboard_and_it_works_at_once(open_as: Callable[..., Page]) -> None:
    cashier, page = open_as("cashier", "en", LAPTOP), open_as("administrator", "en", LAPTOP)
    expect(cashier.locator('nav a[href="/shift"]')).to_have_count(0)
    page.keyboard.press("/")
    page.keyboard.type("кассир")
    page.wait_for_timeout(700)
    page.get_by_role("link", name="Демо Кассир").press("Enter")
    page.locator("summary", has_text="Give a right").press("Enter")
    page.locator("#give-role").select_option("officer")
    page.locator("#give-office").select_option("PRV-R01")
    page.locator("#give-reason").press_sequentially("two hands are missing")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The right was recorded.")).to_be_visible()
    shot(page, "administration-given")
    clean(page)
    cashier.reload()
    expect(cashier.locator('nav a[href="/shift"]')).to_be_visible()


def test_a_rate_goes_from_the_form_through_two_people_into_the_law(open_as: Callable[..., Page]) -> None:
    page = open_as("lawyer", "en", LAPTOP)
    page.get_by_role("link", name="New change set").click()
    page.fill("#title", "VAT of twelve percent")
    page.fill("#reason", "an invented order")
    page.get_by_role("button", name="Begin the draft").click()
    page.get_by_role("link", name="Change an entry").click()
    page.wait_for_url("**/entries*")
    page.goto(f"{page.url}?kind=measure&text=VAT-2027")
    page.locator("tbody a").first.click()
    page.fill("#e-rate", "many")
    page.fill("#e-since", SOON.isoformat())
    page.get_by_role("button", name="Put into the draft").click()
    expect(page.get_by_role("alert")).to_be_visible()
    shot(page, "law-fault")
    clean(page)
    page.fill("#e-rate", "12%")
    page.get_by_role("button", name="Put into the draft").click()
    page.get_by_role("button", name="Check the draft").click()
    expect(page.get_by_text("The check found nothing wrong.")).to_be_visible()
    page.fill("#ask-words", "see order 12")
    page.get_by_role("button", name="Send to approval").click()
    expect(page.get_by_text("waits for approval").first).to_be_visible()
    shot(page, "law-waits")
    clean(page)
    second = open_as("approver", "en", LAPTOP)
    second.get_by_role("link", name="VAT of twelve percent").click()
    second.fill("#back-words", "which point?")
    second.get_by_role("button", name="Send back").click()
    page.reload()
    expect(page.get_by_text("which point?")).to_be_visible()
    page.get_by_role("button", name="Send to approval").click()
    second.reload()
    second.get_by_role("button", name="Approve").click()
    second.get_by_role("button", name="Publish").click()
    expect(second.get_by_text("The change set is law now.")).to_be_visible()
    shot(second, "law-published")
    clean(second)
    rates = [one.rate for one in lawbook.snapshot().epoch(SOON).measures if one.kind == "vat" and one.code == ""]
    assert "12%" in rates


def test_a_failed_job_is_tried_again(open_as: Callable[..., Page]) -> None:
    page = open_as("administrator", "en", LAPTOP)
    number = failed_job()
    page.goto("/jobs?standing=failed")
    page.get_by_text(f"Decide {number}", exact=True).click()
    page.fill(f"#reason-{number}", "the cause is mended")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("The job is back in its queue.")).to_be_visible()
    page.goto("/administration/record")
    expect(page.get_by_text("the cause is mended")).to_be_visible()
