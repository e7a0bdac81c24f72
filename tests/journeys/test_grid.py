"""The item grid in a browser: by keyboard alone, a paste of two hundred rows, undo, a conflict, a phone, axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gumruk.declarations.models import Declaration

from .steps import LAPTOP, PHONE, clean, draft, send, shot

pytestmark = pytest.mark.django_db(transaction=True)
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def items() -> list[dict[str, object]]:
    found: list[dict[str, object]] = Declaration.objects.get().draft["items"]
    return found


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.name"))


def saved(page: Page, act: Callable[[], object]) -> None:
    """Do something and wait until the grid has told the server."""
    with page.expect_response(lambda answer: answer.url.endswith("/items/patch")):
        act()
    page.wait_for_timeout(150)  # the answer is put on the page


def test_rows_are_worked_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
    place = draft(items=3)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    clean(page)
    names = [str(item["description"]) for item in items()]
    page.focus('[name="items/1/price"]')
    press = page.keyboard.press
    saved(page, lambda: press("Alt+ArrowDown"))
    assert [item["description"] for item in items()] == [names[1], names[0], names[2]]
    assert focused(page) == "items/2/price"
    saved(page, lambda: press("Alt+Shift+ArrowDown"))
    assert len(items()) == 4
    saved(page, lambda: press("Alt+Delete"))
    assert len(items()) == 3
    saved(page, lambda: press("Control+z"))
    assert len(items()) == 4
    saved(page, lambda: press("Control+i"))
    assert len(items()) == 5
    page.focus('[name="items/1/price"]')
    press("Control+a")
    page.keyboard.type("12,5")
    press("ArrowUp")  # no row above: the cell is kept
    saved(page, lambda: press("ArrowDown"))
    assert items()[0]["price"] == "12.5"
    page.focus('[name="items/1/price"]')
    press("Shift+ArrowDown")
    press("Shift+ArrowDown")
    expect(page.locator(".gm-grid__chosen")).to_have_count(3)
    saved(page, lambda: press("Control+d"))
    assert [item["price"] for item in items()[:3]] == ["12.5"] * 3
    page.focus('[name="items/2/price"]')
    press("Shift+ArrowDown")
    saved(page, lambda: press("Delete"))
    assert [item.get("price") for item in items()[:3]] == ["12.5", None, None]
    press("F8")
    page.wait_for_selector('[aria-invalid="true"]')
    page.wait_for_function("document.activeElement.getAttribute('aria-invalid') === 'true'")
    assert page.locator("[data-why]").inner_text()
    shot(page, "grid-faults-en")
    clean(page)


@pytest.mark.parametrize(("language", "size"), [("tg", LAPTOP), ("ru", PHONE)])
def test_two_hundred_rows_are_pasted_and_taken_back(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    place = draft(items=2)
    page = open_as("broker", language, size)
    page.goto(f"{place}/items")
    before = items()
    page.focus('[name="items/2/goods_code"]')
    rows = "".join(f'1701990000\t"Сахар\n{number}"\tKZ\t4000\t{number},5\n' for number in range(200))
    saved(page, lambda: page.evaluate(PASTE, rows))
    assert len(items()) == 201
    assert items()[1]["description"] == "Сахар\n0"
    assert items()[200]["packages"] == [{"count": "199.5"}]
    expect(page.locator("[data-row]")).to_have_count(50)
    shot(page, f"grid-pasted-{language}-{size[0]}")
    clean(page)
    page.focus('[name="items/2/goods_code"]')
    saved(page, lambda: page.keyboard.press("PageDown"))
    assert focused(page) == "items/51/goods_code"
    saved(page, lambda: page.keyboard.press("ArrowUp"))
    assert focused(page) == "items/50/goods_code"
    saved(page, lambda: page.keyboard.press("Control+z"))
    assert items() == before


def test_enter_behind_the_last_row_begins_another_and_nothing_typed_meanwhile_is_lost(
    open_as: Callable[..., Page],
) -> None:
    place = draft(items=1)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    page.focus('[name="items/1/description"]')
    for word in ("Second", "Third", "Fourth"):
        page.keyboard.press("Enter")
        page.keyboard.type(word)
    saved(page, lambda: page.keyboard.press("Tab"))
    assert [item["description"] for item in items()][1:] == ["Second", "Third", "Fourth"]
    page.focus('[name="items/2/description"]')

    def move_and_type() -> None:
        page.keyboard.press("Alt+ArrowDown")
        page.keyboard.type("x")

    saved(page, move_and_type)
    assert [item["description"] for item in items()][1:] == ["Third", "Second", "Fourth"]
    send(page, 'button[value="save"]')
    shown = [page.input_value(f'[name="items/{row}/description"]') for row in (2, 3, 4)]
    assert shown == [item["description"] for item in items()][1:]


def test_a_conflict_loses_nothing(open_as: Callable[..., Page]) -> None:
    place = draft(items=2)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    other = open_as("broker", "en")
    other.goto(f"{place}/items")
    other.fill('[name="items/1/price"]', "5")
    saved(other, lambda: other.keyboard.press("Tab"))
    page.fill('[name="items/1/price"]', "6")
    saved(page, lambda: page.keyboard.press("Tab"))
    expect(page.locator("[data-notes] li")).to_contain_text("«5»")
    expect(page.locator('[name="items/1/price"]')).to_have_value("6")
    assert items()[0]["price"] == "5"
    shot(page, "grid-conflict-en")
    clean(page)
    saved(page, lambda: page.click("text=Save mine over it"))
    assert items()[0]["price"] == "6"


def test_the_grid_of_the_form_view_and_its_header_are_saved_in_turn(open_as: Callable[..., Page]) -> None:
    place = draft(items=2)
    page = open_as("broker", "en")
    page.goto(f"{place}/form")
    page.fill('[name="items/1/price"]', "7")
    page.fill('[name="delivery_place"]', "Hisor")
    page.keyboard.press("Tab")
    page.wait_for_timeout(1500)
    page.focus('[name="items/2/price"]')
    saved(page, lambda: page.keyboard.press("Alt+ArrowUp"))
    assert items()[1]["price"] == "7"
    assert Declaration.objects.get().draft["delivery_place"] == "Hisor"
    expect(page.locator(".gm-saved--wrong")).to_have_count(0)


def test_a_lost_first_zero_is_offered_and_put_back(open_as: Callable[..., Page]) -> None:
    place = draft(items=1)
    page = open_as("broker", "en")
    page.goto(f"{place}/items")
    page.focus('[name="items/1/goods_code"]')
    saved(page, lambda: page.evaluate(PASTE, "207120000\tHens\n805100000\tOranges\n"))
    assert items()[0]["goods_code"] == "207120000"
    saved(page, lambda: page.click("text=Put the zeros back"))
    assert [item["goods_code"] for item in items()] == ["0207120000", "0805100000"]
