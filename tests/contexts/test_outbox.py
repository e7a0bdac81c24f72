"""What happened is told once to everybody who listens, after the transaction that made it happen, and only then."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction

from gumruk.clearance import services as clearance
from gumruk.notices import selectors as notices
from gumruk.notices import services as inbox
from gumruk.toolkit import logs, outbox
from gumruk.toolkit.models import Delivery, OutboxEvent
from gumruk.toolkit.outbox import Event
from gumruk.trust.types import Person, Role

from .conftest import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=1)


def jobs() -> list[tuple[str, dict[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id")
        return [(task, json.loads(args)) for task, args in cursor.fetchall()]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Event]]:
    """Two listeners of `tried.event`; what they heard."""
    told: list[Event] = []
    before = {name: dict(listeners) for name, listeners in outbox._LISTENERS.items()}

    def hear(event: Event, at: datetime) -> None:
        told.append(event)

    outbox.listen("tried.event", "first", hear)
    outbox.listen("tried.event", "second", hear)
    yield told
    outbox._LISTENERS.clear()
    outbox._LISTENERS.update(before)


def test_an_event_takes_its_job_along_and_both_vanish_with_the_transaction(heard: list[Event]) -> None:
    with logs.answering("request-0001"):
        kept = outbox.add("tried.event", office="PRV-R01", at=NOON, number="7")
    assert jobs() == [("outbox.deliver", {"event": str(kept), "request": "request-0001"})]
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.add("tried.event", office="PRV-R01", at=NOON)
        raise RuntimeError
    assert OutboxEvent.objects.count() == 1
    assert len(jobs()) == 1


def test_an_event_without_listeners_needs_no_job_and_waits_for_nobody() -> None:
    event = outbox.add("nobody.listens", office="PRV-R01", at=NOON)
    assert jobs() == []
    assert OutboxEvent.objects.get(id=event).sent_at == NOON


def test_each_listener_hears_an_event_once_however_often_it_is_delivered(heard: list[Event]) -> None:
    root = uuid.uuid4()
    event = outbox.add("tried.event", office="PRV-R01", at=NOON, root=root, number="7")
    assert outbox.deliver(event=event, at=LATER) == ("first", "second")
    assert outbox.deliver(event=event, at=LATER + timedelta(hours=1)) == ()
    assert heard == [Event(event, "tried.event", root, "PRV-R01", {"number": "7"}, NOON)] * 2
    assert OutboxEvent.objects.get(id=event).sent_at == LATER


def test_a_listener_that_fails_leaves_no_note_and_the_others_stay_told(heard: list[Event]) -> None:
    failing = [True]

    def third(event: Event, at: datetime) -> None:
        inbox.tell(party="010000001", name=event.name, root=uuid.uuid4(), office="PRV-R01", subject="", event=event.id,
                   happened_at=NOON, at=at)  # fmt: skip
        if failing:
            raise RuntimeError

    outbox.listen("tried.event", "third", third)
    event = outbox.add("tried.event", office="PRV-R01", at=NOON)
    with pytest.raises(RuntimeError):
        outbox.deliver(event=event, at=NOON)
    assert sorted(Delivery.objects.values_list("listener", flat=True)) == ["first", "second"]
    assert notices.unread(parties=["010000001"]) == 0
    assert OutboxEvent.objects.get(id=event).sent_at is None
    failing.clear()
    assert outbox.deliver(event=event, at=LATER) == ("third",)
    assert notices.unread(parties=["010000001"]) == 1
    assert len(heard) == 2


def test_the_declarant_is_told_of_registration_question_rejection_and_release(
    paid: uuid.UUID, broker: Person, officer: Person, person_with: Callable[..., Person]
) -> None:
    clearance.ask(declaration=paid, question="?", documents=False, by=officer, at=NOON + timedelta(hours=1))
    clearance.answer(declaration=paid, text="!", by=broker, at=NOON + timedelta(hours=2))
    clearance.release(declaration=paid, by=officer, at=NOON + timedelta(hours=3))
    for task, args in jobs():
        assert task == "outbox.deliver"
        outbox.deliver(event=uuid.UUID(args["event"]), at=NOON + timedelta(hours=4))
    page = notices.page(parties=broker.parties)
    assert [(row.name, row.root, row.happened_at) for row in page.rows] == [
        ("declaration.released", paid, NOON + timedelta(hours=3)),
        ("declaration.queried", paid, NOON + timedelta(hours=1)),
        ("declaration.registered", paid, NOON),
    ]
    assert {row.subject for row in page.rows} == {"PRV-R01/020326/0000001"}
    assert {row.delivered_at for row in page.rows} == {NOON + timedelta(hours=4)}
    stranger = person_with(Role.BROKER, party="990000009")
    assert notices.page(parties=stranger.parties).rows == ()
    first = page.rows[0].id
    assert inbox.mark_read(notices=[first], parties=stranger.parties, at=LATER) == 0
    assert inbox.mark_read(notices=[first], parties=broker.parties, at=LATER) == 1
    assert notices.unread(parties=broker.parties) == 2
    older = notices.page(parties=broker.parties, size=1)
    assert [row.name for row in older.rows] == ["declaration.released"]
    assert [row.name for row in notices.page(parties=broker.parties, after=older.next).rows] == [
        "declaration.queried",
        "declaration.registered",
    ]


def test_a_rejected_declarant_is_told(lodged: uuid.UUID, broker: Person, officer: Person) -> None:
    clearance.reject(declaration=lodged, reason="demo", by=officer, at=LATER)
    for _, args in jobs():
        outbox.deliver(event=uuid.UUID(args["event"]), at=LATER)
    assert [row.name for row in notices.page(parties=broker.parties).rows] == [
        "declaration.rejected",
        "declaration.registered",
    ]
