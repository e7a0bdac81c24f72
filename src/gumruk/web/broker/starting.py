"""How a draft begins: empty, from a file, as a copy, from a template; and how one becomes a template."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from gumruk.clearance import services as clearance
from gumruk.declarations import files
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.documents.files.types import FileNotTaken
from gumruk.exchange import formats
from gumruk.exchange.sheets import SheetRefused
from gumruk.exchange.types import FileRefused
from gumruk.reference import services as keeping
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import SheetRefused as ToolkitSheetRefused
from gumruk.trust.types import Role
from gumruk.web.broker.filling import known
from gumruk.web.shared.seen import REFUSED, missing, of_declaration, posted
from gumruk.web.visits import person_of, refusal, signed_in


@require_POST
@signed_in
def make_draft(request: HttpRequest) -> HttpResponse:
    """A new draft: from a file when one is given, else empty."""
    at, file = clock.now(), request.FILES.get("file")
    if request.POST.get("from") == "file" and file is None:
        messages.error(request, gettext("Choose a file first."))
        return redirect("home")
    try:
        if file is None:
            draft = drafts.create_draft(content=_start(request, at), by=person_of(request), at=at)
        else:
            data = file.read()
            said = formats.parse(data)
            draft = drafts.create_draft(
                content=said.content,
                by=person_of(request),
                at=at,
                origin="file",
                residue=said.residue,
                source_format=said.format,
            )
    except SheetRefused:
        return _to_preview(request, str(file.name) if file else "", data, at)
    except FileRefused as refused:
        messages.error(request, FileRefused.worded(refused.code, get_language() or "en", refused.values))
        return redirect("home")
    except REFUSED as refused:
        messages.error(request, refusal(refused))
        return redirect("home")
    if file is not None:
        messages.success(request, gettext("The file was read into this draft. Nothing is lodged yet."))
    return redirect("declaration", draft)


def _start(request: HttpRequest, at: datetime) -> Content:
    """What a new draft holds before anybody typed."""
    day = clock.law_day(at)
    start: Content = {
        "direction": "IM",
        "regime": "FREE_CIRC",
        "declaration_date": day.isoformat(),
        "items": [{"item_number": "1"}],
    }
    return known(person_of(request), start, day)


def _to_preview(request: HttpRequest, name: str, data: bytes, at: datetime) -> HttpResponse:
    """A sheet whose cells have faults: into a new draft, before its preview, where they are seen and mended."""
    person = person_of(request)
    try:
        with transaction.atomic():
            draft = drafts.create_draft(content=_start(request, at), by=person, at=at)
            kept = keeping.keep_sheet(name=name, data=data, by=person, at=at, roles=(Role.BROKER,))
    except (*REFUSED, ToolkitSheetRefused) as refused:
        messages.error(request, refusal(refused))
        return redirect("home")
    return redirect("kept-sheet", draft, kept)


@posted
@of_declaration
def copy(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """A new draft with the same content and today's date; a template is used in the same way."""
    by, at = person_of(request), clock.now()
    try:
        made = drafts.copy(declaration=seen.id, by=by, at=at)
        copied = declarations.get(declaration=made, person=by)
        drafts.save_draft(
            declaration=made,
            content=known(by, copied.content, clock.law_day(at)),
            revision=copied.revision,
            by=by,
            at=at,
        )
        if request.POST.get("files"):  # only when asked: last year's invoice is not this year's
            _copy_files(request, seen, made)
    except DeclarationRefused:
        return missing(request)
    return redirect("declaration", made)


def _copy_files(request: HttpRequest, seen: DeclarationView, made: uuid.UUID) -> None:
    """Bring the files along; where one is not taken any more the copy stays without them, and it is said."""
    try:
        files.copy_files(source=seen.id, target=made, by=person_of(request), at=clock.now())
    except FileNotTaken as refused:
        messages.error(request, refusal(refused))


@posted
@of_declaration
def discard(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Throw a draft or template away: it is closed, nothing was ever lodged."""
    try:
        clearance.discard(declaration=seen.id, by=person_of(request), at=clock.now())
    except REFUSED as refused:
        messages.error(request, refusal(refused))
        return redirect("declaration", seen.id)
    messages.success(request, gettext("It was thrown away."))
    return redirect("templates" if request.POST.get("next") == "templates" else "home")


@posted
@of_declaration
def template(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Keep a draft as a template under a name, or make it a draft again."""
    name = request.POST.get("name", "")
    try:
        drafts.name_template(declaration=seen.id, name=name, by=person_of(request), at=clock.now())
    except REFUSED as refused:
        messages.error(request, refusal(refused))
        return redirect("declaration", seen.id)
    return redirect("templates" if name.strip() else "home")
