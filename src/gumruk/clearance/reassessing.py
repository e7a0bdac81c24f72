"""Payments computed again by an officer: shown beside what is stored, confirmed with a reason, never put over silently."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from gumruk.clearance.advancing import advance
from gumruk.clearance.judging import Judgement, judge
from gumruk.clearance.lodging import assess_and_charge
from gumruk.clearance.replaying import differences
from gumruk.clearance.steps import require
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves, selectors
from gumruk.declarations.types import State
from gumruk.rules.duty import Assessment, to_json
from gumruk.tariff import selectors as tariff
from gumruk.tariff.types import LineDifference, StoredAssessment
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Person, Role


@dataclass(frozen=True, slots=True)
class Reassessment:
    """What is stored beside what the law of the registration day gives now; `seal` names exactly this result."""

    stored: StoredAssessment
    now: Assessment
    differences: tuple[LineDifference, ...]
    blocking: bool
    seal: str

    @property
    def same(self) -> bool:
        return not self.differences and self.stored.result.total == self.now.total


def seal_of(stored: StoredAssessment, now: Assessment) -> str:
    """Names a pair of assessments: what was shown is what is confirmed."""
    return hashlib.sha256(stored.id.bytes + to_json(now)).hexdigest()[:32]


def reassessment(*, declaration: uuid.UUID, registered_at: datetime) -> Reassessment:
    """What assessing again would give. Writes nothing. Raises ClearanceRefused `never_assessed`."""
    stored = _stored(declaration)
    content = selectors.version(declaration=declaration, number=stored.version).content
    return _compared(stored, judge(content, law_day(registered_at), declaration=declaration))


def reassess(*, declaration: uuid.UUID, seal: str, reason: str, by: Person, at: datetime) -> None:
    """Store the new assessment and post what changed to the ledger, with the officer's reason.

    `seal` is that of the comparison which the officer saw. Raises ClearanceRefused `no_right`, `not_now`,
    `reason_missing`, `never_assessed`, `amendment_waits`, `not_clean`, `nothing_differs`, `other_result`.
    """
    with moves.changing(declaration) as row:
        if not (by.may(Role.OFFICER, row.office) or by.may(Role.SUPERVISOR, row.office)):
            raise ClearanceRefused("no_right", role=Role.OFFICER.value, office=row.office)
        if not reason.strip():
            raise ClearanceRefused("reason_missing", act="reassess")
        target = require(State(row.state), "reassess")
        if moves.proposed(row) is not None:
            raise ClearanceRefused("amendment_waits")
        stored, version = _stored(row.id), moves.version_of(row, row.version)
        judgement = judge(moves.content_of(version), law_day(row.registered_at or at), declaration=row.id, hold=True)
        found = _compared(stored, judgement)
        if found.blocking:
            raise ClearanceRefused("not_clean", findings=", ".join(sorted({f.code for f in judgement.findings})))
        if found.same:
            raise ClearanceRefused("nothing_differs")
        if found.seal != seal:
            raise ClearanceRefused("other_result")
        details = {"before": str(stored.result.total), "after": str(found.now.total), "lines": len(found.differences)}
        moves.move(row, target, "reassessed", by=by, at=at, reason=reason, details=details)
        assess_and_charge(row, version.number, judgement, by=by, at=at)
        advance(row, at=at)


def _stored(declaration: uuid.UUID) -> StoredAssessment:
    stored = tariff.latest(declaration=declaration)
    if stored is None:
        raise ClearanceRefused("never_assessed")
    return stored


def _compared(stored: StoredAssessment, judgement: Judgement) -> Reassessment:
    now = judgement.assessment
    return Reassessment(stored, now, differences(stored.result, now), judgement.blocking, seal_of(stored, now))
