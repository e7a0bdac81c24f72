"""Assessment of one declaration: value, then each payment kind in the order of the law's formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from gumruk.law.day import Law
from gumruk.law.types import Bracket, Formula, Measure, RateComponent
from gumruk.rules.duty.choosing import choose
from gumruk.rules.duty.types import (
    CURRENCY,
    ENGINE_VERSION,
    Assessment,
    PaymentLine,
    Problem,
    QuotaBalance,
    Rejected,
    Step,
)
from gumruk.rules.duty.valuation import value_items
from gumruk.rules.duty.working import one_line, steps_of
from gumruk.rules.form import Facts, Form
from gumruk.rules.formula import FormulaRefused, Program, compile_formula, read_formula
from gumruk.rules.formula.compiling import InputRefused, scaled
from gumruk.rules.formula.reading import SMALLER_UNIT
from gumruk.rules.rates import write_rate
from gumruk.rules.types import Severity

DUE, SUSPENDED, NOT_DUE = "due", "suspended", "not_due"


class _Missing(Exception):
    """A number that a rate needs is not there; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@lru_cache(maxsize=4096)
def program_for(text: str, components: tuple[RateComponent, ...]) -> Program:
    """The compiled formula of a payment kind with a measure's rate in place of `rate(...)`."""
    return compile_formula(read_formula(text, components))


@lru_cache(maxsize=512)
def base_program(text: str) -> Program | None:
    """The compiled base of `round(rate(BASE), ...)`, shown beside the amount."""
    start = text.find("rate(")
    if start < 0:
        return None
    depth, end = 0, start + 4
    for end in range(start + 4, len(text)):
        depth += (text[end] == "(") - (text[end] == ")")
        if depth == 0:
            break
    return compile_formula(read_formula(f"round({text[start + 5 : end]}, 2, HALF_UP)"))


def assess(facts: Facts, form: Form, law: Law, *, quotas: Mapping[str, QuotaBalance] | None = None) -> Assessment:
    """All payments of a declaration under `law`. `quotas` says what is left; a quota not named is used up."""
    valuation = value_items(facts, form, law)
    problems = list(valuation.problems)
    lines: list[PaymentLine] = []
    regime = str(facts.get("regime") or "")
    payment = str(law.attributes("regime", regime).get("payment") or DUE)
    blocked = any(problem.severity is Severity.ERROR for problem in problems)
    if not blocked:
        for place, value in enumerate(valuation.items):
            run = _ItemRun(facts["items"][place], value.item, value.value, regime, payment, form, law, quotas or {})
            lines += run.lines()
            problems += run.problems
        if payment == DUE:
            _declaration_lines(law, valuation.total, lines, problems)
    totals = _totals(lines, law)
    return Assessment(
        engine=ENGINE_VERSION,
        day=law.day,
        change_set=law.change_set,
        ruleset=law.ruleset,
        currency=CURRENCY,
        items=valuation.items,
        value=valuation.total,
        lines=tuple(lines),
        totals=totals,
        total=sum((amount for _, amount in totals), Decimal("0.00")),
        guaranteed=sum((line.amount for line in lines if not line.payable), Decimal("0.00")),
        problems=tuple(problems),
    )


def _totals(lines: Sequence[PaymentLine], law: Law) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.payable:
            sums[line.kind] = sums.get(line.kind, Decimal("0.00")) + line.amount
    return tuple((formula.kind, sums[formula.kind]) for formula in law.formulas if formula.kind in sums)


