"""How one measure is computed and explained under one formula: the program, and a maker for each step of its working."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gumruk.law.day import Law
from gumruk.law.types import Formula, Measure, RateComponent
from gumruk.rules.duty.texts import decimal_from, plain, shown
from gumruk.rules.duty.types import CURRENCY, Pairs, PaymentLine, Rejected, Step
from gumruk.rules.formula import FormulaRefused, Program, compile_formula, read_formula
from gumruk.rules.formula.compiling import InputRefused, scaled
from gumruk.rules.formula.reading import SMALLER_UNIT, share_tree
from gumruk.rules.formula.tree import Arithmetic, Input, Mark, Node, parts_of
from gumruk.rules.rates import write_rate

_JOINS = {"+": "sum", "-": "difference", "min": "at_least", "max": "at_most"}
_SHIFTS = {"TNE": 3, "GRM": -3, "HLT": 2}  # decimal places between a unit and the one it is declared in
QUANTITY_SCALE = 6
Components = tuple[RateComponent, ...]
Scales = tuple[tuple[str, int], ...]
Trace = tuple[int, ...]
Values = Mapping[str, int]
Maker = Callable[[Trace, Values, str], Step]


class PlanRefused(Exception):
    """A measure cannot be computed under this law: the problem's code and values."""

    def __init__(self, code: str, values: Pairs) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class LinePlan:
    """A measure under a formula. Its values are scaled integers by name: money, quantities, rates of exchange."""

    formula: Formula
    measure: Measure
    components: Components
    rate: str
    cites: tuple[str, ...]
    program: Program
    units: tuple[str, ...]  # quantities that it needs
    terms: tuple[tuple[str, int], ...]  # names and scales that its base adds up
    makers: tuple[Maker, ...]

    def trace(self, values: Values) -> Trace:
        """Every step's value, the amount last."""
        return self.program.call(*map(values.__getitem__, self.program.inputs))

    def amount(self, trace: Trace) -> Decimal:
        return decimal_from(trace[-1], self.program.scale)

    def line(
        self, item: int, trace: Trace, values: Values, rejected: tuple[Rejected, ...], *, payable: bool
    ) -> PaymentLine:
        """The payment line with its working."""
        amount = decimal_from(trace[-1], self.program.scale)
        base, currency, unit, text = self.base(trace, values)
        steps = [make(trace, values, text) for make in self.makers]
        steps.append(Step("round", (self.formula.text,), str(amount)))
        if self.terms:
            steps.insert(0, self.base_step(values, text))
        return PaymentLine(
            item, self.formula.kind, base, currency, unit, self.rate, amount, payable, self.measure.id,
            self.measure.code, tuple(steps), self.cites, rejected,
        )  # fmt: skip

    def base(self, trace: Trace, values: Values) -> tuple[Decimal, str, str, str]:
        """The base: money, or for a rate on quantities alone the quantity in the rate's unit."""
        place = self.program.marks.get("base")
        if place is not None:
            index, scale, divisor = place
            text = shown(trace[index], scale, divisor)
            money = decimal_from(trace[index], scale) if divisor == 1 else Decimal(text)
            return money, CURRENCY, "", text
        first = self.components[0]
        if first.unit is not None:
            text = _quantity_text(values, first.unit)
            return Decimal(text), "", first.unit, text
        return decimal_from(values["value"], 2), CURRENCY, "", plain(values["value"], 2)

    def base_step(self, values: Values, text: str) -> Step:
        args: list[str] = []
        for name, scale in self.terms:
            if values[name]:
                args += (name, plain(values[name], scale))
        return Step("base", tuple(args), text)


def line_plan(
    formula: Formula, measure: Measure, law: Law, scales: Mapping[str, int], normal: Measure | None = None
) -> LinePlan:
    """The plan of a measure; a relief is computed on its `normal` one. Raises PlanRefused."""
    rated = normal or measure
    try:
        done = compiled(formula.text, rated.components, measure.share, tuple(sorted(scales.items())))
    except FormulaRefused as refused:
        raise PlanRefused("number_too_large", (("name", measure.id), ("value", rated.rate))) from refused
    inputs = done.program.inputs
    for name in inputs:
        if name.startswith("exchange_"):
            exchange_input(law, name.removeprefix("exchange_"))
    rate = write_rate(rated.components)
    if measure.share is not None:
        rate = f"{measure.share:f}% x ({rate})"
    cites = (str(measure.cites), str(rated.cites) if rated is not measure else "", str(formula.cites))
    return LinePlan(
        formula=formula,
        measure=measure,
        components=rated.components,
        rate=rate,
        cites=tuple(filter(None, cites)),
        program=done.program,
        units=tuple(name for name in inputs if name.startswith("quantity_")),
        terms=tuple((name, scales.get(name, 2)) for name in done.terms),
        makers=tuple(_makers(rated.components, measure.share, done.program, law)),
    )


