"""One format-logical rule as a typed record: what it looks at, when, how grave it is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from gumruk.law.types import Confidence, Words
from gumruk.rules.form import Field
from gumruk.rules.types import Severity

Level = Literal["row", "item", "header"]


class RuleRefused(Exception):
    """The record is not a rule, or the rules are no set; the text names the rule and what is wrong."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Another field that a rule reads: in its own row, in the item around the row, or in the header."""

    level: Level
    name: str
    definition: Field


@dataclass(frozen=True, slots=True)
class Path:
    """Rows or values that a rule gathers: `items.packages.count` from the root, `packages.count` from its own item."""

    anchor: Literal["root", "item"]
    lists: tuple[str, ...]
    definition: Field | None  # None: the rows themselves


@dataclass(frozen=True, slots=True)
class Condition:
    """`when`: the field holds one of `wanted`, or its code has the attribute so. `*` is any value, empty is none."""

    ref: Ref
    attribute: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CheckRule:
    """A format-logical rule. `group` says which rows it looks at: header, items, or a list such as items.packages.

    `said` is the whole record but its examples, as canonical JSON: the hash of a rule set covers it.
    """

    code: str
    kind: str
    group: str
    field: str
    box: str
    severity: Severity
    since: date
    until: date | None
    cites: str
    confidence: Confidence
    message: Words
    label: Words
    definition: Field | None
    parameters: Mapping[str, Any]
    conditions: tuple[Condition, ...]
    directions: frozenset[str]
    depends_on: tuple[str, ...]
    said: str
    passes: tuple[Any, ...] = ()
    fails: tuple[Any, ...] = ()

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)
