"""Files of a declaration: who may hand them in, see them, end them, open them. What one is, `documents.files` says.

In a draft a file is attached or ended at will. Later the declarant's firm stages files, and the act that wants them (an
answer, an amendment, a request) takes them; then they are fixed. Customs sees what was handed in, never what is staged.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gumruk.declarations.freezing import date_or_none
from gumruk.declarations.models import Declaration
from gumruk.declarations.owning import EDITABLE, locked_row, owned_by
from gumruk.declarations.types import DeclarationRefused, DeclarationView, State
from gumruk.documents.files import selectors, services
from gumruk.documents.files.types import Actor, FileView, Holder, OpeningView, Paper, Upload, Use
from gumruk.rules.form import Content
from gumruk.trust.types import Person, Role

# Where an act may still take staged files: a question, an amendment, a request.
STAGING = frozenset({
    State.REGISTERED, State.ASSESSED, State.PAYMENT_DUE, State.SECURED, State.UNDER_CONTROL, State.DOCS_REQUIRED,
    State.QUERIED, State.DISCREPANCY, State.RELEASABLE,
})  # fmt: skip

# What may be ended where a file of a use is added: a draft that was rejected also holds what amendments brought.
ENDED_WITH = {Use.DRAFT: (Use.DRAFT, Use.AMENDMENT), Use.STAGED: (Use.STAGED,)}


def attach(
    *, declaration: uuid.UUID, upload: Upload, by: Person, at: datetime, replaces: uuid.UUID | None = None
) -> FileView:
    """Attach a file to a draft, or stage it for the act that will take it. `replaces` names the file that it ends.

    Used by: the pages of a draft, an answer, an amendment and a request; the API; `gumruk document add`.
    Raises DeclarationRefused `not_found`, `not_yours`, `files_closed`; FileNotTaken.
    """
    with transaction.atomic():
        row = locked_row(declaration, by)
        use = _use_in(State(row.state))
        if replaces is not None:
            services.withdraw(root=row.id, file=replaces, uses=ENDED_WITH[use], by=_actor(by), at=at)
        return services.attach(holder=_holder(row), use=use, upload=upload, by=_actor(by), at=at, replaces=replaces)


def withdraw(*, declaration: uuid.UUID, file: uuid.UUID, by: Person, at: datetime) -> FileView:
    """End a file of a draft, or one that is staged. What was lodged stays with the version that carried it.

    Raises DeclarationRefused `not_found`, `not_yours`, `files_closed`; FileNotTaken `file_missing`, `file_fixed`.
    """
    with transaction.atomic():
        row = locked_row(declaration, by)
        return services.withdraw(
            root=row.id, file=file, uses=ENDED_WITH[_use_in(State(row.state))], by=_actor(by), at=at
        )


def move(*, declaration: uuid.UUID, file: uuid.UUID, paper: Paper, by: Person, at: datetime) -> FileView:
    """Let a file of a draft show another document: the old use ends, the same bytes get a new one.

    Raises DeclarationRefused `not_found`, `not_yours`, `files_closed`; FileNotTaken.
    """
    with transaction.atomic():
        ended = withdraw(declaration=declaration, file=file, by=by, at=at)
        upload = Upload(ended.name, selectors.bytes_of(sha256=ended.sha256), paper)
        row = locked_row(declaration, by)
        use = _use_in(State(row.state))
        return services.attach(holder=_holder(row), use=use, upload=upload, by=_actor(by), at=at, replaces=file)


def copy_files(*, source: uuid.UUID, target: uuid.UUID, by: Person, at: datetime) -> int:
    """Attach the standing files of one own declaration to the draft of another; returns how many. Only when asked for.

    Raises DeclarationRefused `not_found`, `not_yours`, `files_closed`; FileNotTaken.
    """
    with transaction.atomic():
        given = Declaration.objects.filter(id=source).first()
        if given is None or not owned_by(by, given.declarant_tin, given.owner):
            raise DeclarationRefused("not_found", declaration=str(source))
        standing = [one for one in selectors.files_of(root=source) if one.live and one.use is not Use.STAGED]
        for one in standing:
            data = selectors.bytes_of(sha256=one.sha256)
            attach(declaration=target, upload=Upload(one.name, data, one.paper), by=by, at=at)
        return len(standing)


def files_of(*, seen: DeclarationView, person: Person) -> tuple[FileView, ...]:
    """The files that the person may know of, oldest first; one query. `seen` is the declaration as the person sees it."""
    found = selectors.files_of(root=seen.id)
    return found if _own(seen, person) else tuple(one for one in found if one.handed_in)


def open_file(
    *, seen: DeclarationView, file: uuid.UUID, person: Person, at: datetime, door: str
) -> tuple[FileView, bytes]:
    """A file with its bytes, and the note that this person opened it.

    Raises DeclarationRefused `file_not_found`, also when the person may not see it.
    """
    found = next((one for one in files_of(seen=seen, person=person) if one.id == file), None)
    if found is None:
        raise DeclarationRefused("file_not_found", file=str(file))
    row = Declaration.objects.only("id", "office", "month").get(id=seen.id)
    services.note_opening(holder=_holder(row), file=file, by=_actor(person), at=at, door=door)
    return found, selectors.bytes_of(sha256=found.sha256)


def openings_of(*, seen: DeclarationView, person: Person) -> tuple[OpeningView, ...]:
    """Who opened the files, for supervisors of the office; nothing for others. Two queries."""
    return selectors.openings_of(root=seen.id) if person.may(Role.SUPERVISOR, seen.summary.office) else ()


def papers_of(content: Content) -> dict[tuple[str, str, object], tuple[Paper, list[int]]]:
    """Every document that box 44 names, once, with the items that name it, in the order of the form."""
    named: dict[tuple[str, str, object], tuple[Paper, list[int]]] = {}
    for number, item in enumerate(content.get("items", []), start=1):
        for row in item.get("documents", []):
            paper = Paper(row.get("kind", ""), row.get("number", ""), date_or_none(row.get("date", "")))
            items = named.setdefault(paper.key, (paper, []))[1]
            if number not in items:
                items.append(number)
    return named


def as_stated(files: Iterable[FileView]) -> list[dict[str, str]]:
    """Files as a statement names them: hash, name and document of each, in one order whatever order they came in."""
    said = [
        {"sha256": one.sha256, "name": one.name, "kind": one.paper.kind, "number": one.paper.number,
         "date": one.paper.dated.isoformat() if one.paper.dated else ""}
        for one in files
    ]  # fmt: skip
    stated = [{name: text for name, text in one.items() if text} for one in said]
    return sorted(stated, key=lambda one: tuple(sorted(one.items())))


def _use_in(state: State) -> Use:
    if state in EDITABLE:
        return Use.DRAFT
    if state in STAGING:
        return Use.STAGED
    raise DeclarationRefused("files_closed", state=state.value)


def _own(seen: DeclarationView, person: Person) -> bool:
    return owned_by(person, seen.summary.declarant_tin, seen.owner)


def _holder(row: Declaration) -> Holder:
    return Holder(row.id, row.office, row.month)


def _actor(person: Person) -> Actor:
    return Actor(person.id, person.name)
