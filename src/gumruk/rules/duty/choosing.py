"""Which measures answer for an item: code and ancestors, area, regime, preference; and why others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gumruk.law.day import Law
from gumruk.law.types import Measure
from gumruk.rules.duty.types import QuotaBalance, Rejected
from gumruk.rules.form import Facts


@dataclass(frozen=True, slots=True)
class Choice:
    """The measures to compute: the general one, the preferential one when eligible, and what was put aside."""

    general: Measure | None
    preferential: Measure | None
    rejected: tuple[Rejected, ...]


def choose(kind: str, item: Facts, regime: str, law: Law, quotas: Mapping[str, QuotaBalance]) -> Choice:
    """The most specific general and preferential measure of `kind` for an item."""
    general: Measure | None = None
    preferential: Measure | None = None
    rejected: list[Rejected] = []
    claimed = item.get("preference") or item.get("relief") or ""
    for measure in law.measures(kind, str(item.get("goods_code") or "")):
        reason = _objection(measure, item, regime, str(claimed), law, quotas)
        if reason:
            rejected.append(Rejected(measure.id, reason))
        elif measure.preference:
            preferential, put_aside = _keep(preferential, measure)
            rejected += put_aside
        else:
            general, put_aside = _keep(general, measure)
            rejected += put_aside
    return Choice(general, preferential, tuple(rejected))


def _keep(standing: Measure | None, measure: Measure) -> tuple[Measure, list[Rejected]]:
    # Measures come most specific first; at the same level one for a named area or regime beats one for all.
    if standing is None:
        return measure, []
    narrower = len(measure.code) == len(standing.code) and _narrowness(measure) > _narrowness(standing)
    kept, dropped = (measure, standing) if narrower else (standing, measure)
    return kept, [Rejected(dropped.id, "more_specific_measure", (("by", kept.id),))]


def _narrowness(measure: Measure) -> int:
    return 2 * bool(measure.area) + bool(measure.regime)


def _objection(
    measure: Measure, item: Facts, regime: str, claimed: str, law: Law, quotas: Mapping[str, QuotaBalance]
) -> str:
    origin = str(item.get("item_origin_country") or "")
    if measure.regime and measure.regime != regime:
        return "other_regime"
    if measure.area and not law.in_area(origin, measure.area):
        return "other_origin"
    if any(law.in_area(origin, area) for area in measure.excluded):
        return "origin_excluded"
    if measure.preference and measure.preference != claimed:
        return "preference_not_claimed"
    if measure.beneficiary and measure.beneficiary != item.get("beneficiary"):
        return "other_beneficiary"
    if measure.quota and (measure.quota not in quotas or quotas[measure.quota].left <= 0):
        return "quota_used_up"
    return ""
