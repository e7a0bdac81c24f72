"""Help with the keyboard alone: F1 in the form, its panel beside the field; the guided first day ticks what was done."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .steps import LAPTOP, PHONE, clean, draft, lodged, shot

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = ("/help", "/help/boxes", "/help/errors", "/help/errors/FLC-38-003", "/help/fields/items/1/net_mass", "/help/glossary",
         "/help/first-day")  # fmt: skip
ONE_PAGE = 200_000  # bytes, compressed: what a first visit may load


def apart(page: Page, field: str) -> bool:
    """The panel and the field do not lie over each other."""
    script = """([field, panel]) => {
      const a = document.querySelector(field).getBoundingClientRect(), b = document.querySelector(panel).getBoundingClientRect();
      return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    }"""
    return bool(page.evaluate(script, [field, ".gm-helper__inner"]))


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE), ("en", LAPTOP)])
def test_f1_in_the_form_opens_help_beside_the_field(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    page = open_as("broker", language, size)
    page.goto(draft() + "/form")
    words = page.locator("[data-helper-words]")
    for field, box in (("f-consignee_tin", "8"), ("f-items-1-net_mass", "38"), ("f-signatory_name", "54")):
        page.locator(f"#{field}").focus()
        page.keyboard.press("F1")
        expect(words.locator(".gm-box").first).to_have_text(box)
        expect(page.locator("#helper")).to_be_visible()
        expect(page.locator(f"#{field}")).to_be_focused()  # typing goes on
        assert apart(page, f"#{field}"), field
    page.locator("#f-consignee_tin").focus()
    page.keyboard.press("F1")
    expect(words.locator(".gm-box").first).to_have_text("8")
    clean(page)
    shot(page, f"help-form-{language}-{size[0]}")
    page.keyboard.press("Escape")
    expect(page.locator("#helper")).to_be_hidden()
    # The next field is one Tab away: marks are no stops where F1 is at hand.
    page.locator("#f-consignee_name").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#f-consignee_address")).to_be_focused()


def test_without_scripts_the_marks_open_pages_and_words(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "ru", LAPTOP, java_script_enabled=False)
    made = draft()
    page.goto(made + "/part/parties")
    page.locator("details.gm-help summary").first.click()
    expect(page.locator("details.gm-help[open] .gm-help__words")).to_be_visible()
    page.goto(made + "/form")
    page.locator('a[href="/help/fields/consignee_tin"]').click()
    page.wait_for_url("**/help/fields/consignee_tin")
    expect(page.locator("h2").first).to_contain_text("ИНН получателя")


def test_in_the_guided_parts_help_opens_below_the_field(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "tg", PHONE)
    page.goto(draft() + "/part/parties")
    page.locator("#f-consignee_name").focus()
    page.keyboard.press("F1")
    opened = page.locator("details.gm-help[open]")
    expect(opened).to_have_count(1)
    clean(page)
    shot(page, "help-guided-tg-390")
    page.keyboard.press("F1")
    expect(opened).to_have_count(0)


def test_a_read_box_opens_its_help_at_the_side(open_as: Callable[..., Page]) -> None:
    page = open_as("officer", "ru", LAPTOP)
    page.goto(lodged() + "?item=1")
    page.locator('a[href="/help/boxes/38"]').first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-helper-words] section")).to_have_count(1)
    clean(page)
    shot(page, "help-officer-ru-1366")
    page.keyboard.press("Escape")
    expect(page.locator("#helper")).to_be_hidden()


def test_the_form_stays_light(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "tg", LAPTOP)
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(gzip.compress(answer.body()))) if answer.ok else None)
    page.goto(draft() + "/form", wait_until="networkidle")
    assert 0 < sum(sizes) < ONE_PAGE, sizes


@pytest.mark.parametrize(("language", "size"), [("tg", PHONE), ("ru", LAPTOP), ("en", PHONE)])
def test_pages_of_help_have_no_violations(open_as: Callable[..., Page], language: str, size: tuple[int, int]) -> None:
    page = open_as("broker", language, size)
    page.goto("/")
    clean(page)
    shot(page, f"help-offer-{language}-{size[0]}")
    for address in PAGES:
        page.goto(address)
        clean(page)
        shot(page, f"help{address.replace('/', '-')}-{language}-{size[0]}")


def test_a_step_of_the_first_day_ticks_when_it_was_done(open_as: Callable[..., Page]) -> None:
    page = open_as("broker", "en", LAPTOP)
    page.goto("/")
    page.get_by_role("link", name="Guided first day").click()
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(page.locator(".gm-steps-list__done")).to_have_count(0)
    page.get_by_role("button", name="Open the draft").click()
    page.wait_for_url("**/declarations/*")
    page.goto("/help/first-day")
    expect(page.locator(".gm-steps-list__done")).to_have_count(1)
    expect(page.locator('[data-step="draft"]')).to_have_class("gm-steps-list__done")
    page.get_by_role("link", name="To check and lodge").first.click()
    page.wait_for_url("**/part/finish")  # keys act once the page has its scripts
    page.keyboard.press("F9")
    expect(page.locator("#summary")).to_be_focused()
    page.get_by_role("link", name="FLC-38-003").first.click()
    expect(page.locator("[data-helper-words]")).to_contain_text("A part cannot be more than the whole.")
    page.goto("/help/first-day")
    expect(page.locator('[data-step="faults"]')).to_have_class("gm-steps-list__done")
    shot(page, "help-first-day-en-1366")
