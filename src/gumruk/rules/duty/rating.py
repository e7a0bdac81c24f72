"""What the law of a day says about a goods code before anything is declared: rates, conditions, what is not known.

Nothing is computed: a rate is told as it is written. A kind without a known rate says why, and is never left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from gumruk.law.day import Law
from gumruk.law.types import Confidence, Measure
from gumruk.rules.duty.choosing import Asked
from gumruk.rules.duty.planning import item_plan
from gumruk.rules.duty.types import Pairs
from gumruk.rules.rates import write_rate


@dataclass(frozen=True, slots=True)
class Rate:
    """One payment kind of a code: the rate that answers for the origin and regime, or the problem that stands in its way."""

    kind: str
    rate: str
    level: str
    cites: tuple[str, ...]
    confidence: Confidence | None
    problem: str = ""
    values: Pairs = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Another measure of the code: a preference, a relief, a quota, documents that it asks for."""

    kind: str
    rate: str
    area: str
    regime: str
    preference: str
    beneficiary: str
    quota: str
    documents: tuple[str, ...]
    cites: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Rating:
    """Everything that is known of a code for an origin and a regime on the law's day."""

    rates: tuple[Rate, ...]
    conditions: tuple[Condition, ...]


def rating_of(law: Law, code: str, *, origin: str = "", regime: str = "") -> Rating:
    """Rates of the code for an origin and a regime, and the measures that depend on more than these."""
    asked = Asked(code, origin, regime, "", "", "", frozenset())
    rates = []
    for plan in item_plan(law, asked, frozenset()):
        if plan.general is not None:
            measure = plan.general.measure
            rates.append(
                Rate(
                    plan.formula.kind,
                    plan.general.rate,
                    measure.code,
                    plan.general.cites,
                    measure.confidence,
                    units=plan.units,
                )
            )
        else:
            problem, values = plan.problem or ("rate_unknown", ())
            rates.append(Rate(plan.formula.kind, "", "", (str(plan.formula.cites),), None, problem, values, plan.units))
    kinds = [formula.kind for formula in law.formulas if formula.scope == "item"]
    conditions = [
        _condition(one) for kind in kinds for one in law.measures(kind, code) if _conditional(one, asked, law)
    ]
    return Rating(tuple(rates), tuple(conditions))


def _conditional(measure: Measure, asked: Asked, law: Law) -> bool:
    """Measures for this origin and regime that ask for something more than being these goods."""
    if measure.regime and asked.regime and measure.regime != asked.regime:
        return False
    if asked.origin and (
        not law.in_area(asked.origin, measure.area) or any(law.in_area(asked.origin, one) for one in measure.excluded)
    ):
        return False
    more = (measure.preference, measure.beneficiary, measure.quota, measure.documents)
    return any(more) or bool(measure.area and not asked.origin)


def _condition(measure: Measure) -> Condition:
    rate = f"{measure.share:f}%" if measure.share is not None else write_rate(measure.components)
    return Condition(
        measure.kind, rate, measure.area, measure.regime, measure.preference, measure.beneficiary, measure.quota,
        tuple(sorted(measure.documents)), str(measure.cites), measure.confidence,
    )  # fmt: skip
