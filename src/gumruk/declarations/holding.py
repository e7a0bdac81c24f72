"""Who has a draft open to type into it. One person at a time; whoever is idle too long may be replaced, anybody with a
right to the draft may take it over by saying so, and the other learns of it at the next attempt to save.

How long idle is long is a dated setting; while it says nothing, nobody is kept out.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from gumruk.declarations.models import Declaration, DraftHolder
from gumruk.declarations.owning import locked_draft
from gumruk.declarations.types import DeclarationRefused, Holder
from gumruk.law.day import ParameterUnknown
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import LawbookRefused
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Person

IDLE = "draft_hold_minutes"


def idle_after(at: datetime) -> timedelta | None:
    """After how long without a sign of life a draft is free again, by the settings of the day."""
    try:
        return timedelta(minutes=int(str(lawbook.on(law_day(at)).value(IDLE))))
    except (LawbookRefused, ParameterUnknown, ValueError):
        return None


@transaction.atomic
def hold_draft(*, declaration: uuid.UUID, by: Person, at: datetime, take: bool = False) -> Holder:
    """Take the draft in hand, unless somebody else has it and is not idle; returns who holds it now.

    `take` takes it over from whoever has it. Raises DeclarationRefused `not_found`, `not_yours`, `not_a_draft`.
    Used by: the pages of a draft when they are opened, the button that takes over.
    """
    row = locked_draft(declaration, by)
    found = DraftHolder.objects.filter(root=row.id).first()
    if found is not None and found.by != by.id and not take and not _idle(found, at):
        return view_of(found, by)
    if found is None:
        found = DraftHolder(root=row.id, office=row.office, month=row.month)
    if found.by != by.id:
        found.since = at
    found.by, found.by_name, found.seen_at = by.id, by.name, at
    found.save()
    return view_of(found, by)


def require_hold(row: Declaration, by: Person, at: datetime) -> None:
    """Raise DeclarationRefused `held_by_other` when somebody else has the draft; else note that its holder lives.

    The row is locked by the caller, so nobody takes it over meanwhile.
    """
    found = DraftHolder.objects.filter(root=row.id).first()
    if found is None:
        return
    if found.by == by.id:
        DraftHolder.objects.filter(id=found.id).update(seen_at=at)
    elif not _idle(found, at):
        raise DeclarationRefused("held_by_other", name=found.by_name, since=found.since.isoformat())


def _idle(found: DraftHolder, at: datetime) -> bool:
    limit = idle_after(at)
    return limit is None or found.seen_at < at - limit


def view_of(found: DraftHolder, by: Person) -> Holder:
    """Who holds it, as its page shows it."""
    return Holder(found.by, found.by_name, found.since, found.seen_at, mine=found.by == by.id)
