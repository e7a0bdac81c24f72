"""From an approved draft to law: one transaction, the next number, rows closed and written, a hash over all of it."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Max

from gumruk.lawbook import selectors
from gumruk.lawbook.drafting import locked, require
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import DraftEntry
from gumruk.lawbook.models import Entry as EntryRow
from gumruk.lawbook.overlay import Outcome, lay_over
from gumruk.lawbook.rows import FIELDS, change_set_of, entries_in, entry_row
from gumruk.lawbook.types import (
    APPROVER,
    Acting,
    Change,
    ChangeSet,
    Entry,
    LawbookRefused,
    Status,
    digest_of,
)
from gumruk.toolkit import outbox

_CLOSE = """
UPDATE lawbook_entry SET recorded = int4range(lower(recorded), %s::int4)
FROM unnest(%s::text[], %s::text[], %s::date[]) AS ended(kind, key, since)
WHERE upper_inf(recorded) AND lawbook_entry.kind = ended.kind AND lawbook_entry.key = ended.key
  AND lower(valid) = ended.since
"""
# Above this many keys the open rows are read whole: one scan is cheaper than so many look-ups.
_MANY = 500


def fingerprint(changes: Iterable[Change]) -> str:
    """Hash over what a draft says: a check and an approval hold for exactly this."""
    lines = sorted(
        f"{change.kind} {change.key} {change.since} {change.until} {digest_of(change.entry) if change.entry else '-'}"
        for change in changes
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@transaction.atomic
def approve(*, change_set: uuid.UUID, by: Acting, at: datetime) -> ChangeSet:
    """A second person agrees to a checked draft; from then on it cannot be edited.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `second_person_needed`, `check_missing`,
    `check_failed`, `check_expired`.
    """
    require(by, APPROVER)
    row = locked(change_set, Status.DRAFT)
    _second_person(row, by)
    refuse_unchecked(row, selectors.head())
    row.status, row.approver, row.approver_name, row.approved_at = Status.APPROVED, by.id, by.username, at
    row.save(update_fields=["status", "approver", "approver_name", "approved_at"])
    outbox.add("law.approved", office="", at=at, root=row.id)
    return change_set_of(row)


@transaction.atomic
def publish(*, change_set: uuid.UUID, by: Acting, at: datetime) -> ChangeSet:
    """Make an approved draft law under the next number. In force by its dates alone: nothing runs at midnight.

    Publications wait for each other; one that was checked against another head is refused.
    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `second_person_needed`, `check_failed`, `check_expired`.
    """
    require(by, APPROVER)
    row = locked(change_set, Status.APPROVED)
    _second_person(row, by)
    number = next_number()
    refuse_unchecked(row, number - 1)
    write(row, number, selectors.changes_of(row.id), at)
    return change_set_of(row)


def next_number() -> int:
    """The number of the change set that is being published; whoever else publishes or loads waits until we are done."""
    alone()
    newest = ChangeSetRow.objects.aggregate(number=Max("number"))["number"]
    return (newest or 0) + 1


def alone() -> None:
    """Publications and loads go one after the other, whoever starts them: the lock is held to the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('gumruk.law'))")


def _second_person(row: ChangeSetRow, by: Acting) -> None:
    edited = set(DraftEntry.objects.filter(change_set=row).values_list("by", flat=True))
    if by.id == row.author or by.id in edited:
        raise LawbookRefused("second_person_needed", author=row.author_name)


def refuse_unchecked(row: ChangeSetRow, head: int) -> None:
    """Raises LawbookRefused `check_missing`, `check_expired`, `check_failed`."""
    if row.checked_head is None:
        raise LawbookRefused("check_missing")
    if row.checked_head != head or row.checked_content != fingerprint(selectors.changes_of(row.id)):
        raise LawbookRefused("check_expired", checked=str(row.checked_head), head=str(head))
    if row.faults:
        raise LawbookRefused("check_failed", faults=str(len(row.faults)))


def write(row: ChangeSetRow, number: int, changes: Sequence[Change], at: datetime) -> Outcome:
    """Close and write the rows of a locked change set and seal it. The caller took the number and holds the transaction."""
    row.number, row.status = number, Status.PUBLISHING
    row.save(update_fields=["number", "status"])
    outcome = lay_over(_open_rows(changes), changes)
    _close(outcome.closed, number)
    EntryRow.objects.bulk_create([entry_row(entry, number) for entry in outcome.opened], batch_size=2000)
    row.status, row.published_at, row.content_hash = Status.PUBLISHED, at, _chained(row, outcome)
    row.save(update_fields=["status", "published_at", "content_hash"])
    outbox.add("law.published", office="", at=at, root=row.id, number=number, hash=row.content_hash)
    selectors.forget_head()
    return outcome


def _open_rows(changes: Sequence[Change]) -> Iterable[Entry]:
    rows = EntryRow.objects.filter(recorded__upper_inf=True)
    if len(changes) < _MANY:
        rows = rows.filter(kind__in={change.kind for change in changes}, key__in={change.key for change in changes})
    return entries_in(rows.values_list(*FIELDS))


def _close(ended: Sequence[Entry], number: int) -> None:
    if not ended:
        return
    kinds, keys, days = zip(*((entry.kind, entry.key, entry.since) for entry in ended), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [number, [*kinds], [*keys], [*days]])
        if cursor.rowcount != len(ended):
            raise RuntimeError(f"{cursor.rowcount} rows of law were closed in place of {len(ended)}")


def _chained(row: ChangeSetRow, outcome: Outcome) -> str:
    """Hash over this change set and the one before it: nobody can slip in another past."""
    before = ChangeSetRow.objects.filter(number=(row.number or 0) - 1).values_list("content_hash", flat=True).first()
    lines = [before or "", str(row.number), row.title, row.act]
    lines += sorted(f"-{entry.kind} {entry.key} {entry.digest}" for entry in outcome.closed)
    lines += sorted(f"+{entry.kind} {entry.key} {entry.digest}" for entry in outcome.opened)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