class _ItemRun:
    """The payments of one item, kind after kind: later kinds see the amounts of earlier ones."""

    def __init__(
        self, item: Facts, number: int, value: Decimal, regime: str, payment: str, form: Form, law: Law,
        quotas: Mapping[str, QuotaBalance],
    ) -> None:  # fmt: skip
        self.item, self.number, self.regime, self.payment = item, number, regime, payment
        self.form, self.law, self.quotas = form, law, quotas
        self.known: dict[str, Decimal] = {"value": value}
        self.problems: list[Problem] = []

    def lines(self) -> list[PaymentLine]:
        lines: list[PaymentLine] = []
        for formula in self.law.formulas:
            if formula.scope != "item":
                continue
            line = self.line(formula)
            if self.problems:
                return lines  # a later kind would be computed on a base that is not known
            self.known[formula.kind] = line.amount if line else Decimal("0.00")
            if line:
                lines.append(line)
        return lines

    def line(self, formula: Formula) -> PaymentLine | None:
        choice = choose(formula.kind, self.item, self.regime, self.law, self.quotas)
        if self.payment == NOT_DUE and not (choice.general and choice.general.regime):
            return None
        if choice.general is None:
            if formula.mandatory:
                code = str(self.item.get("goods_code") or "")
                values = (("code", code), ("day", self.law.day.isoformat()), ("kind", formula.kind))
                self.problem("measure_missing", "goods_code", values)
            return None
        try:
            line = self.compute(formula, choice.general, choice.rejected)
            if choice.preferential is not None:
                line = self.better(line, self.compute(formula, choice.preferential, choice.rejected))
        except _Missing as missing:
            self.problems.append(missing.problem)
            return None
        return line

    def better(self, general: PaymentLine, preferential: PaymentLine) -> PaymentLine:
        """The lower of the two; the other is kept as rejected with its amount."""
        if preferential.amount <= general.amount:
            kept, other, reason = preferential, general, "preference_is_lower"
        else:
            kept, other, reason = general, preferential, "general_rate_is_lower"
        put_aside = Rejected(other.measure, reason, (("amount", str(other.amount)), ("rate", other.rate)))
        return replace(kept, rejected=(*kept.rejected, put_aside))

    def problem(self, code: str, field: str, values: tuple[tuple[str, str], ...]) -> None:
        self.problems.append(Problem(code, Severity.ERROR, f"items/{self.number}/{field}", values))

    def compute(self, formula: Formula, measure: Measure, rejected: tuple[Rejected, ...]) -> PaymentLine:
        try:
            program = program_for(formula.text, measure.components)
        except FormulaRefused as refused:
            values = (("name", measure.id), ("value", measure.rate))
            raise _Missing(
                Problem("number_too_large", Severity.ERROR, f"items/{self.number}/goods_code", values)
            ) from refused
        used = {name: self.input(name) for name in program.inputs}
        base = base_program(formula.text)
        try:
            amount = program.result({name: scaled(name, number) for name, number in used.items()})
            base_values = {name: scaled(name, self.known[name]) for name in base.inputs} if base else {}
        except InputRefused as refused:
            values = (("name", refused.name), ("value", str(refused.value)))
            raise _Missing(Problem("number_too_large", Severity.ERROR, f"items/{self.number}", values)) from refused
        base_amount = base.result(base_values) if base else self.known["value"]
        working = steps_of(measure.components, base_amount, used)
        return PaymentLine(
            item=self.number,
            kind=formula.kind,
            base=base_amount,
            base_currency=CURRENCY,
            base_unit="",
            rate=write_rate(measure.components),
            amount=amount,
            payable=self.payment == DUE,
            measure=measure.id,
            level=measure.code,
            text=one_line(working, amount),
            working=(*working, Step("round", (formula.text,), str(amount))),
            cites=(str(measure.cites), str(formula.cites)),
            rejected=rejected,
        )

    def input(self, name: str) -> Decimal:
        """The number behind an input of a formula. Raises _Missing, never guesses."""
        if name.startswith("quantity_"):
            return self.quantity(name.removeprefix("quantity_"))
        if name.startswith("exchange_"):
            currency = name.removeprefix("exchange_")
            rate = self.law.exchange(currency)
            if rate is None:
                values = (("currency", currency), ("day", self.law.day.isoformat()))
                path = f"items/{self.number}/goods_code"
                raise _Missing(Problem("exchange_rate_missing", Severity.ERROR, path, values))
            return rate.rate / rate.per
        return self.known.get(name, Decimal("0.00"))

    def quantity(self, unit: str) -> Decimal:
        if unit == "KGM" and self.item.get("net_mass") is not None:
            return Decimal(self.item["net_mass"]).scaleb(-self.form.item["net_mass"].scale)
        for suffix in ("", "_2", "_3"):
            quantity = self.item.get(f"supplementary_quantity{suffix}")
            declared = self.item.get(f"supplementary_unit{suffix}")
            times = {unit: Decimal(1)}
            times |= {name: factor for name, (small, factor) in SMALLER_UNIT.items() if small == unit}
            if quantity is not None and declared in times:
                return Decimal(quantity).scaleb(-self.form.item["supplementary_quantity"].scale) * times[declared]
        path = f"items/{self.number}/{'net_mass' if unit == 'KGM' else 'supplementary_quantity'}"
        raise _Missing(Problem("quantity_missing", Severity.ERROR, path, (("unit", unit),)))


def _declaration_lines(law: Law, value: Decimal, lines: list[PaymentLine], problems: list[Problem]) -> None:
    """Fees on the declaration as a whole, from their bracket tables. An empty table is said, never guessed."""
    for formula in law.formulas:
        if formula.scope != "declaration":
            continue
        steps = law.brackets(formula.kind)
        reached: Bracket | None = None
        for step in steps:
            reached = step if step.above < value or (step.above == 0 and reached is None) else reached
        if reached is None:
            if formula.mandatory:
                problems.append(Problem("fee_unknown", Severity.NOTICE, "value_total", (("kind", formula.kind),)))
            continue
        components = _fee_rate(reached)
        program = program_for(formula.text, components)
        used = {"value": value}
        for name in program.inputs:
            if name.startswith("exchange_"):
                rate = law.exchange(name.removeprefix("exchange_"))
                if rate is None:
                    values = (("currency", name.removeprefix("exchange_")), ("day", law.day.isoformat()))
                    problems.append(Problem("exchange_rate_missing", Severity.ERROR, "value_total", values))
                    break
                used[name] = rate.rate / rate.per
        else:
            amount = program.result({name: scaled(name, used[name]) for name in program.inputs})
            working = steps_of(components, value, used)
            lines.append(
                PaymentLine(
                    item=0,
                    kind=formula.kind,
                    base=value,
                    base_currency=CURRENCY,
                    base_unit="",
                    rate=write_rate(components),
                    amount=amount,
                    payable=True,
                    measure=f"{formula.kind}>{reached.above}",
                    level="",
                    text=one_line(working, amount),
                    working=(*working, Step("round", (formula.text,), str(amount))),
                    cites=tuple(filter(None, (reached.cites, str(formula.cites)))),
                )
            )


def _fee_rate(bracket: Bracket) -> tuple[RateComponent, ...]:
    parts = [RateComponent("first", bracket.amount, percent=False, currency=bracket.currency)]
    if bracket.percent:
        parts.append(RateComponent("+", bracket.percent, percent=True))
    if bracket.cap is not None:
        parts.append(RateComponent("max", bracket.cap, percent=False, currency=bracket.currency))
    return tuple(parts)
