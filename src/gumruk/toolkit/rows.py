"""What every stored row has in common, so that posts and the centre can both write and tables can be split.

An aggregate's root carries its own id, the office that owned it at creation and its creation month; every row that
belongs to it carries the same three. None of them ever changes. Ids are UUIDv7: they sort by time and need no centre.

`add` writes new rows; inside `gathered` they wait, and all of them, of whatever tables, are one statement at its end.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

import uuid_utils
from django.db import connection, models

from gumruk.toolkit import clock


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def first_id(moment: datetime) -> uuid.UUID:
    """The smallest UUIDv7 of a moment: ids written since are not below it."""
    milliseconds = int(moment.timestamp() * 1000)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | 0x2 << 62)


def month_of(moment: datetime) -> date:
    """The first day of the month, in the office's zone, that `moment` falls in."""
    return clock.law_day(moment).replace(day=1)


class Row(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class RootRow(Row):
    """The root of an aggregate."""

    office = models.CharField(max_length=12)
    month = models.DateField()

    class Meta:
        abstract = True


class PartRow(Row):
    """A row that belongs to an aggregate; `root` is the id of its root row."""

    root = models.UUIDField()
    office = models.CharField(max_length=12)
    month = models.DateField()

    class Meta:
        abstract = True


@dataclass(slots=True)
class _Waiting:
    rows: list[models.Model] = field(default_factory=list)
    calls: list[tuple[str, Sequence[Any]]] = field(default_factory=list)


_WAITING: ContextVar[_Waiting | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Rows added inside are written together at the end, for what nobody reads before then; nothing after an error.

    The caller's transaction is around it. Inside another block of its kind it does nothing of its own.
    """
    if _WAITING.get() is not None:
        yield
        return
    waiting = _Waiting()
    token = _WAITING.set(waiting)
    try:
        yield
    finally:
        _WAITING.reset(token)
    write(waiting.rows, waiting.calls)


def add(*rows: models.Model, call: tuple[str, Sequence[Any]] | None = None) -> None:
    """Insert new rows: at once, or at the end of the `gathered` block that this is called in.

    `call` is a function of the database with its values that is to be called in the same statement.
    """
    waiting = _WAITING.get()
    calls = [call] if call else []
    if waiting is None:
        write(rows, calls)
    else:
        waiting.rows.extend(rows)
        waiting.calls.extend(calls)


def write(rows: Sequence[models.Model], calls: Sequence[tuple[str, Sequence[Any]]] = ()) -> None:
    """Insert rows of any tables in one statement. For plain rows with keys of their own: nothing is read back."""
    if not rows:
        return
    tables: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        tables.setdefault(type(row), []).append(row)
    parts, values = [], []
    for number, (model, found) in enumerate(tables.items()):
        start, one, columns = _insert(model)
        parts.append(f"w{number} AS ({start}{', '.join([one] * len(found))})")
        values += [_stored(column, row) for row in found for column in columns]
    ending = ", ".join(text for text, _ in calls) or "1"
    for _, given in calls:
        values += given
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {', '.join(parts)} SELECT {ending}", values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@cache
def _insert(model: type[models.Model]) -> tuple[str, str, tuple[models.Field[Any, Any], ...]]:
    columns = tuple(model._meta.concrete_fields)
    names = ", ".join(f'"{column.column}"' for column in columns)
    start = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES '  # noqa: S608 - names of our own tables
    return start, f"({', '.join(['%s'] * len(columns))})", columns


def _stored(column: models.Field[Any, Any], row: models.Model) -> Any:
    return column.get_db_prep_save(column.pre_save(row, add=True), connection)
