"""Prints forms. Each print is recorded; the first of a version is the original, every later one says that it is a copy."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from gumruk.documents.marks import bars, qr, verification_code
from gumruk.documents.models import PrintedDocument
from gumruk.documents.types import LANGUAGES, Printed, PrintRefused, Sheet
from gumruk.documents.typesetting import typeset
from gumruk.documents.wording import words


def hash_of(sheet: Sheet) -> str:
    """SHA-256 over everything that the sheet says."""
    said = [sheet.form, sheet.language, sheet.subject.number, sheet.subject.version, sheet.title, sheet.content]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def print_sheet(*, sheet: Sheet, address: str, by: uuid.UUID | None, at: datetime) -> Printed:
    """Typeset a sheet and record the print. `address` is the verify page's; the code is put behind it.

    Used by: the pages of declaration, receipt and assessment. Raises PrintRefused `language_unknown`.
    """
    if sheet.language not in LANGUAGES:
        raise PrintRefused("language_unknown", language=sheet.language)
    digest = hash_of(sheet)
    subject = sheet.subject
    code = verification_code(sheet.form, str(subject.root), str(subject.version), digest, key=settings.SECRET_KEY)
    copy = _record(sheet, digest, code, by, at)
    data = {
        "title": sheet.title,
        "language": sheet.language,
        "number": subject.number,
        "version": subject.version,
        "hash": digest,
        "code": code,
        "address": f"{address}{code}",
        "qr": qr(f"{address}{code}"),
        "bars": bars(subject.number),
        "copy": copy,
        "dated": [sheet.dated.year, sheet.dated.month, sheet.dated.day],
        "words": words(sheet.language),
        **sheet.content,
    }
    name = f"{sheet.form}-{subject.number}-{subject.version}-{sheet.language}.pdf".replace("/", "-")
    return Printed(typeset(sheet.form, data, dated=sheet.dated), code, copy, digest, name)


@transaction.atomic
def _record(sheet: Sheet, digest: str, code: str, by: uuid.UUID | None, at: datetime) -> int:
    subject = sheet.subject
    with connection.cursor() as cursor:
        # Two first prints at once take turns, so that there is one original.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"print:{sheet.form}:{subject.root}"])
    before = PrintedDocument.objects.filter(form=sheet.form, root=subject.root, version=subject.version)
    last = before.aggregate(last=Max("copy"))["last"]
    made = PrintedDocument.objects.create(
        form=sheet.form, root=subject.root, office=subject.office, month=subject.month, number=subject.number,
        version=subject.version, language=sheet.language, content_hash=digest, code=code,
        copy=0 if last is None else last + 1, facts=[list(fact) for fact in sheet.facts], by=by, at=at,
    )  # fmt: skip
    return made.copy
