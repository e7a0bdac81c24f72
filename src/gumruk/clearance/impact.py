"""What a draft of law would have done to the assessments stored last: the standing law beside the law with the draft."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk.clearance.replaying import assessed, differences
from gumruk.law.day import Law
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook import services as lawbook_services
from gumruk.lawbook.types import Acting
from gumruk.reference import selectors as reference
from gumruk.rules.duty import Assessment
from gumruk.rules.form import Form
from gumruk.tariff import selectors as tariff

NOTHING = Decimal("0.00")
SHOWN = 20


@dataclass(slots=True)
class _Sums:
    """Totals of one payment kind under both laws."""

    before: Decimal = NOTHING
    after: Decimal = NOTHING


@dataclass(slots=True)
class _Seen:
    """What was found so far."""

    looked_at: int = 0
    changed: list[tuple[Decimal, str, str, int]] = field(default_factory=list)
    kinds: dict[str, _Sums] = field(default_factory=dict)
    blocked: int = 0

    def add(self, number: str, before: Assessment, after: Assessment) -> None:
        self.looked_at += 1
        for kind, amount in before.totals:
            self.kinds.setdefault(kind, _Sums()).before += amount
        for kind, amount in after.totals:
            self.kinds.setdefault(kind, _Sums()).after += amount
        self.blocked += before.complete and not after.complete
        lines = differences(before, after)
        if lines or before.total != after.total:
            self.changed.append((after.total - before.total, number, str(before.total), len(lines)))


def impact(*, change_set: uuid.UUID, by: Acting, sample: int = 200) -> Mapping[str, Any]:
    """Compute the newest stored assessments under the standing law and with the draft; kept with the draft.

    Nothing stored is changed. Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `change_set_unknown`.
    """
    lawbook.change_set(change_set)
    standing, drafted = lawbook.snapshot(), lawbook.with_draft(change_set)
    seen = _Seen()
    laws: dict[date, tuple[tuple[Form, Law], ...]] = {}
    for declaration, stored in tariff.newest(limit=sample):
        if stored.day not in laws:
            rates = reference.rates_on(stored.day)
            laws[stored.day] = tuple((one.form(stored.day), one.on(stored.day, rates)) for one in (standing, drafted))
        before, after = (assessed(declaration, stored, form, law) for form, law in laws[stored.day])
        seen.add(stored.number, before, after)
    found = _report(seen, standing.number)
    lawbook_services.keep_impact(change_set=change_set, impact=found, by=by)
    return found


def _report(seen: _Seen, head: int) -> Mapping[str, Any]:
    largest = sorted(seen.changed, key=lambda one: (-abs(one[0]), one[1]))[:SHOWN]
    return {
        "head": head,
        "looked_at": seen.looked_at,
        "changed": len(seen.changed),
        "blocked": seen.blocked,
        "kinds": {kind: {"before": str(sums.before), "after": str(sums.after)} for kind, sums in seen.kinds.items()},
        "largest": [
            {"assessment": number, "before": before, "difference": str(difference), "lines": lines}
            for difference, number, before, lines in largest
        ],
    }
