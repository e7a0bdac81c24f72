"""Reads stored assessments and quota balances."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from gumruk.law.types import Quota
from gumruk.rules.duty import QuotaBalance, from_json
from gumruk.tariff.models import Assessment as AssessmentRow
from gumruk.tariff.models import Quota as QuotaRow
from gumruk.tariff.models import QuotaEntry
from gumruk.tariff.types import QuotaMove, StoredAssessment


def _stored(row: AssessmentRow) -> StoredAssessment:
    return StoredAssessment(
        row.id, row.number, row.version, row.day, row.change_set, row.ruleset, row.at, from_json(row.result.encode())
    )


def assessments(*, declaration: uuid.UUID) -> tuple[StoredAssessment, ...]:
    """Every assessment of a declaration, newest first; one query."""
    return tuple(_stored(row) for row in AssessmentRow.objects.filter(root=declaration).order_by("-id"))


def latest(*, declaration: uuid.UUID) -> StoredAssessment | None:
    """The newest assessment; one query."""
    row = AssessmentRow.objects.filter(root=declaration).order_by("-id").first()
    return _stored(row) if row else None


def newest(*, limit: int) -> tuple[tuple[uuid.UUID, StoredAssessment], ...]:
    """The assessments stored last, each with its declaration; one query. Used to see what a change of law would do."""
    return tuple((row.root, _stored(row)) for row in AssessmentRow.objects.order_by("-id")[:limit])


def quota_balances(*, quotas: Iterable[Quota], declaration: uuid.UUID | None = None) -> dict[str, QuotaBalance]:
    """What is left of the law's quotas now, what `declaration` itself holds counted as left; two queries at most."""
    allotted = {quota.id: quota for quota in quotas}
    if not allotted:
        return {}
    rows = QuotaRow.objects.filter(quota__in=allotted)
    used = {(row.quota, row.since): row.used for row in rows}
    held = held_by(declaration=declaration) if declaration else {}
    return {
        name: QuotaBalance(quota.volume - used.get(key, Decimal(0)) + held.get(key, Decimal(0)), quota.unit)
        for name, quota in allotted.items()
        for key in [(name, quota.since)]
    }


def held_by(*, declaration: uuid.UUID) -> dict[tuple[str, date], Decimal]:
    """What a declaration holds of each quota period now; one query."""
    rows = QuotaEntry.objects.filter(root=declaration).values_list("quota", "since").annotate(held=Sum("amount"))
    return {(quota, since): held for quota, since, held in rows if held}


def quota_moves(*, quota: str) -> tuple[QuotaMove, ...]:
    """The ledger of a quota, oldest first; one query."""
    rows = QuotaEntry.objects.filter(quota=quota).order_by("at", "id")
    return tuple(QuotaMove(row.quota, row.root, row.amount, row.left, row.reason, row.at) for row in rows)
