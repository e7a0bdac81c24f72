"""Reads a formula text into the tree. `rate(base)` is expanded from the components of a measure's rate.

The grammar is a small part of Python's expressions, parsed with the standard library and then taken apart node by
node; what is not in the closed set is refused by name. Nothing is ever evaluated here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from gumruk.law.types import RateComponent
from gumruk.rules.formula.tree import MODES, Arithmetic, Const, Divide, Fold, Input, Mark, Node, Round, When

# A rate in these units is computed on the declared one: physics, not law.
SMALLER_UNIT: dict[str, tuple[str, Decimal]] = {
    "TNE": ("KGM", Decimal(1000)),
    "GRM": ("KGM", Decimal("0.001")),
    "HLT": ("LTR", Decimal(100)),
}
MAX_LENGTH, MAX_DEPTH = 2000, 40
_OPERATORS: dict[type[ast.operator], Literal["+", "-", "*"]] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_COMPARISONS: dict[type[ast.cmpop], Literal["<", "<=", "==", ">", ">="]] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
_DIGITS = range(10)


class FormulaRefused(Exception):
    """The formula text says something outside the language, or its numbers could grow past what engines hold."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


def read_formula(text: str, components: Sequence[RateComponent] = ()) -> Node:
    """The tree of `round(rate(value), 2, HALF_UP)` and the like. Raises FormulaRefused."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise FormulaRefused("too_long", f"more than {MAX_LENGTH} characters")
    try:
        parsed = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as wrong:
        raise FormulaRefused("not_a_formula", text) from wrong
    if _deeper_than(parsed, MAX_DEPTH):
        raise FormulaRefused("too_deep", f"more than {MAX_DEPTH} levels")
    return _Reader(text, components).node(parsed)


def _deeper_than(parsed: ast.AST, depth: int) -> bool:
    level: list[ast.AST] = [parsed]
    for _ in range(depth):
        level = [child for part in level for child in ast.iter_child_nodes(part)]
    return bool(level)


class _Reader:
    """Takes the parsed expression apart, node by node."""

    def __init__(self, text: str, components: Sequence[RateComponent]) -> None:
        self.text = text
        self.components = components

    def node(self, part: ast.expr) -> Node:
        match part:
            case ast.Name(id=name):
                return Input(name)
            case ast.Constant():
                return Const(self.number(part))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return Arithmetic("-", Const(Decimal(0)), self.node(operand))
            case ast.BinOp(op=ast.Div()):
                return Divide(self.node(part.left), self.divisor(part.right))
            case ast.BinOp(op=op) if type(op) in _OPERATORS:
                return Arithmetic(_OPERATORS[type(op)], self.node(part.left), self.node(part.right))
            case ast.Call(func=ast.Name(id=name), keywords=[]):
                return self.call(name, part)
        raise FormulaRefused("not_in_the_language", ast.unparse(part))

    def call(self, name: str, part: ast.Call) -> Node:
        match name, part.args:
            case "round", [inner, ast.Constant(value=digits), ast.Name(id=mode)] if digits in _DIGITS and mode in MODES:
                return Round(self.node(inner), int(self.number(part.args[1])), mode)
            case ("min" | "max") as op, [_, _, *_]:
                return Fold(op, tuple(self.node(argument) for argument in part.args))
            case "when", [ast.Compare(left=left, ops=[op], comparators=[right]), yes, no] if type(op) in _COMPARISONS:
                one, two, first, second = (self.node(side) for side in (left, right, yes, no))
                return When(_COMPARISONS[type(op)], one, two, first, second)
            case "rate", [base]:
                return rate_tree(Mark("base", self.node(base)), self.components)
        raise FormulaRefused("not_in_the_language", ast.unparse(part))

    def number(self, part: ast.expr) -> Decimal:
        """The number as it was written: what Python made of it may have lost digits."""
        written = ast.get_source_segment(self.text, part) or ""
        if not _NUMBER.fullmatch(written) or len(written) > 20:
            raise FormulaRefused("not_a_number", written or ast.unparse(part))
        return Decimal(written)

    def divisor(self, part: ast.expr) -> Decimal:
        if isinstance(part, ast.Constant) and type(part.value) is int and part.value > 0:
            return self.number(part)
        raise FormulaRefused("division_by_a_variable", ast.unparse(part))


def rate_tree(base: Node, components: Sequence[RateComponent]) -> Node:
    """The tree of a rate on `base`: percentages of it, amounts per unit, caps and floors, from left to right.

    Marks `part0`, `part1` … are what each component comes to, `join1` … what stands after it was joined.
    """
    if not components:
        raise FormulaRefused("no_rate", "rate() needs a measure")
    tree: Node = Mark("part0", _component(base, components[0]))
    for number, part in enumerate(components[1:], start=1):
        value = Mark(f"part{number}", _component(base, part))
        # `min` is a floor (at least), `max` a cap (at most).
        tree = Mark(f"join{number}", (
            Fold("max", (tree, value)) if part.op == "min"
            else Fold("min", (tree, value)) if part.op == "max"
            else Arithmetic("-" if part.op == "-" else "+", tree, value)
        ))  # fmt: skip
    return tree


def share_tree(tree: Node, percent: Decimal) -> Node:
    """`percent` of a normal sum, rounded as that sum is: how a relief is said. Raises FormulaRefused `not_rounded`."""
    if not isinstance(tree, Round):
        raise FormulaRefused("not_rounded", "a relief needs a formula that ends in round()")
    part = Divide(Arithmetic("*", Mark("normal", tree), Const(percent)), Decimal(100))
    return Round(part, tree.digits, tree.mode)


def _component(base: Node, part: RateComponent) -> Node:
    amount = Const(part.amount)
    if part.percent:
        return Divide(Arithmetic("*", base, amount), Decimal(100))
    money: Node = amount if part.currency == "TJS" else Arithmetic("*", amount, Input(f"exchange_{part.currency}"))
    if part.unit is None or part.per is None:
        return money
    unit, times = SMALLER_UNIT.get(part.unit, (part.unit, Decimal(1)))
    return Divide(Arithmetic("*", Input(f"quantity_{unit}"), money), part.per * times)
