"""Reference data in a browser: lists, an act, rates with preview and correction, the tariff; axe on every page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gumruk.toolkit import clock

from .steps import LAPTOP, PHONE, clean, shot

pytestmark = pytest.mark.django_db(transaction=True)
DAY = clock.law_day(clock.now()) + timedelta(days=60)  # the demonstration has no rates for it
PLACES = ("/reference", "/reference/lists/office?text=хисор", "/reference/lists/country", "/reference/lists/hs6?text=poultry",
          "/reference/lists/unit?text=nothing", "/reference/acts", "/reference/acts/tj-gov-2025-335", "/reference/rates",
          f"/reference/rates?day={DAY.isoformat()}", "/reference/tariff")  # fmt: skip


@pytest.mark.parametrize(
    ("username", "language", "size"), [("lawyer", "tg", PHONE), ("broker", "ru", LAPTOP), ("officer", "en", PHONE)]
)
def test_pages_of_reference_data_have_no_violations(
    open_as: Callable[..., Page], username: str, language: str, size: tuple[int, int]
) -> None:
    page = open_as(username, language, size)
    for address in PLACES:
        assert page.goto(address).status == 200, address  # type: ignore[union-attr]
        shot(page, f"reference-{language}-{re.sub('[^a-z0-9]+', '-', address.split('?')[0][1:])}")
        clean(page)


def test_an_officer_finds_a_border_point_with_a_russian_keyboard(open_as: Callable[..., Page]) -> None:
    page = open_as("officer", "tg", LAPTOP)
    page.goto("/reference/lists/office")
    page.locator("#text").press_sequentially("хисор")
    expect(page.get_by_text("Ҳисор (Боботоғ)")).to_be_visible()
    expect(page.get_by_text("Қулма")).to_have_count(0)


def test_rates_go_from_a_file_through_a_preview_to_a_correction_by_two_persons(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(f"{DAY.strftime('%d.%m.%Y')}\nРамз;Воҳид;Қурб\nUSD;1;9,3512\nRUB;10;1,1534\n", encoding="utf-8")
    page = open_as("lawyer", "tg", LAPTOP)
    page.goto("/reference/rates")
    page.set_input_files("#file", str(file))
    page.get_by_role("button", name="Пешнамоиш").click()
    expect(page.get_by_role("heading", name="Пешнамоиши қурбҳо")).to_be_visible()
    shot(page, "reference-rates-preview")
    clean(page)
    if page.locator("[name=confirmed]").count():
        page.locator("[name=confirmed]").check()
    page.get_by_role("button", name="Ворид кардани қурбҳо").click()
    expect(page.get_by_text("Қурбҳо ворид шуданд.")).to_be_visible()
    expect(page.get_by_role("cell", name="9,3512")).to_be_visible()
    shot(page, "reference-rates-entered")
    page.locator("#correct-currency").select_option("USD")
    page.fill("#correct-rate", "9,3521")
    page.fill("#reason", "рақамҳо ҷойивазшуда")
    page.get_by_role("button", name="Пешниҳоди ислоҳ").click()
    expect(page.get_by_text("Ислоҳ мунтазири шахси дуюм аст.")).to_be_visible()
    clean(page)
    second = open_as("approver", "ru", LAPTOP)
    second.goto(f"/reference/rates?day={DAY.isoformat()}")
    second.get_by_role("button", name="Принять исправление").click()
    expect(second.get_by_text("Исправление принято.")).to_be_visible()
    expect(second.get_by_role("cell", name="9,3521").first).to_be_visible()
    clean(second)


def test_a_tariff_with_a_lost_zero_is_refused_with_advice_and_a_right_one_becomes_a_draft(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_as("lawyer", "ru", LAPTOP)

    def preview(code: str) -> None:
        file = tmp_path / f"{code}.csv"
        file.write_text(
            f"код;номи тоҷикӣ;наименование;name;ставка\n{code};Афлесун;Апельсины;Oranges;10%\n", encoding="utf-8"
        )
        page.goto("/reference/tariff")
        page.set_input_files("#file", str(file))
        page.locator("#act").select_option("tj-gov-2016-379")
        page.fill("#since", DAY.isoformat())
        with page.expect_navigation():  # a picture of a page on its way out cannot be taken
            page.get_by_role("button", name="Просмотр").click()

    preview("805100000")
    expect(page.get_by_role("alert").get_by_text("пропал первый ноль")).to_be_visible()
    clean(page)
    shot(page, "reference-tariff-refused")
    preview("0805100000")
    shot(page, "reference-tariff-preview")
    clean(page)
    page.fill("#reason", "ежегодный пересмотр")
    page.get_by_role("button", name="Создать проект").click()
    expect(page.get_by_text("Прежде чем он станет законом, его утвердит другой человек.")).to_be_visible()
    clean(page)
