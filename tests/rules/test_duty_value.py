"""The customs value: each row in its own currency, shares that add up, the method that was declared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gumruk.law.day import Law
from gumruk.law.types import Bracket, ExchangeRate
from gumruk.rules.duty import Assessment, assess
from gumruk.rules.duty.texts import one_line, plain, shown
from gumruk.rules.duty.types import Step
from gumruk.rules.form import read
from tests.rules.test_duty import FORM, FORMULAS, MEASURES, REGIMES, START, formula, law_on, measure

ITEM = {"price": "100.00", "goods_code": "10", "gross_mass": "1"}


def valued(*items: dict[str, str], **header: str) -> Assessment:
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": list(items) or [ITEM], **header}
    return assess(read(FORM, content).facts, FORM, law_on(START))


def problems(result: Assessment) -> list[tuple[str, str]]:
    assert result.lines == ()
    return [(problem.code, problem.path) for problem in result.problems]


def test_each_cost_is_in_its_own_currency_and_its_row_says_how_it_came_about() -> None:
    result = valued(
        {**ITEM, "price": "10.00"}, {**ITEM, "price": "20.00"}, currency="EUR", external_freight="10.00", insurance="5.00",
        insurance_currency="RUB", other_costs="1.00", other_costs_currency="TJS", deductions="0.50", deductions_currency="TJS",
    )  # fmt: skip
    assert [(row.kind, str(row.amount)) for row in result.items[0].rows] == [
        ("invoice", "118.74"), ("external_freight", "39.58"), ("insurance", "0.20"), ("other_costs", "0.33"), ("deductions", "-0.17"),
    ]  # fmt: skip
    assert [row.text for row in result.items[1].rows][:2] == [
        "20.00 EUR x 11.8740 = 237.48",
        "10.00 EUR x 11.8740 = 118.74; share 79.16",
    ]
    assert str(result.value) == "476.06"


@pytest.mark.parametrize(
    ("header", "item", "expected"),
    [
        ({}, {"price": "-1.00"}, [("number_negative", "items/1/price")]),
        ({}, {"price": ""}, [("price_missing", "items/1/price")]),
        ({"external_freight": "-1.00"}, {}, [("number_negative", "external_freight")]),
        ({"external_freight": "1.00", "external_freight_currency": "USD"}, {}, [("exchange_rate_missing", "external_freight")]),
        ({"deductions": "100.01"}, {}, [("value_negative", "items/1/price")]),
        ({"apportionment": "MOON"}, {}, [("apportionment_unknown", "apportionment")]),
        ({"apportionment": "WEIGHT", "insurance": "1"}, {"gross_mass": ""}, [("quantity_missing", "items/1/gross_mass")]),
        ({"apportionment": "WEIGHT", "insurance": "1"}, {"gross_mass": "-1"}, [("number_negative", "items/1/gross_mass")]),
        ({}, {"valuation_method": "3"}, [("value_missing", "items/1/customs_value")]),
        ({}, {"valuation_method": "6", "customs_value": "-1.00"}, [("number_negative", "items/1/customs_value"), ("value_negative", "items/1/price")]),
        ({}, {"price": "99999999999999.00"}, [("number_too_large", "value_total")]),
    ],
)  # fmt: skip
def test_what_makes_no_value_is_a_problem_and_nothing_is_computed(
    header: dict[str, str], item: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert problems(valued({**ITEM, **item}, **header)) == expected


def test_weights_that_nothing_is_shared_by_are_not_asked_for() -> None:
    assert str(valued({**ITEM, "gross_mass": ""}, apportionment="WEIGHT").value) == "100.00"
    equal = valued({**ITEM, "price": "0"}, {**ITEM, "price": "0"}, insurance="0.03")
    assert [str(item.value) for item in equal.items] == ["0.02", "0.01"]


@pytest.mark.parametrize("method", ["1", "2", "3", "4", "5", "6"])
def test_the_method_is_recorded_and_the_declared_value_stands_under_2_to_6(method: str) -> None:
    result = valued({**ITEM, "valuation_method": method, "customs_value": "250.00"}, external_freight="10.00")
    value = result.items[0]
    assert value.method == method
    assert str(value.value) == ("110.00" if method == "1" else "250.00")
    assert value.rows[0].kind == ("invoice" if method == "1" else "declared_value")
    assert sum((row.amount for row in value.rows), Decimal(0)) == value.value


def test_a_rate_in_a_currency_past_the_limits_is_a_problem_of_the_goods() -> None:
    rate = ExchangeRate("EUR", START, 1, Decimal(200000), "", MEASURES[0].confidence)
    rows = [measure("m", "duty", "", "1 EUR"), *MEASURES[-2:]]
    law = Law.build(day=START, measures=rows, formulas=FORMULAS, attributes=REGIMES, exchange=[rate])
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [ITEM]}
    assert ("number_too_large", "items/1/goods_code") in [
        (problem.code, problem.path) for problem in assess(read(FORM, content).facts, FORM, law).problems
    ]


def duty_line(rate: str, text: str, **more: Any) -> Any:
    formulas = [
        FORMULAS[0],
        formula("duty", 1, text, mandatory=True),
        formula("fee", 9, "round(rate(value), 2, UP)", scope="declaration"),
    ]
    law = Law.build(
        day=START,
        measures=[measure("m", "duty", "", rate)],
        formulas=formulas,
        attributes=REGIMES,
        exchange=law_on(START)._exchange,
    )
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [{**ITEM, **more}]}
    return assess(read(FORM, content).facts, FORM, law)


def test_a_base_that_is_no_plain_sum_is_shown_as_its_value() -> None:
    line = duty_line("10%", "round(rate(value / 3), 2, HALF_UP)").lines[0]
    assert (str(line.base), str(line.amount), line.text) == ("33.333333", "3.33", "10% x 33.333333 = 3.333333; = 3.33")
    line = duty_line("10%", "round(rate(value - 10), 2, HALF_UP)").lines[0]
    assert (str(line.base), str(line.amount)) == ("90.00", "9.00")
    plain_end = duty_line("10%", "rate(value)").lines[0]
    assert (str(plain_end.base), plain_end.amount) == ("100.00", Decimal(10))


def test_a_rate_that_outgrows_the_engine_is_a_problem() -> None:
    result = duty_line("123456789.12345678 EUR / 1 KGM", "round(rate(value), 2, HALF_UP)", net_mass="1")
    assert [problem.code for problem in result.problems] == ["number_too_large"]


@pytest.mark.parametrize(
    ("number", "scale", "text"), [(1250, 2, "12.5"), (-1250, 2, "-12.5"), (1200, 2, "12"), (5, 0, "5"), (-7, 3, "-0.007")]
)  # fmt: skip
def test_numbers_are_written_without_idle_zeros(number: int, scale: int, text: str) -> None:
    assert plain(number, scale) == text


def test_a_value_that_is_no_decimal_is_shown_to_six_places() -> None:
    assert (shown(200, 2, 3), shown(-200, 2, 3), shown(200, 2, 1)) == ("0.666667", "-0.666667", "2")


def test_a_working_is_one_line_whatever_its_steps() -> None:
    steps = [Step("relief", ("50", "10"), "5"), Step("at_most", (), "4"), Step("round", ("x",), "4.00")]
    assert one_line(steps, Decimal("4.00")) == "50% of 10 = 5; at most: 4; = 4.00"


def test_a_fee_below_its_first_step_is_unknown_and_a_second_declaration_finds_the_plan_again() -> None:
    steps = {"fee_clearance": [Bracket(Decimal(1000), Decimal(7), "TJS")]}
    law = law_on(START, steps)
    totals = []
    for price in ("1000.00", "1000.01", "2000.00"):
        content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [{**ITEM, "price": price}]}
        result = assess(read(FORM, content).facts, FORM, law)
        totals.append((dict(result.totals).get("fee_clearance"), [problem.code for problem in result.problems]))
    assert totals == [(None, ["fee_unknown"]), (Decimal("7.00"), []), (Decimal("7.00"), [])]


def test_the_same_quantity_missing_for_two_kinds_is_said_once() -> None:
    rows = [measure("d", "duty", "10", "1 TJS / 1 LTR"), measure("e", "excise", "10", "1 TJS / 1 LTR")]
    law = Law.build(day=START, measures=[*MEASURES, *rows], formulas=FORMULAS, attributes=REGIMES)
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [ITEM]}
    problems = assess(read(FORM, content).facts, FORM, law).problems
    assert [problem.code for problem in problems] == ["quantity_missing", "fee_unknown"]
