"""Writes of saved views and hand-overs."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction

from gumruk.toolkit.rows import month_of
from gumruk.trust.types import Person
from gumruk.work.models import HandOver, SavedView
from gumruk.work.types import MOST_VIEWS, NAME_LENGTH, WorkRefused


def save_view(*, name: str, asked: str, by: Person, at: datetime) -> uuid.UUID:
    """Keep a view under a name. Raises WorkRefused `view_name_missing`, `view_name_taken`, `views_full`."""
    name = _named(name)
    if SavedView.objects.filter(person=by.id).count() >= MOST_VIEWS:
        raise WorkRefused("views_full", most=str(MOST_VIEWS))
    try:
        with transaction.atomic():
            return SavedView.objects.create(person=by.id, name=name, asked=asked[:500], made_at=at).id
    except IntegrityError:
        raise WorkRefused("view_name_taken", name=name) from None


def rename_view(*, view: uuid.UUID, name: str, by: Person) -> None:
    """Give a view another name. Raises WorkRefused `view_name_missing`, `view_name_taken`, `view_unknown`."""
    name = _named(name)
    try:
        with transaction.atomic():
            changed = SavedView.objects.filter(id=view, person=by.id).update(name=name)
    except IntegrityError:
        raise WorkRefused("view_name_taken", name=name) from None
    if not changed:
        raise WorkRefused("view_unknown")


def delete_view(*, view: uuid.UUID, by: Person) -> None:
    """Forget a view. Raises WorkRefused `view_unknown`."""
    if not SavedView.objects.filter(id=view, person=by.id).delete()[0]:
        raise WorkRefused("view_unknown")


@transaction.atomic
def start_with(*, view: uuid.UUID | None, by: Person) -> None:
    """Make a view the person's first page; None: the whole queue again. Raises WorkRefused `view_unknown`."""
    SavedView.objects.filter(person=by.id, start=True).update(start=False)
    if view is not None and not SavedView.objects.filter(id=view, person=by.id).update(start=True):
        raise WorkRefused("view_unknown")


def record_hand_over(
    *, office: str, receiver: Person | None, note: str, declarations: Iterable[uuid.UUID], by: Person, at: datetime
) -> uuid.UUID:
    """Keep what a shift handed over. Used by: `clearance.end_shift`, which moves the declarations."""
    return HandOver.objects.create(
        office=office,
        month=month_of(at),
        giver=by.id,
        giver_name=by.name,
        receiver=receiver.id if receiver else None,
        receiver_name=receiver.name if receiver else "",
        note=note.strip()[:1000],
        declarations=[str(one) for one in declarations],
        at=at,
    ).id


def see_hand_over(*, hand_over: uuid.UUID, by: Person, at: datetime) -> None:
    """Remember that its receiver looked at it; anybody else's changes nothing."""
    HandOver.objects.filter(id=hand_over, receiver=by.id, seen_at=None).update(seen_at=at)


def _named(name: str) -> str:
    name = " ".join(name.split())[:NAME_LENGTH]
    if not name:
        raise WorkRefused("view_name_missing")
    return name
