"""Between rows of the tables and the types that others see."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from gumruk.law.types import Confidence
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import DraftEntry
from gumruk.lawbook.models import Entry as EntryRow
from gumruk.lawbook.types import Change, ChangeSet, Entry, Fault, NewEntry, Origin, Status

FIELDS = ("kind", "key", "valid", "body", "cites", "source", "confidence", "digest")


def entries_in(rows: Iterable[tuple[Any, ...]]) -> Iterator[Entry]:
    """Entries from tuples of FIELDS."""
    # Texts that repeat ten thousand times are kept once.
    known: dict[str, str] = {}
    grades = {str(grade): grade for grade in Confidence}
    for kind, key, valid, body, cites, source, confidence, digest in rows:
        shared = known.setdefault(kind, kind), known.setdefault(cites, cites), known.setdefault(source, source)
        yield Entry(shared[0], key, valid.lower, valid.upper, body, shared[1], shared[2], grades[confidence], digest)


def entry_row(entry: Entry, number: int) -> EntryRow:
    """The row of an entry that begins with change set `number`."""
    return EntryRow(
        kind=entry.kind,
        key=entry.key,
        valid=(entry.since, entry.until),
        recorded=(number, None),
        body=entry.body,
        cites=entry.cites,
        source=entry.source,
        confidence=entry.confidence,
        digest=entry.digest,
    )


def draft_row(change_set: ChangeSetRow, change: Change, by: uuid.UUID | None, at: datetime) -> DraftEntry:
    """The row of a change in a draft."""
    said = change.entry
    return DraftEntry(
        change_set=change_set,
        kind=change.kind,
        key=change.key,
        valid=(change.since, change.until),
        body=None if said is None else said.body,
        cites="" if said is None else said.cites,
        source="" if said is None else said.source,
        confidence="" if said is None else said.confidence,
        by=by,
        at=at,
    )


def change_of(row: DraftEntry) -> Change:
    """The change that a draft row says."""
    since: date = row.valid.lower
    until: date | None = row.valid.upper
    if row.body is None:
        return Change(row.kind, row.key, since, until, None)
    said = NewEntry(row.kind, row.key, since, until, row.body, row.cites, row.source, Confidence(row.confidence))
    return Change(row.kind, row.key, since, until, said)


def change_set_of(row: ChangeSetRow) -> ChangeSet:
    """A change set as others see it."""
    return ChangeSet(
        id=row.id,
        number=row.number,
        status=Status(row.status),
        origin=Origin(row.origin),
        title=row.title,
        reason=row.reason,
        act=row.act,
        author=row.author,
        author_name=row.author_name,
        approver=row.approver,
        approver_name=row.approver_name,
        made_at=row.made_at,
        approved_at=row.approved_at,
        published_at=row.published_at,
        hash=row.content_hash,
        checked_head=row.checked_head,
        faults=tuple(Fault(**fault) for fault in row.faults),
        impact=row.impact,
        asked_at=row.asked_at,
        checked_at=row.checked_at,
        withdrawn_at=row.withdrawn_at,
    )
