"""Changes to drafts. What moves a declaration to its next state is in `moves`, which only `clearance` may use."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from gumruk.declarations import moves
from gumruk.declarations.canonical import clean
from gumruk.declarations.freezing import listed_facts
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import SANDBOX, DeclarationRefused, State
from gumruk.rules.form import Content
from gumruk.toolkit.rows import month_of
from gumruk.trust.types import Person, Role

EDITABLE = (State.DRAFT, State.REJECTED)


def owned_by(person: Person, declarant_tin: str, owner: uuid.UUID) -> bool:
    """True when the person files for its declarant, or made a draft that names none yet."""
    return declarant_tin in person.parties if declarant_tin else person.id == owner


@transaction.atomic
def create_draft(
    *,
    content: Content,
    by: Person,
    at: datetime,
    origin: str = "form",
    residue: bytes | None = None,
    source_format: str = "",
    sandbox: bool = False,
) -> uuid.UUID:
    """Store a new draft, complete or not. Nothing is judged here.

    Used by: the form, file import, the API, `gumruk declare`, copy.
    Raises DeclarationRefused `not_a_broker` when the person may not file for the declarant that the content names.
    """
    content = clean(content)
    tin = content.get("declarant_tin", "") or next(iter(sorted(by.parties)), "")
    if not by.may(Role.BROKER) or tin not in by.parties:
        raise DeclarationRefused("not_a_broker", declarant_tin=tin, person=by.username)
    declaration = Declaration.objects.create(
        office=SANDBOX if sandbox else content.get("office", "")[:12],
        month=month_of(at),
        owner=by.id,
        declarant_tin=tin,
        draft=content,
        draft_changed_at=at,
        residue=residue,
        source_format=source_format,
        origin=origin,
        sandbox=sandbox,
        made_at=at,
        changed_at=at,
        **listed_facts(content),
    )
    moves.note(declaration, "draft_made", by=by, at=at, details={"origin": origin, "format": source_format})
    moves.write(declaration)
    return declaration.id


@transaction.atomic
def save_draft(*, declaration: uuid.UUID, content: Content, revision: int, by: Person, at: datetime) -> int:
    """Keep what was typed; returns the new revision.

    Raises DeclarationRefused: `not_yours`, `not_a_draft`, or `changed_meanwhile` when somebody saved after `revision`
    was read; then nothing is written and the caller shows both.
    """
    row = locked_row(declaration, by)
    if row.state not in EDITABLE:
        raise DeclarationRefused("not_a_draft", state=row.state)
    if row.revision != revision:
        raise DeclarationRefused("changed_meanwhile", revision=str(row.revision))
    content = clean(content)
    tin = content.get("declarant_tin", "")
    if tin and tin not in by.parties:
        raise DeclarationRefused("not_a_broker", declarant_tin=tin, person=by.username)
    # A draft belongs to nobody's office yet: the owning office is fixed when the first version is frozen.
    row.office = moves.owner_of(row, content) if row.version == 0 else row.office
    row.draft = content
    row.declarant_tin = tin or row.declarant_tin
    row.draft_changed_at = row.changed_at = at
    row.revision += 1
    for name, value in listed_facts(content).items():
        setattr(row, name, value)
    row.save()
    return row.revision


def locked_row(declaration: uuid.UUID, by: Person) -> Declaration:
    """The row, locked, when the person may change it. Raises DeclarationRefused `not_found` or `not_yours`."""
    row = Declaration.objects.select_for_update().filter(id=declaration).first()
    if row is None:
        raise DeclarationRefused("not_found", declaration=str(declaration))
    if not owned_by(by, row.declarant_tin, row.owner):
        raise DeclarationRefused("not_yours", declaration=str(declaration))
    return row


@transaction.atomic
def copy(*, declaration: uuid.UUID, by: Person, at: datetime) -> uuid.UUID:
    """A new draft with the content of another declaration, without its dates, numbers and computed fields."""
    row = Declaration.objects.filter(id=declaration).first()
    if row is None or not owned_by(by, row.declarant_tin, row.owner):
        raise DeclarationRefused("not_found", declaration=str(declaration))
    dropped = ("reference", "declaration_date", "exchange_rate", "value_total")
    content = {key: value for key, value in row.draft.items() if key not in dropped}
    return create_draft(content=content, by=by, at=at)


@transaction.atomic
def name_template(*, declaration: uuid.UUID, name: str, by: Person, at: datetime) -> None:
    """Keep a draft as a template under `name`; an empty name makes it an ordinary draft again."""
    row = locked_row(declaration, by)
    if row.state != State.DRAFT:
        raise DeclarationRefused("not_a_draft", state=row.state)
    row.template_name = name.strip()[:80]
    row.changed_at = at
    row.save()
