"""Tells others what happened: written in the caller's transaction, delivered by a worker after it commits.

An event somebody listens to takes its delivery job along in the same statement, so neither can be lost without the
other. A handler's effect and the note that it was told are one transaction: whatever dies, the effect happens once.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from gumruk.toolkit import logs, rows
from gumruk.toolkit.models import Delivery, OutboxEvent

DELIVER = "outbox.deliver"  # the task in `toolkit.tasks` that calls `deliver`


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as its listeners see it."""

    id: uuid.UUID
    name: str
    root: uuid.UUID | None
    office: str
    payload: dict[str, Any]
    happened_at: datetime


Handler = Callable[[Event, datetime], None]
_LISTENERS: dict[str, dict[str, Handler]] = {}

_DEFER = f"""
procrastinate_defer_jobs_v1(
  ARRAY[ROW('default', '{DELIVER}', 0, NULL, NULL, %s::jsonb, NULL)::procrastinate_job_to_defer_v1])
"""


def listen(name: str, listener: str, handler: Handler) -> None:
    """Call `handler` once for every event `name`. `listener` is its stable name. Called when the program starts."""
    _LISTENERS.setdefault(name, {})[listener] = handler


def add(name: str, *, office: str, at: datetime, root: uuid.UUID | None = None, **payload: Any) -> uuid.UUID:
    """Record the event `name` (past tense, `declaration.registered`). Ids and amounts only in `payload`."""
    heard = name in _LISTENERS
    # With nobody to hear, it counts as told at once.
    event = OutboxEvent(
        name=name, office=office, root=root, payload=payload, happened_at=at, sent_at=None if heard else at
    )
    job = json.dumps({"event": str(event.id), "request": logs.request_id()})
    rows.add(event, call=(_DEFER, [job]) if heard else None)
    return event.id


def deliver(*, event: uuid.UUID, at: datetime) -> tuple[str, ...]:
    """Tell every listener that was not told yet; returns their names. A handler that raises stops the rest.

    Used by: the delivery task. Safe to run twice at once: the second waits for the first and finds the note.
    """
    row = OutboxEvent.objects.get(id=event)
    seen = Event(row.id, row.name, row.root, row.office, row.payload, row.happened_at)
    told = []
    for listener, handler in _LISTENERS.get(row.name, {}).items():
        with transaction.atomic():
            _, fresh = Delivery.objects.get_or_create(event=row.id, listener=listener, defaults={"at": at})
            if fresh:
                handler(seen, at)
                told.append(listener)
    OutboxEvent.objects.filter(id=row.id, sent_at__isnull=True).update(sent_at=at)
    return tuple(told)
