"""Short words for tests that change the law: a draft, its entries, its way to publication."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from gumruk.law.types import Confidence
from gumruk.lawbook import services
from gumruk.lawbook.types import ChangeSet, Kind, NewEntry
from gumruk.trust.types import Person

from .conftest import NOON

WORDS = {"tg": "Б", "ru": "Б", "en": "B"}


def measure(rate: str, since: date, until: date | None = None, **body: Any) -> NewEntry:
    """An invented measure, by default import duty on everything of chapter 02."""
    said = {"kind": "duty", "code": "02", "rate": rate, **body}
    return NewEntry(Kind.MEASURE, "", since, until, said, "demo", "", Confidence.DEMO)


def draft(by: Person, *entries: NewEntry, title: str = "A change", act: str = "demo") -> uuid.UUID:
    made = services.draft_change_set(title=title, reason="demo", act=act, by=by, at=NOON)
    services.put_entries(change_set=made.id, entries=entries, by=by, at=NOON)
    return made.id


def publish(change_set: uuid.UUID, editor: Person, approver: Person) -> ChangeSet:
    assert services.check_change_set(change_set=change_set, by=editor, at=NOON) == ()
    services.approve(change_set=change_set, by=approver, at=NOON)
    return services.publish(change_set=change_set, by=approver, at=NOON)
