"""The record of administration: each act with who, what, before, after, when and why; added to, never changed.

Written by the services that administer (people, offices, jobs, texts) in the transaction of the act itself. Changes of
law keep their own record: the change set. Secrets are never in it.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from gumruk.toolkit import rows
from gumruk.toolkit.models import AdministrativeAct

REASON_LENGTH = 1000
PAGE = 50


class Acting(Protocol):
    """Who administers: anybody with an id and a name."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Act:
    """One act of administration."""

    id: uuid.UUID
    name: str
    at: datetime
    by: uuid.UUID | None
    by_name: str
    office: str
    subject_kind: str
    subject: str
    subject_name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for; empty: any. `offices` None: of every office."""

    name: str = ""
    subject_kind: str = ""
    subject: str = ""
    by: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    offices: Collection[str] | None = None


def record(
    name: str,
    *,
    by: Acting | None,
    at: datetime,
    kind: str,
    subject: object,
    subject_name: str = "",
    office: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
) -> None:
    """Add one act. `by` None is the console. Used by: every service that administers."""
    act = AdministrativeAct(
        name=name, at=at, by=by.id if by else None, by_name=by.name if by else "", office=office, subject_kind=kind,
        subject=str(subject), subject_name=subject_name[:200], before=dict(before or {}), after=dict(after or {}),
        reason=reason[:REASON_LENGTH],
    )  # fmt: skip
    rows.add(act)


def page(*, wanted: Wanted, after: str = "", size: int = PAGE) -> tuple[tuple[Act, ...], str]:
    """The newest acts that are wanted and the cursor of those before; one query. ValueError when `after` is no cursor."""
    found = AdministrativeAct.objects.order_by("-id")
    said = {"name": wanted.name, "subject_kind": wanted.subject_kind, "subject": wanted.subject, "by": wanted.by}
    found = found.filter(**{key: value for key, value in said.items() if value})
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    if wanted.offices is not None:
        found = found.filter(office__in=sorted(wanted.offices))
    if after:
        found = found.filter(id__lt=uuid.UUID(after))
    read = list(found[: size + 1])
    more, read = len(read) > size, read[:size]
    return tuple(_act(row) for row in read), str(read[-1].id) if more else ""


def _act(row: AdministrativeAct) -> Act:
    return Act(
        row.id, row.name, row.at, row.by, row.by_name, row.office, row.subject_kind, row.subject, row.subject_name,
        row.before, row.after, row.reason,
    )  # fmt: skip
