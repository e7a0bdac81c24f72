"""Compiles a tree to one Python function on scaled integers that also gives the value of every step.

Each node is an integer over 10**scale * divisor, both known when compiling; so nothing is rounded but where `round`
says so. A node whose magnitude could pass 2**126 refuses to compile: such a formula would not fit other backends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from gumruk.rules.formula.reading import FormulaRefused
from gumruk.rules.formula.tree import Arithmetic, Const, Divide, Fold, Input, Mark, Mode, Node, Round, When

LIMIT = 2**126
# scale and greatest whole value of each kind of input; money, masses and rates beyond these are refused.
BOUNDS: dict[str, tuple[int, int]] = {"quantity_": (6, 10**10), "exchange_": (9, 10**5)}
MONEY = (2, 10**13)


def bounds_of(name: str) -> tuple[int, int]:
    """Scale and greatest magnitude of an input; a name that starts with neither prefix is money."""
    return next((bounds for prefix, bounds in BOUNDS.items() if name.startswith(prefix)), MONEY)


class InputRefused(Exception):
    """A number lies outside the declared limits of its input; it is refused, never computed."""

    def __init__(self, name: str, value: Decimal) -> None:
        super().__init__(f"{name} = {value}")
        self.name = name
        self.value = value


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled formula. `call` gives every step's value, the result last; `marks` says where a marked value is.

    A step's number is the integer over 10**scale * divisor.
    """

    inputs: tuple[str, ...]
    steps: tuple[tuple[str, int, int], ...]  # name of the node, scale, divisor
    scale: int
    source: str
    call: Callable[..., tuple[int, ...]]
    marks: Mapping[str, tuple[int, int, int]]  # name: place in the steps, scale, divisor

    def run(self, values: Mapping[str, int]) -> tuple[int, ...]:
        """Values of all steps as scaled integers, the result last. `values` are scaled by `bounds_of`."""
        return self.call(*[values[name] for name in self.inputs])

    def result(self, values: Mapping[str, int]) -> Decimal:
        """The result as an exact decimal."""
        return Decimal(self.run(values)[-1]).scaleb(-self.scale)


def scaled(name: str, value: Decimal) -> int:
    """An input as its integer. Raises InputRefused outside the limits."""
    scale, greatest = bounds_of(name)
    moved = value.scaleb(scale)
    if not value.is_finite() or abs(value) > greatest or moved != moved.to_integral_value():
        raise InputRefused(name, value)
    return int(moved)


@dataclass(frozen=True, slots=True)
class _Made:
    name: str
    scale: int
    divisor: int
    bound: Fraction


