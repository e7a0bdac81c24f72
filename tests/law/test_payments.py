"""The shipped payment law: dates and rates as their sources say, no two rows that clash, and kept results byte for byte."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gumruk.law.day import Law
from gumruk.law.types import Confidence, ExchangeRate
from gumruk.lawbook import files, shipped
from gumruk.rules.duty import ENGINE_VERSION, Assessment, assess, to_json
from gumruk.rules.form import Content, read
from gumruk.rules.formula import compile_formula, read_formula

KEPT = Path(__file__).parent / "kept" / "payments.json"
DAYS = [
    date(2013, 1, 1),
    date(2016, 5, 1),
    date(2021, 12, 31),
    date(2022, 1, 1),
    date(2024, 6, 1),
    date(2025, 5, 29),
    date(2027, 1, 1),
]


def law_on(day: date, *, demo: bool = False) -> Law:
    euro = ExchangeRate("EUR", day, 1, Decimal(10), "test", Confidence.DEMO)
    return shipped.on(day, exchange=[euro], demo=demo)


def assessed(day: date, code: str, *, demo: bool = False, **item: Any) -> Assessment:
    content = {
        "currency": "TJS", "regime": "FREE_CIRC",
        "items": [{"price": "100000.00", "goods_code": code, "item_origin_country": "JP", "net_mass": "1000", **item}],
    }  # fmt: skip
    return assess(read(files.form(), content).facts, files.form(), law_on(day, demo=demo))


def amounts(result: Assessment) -> dict[str, str]:
    return {line.kind: str(line.amount) for line in result.lines}


@pytest.mark.parametrize(
    ("day", "vat", "total"), [(date(2026, 12, 31), "16800.00", "36800.00"), (date(2027, 1, 1), "15600.00", "35600.00")]
)
def test_the_worked_check_of_a_car_holds_on_the_shipped_law(day: date, vat: str, total: str) -> None:
    result = assessed(day, "8703231940")
    assert amounts(result) == {"duty": "10000.00", "excise": "10000.00", "vat": vat}
    assert str(result.total) == total
    assert result.lines[2].text.startswith("value 100000 + duty 10000 + excise 10000 = 120000; ")


@pytest.mark.parametrize(
    ("day", "rate"),
    [("2013-01-01", "18%"), ("2021-12-31", "18%"), ("2022-01-01", "15%"), ("2023-12-31", "15%"), ("2024-01-01", "14%"),
     ("2026-12-31", "14%"), ("2027-01-01", "13%"), ("2031-01-01", "13%")],
)  # fmt: skip
def test_the_standard_rate_of_vat_changes_on_its_day(day: str, rate: str) -> None:
    assert assessed(date.fromisoformat(day), "0805100000", demo=True).lines[-2].rate == rate


@pytest.mark.parametrize(
    ("day", "code", "rate", "confidence"),
    [
        ("2025-05-29", "2201101100", "0.02 EUR / 1 LTR", "confirmed"), ("2025-05-28", "2201101100", None, None),
        ("2025-05-01", "2202991800", "0.04 EUR / 1 LTR", "confirmed"), ("2025-04-30", "2202991800", "0.03 EUR / 1 LTR", "secondary"),
        ("2025-05-01", "2202100000", "0.06 EUR / 1 LTR", "confirmed"), ("2025-04-30", "2202100000", "0.03 EUR / 1 LTR", "secondary"),
        ("2025-05-01", "2202910000", "0.40 EUR / 1 LTR", "confirmed"), ("2025-04-30", "2202910000", "0.35 EUR / 1 LTR", "secondary"),
        ("2025-05-29", "2203000100", "0.40 EUR / 1 LTR", "confirmed"), ("2025-05-29", "2204210600", "0.84 EUR / 1 LTR", "secondary"),
        ("2025-05-28", "8703231940", "10%", "confirmed"), ("2025-05-29", "8703231940", "10%", "uncertain"),
        ("2015-01-01", "2710124100", "55 EUR / 1 TNE", "uncertain"), ("2025-05-29", "8704219100", None, None),
    ],
)  # fmt: skip
def test_excise_is_what_its_source_says_with_its_confidence(
    day: str, code: str, rate: str | None, confidence: str | None
) -> None:
    item = {"supplementary_unit": "LTR", "supplementary_quantity": "100"}
    result = assessed(date.fromisoformat(day), code, demo=True, **item)
    line = next((line for line in result.lines if line.kind == "excise"), None)
    assert (line.rate if line else None) == rate
    if line:
        grades = {row.id: row.confidence for row in law_on(date.fromisoformat(day)).every_measure()}
        assert grades[line.measure] == confidence


@pytest.mark.parametrize("code", ["2402201000", "2710194300", "7113190000"])
def test_goods_whose_excise_is_not_known_are_never_assessed_without_it(code: str) -> None:
    assert "rate_unknown" in {problem.code for problem in assessed(date(2026, 1, 15), code).problems}
    units = {"supplementary_unit": "NMB", "supplementary_quantity": "1000"}
    demo = assessed(date(2026, 1, 15), code, demo=True, **units)
    assert next(line.measure for line in demo.lines if line.kind == "excise").startswith("DEMO-")


def test_reliefs_of_electric_cars_and_of_the_budget_of_2024_apply_when_claimed_and_while_they_hold() -> None:
    claimed = {"relief": "EV2022"}
    assert amounts(assessed(date(2026, 1, 15), "8703800009", **claimed)) == {
        "duty": "0.00",
        "excise": "0.00",
        "vat": "0.00",
    }
    assert amounts(assessed(date(2026, 1, 15), "8703800009"))["duty"] == "10000.00"
    assert amounts(assessed(date(2026, 1, 15), "8703231940", **claimed))["duty"] == "10000.00"
    budget = {"relief": "BUDGET2024"}
    assert [
        line.rate for line in assessed(date(2024, 6, 1), "1101001500", demo=True, **budget).lines if line.kind == "vat"
    ] == ["10%"]
    assert [
        line.rate for line in assessed(date(2024, 6, 1), "2716000000", demo=True, **budget).lines if line.kind == "vat"
    ] == ["50% x (14%)"]
    assert [
        line.rate for line in assessed(date(2025, 1, 1), "1101001500", demo=True, **budget).lines if line.kind == "vat"
    ] == ["14%"]


def test_the_treaty_preference_needs_its_certificate() -> None:
    item: Content = {"item_origin_country": "KZ", "preference": "CISFTA"}
    without = assessed(date(2026, 1, 15), "0207120000", **item).lines[0]
    assert (without.rate, "document_missing") == (
        "20%",
        {put.measure: put.reason for put in without.rejected}["DUTY-CISFTA"],
    )
    with_it = assessed(date(2026, 1, 15), "0207120000", **item, documents=[{"kind": "COO", "number": "1"}]).lines[0]
    assert (with_it.rate, with_it.measure) == ("0%", "DUTY-CISFTA")


def test_suspended_regimes_are_guaranteed_and_others_owe_nothing_or_pay() -> None:
    for code, row in files.code_lists()["regime"].items():
        content = {
            "currency": "TJS",
            "regime": code,
            "items": [{"price": "1000.00", "goods_code": "0207120000", "net_mass": "1"}],
        }
        result = assess(read(files.form(), content).facts, files.form(), law_on(date(2026, 1, 15)))
        assert result.complete, code
        expected = {"due": ("368.00", "0.00"), "suspended": ("0.00", "368.00"), "not_due": ("0.00", "0.00")}[
            str(row["payment"])
        ]
        assert (str(result.total), str(result.guaranteed)) == expected, code


@pytest.mark.parametrize("demo", [False, True])
def test_no_two_shipped_rows_clash_on_any_day(*, demo: bool) -> None:
    rows = files.measures(demo=demo)
    edges = sorted({row.since for row in rows} | {row.until for row in rows if row.until})
    for day in edges + [edge - timedelta(days=1) for edge in edges]:
        keys = Counter(
            (
                m.kind,
                m.code,
                m.area,
                m.regime,
                m.preference,
                m.beneficiary,
                m.quota,
                m.documents,
                m.share is None,
                bool(m.components),
            )
            for m in rows
            if m.holds_on(day)
        )
        assert [key for key, times in keys.items() if times > 1] == [], day


def test_every_row_is_complete_cited_and_ends_after_it_begins() -> None:
    kinds = {formula.kind for formula in files.formulas()}
    quotas = {quota.id for quota in files.quotas(demo=True)}
    for row in files.measures(demo=True):
        assert row.until is None or row.since < row.until, row.id
        assert row.kind in kinds, row.id
        assert not row.quota or row.quota in quotas, row.id
        assert row.components or row.share is not None or row.confidence is Confidence.UNKNOWN, row.id
        assert row.components == () or row.share is None, row.id
        assert row.documents <= files.code_lists()["document"].keys(), row.id
    assert files.quotas(demo=False) == ()
    assert files.quotas(demo=True)[0].holds_on(date(2026, 1, 1))


def test_fee_kinds_ship_with_empty_tables_and_formulas_compile() -> None:
    law = law_on(date(2026, 1, 15))
    assert [formula.kind for formula in files.formulas() if law.brackets(formula.kind)] == []
    scopes = {formula.kind: formula.scope for formula in files.formulas()}
    assert {kind for kind, scope in scopes.items() if scope == "service"} == {
        "fee_escort",
        "fee_storage",
        "fee_certificate",
    }
    for formula in files.formulas():
        assert compile_formula(read_formula(formula.text, files.measures(demo=True)[0].components)).scale == 2


def kept_results() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def recomputed(kept: dict[str, Any]) -> Assessment:
    day = date.fromisoformat(kept["day"])
    exchange = [ExchangeRate(c, day, per, Decimal(rate), "kept", Confidence.DEMO) for c, per, rate in kept["exchange"]]
    return assess(read(files.form(), kept["content"]).facts, files.form(), shipped.on(day, exchange=exchange))


@pytest.mark.parametrize("place", range(7))
def test_a_kept_assessment_comes_out_the_same_byte_for_byte(place: int) -> None:
    kept = kept_results()[place]
    now = recomputed(kept)
    assert kept["engine"] == ENGINE_VERSION, "a new engine keeps its own results; see the how-to on changing the law"
    # The hash of the rules is that of the checks too, which are no part of the payments.
    same = msgspec.structs.replace(now, ruleset="", change_set=0)
    assert to_json(same).decode() == kept["result"]
    assert kept["day"] == DAYS[place].isoformat()
