"""What can be worked out once for a law: programs of rates and formulas, and the choice of measures for a kind of item.

A plan is kept in the law's `memo`, so a second item of the same code, origin and claims costs only its arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gumruk.law.day import Law
from gumruk.law.types import Formula, Measure
from gumruk.rules.duty.choosing import Asked, Choice, choose
from gumruk.rules.duty.lines import LinePlan, PlanRefused, declared_unit, exchange_input, line_plan
from gumruk.rules.duty.types import Pairs, Rejected
from gumruk.rules.formula import inputs_of, read_formula
from gumruk.rules.formula.tree import Node, Round
from gumruk.rules.rates import read_rate

_KEPT = 50_000  # plans of one law; a year of declarations has fewer kinds of item
_ANY_RATE = read_rate("0%")


@dataclass(frozen=True, slots=True)
class KindPlan:
    """One payment kind for a kind of item: what to compute, or the problem that stands in its way."""

    formula: Formula
    general: LinePlan | None
    others: tuple[LinePlan, ...]  # claimed preferences and reliefs
    rejected: tuple[Rejected, ...]
    quotas: tuple[tuple[str, str], ...]  # quota, measure
    units: tuple[str, ...]  # of the quantities that the general rate needs
    problem: tuple[str, Pairs] | None


@dataclass(frozen=True, slots=True)
class LawPlan:
    """What the formulas of a law need, whatever the item: names that start at zero, rates of exchange, scales."""

    formulas: tuple[Formula, ...]
    names: Mapping[str, int]
    scales: Mapping[str, int]
    documents: frozenset[str]


@lru_cache(maxsize=256)
def _tree(text: str) -> Node:
    return read_formula(text, _ANY_RATE)


def law_plan(law: Law) -> LawPlan:
    """The plan of a law, made once."""
    plan = law.memo.get("plan")
    if plan is None:
        plan = law.memo["plan"] = _law_plan(law)
    return plan


def _law_plan(law: Law) -> LawPlan:
    names, scales = {"value": 0}, {}
    formulas = tuple(formula for formula in law.formulas if formula.scope in ("item", "declaration"))
    for formula in formulas:
        tree = _tree(formula.text)
        names |= {name: 0 for name in inputs_of(tree) if not name.startswith(("quantity_", "exchange_"))}
        digits = tree.digits if isinstance(tree, Round) else 2
        if digits != 2:
            scales[formula.kind] = digits
    for currency in law.currencies:
        try:
            names[f"exchange_{currency}"] = exchange_input(law, currency)
        except PlanRefused:
            continue  # said by the measure that needs it
    documents = frozenset(kind for measure in law.every_measure() for kind in measure.documents)
    return LawPlan(formulas, names, scales, documents)


def item_plan(law: Law, asked: Asked, without: frozenset[str]) -> tuple[KindPlan, ...]:
    """What is computed for an item, kind after kind. `without` are quotas that are not to be had."""
    key = (asked, without)
    plan = law.memo.get(key)
    if plan is None:
        if len(law.memo) > _KEPT:
            law.memo.clear()
        plan = law.memo[key] = _item_plan(law, asked, without)
    return plan


def _item_plan(law: Law, asked: Asked, without: frozenset[str]) -> tuple[KindPlan, ...]:
    regime = law.attributes("regime", asked.regime)
    wanted = [
        formula
        for formula in law.formulas
        if formula.scope == "item" and (not formula.direction or formula.direction == regime.get("direction"))
    ]
    # Where a regime owes nothing, only a measure that names it is charged.
    named_only = regime.get("payment") == "not_due"
    plans = (_kind_plan(formula, asked, law, without, named_only=named_only) for formula in wanted)
    return tuple(plan for plan in plans if plan is not None)


def _kind_plan(
    formula: Formula, asked: Asked, law: Law, without: frozenset[str], *, named_only: bool
) -> KindPlan | None:
    choice = choose(formula.kind, asked, law, without)
    general = choice.general
    if named_only and not (general and general.regime):
        return None
    problem = _problem(formula, choice, asked, law)
    units = (
        tuple(dict.fromkeys(declared_unit(part.unit) for part in general.components if part.unit)) if general else ()
    )
    if problem is not None or general is None:
        return KindPlan(formula, None, (), (), choice.quotas, units, problem) if problem else None
    scales = law_plan(law).scales
    try:
        plan = line_plan(formula, general, law, scales)
        others = tuple(line_plan(formula, one, law, scales) for one in choice.claimed) + tuple(
            line_plan(formula, one, law, scales, normal=general) for one in choice.reliefs
        )
    except PlanRefused as refused:
        return KindPlan(formula, None, (), (), choice.quotas, units, (refused.code, refused.values))
    return KindPlan(formula, plan, others, choice.rejected, choice.quotas, units, None)


def _problem(formula: Formula, choice: Choice, asked: Asked, law: Law) -> tuple[str, Pairs] | None:
    values = (("code", asked.code), ("day", law.day.isoformat()), ("kind", formula.kind))
    if choice.conflict:
        one, two = choice.conflict
        return "measures_conflict", (("kind", formula.kind), ("one", one.id), ("two", two.id))
    if choice.general is None:
        return ("measure_missing", values) if formula.mandatory else None
    if any(_unknown(measure) for measure in (choice.general, *choice.claimed)):
        return "rate_unknown", values
    return None


def _unknown(measure: Measure) -> bool:
    return not measure.components and measure.share is None
