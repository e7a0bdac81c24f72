"""Changes to offices at work: working data by an administrator, shifts also by the supervisor of the office."""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from django.db import IntegrityError, transaction

from gumruk.offices.models import Member, Shift, Workplace
from gumruk.offices.types import (
    ADMINISTRATOR,
    CONTACT_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    SUPERVISOR,
    ZONES,
    Acting,
    OfficeRefused,
)
from gumruk.toolkit import audit, clock
from gumruk.toolkit.text import is_plain

_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]\Z", re.ASCII)


def may(by: Acting, office: str, *roles: str) -> bool:
    """Whether a grant of one of `roles` covers the office."""
    return any(grant.role in roles and grant.office in ("", office) for grant in by.grants)


def _require(by: Acting, office: str, *roles: str) -> None:
    if not may(by, office, *roles):
        raise OfficeRefused("not_your_office")


def _texts(*said: tuple[str, int]) -> None:
    if any(len(text) > most or not is_plain(text) for text, most in said):
        raise OfficeRefused("text_long")


@transaction.atomic
def set_workplace(
    *, office: str, zone: str, hours: Mapping[str, str], phone: str, contact: str, note: str, by: Acting, at: datetime,
    reason: str,
) -> None:  # fmt: skip
    """Write how an office works. The caller knows that the office exists.

    Raises OfficeRefused: `not_your_office`, `zone_unknown`, `shift_hours`, `text_long`, `reason_missing`, `unchanged`.
    """
    _require(by, office, ADMINISTRATOR)
    if zone not in ZONES:
        raise OfficeRefused("zone_unknown", zone=zone)
    kept = {day: said for day, said in hours.items() if said}
    if any(day not in "1234567" or len(day) != 1 or not _HOURS.match(said) for day, said in kept.items()):
        raise OfficeRefused("shift_hours")
    _texts((phone, CONTACT_LENGTH), (contact, CONTACT_LENGTH), (note, NOTE_LENGTH))
    if not reason.strip():
        raise OfficeRefused("reason_missing")
    row, _made = Workplace.objects.select_for_update().get_or_create(office=office)
    new = {"zone": zone, "hours": kept, "phone": phone.strip(), "contact": contact.strip(), "note": note.strip()}
    old = {name: getattr(row, name) for name in new}
    changed = [name for name in new if new[name] != old[name]]
    if not changed:
        raise OfficeRefused("unchanged")
    Workplace.objects.filter(id=row.id).update(**new)
    audit.record(
        "office.changed", by=by, at=at, kind="office", subject=office, office=office, reason=reason.strip(),
        before={name: _plain(old[name]) for name in changed}, after={name: _plain(new[name]) for name in changed},
    )  # fmt: skip


def _plain(value: object) -> str:
    return " ".join(f"{day}: {said}" for day, said in sorted(value.items())) if isinstance(value, dict) else str(value)


@transaction.atomic
def set_shift(
    *, office: str, name: str, starts: time, ends: time, days: Collection[int], since: date, until: date | None, by: Acting,
    at: datetime,
) -> uuid.UUID:  # fmt: skip
    """A new shift of an office from today or a later day.

    Raises OfficeRefused: `not_your_office`, `shift_hours`, `text_long`, `name_missing`, `day_in_the_past`,
    `ends_before_it_starts`, `shift_named_twice`.
    """
    _require(by, office, ADMINISTRATOR, SUPERVISOR)
    name = " ".join(name.split())
    if not name:
        raise OfficeRefused("name_missing")
    _texts((name, NAME_LENGTH))
    if starts == ends or not days or not set(days) <= set(range(1, 8)):
        raise OfficeRefused("shift_hours")
    _refuse_days(since, until, clock.law_day(at))
    try:
        with transaction.atomic():
            row = Shift.objects.create(
                office=office, name=name, starts=starts, ends=ends, days=sorted(set(days)), since=since, until=until
            )
    except IntegrityError:
        raise OfficeRefused("shift_named_twice") from None
    hours = {"starts": f"{starts:%H:%M}", "ends": f"{ends:%H:%M}", "since": since.isoformat()}
    audit.record("shift.set", by=by, at=at, kind="shift", subject=row.id, subject_name=name, office=office, after=hours)
    return row.id


def _refuse_days(since: date, until: date | None, day: date) -> None:
    if since < day:
        raise OfficeRefused("day_in_the_past")
    if until is not None and until <= since:
        raise OfficeRefused("ends_before_it_starts")


def _shift(shift: uuid.UUID, by: Acting, day: date) -> Shift:
    """A shift that goes on, locked. Raises OfficeRefused `shift_unknown`, `not_your_office`, `shift_over`."""
    row = Shift.objects.select_for_update().filter(id=shift).first()
    if row is None:
        raise OfficeRefused("shift_unknown")
    _require(by, row.office, ADMINISTRATOR, SUPERVISOR)
    if row.until is not None and row.until <= day:
        raise OfficeRefused("shift_over")
    return row


@transaction.atomic
def end_shift(*, shift: uuid.UUID, by: Acting, at: datetime) -> None:
    """End a shift today, and with it everybody's place on it.

    Raises OfficeRefused `shift_unknown`, `not_your_office`, `shift_over`.
    """
    day = clock.law_day(at)
    row = _shift(shift, by, day)
    row.until = max(day, row.since)
    row.save(update_fields=["until"])
    for member in row.members.select_for_update():
        if member.until is None or member.until > row.until:
            member.until = max(row.until, member.since)
            member.save(update_fields=["until"])
    audit.record("shift.ended", by=by, at=at, kind="shift", subject=row.id, subject_name=row.name, office=row.office)


@transaction.atomic
def join_shift(
    *, shift: uuid.UUID, person: uuid.UUID, person_name: str, since: date, until: date | None, by: Acting, at: datetime
) -> None:
    """Put a person on a shift. The caller knows that the person works at the office.

    Raises OfficeRefused: `shift_unknown`, `not_your_office`, `shift_over`, `day_in_the_past`, `ends_before_it_starts`,
    `person_on_shift`.
    """
    day = clock.law_day(at)
    row = _shift(shift, by, day)
    _refuse_days(since, until, day)
    try:
        with transaction.atomic():
            Member.objects.create(shift=row, person=person, person_name=person_name, since=since, until=until)
    except IntegrityError:
        raise OfficeRefused("person_on_shift") from None
    audit.record(
        "shift.joined", by=by, at=at, kind="shift", subject=row.id, subject_name=row.name, office=row.office,
        after={"person": person_name, "since": since.isoformat()},
    )  # fmt: skip


@transaction.atomic
def leave_shift(*, member: uuid.UUID, by: Acting, at: datetime) -> None:
    """Take a person off a shift from today. Raises OfficeRefused `shift_unknown`, `not_your_office`, `shift_over`."""
    day = clock.law_day(at)
    found = Member.objects.filter(id=member).first()
    if found is None:
        raise OfficeRefused("shift_unknown")
    row = _shift(found.shift_id, by, day)
    if found.until is not None and found.until <= day:
        raise OfficeRefused("shift_over")
    found.until = max(day, found.since)
    found.save(update_fields=["until"])
    audit.record(
        "shift.left", by=by, at=at, kind="shift", subject=row.id, subject_name=row.name, office=row.office,
        before={"person": found.person_name},
    )  # fmt: skip
