"""The declaration as others see it: states, lanes, views of rows, refusals."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gumruk.rules.form import Content
from gumruk.rules.types import Finding

SANDBOX = "SANDBOX"  # the office whose books hold what API clients try out


class State(StrEnum):
    """Where a declaration stands. Only `clearance` changes it."""

    DRAFT = "DRAFT"
    PRELODGED = "PRELODGED"
    REJECTED = "REJECTED"
    REGISTERED = "REGISTERED"
    ASSESSED = "ASSESSED"
    PAYMENT_DUE = "PAYMENT_DUE"
    SECURED = "SECURED"
    UNDER_CONTROL = "UNDER_CONTROL"
    DOCS_REQUIRED = "DOCS_REQUIRED"
    QUERIED = "QUERIED"
    DISCREPANCY = "DISCREPANCY"
    RELEASABLE = "RELEASABLE"
    RELEASED = "RELEASED"
    AWAITING_EXIT = "AWAITING_EXIT"
    EXITED = "EXITED"
    UNDER_AUDIT = "UNDER_AUDIT"
    CANCEL_REQUESTED = "CANCEL_REQUESTED"
    CANCELLED = "CANCELLED"


class Stage(StrEnum):
    """What a declaration waits for an officer to do. Each stage has its own clock and may have its own target."""

    INTAKE = "intake"
    CONTROL = "control"
    DISCREPANCY = "discrepancy"
    AMENDMENT = "amendment"
    RELEASE = "release"
    CANCELLATION = "cancellation"


class Order(StrEnum):
    """The order of a list: as declarations were made, or who waits longest for an officer first."""

    OLDEST = "oldest"
    NEWEST = "newest"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What waits in `stage` since before `moment` is overdue; an empty lane or office means any."""

    stage: Stage
    lane: str
    office: str
    moment: datetime


COUNT_LIMIT = 500  # lists count so far: a count of it means that many or more


class Lane(StrEnum):
    """Selectivity colour: green releases, yellow looks at documents, red at goods, blue after release."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Summary:
    """One declaration as a line of a list."""

    id: uuid.UUID
    office: str
    state: State
    lane: Lane | None
    direction: str
    regime: str
    registration: str
    reference: str
    declarant_tin: str
    declarant_name: str
    consignee_name: str
    goods: str
    items: int
    value: Decimal | None
    due: Decimal | None
    made_at: datetime
    changed_at: datetime
    registered_at: datetime | None
    cursor: str
    template_name: str = ""
    stage: str = ""  # what waits for an officer; empty while the declarant has it
    waits_since: datetime | None = None
    officer: uuid.UUID | None = None
    officer_name: str = ""
    taken_at: datetime | None = None
    events: int = 0  # how many things happened so far: what a page saw
    template_used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `next` is the cursor of the page after it, empty at the end."""

    rows: tuple[Summary, ...]
    next: str


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that a person did to a declaration of a firm."""

    at: datetime
    by_name: str
    name: str
    declaration: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A group of declarations that wait for somebody: how many, and the one that waits longest with its number."""

    count: int
    oldest: uuid.UUID
    number: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where a declaration stands in a list: its neighbours, its number (0: not in it) and how many there are."""

    before: Summary | None
    after: Summary | None
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that happened to a declaration: who, when, from which state to which, why."""

    number: int
    name: str
    at: datetime
    by: uuid.UUID | None
    by_name: str
    before: str
    after: str
    reason: str
    details: dict[str, Any]
    signed: bool
    waited: int | None = None  # seconds in officers' hands that this ended


@dataclass(frozen=True, slots=True)
class VersionView:
    """One frozen version: what was declared, its hash, who froze it and why."""

    number: int
    content: Content
    hash: str
    made_at: datetime
    by: uuid.UUID | None
    reason: str
    status: str
    statement: str
    statement_hash: str


@dataclass(frozen=True, slots=True)
class AttemptView:
    """One attempt to lodge: the findings, whether it passed."""

    at: datetime
    version: int
    passed: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class QueryView:
    """A question of an officer and the answer of the declarant."""

    number: int
    kind: str
    question: str
    asked_by: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    document_kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldView:
    """A stop set by customs or another agency; release waits until every hold is lifted."""

    id: uuid.UUID
    agency: str
    reason: str
    set_at: datetime
    lifted_at: datetime | None
    clears: str = ""
    set_by: str = ""


@dataclass(frozen=True, slots=True)
class NoteView:
    """What an official wrote down for colleagues."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PastDeclaration:
    """An earlier declaration of a party, as its history shows it; `open` when who asks may open it."""

    id: uuid.UUID
    registration: str
    state: State
    lane: Lane | None
    goods: str
    registered_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class PartyHistory:
    """What a party declared before, newest first; counts look at the newest COUNT_LIMIT only, then `more` is true."""

    declarations: int
    released: int
    with_discrepancy: int
    amended: int
    more: bool
    since: datetime | None
    last: tuple[PastDeclaration, ...]


@dataclass(frozen=True, slots=True)
class PriceRange:
    """Prices of a kilogram of the same goods code and origin in the same currency, declared before by anybody.

    `here` is what this declaration says; `lowest`, `middle` and `highest` are None when nobody declared it before.
    """

    goods_code: str
    origin: str
    currency: str
    here: Decimal | None
    lowest: Decimal | None
    middle: Decimal | None
    highest: Decimal | None
    declared: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One changed field between two versions; `path` is like `items/2/net_mass`."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a draft open, since when, and when they last gave a sign of life."""

    by: uuid.UUID
    by_name: str
    since: datetime
    seen_at: datetime
    mine: bool


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """One declaration with what its page needs. `content` is the draft while it is one, else the standing version."""

    summary: Summary
    content: Content
    version: int
    revision: int
    owner: uuid.UUID
    origin: str
    sandbox: bool
    source_format: str
    proposal: VersionView | None
    holds: tuple[HoldView, ...] = ()
    sealed: bool = True  # whether what risk looks for is kept from who asks
    reasons: Mapping[str, str] = field(default_factory=dict)  # of a draft: why warnings may stand, by their key
    draft_changed_at: datetime | None = None

    @property
    def id(self) -> uuid.UUID:
        return self.summary.id

    @property
    def state(self) -> State:
        return self.summary.state

    @property
    def events(self) -> int:
        """How many things happened so far: an act says which it saw."""
        return self.summary.events


class DeclarationRefused(Exception):
    """A change to a declaration was refused. `code` names the reason, `values` fill its message."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
