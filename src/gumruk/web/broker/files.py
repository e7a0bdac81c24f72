"""Files of the firm: attached to rows of box 44 in a draft, sent with an answer, with an amendment, with a request to cancel."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from gumruk.clearance import services as clearance
from gumruk.declarations import files
from gumruk.declarations.types import DeclarationView
from gumruk.documents.files.limits import limits_on
from gumruk.documents.files.services import megabytes
from gumruk.documents.files.types import FileNotTaken, Paper, Upload
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.broker.draft_pages import draft_page
from gumruk.web.shared.seen import REFUSED, editable, of_declaration, posted
from gumruk.web.shared.viewing import SECTIONS, section_page
from gumruk.web.visits import person_of, refusal

OF_KIND = "file/"  # fields of files for one kind of document that customs asked for


@posted
@of_declaration
def attach(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Attach the chosen files to one document of a draft: all of them or none."""
    try:
        paper, at = paper_in(request), clock.now()
        replaces = uuid.UUID(request.POST["replaces"]) if request.POST.get("replaces") else None
        with transaction.atomic():
            for upload in uploads_in(request.FILES.getlist("file"), paper, at, needed=True):
                files.attach(declaration=seen.id, upload=upload, by=person_of(request), at=at, replaces=replaces)
                replaces = None  # the first one takes the place, the others stand beside it
    except (*REFUSED, FileNotTaken, ValueError) as refused:
        return _refused(request, seen, refused)
    messages.success(request, gettext("The file is attached."))
    return _back(request, seen)


@posted
@of_declaration
def withdraw(request: HttpRequest, seen: DeclarationView, file: uuid.UUID) -> HttpResponse:
    """Take a file out of a draft."""
    try:
        files.withdraw(declaration=seen.id, file=file, by=person_of(request), at=clock.now())
    except (*REFUSED, FileNotTaken) as refused:
        return _refused(request, seen, refused)
    messages.success(request, gettext("The file was taken out of the draft."))
    return _back(request, seen)


@posted
@of_declaration
def move(request: HttpRequest, seen: DeclarationView, file: uuid.UUID) -> HttpResponse:
    """Put a file to the row of box 44 that was chosen, by its place in the list."""
    rows = [paper for paper, _items in files.papers_of(seen.content).values()]
    said = request.POST.get("row", "")
    try:
        if not said.isdigit() or not 1 <= int(said[:6]) <= len(rows):
            raise FileNotTaken("row_not_chosen")
        files.move(declaration=seen.id, file=file, paper=rows[int(said) - 1], by=person_of(request), at=clock.now())
    except (*REFUSED, FileNotTaken) as refused:
        return _refused(request, seen, refused)
    messages.success(request, gettext("The file stands at its row."))
    return _back(request, seen)


@posted
@of_declaration
def answer(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Answer customs, with the files that were chosen, in one step; refused, nothing is sent and the words stay."""
    text, by, at = request.POST.get("text", ""), person_of(request), clock.now()
    try:
        with transaction.atomic():
            staged = stage_posted(request, seen, by, at)
            clearance.answer(declaration=seen.id, text=text, by=by, at=at, files=staged)
    except (*REFUSED, FileNotTaken) as refused:
        return _section(request, seen, refused)
    messages.success(request, gettext("The answer was sent."))
    return redirect("declaration", seen.id)


@posted
@of_declaration
def request_cancellation(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Ask to cancel, with files that show why."""
    text, by, at = request.POST.get("text", ""), person_of(request), clock.now()
    try:
        with transaction.atomic():
            staged = stage_posted(request, seen, by, at)
            clearance.request_cancellation(declaration=seen.id, reason=text, by=by, at=at, files=staged)
    except (*REFUSED, FileNotTaken) as refused:
        return _section(request, seen, refused)
    messages.success(request, gettext("Cancellation was requested. Customs will decide."))
    return redirect("declaration", seen.id)


def stage_posted(request: HttpRequest, seen: DeclarationView, by: Person, at: datetime) -> list[uuid.UUID]:
    """Stage every file of the form: for kinds that were asked for, and others. The caller's transaction is around it."""
    staged = []
    for name in request.FILES:
        if name != "file" and not name.startswith(OF_KIND):
            continue
        kind = request.POST.get("kind", "") if name == "file" else name.removeprefix(OF_KIND)
        staged += [
            files.attach(declaration=seen.id, upload=upload, by=by, at=at).id
            for upload in uploads_in(request.FILES.getlist(name), Paper(kind), at)
        ]
    return staged


def uploads_in(
    chosen: Iterable[UploadedFile[bytes]], paper: Paper, at: datetime, *, needed: bool = False
) -> list[Upload]:
    """The chosen files with their bytes. One that is larger than the setting of the day is refused before it is read."""
    limit, found = limits_on(at).file_bytes, []
    for one in chosen:
        if limit is not None and (one.size or 0) > limit:
            raise FileNotTaken("file_too_large", limit=megabytes(limit))
        found.append(Upload(str(one.name or ""), one.read(), paper))
    if needed and not found:
        raise FileNotTaken("file_not_chosen")
    return found


def paper_in(request: HttpRequest) -> Paper:
    """The document that the form names."""
    said = request.POST.get("date", "")
    try:
        day = date.fromisoformat(said) if said else None
    except ValueError:
        raise FileNotTaken("paper_date_wrong") from None
    return Paper(request.POST.get("kind", ""), request.POST.get("number", ""), day)


def _back(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """To the page of documents; a script that sent the file is told where to go."""
    there = redirect("part", seen.id, "documents")
    return JsonResponse({"next": f"{there.url}#files"}) if _by_script(request) else redirect(f"{there.url}#files")


def _refused(request: HttpRequest, seen: DeclarationView, refused: Exception) -> HttpResponse:
    words = refusal(refused)
    if _by_script(request):
        return JsonResponse({"message": words}, status=422)
    if not editable(seen, person_of(request)):
        return section_page(request, seen, "documents", error=words, status=422)
    return draft_page(request, seen, "documents", error=words, status=422)


def _section(request: HttpRequest, seen: DeclarationView, refused: Exception) -> HttpResponse:
    here = request.POST.get("here", "overview")
    return section_page(request, seen, here if here in SECTIONS else "overview", error=refusal(refused), status=422)


def _by_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
