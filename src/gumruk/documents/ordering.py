"""Prints that are too large to wait for: ordered, made by a job, fetched by whoever ordered them, forgotten after a time."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from gumruk.documents.models import PrintOrder
from gumruk.documents.types import OrderState, OrderView
from gumruk.toolkit.rows import month_of

KEPT_FOR = timedelta(days=7)
_LISTED = (
    "id", "by", "asked", "title", "state", "done", "whole", "file_name", "ordered_at", "ended_at", "opened_at",
)  # fmt: skip


def order(*, asked: dict[str, str], title: str, office: str, whole: int, by: uuid.UUID, at: datetime) -> uuid.UUID:
    """Write down that somebody wants a print. The caller defers the job in the same transaction."""
    return PrintOrder.objects.create(
        office=office, month=month_of(at), by=by, asked=asked, title=title[:200], state=OrderState.WAITING, whole=whole,
        ordered_at=at,
    ).id  # fmt: skip


def say(*, order: uuid.UUID, state: OrderState, done: int) -> None:
    """Say how far it is."""
    PrintOrder.objects.filter(id=order).exclude(state=OrderState.READY).update(state=state, done=done)


def finish(*, order: uuid.UUID, file: bytes, file_name: str, at: datetime) -> None:
    """Keep the file. A job that runs twice leaves the first file."""
    PrintOrder.objects.filter(id=order).exclude(state=OrderState.READY).update(
        state=OrderState.READY, file=file, file_name=file_name[:120], ended_at=at
    )


def fail(*, order: uuid.UUID, at: datetime) -> None:
    """Say that it could not be made."""
    PrintOrder.objects.filter(id=order).exclude(state=OrderState.READY).update(state=OrderState.FAILED, ended_at=at)


def orders_of(*, by: uuid.UUID, limit: int = 20) -> list[OrderView]:
    """What a person ordered, the newest first; one query, without the files."""
    return [_view(row) for row in PrintOrder.objects.filter(by=by).order_by("-id").values(*_LISTED)[:limit]]


def order_known(*, order: uuid.UUID) -> OrderView | None:
    """One order; one query."""
    row = PrintOrder.objects.filter(id=order).values(*_LISTED).first()
    return _view(row) if row else None


def unopened(*, by: uuid.UUID) -> int:
    """How many prints are ready and not fetched yet; one query."""
    return PrintOrder.objects.filter(by=by, state=OrderState.READY, opened_at__isnull=True).count()


def fetch(*, order: uuid.UUID, by: uuid.UUID, at: datetime) -> tuple[str, bytes] | None:
    """The file and its name for whoever ordered it; None when there is none."""
    row = PrintOrder.objects.filter(id=order, by=by, state=OrderState.READY).first()
    if row is None or row.file is None:
        return None
    if row.opened_at is None:
        PrintOrder.objects.filter(id=order).update(opened_at=at)
    return row.file_name, bytes(row.file)


def forget_old(at: datetime) -> int:
    """Remove orders that are older than they are kept for; returns how many."""
    return PrintOrder.objects.filter(ordered_at__lt=at - KEPT_FOR).delete()[0]


def _view(row: dict[str, object]) -> OrderView:
    return OrderView(**{**row, "state": OrderState(str(row["state"]))})  # type: ignore[arg-type]
