"""Which measure answers, and why the others do not: conflicts, documents, reliefs, quotas, regimes, unknown rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.day import Law
from gumruk.law.types import ExchangeRate, Formula, Measure
from gumruk.rules.duty import REASONS, Assessment, Problem, QuotaBalance, QuotaUse, assess, quotas_asked, reason_words
from gumruk.rules.form import read
from tests.rules.test_duty import FORM, FORMULAS, MEASURES, REGIMES, START, assessed, formula, law_on, measure

ITEM = {"price": "1000.00", "goods_code": "1001990000", "item_origin_country": "KZ", "net_mass": "100"}


def relief(name: str, kind: str, share: str, **more: Any) -> Measure:
    row = measure(name, kind, more.pop("code", ""), "1%", **more)
    return replace(row, rate="", components=(), share=Decimal(share))


def unknown(name: str, kind: str, code: str) -> Measure:
    return replace(measure(name, kind, code, "1%"), rate="", components=())


def result_of(
    *rows: Measure,
    item: dict[str, Any] | None = None,
    items: list[dict[str, Any]] | None = None,
    formulas: list[Formula] | None = None,
    quotas: dict[str, QuotaBalance] | None = None,
    **header: str,
) -> Assessment:
    law = Law.build(
        day=START, measures=[*MEASURES, *rows], formulas=formulas or FORMULAS, areas={"FTA": ["RU", "KZ"], "CIS": ["KZ"]}, attributes=REGIMES,
        exchange=[ExchangeRate("EUR", START, 1, Decimal("11.8740"), "", MEASURES[0].confidence)],
    )  # fmt: skip
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": items or [{**ITEM, **(item or {})}], **header}
    return assess(read(FORM, content).facts, FORM, law, quotas=quotas)


def duty_of(*rows: Measure, **more: Any) -> tuple[str, str, list[tuple[str, str]]]:
    line = result_of(*rows, **more).lines[0]
    return line.measure, str(line.amount), [(put.measure, put.reason) for put in line.rejected]


def errors(result: Assessment) -> list[Problem]:
    return [problem for problem in result.problems if problem.severity == "error"]


def test_an_unknown_regime_is_a_problem_and_never_taken_as_due() -> None:
    for regime in ("NOWHERE", ""):
        result = assessed({"goods_code": "1001990000"}, regime=regime)
        assert [(p.code, p.path, dict(p.values)) for p in result.problems] == [
            ("regime_unknown", "regime", {"value": regime})
        ]
        assert (result.lines, str(result.total), result.complete) == ((), "0.00", False)


def test_a_day_without_formulas_is_refused_and_not_zero() -> None:
    result = assess(read(FORM, {"regime": "FREE_CIRC", "items": [ITEM]}).facts, FORM, law_on(date(2012, 1, 1)))
    assert [(p.code, p.path) for p in result.problems] == [("formulas_missing", "declaration_date")]
    assert quotas_asked(read(FORM, {"items": [ITEM]}).facts, law_on(START)) == frozenset()


def test_two_equal_measures_are_a_conflict_that_names_both_whatever_their_order() -> None:
    rows = [measure("b", "duty", "1001", "5%"), measure("a", "duty", "1001", "7%")]
    for order in (rows, rows[::-1]):
        problems = errors(result_of(*order))
        assert [(p.code, p.path, dict(p.values)) for p in problems] == [
            ("measures_conflict", "items/1/goods_code", {"kind": "duty", "one": "a", "two": "b"})
        ]


def test_equal_measures_below_a_more_specific_one_do_not_matter() -> None:
    rows = [measure("b", "duty", "10", "5%"), measure("a", "duty", "10", "7%"), measure("c", "duty", "1001", "6%")]
    assert duty_of(*rows)[:2] == ("c", "60.00")
    narrower = measure("d", "duty", "10", "4%", area="KZ")
    assert duty_of(*rows[:2], narrower)[:2] == ("d", "40.00")


def test_two_equal_preferences_are_a_conflict_too() -> None:
    rows = [measure("p1", "duty", "", "1%", preference="P"), measure("p2", "duty", "", "2%", preference="P")]
    assert [p.code for p in errors(result_of(*rows, item={"preference": "P"}))] == ["measures_conflict"]
    assert duty_of(*rows)[:2] == ("duty-all", "100.00")


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"area": "KZ"}, {"area": "FTA"}), ({"area": "FTA"}, {}), ({"regime": "FREE_CIRC"}, {}), ({"area": "FTA"}, {"regime": "FREE_CIRC"}),
        ({"documents": frozenset({"COO"})}, {}), ({"beneficiary": "B"}, {}), ({"quota": "Q"}, {}),
    ],
)  # fmt: skip
def test_the_narrower_of_two_at_one_level_applies(narrow: dict[str, Any], wide: dict[str, Any]) -> None:
    item = {"beneficiary": "B", "documents": [{"kind": "COO", "number": "1"}]}
    rows = [measure("z", "duty", "1001", "3%", **narrow), measure("a", "duty", "1001", "9%", **wide)]
    assert duty_of(*rows, item=item, quotas={"Q": QuotaBalance(Decimal(500), "KGM")})[:2] == ("z", "30.00")


def test_two_groups_that_hold_the_same_country_are_a_conflict() -> None:
    rows = [measure("x", "duty", "1001", "3%", area="FTA"), measure("y", "duty", "1001", "9%", area="CIS")]
    assert [p.code for p in errors(result_of(*rows))] == ["measures_conflict"]


def test_a_preference_with_a_certificate_needs_it_presented() -> None:
    row = measure("p", "duty", "", "2%", area="FTA", preference="P", documents=frozenset({"COO", "FORM_A"}))
    claimed = {"preference": "P"}
    assert duty_of(row, item=claimed)[0::2] == (
        "duty-all",
        [("duty-fta", "preference_not_claimed"), ("p", "document_missing")],
    )
    with_it = {**claimed, "documents": [{"kind": "INV", "number": "1"}, {"kind": "FORM_A", "number": "2"}]}
    measure_id, amount, rejected = duty_of(row, item=with_it)
    assert (measure_id, amount) == ("p", "20.00")
    assert rejected[-1] == ("duty-all", "preference_is_lower")


def test_a_kind_that_goods_are_liable_to_at_an_unknown_rate_is_a_problem_unless_a_rate_is_known() -> None:
    result = result_of(unknown("u", "excise", "1001"))
    assert [(p.code, dict(p.values)["kind"]) for p in errors(result)] == [("rate_unknown", "excise")]
    filled = result_of(unknown("u", "excise", "1001"), measure("e", "excise", "1001", "2%"))
    assert [(line.kind, line.measure) for line in filled.lines] == [
        ("duty", "duty-all"),
        ("excise", "e"),
        ("vat", "vat-14"),
    ]


def test_a_relief_is_a_share_of_the_normal_sum_with_the_normal_line_put_aside() -> None:
    rows = [relief("half", "duty", "50", preference="R"), relief("vat-none", "vat", "0", preference="R")]
    result = result_of(*rows, item={"relief": "R"})
    duty, vat = result.lines
    assert (duty.measure, duty.rate, str(duty.amount)) == ("half", "50% x (10%)", "50.00")
    assert duty.text == "10% x 1000 = 100; 50% of 100 = 50; = 50.00"
    last = duty.rejected[-1]
    assert (last.measure, last.reason, dict(last.values)["amount"]) == ("duty-all", "relief_is_lower", "100.00")
    assert (vat.measure, str(vat.base), str(vat.amount)) == ("vat-none", "1050.00", "0.00")
    assert duty.cites == ("act", "act", "code#duty")
    assert str(result.total) == "50.00"


def test_a_preference_and_a_relief_claimed_together_give_the_lower_one() -> None:
    rows = [relief("half", "duty", "50", preference="R"), measure("p", "duty", "", "3%", preference="P")]
    got = duty_of(*rows, item={"relief": "R", "preference": "P"})
    assert got[:2] == ("p", "30.00")
    assert got[2][-2:] == [("duty-all", "preference_is_lower"), ("half", "preference_is_lower")]
    dear = measure("p", "duty", "", "30%", preference="P")
    assert duty_of(rows[0], dear, item={"relief": "R", "preference": "P"})[2][-2:] == [
        ("p", "general_rate_is_lower"),
        ("duty-all", "relief_is_lower"),
    ]


def test_special_duties_come_first_and_enter_the_base_of_vat_by_the_formula() -> None:
    kinds = ["special", "antidumping", "countervailing"]
    formulas = [formula(kind, 0, "round(rate(value), 2, HALF_UP)") for kind in kinds] + FORMULAS[:3]
    formulas.append(
        formula(
            "vat",
            9,
            "round(rate(value + special + antidumping + countervailing + duty + excise), 2, HALF_UP)",
            mandatory=True,
        )
    )
    rows = [
        measure("s", "special", "10", "1%"),
        measure("ad", "antidumping", "1001", "18%", area="KZ"),
        measure("c", "countervailing", "", "2%"),
    ]
    result = result_of(*rows, formulas=formulas)
    assert [(line.kind, str(line.amount)) for line in result.lines] == [
        ("antidumping", "180.00"), ("countervailing", "20.00"), ("special", "10.00"), ("duty", "100.00"), ("vat", "183.40"),
    ]  # fmt: skip
    assert result.lines[-1].working[0].args == (
        "value", "1000", "special", "10", "antidumping", "180", "countervailing", "20", "duty", "100",
    )  # fmt: skip
    assert result.lines[-1].text.startswith(
        "value 1000 + special 10 + antidumping 180 + countervailing 20 + duty 100 = 1310; 14% x 1310"
    )


@pytest.mark.parametrize(
    ("rate", "amount"),
    [("10% + 0.5 EUR / 1 KGM", "693.70"), ("10% MIN 0.5 EUR / 1 KGM", "593.70"), ("10% MAX 0.5 EUR / 1 KGM", "100.00")],
)
def test_the_three_ways_to_combine(rate: str, amount: str) -> None:
    assert duty_of(measure("m", "duty", "1001", rate))[:2] == ("m", amount)


def test_a_rate_on_a_quantity_alone_has_that_quantity_as_its_base() -> None:
    line = result_of(measure("m", "duty", "1001", "55 EUR / 1 TNE")).lines[0]
    assert (str(line.base), line.base_currency, line.base_unit, str(line.amount)) == ("0.1", "", "TNE", "65.31")
    flat = result_of(measure("m", "duty", "1001", "5 TJS")).lines[0]
    assert (str(flat.base), flat.base_currency, flat.text) == ("1000.00", "TJS", "5 TJS x 1 = 5; = 5.00")


def test_a_quantity_is_taken_from_any_unit_that_converts_exactly() -> None:
    wine = {"supplementary_unit": "HLT", "supplementary_quantity": "2.5"}
    assert duty_of(measure("m", "duty", "1001", "1 TJS / 1 LTR"), item=wine)[:2] == ("m", "250.00")
    second = {
        "supplementary_unit": "NMB",
        "supplementary_quantity": "1",
        "supplementary_unit_2": "LTR",
        "supplementary_quantity_2": "7",
    }
    assert duty_of(measure("m", "duty", "1001", "1 TJS / 1 LTR"), item=second)[:2] == ("m", "7.00")
    fine = {"net_mass": "", "supplementary_unit": "GRM", "supplementary_quantity": "0.0001"}
    assert [(p.code, p.path) for p in errors(result_of(measure("m", "duty", "1001", "1 TJS / 1 KGM"), item=fine))] == [
        ("quantity_too_fine", "items/1/supplementary_quantity")
    ]


def test_everything_that_is_missing_is_said_at_once() -> None:
    rows = [
        measure("d", "duty", "1001", "1 EUR / 1 LTR"),
        measure("e", "excise", "1001", "1 USD / 1 NMB"),
        measure("f", "excise", "1001", "1%"),
    ]
    said = [(p.code, p.path) for p in errors(result_of(*rows[:2], item={"net_mass": ""}))]
    assert said == [
        ("quantity_missing", "items/1/supplementary_quantity"),
        ("quantity_missing", "items/1/supplementary_quantity"),
        ("exchange_rate_missing", "items/1/goods_code"),
    ]


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"net_mass": "-1"}, "number_negative", "items/1/net_mass"),
        ({"net_mass": "99999999999"}, "number_too_large", "items/1/net_mass"),
    ],
)
def test_a_quantity_outside_its_limits_is_a_problem(change: dict[str, str], code: str, path: str) -> None:
    result = result_of(measure("m", "duty", "1001", "1 TJS / 1 KGM"), item=change)
    assert [(p.code, p.path) for p in errors(result)] == [(code, path)]


def test_an_amount_past_the_limits_is_a_problem() -> None:
    result = result_of(measure("m", "duty", "1001", "9000%"), item={"price": "9999999999999.00"})
    assert [p.code for p in errors(result)] == ["number_too_large"]


QUOTA = measure("q", "duty", "1001", "1%", quota="Q")


def test_a_quota_rate_applies_only_when_the_whole_quantity_fits() -> None:
    def with_left(left: str, **item: Any) -> tuple[str, str, list[tuple[str, str]]]:
        return duty_of(QUOTA, item=item, quotas={"Q": QuotaBalance(Decimal(left), "KGM")})

    assert with_left("100")[:2] == ("q", "10.00")
    measure_id, amount, rejected = with_left("99.999999")
    assert (measure_id, amount) == ("duty-all", "100.00")
    assert ("q", "quota_not_enough") in rejected
    assert ("q", "quota_quantity_missing") in with_left("100", net_mass="")[2]
    assert ("q", "quota_used_up") in with_left("0")[2]
    assert ("q", "quota_used_up") in with_left("-5", net_mass="0")[2]
    assert ("q", "quota_unknown") in duty_of(QUOTA)[2]
    line = result_of(QUOTA, quotas={"Q": QuotaBalance(Decimal("40.5"), "KGM")}).lines[0]
    put = next(put for put in line.rejected if put.measure == "q")
    assert dict(put.values) == {"left": "40.5", "needed": "100.000000", "quota": "Q", "unit": "KGM"}
    assert reason_words(put).en == "quota Q has 40.5 KGM left, 100.000000 is needed"


def test_items_of_one_declaration_share_what_is_left_in_their_order() -> None:
    items = [{**ITEM, "net_mass": mass} for mass in ("60", "50", "40")]
    result = result_of(
        QUOTA, items=items, quotas={"Q": QuotaBalance(Decimal(100), "KGM"), "OTHER": QuotaBalance(Decimal(1), "KGM")}
    )
    assert [line.measure for line in result.lines if line.kind == "duty"] == ["q", "duty-all", "q"]
    assert result.quotas == (QuotaUse("Q", "KGM", Decimal(100), Decimal("100.000000")),)
    assert result.balances == {"Q": QuotaBalance(Decimal(100), "KGM")}


def test_a_quota_by_value_and_for_two_kinds_is_counted_once_an_item_and_not_at_all_when_another_rate_is_lower() -> None:
    rows = [QUOTA, measure("v", "vat", "1001", "1%", quota="Q")]
    result = result_of(*rows, quotas={"Q": QuotaBalance(Decimal(1000), "TJS")})
    assert [line.measure for line in result.lines] == ["q", "v"]
    assert result.quotas[0].used == Decimal("1000.00")
    lower = measure("p", "duty", "1001", "0%", preference="P")
    unused = result_of(measure("q", "duty", "1001", "1%", quota="Q", preference="P2"), lower, item={"preference": "P", "relief": "P2"}, quotas={"Q": QuotaBalance(Decimal(1000), "TJS")})  # fmt: skip
    assert unused.lines[0].measure == "p"
    assert unused.quotas[0].used == 0


def test_the_quotas_that_matter_are_known_before_the_balances_are() -> None:
    law = Law.build(day=START, measures=[*MEASURES, QUOTA], formulas=FORMULAS, attributes=REGIMES)
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [ITEM]}
    assert quotas_asked(read(FORM, content).facts, law) == {"Q"}
    assert quotas_asked(read(FORM, {**content, "items": [{**ITEM, "goods_code": "20"}]}).facts, law) == frozenset()


def test_an_export_duty_is_charged_where_the_law_has_one_and_else_it_is_said_that_nothing_is_due() -> None:
    nothing = result_of(regime="EXPORT")
    assert [(p.code, p.severity, p.path) for p in nothing.problems] == [("nothing_due", "notice", "regime")]
    assert (nothing.complete, nothing.lines) == (True, ())
    formulas = [*FORMULAS, formula("export_duty", 5, "round(rate(value), 2, HALF_UP)", direction="EX")]
    row = measure("x", "export_duty", "10", "5%", regime="EXPORT")
    export = result_of(row, formulas=formulas, regime="EXPORT")
    assert [(line.kind, str(line.amount), line.payable) for line in export.lines] == [("export_duty", "50.00", False)]
    assert "export_duty" not in {line.kind for line in result_of(row, formulas=formulas).lines}


def test_an_unknown_value_formula_is_refused() -> None:
    odd = [formula("value", 0, "round(sum * exchange_rate, 2, HALF_UP)", scope="value"), *FORMULAS[1:]]
    assert [p.code for p in errors(result_of(formulas=odd))] == ["formulas_missing"]
    turned = [formula("value", 0, "round(exchange_rate * amount, 2, HALF_UP)", scope="value"), *FORMULAS[1:]]
    assert str(result_of(formulas=turned).value) == "1000.00"


def test_an_exchange_rate_past_the_limits_is_a_problem() -> None:
    law = Law.build(
        day=START, measures=MEASURES, formulas=FORMULAS, attributes=REGIMES,
        exchange=[ExchangeRate("EUR", START, 1, Decimal(200000), "", MEASURES[0].confidence)],
    )  # fmt: skip
    facts = read(FORM, {"currency": "EUR", "regime": "FREE_CIRC", "items": [ITEM]}).facts
    assert [p.code for p in assess(facts, FORM, law).problems] == ["number_too_large"]


def test_every_reason_is_worded_in_three_languages() -> None:
    assert all(words.tg and words.ru and words.en for words in REASONS.values())


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=5, max_size=5, unique=True))
def test_the_choice_does_not_hang_on_names(names: list[str]) -> None:
    shapes: list[dict[str, Any]] = [{"area": "KZ"}, {"area": "FTA"}, {}, {"preference": "P"}, {"regime": "PROC"}]
    rows = [
        measure(name, "duty", "1001", f"{rate}%", **shape)
        for rate, (name, shape) in enumerate(zip(names, shapes, strict=True), start=3)
    ]
    assert duty_of(*rows)[1] == "30.00"


def test_a_law_forgets_old_plans_rather_than_grow_for_ever() -> None:
    law = law_on(START)
    facts = read(FORM, {"currency": "TJS", "regime": "FREE_CIRC", "items": [ITEM]}).facts
    first = assess(facts, FORM, law)
    law.memo.update(dict.fromkeys(range(50_001)))
    other = read(FORM, {"currency": "TJS", "regime": "FREE_CIRC", "items": [{**ITEM, "goods_code": "20"}]}).facts
    assert str(assess(other, FORM, law).total) == str(first.total)
    assert len(law.memo) < 10
