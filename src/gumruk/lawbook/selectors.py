"""The law for the running program: as rows say it at the newest published change set, or at any earlier one.

A snapshot of each change set is kept in the process; whether a newer one was published is asked of the database, one
small query, each time (`steady` asks once for a whole request). `gumruk calc` uses `lawbook.shipped` instead.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q

from gumruk.law.day import Law, ParameterUnknown
from gumruk.law.types import ExchangeRate, LegalAct
from gumruk.lawbook.gaps import Gap, gaps_of
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import DraftEntry
from gumruk.lawbook.models import Entry as EntryRow
from gumruk.lawbook.models import Remark as RemarkRow
from gumruk.lawbook.overlay import lay_over
from gumruk.lawbook.rows import FIELDS, change_of, change_set_of, entries_in
from gumruk.lawbook.snapshot import Snapshot
from gumruk.lawbook.types import Change, ChangeSet, Entry, LawbookRefused, Remark, Retroactive
from gumruk.reference import selectors as reference
from gumruk.rules.checks import Checks
from gumruk.rules.form import Form
from gumruk.toolkit.clock import law_day

_HEAD = "SELECT number, id FROM lawbook_changeset WHERE status = 'published' ORDER BY number DESC LIMIT 1"
_steady: ContextVar[dict[str, tuple[int, uuid.UUID | None]] | None] = ContextVar("steady", default=None)
_given: ContextVar[Snapshot | None] = ContextVar("given", default=None)


def head() -> int:
    """The number of the newest published change set; 0 before any law was loaded. One small query."""
    return _head()[0]


def _head() -> tuple[int, uuid.UUID | None]:
    kept = _steady.get()
    if kept is not None and "head" in kept:
        return kept["head"]
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    found = (int(row[0]), row[1]) if row else (0, None)
    if kept is not None:
        kept["head"] = found
    return found


@contextmanager
def steady() -> Iterator[None]:
    """Inside, the head is asked for once: whatever is looked up comes from one and the same law."""
    outer = _steady.get()
    token = _steady.set({} if outer is None else outer)
    try:
        yield
    finally:
        _steady.reset(token)


@contextmanager
def given(known: Snapshot | None) -> Iterator[None]:
    """Inside, the newest law is this one and no database is asked: for reading files where there is none.

    None: the database is asked again.
    """
    token = _given.set(known)
    try:
        yield
    finally:
        _given.reset(token)


def forget_head() -> None:
    """After publishing inside `steady`: the next look-up asks again."""
    kept = _steady.get()
    if kept is not None:
        kept.clear()


def snapshot(change_set: int | None = None) -> Snapshot:
    """The whole law as known at a published change set; without a number the newest.

    Raises LawbookRefused `law_not_loaded`, `change_set_unknown`.
    """
    if change_set is None:
        law = _given.get()
        if law is not None:
            return law
        number, key = _head()
        if key is None:
            raise LawbookRefused("law_not_loaded")
        return _kept(number, key)
    found = ChangeSetRow.objects.filter(number=change_set, status="published").values_list("id", flat=True).first()
    if found is None:
        raise LawbookRefused("change_set_unknown", number=str(change_set))
    return _kept(change_set, found)


# Kept by id as well as number: a number that a rolled-back publication gave may come again with other content.
@lru_cache(maxsize=6)
def _kept(number: int, key: uuid.UUID) -> Snapshot:  # noqa: ARG001
    return Snapshot(number, entries_at(number))


def entries_at(number: int) -> Iterator[Entry]:
    """Every entry as known at a change set, of all days; one query."""
    rows = EntryRow.objects.filter(recorded__contains=number)
    return entries_in(rows.order_by("kind", "key", "valid").values_list(*FIELDS).iterator(chunk_size=5000))


def on(day: date, change_set: int | None = None) -> Law:
    """The law of `day` with the rates of exchange of that day; two small queries once the snapshot is kept.

    Raises LawbookRefused, and LawRefused `formulas_missing` for a day that the law does not reach.
    """
    return _on(snapshot(change_set), day, reference.rates_on(day))


@lru_cache(maxsize=64)
def _on(known: Snapshot, day: date, exchange: tuple[ExchangeRate, ...]) -> Law:
    return known.on(day, exchange)


def checks_on(day: date, change_set: int | None = None) -> Checks:
    """The format-logical rules that hold on `day`."""
    return snapshot(change_set).checks_on(day)


def form(day: date | None = None, change_set: int | None = None) -> Form:
    """The register of the declaration's fields; without a day the newest."""
    return snapshot(change_set).form(day)


def codes(name: str, language: str, day: date | None = None) -> tuple[tuple[str, str], ...]:
    """Code and name of every row of a list, by code; without a day those that still hold. Raises KeyError."""
    return snapshot().codes(name, language, day)


def act(name: str) -> LegalAct | None:
    """The legal act with this id."""
    return snapshot().acts.get(name)


def payment_label(kind: str, language: str) -> str:
    """The name of a payment kind; empty when the law has no formula for it."""
    label = snapshot().payment_labels.get(kind)
    return label.in_language(language) if label else ""


