"""Payments of whole declarations, to the diram, with every choice explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.day import Law
from gumruk.law.types import Bracket, Citation, Confidence, ExchangeRate, Formula, Measure, Words
from gumruk.rules.duty import Assessment, QuotaBalance, assess, from_json, to_json
from gumruk.rules.duty.valuation import apportion
from gumruk.rules.form import read
from gumruk.rules.rates import read_rate
from tests.rules.test_form import FORM

START, CHANGE = date(2024, 1, 1), date(2027, 1, 1)
WORDS = Words("", "", "x")


def measure(
    name: str,
    kind: str,
    code: str,
    rate: str,
    *,
    since: date = START,
    until: date | None = None,
    **more: object,
) -> Measure:
    return Measure(name, kind, code, rate, read_rate(rate), since, until, Citation("act"), Confidence.DEMO, **more)  # type: ignore[arg-type]


def formula(kind: str, order: int, text: str, **more: object) -> Formula:
    return Formula(kind, order, text, WORDS, START, None, Citation("code", kind), Confidence.DEMO, **more)  # type: ignore[arg-type]


FORMULAS = [
    formula("value", 0, "round(amount * exchange_rate, 2, HALF_UP)", scope="value"),
    formula("duty", 1, "round(rate(value), 2, HALF_UP)", mandatory=True),
    formula("excise", 2, "round(rate(value), 2, HALF_UP)"),
    formula("vat", 3, "round(rate(value + duty + excise), 2, HALF_UP)", mandatory=True),
    formula("fee_clearance", 9, "round(rate(value), 2, HALF_UP)", mandatory=True, scope="declaration"),
]
REGIMES = {
    "regime": {
        "FREE_CIRC": {"payment": "due", "direction": "IM"},
        "PROC": {"payment": "due", "direction": "IM"},
        "INT_TRANSIT": {"payment": "suspended", "direction": "TR"},
        "EXPORT": {"payment": "not_due", "direction": "EX"},
    }
}
MEASURES = [
    measure("duty-all", "duty", "", "10%"),
    measure("duty-0207", "duty", "0207", "20% MIN 0.5 EUR / 1 KGM"),
    measure("duty-fta", "duty", "", "0%", area="FTA", preference="FTA"),
    measure("excise-8703", "excise", "8703", "10%"),
    measure("excise-2203", "excise", "2203", "0.40 EUR / 1 LTR"),
    measure("vat-14", "vat", "", "14%", until=CHANGE),
    measure("vat-13", "vat", "", "13%", since=CHANGE),
]


def law_on(day: date, brackets: dict[str, list[Bracket]] | None = None) -> Law:
    rates = [
        ExchangeRate("EUR", day, 1, Decimal("11.8740"), "", Confidence.DEMO),
        ExchangeRate("RUB", day, 10, Decimal("1.2"), "", Confidence.DEMO),
    ]
    return Law.build(
        day=day, measures=MEASURES, formulas=FORMULAS, exchange=rates, areas={"FTA": ["RU", "KZ"]}, brackets=brackets or {},
        attributes=REGIMES,
    )  # fmt: skip


def assessed(
    item: dict[str, str],
    *,
    day: date = START,
    brackets: dict[str, list[Bracket]] | None = None,
    **header: str,
) -> Assessment:
    content = {
        "currency": "TJS",
        "regime": "FREE_CIRC",
        "items": [{"price": "100000.00", "item_origin_country": "CN", **item}],
        **header,
    }
    return assess(read(FORM, content).facts, FORM, law_on(day, brackets))


@pytest.mark.parametrize(("day", "vat", "total"), [(START, "16800.00", "36800.00"), (CHANGE, "15600.00", "35600.00")])
def test_the_worked_example_of_duty_excise_and_vat(day: date, vat: str, total: str) -> None:
    result = assessed({"goods_code": "8703231940"}, day=day)
    assert [(line.kind, str(line.amount)) for line in result.lines] == [
        ("duty", "10000.00"),
        ("excise", "10000.00"),
        ("vat", vat),
    ]
    assert str(result.lines[2].base) == "120000.00"
    assert str(result.total) == total
    assert result.complete


def test_a_floor_per_kilogram_applies_where_it_is_greater() -> None:
    line = assessed({"goods_code": "0207120000", "price": "1000.00", "net_mass": "800"}).lines[0]
    assert (str(line.amount), line.level, line.rate) == ("4749.60", "0207", "20% MIN 0.5 EUR / 1 KGM")
    assert line.text == "20% x 1000 = 200; 800 KGM / 1 x 0.5 EUR x 11.874 = 4749.6; at least: 4749.6; = 4749.60"
    assert [(put.measure, put.reason) for put in line.rejected] == [
        ("duty-all", "more_specific_measure"),
        ("duty-fta", "other_origin"),
    ]


def test_a_claimed_preference_applies_and_the_general_rate_is_shown() -> None:
    line = assessed({"goods_code": "1001990000", "item_origin_country": "KZ", "preference": "FTA"}).lines[0]
    assert (str(line.amount), line.measure) == ("0.00", "duty-fta")
    assert line.rejected[-1].reason == "preference_is_lower"
    assert dict(line.rejected[-1].values) == {"amount": "10000.00", "rate": "10%"}


def test_a_preference_not_claimed_is_not_given() -> None:
    line = assessed({"goods_code": "1001990000", "item_origin_country": "KZ"}).lines[0]
    assert str(line.amount) == "10000.00"
    assert [put.reason for put in line.rejected] == ["preference_not_claimed"]


def test_a_specific_rate_without_its_quantity_is_a_problem_and_never_zero() -> None:
    result = assessed({"goods_code": "2203000100"})
    assert [(problem.code, problem.path) for problem in result.problems if problem.code != "fee_unknown"] == [
        ("quantity_missing", "items/1/supplementary_quantity")
    ]
    assert not result.complete


def test_a_currency_without_a_rate_of_the_day_stops_the_assessment() -> None:
    result = assessed({"goods_code": "1001990000"}, currency="USD")
    assert [problem.code for problem in result.problems] == ["exchange_rate_missing"]
    assert result.lines == ()


def test_an_unknown_fee_is_said_and_a_known_one_is_charged() -> None:
    assert [problem.code for problem in assessed({"goods_code": "1001990000"}).problems] == ["fee_unknown"]
    table = [
        Bracket(Decimal(0), Decimal(50), "TJS"),
        Bracket(Decimal(50000), Decimal(100), "TJS", Decimal("0.1"), Decimal(150)),
    ]
    fee = assessed({"goods_code": "1001990000"}, brackets={"fee_clearance": table}).lines[-1]
    assert (fee.item, str(fee.amount)) == (0, "150.00")


def test_transit_is_guaranteed_and_export_owes_nothing() -> None:
    transit = assessed({"goods_code": "1001990000"}, regime="INT_TRANSIT")
    assert (str(transit.total), str(transit.guaranteed)) == ("0.00", "25400.00")
    assert assessed({"goods_code": "1001990000"}, regime="EXPORT").lines == ()


def test_freight_in_another_currency_is_shared_by_value_and_reconciles() -> None:
    content = {"currency": "TJS", "regime": "FREE_CIRC", "external_freight": "1000", "external_freight_currency": "RUB",
               "items": [{"price": "100.00", "goods_code": "1001990000"}] * 3}  # fmt: skip
    result = assess(read(FORM, content).facts, FORM, law_on(START))
    assert [str(item.value) for item in result.items] == ["140.00", "140.00", "140.00"]
    assert str(result.value) == "420.00"


@given(
    st.integers(-(10**10), 10**10),
    st.lists(st.integers(0, 10**8), min_size=1, max_size=30),
)
def test_shares_always_add_up(total: int, weights: list[int]) -> None:
    shares = apportion(total, weights)
    assert sum(shares) == total
    assert all(share * total >= 0 for share in shares)


def test_an_assessment_survives_its_bytes() -> None:
    result = assessed({"goods_code": "0207120000", "net_mass": "10"})
    assert from_json(to_json(result)) == result
    assert to_json(from_json(to_json(result))) == to_json(result)


def test_an_eligible_preference_that_costs_more_is_put_aside() -> None:
    dear = measure("duty-dear", "duty", "1001", "30%", area="FTA", preference="DEAR")
    law = Law.build(day=START, measures=[*MEASURES, dear], formulas=FORMULAS, areas={"FTA": ["KZ"]}, attributes=REGIMES)
    content = {
        "currency": "TJS",
        "regime": "FREE_CIRC",
        "items": [{"price": "100.00", "goods_code": "1001990000", "item_origin_country": "KZ", "preference": "DEAR"}],
    }
    line = assess(read(FORM, content).facts, FORM, law).lines[0]
    assert (line.measure, line.rejected[-1].reason) == ("duty-all", "general_rate_is_lower")


def test_a_relief_asks_for_its_beneficiary_and_what_is_left_of_its_quota() -> None:
    relief = measure("relief", "duty", "1001", "0%", preference="AID", beneficiary="Project", quota="Q1")
    excluded = measure(
        "excluded", "duty", "1001", "1%", preference="AID", excluded=frozenset({"CN"}), regime="FREE_CIRC"
    )
    law = Law.build(day=START, measures=[*MEASURES, relief, excluded], formulas=FORMULAS, attributes=REGIMES)
    item = {"price": "100.00", "goods_code": "1001990000", "item_origin_country": "CN", "relief": "AID"}

    def duty(item: dict[str, str], regime: str, **quotas: Decimal) -> tuple[str, list[str]]:
        left = {name: QuotaBalance(amount, "TJS") for name, amount in quotas.items()}
        facts = read(FORM, {"currency": "TJS", "regime": regime, "items": [item]}).facts
        line = assess(facts, FORM, law, quotas=left).lines[0]
        return str(line.amount), [put.reason for put in line.rejected if put.measure in ("relief", "excluded")]

    mine = {**item, "beneficiary": "Project"}
    assert duty(item, "FREE_CIRC", Q1=Decimal(500)) == ("10.00", ["origin_excluded", "other_beneficiary"])
    assert duty(mine, "PROC") == ("10.00", ["other_regime", "quota_unknown"])
    assert duty(mine, "PROC", Q1=Decimal(0)) == ("10.00", ["other_regime", "quota_used_up"])
    assert duty(mine, "PROC", Q1=Decimal("99.99")) == ("10.00", ["other_regime", "quota_not_enough"])
    assert duty(mine, "PROC", Q1=Decimal("100.00")) == ("0.00", ["other_regime"])


def test_a_number_past_the_limits_and_a_missing_rate_are_problems() -> None:
    facts = read(
        FORM, {"currency": "TJS", "regime": "FREE_CIRC", "items": [{"price": "999999999999999.99", "goods_code": "10"}]}
    ).facts
    assert [p.code for p in assess(facts, FORM, law_on(START)).problems if p.code != "fee_unknown"] == [
        "number_too_large"
    ]
    bare = Law.build(day=START, measures=MEASURES[5:], formulas=FORMULAS, attributes=REGIMES)
    facts = read(
        FORM, {"currency": "TJS", "regime": "FREE_CIRC", "items": [{"price": "1.00", "goods_code": "10"}]}
    ).facts
    assert "measure_missing" in {problem.code for problem in assess(facts, FORM, bare).problems}


def test_a_fee_in_a_currency_needs_the_rate_of_the_day() -> None:
    table = {"fee_clearance": [Bracket(Decimal(0), Decimal(10), "EUR"), Bracket(Decimal(500000), Decimal(10), "USD")]}
    assert str(assessed({"goods_code": "1001990000"}, brackets=table).lines[-1].amount) == "118.74"
    dear = assessed({"goods_code": "1001990000", "price": "600000.00"}, brackets=table)
    assert [problem.code for problem in dear.problems] == ["exchange_rate_missing"]


def test_weight_shares_the_freight_and_a_deduction_lowers_the_value() -> None:
    content = {"currency": "TJS", "regime": "FREE_CIRC", "apportionment": "WEIGHT", "external_freight": "100", "deductions": "40",
               "items": [{"price": "50.00", "gross_mass": "3", "goods_code": "10"}, {"price": "50.00", "gross_mass": "1", "goods_code": "10"}]}  # fmt: skip
    result = assess(read(FORM, content).facts, FORM, law_on(START))
    assert [str(item.value) for item in result.items] == ["95.00", "65.00"]
