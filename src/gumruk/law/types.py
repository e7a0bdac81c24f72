"""The shape of law as data: acts, citations, words in three languages, dated values, tariff measures.

Nothing here reads a file or a clock. `lawbook` builds these from its tables; `rules` consume them.
Valid time is half-open everywhere: a value holds from `since` up to, not including, `until`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Literal, TypeVar

Value = TypeVar("Value")


class Confidence(StrEnum):
    """How well a legal value is known. Anything but CONFIRMED is listed by the go-live check."""

    CONFIRMED = "confirmed"
    SECONDARY = "secondary"
    CONFLICT = "conflict"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"
    DEMO = "demo"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages of the service."""

    tg: str
    ru: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `language` (tg, ru or en); English where that text is empty."""
        return str(getattr(self, language, "")) or self.en


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a legal act, written `act#place`, for example `tj-tax-code-2021#264-1-1`.

    `technical` is the citation of a rule that follows from the form or from arithmetic, not from an act.
    """

    act: str
    place: str = ""

    @classmethod
    def read(cls, text: str) -> Citation:
        act, _, place = text.partition("#")
        return cls(act, place)

    def __str__(self) -> str:
        return f"{self.act}#{self.place}" if self.place else self.act


@dataclass(frozen=True, slots=True)
class LegalAct:
    """A law, order or decision with number and date."""

    id: str
    number: str
    signed_on: date | None
    title: Words
    source: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Dated(Generic[Value]):
    """A value that holds from `since` up to, not including, `until`; None means unknown."""

    value: Value | None
    since: date
    until: date | None
    cites: Citation
    confidence: Confidence
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named legal value and its history, for example the share of green declarations checked at random."""

    key: str
    label: Words
    unit: str
    values: tuple[Dated[object], ...]

    def on(self, day: date) -> Dated[object] | None:
        """The entry that holds on `day`, or None when the history has a gap there."""
        return next((entry for entry in self.values if entry.holds_on(day)), None)


Operator = Literal["first", "+", "-", "min", "max"]


@dataclass(frozen=True, slots=True)
class RateComponent:
    """One part of a rate: `10%`, or `0.02 EUR per 1 kg`; `min` raises to at least, `max` caps at.

    `amount` is exact. `percent` says that it is a share of the base; otherwise `currency`, `per` and `unit`
    say what it is paid in and for how much of which unit (UN/ECE Recommendation 20 codes: KGM, LTR, NMB).
    """

    op: Operator
    amount: Decimal
    percent: bool
    currency: str | None = None
    per: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A tariff measure: what payment of `kind` goods of `code` from `area` attract, while it holds.

    `code` is a prefix of the goods code, 0 to 10 digits; the most specific measure of a kind wins.
    `area` is a country (alpha-2), a group of `Law.areas`, or empty for every origin.
    `preference` is the claim that it answers; empty for the general rate. `documents` are kinds of which one must be
    presented. With `share` it is a relief: that percentage of the normal sum is due. Neither components nor share:
    goods are liable but the rate is not known, which is a fault and never zero.
    """

    id: str
    kind: str
    code: str
    rate: str
    components: tuple[RateComponent, ...]
    since: date
    until: date | None
    cites: Citation
    confidence: Confidence
    area: str = ""
    excluded: frozenset[str] = frozenset()
    regime: str = ""
    preference: str = ""
    beneficiary: str = ""
    quota: str = ""
    note: str = ""
    documents: frozenset[str] = frozenset()
    share: Decimal | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Quota:
    """How much a quota holds from `since` up to `until`, in `unit` (a unit code, or TJS for value)."""

    id: str
    volume: Decimal
    unit: str
    since: date
    until: date | None
    cites: Citation
    confidence: Confidence
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Bracket:
    """One step of a fee table: from `above` (TJS of customs value) a flat `amount` plus `percent` of the value."""

    above: Decimal
    amount: Decimal
    currency: str
    percent: Decimal = Decimal(0)
    cap: Decimal | None = None
    cites: str = ""
    since: date = date.min
    until: date | None = None
    confidence: Confidence = Confidence.UNKNOWN

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Formula:
    """The formula text of one payment kind, with the order in which kinds are computed.

    A `mandatory` kind without a measure is a fault, never zero. `scope`: for each `item`, once a `declaration`, for a
    `service` that is charged elsewhere, or the conversion of a `value` (names `amount`, `exchange_rate`). `direction` is IM
    or EX for a kind of import or export alone.
    """

    kind: str
    order: int
    text: str
    label: Words
    since: date
    until: date | None
    cites: Citation
    confidence: Confidence
    mandatory: bool = False
    scope: Literal["item", "declaration", "service", "value"] = "item"
    direction: str = ""

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """The official rate of a currency for one day: `rate` TJS for `per` units."""

    currency: str
    day: date
    per: int
    rate: Decimal
    source: str
    confidence: Confidence
