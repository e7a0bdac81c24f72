"""Law as rows: what an entry, a change to it and a change set are, and why a step is refused. Public."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from gumruk.law.types import Confidence

# The first day of an entry whose beginning nobody wrote down. Shown as “always”.
ALWAYS = date.min
EDITOR, APPROVER = "law_editor", "law_approver"


class Kind(StrEnum):
    """What an entry is. The key says which one: an act's id, a payment kind, `list/code`, a rule's code."""

    ACT = "act"
    MEASURE = "measure"
    QUOTA = "quota"
    FORMULA = "formula"
    PARAMETER = "parameter"
    BRACKETS = "brackets"
    AREA = "area"
    CODE = "code"
    CHECK = "check"
    MESSAGE = "message"
    FIELD = "field"


class Status(StrEnum):
    """Where a change set stands. `publishing` exists only inside the transaction that publishes."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Origin(StrEnum):
    """Where a change set comes from."""

    SHIPPED = "shipped"
    DEMO = "demo"
    EDITED = "edited"
    IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """One statement of law that holds from `since` up to, not including, `until`.

    `body` is plain JSON (text, whole numbers, lists, objects; no floats); its shape depends on `kind` and is read in
    `lawbook.bodies`. The key of a measure is made from its body (`measure_key`) and may be left empty.
    """

    kind: str
    key: str
    since: date
    until: date | None
    body: Mapping[str, Any]
    cites: str
    source: str
    confidence: Confidence

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Entry(NewEntry):
    """An entry as it stands: with the hash of all that it says."""

    digest: str


SCOPE = ("kind", "code", "area", "regime", "preference", "beneficiary", "quota")
# A measure may stand beside the one that it stands in for: invented, while the real rate is not known.
BESIDE = "/demo"


def measure_key(body: Mapping[str, Any]) -> str:
    """What makes two measures the same one at different times: two of them never hold on one day."""
    scope = "/".join(str(body.get(name) or "") for name in SCOPE)
    conditions = [*sorted(body.get("documents") or ()), *(["share"] if body.get("share") else ())]
    return f"{scope}/{'+'.join(conditions)}" if conditions else scope


def digest_of(entry: NewEntry) -> str:
    """SHA-256 over everything that an entry says."""
    said = [
        entry.kind,
        entry.key,
        entry.since.isoformat(),
        entry.until.isoformat() if entry.until else "",
        entry.body,
        entry.cites,
        entry.source,
        str(entry.confidence),
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def standing(entry: NewEntry) -> Entry:
    """The entry with its hash."""
    return Entry(
        entry.kind,
        entry.key,
        entry.since,
        entry.until,
        entry.body,
        entry.cites,
        entry.source,
        entry.confidence,
        digest_of(entry),
    )


@dataclass(frozen=True, slots=True)
class Change:
    """What a draft says about one key for a time: this entry holds (`entry`), or nothing does (None)."""

    kind: str
    key: str
    since: date
    until: date | None
    entry: NewEntry | None


@dataclass(frozen=True, slots=True)
class Fault:
    """What the consistency check found wrong with a draft: which entry, and why."""

    code: str
    kind: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Retroactive:
    """What a change set says of the past: how many of its entries begin there, and the earliest day."""

    count: int
    earliest: date


@dataclass(frozen=True, slots=True)
class Difference:
    """One key under two change sets: what held before, what holds after (empty: nothing)."""

    kind: str
    key: str
    before: tuple[NewEntry, ...]
    after: tuple[NewEntry, ...]


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A change set as others see it. `number` is given only at publication."""

    id: uuid.UUID
    number: int | None
    status: Status
    origin: Origin
    title: str
    reason: str
    act: str
    author: uuid.UUID | None
    author_name: str
    approver: uuid.UUID | None
    approver_name: str
    made_at: datetime
    approved_at: datetime | None
    published_at: datetime | None
    hash: str
    checked_head: int | None
    faults: tuple[Fault, ...]
    impact: Mapping[str, Any] | None
    asked_at: datetime | None = None
    checked_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """Words that a person left on a change set: `asked` or `sent_back`."""

    what: str
    words: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading files did: nothing (`change_set` None), published them, or made a draft of what changed."""

    name: str
    change_set: ChangeSet | None
    entries: int


class _Granted(Protocol):
    @property
    def role(self) -> str: ...


class Acting(Protocol):
    """Who changes law: anybody with an id, a sign-in name and grants that hold today (`trust.Person` is one)."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def username(self) -> str: ...
    @property
    def grants(self) -> Sequence[_Granted]: ...


class LawbookRefused(Exception):
    """A change of law, or a look into it, was refused. `code` names the reason; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        # What was refused is shown to people and written to terminals: half a letter of a pair cannot be.
        self.values = {name: said.encode("utf-8", "backslashreplace").decode() for name, said in values.items()}
