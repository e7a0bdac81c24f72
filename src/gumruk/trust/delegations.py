"""What the head of a firm allows colleagues: who, from when to when, for which acts; and its end. Grants are never deleted.

Only a person whose own grant for the firm has the act `delegate` is its head; customs gives that grant. A head allows
seeing, preparing, lodging and paying, never delegating.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gumruk.toolkit.clock import law_day
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.models import User
from gumruk.trust.selectors import acts_of
from gumruk.trust.types import ALL_ACTS, FirmAct, Person, Role, TrustRefused


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person who acts, or acted, for a firm by one grant."""

    grant: uuid.UUID
    user: uuid.UUID
    username: str
    name: str
    acts: frozenset[FirmAct]
    since: date
    until: date | None
    ended_at: datetime | None
    granted_at: datetime
    by_name: str

    @property
    def head(self) -> bool:
        return FirmAct.DELEGATE in self.acts

    @property
    def last_day(self) -> date | None:
        return self.until - timedelta(days=1) if self.until else None

    def standing_on(self, day: date) -> str:
        """`holds`, `later` when it has not begun, `over` when it has ended."""
        if self.ended_at is not None or (self.until is not None and self.until <= day):
            return "over"
        return "holds" if self.since <= day else "later"


def delegates(*, party: str) -> tuple[Delegate, ...]:
    """Everybody who was ever allowed to act for a firm, newest first; two queries."""
    rows = list(GrantRow.objects.filter(party=party, role=Role.BROKER).select_related("user").order_by("-id")[:500])
    names = dict(
        User.objects.filter(id__in={row.granted_by for row in rows if row.granted_by}).values_list("id", "name")
    )
    return tuple(
        Delegate(
            row.id,
            row.user_id,
            row.user.username,
            row.user.name,
            acts_of(row),
            row.since,
            row.until,
            row.ended_at,
            row.granted_at,
            names.get(row.granted_by, "") if row.granted_by else "",
        )
        for row in rows
    )


@transaction.atomic
def allow(
    *,
    party: str,
    who: str,
    acts: Collection[FirmAct],
    since: date,
    until: date | None,
    by: Person,
    at: datetime,
) -> uuid.UUID:
    """Let a colleague, named by sign-in name or e-mail address, act for the firm from `since` up to, not including, `until`.

    Raises TrustRefused `not_head`, `acts_missing`, `period_wrong`, `colleague_unknown`, `already_allowed`.
    """
    _require_head(by, party)
    wanted = frozenset(acts) & ALL_ACTS
    if not wanted:
        raise TrustRefused("acts_missing")
    if (until is not None and until <= since) or (until is not None and until <= law_day(at)):
        raise TrustRefused("period_wrong")
    user = _colleague(who)
    standing = GrantRow.objects.select_for_update().filter(
        Q(until__isnull=True) | Q(until__gt=since), user=user, party=party, role=Role.BROKER, ended_at__isnull=True
    )
    if until is not None:
        standing = standing.filter(since__lt=until)
    if standing.exists():
        raise TrustRefused("already_allowed", name=user.name)
    row = GrantRow.objects.create(
        user=user,
        role=Role.BROKER,
        party=party,
        since=since,
        until=until,
        acts=sorted(wanted),
        granted_by=by.id,
        granted_at=at,
    )
    return row.id


@transaction.atomic
def end_delegation(*, grant: uuid.UUID, by: Person, at: datetime) -> None:
    """From this moment on the grant opens nothing; the row stays.

    Raises TrustRefused `delegation_unknown`, `not_head`, `own_grant`, `delegation_ended`.
    """
    row = GrantRow.objects.select_for_update().filter(id=grant, role=Role.BROKER).exclude(party="").first()
    if row is None:
        raise TrustRefused("delegation_unknown")
    _require_head(by, row.party)
    if row.user_id == by.id or FirmAct.DELEGATE in acts_of(row):
        raise TrustRefused("own_grant")
    if row.ended_at is not None or (row.until is not None and row.until <= law_day(at)):
        raise TrustRefused("delegation_ended")
    row.ended_at, row.ended_by = at, by.id
    row.save(update_fields=["ended_at", "ended_by"])


def _require_head(by: Person, party: str) -> None:
    if not party or not by.may_for(party, FirmAct.DELEGATE):
        raise TrustRefused("not_head")


def _colleague(who: str) -> User:
    """The one active person with that name or address; several with one address are none."""
    said = who.strip()
    found = list(User.objects.filter(Q(username=said) | Q(email__iexact=said), active=True)[:2]) if said else []
    if len(found) != 1:
        raise TrustRefused("colleague_unknown")
    return found[0]
