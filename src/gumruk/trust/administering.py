"""People as an administrator keeps them: added, changed, stopped, let in again, given a new first password.

A password that somebody else set is shown once, opens one door only (choosing another) and expires.
"""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from gumruk.toolkit import audit, clock
from gumruk.toolkit.text import folded, is_plain, nfc
from gumruk.trust.granting import (
    FOUR_EYES,
    State,
    everywhere,
    may_give,
    note,
    refuse_without_administrator,
    require_administrator,
    standing,
)
from gumruk.trust.models import ApiToken, User
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.types import Person, Role, TrustRefused

FIRST_PASSWORD_HOLDS = timedelta(days=3)
SHORTEST, LONGEST = 12, 200
LANGUAGES = ("tg", "ru", "en")


def searched(username: str, name: str, email: str) -> str:
    """What a person is found by."""
    return folded(f"{username} {name} {email}")[:520]


def _named(username: str, name: str, email: str, language: str) -> tuple[str, str, str]:
    """The three in one form of letters. Raises TrustRefused."""
    username, name, email = nfc(username.strip()), nfc(" ".join(name.split())), email.strip()
    if not (0 < len(username) <= 60) or not all(sign.isalnum() or sign in "._-@" for sign in username):
        raise TrustRefused("username_malformed")
    if not (0 < len(name) <= 200) or not is_plain(name) or "/" in name:
        raise TrustRefused("name_missing")
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise TrustRefused("email_malformed") from None
    if language not in LANGUAGES:
        raise TrustRefused("language_unknown")
    return username, name, email


@transaction.atomic
def add_person(
    *, username: str, name: str, email: str, language: str, by: Person | None, at: datetime
) -> tuple[uuid.UUID, str]:
    """A new person without any right, and the first password, told this once. `by` None is the console.

    Raises TrustRefused: `not_an_administrator`, `username_malformed`, `name_missing`, `email_malformed`,
    `language_unknown`, `username_taken`.
    """
    if by is not None:
        require_administrator(by)
    username, name, email = _named(username, name, email, language)
    secret = secrets.token_urlsafe(12)
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=username, name=name, email=email, language=language, password=make_password(secret), made_at=at,
                searched=searched(username, name, email), must_change=True, password_until=at + FIRST_PASSWORD_HOLDS,
            )  # fmt: skip
    except IntegrityError:
        raise TrustRefused("username_taken", username=username) from None
    audit.record(
        "person.added", by=by, at=at, kind="person", subject=user.id, subject_name=name,
        after={"username": username, "name": name, "email": email, "language": language},
    )  # fmt: skip
    return user.id, secret


def administered(*, user_id: uuid.UUID, by: Person, at: datetime) -> bool:
    """Whether `by` administers this person: everybody, or those whose standing rights are all at their own offices."""
    if not by.may(Role.ADMINISTRATOR):
        return False
    rows = standing(user_id=user_id, day=clock.law_day(at)).values_list("role", "office")
    return everywhere(by) or all(may_give(by, Role(role), office) for role, office in rows)


def _locked(user_id: uuid.UUID, by: Person, at: datetime, *, own: bool = False) -> User:
    """The person, locked. Raises TrustRefused `person_unknown`, `own_account`, `not_your_office`, `not_an_administrator`."""
    require_administrator(by)
    user = User.objects.select_for_update().filter(id=user_id).first()
    if user is None:
        raise TrustRefused("person_unknown")
    if by.id == user_id and not own:
        raise TrustRefused("own_account")
    if not administered(user_id=user_id, by=by, at=at):
        raise TrustRefused("not_your_office")
    return user


@transaction.atomic
def change_person(
    *, user_id: uuid.UUID, name: str, email: str, language: str, by: Person, at: datetime, reason: str
) -> None:
    """Correct the name, the address or the language of a person.

    Raises TrustRefused: as `add_person`, and `person_unknown`, `own_account`, `not_your_office`, `reason_missing`,
    `unchanged`.
    """
    user = _locked(user_id, by, at)
    _, name, email = _named(user.username, name, email, language)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    before = {"name": user.name, "email": user.email, "language": user.language}
    after = {"name": name, "email": email, "language": language}
    changed = [field for field in before if before[field] != after[field]]
    if not changed:
        raise TrustRefused("unchanged")
    user.name, user.email, user.language = name, email, language
    user.searched = searched(user.username, name, email)
    user.save(update_fields=["name", "email", "language", "searched"])
    audit.record(
        "person.changed", by=by, at=at, kind="person", subject=user.id, subject_name=name, reason=reason.strip(),
        before={field: before[field] for field in changed}, after={field: after[field] for field in changed},
    )  # fmt: skip


