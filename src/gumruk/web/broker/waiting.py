"""What waits for a broker, as the home page shows it: a count, the oldest with a link, and how much time is left."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations import selectors as declarations
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import State
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.shared.lists import shown

S = State
ANSWER_DAYS = "answer_days"
# Name of the group, its words, its look; in the order of urgency.
TASKS = (
    ("answer", _("Answer customs"), "wrong"),
    ("rejected", _("Rejected: mend and lodge again"), "wrong"),
    ("faults", _("Faults to mend"), "wrong"),
    ("pay", _("Payments due"), "care"),
    ("unfinished", _("Unfinished drafts"), ""),
    ("released", _("Released today"), "good"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits."""

    name: str
    words: str
    tone: str
    count: str
    href: str
    oldest: uuid.UUID
    number: str
    since: datetime
    left_until: datetime | None


def groups(at: datetime) -> dict[str, Filter]:
    """Which declarations each task is about."""
    today = datetime.combine(clock.law_day(at), time(), clock.OFFICE_ZONE)
    return {
        "answer": Filter((S.QUERIED, S.DOCS_REQUIRED)),
        "rejected": Filter((S.REJECTED,)),
        "faults": Filter((S.DRAFT,), faulty=True),
        "pay": Filter((S.PAYMENT_DUE,)),
        "unfinished": Filter((S.DRAFT,), faulty=False),
        "released": Filter((S.RELEASED, S.AWAITING_EXIT, S.EXITED, S.UNDER_AUDIT), released_since=today),
    }


def tasks(person: Person, at: datetime) -> list[Task]:
    """What waits for the person; nothing is shown of what is empty."""
    found = declarations.what_waits(person=person, groups=groups(at))
    entry = lawbook.on(clock.law_day(at)).parameter(ANSWER_DAYS)
    days = int(str(entry.value)) if entry is not None and entry.value is not None else None
    made = []
    for name, words, tone in TASKS:
        if one := found.get(name):
            left = one.since + timedelta(days=days) if name == "answer" and days is not None else None
            number = one.number or gettext("Draft")
            made.append(
                Task(
                    name, gettext(words), tone, shown(one.count), f"?group={name}", one.oldest, number, one.since, left
                )
            )
    return made
