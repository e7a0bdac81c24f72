"""What moves a declaration: freeze, attempt, event, state. Only `clearance` decides to call these.

Everything happens inside `changing`, which locks the row, and at its end writes the row once and its events together;
what is raised inside leaves nothing behind.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from gumruk.declarations import canonical
from gumruk.declarations.freezing import listed_facts, part_of, write_rows
from gumruk.declarations.models import Attempt, Declaration, Event, Hold, Query, Version
from gumruk.declarations.types import SANDBOX, DeclarationRefused, State
from gumruk.declarations.waiting import turn
from gumruk.rules.form import Content
from gumruk.rules.types import Finding, Severity
from gumruk.toolkit import rows
from gumruk.trust.types import Person

__all__ = ["Declaration", "State", "Version"]


_SEEN: ContextVar[tuple[uuid.UUID, int] | None] = ContextVar("seen", default=None)


@contextmanager
def as_seen(declaration: uuid.UUID, events: int) -> Iterator[None]:
    """Inside, the declaration changes only while nothing happened after the `events` that somebody saw.

    Raises DeclarationRefused `happened_meanwhile` from `changing`, on the locked row.
    """
    token = _SEEN.set((declaration, events))
    try:
        yield
    finally:
        _SEEN.reset(token)


def _check_seen(row: Declaration) -> None:
    """Only the first change of an act is held against what was seen: what follows is the act's own."""
    seen = _SEEN.get()
    if seen is None or seen[0] != row.id:
        return
    if seen[1] != row.events:
        raise DeclarationRefused("happened_meanwhile", events=str(row.events))
    _SEEN.set(None)


@contextmanager
def changing(declaration: uuid.UUID) -> Iterator[Declaration]:
    """The declaration's row, locked until the block ends; then it and what was noted are written in one go.

    Raises DeclarationRefused `not_found`, and `happened_meanwhile` inside `as_seen`.
    """
    with transaction.atomic():
        row = Declaration.objects.select_for_update().filter(id=declaration).first()
        if row is None:
            raise DeclarationRefused("not_found", declaration=str(declaration))
        _check_seen(row)
        with rows.gathered():
            yield row
            write(row)


def write(row: Declaration) -> None:
    """Save the row and append the events noted on it."""
    row.save()
    rows.add(*row.noted)
    row.noted = []


def note(
    row: Declaration,
    name: str,
    *,
    by: Person | None,
    at: datetime,
    before: str = "",
    reason: str = "",
    details: dict[str, Any] | None = None,
    signed: bool = False,
    waited: int | None = None,
) -> None:
    """Add one event to the timeline, written at the end of the block. `by` None is the system."""
    row.events += 1
    event = Event(
        **part_of(row),
        number=row.events,
        name=name,
        at=at,
        by=by.id if by else None,
        by_name=by.signed(row.office) if by else "",
        before=before or row.state,
        after=row.state,
        reason=reason[:1000],
        details=details or {},
        signed=signed,
        waited=waited,
    )
    row.noted.append(event)


def move(
    row: Declaration,
    to: State,
    name: str,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
    signed: bool = False,
) -> None:
    """Set the state and note it; the caller has checked that the step is allowed."""
    before = row.state
    row.state = to
    row.changed_at = at
    waited = turn(row, name, at)
    note(row, name, by=by, at=at, before=before, reason=reason, details=details, signed=signed, waited=waited)


def owner_of(row: Declaration, content: Content) -> str:
    """The office that owns the declaration: the one of box A, or the sandbox's own."""
    return SANDBOX if row.sandbox else str(content.get("office", ""))[:12]


def payer_of(row: Declaration) -> str:
    """Whose prepayment account pays: the declarant's, in the sandbox one of play money."""
    return SANDBOX if row.sandbox else row.declarant_tin


def freeze(
    row: Declaration,
    content: Content,
    *,
    by: Person,
    at: datetime,
    act: str = "lodge",
    reason: str = "",
    reasons: Mapping[str, str] | None = None,
    files: Sequence[Mapping[str, str]] = (),
    status: str = Version.Status.PREPARED,
) -> Version:
    """Freeze `content` as the next version with its rows, and the statement that is to be signed.

    `reasons` are the declarant's answers to warnings, by finding; `files` name what is attached, with its hash. Both are
    part of what is signed.
    """
    content = canonical.clean(content)
    number = (Version.objects.filter(root=row.id).aggregate(last=Max("number"))["last"] or 0) + 1
    content_hash = canonical.hash_of(content)
    statement = canonical.bytes_of(
        {
            "act": act,
            "declaration": str(row.id),
            "version": str(number),
            "sha256": content_hash,
            "person": str(by.id),
            "at": at.isoformat(),
            **({"reasons": dict(reasons)} if reasons else {}),
            **({"files": [dict(one) for one in files]} if files else {}),
        }
    ).decode()
    version = Version.objects.create(
        **part_of(row),
        number=number,
        snapshot=canonical.bytes_of(content).decode(),
        hash=content_hash,
        statement=statement,
        statement_hash=canonical.hash_of({"statement": statement}),
        status=status,
        reason=reason[:500],
        by=by.id,
        made_at=at,
    )
    write_rows(row, number, content)
    return version


def version_to_lodge(row: Declaration, statement_hash: str) -> Version:
    """The prepared version whose statement was agreed to. Raises DeclarationRefused `statement_unknown` or `statement_stale`."""
    version = Version.objects.filter(root=row.id, statement_hash=statement_hash).first()
    if version is None:
        raise DeclarationRefused("statement_unknown", statement=statement_hash)
    if version.status != Version.Status.PREPARED or version.hash != canonical.hash_of(canonical.clean(row.draft)):
        raise DeclarationRefused("statement_stale", version=str(version.number))
    return version


