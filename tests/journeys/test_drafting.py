"""Two people on one draft, faults mended by the keyboard alone, and text that outlives a sign-out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from gumruk.cli.demo_content import BROKER_TIN
from gumruk.declarations.models import Declaration, Version
from gumruk.toolkit import clock
from gumruk.trust import services as trust
from gumruk.trust.types import Role

from .steps import LAPTOP, PHONE, clean, draft, lodged, person, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


def colleague() -> None:
    """The second demonstration broker files for the first firm as well."""
    at = clock.now()
    trust.grant(user_id=person("broker2").id, role=Role.BROKER, since=clock.law_day(at), at=at, party=BROKER_TIN)


def test_two_people_on_one_draft_see_who_has_it(open_as: Callable[..., Page]) -> None:
    place = draft()
    colleague()
    first, second = open_as("broker", "en"), open_as("broker2", "tg")
    first.goto(f"{place}/part/valuation")
    second.goto(f"{place}/part/valuation")
    assert "Демо Брокер" in (second.text_content(".gm-notice--care") or "")
    assert second.locator('[name="delivery_place"]').is_disabled()
    shot(second, "held-tg")
    clean(second)
    second.click('form[action$="/hold"] button')
    second.wait_for_selector('[name="delivery_place"]:enabled')
    second.fill('[name="delivery_place"]', "Хуҷанд")
    second.keyboard.press("Tab")
    second.wait_for_selector(".gm-saved")
    first.fill('[name="delivery_place"]', "Hisor")
    first.keyboard.press("Tab")
    first.wait_for_selector(".gm-saved--wrong")
    assert "Брокери Намоишӣ" in (first.text_content(".gm-saved--wrong") or "")
    first.click('button[value="save"]')
    first.wait_for_selector('button[value="take"]')
    expect(first.locator('[name="delivery_place"]')).to_have_value("Hisor")
    shot(first, "taken-over-en")
    clean(first)
    first.click('button[value="take"]')
    first.wait_for_selector('[name="choice/delivery_place"]')
    shot(first, "choose-en")
    clean(first)
    first.check('[name="choice/delivery_place"][value="stored"]')
    send(first, "text=Save what I chose")
    assert Declaration.objects.get().draft["delivery_place"] == "Хуҷанд"


@pytest.mark.parametrize(("language", "size"), [("en", LAPTOP), ("tg", PHONE)])
def test_faults_are_mended_by_the_keyboard_alone(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    whole = Declaration.objects
    place = draft(invoice_total="1", destination_country="")
    page = open_as("broker", language, size)
    page.goto(f"{place}/mend")
    page.wait_for_selector(".gm-mend")
    shot(page, f"mend-{language}")
    clean(page)
    good = {
        "invoice_total": str(sum(float(item["price"]) for item in whole.get().draft["items"])),
        "destination_country": "TJ",
    }
    for _ in range(8):
        if not page.locator(".gm-mend").count():
            break
        name = page.evaluate("document.activeElement.name")
        assert name in good, page.text_content(".gm-mend")
        page.keyboard.press("Control+A")
        page.keyboard.type(good[name])
        page.wait_for_timeout(200)
        page.keyboard.press("Escape")
        with page.expect_navigation():
            page.keyboard.press("F9")
    assert "mended=1" in page.url
    page.wait_for_selector(".gm-notice--good")
    shot(page, f"mended-{language}")
    clean(page)


def test_previous_and_next_fault_by_keys(open_as: Callable[..., Page]) -> None:
    place = draft(invoice_total="1", destination_country="", delivery_terms="")
    page = open_as("broker", "ru")
    page.goto(f"{place}/mend")
    first = page.text_content(".gm-mend__count")
    with page.expect_navigation():
        page.keyboard.press("F8")
    assert page.text_content(".gm-mend__count") != first
    with page.expect_navigation():
        page.keyboard.press("Shift+F8")
    assert page.text_content(".gm-mend__count") == first


def test_what_was_typed_outlives_a_sign_out_for_the_same_person_only(open_as: Callable[..., Page]) -> None:
    place = draft()
    colleague()
    page = open_as("broker", "en")
    page.goto(f"{place}/part/valuation")
    Session.objects.all().delete()
    page.fill('[name="delivery_place"]', "Istaravshan")
    page.keyboard.press("Tab")
    page.wait_for_selector(".gm-saved--wrong >> text=signed out")
    page.goto(f"/sign-in?next={place}/part/valuation")
    page.click('button[value="broker"]')
    page.wait_for_selector("[data-restore]")
    shot(page, "kept-en")
    clean(page)
    page.click("[data-restore]")
    page.wait_for_selector(".gm-saved")
    assert Declaration.objects.get().draft["delivery_place"] == "Istaravshan"
    page.fill('[name="delivery_place"]', "Kulob")
    Session.objects.all().delete()
    page.goto(f"/sign-in?next={place}/part/valuation")
    send(page, 'button[value="broker2"]')
    expect(page.locator("[data-restore]")).to_have_count(0)


def test_an_amendment_with_warnings_asks_for_reasons(open_as: Callable[..., Page]) -> None:
    place = lodged(pay=True)
    page = open_as("broker", "en")
    page.goto(f"{place}/amend")
    clean(page)
    page.fill('textarea[name="reason"]', "as weighed")
    page.fill('[name="delivery_place"]', "")  # delivery terms without their place: a warning
    page.click("text=Propose amendment")
    page.wait_for_selector('[name^="reason/"]')
    shot(page, "amend-reasons-en")
    clean(page)
    for box in page.locator('[name^="reason/"]').all():
        box.fill("There is none.")
    page.click("text=Propose amendment")
    page.wait_for_selector(".gm-diff")
    assert "There is none." in Version.objects.get(status="proposed").statement


def test_the_home_says_what_waits(open_as: Callable[..., Page]) -> None:
    draft(reference="REF-778-A")
    page = open_as("broker", "tg")
    page.wait_for_selector(".gm-waiting")
    shot(page, "home-tg")
    clean(page)
    page.goto("/?text=REF-779-A")
    page.wait_for_selector(".gm-near")
    assert "REF-778-A" in (page.text_content("#rows") or "")
    clean(page)
    phone = open_as("broker", "ru", PHONE)
    shot(phone, "home-phone-ru")
    clean(phone)
    phone.click(".gm-top__side .gm-menu summary")
    shot(phone, "menu-phone-ru")
    clean(phone)