def exchange_input(law: Law, currency: str) -> int:
    """The rate of exchange of the day for one unit, scaled. Raises PlanRefused when there is none."""
    rate = law.exchange(currency)
    if rate is None:
        raise PlanRefused("exchange_rate_missing", (("currency", currency), ("day", law.day.isoformat())))
    try:
        return scaled(f"exchange_{currency}", rate.rate / rate.per)  # `per` is a power of ten: exact
    except InputRefused as refused:
        raise PlanRefused("number_too_large", (("name", currency), ("value", str(refused.value)))) from refused


@dataclass(frozen=True, slots=True)
class Compiled:
    """A formula with a rate in place of `rate(...)`, and the names that its base adds up."""

    program: Program
    terms: tuple[str, ...]


@lru_cache(maxsize=8192)
def compiled(text: str, components: Components, share: Decimal | None = None, scales: Scales = ()) -> Compiled:
    """The program of a formula text with a measure's rate, and the share of a relief. Raises FormulaRefused."""
    tree = read_formula(text, components)
    base = next((part.part for part in parts_of(tree) if isinstance(part, Mark) and part.name == "base"), None)
    whole = tree if share is None else share_tree(tree, share)
    return Compiled(compile_formula(whole, dict(scales)), tuple(_terms(base)) if base is not None else ())


def _terms(base: Node) -> list[str]:
    """The names of a base that is a plain sum of two or more; otherwise none."""
    names: list[str] = []
    left = [base]
    while left:
        match left.pop():
            case Input(name):
                names.append(name)
            case Arithmetic("+", one, two):
                left += [two, one]
            case _:
                return []
    return names if len(names) > 1 else []


def _makers(components: Components, share: Decimal | None, program: Program, law: Law) -> Iterator[Maker]:
    for number, part in enumerate(components):
        yield (
            _percent(part, program.marks[f"part{number}"])
            if part.percent
            else _specific(part, program.marks[f"part{number}"], law)
        )
        if number:
            yield _simple(_JOINS[part.op], (), program.marks[f"join{number}"])
    if share is not None:
        yield _relief(_plain(share), program)


def _percent(part: RateComponent, mark: tuple[int, int, int]) -> Maker:
    index, scale, divisor = mark
    rate = _plain(part.amount)
    return lambda trace, _values, base: Step("percent", (rate, base), shown(trace[index], scale, divisor))


def _simple(op: str, args: tuple[str, ...], mark: tuple[int, int, int]) -> Maker:
    index, scale, divisor = mark
    return lambda trace, _values, _base: Step(op, args, shown(trace[index], scale, divisor))


def _specific(part: RateComponent, mark: tuple[int, int, int], law: Law) -> Maker:
    currency = str(part.currency)
    exchange = "1" if currency == CURRENCY else plain(exchange_input(law, currency), 9)
    money = (_plain(part.amount), currency, exchange)
    unit, per = part.unit, part.per
    if unit is None or per is None:
        return _simple("amount", money, mark)
    index, scale, divisor = mark
    per_text = _plain(per)
    return lambda trace, values, _base: Step(
        "per_unit", (*money, _quantity_text(values, unit), unit, per_text), shown(trace[index], scale, divisor)
    )


def _relief(share: str, program: Program) -> Maker:
    index, scale, divisor = program.marks["normal"]
    last, end = len(program.steps) - 1, program.scale
    return lambda trace, _values, _base: Step(
        "relief", (share, shown(trace[index], scale, divisor)), plain(trace[last], end)
    )


def declared_unit(unit: str) -> str:
    """The unit that a rate's unit is declared in: kilograms for tonnes."""
    return SMALLER_UNIT[unit][0] if unit in SMALLER_UNIT else unit


def _quantity_text(values: Values, unit: str) -> str:
    return plain(values[f"quantity_{declared_unit(unit)}"], QUANTITY_SCALE + _SHIFTS.get(unit, 0))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
