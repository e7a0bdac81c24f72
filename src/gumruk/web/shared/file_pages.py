"""A file beside the data of its declaration, and its bytes: shown only when a browser runs nothing of them, else saved."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from gumruk.declarations import files
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.documents.files.types import PDF, TEXT, FileView
from gumruk.toolkit import clock
from gumruk.web.policy import POLICY
from gumruk.web.shared import viewing
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.papers import papers_of
from gumruk.web.shared.seen import missing, of_declaration
from gumruk.web.visits import person_of

# Of a page that shows a file: the frame comes from here too.
VIEWER_POLICY = f"{POLICY}; frame-src 'self'"
# Of a file itself: nothing of it may load, run, send or open anything. Browsers refuse to show PDF in a sandbox.
_SEALED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
FILE_POLICY = f"{_SEALED}; sandbox"
PDF_POLICY = f"{_SEALED}; object-src 'self'"


@require_GET
@of_declaration
def view(request: HttpRequest, seen: DeclarationView, file: uuid.UUID) -> HttpResponse:
    """The file at the right, the data at the left, the files before and after it one key away."""
    papers = papers_of(request, seen)
    every = (*papers.ordered, *papers.staged, *papers.gone)
    shown = next((one for one in every if one.id == file), None)
    if shown is None:
        return missing(request)
    answer = render(request, "web/shared/file.html", _page(seen, shown, papers.ordered))
    answer["Content-Security-Policy"] = VIEWER_POLICY
    return answer


def _page(seen: DeclarationView, shown: FileView, ordered: tuple[FileView, ...]) -> dict[str, Any]:
    sheet = Sheet(get_language() or "en")
    place = next((number for number, one in enumerate(ordered) if one.id == shown.id), None)
    return {
        "seen": seen,
        "summary": seen.summary,
        "file": shown,
        "place": None if place is None else place + 1,
        "count": len(ordered),
        "previous": ordered[place - 1] if place else None,
        "following": ordered[place + 1] if place is not None and place + 1 < len(ordered) else None,
        "groups": viewing.groups_of(seen),
        "items": seen.content.get("items", []),
        "currency": seen.content.get("currency", ""),
        "regime": sheet.name_of("regime", seen.summary.regime),
    }


@require_GET
@xframe_options_sameorigin
@of_declaration
def content(request: HttpRequest, seen: DeclarationView, file: uuid.UUID) -> HttpResponse:
    """The bytes, and a note of who took them. What a browser cannot show safely by itself is saved, never opened."""
    try:
        found, data = files.open_file(seen=seen, file=file, person=person_of(request), at=clock.now(), door="page")
    except DeclarationRefused:
        return missing(request)
    return as_answer(found, data, save="save" in request.GET or not found.shown)


def as_answer(found: FileView, data: bytes, *, save: bool) -> HttpResponse:
    """Bytes under the strictest headers with which they can still be looked at."""
    kind = f"{TEXT}; charset=utf-8" if found.media_type == TEXT else found.media_type
    answer = HttpResponse(data, content_type=kind)
    disposition = content_disposition_header(save, found.name)
    if disposition:
        answer["Content-Disposition"] = disposition
    answer["Content-Security-Policy"] = PDF_POLICY if found.media_type == PDF and not save else FILE_POLICY
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
