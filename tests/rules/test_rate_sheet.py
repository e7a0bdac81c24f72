"""A table of rates as published is read whole; every fault of every row is found in one pass and worded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.law.types import Confidence
from gumruk.lawbook import files
from gumruk.reference.rate_sheet import RateSheet, read_rates
from gumruk.reference.wording import COLUMNS, RATES, ROWS, SHEET, refusal, row_fault
from gumruk.toolkit.sheets import SheetRefused, day_in, number_in, read_sheet

CURRENCIES = {code: str(row["numeric"]) for code, row in files.code_lists()["currency"].items()}
DAY = date(2026, 11, 25)


def read(text: str, day: date | None = DAY) -> RateSheet:
    return read_rates(read_sheet(text.encode()), currencies=CURRENCIES, source="bank", day=day)


@pytest.mark.parametrize(
    "heading",
    [
        "Рақам;Рамз;Воҳид;Номи асъор;Қурб",
        "Цифр. код;Букв. код;Единиц;Валюта;Курс",
        "Num code;Char code;Nominal;Name;Rate",
    ],
)
def test_a_published_table_is_read_in_three_languages(heading: str) -> None:
    sheet = read(
        f"Қурби расмии асъор 25.11.2026\n\n{heading}\n840;USD;1;Доллари ИМА;9,3500\n643;RUB;10;Рубли русӣ;1,1530\n",
        None,
    )
    assert sheet.faults == ()
    assert [(rate.currency, rate.day, rate.per, rate.rate) for rate in sheet.rates] == [
        ("USD", DAY, 1, Decimal("9.3500")),
        ("RUB", DAY, 10, Decimal("1.1530")),
    ]
    assert {rate.confidence for rate in sheet.rates} == {Confidence.CONFIRMED}


def test_numeric_codes_alone_and_days_in_a_column_will_do() -> None:
    sheet = read("код;номинал;курс;дата\n36;1;6,1;24.11.2026\n840;1;9.35;2026-11-25\n", None)
    assert [(rate.currency, rate.day.day) for rate in sheet.rates] == [("AUD", 24), ("USD", 25)]


def test_every_fault_of_every_row_is_found_in_one_pass() -> None:
    sheet = read(
        "рақам;рамз;воҳид;қурб\n840;USD;1;9,35\n840;EUR;3;-\n;;1;5\n;QQQ;1;5\n;TJS;1;1\n;XXX;1;1\n;USD;1;9,36\n;CHF;1;0\n;GBP;1;1,1234567\n;JPY;1;123456789\n"
    )
    assert [(fault.row, fault.column, fault.code) for fault in sheet.faults] == [
        (3, "code", "codes_differ"), (3, "per", "per_unknown"), (3, "rate", "not_a_number"),
        (4, "code", "code_missing"), (5, "code", "currency_unknown"), (6, "code", "own_currency"),
        (7, "code", "currency_unknown"), (8, "code", "twice"), (9, "rate", "not_positive"), (10, "rate", "too_fine"),
        (11, "rate", "too_fine"),
    ]  # fmt: skip
    for fault in sheet.faults:
        for language in ("tg", "ru", "en"):
            assert str(fault.row) in row_fault(fault.row, fault.column, fault.code, language, fault.values)
    assert row_fault(8, "code", "twice", "en", {"found": "USD", "first": "2"}) == (
        "Row 8, currency code: USD stands in row 2 too; remove one."
    )


@pytest.mark.parametrize(
    ("text", "day", "code"),
    [
        ("рамз;қурб\nUSD;9\n", DAY, "no_heading"),  # without the number of units a rate may be ten times wrong
        ("воҳид;қурб\n1;9\n", DAY, "no_heading"),
        ("рамз;воҳид;қурб;курс\nUSD;1;9;9\n", DAY, "heading_twice"),
        ("рамз;воҳид;қурб\n", DAY, "no_rows"),
        ("рамз;воҳид;қурб\nUSD;1;9\n", None, "day_missing"),
        ("24.11.2026\nрамз;воҳид;қурб\nUSD;1;9\n", DAY, "day_differs"),
        ("24.11.2026 - 25.11.2026\nрамз;воҳид;қурб\nUSD;1;9\n", None, "day_differs"),
    ],
)
def test_a_table_that_leaves_room_for_a_guess_is_refused(text: str, day: date | None, code: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read(text, day)
    assert refused.value.code == code
    for language in ("tg", "ru", "en"):
        assert "{" not in refusal(code, language, refused.value.values)


def test_a_row_of_another_day_than_chosen_and_a_broken_day_are_faults() -> None:
    sheet = read("рамз;воҳид;қурб;сана\nUSD;1;9;24.11.2026\nEUR;1;10;31.02.2026\n")
    assert [(fault.row, fault.code) for fault in sheet.faults] == [(2, "day_differs"), (3, "not_a_day")]


def test_numbers_and_days_are_read_as_written_and_never_guessed() -> None:
    assert number_in("1 234,50") == Decimal("1234.50")
    assert number_in("10.842") == Decimal("10.842")
    for text in ("1,234.50", "1.234,50", "12 34", "-1", "1e3", "", "١٠"):
        assert number_in(text) is None, text
    assert day_in("5.1.2026") == date(2026, 1, 5)
    for text in ("2026-13-01", "31.02.2026", "25.11.26", "11/25/2026"):
        assert day_in(text) is None, text


def test_every_reason_is_worded_in_three_languages() -> None:
    for table in (COLUMNS, SHEET, ROWS, RATES):
        for code, words in table.items():
            assert all((words.tg, words.ru, words.en)), code


CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["USD", "840", "1", "10", "9,35", "25.11.2026", "рамз", "қурб", "воҳид", ""])
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELL, max_size=6).map(tuple), max_size=8), st.sampled_from([None, DAY]))
def test_any_cells_give_rates_or_faults_or_a_refusal(rows: list[tuple[str, ...]], day: date | None) -> None:
    heading = ("рамз", "воҳид", "қурб", "сана")
    try:
        sheet = read_rates([heading, *rows], currencies=CURRENCIES, source="bank", day=day)
    except SheetRefused as refused:
        assert refusal(refused.code, "en", refused.values)
        return
    for rate in sheet.rates:
        assert rate.currency in CURRENCIES
        assert rate.rate > 0
    for fault in sheet.faults:
        assert row_fault(fault.row, fault.column, fault.code, "tg", fault.values)
