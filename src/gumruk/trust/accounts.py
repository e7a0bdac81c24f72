"""People as an administrator sees them: the list by cursor, one person with every right and token, what waits."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gumruk.toolkit.text import folded
from gumruk.trust.models import FailedSignIn, User
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.selectors import hash_of, tokens_of
from gumruk.trust.types import Role, Token

PAGE = 50


@dataclass(frozen=True, slots=True)
class Right:
    """A grant with all that is known of it."""

    id: uuid.UUID
    user_id: uuid.UUID
    user_name: str
    role: Role
    office: str
    party: str
    since: date
    until: date | None
    state: str
    given_by: str
    given_at: datetime
    decided_by: str
    decided_at: datetime | None
    ended_by: str
    ended_at: datetime | None
    reason: str
    deputy_for: str
    given_by_id: uuid.UUID | None

    def stands(self, day: date) -> str:
        """`waits`, `refused`, `ended`, `coming` or `holds`."""
        if self.state != "given":
            return self.state if self.ended_at is None else "ended"
        if self.ended_at is not None or (self.until is not None and self.until <= day):
            return "ended"
        return "coming" if self.since > day else "holds"


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the list shows them."""

    id: uuid.UUID
    username: str
    name: str
    email: str
    language: str
    active: bool
    demo: bool
    must_change: bool
    password_until: datetime | None
    last_sign_in: datetime | None
    made_at: datetime
    rights: tuple[Right, ...] = ()
    tokens: tuple[Token, ...] = ()
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people are asked for; empty: any."""

    text: str = ""
    role: str = ""
    office: str = ""
    active: bool | None = None


def page(*, wanted: Wanted, day: date, after: str = "", size: int = PAGE) -> tuple[tuple[Account, ...], str]:
    """People, the newest first, with the rights that hold or come; two queries. ValueError when `after` is no cursor."""
    found = User.objects.order_by("-id")
    for word in folded(wanted.text).split()[:6]:
        found = found.filter(searched__contains=word)
    if wanted.active is not None:
        found = found.filter(active=wanted.active)
    if wanted.role or wanted.office:
        held = _standing(day).filter(user=OuterRef("id"))
        held = held.filter(role=wanted.role) if wanted.role else held
        held = held.filter(office=wanted.office) if wanted.office else held
        found = found.filter(Exists(held))
    if after:
        found = found.filter(id__lt=uuid.UUID(after))
    read = list(found[: size + 1])
    more, read = len(read) > size, read[:size]
    rights = _rights(_standing(day).filter(user__in=[row.id for row in read]).order_by("id"), {})
    accounts = tuple(_account(row, tuple(one for one in rights if one.user_id == row.id)) for row in read)
    return accounts, str(read[-1].id) if more else ""


def account(*, user_id: uuid.UUID) -> Account | None:
    """One person with every right and token they ever had; five queries."""
    row = User.objects.filter(id=user_id).first()
    if row is None:
        return None
    grants = GrantRow.objects.filter(user_id=user_id).select_related("user").order_by("-id")
    names = names_of(one for grant in grants for one in (grant.granted_by, grant.decided_by, grant.ended_by))
    failures = FailedSignIn.objects.filter(name=hash_of(row.username.casefold())).count()
    return _account(row, _rights(grants, names), tokens_of(user_id=user_id), failures)


def waiting(*, limit: int = 50) -> tuple[Right, ...]:
    """Rights that wait for a second administrator, oldest first; two queries."""
    rows = GrantRow.objects.filter(state="waits", ended_at__isnull=True).select_related("user").order_by("id")[:limit]
    return _rights(rows, names_of(row.granted_by for row in rows))


def waiting_count() -> int:
    """How many rights wait for a second administrator; one query."""
    return GrantRow.objects.filter(state="waits", ended_at__isnull=True).count()


def counts_at(*, day: date) -> dict[str, dict[str, int]]:
    """Office → role → how many active people hold it there on `day`; one query."""
    held = _standing(day).filter(since__lte=day, state="given", user__active=True).exclude(office="")
    found: dict[str, dict[str, int]] = {}
    for office, role, count in held.values_list("office", "role").annotate(people=Count("user", distinct=True)):
        found.setdefault(office, {})[role] = count
    return found


def names_of(people: Iterable[uuid.UUID | None]) -> dict[uuid.UUID | None, str]:
    """The names of people by id; one query."""
    return dict(User.objects.filter(id__in={one for one in people if one}).values_list("id", "name"))


def at_office(*, office: str, day: date) -> tuple[tuple[uuid.UUID, str], ...]:
    """The active people with a right at an office on `day`, by name; one query."""
    held = _standing(day).filter(user=OuterRef("id"), office=office, since__lte=day, state="given")
    return tuple(User.objects.filter(Exists(held), active=True).order_by("name").values_list("id", "name"))


def _standing(day: date) -> QuerySet[GrantRow]:
    rows = GrantRow.objects.filter(Q(until__isnull=True) | Q(until__gt=day), ended_at__isnull=True)
    return rows.exclude(state="refused").select_related("user")


def _rights(rows: Iterable[GrantRow], names: Mapping[uuid.UUID | None, str]) -> tuple[Right, ...]:
    return tuple(
        Right(
            row.id, row.user_id, row.user.name, Role(row.role), row.office, row.party, row.since, row.until, row.state,
            names.get(row.granted_by, ""), row.granted_at, names.get(row.decided_by, ""), row.decided_at,
            names.get(row.ended_by, ""), row.ended_at, row.reason, row.deputy_for_name, row.granted_by,
        )
        for row in rows
    )  # fmt: skip


def _account(row: User, rights: tuple[Right, ...], tokens: tuple[Token, ...] = (), failures: int = 0) -> Account:
    return Account(
        row.id, row.username, row.name, row.email, row.language, row.active, row.demo, row.must_change,
        row.password_until, row.last_login, row.made_at, rights, tokens, failures,
    )  # fmt: skip
