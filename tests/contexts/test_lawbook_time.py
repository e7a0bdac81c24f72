"""Whatever is put, closed and published in whatever order: nothing overlaps and what was known stays as it was known."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.lawbook import selectors, services
from gumruk.lawbook.types import LawbookRefused
from gumruk.trust import selectors as trust
from gumruk.trust import services as trust_services
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import measure

START = date(2026, 3, 1)
DAYS = [START + timedelta(shift) for shift in range(-1, 14)]
KEYS = ("91", "92")
SPAN = st.tuples(st.integers(0, 11), st.integers(1, 6) | st.none())
ACT = st.tuples(st.sampled_from(["put", "put", "close", "publish"]), st.sampled_from(KEYS), SPAN, st.integers(1, 99))

_OVERLAPS = """
SELECT count(*) FROM lawbook_entry a JOIN lawbook_entry b
ON a.id < b.id AND a.kind = b.kind AND a.key = b.key AND a.valid && b.valid AND a.recorded && b.recorded
"""


def person(role: Role) -> Person:
    name = f"{role}-{uuid.uuid4().hex[:8]}"
    user = trust_services.add_user(username=name, name=name, password="a-long-secret", language="en", at=NOON)
    trust_services.grant(user_id=user, role=role, since=DAY, at=NOON)
    found = trust.person(user_id=user, day=DAY)
    assert found is not None
    return found


def known_at(number: int) -> dict[tuple[str, date], str]:
    """What the law of every day says about our keys, as known at a change set, read straight from the rows."""
    said: dict[tuple[str, date], str] = {}
    for key in KEYS:
        for day in DAYS:
            found = selectors.entry("measure", f"duty/{key}/////", day, number)
            said[key, day] = found.body["rate"] if found else ""
    return said


class Book:
    """What a plain dictionary of days says: the model that the tables are held against."""

    def __init__(self) -> None:
        self.published: dict[tuple[str, date], str] = dict.fromkeys(((k, d) for k in KEYS for d in DAYS), "")
        self.drafted: dict[tuple[str, date], str] = {}

    def say(self, key: str, since: date, until: date | None, rate: str) -> None:
        for day in DAYS:
            if since <= day and (until is None or day < until):
                self.drafted[key, day] = rate

    def publish(self) -> None:
        self.published |= self.drafted
        self.drafted = {}


@pytest.mark.django_db
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(ACT, min_size=1, max_size=10))
def test_as_of_reads_never_change_and_nothing_ever_overlaps(acts: list[Any]) -> None:
    with transaction.atomic():
        editor, approver = person(Role.LAW_EDITOR), person(Role.LAW_APPROVER)
        book, history, change_set = Book(), {selectors.head(): known_at(selectors.head())}, None
        for act, key, (shift, length), rate in [*acts, ("publish", "91", (0, None), 1)]:
            if change_set is None:
                made = services.draft_change_set(title="x", reason="", act="demo", by=editor, at=NOON)
                change_set = made.id
            since = START + timedelta(shift)
            until = None if length is None else since + timedelta(length)
            try:
                if act == "put":
                    said = measure(f"{rate}%", since, until, code=key)
                    services.put_entry(change_set=change_set, entry=said, by=editor, at=NOON)
                    book.drafted = {
                        (k, d): r for (k, d), r in book.drafted.items() if not _replaced(change_set, k, d, key)
                    }
                    book.say(key, since, until, f"{rate}%")
                elif act == "close":
                    services.close_entry(
                        change_set=change_set,
                        kind="measure",
                        key=f"duty/{key}/////",
                        since=since,
                        until=until,
                        by=editor,
                        at=NOON,
                    )
                    book.drafted = {
                        (k, d): r for (k, d), r in book.drafted.items() if not _replaced(change_set, k, d, key)
                    }
                    book.say(key, since, until, "")
                elif not services.check_change_set(change_set=change_set, by=editor, at=NOON):
                    services.approve(change_set=change_set, by=approver, at=NOON)
                    before = selectors.head()
                    done = services.publish(change_set=change_set, by=approver, at=NOON)
                    assert done.number == before + 1
                    book.publish()
                    history[before + 1], change_set = dict(book.published), None
            except LawbookRefused as refused:
                assert refused.code == "clashes_in_draft"
        for number, said in history.items():
            assert known_at(number) == said
        known = selectors.snapshot()
        for (key, day), rate in book.published.items():
            held = [e.body["rate"] for e in known.epoch(day).held if e.key == f"duty/{key}/////"]
            assert held == ([rate] if rate else [])
        with connection.cursor() as cursor:
            cursor.execute(_OVERLAPS)
            assert cursor.fetchone() == (0,)
        transaction.set_rollback(True)


def _replaced(change_set: uuid.UUID, key: str, day: date, changed: str) -> bool:
    """Whether the draft no longer says anything about this day: a change with the same first day took its place."""
    if key != changed:
        return False
    return not any(
        change.key == f"duty/{key}/////" and change.since <= day and (change.until is None or day < change.until)
        for change in selectors.changes_of(change_set)
    )
