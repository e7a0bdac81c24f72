"""Which measures answer for an item: code and ancestors, area, regime, claim, documents; and why others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gumruk.law.day import Law
from gumruk.law.types import Measure
from gumruk.rules.duty.types import Rejected


class Asked(NamedTuple):
    """What of an item the choice depends on. Equal ones are answered alike, so answers are kept."""

    code: str
    origin: str
    regime: str
    preference: str
    relief: str
    beneficiary: str
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """The measures to compute: the general one, one for each claim that is met, reliefs; and what was put aside."""

    general: Measure | None
    claimed: tuple[Measure, ...]
    reliefs: tuple[Measure, ...]
    rejected: tuple[Rejected, ...]
    conflict: tuple[Measure, Measure] | None
    quotas: tuple[tuple[str, str], ...]  # the quota of each measure that is open to the item but for its quota


def choose(kind: str, asked: Asked, law: Law, without: frozenset[str] = frozenset()) -> Choice:
    """The most specific measure of `kind` for each claim. Quotas named in `without` are not to be had."""
    rejected: list[Rejected] = []
    standing: dict[tuple[str, bool], Measure] = {}
    conflicts: list[tuple[Measure, Measure]] = []
    quotas: list[tuple[str, str]] = []
    for measure in law.measures(kind, asked.code):
        reason = _objection(measure, asked, law)
        if reason:
            rejected.append(Rejected(measure.id, reason))
            continue
        if measure.quota:
            quotas.append((measure.quota, measure.id))
            if measure.quota in without:
                continue  # the caller says why, with the numbers
        programme = (measure.preference, measure.share is not None)
        other = standing.setdefault(programme, measure)
        if other is measure:
            continue
        one, two = _rank(other, asked), _rank(measure, asked)
        if one == two:
            conflicts.append((other, measure))
            continue
        kept, dropped = (measure, other) if two > one else (other, measure)
        standing[programme] = kept
        rejected.append(Rejected(dropped.id, "more_specific_measure", (("by", kept.id),)))
    general = standing.pop(("", False), None)
    claimed = tuple(measure for (_, relief), measure in standing.items() if not relief)
    reliefs = tuple(measure for (_, relief), measure in standing.items() if relief)
    # Two equals matter only while one of them stands: a more specific measure settles it.
    stand = (general, *claimed, *reliefs)
    conflict = next((pair for pair in conflicts if any(measure in pair for measure in stand)), None)
    return Choice(general, claimed, reliefs, tuple(rejected), conflict, tuple(quotas))


def _rank(measure: Measure, asked: Asked) -> tuple[int, ...]:
    """How narrowly a measure is meant. The level of the code first; a country before a group before every origin."""
    area = 2 if measure.area and measure.area == asked.origin else int(bool(measure.area))
    known = bool(measure.components) or measure.share is not None
    conditions = (bool(measure.regime), bool(measure.beneficiary), bool(measure.documents), bool(measure.quota), known)
    return (len(measure.code), area, *map(int, conditions))


def _objection(measure: Measure, asked: Asked, law: Law) -> str:
    if measure.regime and measure.regime != asked.regime:
        return "other_regime"
    if measure.area and not law.in_area(asked.origin, measure.area):
        return "other_origin"
    if any(law.in_area(asked.origin, area) for area in measure.excluded):
        return "origin_excluded"
    if measure.preference and measure.preference not in (asked.preference, asked.relief):
        return "preference_not_claimed"
    if measure.beneficiary and measure.beneficiary != asked.beneficiary:
        return "other_beneficiary"
    if measure.documents and not measure.documents & asked.documents:
        return "document_missing"
    return ""
