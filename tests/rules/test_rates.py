"""Rates as tariffs write them; what is not surely a rate is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.types import RateComponent
from gumruk.rules.rates import RateRefused, read_rate, write_rate


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("10%", "10%"),
        ("10", "10%"),
        ("12,5 %", "12.5%"),
        ("Free", "0%"),
        ("беспошлинно", "0%"),
        ("10, но не менее 0,02 евро за 1 кг", "10% MIN 0.02 EUR / 1 KGM"),
        ("15, но не менее 0,6 евро за 1 л", "15% MIN 0.6 EUR / 1 LTR"),
        ("20%, вале на кам аз 0,5 евро барои 1 кг", "20% MIN 0.5 EUR / 1 KGM"),
        ("8.00 % + 1.50 GBP / 100 kg MAX 12.00 %", "8.00% + 1.50 GBP / 100 KGM MAX 12.00%"),
        ("12.80 % + 176.80 EUR / 100 kg", "12.80% + 176.80 EUR / 100 KGM"),
        ("10 % MIN 0.5 EUR/kg", "10% MIN 0.5 EUR / 1 KGM"),
        ("5 плюс 0,1 EUR/kg", "5% + 0.1 EUR / 1 KGM"),
        ("10% + 0.5 EUR/kg", "10% + 0.5 EUR / 1 KGM"),
        ("0.04 EUR/l", "0.04 EUR / 1 LTR"),
        ("55 EUR/t", "55 EUR / 1 TNE"),
        ("2.9 USD за 1000 шт", "2.9 USD / 1000 NMB"),
        ("2 доллара США за 1000 шт.", "2 USD / 1000 NMB"),
        ("1 250,50 сомонӣ", "1250.50 TJS"),
        ("0,5 евро за 1 см3", "0.5 EUR / 1 CMQ"),
        ("3 евро за 1 л 100% спирта", "3 EUR / 1 LPA"),
        ("15 процентов от таможенной стоимости", "15%"),
        ("не более 5%", None),
        ("€2/kg", "2 EUR / 1 KGM"),
    ],
)
def test_a_rate_is_read(text: str, canonical: str | None) -> None:
    if canonical is None:
        with pytest.raises(RateRefused):
            read_rate(text)
    else:
        assert write_rate(read_rate(text)) == canonical


@pytest.mark.parametrize(
    "text",
    ["563С)", "10 63C", "5(1)", "5¹", "10 563 %", "5²", "1e3%", "１０%", "NaN", "", "   ", "10% 5%", "10%%", "ten %", "007%",
     "0.5 EUR/parsec", "5 EUR за 0 кг", "10% + 5", "1.2.3%", "10% MIN", "-5%", "10 *", "5.%", "٣%"],
)  # fmt: skip
def test_what_is_not_surely_a_rate_is_refused(text: str) -> None:
    with pytest.raises(RateRefused) as refused:
        read_rate(text)
    assert refused.value.code
    assert refused.value.where >= 1
    assert refused.value.message.endswith((".", "?"))


AMOUNTS = st.decimals(min_value=0, max_value=99999, places=4, allow_nan=False)
PERCENT = AMOUNTS.map(lambda amount: ("percent", amount))
SPECIFIC = st.tuples(
    AMOUNTS,
    st.sampled_from(["EUR", "USD", "TJS"]),
    st.integers(1, 5000),
    st.sampled_from(["KGM", "LTR", "NMB"]),
)


def _component(op: str, drawn: tuple[object, ...]) -> RateComponent:
    if drawn[0] == "percent":
        return RateComponent(op, drawn[1], percent=True)  # type: ignore[arg-type]
    amount, currency, per, unit = drawn
    return RateComponent(op, amount, False, currency, Decimal(str(per)), unit)  # type: ignore[arg-type]


@given(
    st.one_of(PERCENT, SPECIFIC),
    st.lists(st.tuples(st.sampled_from(["+", "-", "min", "max"]), st.one_of(PERCENT, SPECIFIC)), max_size=3),
)
def test_what_is_written_reads_back_the_same(
    first: tuple[object, ...], rest: list[tuple[str, tuple[object, ...]]]
) -> None:
    components = (_component("first", first), *(_component(op, drawn) for op, drawn in rest))
    assert read_rate(write_rate(components)) == components


@given(st.text(max_size=40) | st.text(alphabet="0123456789%., +-/ кгевроEURMINза", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parts = read_rate(text)
    except RateRefused:
        return
    assert parts[0].op == "first"
