"""What a change set changes: each key with what held before and what holds after."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from gumruk.lawbook import selectors
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import Entry as EntryRow
from gumruk.lawbook.overlay import lay_over
from gumruk.lawbook.rows import FIELDS, entries_in
from gumruk.lawbook.types import Difference, Entry, LawbookRefused


def compare(change_set: uuid.UUID) -> tuple[Difference, ...]:
    """The differences that a change set made, or (a draft) that publishing it now would make, by kind and key.

    Raises LawbookRefused `change_set_unknown`.
    """
    row = ChangeSetRow.objects.filter(id=change_set).first()
    if row is None:
        raise LawbookRefused("change_set_unknown", number=str(change_set))
    if row.number is None:
        outcome = lay_over(selectors.snapshot().entries, selectors.changes_of(row.id))
        return _by_key(outcome.closed, outcome.opened)
    ended = EntryRow.objects.filter(recorded__endswith=row.number)
    begun = EntryRow.objects.filter(recorded__startswith=row.number)
    return _by_key(entries_in(ended.values_list(*FIELDS)), entries_in(begun.values_list(*FIELDS)))


def _by_key(ended: Iterable[Entry], begun: Iterable[Entry]) -> tuple[Difference, ...]:
    found: dict[tuple[str, str], tuple[list[Entry], list[Entry]]] = {}
    for side, entries in enumerate((ended, begun)):
        for entry in entries:
            found.setdefault((entry.kind, entry.key), ([], []))[side].append(entry)
    return tuple(
        Difference(kind, key, _in_order(before), _in_order(after))
        for (kind, key), (before, after) in sorted(found.items())
    )


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: entry.since))
