"""Whose a draft is: who may see it, type into it, and get its row to change it."""

from __future__ import annotations

import uuid

from gumruk.declarations.models import Declaration
from gumruk.declarations.types import DeclarationRefused, State
from gumruk.trust.types import FirmAct, Person

EDITABLE = (State.DRAFT, State.REJECTED)


def owned_by(person: Person, declarant_tin: str, owner: uuid.UUID) -> bool:
    """True when the person prepares declarations of its declarant, or made a draft that names none yet."""
    return person.may_for(declarant_tin, FirmAct.PREPARE) if declarant_tin else person.id == owner


def locked_row(declaration: uuid.UUID, by: Person) -> Declaration:
    """The row, locked, when the person may change it. Raises DeclarationRefused `not_found` or `not_yours`."""
    row = Declaration.objects.select_for_update().filter(id=declaration).first()
    if row is None:
        raise DeclarationRefused("not_found", declaration=str(declaration))
    if not owned_by(by, row.declarant_tin, row.owner):
        raise DeclarationRefused("not_yours", declaration=str(declaration))
    return row


def locked_draft(declaration: uuid.UUID, by: Person) -> Declaration:
    """The row of a draft, locked. Raises DeclarationRefused `not_found`, `not_yours` or `not_a_draft`."""
    row = locked_row(declaration, by)
    if row.state not in EDITABLE:
        raise DeclarationRefused("not_a_draft", state=row.state)
    return row
