"""Notes of officials on a declaration: internal, only added, never shown to who declares."""

from __future__ import annotations

import uuid
from datetime import datetime

from gumruk.declarations.freezing import part_of
from gumruk.declarations.models import Declaration, Note
from gumruk.declarations.types import DeclarationRefused, NoteView
from gumruk.trust.types import Person, Role

WRITERS = (Role.OFFICER, Role.SUPERVISOR)
LONGEST = 2000


def add_note(*, declaration: uuid.UUID, text: str, by: Person, at: datetime) -> NoteView:
    """Write a note. Raises DeclarationRefused `not_found`, `reason_missing`, `text_too_long`.

    Who may not work on the declaration learns only that there is none.
    """
    row = Declaration.objects.filter(id=declaration).only("id", "office", "month").first()
    if row is None or not any(by.may(role, row.office) for role in WRITERS):
        raise DeclarationRefused("not_found", declaration=str(declaration))
    said = text.strip()
    if not said:
        raise DeclarationRefused("reason_missing")
    if len(said) > LONGEST:
        raise DeclarationRefused("text_too_long", longest=str(LONGEST))
    Note.objects.create(**part_of(row), text=said, by=by.id, by_name=by.signed(row.office), at=at)
    return NoteView(said, by.signed(row.office), at)


def notes(*, declaration: uuid.UUID, sealed: bool = True) -> tuple[NoteView, ...]:
    """Every note, newest first; one query. None for whom `DeclarationView.sealed` keeps them from."""
    if sealed:
        return ()
    return tuple(
        NoteView(row.text, row.by_name, row.at) for row in Note.objects.filter(root=declaration).order_by("-id")
    )
