"""Changes to users, grants and tokens; sign-in."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from gumruk.toolkit import clock
from gumruk.trust import selectors
from gumruk.trust.administering import (
    add_person,
    administered,
    appoint_first,
    change_person,
    choose_password,
    end_token_of,
    reset_password,
    searched,
    set_active,
)
from gumruk.trust.granting import decide_right, end_right, everywhere, give_right, lend_rights
from gumruk.trust.models import ApiToken, FailedSignIn, User
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.signatures import end_certificate, record_signature, register_certificate, verify_signature
from gumruk.trust.types import LABEL_LENGTH, FirmAct, Person, Role, TrustRefused

__all__ = [
    "add_person",
    "add_user",
    "administered",
    "appoint_first",
    "change_person",
    "choose_password",
    "decide_right",
    "end_certificate",
    "end_right",
    "end_token",
    "end_token_of",
    "everywhere",
    "forget_failed_sign_ins",
    "give_right",
    "grant",
    "issue_token",
    "lend_rights",
    "note_sign_in",
    "note_token_use",
    "record_signature",
    "register_certificate",
    "reset_password",
    "set_active",
    "set_language",
    "sign_in",
    "verify_signature",
]
TRIES, TRIES_FROM_A_PLACE, PAUSE = 10, 60, timedelta(minutes=15)


@transaction.atomic
def add_user(
    *,
    username: str,
    name: str,
    password: str,
    language: str,
    at: datetime,
    email: str = "",
    demo: bool = False,
) -> uuid.UUID:
    """Add a person who can sign in. Raises TrustRefused when the name is taken."""
    if User.objects.filter(username=username).exists():
        raise TrustRefused("username_taken", username=username)
    user = User.objects.create(
        username=username,
        name=name,
        email=email,
        language=language,
        demo=demo,
        password=make_password(password),
        made_at=at,
        searched=searched(username, name, email),
    )
    return user.id


def grant(
    *,
    user_id: uuid.UUID,
    role: Role,
    since: date,
    at: datetime,
    office: str = "",
    party: str = "",
    until: date | None = None,
    by: uuid.UUID | None = None,
    acts: Collection[FirmAct] = (),
) -> None:
    """Give a role at an office (empty: all) or for a firm, from `since` up to `until`.

    `acts` say what it allows for the firm; none: all but delegating.
    """
    GrantRow.objects.create(
        user_id=user_id,
        role=role,
        office=office,
        party=party,
        since=since,
        until=until,
        acts=sorted(acts),
        granted_by=by,
        granted_at=at,
    )


def sign_in(*, username: str, password: str, at: datetime, address: str = "") -> Person:
    """The person whose name and password these are. Raises TrustRefused; the reason never says which part was wrong.

    After `TRIES` failures of a name from one network address, or `TRIES_FROM_A_PLACE` from it in all, within `PAUSE`
    nothing is tried any more: a password is costly to test, and guessing must not be cheap. A name is never locked for
    other addresses, or anybody could lock anybody out.
    """
    name, place = selectors.hash_of(username.casefold()), selectors.hash_of(address)
    recent = FailedSignIn.objects.filter(at__gt=at - PAUSE)
    tried = recent.filter(name=name, place=place).count()
    if tried >= TRIES or recent.filter(place=place).count() >= TRIES_FROM_A_PLACE:
        raise TrustRefused("too_many_tries")
    try:
        person = _checked(username, password, at)
    except TrustRefused:
        FailedSignIn.objects.create(name=name, place=place, at=at)
        raise
    FailedSignIn.objects.filter(name=name, place=place).delete()
    note_sign_in(user_id=person.id, at=at)
    return person


def note_sign_in(*, user_id: uuid.UUID, at: datetime) -> None:
    """Remember when somebody signed in last."""
    User.objects.filter(id=user_id).update(last_login=at)


def forget_failed_sign_ins(at: datetime) -> int:
    """Remove failures that count no more. Used by: the hourly task."""
    return FailedSignIn.objects.filter(at__lte=at - PAUSE).delete()[0]


def _checked(username: str, password: str, at: datetime) -> Person:
    user = User.objects.filter(username=username, active=True).first()
    stored = user.password if user else make_password(None)
    if not check_password(password, stored) or user is None:
        raise TrustRefused("sign_in_failed")
    if user.password_until is not None and user.password_until <= at:
        raise TrustRefused("sign_in_failed")
    person = selectors.person(user_id=user.id, day=clock.law_day(at))
    if person is None:
        raise TrustRefused("sign_in_failed")
    return person


def set_language(*, user_id: uuid.UUID, language: str) -> None:
    """Keep the language in which a person wants pages and notices."""
    User.objects.filter(id=user_id).update(language=language)


def issue_token(
    *,
    user_id: uuid.UUID,
    label: str,
    at: datetime,
    sandbox: bool = False,
    until: datetime | None = None,
    secret: str | None = None,
) -> str:
    """A new API secret, shown once; only its hash is stored. It holds up to, not including, `until`.

    Raises TrustRefused `label_missing`, `label_too_long`, `until_past`.
    """
    label = label.strip()
    if not label:
        raise TrustRefused("label_missing")
    if len(label) > LABEL_LENGTH:
        raise TrustRefused("label_too_long", limit=str(LABEL_LENGTH))
    if until is not None and until <= at:
        raise TrustRefused("until_past", until=until.isoformat())
    shown = secret or secrets.token_urlsafe(32)
    ApiToken.objects.create(
        user_id=user_id, label=label, hash=selectors.hash_of(shown), sandbox=sandbox, made_at=at, until=until
    )
    return shown


@transaction.atomic
def end_token(*, token: uuid.UUID, user_id: uuid.UUID, at: datetime) -> None:
    """Close a token of this person: from now on it opens nothing. The row stays.

    Raises TrustRefused `token_unknown` (also for a token of somebody else) or `token_ended`.
    """
    row = ApiToken.objects.select_for_update().filter(id=token, user_id=user_id).first()
    if row is None:
        raise TrustRefused("token_unknown")
    if row.until is not None and row.until <= at:
        raise TrustRefused("token_ended")
    row.until = at
    row.save(update_fields=["until"])


def note_token_use(*, token: uuid.UUID, at: datetime) -> None:
    """Remember when a token was last used. Used by: the API, when `Token.use_is_due`."""
    ApiToken.objects.filter(id=token).update(used_at=at)
