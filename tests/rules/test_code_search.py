"""Codes found by digits, by words in three languages, with one wrong letter; and what the law says of a goods code."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.searching import begins_near, index_of
from gumruk.rules.duty import rating_of

DAY = date(2026, 3, 2)


def codes(name: str, text: str, language: str = "en", most: int = 30) -> list[str]:
    return [one.code for one in index_of(name).find(text, language)[:most]]


def test_digits_find_a_code_however_they_are_spaced() -> None:
    assert codes("goods", "1701.99")[0] == "170199"
    assert codes("goods", "17 01 99")[0] == "170199"
    assert codes("country", "uz") == ["UZ"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sugar", "170199"),
        ("сахар", "170199"),
        ("шакар", "170199"),
        ("oranges", "080510"),
        ("цитрусовые", "080510"),
        ("Oranges fresh", "080510"),
    ],
)
def test_goods_are_found_in_three_languages_by_what_stands_above_them(text: str, code: str) -> None:
    assert code in codes("goods", text, most=120)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Узбекстан", "UZ"),
        ("Узбкистан", "UZ"),
        ("Узбеккистан", "UZ"),
        ("Точикистон", "TJ"),
        ("таджикистанн", "TJ"),
        ("germny", "DE"),
        ("gremany", "DE"),
    ],
)
def test_one_wrong_letter_and_folded_letters_still_find(text: str, code: str) -> None:
    assert codes("country", text)[0] == code


def test_nothing_is_found_where_nothing_is_like_it() -> None:
    assert codes("country", "qqqwwwzzz") == []
    assert codes("goods", "ы") != codes("goods", "")
    assert codes("goods", "") == sorted(codes("goods", "", most=20))[:30] or len(codes("goods", "")) == 30


def test_the_name_is_in_the_language_asked_for_and_the_heading_stands_above() -> None:
    found = index_of("goods").find("170199", "ru")[0]
    assert found.above[0]
    assert "ахар" in " ".join(found.above)
    assert index_of("country").find("TJ", "tg")[0].name == "Тоҷикистон"


def test_box_37_is_suggested_from_the_regimes() -> None:
    assert "4000" in codes("procedure", "")
    assert codes("procedure", "обращения", "ru")[0] == "4000"


@given(st.text(max_size=30))
def test_any_text_is_searched_without_a_fault(text: str) -> None:
    for one in index_of("country").find(text, "tg"):
        assert one.code


@given(st.text("абвг", min_size=4, max_size=8), st.integers(0, 7), st.sampled_from("абвг"), st.text("абвг", max_size=4))
def test_one_change_anywhere_keeps_a_beginning_near(word: str, place: int, letter: str, rest: str) -> None:
    place = min(place, len(word) - 1)
    changed = (word[:place] + letter + word[place + 1 :], word[:place] + letter + word[place:], word[:place] + word[place + 1 :],
               word[:place] + word[place : place + 2][::-1] + word[place + 2 :])  # fmt: skip
    assert all(begins_near(one, word + rest) for one in changed)
    assert not begins_near("xyzw" + word, word + rest)


def test_rates_are_told_for_an_origin_and_a_day_and_never_left_out() -> None:
    law = lawbook.snapshot().on(DAY)
    rates = {one.kind: one for one in rating_of(law, "2202100000", origin="UZ", regime="FREE_CIRC").rates}
    assert rates["vat"].rate == "14%"
    assert rates["vat"].cites[0] == "tj-tax-code-2021#397-4"
    assert rates["excise"].problem == "exchange_rate_missing"
    assert rates["excise"].rate == ""
    later = {
        one.kind: one.rate
        for one in rating_of(lawbook.snapshot().on(date(2027, 3, 1)), "1701990000", regime="FREE_CIRC").rates
    }
    assert later["vat"] == "13%"


def test_what_depends_on_a_claim_is_told_beside_and_only_for_its_origin() -> None:
    law = lawbook.snapshot().on(DAY)
    near = rating_of(law, "1701990000", origin="KZ", regime="FREE_CIRC").conditions
    far = rating_of(law, "1701990000", origin="CN", regime="FREE_CIRC").conditions
    assert "CISFTA" in {one.preference for one in near}
    assert "CISFTA" not in {one.preference for one in far}
