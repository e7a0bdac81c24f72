"""Whole assessments equal what the slow oracle in fractions says, amount by amount, and add up."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.law.day import Law
from gumruk.law.types import Bracket, ExchangeRate, Measure
from gumruk.lawbook import files, shipped
from gumruk.rules.duty import Assessment, PaymentLine, QuotaBalance, assess, from_json, to_json
from gumruk.rules.form import read
from gumruk.rules.formula import read_formula
from gumruk.rules.formula.oracle import rounded, value_of
from gumruk.rules.formula.reading import SMALLER_UNIT, share_tree
from tests.rules.test_duty import FORM, FORMULAS, REGIMES, formula, measure

DAY = date(2026, 1, 15)
RATES = [
    "0%",
    "10%",
    "12.5%",
    "20% MIN 0.5 EUR / 1 KGM",
    "8% + 1.50 USD / 100 KGM MAX 12%",
    "0.04 EUR / 1 LTR",
    "3 TJS",
    "55 EUR / 1 TNE",
    "7% - 0.1 TJS / 3 KGM",
]
CURRENCIES = ["TJS", "EUR", "USD", "RUB"]
EXTRA = [
    formula("special", 0, "round(rate(value), 2, HALF_UP)"),
    formula("antidumping", 0, "round(rate(value), 2, UP)"),
]
VAT = "round(rate(value + special + antidumping + duty + excise), 2, HALF_UP)"


def law_of(drawn: dict[str, Any]) -> Law:
    kinds = ["special", "antidumping", "duty", "excise"]
    rows = [measure(f"{kind}-all", kind, "", rate) for kind, rate in zip(kinds, drawn["rates"], strict=True) if rate]
    rows += [measure("duty-x", "duty", "20", drawn["narrow"]), measure("vat", "vat", "", "14%")]
    rows += [
        measure("fta", "duty", "", drawn["claimed"], area="KZ", preference="FTA"),
        Measure("aid", "duty", "20", "", (), DAY.replace(year=2013), None, rows[0].cites, rows[0].confidence, preference="AID", share=Decimal(drawn["share"])),
        measure("quota", "duty", "", "1%", preference="FTA", quota="Q"),
    ]  # fmt: skip
    exchange = [ExchangeRate(c, DAY, per, rate, "", rows[0].confidence) for c, (per, rate) in drawn["exchange"].items()]
    formulas = [
        FORMULAS[0],
        *EXTRA,
        *(f for f in FORMULAS[1:] if f.kind != "vat"),
        formula("vat", 8, VAT, mandatory=True),
    ]
    table = {
        "fee_clearance": [
            Bracket(Decimal(0), Decimal(5), "EUR"),
            Bracket(Decimal(1000), Decimal(10), "TJS", Decimal("0.1"), Decimal(50)),
        ]
    }
    return Law.build(
        day=DAY, measures=rows, formulas=formulas, exchange=exchange, brackets=table, attributes=REGIMES
    )  # fmt: skip


MONEY = st.integers(0, 10**10) | st.sampled_from([0, 1, 5, 50, 99, 100, 12345])
ITEM = st.fixed_dictionaries(
    {
        "price": MONEY, "net": st.integers(0, 10**12), "litres": st.integers(0, 10**12), "code": st.sampled_from(["2001", "30"]),
        "origin": st.sampled_from(["KZ", "CN"]), "preference": st.sampled_from(["", "FTA"]), "relief": st.sampled_from(["", "AID"]),
    }
)  # fmt: skip
EXCHANGE = st.tuples(
    st.sampled_from([1, 10, 100, 1000]), st.decimals(min_value=Decimal("0.0001"), max_value=1000, places=4)
)
DRAWN = st.fixed_dictionaries(
    {
        "rates": st.tuples(
            st.sampled_from([None, "5%"]),
            st.sampled_from([None, "18%"]),
            st.sampled_from(RATES),
            st.sampled_from([None, *RATES]),
        ),
        "narrow": st.sampled_from(RATES),
        "claimed": st.sampled_from(["0%", "5%", "30%"]),
        "share": st.sampled_from(["0", "50", "33.3"]),
        "exchange": st.fixed_dictionaries(dict.fromkeys(CURRENCIES[1:], EXCHANGE)),
        "currency": st.sampled_from(CURRENCIES),
        "freight": st.tuples(MONEY, st.sampled_from(CURRENCIES)),
        "deduction": st.integers(0, 100),
        "weight": st.booleans(),
        "left": st.integers(0, 10**9),
        "items": st.lists(ITEM, min_size=1, max_size=6),
    }
)


def content_of(drawn: dict[str, Any]) -> dict[str, Any]:
    def money(number: int) -> str:
        return f"{number // 100}.{number % 100:02d}"

    items = [
        {
            "price": money(item["price"]), "net_mass": str(Decimal(item["net"]).scaleb(-6).quantize(Decimal("0.000001"))),
            "gross_mass": str(Decimal(item["net"]).scaleb(-6).quantize(Decimal("0.000001"))), "goods_code": item["code"],
            "supplementary_unit": "LTR", "supplementary_quantity": str(Decimal(item["litres"]).scaleb(-6).quantize(Decimal("0.000001"))),
            "item_origin_country": item["origin"], "preference": item["preference"], "relief": item["relief"],
        }
        for item in drawn["items"]
    ]  # fmt: skip
    return {
        "currency": drawn["currency"], "regime": "FREE_CIRC", "items": items, "external_freight": money(drawn["freight"][0]),
        "external_freight_currency": drawn["freight"][1], "deductions": money(drawn["deduction"]), "deductions_currency": "TJS",
        "apportionment": "WEIGHT" if drawn["weight"] else "VALUE",
    }  # fmt: skip


def oracle_amount(line: PaymentLine, law: Law, known: dict[str, Fraction]) -> Fraction:
    """What the formula of a line comes to in fractions, on the measure that the engine chose."""
    text = next(f.text for f in law.formulas if f.kind == line.kind)
    rows = {row.id: row for row in law.every_measure()}
    row = rows[line.measure]
    rated = row
    if row.share is not None:
        # A relief is a share of what the general rate comes to: the most specific one without a claim.
        rated = max((r for r in rows.values() if r.kind == line.kind and not r.preference and r.share is None
                     and row.code.startswith(r.code)), key=lambda r: len(r.code))  # fmt: skip
    tree = read_formula(text, rated.components)
    if row.share is not None:
        tree = share_tree(tree, row.share)
    return value_of(tree, known)


def known_of(drawn: dict[str, Any], place: int) -> dict[str, Fraction]:
    item = drawn["items"][place]
    known = {"quantity_KGM": Fraction(item["net"], 10**6), "quantity_LTR": Fraction(item["litres"], 10**6)}
    known |= {f"exchange_{c}": Fraction(rate) / per for c, (per, rate) in drawn["exchange"].items()}
    return known | dict.fromkeys(["special", "antidumping", "duty", "excise", "vat"], Fraction(0))


def check(result: Assessment, drawn: dict[str, Any], law: Law) -> None:
    for place, value in enumerate(result.items):
        assert value.value == sum((row.amount for row in value.rows), Decimal(0))
        known = known_of(drawn, place)
        known["value"] = Fraction(value.value)
        for line in (line for line in result.lines if line.item == place + 1):
            amount = oracle_amount(line, law, known)
            assert Fraction(line.amount) == amount, line
            known[line.kind] = amount
            others = [Decimal(dict(put.values)["amount"]) for put in line.rejected if "amount" in dict(put.values)]
            assert all(other >= line.amount for other in others)
    assert result.value == sum((item.value for item in result.items), Decimal(0))
    assert result.total == sum((line.amount for line in result.lines), Decimal(0))
    assert dict(result.totals) == {
        kind: sum((line.amount for line in result.lines if line.kind == kind), Decimal(0)) for kind, _ in result.totals
    }


@settings(deadline=None)
@given(DRAWN)
def test_every_amount_of_an_assessment_is_what_the_oracle_says(drawn: dict[str, Any]) -> None:
    law = law_of(drawn)
    facts = read(FORM, content_of(drawn)).facts
    left = Decimal(drawn["left"])
    result = assess(facts, FORM, law, quotas={"Q": QuotaBalance(left, "KGM")})
    codes = {problem.code for problem in result.problems}
    if codes:
        # The draws can do two wrong things: deduct more than the price, or pass what the engine holds.
        assert codes <= {"value_negative", "number_too_large"}
        return
    check(result, drawn, law)
    # The value: the price converted once, and shares of the costs that add up to the converted whole.
    for name, (amount, currency), sign in (
        ("external_freight", drawn["freight"], 1),
        ("deductions", (drawn["deduction"], "TJS"), -1),
    ):
        rate = (
            Fraction(1)
            if currency == "TJS"
            else Fraction(drawn["exchange"][currency][1]) / drawn["exchange"][currency][0]
        )
        shared = sum((row.amount for item in result.items for row in item.rows if row.kind == name), Decimal(0))
        assert Fraction(shared) == sign * rounded(Fraction(amount, 100) * rate, 2, "HALF_UP")
    # The quota: what was used never passes what was left, and is what its lines took.
    for use in result.quotas:
        taken = sum((drawn["items"][line.item - 1]["net"] for line in result.lines if line.measure == "quota"), 0)
        assert use.used == Decimal(taken).scaleb(-6) <= left
    # The same again is the same, byte for byte, also under a law built anew; and it survives its bytes.
    again = assess(facts, FORM, law_of(drawn), quotas=result.balances)
    assert to_json(again) == to_json(result) == to_json(from_json(to_json(result)))


def test_the_shipped_formulas_read_with_any_rate() -> None:
    for one in files.formulas():
        assert (
            value_of(read_formula(one.text, ()), {"amount": Fraction(1), "exchange_rate": Fraction(2)}) == 2
            if one.scope == "value"
            else one.text
        )
    assert shipped.on(DAY).formulas[0].scope == "value"
    assert set(SMALLER_UNIT) == {"TNE", "GRM", "HLT"}


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_bytes_that_are_no_assessment_are_refused(data: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
        from_json(data)


def test_an_assessment_of_the_first_engine_can_still_be_read() -> None:
    law = law_of(
        {
            "rates": (None, None, "10%", None),
            "narrow": "5%",
            "claimed": "0%",
            "share": "0",
            "exchange": {"EUR": (1, Decimal(10))},
        }
    )
    content = {"currency": "TJS", "regime": "FREE_CIRC", "items": [{"price": "100.00", "goods_code": "30"}]}
    now = json.loads(to_json(assess(read(FORM, content).facts, FORM, law)))
    del now["quotas"], now["items"][0]["method"], now["items"][0]["rows"][0]["whole"]
    now["lines"][0]["text"] = now["items"][0]["rows"][0]["text"] = "kept by engine 1"
    old = from_json(json.dumps(now).encode())
    assert old.lines[0].text == "10% x 100 = 10; = 10.00"
    assert (old.items[0].rows[0].text, old.balances) == ("100.00 TJS x 1 = 100.00", {})
