"""The obvious interpreter in fractions: what a formula means, slowly. Tests hold every backend against it."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from fractions import Fraction

from gumruk.rules.formula.tree import Arithmetic, Const, Divide, Fold, Input, Mark, Mode, Node, Round, When

_OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "<": operator.lt, "<=": operator.le,
              "==": operator.eq, ">": operator.gt, ">=": operator.ge}  # fmt: skip


def value_of(node: Node, inputs: Mapping[str, Fraction]) -> Fraction:
    """The exact value of a tree."""
    match node:
        case Const(value):
            return Fraction(value)
        case Input(name):
            return inputs[name]
        case Divide(left, by):
            return value_of(left, inputs) / Fraction(by)
        case Arithmetic(op, left, right):
            result: Fraction = _OPERATORS[op](value_of(left, inputs), value_of(right, inputs))
            return result
        case Fold(op, parts):
            return (min if op == "min" else max)(value_of(part, inputs) for part in parts)
        case Mark(_, part):
            return value_of(part, inputs)
        case Round(part, digits, mode):
            return rounded(value_of(part, inputs), digits, mode)
        case When(op, left, right, yes, no):  # pragma: no branch - the set of nodes is closed
            holds = _OPERATORS[op](value_of(left, inputs), value_of(right, inputs))
            return value_of(yes if holds else no, inputs)


def rounded(value: Fraction, digits: int, mode: Mode) -> Fraction:
    """`value` to `digits` decimals, away from zero or towards it as `mode` says."""
    shifted = abs(value) * 10**digits
    whole, rest = int(shifted), shifted - int(shifted)
    up = {
        "DOWN": False,
        "UP": rest > 0,
        "HALF_UP": rest * 2 >= 1,
        "HALF_EVEN": rest * 2 > 1 or (rest * 2 == 1 and whole % 2 == 1),
    }[mode]
    size = Fraction(whole + up, 10**digits)
    return size if value >= 0 else -size
