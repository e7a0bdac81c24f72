"""Changes to drafts. What moves a declaration to its next state is in `moves`, which only `clearance` may use."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from gumruk.declarations import moves
from gumruk.declarations.canonical import clean, difference
from gumruk.declarations.freezing import listed_facts
from gumruk.declarations.holding import hold_draft, require_hold
from gumruk.declarations.models import Declaration, DraftChange
from gumruk.declarations.owning import EDITABLE, locked_draft, locked_row, owned_by
from gumruk.declarations.types import SANDBOX, DeclarationRefused, State
from gumruk.rules.form import Content
from gumruk.toolkit import rows
from gumruk.toolkit.rows import month_of
from gumruk.trust.types import FirmAct, Person, Role

__all__ = [
    "EDITABLE",
    "copy",
    "create_draft",
    "forget_draft_changes",
    "hold_draft",
    "name_template",
    "owned_by",
    "save_draft",
]
MOST_CHANGES = 400  # a saving that changes more fields than this is kept as one that changed everything
CHANGES_KEPT = timedelta(days=2)
LONGEST_REASON = 500


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
    tin = content.get("declarant_tin", "") or next(iter(sorted(by.parties_for(FirmAct.PREPARE))), "")
    if not by.may(Role.BROKER) or not by.may_for(tin, FirmAct.PREPARE):
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
def save_draft(
    *,
    declaration: uuid.UUID,
    content: Content,
    revision: int,
    by: Person,
    at: datetime,
    reasons: Mapping[str, str] | None = None,
) -> int:
    """Keep what was typed; returns the new revision. `reasons` say why warnings may stand, those that were given now.

    Raises DeclarationRefused: `not_yours`, `not_a_draft`, `held_by_other` when somebody else has it in hand, or
    `changed_meanwhile` when somebody saved after `revision` was read; then nothing is written and the caller shows both.
    """
    row = locked_draft(declaration, by)
    require_hold(row, by, at)
    if row.revision != revision:
        raise DeclarationRefused("changed_meanwhile", revision=str(row.revision))
    content = clean(content)
    tin = content.get("declarant_tin", "")
    if tin and not by.may_for(tin, FirmAct.PREPARE):
        raise DeclarationRefused("not_a_broker", declarant_tin=tin, person=by.username)
    _note_changes(row, content, by, at)
    # A draft belongs to nobody's office yet: the owning office is fixed when the first version is frozen.
    row.office = moves.owner_of(row, content) if row.version == 0 else row.office
    row.draft = content
    row.draft_reasons = _reasons(row.draft_reasons, reasons or {})
    row.declarant_tin = tin or row.declarant_tin
    row.draft_changed_at = row.changed_at = at
    row.revision += 1
    for name, value in listed_facts(content, row.registration).items():
        setattr(row, name, value)
    row.save()
    return row.revision


def _note_changes(row: Declaration, content: Content, by: Person, at: datetime) -> None:
    """Remember which fields this saving changes, so that who saves later can put both together."""
    found = difference(row.draft, content)
    changes = [{"path": one.path, "before": one.before, "after": one.after} for one in found]
    kept = changes if len(changes) <= MOST_CHANGES else None
    common = {"root": row.id, "office": row.office, "month": row.month}
    change = DraftChange(**common, number=row.revision + 1, by=by.id, by_name=by.name, at=at, changes=kept)
    rows.add(change)


def _reasons(before: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    made = {**before, **{key[:200]: text.strip()[:LONGEST_REASON] for key, text in given.items()}}
    return {key: text for key, text in made.items() if text}


def forget_draft_changes(at: datetime) -> int:
    """Remove what savings changed when nobody can still have the page before them open. Used by: the hourly task."""
    return DraftChange.objects.filter(at__lt=at - CHANGES_KEPT).delete()[0]


@transaction.atomic
def copy(*, declaration: uuid.UUID, by: Person, at: datetime) -> uuid.UUID:
    """A new draft with the content of another declaration, without its dates, numbers and computed fields."""
    row = Declaration.objects.filter(id=declaration).first()
    if row is None or not owned_by(by, row.declarant_tin, row.owner):
        raise DeclarationRefused("not_found", declaration=str(declaration))
    dropped = ("reference", "declaration_date", "exchange_rate", "value_total")
    content = {key: value for key, value in row.draft.items() if key not in dropped}
    if row.template_name:
        Declaration.objects.filter(id=row.id).update(template_used_at=at)
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
