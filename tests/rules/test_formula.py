"""Formulas are exact: compiled integers equal the fraction oracle, to the diram, on every input."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gumruk.rules.formula import FormulaRefused, Node, compile_formula, inputs_of, read_formula
from gumruk.rules.formula.compiling import InputRefused, bounds_of, half_even, scaled
from gumruk.rules.formula.oracle import rounded, value_of
from gumruk.rules.formula.reading import rate_tree, share_tree
from gumruk.rules.formula.tree import (
    MODES,
    Arithmetic,
    Const,
    Divide,
    Fold,
    Input,
    Mark,
    Mode,
    Round,
    When,
    parts_of,
)
from gumruk.rules.rates import read_rate

MONEY = st.decimals(min_value=-(10**9), max_value=10**9, places=2, allow_nan=False)
EDGES = st.sampled_from(
    [Decimal(text) for text in ("0", "0.01", "-0.01", "1", "-1", "0.05", "0.50", "-0.50", "99999999.99", "33.33", "-33.33")]
)  # fmt: skip
QUANTITY = st.decimals(min_value=0, max_value=10**7, places=6, allow_nan=False)
EXCHANGE = st.decimals(min_value=Decimal("0.0001"), max_value=1000, places=6, allow_nan=False)
RATES = [
    "10%",
    "0.02 EUR / 3 KGM",
    "10% MIN 0.02 EUR / 1 KGM",
    "8.00% + 1.50 EUR / 100 KGM MAX 12.00%",
    "7.125% - 1 TJS",
    "5 EUR / 1 TNE MIN 3%",
    "0.3 EUR / 7 GRM + 0.001%",
]


def run(tree: Node, values: dict[str, Decimal]) -> Fraction:
    program = compile_formula(tree)
    return Fraction(program.result({name: scaled(name, values[name]) for name in program.inputs}))


@given(
    st.sampled_from(RATES),
    st.sampled_from(MODES),
    MONEY | EDGES,
    QUANTITY,
    EXCHANGE,
    st.sampled_from([None, "50", "33.3", "0"]),
)
def test_compiled_payment_equals_the_oracle(
    rate: str, mode: Mode, value: Decimal, mass: Decimal, exchange: Decimal, share: str | None
) -> None:
    tree = read_formula(f"round(rate(value), 2, {mode})", read_rate(rate))
    tree = tree if share is None else share_tree(tree, Decimal(share))
    values = {"value": value, "quantity_KGM": mass, "exchange_EUR": exchange}
    assert run(tree, values) == value_of(tree, {name: Fraction(number) for name, number in values.items()})


NAMES = ["value", "duty", "quantity_KGM", "exchange_EUR"]
LEAVES = st.sampled_from([*map(Input, NAMES)]) | st.decimals(0, 1000, places=2, allow_nan=False).map(
    lambda n: Const(abs(n))
)
COMPARISONS = st.sampled_from(["<", "<=", "==", ">", ">="])


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*"]), inner, inner),
        st.builds(Divide, inner, st.sampled_from([Decimal(n) for n in (1, 2, 3, 7, 100, 1000, 12, "0.001", "1000.5")])),
        st.builds(Fold, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Round, inner, st.integers(0, 6), st.sampled_from(MODES)),
        st.builds(When, COMPARISONS, inner, inner, inner, inner),
        st.builds(Mark, st.sampled_from(["a", "b"]), inner),
    )


TREES = st.recursive(LEAVES, _grown, max_leaves=12)
VALUES = st.fixed_dictionaries(
    {
        "value": MONEY | EDGES,
        "duty": MONEY | EDGES | st.just(Decimal(10**13)),
        "quantity_KGM": QUANTITY | st.just(Decimal(10**10)) | st.just(Decimal(0)),
        "exchange_EUR": EXCHANGE | st.just(Decimal(10**5)),
    }
)


@settings(deadline=None)
@given(TREES, st.integers(0, 3), st.sampled_from(MODES), VALUES)
def test_any_tree_compiles_to_what_the_oracle_says_or_is_refused(
    inner: Node, digits: int, mode: Mode, values: dict[str, Decimal]
) -> None:
    tree = Round(inner, digits, mode)
    try:
        program = compile_formula(tree)
    except FormulaRefused as refused:
        assert refused.code == "too_large"
        assume(False)
    trace = program.run({name: scaled(name, values[name]) for name in program.inputs})
    exact = {name: Fraction(number) for name, number in values.items()}
    assert Fraction(trace[-1], 10**program.scale) == value_of(tree, exact)
    # Marked values are what the same part of the tree is worth.
    firsts: dict[str, Node] = {}
    for part in reversed([*parts_of(tree)]):
        if isinstance(part, Mark):
            firsts.setdefault(part.name, part)
    for name, (index, scale, divisor) in program.marks.items():
        worth = {value_of(part, exact) for part in parts_of(tree) if isinstance(part, Mark) and part.name == name}
        assert Fraction(trace[index], 10**scale * divisor) in worth
    assert set(firsts) == set(program.marks)


@given(
    st.integers(-(10**6), 10**6),
    st.sampled_from([1, 2, 3, 10, 7, 100]),
    st.sampled_from([-1, 0, 1]),
    st.sampled_from(MODES),
)
def test_around_every_half_the_modes_do_what_they_say(whole: int, by: int, beside: int, mode: Mode) -> None:
    # whole + a half, and one unit to either side, in units of 1 / (2 * by * 100)
    tree = Round(Divide(Input("value"), Decimal(2 * by)), 0, mode)
    value = Decimal((2 * whole + 1) * by * 100 + beside).scaleb(-2)
    assert run(tree, {"value": value}) == rounded(Fraction(value) / (2 * by), 0, mode)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_half_even_is_that_of_the_oracle(value: int, by: int) -> None:
    assert half_even(value, by) == rounded(Fraction(value, by), 0, "HALF_EVEN")


@given(MONEY, MONEY)
def test_when_min_max_and_sums_equal_the_oracle(one: Decimal, two: Decimal) -> None:
    tree = read_formula("round(when(one > two, max(one, two * 3) / 7, min(one, 5) - two / 3), 2, HALF_UP)")
    assert run(tree, {"one": one, "two": two}) == value_of(tree, {"one": Fraction(one), "two": Fraction(two)})


@pytest.mark.parametrize("op", ["<", "<=", "==", ">", ">="])
@pytest.mark.parametrize("beside", ["-0.01", "0", "0.01"])
def test_a_bracket_bound_is_decided_on_the_diram(op: str, beside: str) -> None:
    tree = read_formula(f"round(when(value {op} 10000, 20, 60), 2, HALF_UP)")
    value = Decimal(10000) + Decimal(beside)
    assert run(tree, {"value": value}) == value_of(tree, {"value": Fraction(value)})


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
     ("1 +", "not_a_formula"), ("rate(value)", "no_rate"), ("value / 0", "division_by_a_variable"), ("value / True", "division_by_a_variable"),
     ("value * 1e3", "not_a_number"), ("value * 1_000", "not_a_number"), ("value * 0x10", "not_a_number"), ("value * True", "not_a_number"),
     ("value * 'x'", "not_a_number"), ("round(value, True, UP)", "not_a_number"), ("round(value, 10, UP)", "not_in_the_language"),
     ("round(value, 2, SIDEWAYS)", "not_in_the_language"), ("value * 0.1234567890123456789", "not_a_number"), ("-" * 60 + "1", "too_deep"),
     ("1" + "+1" * 1500, "too_long"), ("min(value)", "not_in_the_language"), ("when(value, 1, 2)", "not_in_the_language"),
     ("when(value != 1, 1, 2)", "not_in_the_language"), ("value % 2", "not_in_the_language"), ("", "not_a_formula"), ("\\0", "not_a_formula")],
)  # fmt: skip
def test_what_is_outside_the_language_is_refused(text: str, code: str) -> None:
    with pytest.raises(FormulaRefused) as refused:
        read_formula(text)
    assert refused.value.code == code


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["value", "rate(", "round(", "min(", "when(", ")", "+", "-", "*", "/", "2", "0.5", ", ", "HALF_UP", "<", " "]), max_size=25).map("".join)
)  # fmt: skip
@example("((((((((((((((((((((value))))))))))))))))))))")
def test_no_text_breaks_the_reader_or_the_compiler(text: str) -> None:
    try:
        program = compile_formula(Round(read_formula(text, read_rate("10% MIN 1 EUR/kg")), 2, "HALF_UP"))
    except FormulaRefused:
        return
    assert program.scale == 2


def test_a_minus_in_front_and_numbers_keep_their_meaning() -> None:
    assert run(read_formula("-value + 0.10"), {"value": Decimal("0.35")}) == Fraction("-0.25")
    assert run(read_formula("value"), {"value": Decimal("0.35")}) == Fraction("0.35")


def test_a_part_that_stands_twice_is_computed_once() -> None:
    tree = read_formula("round(rate(value + duty), 2, HALF_UP)", read_rate("10% MIN 5%"))
    assert compile_formula(tree).source.count("i_value + i_duty") == 1
    assert [*inputs_of(tree)].count("value") == 2


def test_a_formula_that_could_outgrow_128_bits_does_not_compile() -> None:
    with pytest.raises(FormulaRefused, match="too_large"):
        compile_formula(read_formula("round(value * value * value, 2, HALF_UP)"))


def test_a_formula_that_ends_in_a_fraction_does_not_compile_and_a_relief_needs_a_rounded_sum() -> None:
    with pytest.raises(FormulaRefused, match="not_rounded"):
        compile_formula(read_formula("value / 3"))
    with pytest.raises(FormulaRefused, match="not_rounded"):
        share_tree(read_formula("value + 1"), Decimal(50))
    with pytest.raises(FormulaRefused, match="no_rate"):
        rate_tree(Input("value"), ())


def test_a_kind_may_have_more_decimals_than_money() -> None:
    program = compile_formula(read_formula("round(value + duty, 4, HALF_UP)"), {"duty": 4})
    assert program.result({"value": 100, "duty": 12345}) == Decimal("2.2345")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e14", "0.001"])
def test_an_input_outside_its_limits_is_refused(number: str) -> None:
    with pytest.raises(InputRefused):
        scaled("value", Decimal(number))
    assert bounds_of("exchange_EUR") == (9, 10**5)