@transaction.atomic
def set_active(*, user_id: uuid.UUID, active: bool, by: Person, at: datetime, reason: str) -> None:
    """Stop a person (every session and token opens nothing at once), or let them in again.

    Raises TrustRefused: `person_unknown`, `own_account`, `not_your_office`, `not_an_administrator`, `reason_missing`,
    `unchanged`, `last_administrator`.
    """
    user = _locked(user_id, by, at)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    if user.active is active:
        raise TrustRefused("unchanged")
    user.active, user.signed_out_at = active, at
    user.save(update_fields=["active", "signed_out_at"])
    if not active:
        refuse_without_administrator(clock.law_day(at))
    audit.record(
        "person.let_in" if active else "person.stopped", by=by, at=at, kind="person", subject=user.id,
        subject_name=user.name, before={"active": not active}, after={"active": active}, reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def reset_password(*, user_id: uuid.UUID, by: Person, at: datetime, reason: str) -> str:
    """A new first password, told this once; the person is signed out everywhere and must choose another.

    Great powers of the person wait for a second administrator again: whoever knows the password alone may not use them.
    Raises TrustRefused: `person_unknown`, `person_inactive`, `own_account`, `not_your_office`, `not_an_administrator`,
    `reason_missing`, `last_administrator`.
    """
    user = _locked(user_id, by, at)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    if not user.active:
        raise TrustRefused("person_inactive")
    secret = secrets.token_urlsafe(12)
    user.password, user.must_change, user.password_until = make_password(secret), True, at + FIRST_PASSWORD_HOLDS
    user.signed_out_at = at
    user.save(update_fields=["password", "must_change", "password_until", "signed_out_at"])
    day = clock.law_day(at)
    for row in standing(user_id=user.id, day=day).filter(role__in=FOUR_EYES, state=State.GIVEN).select_related("user"):
        _ask_again(row, by, at, reason.strip())
    refuse_without_administrator(day)
    audit.record(
        "person.password_reset", by=by, at=at, kind="person", subject=user.id, subject_name=user.name, reason=reason.strip()
    )  # fmt: skip
    return secret


def _ask_again(row: GrantRow, by: Person, at: datetime, reason: str) -> None:
    before = {"role": row.role, "state": row.state}
    row.state, row.granted_by, row.decided_by, row.decided_at = State.WAITS, by.id, None, None
    row.save(update_fields=["state", "granted_by", "decided_by", "decided_at"])
    note("right.asked", row, by=by, at=at, before=before, reason=reason)


@transaction.atomic
def choose_password(*, person: Person, old: str, new: str, at: datetime) -> None:
    """The person's own new password. Other sessions of theirs are closed.

    Raises TrustRefused `password_wrong`, `password_short`, `password_long`, `password_same`, `password_named`.
    """
    user = User.objects.select_for_update().get(id=person.id)
    if not check_password(old, user.password):
        raise TrustRefused("password_wrong")
    if len(new) < SHORTEST:
        raise TrustRefused("password_short", least=str(SHORTEST))
    if len(new) > LONGEST:
        raise TrustRefused("password_long", most=str(LONGEST))
    if new == old:
        raise TrustRefused("password_same")
    if folded(user.username) in folded(new):
        raise TrustRefused("password_named")
    user.password, user.must_change, user.password_until, user.signed_out_at = make_password(new), False, None, at
    user.save(update_fields=["password", "must_change", "password_until", "signed_out_at"])
    audit.record("person.password_chosen", by=person, at=at, kind="person", subject=user.id, subject_name=user.name)


@transaction.atomic
def end_token_of(*, token: uuid.UUID, by: Person, at: datetime, reason: str) -> None:
    """End somebody's API token. Raises TrustRefused `token_unknown`, `token_ended`, `reason_missing`, and as `_locked`."""
    row = ApiToken.objects.select_for_update().filter(id=token).first()
    if row is None:
        raise TrustRefused("token_unknown")
    user = _locked(row.user_id, by, at, own=True)
    if not reason.strip():
        raise TrustRefused("reason_missing")
    if row.until is not None and row.until <= at:
        raise TrustRefused("token_ended")
    row.until = at
    row.save(update_fields=["until"])
    audit.record(
        "token.ended", by=by, at=at, kind="person", subject=user.id, subject_name=user.name, before={"token": row.label},
        reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def appoint_first(*, user_id: uuid.UUID, at: datetime) -> None:
    """Make somebody administrator of the whole service from the console, as there is nobody yet to give it, or too few."""
    day: date = clock.law_day(at)
    row = GrantRow.objects.create(
        user_id=user_id, role=Role.ADMINISTRATOR, since=day, granted_at=at, reason="console", state=State.GIVEN
    )
    note("right.given", row, by=None, at=at, before={}, reason="console")
