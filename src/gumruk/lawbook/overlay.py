"""What becomes of standing law when changes are laid over it. Pure; drafts, impact and publication share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gumruk.lawbook.types import Change, Entry, NewEntry, standing

Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Standing entries that end, and the entries that begin."""

    closed: tuple[Entry, ...]
    opened: tuple[Entry, ...]


def lay_over(entries: Iterable[Entry], changes: Iterable[Change]) -> Outcome:
    """The outcome of `changes` on `entries`: what a change covers is cut out, the rest of a cut entry goes on.

    An entry that would end and begin again unchanged is in neither list. Changes of one key do not overlap.
    """
    by_key: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        by_key.setdefault((change.kind, change.key), []).append(change)
    closed: list[Entry] = []
    opened = [standing(change.entry) for made in by_key.values() for change in made if change.entry is not None]
    for entry in entries:
        spans: list[Span] = [(entry.since, entry.until)]
        for change in by_key.get((entry.kind, entry.key), ()):
            spans = [left for span in spans for left in without(span, (change.since, change.until))]
        if spans != [(entry.since, entry.until)]:
            closed.append(entry)
            opened += [standing(_lasting(entry, span)) for span in spans]
    same = {(entry.kind, entry.key, entry.digest) for entry in closed}
    same &= {(entry.kind, entry.key, entry.digest) for entry in opened}
    return Outcome(
        tuple(entry for entry in closed if (entry.kind, entry.key, entry.digest) not in same),
        tuple(entry for entry in opened if (entry.kind, entry.key, entry.digest) not in same),
    )


def _lasting(entry: NewEntry, span: Span) -> NewEntry:
    plain = NewEntry(
        entry.kind, entry.key, entry.since, entry.until, entry.body, entry.cites, entry.source, entry.confidence
    )
    return replace(plain, since=span[0], until=span[1])


def overlap(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a day."""
    return one[0] < (other[1] or date.max) and other[0] < (one[1] or date.max)


def without(span: Span, cut: Span) -> list[Span]:
    """What is left of a span when another is cut out of it."""
    if not overlap(span, cut):
        return [span]
    left: list[Span] = []
    if span[0] < cut[0]:
        left.append((span[0], cut[0]))
    if cut[1] is not None and (span[1] is None or cut[1] < span[1]):
        left.append((cut[1], span[1]))
    return left
