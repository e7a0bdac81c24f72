"""Takes files in, ends them, binds them to acts, and writes down who opened them. Who may do what, the caller has decided.

The caller holds the lock of the aggregate: two uploads at once are counted one after the other.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable
from datetime import datetime

from gumruk.documents.files.limits import Limits, limits_on
from gumruk.documents.files.naming import clean_name
from gumruk.documents.files.selectors import view_of
from gumruk.documents.files.sniffing import recognised
from gumruk.documents.files.types import Actor, FileNotTaken, FileView, Found, Holder, Paper, Upload, Use
from gumruk.documents.models import Attachment, FileOpening, StoredBytes
from gumruk.lawbook import selectors as lawbook


def attach(
    *,
    holder: Holder,
    use: Use,
    upload: Upload,
    by: Actor,
    at: datetime,
    replaces: uuid.UUID | None = None,
    limits: Limits | None = None,
) -> FileView:
    """Keep a file for one document of an aggregate. The settings of the day hold unless other `limits` are given.

    Raises FileNotTaken: `file_empty`, `file_too_large`, `file_unknown`, `file_type_refused`, `picture_too_large`,
    `files_too_many`, `files_too_large`, `file_already_there`, `document_kind_unknown`, `paper_too_long`.
    """
    limits = limits or limits_on(at)
    found = _judged(upload.data, limits)
    paper = _known(upload.paper)
    digest = hashlib.sha256(upload.data).hexdigest()
    _room(holder.root, paper, digest, len(upload.data), limits)
    StoredBytes.objects.bulk_create(
        [StoredBytes(sha256=digest, size=len(upload.data), data=upload.data)], ignore_conflicts=True
    )
    row = Attachment.objects.create(
        root=holder.root, office=holder.office, month=holder.month, use=use, kind=paper.kind, number=paper.number,
        date=paper.dated, name=clean_name(upload.name, found.media_type), media_type=found.media_type,
        size=len(upload.data), sha256=digest, cautions=list(found.cautions), by=by.id, by_name=by.name[:200], at=at,
        replaces=replaces,
    )  # fmt: skip
    return view_of(row)


def _judged(data: bytes, limits: Limits) -> Found:
    """What the bytes are, when they may be taken."""
    if not data:
        raise FileNotTaken("file_empty")
    if limits.file_bytes is not None and len(data) > limits.file_bytes:
        raise FileNotTaken("file_too_large", limit=megabytes(limits.file_bytes))
    found = recognised(data)
    if found is None:
        raise FileNotTaken("file_unknown")
    if found.media_type not in limits.media_types:
        raise FileNotTaken("file_type_refused", found=found.media_type)
    if limits.pixels is not None and found.pixels > limits.pixels:
        raise FileNotTaken("picture_too_large", limit=str(limits.pixels // 1_000_000))
    return found


def _known(paper: Paper) -> Paper:
    """The document with trimmed words, when its kind is one of the list."""
    known = Paper(paper.kind.strip(), " ".join(paper.number.split()), paper.dated)
    if known.kind and known.kind not in dict(lawbook.codes("document", "en")):
        raise FileNotTaken("document_kind_unknown", kind=known.kind[:17])
    if len(known.number) > 70:
        raise FileNotTaken("paper_too_long", limit="70")
    return known


def _room(root: uuid.UUID, paper: Paper, digest: str, size: int, limits: Limits) -> None:
    """Refuse what does not fit beside the files that stand, and the same bytes for the same document."""
    standing = Attachment.objects.filter(root=root, withdrawn_at__isnull=True)
    rows = list(standing.values_list("kind", "number", "date", "sha256", "size"))
    if any(Paper(kind, number, day).key == paper.key and held == digest for kind, number, day, held, _ in rows):
        raise FileNotTaken("file_already_there")
    if limits.files is not None and len(rows) >= limits.files:
        raise FileNotTaken("files_too_many", limit=str(limits.files))
    if limits.total_bytes is not None and sum(row[4] for row in rows) + size > limits.total_bytes:
        raise FileNotTaken("files_too_large", limit=megabytes(limits.total_bytes))


def megabytes(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1024**2:.1f}".removesuffix(".0") + " MB"


def withdraw(*, root: uuid.UUID, file: uuid.UUID, uses: Collection[Use], by: Actor, at: datetime) -> FileView:
    """End a standing file of one of `uses`; row and bytes stay. Raises FileNotTaken `file_missing`, `file_fixed`."""
    row = Attachment.objects.filter(root=root, id=file, withdrawn_at__isnull=True).first()
    if row is None:
        raise FileNotTaken("file_missing")
    if Use(row.use) not in uses:
        raise FileNotTaken("file_fixed", name=row.name)
    row.withdrawn_at, row.withdrawn_by = at, by.id
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return view_of(row)


def bind(
    *, root: uuid.UUID, files: Iterable[uuid.UUID], use: Use, version: int | None = None, query: int | None = None
) -> tuple[FileView, ...]:
    """Hand staged files in with an act. Raises FileNotTaken `file_missing` when one is not there or not staged any more."""
    wanted = list(dict.fromkeys(files))
    rows = list(
        Attachment.objects.filter(root=root, id__in=wanted, use=Use.STAGED, withdrawn_at__isnull=True).order_by("id")
    )
    if len(rows) != len(wanted):
        raise FileNotTaken("file_missing")
    for row in rows:
        row.use, row.version, row.query = use, version, query
        row.save(update_fields=["use", "version", "query"])
    return tuple(view_of(row) for row in rows)


def seal(*, root: uuid.UUID, version: int) -> None:
    """The draft's files are lodged with `version`; those that an earlier one carried keep its number."""
    standing = Attachment.objects.filter(root=root, use=Use.DRAFT, version__isnull=True, withdrawn_at__isnull=True)
    standing.update(version=version)


def note_opening(*, holder: Holder, file: uuid.UUID, by: Actor, at: datetime, door: str) -> None:
    """Write down that somebody opened a file."""
    FileOpening.objects.create(
        root=holder.root, office=holder.office, month=holder.month, attachment=file, by=by.id, by_name=by.name[:200],
        at=at, door=door,
    )  # fmt: skip
