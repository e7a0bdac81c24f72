"""People who sign in, what they may do, and where."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

LABEL_LENGTH = 80
IN_PLACE_OF = " / "  # between the name of a deputy and the name of who is away, on each act
USE_NOTED_EVERY = timedelta(hours=1)


class Role(StrEnum):
    """What a person is to the service. A grant gives one role at one office (or for one firm) for a time."""

    BROKER = "broker"
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    CASHIER = "cashier"
    LAW_EDITOR = "law_editor"
    LAW_APPROVER = "law_approver"
    ADMINISTRATOR = "administrator"


class FirmAct(StrEnum):
    """What a person may do for a firm. Whoever may do anything may also see."""

    SEE = "see"
    PREPARE = "prepare"
    LODGE = "lodge"
    PAY = "pay"
    DELEGATE = "delegate"  # the head of the firm: allows colleagues and ends what was allowed


ALL_ACTS = frozenset({FirmAct.SEE, FirmAct.PREPARE, FirmAct.LODGE, FirmAct.PAY})


@dataclass(frozen=True, slots=True)
class Grant:
    """`role` at `office` (empty: all), for the firm `party` (brokers), from `since` up to, not including, `until`.

    `acts` of a broker's grant: what it allows for the firm. `deputy_for`: the name of who is away, whose right it is.
    """

    role: Role
    office: str
    party: str
    since: date
    until: date | None
    acts: frozenset[FirmAct] = ALL_ACTS
    deputy_for: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: a signed-in person or a client of the API, with the grants that hold today."""

    id: uuid.UUID
    username: str
    name: str
    language: str
    grants: tuple[Grant, ...]
    demo: bool = False
    must_change: bool = False

    def may(self, role: Role, office: str = "") -> bool:
        """True when a grant of `role` covers `office`; an empty `office` asks for the role anywhere."""
        return any(grant.role is role and (not office or grant.office in ("", office)) for grant in self.grants)

    def offices(self, role: Role) -> frozenset[str]:
        """Offices where the person has `role`; the empty string stands for all."""
        return frozenset(grant.office for grant in self.grants if grant.role is role)

    def signed(self, office: str) -> str:
        """The name under which the person acts at `office`: with the name of who is away, when the right is theirs."""
        here = [grant for grant in self.grants if grant.role is not Role.BROKER and grant.office in ("", office)]
        if not here or any(not grant.deputy_for for grant in here):
            return self.name
        return f"{self.name}{IN_PLACE_OF}{here[0].deputy_for}"[:200]

    @property
    def parties(self) -> frozenset[str]:
        """Taxpayer numbers of the firms whose declarations the person sees."""
        return frozenset(grant.party for grant in self.grants if grant.role is Role.BROKER and grant.party)

    def parties_for(self, act: FirmAct) -> frozenset[str]:
        """Taxpayer numbers of the firms for which the person may do `act`."""
        found = (one for one in self.grants if one.role is Role.BROKER and one.party and act in one.acts)
        return frozenset(one.party for one in found)

    def may_for(self, party: str, act: FirmAct) -> bool:
        """True when a grant allows `act` for this firm."""
        return party in self.parties_for(act)


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as its person sees it; the secret itself is not known any more."""

    id: uuid.UUID
    label: str
    sandbox: bool
    made_at: datetime
    until: datetime | None
    used_at: datetime | None

    def holds_at(self, at: datetime) -> bool:
        return self.until is None or at < self.until

    def use_is_due(self, at: datetime) -> bool:
        """Whether its use is to be noted: the first time, then once an hour, so that a call seldom writes."""
        return self.used_at is None or at - self.used_at >= USE_NOTED_EVERY


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with which a person signs here, as they see it."""

    hash: str
    subject: str
    issuer: str
    serial: str
    provider: str
    since: datetime
    until: datetime
    ended_at: datetime | None

    def holds_at(self, at: datetime) -> bool:
        """Whether it may sign; a revocation by its authority is known only to the provider."""
        return self.since <= at < self.until and (self.ended_at is None or at < self.ended_at)


@dataclass(frozen=True, slots=True)
class KeptSignature:
    """A signature as it was kept: its bytes, its evidence by kind, and who signed what when."""

    id: uuid.UUID
    user: uuid.UUID
    act: str
    role: str
    version: int
    statement: bytes
    signature: bytes
    statement_hash: str
    signature_hash: str
    certificate_hash: str
    subject: str
    stamped_at: datetime
    provider: str
    crls: tuple[bytes, ...]
    ocsps: tuple[bytes, ...]
    certificates: tuple[bytes, ...]


class TrustRefused(Exception):
    """Sign-in or an act was refused. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
