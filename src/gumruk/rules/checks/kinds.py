"""What each kind of rule asks of one row. The answer is None (passes), a fault (found, expected), or NOT_EVALUATED."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from gumruk.rules.checks.records import CheckRule
from gumruk.rules.form import Facts, Form


@dataclass(frozen=True, slots=True)
class Fault:
    found: str
    expected: str


class _NotEvaluated:
    """An input is missing: the rule neither passes nor fails."""


NOT_EVALUATED: Final = _NotEvaluated()
Answer = None | Fault | _NotEvaluated


@dataclass(slots=True)
class Around:
    """What a rule sees besides its row."""

    facts: Facts
    item: Facts
    form: Form
    codes: Mapping[str, frozenset[str]]
    attributes: Callable[[str, str], Mapping[str, Any]]
    today: date


def shown(value: Any, scale: int = 0) -> str:
    """A fact as a person reads it: no scaled integers."""
    if value is None:
        return ""
    if isinstance(value, int) and scale:
        text = format(Decimal(value).scaleb(-scale), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, date) else str(value)


def _scale(rule: CheckRule) -> int:
    return rule.definition.scale if rule.definition else 0


def _required(rule: CheckRule, row: Facts, _: Around) -> Answer:
    return None if row.get(rule.field) not in (None, "") else Fault("", "")


def _forbidden(rule: CheckRule, row: Facts, _: Around) -> Answer:
    value = row.get(rule.field)
    return None if value in (None, "", []) else Fault(shown(value, _scale(rule)), "")


def _required_rows(rule: CheckRule, row: Facts, _: Around) -> Answer:
    return None if row.get(rule.field) else Fault("", "")


def _member(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    key = value[: rule.parameters.get("length", 99)] if rule.parameters["list"] != "hs6" else value[:6]
    return None if key in around.codes.get(rule.parameters["list"], frozenset()) else Fault(str(value), "")


def _pattern(rule: CheckRule, row: Facts, _: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    return None if re.fullmatch(rule.parameters["pattern"], value, re.ASCII) else Fault(value, "")


def _positive(rule: CheckRule, row: Facts, _: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    return None if value > 0 else Fault(shown(value, _scale(rule)), "> 0")


def _not_negative(rule: CheckRule, row: Facts, _: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    return None if value >= 0 else Fault(shown(value, _scale(rule)), "≥ 0")


def _not_above(rule: CheckRule, row: Facts, _: Around) -> Answer:
    value, other = row.get(rule.field), row.get(rule.parameters["other"])
    if value is None or other is None:
        return NOT_EVALUATED
    return None if value <= other else Fault(shown(value, _scale(rule)), "≤ " + shown(other, _scale(rule)))


def _not_after(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    name = rule.parameters["other"]
    other = row.get(name) if name in row else around.facts.get(name)
    if value is None or other is None:
        return NOT_EVALUATED
    return None if value <= other else Fault(shown(value), "≤ " + shown(other))


def _not_after_today(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    return None if value <= around.today else Fault(shown(value), "≤ " + shown(around.today))


def _values(facts: Facts, path: str) -> list[Any]:
    """Every value of a path such as `items.packages.count`."""
    rows: list[Any] = [facts]
    for part in path.split("."):
        found = [row.get(part) for row in rows]
        rows = [inner for value in found for inner in value] if found and isinstance(found[0], list) else found
    return rows


def _equals_sum(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value, parts = row.get(rule.field), _values(around.facts, rule.parameters["of"])
    if value is None or not parts or any(part is None for part in parts):
        return NOT_EVALUATED
    total = sum(parts)
    return None if value == total else Fault(shown(value, _scale(rule)), shown(total, _scale(rule)))


def _equals_count(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    count = len(around.facts[rule.parameters["of"]])
    return None if value == count else Fault(shown(value), str(count))


def _numbered(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    place = next(number for number, item in enumerate(around.facts["items"], start=1) if item is around.item)
    return None if value == place else Fault(shown(value), str(place))


def _unique(rule: CheckRule, row: Facts, around: Around) -> Answer:
    names = (rule.field, *rule.parameters["with"])
    key = tuple(row.get(name) for name in names)
    if None in key:
        return NOT_EVALUATED
    rows = around.item.get(rule.group.rpartition(".")[2], [])
    same = [other for other in rows if tuple(other.get(name) for name in names) == key]
    return None if same[0] is row else Fault(shown(key[0]), "")


def _together(rule: CheckRule, row: Facts, _: Around) -> Answer:
    if row.get(rule.parameters["other"]) is None:
        return NOT_EVALUATED
    return None if row.get(rule.field) is not None else Fault("", "")


def _row_of_kind(rule: CheckRule, row: Facts, around: Around) -> Answer:
    kinds = {document.get("kind") for document in row.get(rule.parameters["rows"], [])}
    kinds |= {
        document.get("kind") for item in around.facts["items"][:1] for document in item.get(rule.parameters["rows"], [])
    }
    code = rule.parameters["document"]
    return None if code in kinds else Fault(", ".join(sorted(kind for kind in kinds if kind)), code)


def _attribute(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value = row.get(rule.field)
    wanted = around.facts.get(rule.parameters["equals"])
    attributes = around.attributes(rule.parameters["list"], str(value)) if value else {}
    if wanted is None or not attributes:
        return NOT_EVALUATED
    found = str(attributes.get(rule.parameters["attribute"], ""))
    return None if found == wanted else Fault(str(value), str(wanted))


def _starts_with_attribute(rule: CheckRule, row: Facts, around: Around) -> Answer:
    value, owner = row.get(rule.field), around.facts.get(rule.parameters["of"])
    attributes = around.attributes(rule.parameters["list"], str(owner)) if owner else {}
    wanted = str(attributes.get(rule.parameters["attribute"], ""))
    if value is None or not wanted:
        return NOT_EVALUATED
    return None if value.startswith(wanted) else Fault(value, wanted + "…")


# Letters are worth 10 to 38 without the multiples of 11.
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", [n for n in range(10, 39) if n % 11], strict=True))


def _container_number(rule: CheckRule, row: Facts, _: Around) -> Answer:
    """Owner code, number and check digit of ISO 6346."""
    value = row.get(rule.field)
    if value is None:
        return NOT_EVALUATED
    if not re.fullmatch(r"[A-Z]{3}[UJZ][0-9]{7}", value, re.ASCII):
        return Fault(value, "ABCU1234560")
    total = sum((_LETTERS[sign] if sign in _LETTERS else int(sign)) * 2**place for place, sign in enumerate(value[:10]))
    wanted = str(total % 11 % 10)
    return None if value[10] == wanted else Fault(value, value[:10] + wanted)


TESTS: dict[str, Callable[[CheckRule, Facts, Around], Answer]] = {
    "required": _required,
    "forbidden": _forbidden,
    "required_rows": _required_rows,
    "member": _member,
    "pattern": _pattern,
    "positive": _positive,
    "not_negative": _not_negative,
    "not_above": _not_above,
    "not_after": _not_after,
    "not_after_today": _not_after_today,
    "equals_sum": _equals_sum,
    "equals_count": _equals_count,
    "numbered": _numbered,
    "unique": _unique,
    "together": _together,
    "row_of_kind": _row_of_kind,
    "attribute": _attribute,
    "starts_with_attribute": _starts_with_attribute,
    "container_number": _container_number,
}