def make_standing(row: Declaration, version: Version) -> None:
    """Let `version` be what stands; the one before it is superseded."""
    if row.version:  # one stood before
        Version.objects.filter(root=row.id, status=Version.Status.STANDING).update(status=Version.Status.SUPERSEDED)
    version.status = Version.Status.STANDING
    version.save(update_fields=["status"])
    row.version = version.number
    row.draft = json.loads(version.snapshot)
    for name, value in listed_facts(row.draft, row.registration).items():
        setattr(row, name, value)


def close_version(version: Version, status: str) -> None:
    """End a proposed version that was not accepted."""
    version.status = status
    version.save(update_fields=["status"])


def version_of(row: Declaration, number: int) -> Version:
    """One version of the declaration."""
    found = Version.objects.filter(root=row.id, number=number).first()
    if found is None:
        raise DeclarationRefused("version_unknown", version=str(number))
    return found


def proposed(row: Declaration) -> Version | None:
    """The amendment that waits for a decision, if there is one."""
    return Version.objects.filter(root=row.id, status=Version.Status.PROPOSED).order_by("-number").first()


def refused_versions(row: Declaration) -> frozenset[int]:
    """The numbers of proposed versions that were not accepted."""
    refused = Version.objects.filter(root=row.id, status=Version.Status.REFUSED)
    return frozenset(refused.values_list("number", flat=True))


def content_of(version: Version) -> Content:
    """The content that a version froze."""
    content: Content = json.loads(version.snapshot)
    return content


def reasons_of(version: Version) -> dict[str, str]:
    """The declarant's answers to warnings, as the version's statement says them."""
    said: dict[str, str] = json.loads(version.statement).get("reasons", {})
    return said


def record_attempt(
    row: Declaration,
    version: int,
    *,
    findings: Iterable[Finding],
    not_evaluated: Sequence[str],
    passed: bool,
    legal_date: date,
    change_set: int,
    ruleset: str,
    by: Person,
    at: datetime,
) -> None:
    """Keep one attempt to lodge with all that was found; the row says how much of it stands."""
    findings = list(findings)
    row.faults = 0 if passed else sum(finding.severity is not Severity.NOTICE for finding in findings)
    attempt = Attempt(
        **part_of(row),
        version=version,
        passed=passed,
        findings=[asdict(finding) for finding in findings],
        not_evaluated=list(not_evaluated),
        legal_date=legal_date,
        change_set=change_set,
        ruleset=ruleset,
        by=by.id,
        at=at,
    )
    rows.add(attempt)


def ask(
    row: Declaration, *, kind: str, question: str, by: Person, at: datetime, document_kinds: Sequence[str] = ()
) -> int:
    """Write an officer's question with the kinds of documents that it asks for; returns its number."""
    number = Query.objects.filter(root=row.id).count() + 1
    Query.objects.create(
        **part_of(row),
        number=number,
        kind=kind,
        question=question,
        document_kinds=list(document_kinds),
        asked_by=by.id,
        asked_by_name=by.signed(row.office),
        asked_at=at,
    )
    return number


def close_what_waits(row: Declaration, *, at: datetime) -> None:
    """End proposals and questions that a decision made pointless: a rejection, a cancellation."""
    Version.objects.filter(root=row.id, status=Version.Status.PROPOSED).update(status=Version.Status.REFUSED)
    Query.objects.filter(root=row.id, answered_at__isnull=True).update(answered_at=at)


def answer(row: Declaration, *, text: str, by: Person, at: datetime) -> int:
    """Write the answer to the open question. Raises DeclarationRefused `nothing_asked`."""
    query = Query.objects.filter(root=row.id, answered_at__isnull=True).order_by("number").first()
    if query is None:
        raise DeclarationRefused("nothing_asked")
    query.answer, query.answered_by, query.answered_at = text, by.id, at
    query.save()
    return query.number


def set_hold(row: Declaration, *, agency: str, reason: str, by: Person, at: datetime, clears: str = "") -> uuid.UUID:
    """Set a hold; `clears` says what has to come before it is lifted."""
    return Hold.objects.create(
        **part_of(row),
        agency=agency,
        reason=reason,
        clears=clears[:300],
        set_by=by.id,
        set_by_name=by.signed(row.office),
        set_at=at,
    ).id


def lift_hold(row: Declaration, hold: uuid.UUID, *, by: Person, at: datetime) -> None:
    """Lift a hold that stands. Raises DeclarationRefused `hold_unknown`."""
    changed = Hold.objects.filter(id=hold, root=row.id, lifted_at__isnull=True).update(lifted_by=by.id, lifted_at=at)
    if not changed:
        raise DeclarationRefused("hold_unknown", hold=str(hold))


def hand_to(row: Declaration, officer: Person | None, *, at: datetime) -> None:
    """Put the declaration into an officer's hands, or into nobody's."""
    row.officer = officer.id if officer else None
    row.officer_name = officer.name if officer else ""
    row.taken_at = at if officer else None


def standing_holds(row: Declaration) -> int:
    """How many holds are not lifted."""
    return Hold.objects.filter(root=row.id, lifted_at__isnull=True).count()


def set_amounts(row: Declaration, *, value: Decimal | None, due: Decimal | None) -> None:
    """Remember for lists what the assessment found."""
    row.value, row.due = value, due
