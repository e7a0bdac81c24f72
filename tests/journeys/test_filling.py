"""Filling a draft: autosave, conflict, the grid by keyboard and by paste, pickers, and all of it without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gumruk.declarations.models import Declaration

from .steps import LAPTOP, PHONE, clean, draft, lanes, lodged, said, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


def stored() -> dict[str, object]:
    found: dict[str, object] = Declaration.objects.get().draft
    return found


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_the_form_view_saves_itself_and_shows_a_conflict(open_as: Callable[..., Page], size: tuple[int, int]) -> None:
    place = draft()
    page = open_as("broker", "en", size)
    page.goto(f"{place}/form")
    clean(page)
    shot(page, f"form-{size[0]}")
    page.fill('[name="delivery_place"]', "Hisor")
    page.keyboard.press("Tab")
    page.wait_for_selector(".gm-saved >> text=/Saved \\d\\d:\\d\\d/")
    assert stored()["delivery_place"] == "Hisor"
    other = open_as("broker", "en")
    other.goto(f"{place}/part/valuation")
    other.fill('[name="delivery_place"]', "Khujand")
    send(other, 'button[value="save"]')
    page.fill('[name="delivery_place"]', "Kulob")
    page.keyboard.press("Tab")
    page.wait_for_selector(".gm-saved--wrong")
    expect(page.locator('[name="delivery_place"]')).to_have_value("Kulob")
    assert stored()["delivery_place"] == "Khujand"
    page.click('button[value="save"]')
    page.wait_for_selector("#summary .gm-choice__stored")
    expect(page.locator("#summary .gm-choice__stored").first).to_have_text("Khujand")
    expect(page.locator('[name="delivery_place"]')).to_have_value("Kulob")
    shot(page, f"conflict-{size[0]}")
    clean(page)
    send(page, 'button[value="save"]')
    assert stored()["delivery_place"] == "Kulob"


def test_the_grid_is_walked_by_keyboard(open_as: Callable[..., Page]) -> None:
    place = draft(items=3)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    clean(page)
    page.focus('[name="items/1/goods_code"]')
    page.keyboard.press("ArrowDown")
    expect(page.locator('[name="items/2/goods_code"]')).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Shift+Enter")
    expect(page.locator('[name="items/2/description"]')).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" more")
    send(page, 'button[value="save"]')
    assert stored()["items"][1]["description"].endswith(" more")  # type: ignore[index]


def test_a_code_is_picked_by_its_name(open_as: Callable[..., Page]) -> None:
    place = draft()
    page = open_as("broker", "tg")
    page.goto(f"{place}/part/transport")
    page.fill("#f-export_country", "")
    page.type("#f-export_country", "узбек")
    page.wait_for_selector("#f-export_country__listbox li >> text=UZ")
    shot(page, "picker-tg")
    page.keyboard.press("ArrowDown")
    with page.expect_response(
        lambda said: "/autosave" in said.url and b"\r\nUZ\r\n" in (said.request.post_data_buffer or b"")
    ):
        page.keyboard.press("Enter")
    expect(page.locator("#f-export_country")).to_have_value("UZ")
    assert stored()["export_country"] == "UZ"
    clean(page)


def test_a_declaration_is_filled_and_lodged_without_javascript(open_as: Callable[..., Page]) -> None:
    lanes()
    page = open_as("broker", "ru", java_script_enabled=False)
    send(page, "text=Новая декларация")
    send(page, ".gm-tasks li:first-child a")
    whole = said(items=1)
    for part in ("start", "parties", "transport", "valuation"):
        assert f"part/{part}" in page.url
        fill_page(page, whole, "")
        send(page, 'button[value="next"]')
    assert page.url.endswith("/items")
    send(page, 'a[href$="/items/1"]')
    item = whole["items"][0]
    fill_page(page, item, "items/1/")
    for group in ("packages", "documents", "containers", "previous_documents"):
        for number, row in enumerate(item.get(group, []), start=1):
            fill_page(page, row, f"items/1/{group}/{number}/")
            send(page, 'button[value="save"]')
    send(page, 'button[value="save"]')
    page.goto(page.url.replace("items/1", "part/finish"))
    fill_page(page, whole, "")
    page.click('button[value="lodge"]')
    expect(page.locator('h1 [data-state="PAYMENT_DUE"]')).to_have_count(1)


def fill_page(page: Page, row: dict[str, object], prefix: str) -> None:
    """Type whatever the page asks for."""
    for name, value in row.items():
        field = page.locator(f'[name="{prefix}{name}"]')
        if isinstance(value, list) or field.count() == 0:
            continue
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))


def test_signing_in_and_a_new_draft_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
    page = open_as("", "en")
    walk_to(page, "broker")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=My declarations")
    walk_to(page, "New declaration")
    page.keyboard.press("Enter")
    page.wait_for_selector(".gm-tasks")
    walk_to(page, "Check and lodge")
    page.keyboard.press("Enter")
    page.wait_for_selector('button[value="lodge"]')
    page.wait_for_load_state("load")
    page.keyboard.press("F9")
    page.wait_for_selector(".findings")
    assert page.locator(".findings li").count() > 20
    expect(page.locator("#summary")).to_be_focused()
    shot(page, "keyboard-en")


def walk_to(page: Page, words: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a, button')") and words in page.evaluate(
            "document.activeElement.textContent"
        ):
            return
    raise AssertionError(f"the Tab key never reached «{words}»")


def test_the_queue_is_worked_with_keys(open_as: Callable[..., Page]) -> None:
    lanes()
    places = [lodged(pay=True), lodged(seed=6, pay=True)]
    page = open_as("officer", "en")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("tr[data-current]")).to_have_count(1)
    shot(page, "queue-keys-en")
    page.keyboard.press("Enter")
    page.wait_for_selector('button[value="release"]')
    assert page.url.endswith(places[0])
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("DEMO-00006")
    page.wait_for_selector("#rows tbody tr:nth-child(2)", state="detached")
    page.focus("#main")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    clean(page)
    page.click("text=Switch single-letter keys off")
    page.keyboard.press("j")
    expect(page.locator("tr[data-current]")).to_have_count(0)


def test_a_group_keeps_what_was_filtered_before_it_was_chosen(open_as: Callable[..., Page]) -> None:
    draft(reference="KEPT-1")
    draft(reference="OTHER-2")
    page = open_as("broker", "tg")
    page.fill("#text", "KEPT")
    rows = page.locator("#rows tbody tr")
    expect(rows).to_have_count(1)
    chip = page.locator('#groups a[href*="group=drafts"]')
    expect(chip).to_have_attribute("href", "?group=drafts&text=KEPT")
    send(page, '#groups a[href*="group=drafts"]')
    expect(page.locator("#text")).to_have_value("KEPT")
    expect(rows).to_have_count(1)
    expect(chip).to_have_attribute("aria-current", "true")
