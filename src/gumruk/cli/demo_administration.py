"""Invented administration, so that nobody meets an empty page: hours, a shift, a right that waits, a setting that waits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from gumruk.cli.demo_content import OFFICE
from gumruk.law.types import Confidence
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook import services as law
from gumruk.lawbook.types import Kind, NewEntry
from gumruk.offices import services as offices
from gumruk.trust import selectors as trust
from gumruk.trust import services as people
from gumruk.trust.types import Person, Role

# Settings that change from next month on: the first waits for the approver, the second is still being drafted.
SETTINGS = (("prior_lodging_days", "10", True), ("answer_days", "5", False))


def tell(day: date, at: datetime) -> None:
    """What an administrator and a law editor of the demonstration left behind."""
    chief, officer, lawyer = (_person(name, day) for name in ("administrator", "officer", "lawyer"))
    _office(chief, officer, day, at)
    people.give_right(
        user_id=_person("head", day).id,
        role=Role.ADMINISTRATOR,
        office=OFFICE,
        since=day,
        by=chief,
        at=at,
        reason="demo",
    )
    for key, value, asked in SETTINGS:
        _setting(key, value, lawyer, day, at, asked=asked)


def _person(username: str, day: date) -> Person:
    found = trust.person_named(username=username, day=day)
    if found is None:
        raise LookupError(username)
    return found


def _office(chief: Person, officer: Person, day: date, at: datetime) -> None:
    hours = {str(weekday): "00:00-23:59" for weekday in range(1, 8)}
    offices.set_workplace(
        office=OFFICE,
        zone="Asia/Dushanbe",
        hours=hours,
        phone="",
        contact="",
        note="demo",
        by=chief,
        at=at,
        reason="demo",
    )
    for name, starts, ends in (("Рӯзона · День", time(8), time(20)), ("Шабона · Ночь", time(20), time(8))):
        shift = offices.set_shift(
            office=OFFICE, name=name, starts=starts, ends=ends, days=range(1, 8), since=day, until=None, by=chief, at=at
        )
        if starts < ends:
            offices.join_shift(
                shift=shift, person=officer.id, person_name=officer.name, since=day, until=None, by=chief, at=at
            )


def _setting(key: str, value: str, lawyer: Person, day: date, at: datetime, *, asked: bool) -> None:
    """A change of a setting, from next month on; asked, it waits for the approver."""
    standing = lawbook.entry(Kind.PARAMETER, key, day)
    if standing is None:
        return
    since = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    body = {**standing.body, "value": value, "note": "demo"}
    entry = NewEntry(Kind.PARAMETER, key, since, None, body, "demo", "", Confidence.DEMO)
    made = law.draft_change_set(title=f"Demo: {key} = {value}", reason="demo", act="demo", by=lawyer, at=at)
    law.put_entry(change_set=made.id, entry=entry, by=lawyer, at=at)
    if not law.check_change_set(change_set=made.id, by=lawyer, at=at) and asked:
        law.ask_approval(change_set=made.id, by=lawyer, at=at, words="demo")
