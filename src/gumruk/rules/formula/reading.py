"""Reads a formula text into the tree. `rate(base)` is expanded from the components of a measure's rate.

The grammar is a small part of Python's expressions, parsed with the standard library and then taken apart node by
node; what is not in the closed set is refused by name. Nothing is ever evaluated here.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from decimal import Decimal

from gumruk.law.types import RateComponent
from gumruk.rules.formula.tree import MODES, Arithmetic, Const, Divide, Fold, Input, Node, Round, When

# A rate in these units is computed on the declared one: physics, not law.
SMALLER_UNIT: dict[str, tuple[str, Decimal]] = {
    "TNE": ("KGM", Decimal(1000)),
    "GRM": ("KGM", Decimal("0.001")),
    "HLT": ("LTR", Decimal(100)),
}
_OPERATORS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.Gt: ">", ast.GtE: ">="}


class FormulaRefused(Exception):
    """The formula text says something outside the language, or its numbers could grow past what engines hold."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def read_formula(text: str, components: Sequence[RateComponent] = ()) -> Node:
    """The tree of `round(rate(value), 2, HALF_UP)` and the like. Raises FormulaRefused."""
    try:
        parsed = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        raise FormulaRefused("not_a_formula", text) from wrong
    return _node(parsed, components)


def _node(part: ast.expr, components: Sequence[RateComponent]) -> Node:
    match part:
        case ast.Name(id=name):
            return Input(name)
        case ast.Constant(value=int() | float()) if not isinstance(part.value, bool):
            # The source text, not the float that Python made of it, is the number.
            return Const(Decimal(str(part.value)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Arithmetic("-", Const(Decimal(0)), _node(operand, components))
        case ast.BinOp(op=ast.Div()):
            return Divide(_node(part.left, components), _constant(part.right))
        case ast.BinOp(op=op) if type(op) in _OPERATORS:
            sign = _OPERATORS[type(op)]
            return Arithmetic(sign, _node(part.left, components), _node(part.right, components))  # type: ignore[arg-type]
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            return _call(name, part.args, components)
    raise FormulaRefused("not_in_the_language", ast.unparse(part))


def _call(name: str, arguments: list[ast.expr], components: Sequence[RateComponent]) -> Node:
    match name, arguments:
        case "round", [inner, ast.Constant(value=int(digits)), ast.Name(id=mode)] if mode in MODES and 0 <= digits <= 9:
            return Round(_node(inner, components), digits, mode)
        case ("min" | "max") as op, [_, _, *_]:
            return Fold(op, tuple(_node(argument, components) for argument in arguments))
        case "when", [ast.Compare(left=left, ops=[op], comparators=[right]), yes, no] if type(op) in _COMPARISONS:
            sides = [_node(side, components) for side in (left, right, yes, no)]
            return When(_COMPARISONS[type(op)], *sides)  # type: ignore[arg-type]
        case "rate", [base]:
            return rate_tree(_node(base, components), components)
    raise FormulaRefused("not_in_the_language", f"{name}({', '.join(ast.unparse(argument) for argument in arguments)})")


def _constant(part: ast.expr) -> Decimal:
    if isinstance(part, ast.Constant) and isinstance(part.value, int) and part.value > 0:
        return Decimal(part.value)
    raise FormulaRefused("division_by_a_variable", ast.unparse(part))


def rate_tree(base: Node, components: Sequence[RateComponent]) -> Node:
    """The tree of a rate on `base`: percentages of it, amounts per unit, caps and floors, from left to right."""
    if not components:
        raise FormulaRefused("no_rate", "rate() needs a measure")
    tree = _component(base, components[0])
    for part in components[1:]:
        value = _component(base, part)
        # `min` is a floor (at least), `max` a cap (at most).
        tree = (
            Fold("max", (tree, value)) if part.op == "min"
            else Fold("min", (tree, value)) if part.op == "max"
            else Arithmetic("-" if part.op == "-" else "+", tree, value)
        )  # fmt: skip
    return tree


def _component(base: Node, part: RateComponent) -> Node:
    amount = Const(part.amount)
    if part.percent:
        return Divide(Arithmetic("*", base, amount), Decimal(100))
    money: Node = amount if part.currency == "TJS" else Arithmetic("*", amount, Input(f"exchange_{part.currency}"))
    if part.unit is None or part.per is None:
        return money
    unit, times = SMALLER_UNIT.get(part.unit, (part.unit, Decimal(1)))
    return Divide(Arithmetic("*", Input(f"quantity_{unit}"), money), part.per * times)
