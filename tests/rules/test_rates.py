"""Rates as tariffs write them; what is not surely a rate is refused."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import example, given
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
        ("NIL", "0%"),
        ("беспошлинно", "0%"),
        ("озод", "0%"),
        ("озод аз боҷ", "0%"),
        ("10, но не менее 0,02 евро за 1 кг", "10% MIN 0.02 EUR / 1 KGM"),
        ("15, но не менее 0,6 евро за 1 л", "15% MIN 0.6 EUR / 1 LTR"),
        ("20%, но не менее 1,2 евро за 1 литр", "20% MIN 1.2 EUR / 1 LTR"),
        ("5 процентов, но не более 3 долларов США за штуку", "5% MAX 3 USD / 1 NMB"),
        ("20%, вале на кам аз 0,5 евро барои 1 кг", "20% MIN 0.5 EUR / 1 KGM"),
        ("10 фоиз, вале на камтар аз 0,02 евро барои ҳар кг", "10% MIN 0.02 EUR / 1 KGM"),
        ("10 фоиз, на бештар аз 3 доллари ИМА барои 1 дона", "10% MAX 3 USD / 1 NMB"),
        ("8.00 % + 1.50 GBP / 100 kg MAX 12.00 %", "8.00% + 1.50 GBP / 100 KGM MAX 12.00%"),
        ("12.80 % + 176.80 EUR / 100 kg/net", "12.80% + 176.80 EUR / 100 KGM"),
        ("10%MIN0.5EUR/kg", "10% MIN 0.5 EUR / 1 KGM"),
        ("10 % MIN 0.5 EUR/kg", "10% MIN 0.5 EUR / 1 KGM"),
        ("5 плюс 0,1 EUR/kg", "5% + 0.1 EUR / 1 KGM"),
        ("10%+0.5 EUR/kg", "10% + 0.5 EUR / 1 KGM"),
        ("10% - 1.5 EUR/kg", "10% - 1.5 EUR / 1 KGM"),
        ("Смешанная: 10% + 0,3 евро за кг", "10% + 0.3 EUR / 1 KGM"),
        ("комбинированная ставка 10% + 0,3 евро за кг", "10% + 0.3 EUR / 1 KGM"),
        ("(10% + 0.5 EUR/kg) MIN 5%", "10% + 0.5 EUR / 1 KGM MIN 5%"),
        ("10% (но не менее 0,5 евро за кг)", "10% MIN 0.5 EUR / 1 KGM"),
        ("10% (MIN 0.5 EUR/kg MAX 1 EUR/kg)", "10% MIN 0.5 EUR / 1 KGM MAX 1 EUR / 1 KGM"),
        ("10% MIN (0.5 EUR/kg)", "10% MIN 0.5 EUR / 1 KGM"),
        ("[10%]", "10%"),
        ("10% или 0,5 евро за кг, в зависимости от того, что больше", "10% MIN 0.5 EUR / 1 KGM"),
        ("10% or 0.5 EUR/kg whichever is lower", "10% MAX 0.5 EUR / 1 KGM"),
        ("0.04 EUR/l", "0.04 EUR / 1 LTR"),
        ("0,5 евро/кг", "0.5 EUR / 1 KGM"),
        ("0,5 евро за 1 кг веса нетто", "0.5 EUR / 1 KGM"),
        ("55 EUR/t", "55 EUR / 1 TNE"),
        ("3 EUR per 100 kg", "3 EUR / 100 KGM"),
        ("2.9 USD за 1000 шт", "2.9 USD / 1000 NMB"),
        ("2.9 USD за 1 000 шт", "2.9 USD / 1000 NMB"),
        ("12 EUR/1000 p/st", "12 EUR / 1000 NMB"),
        ("2 евро за тыс. шт.", "2 EUR / 1000 NMB"),
        ("2 доллара США за 1000 шт.", "2 USD / 1000 NMB"),
        ("1 250,50 сомонӣ", "1250.50 TJS"),
        ("1 234,56 EUR / t", "1234.56 EUR / 1 TNE"),
        ("1\u00a0234,56 EUR / t", "1234.56 EUR / 1 TNE"),
        ("1\u00a0234 EUR / t", "1234 EUR / 1 TNE"),
        ("0,5 евро за 1 см3", "0.5 EUR / 1 CMQ"),
        ("0,5 евро за 1 куб. см объёма двигателя", "0.5 EUR / 1 CMQ"),
        ("0.5 EUR / m3", "0.5 EUR / 1 MTQ"),
        ("3 EUR за 1 кв. м", "3 EUR / 1 MTK"),
        ("3 евро за 1 л 100% спирта", "3 EUR / 1 LPA"),
        ("3 евро за литр безводного спирта", "3 EUR / 1 LPA"),
        ("3 EUR per l of pure alcohol", "3 EUR / 1 LPA"),
        ("1.75 EUR / % vol / hl + 6.40 EUR / hl", "1.75 EUR / 1 LPA + 6.40 EUR / 1 HLT"),
        ("15 процентов от таможенной стоимости", "15%"),
        ("20 per cent ad valorem", "20%"),
        ("€2/kg", "2 EUR / 1 KGM"),
        ("5 руб./кг", "5 RUB / 1 KGM"),
        ("563%", "563%"),
    ],
)
def test_a_rate_is_read(text: str, canonical: str) -> None:
    assert write_rate(read_rate(text)) == canonical


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("563С)", "footnote"), ("5¹", "footnote"), ("5²", "footnote"), ("10*", "footnote"), ("5 1)", "footnote"),
        ("5(1)", "footnote"), ("5)", "footnote"), ("10 63C", "footnote"), ("5%1", "footnote"), ("5%¹", "footnote"),
        ("0,5 евро за 1 кг1)", "footnote"), ("0,5 евро за 1 кг¹", "footnote"), ("10% 5%", "footnote"), ("10 563 %", "footnote"),
        ("563", "ambiguous"), ("10 563 EUR/kg", "ambiguous"), ("1 234 EUR / t", "ambiguous"), ("2 USD за 10 500 шт", "ambiguous"),
        ("5 - 10 %", "range"), ("5–10%", "range"), ("5% - 10%", "range"), ("0.5-1 EUR/kg", "range"), ("0.5 EUR/kg - 1 EUR/kg", "range"),
        ("10% or 0.5 EUR/kg", "which_applies"), ("10% + (5% MIN 1 EUR/kg)", "unexpected"), ("( 5%", "brackets"), ("((((((5%))))))", "brackets"),
        ("не более 5%", "number_missing"), ("ten %", "number_missing"), ("10% MIN", "number_missing"), ("-5%", "number_missing"),
        ("10% + 5", "unit_missing"), ("0.5 EUR/parsec", "unit_unknown"), ("0.5 EUR/", "unit_unknown"), ("1 EUR / % vol / kg", "unit_unknown"),
        ("1 EUR / % vol", "unit_unknown"),
        ("5 EUR за 0 кг", "per_zero"), ("007%", "not_a_number"), ("1.2.3%", "footnote"), ("10,5,5%", "not_a_number"),
        ("12345678901234567890%", "too_many_digits"), ("1" * 301, "too_long"), ("", "empty"), ("  \u00a0 ", "empty"),
        ("1e3%", "footnote"), ("１０%", "unexpected"), ("٣%", "unexpected"), ("10%%", "unexpected"), ("5.%", "footnote"), ("free 5%", "footnote"),
        ("5% free", "unexpected"), ("NaN", "number_missing"), ("½%", "unexpected"), ("10% брутто", "unexpected"), ("(5% x", "unexpected"), ("10% (", "unexpected_end"),
    ],
)  # fmt: skip
def test_what_is_not_surely_a_rate_is_refused(text: str, code: str) -> None:
    with pytest.raises(RateRefused) as refused:
        read_rate(text)
    assert refused.value.code == code
    assert refused.value.where >= 1
    assert refused.value.message.endswith((".", "?"))


AMOUNTS = st.decimals(min_value=0, max_value=99999, places=4, allow_nan=False)
PERCENT = AMOUNTS.map(lambda amount: ("percent", amount))
SPECIFIC = st.tuples(
    AMOUNTS,
    st.sampled_from(["EUR", "USD", "TJS"]),
    st.integers(1, 5000),
    st.sampled_from(["KGM", "LTR", "NMB", "LPA", "CMQ"]),
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
def test_what_is_written_reads_back_the_same_unless_it_is_a_range(
    first: tuple[object, ...], rest: list[tuple[str, tuple[object, ...]]]
) -> None:
    components = (_component("first", first), *(_component(op, drawn) for op, drawn in rest))
    range_at = [
        two.op == "-" and (one.percent, one.currency, one.unit) == (two.percent, two.currency, two.unit)
        for one, two in itertools.pairwise(components)
    ]
    if any(range_at):
        with pytest.raises(RateRefused):
            read_rate(write_rate(components))
    else:
        assert read_rate(write_rate(components)) == components


WORDS = [
    "10", "0,5", "%", "EUR", "евро", "/", "за", "kg", "кг", "л", "100", "MIN", "MAX", "но не менее", "(", ")", "+", "-", "или", "¹", "1)", "*",
    "% vol", "hl", "free", "тыс.", "1 234", "\u00a0", ",", "нетто", "от стоимости",
]  # fmt: skip


@given(
    st.text(max_size=40)
    | st.text(alphabet="0123456789%., +-/()¹² кгевроEURMINза", max_size=40)
    | st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
    | st.lists(st.sampled_from(WORDS), max_size=12).map("".join)
)
@example("(" * 300)
@example("10%" + "(MIN 1 EUR" * 29)
def test_no_text_breaks_the_reader_and_what_it_reads_it_can_write(text: str) -> None:
    try:
        parts = read_rate(text)
    except RateRefused as refused:
        assert refused.code
        return
    assert parts[0].op == "first"
    assert read_rate(write_rate(parts)) == parts


@given(
    st.sampled_from(["10%", "5", "0.5 EUR / 1 KGM", "20% MIN 1.2 EUR / 1 LTR"]),
    st.sampled_from("¹²³*†)#"),
    st.integers(0, 99),
)
def test_a_footnote_fused_to_a_rate_always_refuses_it(rate: str, mark: str, number: int) -> None:
    for text in (f"{rate}{mark}", f"{rate} {mark}", f"{rate}{number}{mark}", f"{rate} {number}{mark}"):
        with pytest.raises(RateRefused):
            read_rate(text)
