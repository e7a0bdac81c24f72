"""Formulas are exact: compiled integers equal the fraction oracle, to the diram, on every input."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.rules.formula import FormulaRefused, compile_formula, inputs_of, read_formula
from gumruk.rules.formula.compiling import InputRefused, scaled
from gumruk.rules.formula.oracle import rounded, value_of
from gumruk.rules.formula.tree import MODES, Mode
from gumruk.rules.rates import read_rate

MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
EDGES = st.sampled_from(
    [Decimal(text) for text in ("0", "0.01", "-0.01", "0.05", "0.50", "-0.50", "99999999.99", "33.33")]
)
QUANTITY = st.decimals(min_value=0, max_value=10**7, places=6, allow_nan=False)
EXCHANGE = st.decimals(min_value=Decimal("0.0001"), max_value=1000, places=6, allow_nan=False)
RATES = [
    "10%",
    "0.02 EUR / 3 KGM",
    "10% MIN 0.02 EUR / 1 KGM",
    "8.00% + 1.50 EUR / 100 KGM MAX 12.00%",
    "7.125% - 1 TJS",
]


@given(st.sampled_from(RATES), st.sampled_from(MODES), MONEY | EDGES, QUANTITY, EXCHANGE)
def test_compiled_payment_equals_the_oracle(
    rate: str, mode: Mode, value: Decimal, mass: Decimal, exchange: Decimal
) -> None:
    tree = read_formula(f"round(rate(value), 2, {mode})", read_rate(rate))
    given_values = {"value": value, "quantity_KGM": mass, "exchange_EUR": exchange}
    used = {name: given_values[name] for name in inputs_of(tree)}
    program = compile_formula(tree)
    result = program.result({name: scaled(name, number) for name, number in used.items()})
    assert Fraction(result) == value_of(tree, {name: Fraction(number) for name, number in used.items()})


@given(MONEY, MONEY)
def test_when_min_max_and_sums_equal_the_oracle(one: Decimal, two: Decimal) -> None:
    tree = read_formula("round(when(one > two, max(one, two * 3) / 7, min(one, 5) - two / 3), 2, HALF_UP)")
    result = compile_formula(tree).result({"one": scaled("one", one), "two": scaled("two", two)})
    assert Fraction(result) == value_of(tree, {"one": Fraction(one), "two": Fraction(two)})


@pytest.mark.parametrize(
    ("text", "mode", "wanted"),
    [("0.125", "HALF_UP", "0.13"), ("-0.125", "HALF_UP", "-0.13"), ("2.675", "HALF_UP", "2.68"), ("1.005", "HALF_UP", "1.01"),
     ("0.125", "HALF_EVEN", "0.12"), ("0.121", "UP", "0.13"), ("-0.129", "DOWN", "-0.12")],
)  # fmt: skip
def test_rounding_means_what_it_says(text: str, mode: Mode, wanted: str) -> None:
    assert rounded(Fraction(text), 2, mode) == Fraction(wanted)


@pytest.mark.parametrize(
    ("text", "code"),
    [("value / other", "division_by_a_variable"), ("__import__('os')", "not_in_the_language"), ("value ** 2", "not_in_the_language"),
     ("value.real", "not_in_the_language"), ("round(value, 2)", "not_in_the_language"), ("lambda: 1", "not_in_the_language"),
     ("1 +", "not_a_formula"), ("rate(value)", "no_rate"), ("value / 0", "division_by_a_variable")],
)  # fmt: skip
def test_what_is_outside_the_language_is_refused(text: str, code: str) -> None:
    with pytest.raises(FormulaRefused) as refused:
        read_formula(text)
    assert refused.value.code == code


def test_a_formula_that_could_outgrow_128_bits_does_not_compile() -> None:
    with pytest.raises(FormulaRefused, match="too_large"):
        compile_formula(read_formula("round(value * value * value, 2, HALF_UP)"))


def test_a_formula_that_ends_in_a_fraction_does_not_compile() -> None:
    with pytest.raises(FormulaRefused, match="not_rounded"):
        compile_formula(read_formula("value / 3"))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e14", "0.001"])
def test_an_input_outside_its_limits_is_refused(number: str) -> None:
    with pytest.raises(InputRefused):
        scaled("value", Decimal(number))
