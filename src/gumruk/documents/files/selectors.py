"""Reads of files: what is attached, the bytes of one, who opened them. Lists never read bytes."""

from __future__ import annotations

import uuid

from gumruk.documents.files.types import Caution, FileView, OpeningView, Paper, Use
from gumruk.documents.models import Attachment, FileOpening, StoredBytes


def view_of(row: Attachment) -> FileView:
    """A row as others see it."""
    return FileView(
        id=row.id, root=row.root, use=Use(row.use), paper=Paper(row.kind, row.number, row.date), name=row.name,
        media_type=row.media_type, size=row.size, sha256=row.sha256,
        cautions=tuple(Caution(one) for one in row.cautions), by_name=row.by_name, at=row.at,
        withdrawn_at=row.withdrawn_at, version=row.version, query=row.query,
    )  # fmt: skip


def files_of(*, root: uuid.UUID) -> tuple[FileView, ...]:
    """Every file that was ever attached to an aggregate, oldest first; one query."""
    return tuple(view_of(row) for row in Attachment.objects.filter(root=root).order_by("id"))


def bytes_of(*, sha256: str) -> bytes:
    """The bytes with this hash; one query. Raises LookupError: an attachment always has its bytes."""
    data = StoredBytes.objects.filter(sha256=sha256).values_list("data", flat=True).first()
    if data is None:
        raise LookupError(sha256)
    return bytes(data)


def openings_of(*, root: uuid.UUID, limit: int = 200) -> tuple[OpeningView, ...]:
    """Who opened the files of an aggregate, the newest first; two queries."""
    names = dict(Attachment.objects.filter(root=root).values_list("id", "name"))
    rows = FileOpening.objects.filter(root=root).order_by("-id")[:limit]
    return tuple(
        OpeningView(row.attachment, names.get(row.attachment, ""), row.by_name, row.at, row.door) for row in rows
    )