class _Writer:
    def __init__(self, scales: Mapping[str, int]) -> None:
        self.scales = scales
        self.lines: list[str] = []
        self.steps: list[tuple[str, int, int]] = []
        self.inputs: list[str] = []
        self.marks: dict[str, tuple[int, int, int]] = {}
        self.written: dict[Node, _Made] = {}

    def put(self, label: str, expression: str, scale: int, divisor: int, bound: Fraction) -> _Made:
        if bound * 10**scale * divisor > LIMIT:
            raise FormulaRefused("too_large", label)
        name = f"t{len(self.steps)}"
        self.lines.append(f"    {name} = {expression}")
        self.steps.append((label, scale, divisor))
        return _Made(name, scale, divisor, bound)

    def write(self, node: Node) -> _Made:
        """The node's value; equal nodes are written once."""
        made = self.written.get(node)
        if made is None:
            made = self.written[node] = self.fresh(node)
        return made

    def fresh(self, node: Node) -> _Made:
        match node:
            case Const(value):
                scale = max(0, -int(value.as_tuple().exponent))
                return _Made(str(int(value.scaleb(scale))), scale, 1, abs(Fraction(value)))
            case Input(name):
                self.inputs.append(name)
                scale, greatest = bounds_of(name)
                return _Made(f"i_{name}", self.scales.get(name, scale), 1, Fraction(greatest))
            case Mark(name, part):
                return self.mark(name, self.write(part))
            case Divide(left, by):
                made = self.write(left)
                return self.divide(made, by)
            case Arithmetic("*", left, right):
                one, two = self.write(left), self.write(right)
                scale, divisor = one.scale + two.scale, one.divisor * two.divisor
                return self.put("*", f"{one.name} * {two.name}", scale, divisor, one.bound * two.bound)
            case Arithmetic(op, left, right):
                one, two = self.align(self.write(left), self.write(right))
                return self.put(op, f"{one.name} {op} {two.name}", one.scale, one.divisor, one.bound + two.bound)
            case Fold(op, parts):
                aligned = self.align(*[self.write(part) for part in parts])
                bound = max(part.bound for part in aligned)
                return self.put(
                    op,
                    f"{op}({', '.join(part.name for part in aligned)})",
                    aligned[0].scale,
                    aligned[0].divisor,
                    bound,
                )
            case Round(part, digits, mode):
                return self.round(self.write(part), digits, mode)
            case When(op, left, right, yes, no):  # pragma: no branch - the set of nodes is closed
                one, two = self.align(self.write(left), self.write(right))
                first, second = self.align(self.write(yes), self.write(no))
                expression = f"{first.name} if {one.name} {op} {two.name} else {second.name}"
                return self.put("when", expression, first.scale, first.divisor, max(first.bound, second.bound))

    def mark(self, name: str, made: _Made) -> _Made:
        """A value that the caller wants to see: a step of its own unless it is one."""
        if not made.name.startswith("t"):
            made = self.put(name, made.name, made.scale, made.divisor, made.bound)
        self.marks.setdefault(name, (int(made.name[1:]), made.scale, made.divisor))
        return made

    def divide(self, made: _Made, by: Decimal) -> _Made:
        """Exact: a power of ten moves the scale, anything else goes into the divisor."""
        whole = int(by.scaleb(max(0, -int(by.as_tuple().exponent))))
        scale = made.scale - max(0, -int(by.as_tuple().exponent))
        while whole % 10 == 0:
            whole //= 10
            scale += 1
        name = made.name if scale >= 0 else f"({made.name} * {10**-scale})"
        return _Made(name, max(scale, 0), made.divisor * whole, made.bound / Fraction(by))

    def align(self, *made: _Made) -> list[_Made]:
        scale = max(part.scale for part in made)
        divisor = 1
        for part in made:
            if divisor % part.divisor:
                divisor *= part.divisor
        aligned = []
        for part in made:
            factor = 10 ** (scale - part.scale) * (divisor // part.divisor)
            name = part.name if factor == 1 else f"({part.name} * {factor})"
            aligned.append(_Made(name, scale, divisor, part.bound))
        return aligned

    def round(self, made: _Made, digits: int, mode: Mode) -> _Made:
        if made.scale < digits:
            made = _Made(f"({made.name} * {10 ** (digits - made.scale)})", digits, made.divisor, made.bound)
        by = 10 ** (made.scale - digits) * made.divisor
        expression = made.name if by == 1 else _rounding(made.name, by, mode)
        return self.put("round", expression, digits, 1, made.bound + 1)


def _rounding(name: str, by: int, mode: Mode) -> str:
    # Sign-symmetric: a refund mirrors the payment.
    half = {"HALF_UP": by, "UP": 2 * by - 2, "DOWN": 0}
    if mode == "HALF_EVEN":
        return f"half_even({name}, {by})"
    add = half[mode]
    return f"(2 * {name} + {add}) // {2 * by} if {name} >= 0 else -((-2 * {name} + {add}) // {2 * by})"


def half_even(value: int, by: int) -> int:
    """`value / by` to the nearest integer, a half to the even one."""
    whole, rest = divmod(abs(value), by)
    whole += 2 * rest > by or (2 * rest == by and whole % 2 == 1)
    return whole if value >= 0 else -whole


def compile_formula(tree: Node, scales: Mapping[str, int] | None = None) -> Program:
    """The program of a tree; `scales` gives inputs another scale than `bounds_of`.

    Raises FormulaRefused `too_large`, or `not_rounded` when its end is not a whole scale.
    """
    writer = _Writer(scales or {})
    made = writer.write(tree)
    if made.divisor != 1:
        raise FormulaRefused("not_rounded", "the last step divides; round it")
    if not writer.steps or made.name != f"t{len(writer.steps) - 1}":
        made = writer.put("result", made.name, made.scale, 1, made.bound)
    names = ", ".join(f"t{number}" for number in range(len(writer.steps)))
    arguments = ", ".join(f"i_{name}" for name in writer.inputs)
    source = "\n".join([f"def formula({arguments}):", *writer.lines, f"    return ({names},)"])
    scope: dict[str, object] = {"half_even": half_even}
    exec(source, scope)  # noqa: S102 - the source is written above from a closed set of nodes and checked names
    call: Callable[..., tuple[int, ...]] = scope["formula"]  # type: ignore[assignment]
    return Program(tuple(writer.inputs), tuple(writer.steps), made.scale, source, call, writer.marks)
