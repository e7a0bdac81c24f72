"""Files of a declaration for client programs: sent whole as the body or as a form, listed, fetched, withdrawn."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from gumruk.api import schemas, showing
from gumruk.api.access import person_of
from gumruk.api.declarations import REFUSALS, guard, seen_by
from gumruk.api.idempotency import once
from gumruk.declarations import files
from gumruk.documents.files.types import FileNotTaken, Paper, Upload
from gumruk.toolkit import clock

router = Router(tags=["files"])
SENT = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object", "properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]
                }
            },
        },
    }
}  # fmt: skip
CONTENT = {
    "responses": {
        200: {
            "description": "The bytes, to be saved",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


class PaperQuery(Schema):
    """The document that the file shows, as box 44 names it."""

    kind: str = Field("", description="kind of the document, a code of the list `document`")
    number: str = Field("", description="number of the document")
    date: str = Field("", description="date of the document, ISO")
    name: str = Field("", description="name of the file; a form says it itself")


@router.post(
    "/declarations/{declaration}/files", response={201: schemas.FileOut, **REFUSALS}, openapi_extra=SENT,
    summary=_("Attach a file to a draft, or stage it for an answer, an amendment or a request to cancel"),
)  # fmt: skip
def add(request: HttpRequest, declaration: uuid.UUID, asked: Query[PaperQuery]) -> HttpResponse:
    upload = _sent(request, asked)

    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        made = files.attach(declaration=declaration, upload=upload, by=person_of(request), at=clock.now())
        return 201, showing.file(made)

    # The body was read in parts: its bytes and its name stand for it.
    return once(request, act, hashlib.sha256(upload.name.encode() + b"\n" + upload.data).digest())


@router.get(
    "/declarations/{declaration}/files", response={200: list[schemas.FileOut], **REFUSALS},
    summary=_("The files that the client may see, oldest first"),
)  # fmt: skip
def listed(request: HttpRequest, declaration: uuid.UUID) -> Any:
    return [showing.file(one) for one in files.files_of(seen=seen_by(request, declaration), person=person_of(request))]


@router.get(
    "/declarations/{declaration}/files/{file}/content", response=REFUSALS, openapi_extra=CONTENT,
    summary=_("The bytes of a file; who takes them is written down"),
)  # fmt: skip
def content(request: HttpRequest, declaration: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    seen = seen_by(request, declaration)
    found, data = files.open_file(seen=seen, file=file, person=person_of(request), at=clock.now(), door="api")
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"  # noqa: FBT003
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.post(
    "/declarations/{declaration}/files/{file}/withdraw", response={200: schemas.FileOut, **REFUSALS},
    summary=_("Take a file out of a draft, or one that is only staged"),
)  # fmt: skip
def withdraw(request: HttpRequest, declaration: uuid.UUID, file: uuid.UUID) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        ended = files.withdraw(declaration=declaration, file=file, by=person_of(request), at=clock.now())
        return 200, showing.file(ended)

    return once(request, act)


def _sent(request: HttpRequest, asked: PaperQuery) -> Upload:
    """The file of the request. Raises FileNotTaken `file_not_chosen`, `paper_date_wrong`."""
    try:
        day = date.fromisoformat(asked.date) if asked.date else None
    except ValueError:
        raise FileNotTaken("paper_date_wrong") from None
    paper = Paper(asked.kind, asked.number, day)
    if request.content_type != "multipart/form-data":
        return Upload(asked.name, request.body, paper)
    given = request.FILES.get("file")
    if given is None:
        raise FileNotTaken("file_not_chosen")
    return Upload(asked.name or str(given.name or ""), given.read(), paper)
