"""What the pages of administration read alike: days, people, offices, and the cursor of a list."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.sheets import day_in
from gumruk.trust.services import everywhere
from gumruk.trust.types import Person, Role, TrustRefused
from gumruk.web.cashier.reading import for_roles
from gumruk.web.labels import ROLES
from gumruk.web.visits import person_of


class Unreadable(Exception):
    """What was typed cannot be read; the sentence says what to do."""


def for_everywhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Shows a page to administrators of the whole service; others learn only that there is none."""

    @for_roles(Role.ADMINISTRATOR)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not everywhere(person_of(request)):
            return render(request, "web/shared/missing.html", status=404)
        return view(request, *args, **kwargs)

    return guarded


def day_typed(text: str) -> date | None:
    """A day as people type it; None when empty. Raises Unreadable."""
    said = text.strip()
    if not said:
        return None
    day = day_in(said)
    if day is None or day.year >= date.max.year:
        raise Unreadable(gettext("Write the day as 25.11.2026."))
    return day


def id_typed(text: str) -> uuid.UUID:
    """An id from a form. Raises TrustRefused `person_unknown`."""
    try:
        return uuid.UUID(text)
    except ValueError:
        raise TrustRefused("person_unknown") from None


def role_options() -> list[tuple[str, str]]:
    return [(role.value, gettext(ROLES[role.value])) for role in Role]


def office_options(person: Person | None = None) -> list[tuple[str, str]]:
    """Offices with their names; with a person, those that they administer."""
    rows = [(code, f"{code} · {name}") for code, name in lawbook.codes("office", get_language() or "en")]
    mine = person.offices(Role.ADMINISTRATOR) if person else frozenset({""})
    return rows if "" in mine else [row for row in rows if row[0] in mine]