def code_rows(name: str, day: date | None = None) -> Mapping[str, Mapping[str, Any]]:
    """Every row of a code list with its attributes, by code; without a day those that still hold; empty: no such list."""
    return snapshot().epoch(day or date.max).codes.get(name, {})


def code_entries(name: str, day: date | None = None) -> tuple[Entry, ...]:
    """The rows of a code list as entries, with period, source and confidence; without a day those that still hold."""
    return snapshot().epoch(day or date.max).code_entries.get(name, ())


def code_list_names() -> tuple[str, ...]:
    """The names of all code lists."""
    return tuple(sorted(snapshot().lists))


def currencies() -> dict[str, str]:
    """Letter code → numeric code of every currency."""
    return {code: str(row["numeric"]) for code, row in code_rows("currency").items()}


def exchange_rate_limit(day: date) -> Decimal | None:
    """By how many percent a rate may move before it asks to be confirmed; None when the law of `day` does not say."""
    try:
        return Decimal(str(on(day).value("exchange_rate_jump_percent")))
    except ParameterUnknown:
        return None


def gaps_on(day: date, *, demo: bool = True, change_set: int | None = None) -> tuple[Gap, ...]:
    """Every legal value of `day` that is not confirmed, and (with `demo`) every demonstration row in use."""
    return gaps_of(snapshot(change_set), day, demo=demo)


def entry(kind: str, key: str, day: date, change_set: int | None = None) -> Entry | None:
    """The one entry of a kind and key that holds on `day` as known at a change set; two small queries."""
    number = head() if change_set is None else change_set
    rows = EntryRow.objects.filter(kind=kind, key=key, valid__contains=day, recorded__contains=number)
    return next(entries_in(rows.values_list(*FIELDS)), None)


def history(kind: str, key: str) -> tuple[tuple[Entry, int, int | None], ...]:
    """Every row that a key ever had, with the change sets that wrote and closed it; one query."""
    rows = EntryRow.objects.filter(kind=kind, key=key).order_by("valid", "recorded")
    found = rows.values_list(*FIELDS, "recorded")
    return tuple((next(entries_in([row[:-1]])), row[-1].lower, row[-1].upper) for row in found)


def change_sets(*, limit: int = 100) -> tuple[ChangeSet, ...]:
    """Change sets, newest first; one query."""
    return tuple(change_set_of(row) for row in ChangeSetRow.objects.order_by("-id")[:limit])


def change_set_page(
    *, statuses: Collection[str] = (), asked: bool | None = None, after: str = "", size: int = 50
) -> tuple[tuple[ChangeSet, ...], str]:
    """Change sets, newest first, and the cursor of those before; one query. Raises ValueError when `after` is no cursor."""
    found = ChangeSetRow.objects.order_by("-id")
    if statuses:
        found = found.filter(status__in=sorted(statuses))
    if asked is not None:
        found = found.filter(asked_at__isnull=not asked)
    if after:
        found = found.filter(id__lt=uuid.UUID(after))
    rows = list(found[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return tuple(change_set_of(row) for row in rows), str(rows[-1].id) if more else ""


def waiting_count() -> int:
    """How many change sets wait for an approver; one query."""
    return ChangeSetRow.objects.filter(Q(status="draft", asked_at__isnull=False) | Q(status="approved")).count()


def remarks_of(change_set: uuid.UUID) -> tuple[Remark, ...]:
    """What editor and approvers said to each other, oldest first; one query."""
    rows = RemarkRow.objects.filter(change_set=change_set).order_by("id")
    return tuple(Remark(row.what, row.words, row.by_name, row.at) for row in rows)


def change_set(key: uuid.UUID | int) -> ChangeSet:
    """A change set by id or by number. Raises LawbookRefused `change_set_unknown`."""
    rows = ChangeSetRow.objects.filter(number=key) if isinstance(key, int) else ChangeSetRow.objects.filter(id=key)
    row = rows.first()
    if row is None:
        raise LawbookRefused("change_set_unknown", number=str(key))
    return change_set_of(row)


def changes_of(change_set: uuid.UUID) -> tuple[Change, ...]:
    """What a change set says, by kind and key; one query."""
    rows = DraftEntry.objects.filter(change_set=change_set).order_by("kind", "key", "valid")
    return tuple(change_of(row) for row in rows)


def retroactive(change_set: uuid.UUID, today: date) -> Retroactive | None:
    """How much of a change set holds from before the day on which it became law, or before `today`; three queries at most.

    Used by: whoever shows a change set to its approver.
    """
    row = ChangeSetRow.objects.filter(id=change_set).first()
    day = law_day(row.published_at) if row and row.published_at else today
    past = DraftEntry.objects.filter(change_set=change_set, valid__startswith__lt=day)
    first = past.order_by("valid").first()
    return Retroactive(past.count(), first.valid.lower) if first else None


def with_draft(change_set: uuid.UUID) -> Snapshot:
    """The newest law with a draft laid over it: what publishing it now would give, under the next number."""
    known = snapshot()
    outcome = lay_over(known.entries, changes_of(change_set))
    ended = {(entry.kind, entry.key, entry.since) for entry in outcome.closed}
    kept = (entry for entry in known.entries if (entry.kind, entry.key, entry.since) not in ended)
    return Snapshot(known.number + 1, [*kept, *outcome.opened])
