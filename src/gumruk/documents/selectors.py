"""Reads of prints."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db.models import Max

from gumruk.documents.marks import read_code
from gumruk.documents.models import PrintedDocument
from gumruk.documents.types import Form, PrintView


def print_known_by(*, code: str) -> PrintView | None:
    """The print with this code, as typed or scanned; two queries. None when no such print was ever given out."""
    rows = list(PrintedDocument.objects.filter(code=read_code(code)).order_by("id")) if read_code(code) else []
    if not rows:
        return None
    first = rows[0]
    newest = PrintedDocument.objects.filter(form=first.form, root=first.root).aggregate(newest=Max("version"))["newest"]
    facts = tuple((str(name), str(value)) for name, value in first.facts)
    return PrintView(
        Form(first.form), first.root, first.number, first.version, first.language, first.content_hash, first.code,
        first.at, max(row.copy for row in rows), newest, facts,
    )  # fmt: skip


def prints_of(*, root: uuid.UUID) -> int:
    """How many prints about an aggregate were given out; one query."""
    return PrintedDocument.objects.filter(root=root).count()


def printed_by(*, person: uuid.UUID, form: Form, since: datetime) -> frozenset[uuid.UUID]:
    """What a person printed in a form since then: the aggregates; one query. For demonstration people only."""
    rows = PrintedDocument.objects.filter(by=person, form=form.value, at__gte=since)
    return frozenset(rows.values_list("root", flat=True))
