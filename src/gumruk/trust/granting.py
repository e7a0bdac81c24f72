"""Rights given, confirmed, ended and lent: who may give what, two people where the power is great, never to oneself.

An administrator of the whole service gives any role; one of an office gives roles of that office only. The rights of an
administrator or an approver of law wait for a second administrator. Nothing is deleted: a grant is ended and stays.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from gumruk.toolkit import audit, clock
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.models import User
from gumruk.trust.types import Person, Role, TrustRefused

FOUR_EYES = frozenset({Role.ADMINISTRATOR, Role.LAW_APPROVER})
AT_AN_OFFICE = frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CASHIER, Role.ADMINISTRATOR})
LENT = (Role.OFFICER, Role.SUPERVISOR, Role.CASHIER)
State = GrantRow.State


def everywhere(by: Person) -> bool:
    """Whether the person administers the whole service."""
    return "" in by.offices(Role.ADMINISTRATOR)


def require_administrator(by: Person) -> None:
    """Raises TrustRefused `not_an_administrator`."""
    if not by.may(Role.ADMINISTRATOR):
        raise TrustRefused("not_an_administrator")


def standing(*, user_id: uuid.UUID, day: date) -> QuerySet[GrantRow]:
    """Grants of a person that open something on `day` or later, or wait for it."""
    rows = GrantRow.objects.filter(Q(until__isnull=True) | Q(until__gt=day), user_id=user_id, ended_at__isnull=True)
    return rows.exclude(state=State.REFUSED).order_by("id")


def may_give(by: Person, role: Role, office: str) -> bool:
    """Whether `by` may give or end this role there."""
    if everywhere(by):
        return True
    return bool(office) and office in by.offices(Role.ADMINISTRATOR) and role in AT_AN_OFFICE


def _require(by: Person, user_id: uuid.UUID, role: Role, office: str) -> None:
    require_administrator(by)
    if by.id == user_id:
        raise TrustRefused("own_rights")
    if not may_give(by, role, office):
        raise TrustRefused("not_your_office")


def _shown(row: GrantRow) -> Mapping[str, Any]:
    said = {"role": row.role, "office": row.office, "party": row.party, "since": row.since.isoformat(),
            "until": row.until.isoformat() if row.until else "", "state": row.state,
            "deputy_for": row.deputy_for_name}  # fmt: skip
    return {name: value for name, value in said.items() if value}


def note(name: str, row: GrantRow, *, by: Person | None, at: datetime, before: Mapping[str, Any], reason: str) -> None:
    """Record one act on a grant under its holder."""
    audit.record(
        name, by=by, at=at, kind="person", subject=row.user_id, subject_name=row.user.name, office=row.office,
        before=before, after=_shown(row), reason=reason,
    )  # fmt: skip


def _locked(user_id: uuid.UUID) -> User:
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise TrustRefused("person_unknown")
    return user


@transaction.atomic
def give_right(
    *, user_id: uuid.UUID, role: Role, since: date, by: Person, at: datetime, reason: str, office: str = "",
    party: str = "", until: date | None = None,
) -> uuid.UUID:  # fmt: skip
    """Give a role, from today or a later day; a great power waits for a second administrator. Returns the grant's id.

    Raises TrustRefused: `not_an_administrator`, `own_rights`, `not_your_office`, `person_unknown`, `person_inactive`,
    `right_in_the_past`, `right_ends_before_it_starts`, `firm_missing`, `firm_not_wanted`, `office_missing`, `right_stands`,
    `reason_missing`.
    """  # fmt: skip
    _require(by, user_id, role, office)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    user = _locked(user_id)
    _refuse_shape(user, role, office, party, since, until, clock.law_day(at))
    row = GrantRow.objects.create(
        user=user, role=role, office=office, party=party, since=since, until=until, granted_by=by.id, granted_at=at,
        reason=reason.strip()[: audit.REASON_LENGTH], state=State.WAITS if role in FOUR_EYES else State.GIVEN,
    )  # fmt: skip
    note("right.asked" if role in FOUR_EYES else "right.given", row, by=by, at=at, before={}, reason=reason.strip())
    return row.id


def _refuse_shape(user: User, role: Role, office: str, party: str, since: date, until: date | None, day: date) -> None:
    if not user.active:
        raise TrustRefused("person_inactive")
    if since < day:
        raise TrustRefused("right_in_the_past")
    if until is not None and until <= since:
        raise TrustRefused("right_ends_before_it_starts")
    if role is Role.BROKER and not (party.isascii() and party.isdigit() and len(party) <= 17):
        raise TrustRefused("firm_missing")
    if role is not Role.BROKER and party:
        raise TrustRefused("firm_not_wanted")
    if role is Role.CASHIER and not office:
        raise TrustRefused("office_missing")
    known = standing(user_id=user.id, day=since).filter(role=role, office=office, party=party, deputy_for__isnull=True)
    if known.filter(Q(since__lt=until) if until else Q()).exists():
        raise TrustRefused("right_stands")


@transaction.atomic
def decide_right(*, grant: uuid.UUID, agree: bool, by: Person, at: datetime, reason: str = "") -> None:
    """A second administrator agrees to a great power, or refuses it with words.

    Raises TrustRefused: `right_unknown`, `not_waiting`, `own_rights`, `not_your_office`, `not_an_administrator`,
    `second_person_needed`, `reason_missing`.
    """
    row = _grant(grant)
    _require(by, row.user_id, Role(row.role), row.office)
    if row.state != State.WAITS or row.ended_at is not None:
        raise TrustRefused("not_waiting")
    if by.id == row.granted_by:
        raise TrustRefused("second_person_needed", author=by.name)
    if not agree and not reason.strip():
        raise TrustRefused("reason_missing")
    before = _shown(row)
    row.state, row.decided_by, row.decided_at = (State.GIVEN if agree else State.REFUSED), by.id, at
    row.save(update_fields=["state", "decided_by", "decided_at"])
    note("right.confirmed" if agree else "right.refused", row, by=by, at=at, before=before, reason=reason.strip())


def _grant(grant: uuid.UUID) -> GrantRow:
    row = GrantRow.objects.select_for_update(of=("self",)).select_related("user").filter(id=grant).first()
    if row is None:
        raise TrustRefused("right_unknown")
    return row


@transaction.atomic
def end_right(*, grant: uuid.UUID, by: Person, at: datetime, reason: str) -> None:
    """End a right now. Raises TrustRefused: `right_unknown`, `right_ended`, `own_rights`, `not_your_office`,
    `not_an_administrator`, `last_administrator`, `reason_missing`."""
    row = _grant(grant)
    _require(by, row.user_id, Role(row.role), row.office)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    if row.ended_at is not None or row.state == State.REFUSED or (row.until and row.until <= clock.law_day(at)):
        raise TrustRefused("right_ended")
    before = _shown(row)
    row.ended_at, row.ended_by = at, by.id
    row.save(update_fields=["ended_at", "ended_by"])
    refuse_without_administrator(clock.law_day(at))
    note("right.ended", row, by=by, at=at, before=before, reason=reason.strip())


def refuse_without_administrator(day: date) -> None:
    """Raises TrustRefused `last_administrator` when nobody would administer the whole service any more."""
    holding = GrantRow.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), role=Role.ADMINISTRATOR, office="", since__lte=day, ended_at__isnull=True,
        state=State.GIVEN, user__active=True,
    )  # fmt: skip
    if not holding.exists():
        raise TrustRefused("last_administrator")


@transaction.atomic
def lend_rights(
    *, absent: uuid.UUID, deputy: uuid.UUID, since: date, until: date, by: Person, at: datetime, reason: str
) -> int:
    """Give a deputy, for some days, the rights that an officer who is away has at offices; each act is marked as theirs.

    Returns how many rights were lent. What somebody holds as a deputy is never lent on.
    Raises TrustRefused: `not_an_administrator`, `own_rights`, `own_deputy`, `person_unknown`, `person_inactive`,
    `right_in_the_past`, `right_ends_before_it_starts`, `not_your_office`, `nothing_to_lend`, `right_stands`, `reason_missing`.
    """  # fmt: skip
    require_administrator(by)
    if by.id == deputy:
        raise TrustRefused("own_rights")
    if absent == deputy:
        raise TrustRefused("own_deputy")
    if not reason.strip():
        raise TrustRefused("reason_missing")
    day = clock.law_day(at)
    away, stands_in = _locked(absent), _locked(deputy)
    if not stands_in.active:
        raise TrustRefused("person_inactive")
    if since < day:
        raise TrustRefused("right_in_the_past")
    if until <= since:
        raise TrustRefused("right_ends_before_it_starts")
    held = standing(user_id=absent, day=since).filter(
        role__in=LENT, state=State.GIVEN, deputy_for__isnull=True, since__lt=until
    )
    lent = [row for row in held if may_give(by, Role(row.role), row.office)]
    if not lent:
        raise TrustRefused("not_your_office" if held else "nothing_to_lend")
    if standing(user_id=deputy, day=since).filter(deputy_for=absent, since__lt=until).exists():
        raise TrustRefused("right_stands")
    for row in lent:
        _lend(row, away, stands_in, since, until, by, at, reason.strip())
    return len(lent)


def _lend(
    row: GrantRow, away: User, deputy: User, since: date, until: date, by: Person, at: datetime, reason: str
) -> None:
    """One right of who is away for their deputy, never longer than its holder has it."""
    made = GrantRow.objects.create(
        user=deputy, role=row.role, office=row.office, since=max(since, row.since),
        until=min(until, row.until or until), granted_by=by.id, granted_at=at,
        reason=reason[: audit.REASON_LENGTH], deputy_for=away.id, deputy_for_name=away.name,
    )  # fmt: skip
    note("right.lent", made, by=by, at=at, before={}, reason=reason)
