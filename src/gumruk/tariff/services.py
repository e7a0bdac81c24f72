"""Stores assessments and keeps the ledger of quotas."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gumruk.law.types import Quota
from gumruk.rules.duty import Assessment, QuotaBalance, to_json
from gumruk.tariff import selectors
from gumruk.tariff.models import Assessment as AssessmentRow
from gumruk.tariff.models import Quota as QuotaRow
from gumruk.tariff.models import QuotaEntry
from gumruk.tariff.types import QuotaRefused, StoredAssessment
from gumruk.toolkit import rows
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.serials import next_serial


def store(
    *,
    declaration: uuid.UUID,
    office: str,
    month: date,
    version: int,
    result: Assessment,
    by: uuid.UUID | None,
    at: datetime,
) -> StoredAssessment:
    """Keep what was computed, with a serial of the office and year. Used by clearance, inside its transaction."""
    year = law_day(at).year
    number = f"{office}/{year}/L{next_serial(kind='assessment', office=office, year=year)}"
    row = AssessmentRow(
        root=declaration,
        office=office,
        month=month,
        number=number,
        version=version,
        day=result.day,
        change_set=result.change_set,
        ruleset=result.ruleset,
        engine=result.engine,
        result=to_json(result).decode(),
        total=result.total,
        by=by,
        at=at,
    )
    rows.add(row)
    return StoredAssessment(row.id, number, version, result.day, result.change_set, result.ruleset, at, result)


def hold_quotas(*, quotas: Iterable[Quota], declaration: uuid.UUID) -> dict[str, QuotaBalance]:
    """The balances for judging `declaration`, locked until the caller's transaction ends: what fits will still fit.

    Used by: clearance, before it assesses what it means to register. Where the law now allots less than is used, the
    balance is below zero and nobody gets more; what was reserved stands.
    """
    wanted = sorted(quotas, key=lambda quota: quota.id)  # one order for everybody: no deadlock
    for quota in wanted:
        row, made = QuotaRow.objects.get_or_create(
            quota=quota.id, since=quota.since, defaults={"unit": quota.unit, "allotted": quota.volume}
        )
        row = QuotaRow.objects.select_for_update().get(id=row.id)
        if not made and row.used <= quota.volume != row.allotted:
            row.allotted = quota.volume
            row.save(update_fields=["allotted"])
    return selectors.quota_balances(quotas=wanted, declaration=declaration)


@transaction.atomic
def reserve_quotas(
    *,
    declaration: uuid.UUID,
    office: str,
    month: date,
    quotas: Iterable[Quota],
    result: Assessment,
    assessment: uuid.UUID | None,
    by: uuid.UUID | None,
    at: datetime,
) -> None:
    """Make what a declaration holds of quotas what its assessment uses: reserves more, releases what it no longer needs.

    Used by: clearance, when it stores an assessment, an amended one too. Raises QuotaRefused `quota_overdrawn`.
    """
    law = {quota.id: quota for quota in quotas}
    held = selectors.held_by(declaration=declaration)
    wanted = {(use.quota, law[use.quota].since): use.used for use in result.quotas if use.used}
    for key in sorted(held.keys() | wanted.keys()):
        change = wanted.get(key, Decimal(0)) - held.get(key, Decimal(0))
        if not change:
            continue
        name, since = key
        if key in wanted:
            quota = law[name]
            QuotaRow.objects.get_or_create(
                quota=name, since=since, defaults={"unit": quota.unit, "allotted": quota.volume}
            )
        _move(name, since, change, "assessed", declaration, office, month, assessment, by, at)


@transaction.atomic
def release_quotas(
    *, declaration: uuid.UUID, office: str, month: date, reason: str, by: uuid.UUID | None, at: datetime
) -> None:
    """Give back all that a declaration holds of quotas. Used by: clearance, at rejection and cancellation.

    Safe to run twice: the second time nothing is held.
    """
    for (name, since), held in sorted(selectors.held_by(declaration=declaration).items()):
        _move(name, since, -held, reason, declaration, office, month, None, by, at)


def _move(
    name: str, since: date, change: Decimal, reason: str, declaration: uuid.UUID, office: str, month: date,
    assessment: uuid.UUID | None, by: uuid.UUID | None, at: datetime,
) -> None:  # fmt: skip
    row = QuotaRow.objects.select_for_update().get(quota=name, since=since)
    left = row.allotted - row.used - change
    if change > 0 and left < 0:
        raise QuotaRefused("quota_overdrawn", quota=name, needed=str(change), left=str(row.allotted - row.used))
    row.used += change
    row.save(update_fields=["used"])
    QuotaEntry.objects.create(
        root=declaration, office=office, month=month, quota=name, since=since, amount=change, left=left, reason=reason,
        assessment=assessment, by=by, at=at,
    )  # fmt: skip
