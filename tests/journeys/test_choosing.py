"""Choosing a goods code in a browser: by keyboard with the law beside it, in the tree, and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gumruk.declarations.models import Declaration

from .steps import LAPTOP, PHONE, clean, draft, lodged, send, shot

pytestmark = pytest.mark.django_db(transaction=True)


def first(place: str) -> dict[str, object]:
    found: dict[str, object] = Declaration.objects.get(id=place[14:]).draft["items"][0]
    return found


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE)])
def test_a_goods_code_is_picked_by_keyboard_and_its_rates_are_seen(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    lodged()
    place = draft(items=1)
    page = open_as("broker", language, size)
    page.goto(f"{place}/items/1")
    field = "#f-items-1-goods_code"
    page.fill(field, "")
    page.focus(field)
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(f"{field}__listbox .gm-own")
    shot(page, f"picker-own-{language}-{size[0]}")
    page.keyboard.press("Escape")
    page.fill(field, "")
    page.type(field, "шакар")
    page.wait_for_selector(f"{field}__listbox li >> text=170199")
    page.keyboard.press("ArrowDown")
    while "170199" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("ArrowDown")
    with page.expect_response(lambda answer: answer.url.endswith("/autosave")):
        page.keyboard.press("Enter")
    expect(page.locator(field)).to_have_value("170199")
    page.wait_for_selector(".gm-facts >> text=14%")
    assert first(place)["goods_code"] == "170199"
    shot(page, f"facts-{language}-{size[0]}")
    clean(page)
    page.goto("/reference/goods/2202100000")
    shot(page, f"goods-{language}-{size[0]}")
    clean(page)


def test_a_cell_of_the_grid_is_filled_from_the_tree(open_as: Callable[..., Page]) -> None:
    place = draft(items=1)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    page.fill('[name="items/1/price"]', "77")
    page.focus('[name="items/1/goods_code"]')
    page.keyboard.press("F4")
    page.wait_for_selector("#q")
    clean(page)
    shot(page, "choose-en")
    send(page, "text=Look through the tree")
    send(page, 'a[href^="/reference/goods/IV"]')
    send(page, 'a[href^="/reference/goods/17"]')
    send(page, 'a[href^="/reference/goods/1701?"]')
    clean(page)
    shot(page, "tree-en")
    page.locator("li", has_text="170199").get_by_role("button", name="Choose").click()
    page.wait_for_url(f"**{place}/items*")
    assert (first(place)["goods_code"], first(place)["price"]) == ("170199", "77")


def test_a_country_is_chosen_without_scripts(open_as: Callable[..., Page]) -> None:
    place = draft(items=1)
    page = open_as("broker", "en", java_script_enabled=False)
    page.goto(f"{place}/part/transport")
    page.fill('[name="goods_location"]', "kept")
    send(page, 'button[value="choose/country/export_country"]')
    page.fill("#q", "узбекстан")
    send(page, "text=Search")
    page.locator("li", has_text="UZ").get_by_role("button", name="Choose").first.click()
    expect(page.locator('[name="export_country"]')).to_have_value("UZ")
    expect(page.locator('[name="goods_location"]')).to_have_value("kept")
