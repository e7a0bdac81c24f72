"""One rule as a record. What a record may say depends on its kind; anything else refuses the record by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_with
from datetime import date
from typing import Any

from gumruk.law.types import Words
from gumruk.rules.form import Field, Form
from gumruk.rules.types import Severity

# kind: parameters it needs
KINDS: dict[str, frozenset[str]] = {
    "malformed": frozenset({"reason"}),
    "required": frozenset(),
    "forbidden": frozenset(),
    "required_rows": frozenset(),
    "member": frozenset({"list"}),
    "pattern": frozenset({"pattern"}),
    "positive": frozenset(),
    "not_negative": frozenset(),
    "not_above": frozenset({"other"}),
    "not_after": frozenset({"other"}),
    "not_after_today": frozenset(),
    "equals_sum": frozenset({"of"}),
    "equals_count": frozenset({"of"}),
    "numbered": frozenset(),
    "unique": frozenset({"with"}),
    "together": frozenset({"other"}),
    "row_of_kind": frozenset({"rows", "document"}),
    "attribute": frozenset({"list", "attribute", "equals"}),
    "starts_with_attribute": frozenset({"list", "of", "attribute"}),
    "container_number": frozenset(),
}


class RuleRefused(Exception):
    """The record is not a rule; the text names the rule and what is wrong."""


@dataclass(frozen=True, slots=True, eq=False)
class CheckRule:
    """A format-logical rule. `group` says which rows it looks at: header, items, or a list such as items.packages."""

    code: str
    kind: str
    group: str
    field: str
    box: str
    severity: Severity
    since: date
    until: date | None
    cites: str
    message: Words
    label: Words
    definition: Field | None
    parameters: Mapping[str, Any]
    directions: frozenset[str] = frozenset()
    when: Mapping[str, tuple[str, ...]] = made_with(default_factory=dict)
    passes: tuple[Any, ...] = ()
    fails: tuple[Any, ...] = ()

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


_ALWAYS = {
    "code",
    "kind",
    "at",
    "severity",
    "since",
    "until",
    "cites",
    "message",
    "directions",
    "when",
    "passes",
    "fails",
}


def load_rule(record: Mapping[str, Any], form: Form, messages: Mapping[str, Mapping[str, str]]) -> CheckRule:
    """A rule from its record. `messages` are the standing sentences of each kind. Raises RuleRefused."""
    code = str(record.get("code", "?"))
    kind = str(record.get("kind"))
    if kind not in KINDS:
        raise RuleRefused(f"{code}: the kind {kind} is not one of {', '.join(sorted(KINDS))}")
    wanted = KINDS[kind] | (_ALWAYS & record.keys())
    if record.keys() != wanted:
        off = ", ".join(sorted(record.keys() ^ wanted))
        raise RuleRefused(f"{code}: a rule of kind {kind} has one too many or too few of: {off}")
    words = record.get("message") or messages.get(kind)
    if not words or {"tg", "ru", "en"} - {name for name, text in words.items() if text}:
        raise RuleRefused(f"{code}: the message must be there in tg, ru and en")
    if kind != "malformed" and (len(record.get("passes", ())) < 2 or len(record.get("fails", ())) < 2):
        raise RuleRefused(f"{code}: give at least two passing and two failing examples")
    group, name, box, label, definition = _place(code, str(record.get("at", "")), form)
    return CheckRule(
        code=code,
        kind=kind,
        group=group,
        field=name,
        box=box,
        severity=Severity(record.get("severity", "error")),
        since=record["since"],
        until=record.get("until"),
        cites=str(record["cites"]),
        message=Words(words["tg"], words["ru"], words["en"]),
        label=label,
        definition=definition,
        parameters={key: record[key] for key in KINDS[kind]},
        directions=frozenset(record.get("directions", ())),
        when={key: tuple(str(value) for value in values) for key, values in record.get("when", {}).items()},
        passes=tuple(record.get("passes", ())),
        fails=tuple(record.get("fails", ())),
    )


_ANYWHERE = Words("Майдон", "Графа", "Field")


def _place(code: str, path: str, form: Form) -> tuple[str, str, str, Words, Field | None]:
    """Group, field name, box, label and definition of a path such as `items.packages.count`."""
    parts = path.split(".")
    match parts:
        case [""]:
            return "any", "", "", _ANYWHERE, None
        case [name] if name in form.header:
            found = form.header[name]
            return "header", name, found.box, found.label, found
        case ["items", name] if name in form.item:
            found = form.item[name]
            return "items", name, found.box, found.label, found
        case ["items", name] if name in form.item_lists:
            return "items", name, form.item_lists[name].box, form.item_lists[name].label, None
        case ["items", name, part] if name in form.item_lists and part in form.item_lists[name].fields:
            found = form.item_lists[name].fields[part]
            return f"items.{name}", part, found.box, found.label, found
        case [name, part] if name in form.header_lists and part in form.header_lists[name].fields:
            found = form.header_lists[name].fields[part]
            return name, part, found.box, found.label, found
    raise RuleRefused(f"{code}: the form has no field {path}")
