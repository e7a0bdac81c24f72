"""Who calls and in which language: bearer tokens, the sandbox flag, Accept-Language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import HttpRequest
from ninja.security import HttpBearer

from gumruk.declarations.types import SANDBOX
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust import services as tokens
from gumruk.trust.types import Grant, Person, Role

LANGUAGES = ("tg", "ru", "en")


class Token(HttpBearer):
    """A client program shows its secret as a bearer token."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        at = clock.now()
        held = trust.token_holder(secret=token, at=at)
        if held is None:
            return None
        person, known = held
        if known.use_is_due(at):
            tokens.note_token_use(token=known.id, at=at)
        request.person, request.sandbox = person, known.sandbox  # type: ignore[attr-defined]
        return person


def person_of(request: HttpRequest) -> Person:
    """The person behind the token."""
    found: Person = request.person  # type: ignore[attr-defined]
    return found


def in_sandbox(request: HttpRequest) -> bool:
    """Whether the token is for the sandbox: it sees and moves sandbox declarations only."""
    return bool(request.sandbox)  # type: ignore[attr-defined]


def sandbox_officer(person: Person) -> Person:
    """The client as an officer of the sandbox, and of nothing else."""
    since = date.min
    grants = tuple(Grant(role, SANDBOX, "", since, None) for role in (Role.OFFICER, Role.SUPERVISOR))
    return replace(person, name="Sandbox officer", grants=grants)


def language_of(request: HttpRequest) -> str:
    """The first language of Accept-Language that the service speaks; English otherwise."""
    for part in request.headers.get("Accept-Language", "").split(","):
        asked = part.strip()[:2].lower()
        if asked in LANGUAGES:
            return asked
    return "en"
