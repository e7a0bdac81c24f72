"""Loads shipped law from files: the first time as a published change set, afterwards what changed as a draft.

Loading the same files again changes nothing and reads nothing but their bytes. What people changed in the tables is
never touched: changed files are compared with what the files said before, not with what stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gumruk.lawbook import files, selectors
from gumruk.lawbook.bodies import refuse_unreadable
from gumruk.lawbook.drafting import write_changes
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import Load
from gumruk.lawbook.overlay import Span, overlap, without
from gumruk.lawbook.publishing import alone, next_number, write
from gumruk.lawbook.rows import change_set_of
from gumruk.lawbook.types import Change, Entry, Loaded, Origin

Said = Mapping[str, Any]  # kind → key → [[since, until, digest], ...]
TITLES = {files.SHIPPED: "Law shipped with the program", files.DEMO: "Demonstration law: invented, not law"}


def load(*, name: str = files.SHIPPED, at: datetime) -> Loaded:
    """Load the shipped law, or (`demo`) the invented rows beside it.

    Used by: `gumruk migrate`, `gumruk law load`, `gumruk demo`, tests.
    Raises LawbookRefused when a row of the files cannot be read; then nothing is loaded.
    """
    return load_said(name=name, content_hash=files.content_hash(name), read=lambda: files.entries(name), at=at)


def load_said(*, name: str, content_hash: str, read: Callable[[], Sequence[Entry]], at: datetime) -> Loaded:
    """Load what files of a name say; `read` is called only when their hash is not the one loaded last.

    Raises LawbookRefused when an entry cannot be read; then nothing is loaded.
    """
    if _last(name, content_hash) is not None:
        return Loaded(name, None, 0)
    with transaction.atomic():
        alone()
        if _last(name, content_hash) is not None:
            return Loaded(name, None, 0)
        return _load(name, content_hash, read(), at)


def _last(name: str, said: str | None = None) -> Load | None:
    found = Load.objects.filter(name=name).defer("said").order_by("-id").first()
    return found if said is None or (found and found.content_hash == said) else None


def _load(name: str, content_hash: str, entries: Sequence[Entry], at: datetime) -> Loaded:
    for entry in entries:
        refuse_unreadable(entry)
    before = _last(name)
    if before is None:
        changes: Sequence[Change] = [_put(entry) for entry in _free(entries)]
    else:
        changes = changed(before.said, entries)
    row = _change_set(name, at) if changes else None
    if row is not None and before is None:
        write(row, next_number(), changes, at)
    elif row is not None:
        write_changes(row, changes, None, at)
    Load.objects.create(name=name, content_hash=content_hash, said=said_by(entries), change_set=row, at=at)
    return Loaded(name, change_set_of(row) if row else None, len(changes))


def _change_set(name: str, at: datetime) -> ChangeSetRow:
    origin = Origin.DEMO if name == files.DEMO else Origin.SHIPPED
    return ChangeSetRow.objects.create(origin=origin, title=TITLES[name], author_name="files", made_at=at)


def _put(entry: Entry) -> Change:
    return Change(entry.kind, entry.key, entry.since, entry.until, entry)


def _free(entries: Iterable[Entry]) -> list[Entry]:
    """Entries whose place nothing takes: what somebody entered is not replaced by a first load."""
    taken: dict[tuple[str, str], list[Span]] = {}
    for entry in selectors.entries_at(selectors.head()):
        taken.setdefault((entry.kind, entry.key), []).append((entry.since, entry.until))
    return [
        entry
        for entry in entries
        if not any(overlap((entry.since, entry.until), span) for span in taken.get((entry.kind, entry.key), ()))
    ]


def said_by(entries: Iterable[Entry]) -> Said:
    """What files say, short enough to keep: every key with its spans and hashes."""
    said: dict[str, dict[str, list[list[str | None]]]] = {}
    for entry in entries:
        until = entry.until.isoformat() if entry.until else None
        said.setdefault(entry.kind, {}).setdefault(entry.key, []).append([entry.since.isoformat(), until, entry.digest])
    return said


def changed(before: Said, entries: Sequence[Entry]) -> list[Change]:
    """What files now say differently: entries to put, and times for which they no longer say anything."""
    now: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        now.setdefault((entry.kind, entry.key), []).append(entry)
    changes: list[Change] = []
    for kind, keys in before.items():
        for key, spans in keys.items():
            said = now.pop((kind, key), [])
            known = {digest for _, _, digest in spans}
            changes += [_put(entry) for entry in said if entry.digest not in known]
            for left in _no_longer([_span(one) for one in spans], said):
                changes.append(Change(kind, key, left[0], left[1], None))
    return changes + [_put(entry) for fresh in now.values() for entry in fresh]


def _no_longer(spans: Sequence[Span], said: Sequence[Entry]) -> list[Span]:
    left = list(spans)
    for entry in said:
        left = [rest for span in left for rest in without(span, (entry.since, entry.until))]
    return left


def _span(said: Sequence[str | None]) -> Span:
    since, until = said[0], said[1]
    return date.fromisoformat(since or ""), date.fromisoformat(until) if until else None
