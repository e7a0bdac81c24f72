"""Fees on the declaration as a whole, from their bracket tables. An empty table is said, never guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gumruk.law.day import Law
from gumruk.law.types import Bracket, Citation, Confidence, Formula, Measure, RateComponent
from gumruk.rules.duty.lines import LinePlan, PlanRefused, line_plan
from gumruk.rules.duty.planning import law_plan
from gumruk.rules.duty.texts import decimal_from
from gumruk.rules.duty.types import PaymentLine, Problem
from gumruk.rules.types import Severity


def fee_lines(law: Law, values: Mapping[str, int]) -> tuple[list[PaymentLine], list[Problem]]:
    """The fees of a declaration whose `value` and sums of kinds are `values`, as scaled integers."""
    lines: list[PaymentLine] = []
    problems: list[Problem] = []
    for formula in law_plan(law).formulas:
        if formula.scope != "declaration":
            continue
        place, bracket = _reached(law.brackets(formula.kind), values["value"])
        if bracket is None:
            if formula.mandatory:
                problems.append(Problem("fee_unknown", Severity.NOTICE, "value_total", (("kind", formula.kind),)))
            continue
        try:
            plan = _plan(law, formula, place, bracket)
        except PlanRefused as refused:
            problems.append(Problem(refused.code, Severity.ERROR, "value_total", refused.values))
            continue
        lines.append(plan.line(0, plan.trace(values), values, (), payable=True))
    return lines, problems


def _reached(brackets: Sequence[Bracket], value: int) -> tuple[int, Bracket | None]:
    """The highest step that the value is above; the first step holds for a value of zero too."""
    place, reached = -1, None
    amount = decimal_from(value, 2)
    for number, step in enumerate(brackets):
        if step.above < amount or (step.above == 0 and reached is None):
            place, reached = number, step
    return place, reached


def _plan(law: Law, formula: Formula, place: int, bracket: Bracket) -> LinePlan:
    key = ("fee", formula.kind, place)
    plan = law.memo.get(key)
    if plan is None:
        measure = Measure(
            id=f"{formula.kind}>{bracket.above}", kind=formula.kind, code="", rate="", components=_rate(bracket),
            since=formula.since, until=formula.until, cites=Citation.read(bracket.cites), confidence=Confidence.UNKNOWN,
        )  # fmt: skip
        plan = law.memo[key] = line_plan(formula, measure, law, law_plan(law).scales)
    return plan


def _rate(bracket: Bracket) -> tuple[RateComponent, ...]:
    flat = RateComponent("first", bracket.amount, percent=False, currency=bracket.currency)
    parts = [flat]
    if bracket.percent:
        parts.append(RateComponent("+", bracket.percent, percent=True))
    if bracket.cap is not None:
        parts.append(replace(flat, op="max", amount=bracket.cap))
    return tuple(parts)
