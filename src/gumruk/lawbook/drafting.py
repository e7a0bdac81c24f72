"""Drafts of law: made, filled, emptied, withdrawn. Nothing of them holds before publication."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from psycopg.types.json import Jsonb
from psycopg.types.range import DateRange

from gumruk.lawbook.bodies import UNWRITABLE, keyed, refuse_unreadable
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import DraftEntry
from gumruk.lawbook.rows import change_set_of, draft_row
from gumruk.lawbook.types import (
    APPROVER,
    EDITOR,
    Acting,
    Change,
    ChangeSet,
    Kind,
    LawbookRefused,
    NewEntry,
    Origin,
    Status,
)
from gumruk.toolkit import outbox


def may(by: Acting, role: str) -> bool:
    """Whether a grant of `role` holds."""
    return any(grant.role == role for grant in by.grants)


def require(by: Acting, role: str) -> None:
    """Raises LawbookRefused `not_allowed`."""
    if not may(by, role):
        raise LawbookRefused("not_allowed", role=role)


def require_either(by: Acting) -> None:
    """Raises LawbookRefused `not_allowed` unless the person writes or approves law."""
    if not may(by, APPROVER):
        require(by, EDITOR)


def locked(change_set: uuid.UUID, *allowed: Status) -> ChangeSetRow:
    """The change set, locked, when it stands where the step may start. Raises LawbookRefused."""
    row = ChangeSetRow.objects.select_for_update().filter(id=change_set).first()
    if row is None:
        raise LawbookRefused("change_set_unknown", number=str(change_set))
    if row.status not in allowed:
        raise LawbookRefused("not_in_that_state", status=row.status)
    return row


def _refuse_text(name: str, text: str, most: int) -> None:
    if len(text) > most or UNWRITABLE.search(text):
        raise LawbookRefused("text_refused", name=name, most=str(most))


def draft_change_set(
    *, title: str, reason: str, act: str, by: Acting, at: datetime, origin: Origin = Origin.EDITED
) -> ChangeSet:
    """Begin a change of law. `act` is the id of the legal act that orders it.

    Raises LawbookRefused `not_allowed`, `title_missing`, `text_refused`.
    """
    require(by, EDITOR)
    if not title.strip():
        raise LawbookRefused("title_missing")
    _refuse_text("title", title.strip(), 200)
    _refuse_text("act", act, 80)
    _refuse_text("reason", reason, 5000)
    row = ChangeSetRow.objects.create(
        origin=origin, title=title.strip(), reason=reason, act=act, author=by.id, author_name=by.username, made_at=at
    )
    return change_set_of(row)


def put_entry(*, change_set: uuid.UUID, entry: NewEntry, by: Acting, at: datetime) -> None:
    """Say in a draft that an entry holds from its `since` up to its `until`, whatever stands there now."""
    put_entries(change_set=change_set, entries=[entry], by=by, at=at)


@transaction.atomic
def put_entries(*, change_set: uuid.UUID, entries: Iterable[NewEntry], by: Acting, at: datetime) -> int:
    """Say many entries in a draft, all or none; returns how many.

    What an entry covers of a standing one with the same kind and key is replaced at publication, the rest goes on.
    Saying the same kind, key and first day again replaces what the draft said before.
    Used by: the tariff importer, `gumruk law`, the law page.
    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `clashes_in_draft`, or why an entry cannot be read.
    """
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT)
    said = [keyed(entry) for entry in entries]
    for entry in said:
        refuse_unreadable(entry)
    changes = [Change(entry.kind, entry.key, entry.since, entry.until, entry) for entry in said]
    return write_changes(row, changes, by.id, at)


@transaction.atomic
def close_entry(
    *, change_set: uuid.UUID, kind: str, key: str, since: date, by: Acting, at: datetime, until: date | None = None
) -> None:
    """Say in a draft that nothing of this kind and key holds from `since` (up to `until`).

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `clashes_in_draft`, `ends_before_it_starts`.
    """
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT)
    if not key or kind not in set(Kind):
        raise LawbookRefused("key_missing", kind=kind)
    _refuse_text("key", key, 120)
    if until is not None and until <= since:
        raise LawbookRefused("ends_before_it_starts", kind=kind, key=key)
    write_changes(row, [Change(kind, key, since, until, None)], by.id, at)


@transaction.atomic
def drop_change(*, change_set: uuid.UUID, kind: str, key: str, since: date, by: Acting) -> None:
    """Take one change out of a draft, as if it had never been said.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `change_unknown`.
    """
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT)
    found = DraftEntry.objects.filter(change_set=row, kind=kind, key=key, valid__startswith=since)
    if not found.delete()[0]:
        raise LawbookRefused("change_unknown", kind=kind, key=key)
    take_back_the_question(row)


def take_back_the_question(row: ChangeSetRow) -> None:
    """After an edit nobody is asked to approve any more: what would be approved is another text."""
    if row.asked_at is not None:
        row.asked_at = None
        row.save(update_fields=["asked_at"])


@transaction.atomic
def withdraw(*, change_set: uuid.UUID, by: Acting, at: datetime) -> ChangeSet:
    """Give a draft up; it is kept as withdrawn. Raises LawbookRefused `not_allowed`, `not_in_that_state`."""
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT, Status.APPROVED)
    row.status, row.withdrawn_at, row.withdrawn_by = Status.WITHDRAWN, at, by.id
    row.save(update_fields=["status", "withdrawn_at", "withdrawn_by"])
    outbox.add("law.withdrawn", office="", at=at, root=row.id)
    return change_set_of(row)


@transaction.atomic
def keep_impact(*, change_set: uuid.UUID, impact: Mapping[str, Any], by: Acting) -> None:
    """Keep with a draft what it would have changed in stored assessments. Used by clearance, which can replay them.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`.
    """
    require_either(by)
    row = locked(change_set, Status.DRAFT, Status.APPROVED)
    row.impact = dict(impact)
    row.save(update_fields=["impact"])


def write_changes(row: ChangeSetRow, changes: Sequence[Change], by: uuid.UUID | None, at: datetime) -> int:
    """Put changes into a locked draft; the same kind, key and first day replaces. Raises LawbookRefused `clashes_in_draft`."""
    if not changes:
        return 0
    starts = {(change.kind, change.key, change.since) for change in changes}
    standing = DraftEntry.objects.filter(change_set=row).values_list("id", "kind", "key", "valid")
    again = [key for key, kind, name, valid in standing if (kind, name, valid.lower) in starts]
    try:
        with transaction.atomic():
            take_back_the_question(row)
            DraftEntry.objects.filter(id__in=again).delete()
            _copied([draft_row(row, change, by, at) for change in changes])
    except IntegrityError as clash:
        first = changes[0]
        raise LawbookRefused("clashes_in_draft", kind=first.kind, key=_clashing(changes) or first.key) from clash
    return len(changes)


# Columns of a draft row in the order in which they are copied.
_TYPES = (
    "uuid",
    "uuid",
    "varchar",
    "varchar",
    "daterange",
    "jsonb",
    "varchar",
    "text",
    "varchar",
    "uuid",
    "timestamptz",
)
_COLUMNS = "id, change_set_id, kind, key, valid, body, cites, source, confidence, by, at"


def _copied(rows: Sequence[DraftEntry]) -> None:
    """Write rows by COPY: a national tariff is 26,000 of them, and INSERT takes four times the time."""
    text = f"COPY lawbook_draftentry ({_COLUMNS}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(text) as copying:
        copying.set_types(_TYPES)
        for one in rows:
            body = None if one.body is None else Jsonb(one.body)
            since, until = one.valid
            copying.write_row(
                (one.id, one.change_set_id, one.kind, one.key, DateRange(since, until), body, one.cites, one.source,
                 one.confidence, one.by, one.at)
            )  # fmt: skip


def _clashing(changes: Sequence[Change]) -> str:
    """The first key that two of these changes speak of; empty when the clash is with what stood before."""
    seen: set[tuple[str, str]] = set()
    for change in changes:
        if (change.kind, change.key) in seen:
            return change.key
        seen.add((change.kind, change.key))
    return ""
