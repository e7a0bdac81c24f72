"""The slow and obvious reading of rules: one function a kind, one row at a time.

It is the oracle that generated code is held against, it words the faults that generated code finds, and it takes over
a scope whose generated code stumbles, so that one bad rule is named and the others still judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gumruk.law.day import Law
from gumruk.rules.checks.digits import SCHEMES
from gumruk.rules.checks.records import CheckRule, Condition, Path, Ref
from gumruk.rules.form import Facts, Field

LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Fault:
    found: str
    expected: str = ""


class _NotEvaluated:
    """An input is missing: the rule neither passes nor fails."""


NOT_EVALUATED: Final = _NotEvaluated()
Answer = None | Fault | _NotEvaluated


@dataclass(frozen=True, slots=True)
class Seat:
    """One row as a rule sees it: the row, the item around it, the whole declaration, and the law."""

    path: str
    facts: Facts
    item: Facts
    row: Facts
    number: int
    law: Law


def seats(group: str, facts: Facts, law: Law) -> Iterator[Seat]:
    """Every row of a group, in order."""
    if group == "header":
        yield Seat("", facts, facts, facts, 0, law)
        return
    if not group.startswith("items"):
        for place, row in enumerate(facts.get(group, ()), start=1):
            yield Seat(f"{group}/{place}/", facts, facts, row, 0, law)
        return
    name = group.removeprefix("items").removeprefix(".")
    for number, item in enumerate(facts["items"], start=1):
        if not name:
            yield Seat(f"items/{number}/", facts, item, item, number, law)
        for place, row in enumerate(item.get(name, ()) if name else (), start=1):
            yield Seat(f"items/{number}/{name}/{place}/", facts, item, row, number, law)


def judge(rule: CheckRule, seat: Seat) -> Answer:
    """What the rule says of one row. A rule whose `when` does not hold passes."""
    if not all(_holds(condition, seat) for condition in rule.conditions):
        return None
    return _JUDGES[rule.kind](rule, seat)


def shown(value: Any, field: Field | None = None) -> str:
    """A fact as a person reads it: no scaled integers, no endless text."""
    if value is None:
        return ""
    if isinstance(value, int) and field is not None and field.scale:
        text = format(Decimal(value).scaleb(-field.scale), "f")
        return text.rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)[:LONGEST]


def _value(ref: Ref, seat: Seat) -> Any:
    return {"row": seat.row, "item": seat.item, "header": seat.facts}[ref.level].get(ref.name)


def _own(rule: CheckRule, seat: Seat) -> Any:
    return seat.row.get(rule.field)


def _attribute(law: Law, list_name: str, code: Any, name: str) -> str:
    """What the list says of a code; empty when the code is not valid or the list does not say."""
    if code is None or code not in law.codes[list_name]:
        return ""
    said = law.attributes(list_name, code).get(name)
    return "" if said is None else str(said)


def _holds(condition: Condition, seat: Seat) -> bool:
    value = _value(condition.ref, seat)
    if condition.attribute:
        text = _attribute(seat.law, condition.ref.definition.list, value, condition.attribute)
        return bool(text) if condition.wanted == ("*",) else text in condition.wanted
    text = "" if value is None else str(value)
    return bool(text) if condition.wanted == ("*",) else text in condition.wanted


def _gathered(path: Path, seat: Seat, *, also_header: bool = False) -> list[Any]:
    rows: list[Any] = [seat.item if path.anchor == "item" else seat.facts]
    for name in path.lists:
        rows = [inner for row in rows for inner in row.get(name, ())]
    if also_header and path.anchor == "item":
        rows += seat.facts.get(path.lists[0], ())
    return [row.get(path.definition.name) for row in rows] if path.definition else rows


def _exact(value: int, field: Field) -> Fraction:
    return Fraction(value, 10**field.scale)


def _needing(test: Callable[[CheckRule, Seat, Any], Answer]) -> Callable[[CheckRule, Seat], Answer]:
    """A test of a value that is there."""

    def judged(rule: CheckRule, seat: Seat) -> Answer:
        value = _own(rule, seat)
        return NOT_EVALUATED if value is None else test(rule, seat, value)

    return judged


def _comparing(test: Callable[[CheckRule, Any, Any], bool], sign: str) -> Callable[[CheckRule, Seat], Answer]:
    """A test of a value against another that is there too."""

    def judged(rule: CheckRule, seat: Seat) -> Answer:
        value, other = _own(rule, seat), _value(rule.parameters["other"], seat)
        if value is None or other is None:
            return NOT_EVALUATED
        field = rule.parameters["other"].definition
        return None if test(rule, value, other) else Fault(shown(value, rule.definition), sign + shown(other, field))

    return judged


def _plainly(test: Callable[[CheckRule, Any], bool], expected: str = "") -> Callable[[CheckRule, Seat], Answer]:
    """A test that needs nothing but the value."""

    def judged(rule: CheckRule, _: Seat, value: Any) -> Answer:
        return None if test(rule, value) else Fault(shown(value, rule.definition), expected)

    return _needing(judged)


def _required(rule: CheckRule, seat: Seat) -> Answer:
    return Fault("") if _own(rule, seat) is None else None


def _forbidden(rule: CheckRule, seat: Seat) -> Answer:
    value = _own(rule, seat)
    if rule.definition is None:
        return Fault(str(len(value))) if value else None
    return None if value is None else Fault(shown(value, rule.definition))


def _required_rows(rule: CheckRule, seat: Seat) -> Answer:
    return None if _own(rule, seat) else Fault("")


def _together(rule: CheckRule, seat: Seat) -> Answer:
    other = _value(rule.parameters["other"], seat)
    if other is None:
        return NOT_EVALUATED
    return None if _own(rule, seat) is not None else Fault("", shown(other, rule.parameters["other"].definition))


def _mutually_exclusive(rule: CheckRule, seat: Seat) -> Answer:
    value, other = _own(rule, seat), _value(rule.parameters["other"], seat)
    if value is None or other is None:
        return None
    return Fault(shown(value, rule.definition), shown(other, rule.parameters["other"].definition))


def _limits(rule: CheckRule) -> tuple[Decimal | None, Decimal | None, str]:
    """Lowest, highest and how they are told."""
    lowest, highest = rule.parameters.get("lowest"), rule.parameters.get("highest")
    if lowest is None:
        return lowest, highest, f"≤ {highest}"
    return lowest, highest, f"≥ {lowest}" if highest is None else f"{lowest}–{highest}"


def _within(rule: CheckRule, number: Fraction | int) -> bool:
    lowest, highest, _ = _limits(rule)
    return (lowest is None or lowest <= number) and (highest is None or number <= highest)


def _range(rule: CheckRule, _: Seat, value: Any) -> Answer:
    exact = _exact(value, rule.definition or _NO_FIELD)
    return None if _within(rule, exact) else Fault(shown(value, rule.definition), _limits(rule)[2])


def _length(rule: CheckRule, _: Seat, value: Any) -> Answer:
    return None if _within(rule, len(value)) else Fault(shown(value), _limits(rule)[2])


def _digits(rule: CheckRule, _: Seat, value: Any) -> Answer:
    lengths = rule.parameters["lengths"]
    if len(value) in lengths and re.fullmatch("[0-9]+", value, re.ASCII):
        return None
    return Fault(shown(value), ", ".join(map(str, lengths)))


def _check_digit(rule: CheckRule, _: Seat, value: Any) -> Answer:
    expected = SCHEMES[rule.parameters["scheme"]](value)
    return None if value == expected else Fault(shown(value), expected)


def _not_after_today(_: CheckRule, seat: Seat, value: Any) -> Answer:
    return None if value <= seat.law.day else Fault(shown(value), "≤ " + shown(seat.law.day))


def _member(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    key = value[: rule.parameters["length"]] if "length" in rule.parameters else value
    return None if key in seat.law.codes[rule.parameters["list"]] else Fault(shown(value))


def _member_with_attribute(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    ask = rule.parameters
    if value not in seat.law.codes[ask["list"]]:
        return NOT_EVALUATED
    found = _attribute(seat.law, ask["list"], value, ask["attribute"])
    return None if found in ask["values"] else Fault(shown(value), ", ".join(ask["values"]))


def _attribute_equals(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    ask = rule.parameters
    wanted, found = _value(ask["equals"], seat), _attribute(seat.law, ask["list"], value, ask["attribute"])
    if wanted is None or not found:
        return NOT_EVALUATED
    return None if found == wanted else Fault(shown(value), shown(wanted))


def _attributes_agree(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    ask, other = rule.parameters, rule.parameters["other"]
    found = _attribute(seat.law, ask["list"], value, ask["attribute"])
    wanted = _attribute(seat.law, other.definition.list, _value(other, seat), ask["other_attribute"])
    if not found or not wanted:
        return NOT_EVALUATED
    return None if found == wanted else Fault(shown(value), shown(_value(other, seat)))


def _owned(rule: CheckRule, seat: Seat) -> str:
    owner = rule.parameters["owner"]
    return _attribute(seat.law, owner.definition.list, _value(owner, seat), rule.parameters["attribute"])


def _starts_with_attribute(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    wanted = _owned(rule, seat)
    if not wanted:
        return NOT_EVALUATED
    return None if value.startswith(wanted) else Fault(shown(value), wanted + "…")


def _pattern_by_attribute(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    pattern = _owned(rule, seat)
    if not pattern:
        return NOT_EVALUATED
    owner = shown(_value(rule.parameters["owner"], seat))
    return None if re.fullmatch(pattern, value, re.ASCII) else Fault(shown(value), owner)


def _in_area(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    members = seat.law.areas[rule.parameters["area"]]
    return None if value in members else Fault(shown(value), ", ".join(sorted(members)[:8]))


def _not_in_area(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    return Fault(shown(value)) if value in seat.law.areas[rule.parameters["area"]] else None


_NO_FIELD = Field("", "", "integer", None)  # type: ignore[arg-type]


def _not_above(rule: CheckRule, value: Any, other: Any) -> bool:
    return _exact(value, rule.definition or _NO_FIELD) <= _exact(other, rule.parameters["other"].definition)


def _ratio(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    per = rule.parameters["per"]
    other = _value(per, seat)
    if other is None or other <= 0:
        return NOT_EVALUATED
    found = _exact(value, rule.definition or _NO_FIELD) / _exact(other, per.definition)
    if _within(rule, found):
        return None
    return Fault(format(Decimal(found.numerator) / Decimal(found.denominator), ".6g"), _limits(rule)[2])


def _equals_product(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    product = Fraction(1)
    for ref in rule.parameters["factors"]:
        factor = _value(ref, seat)
        if factor is None:
            return NOT_EVALUATED
        product *= _exact(factor, ref.definition)
    if abs(_exact(value, rule.definition or _NO_FIELD) - product) <= Fraction(rule.parameters["tolerance"]):
        return None
    return Fault(shown(value, rule.definition), format(round(Decimal(product.numerator) / product.denominator, 2), "f"))


def _total(rule: CheckRule, seat: Seat) -> Fraction | None:
    path = rule.parameters["of"]
    parts = _gathered(path, seat)
    return sum(_exact(part, path.definition) for part in parts) if parts and None not in parts else None  # type: ignore[return-value]


def _equals_sum(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    total = _total(rule, seat)
    if total is None:
        return NOT_EVALUATED
    stands = _exact(value, rule.definition or _NO_FIELD)
    return None if stands == total else Fault(shown(value, rule.definition), _plain(total))


def _sum_not_above(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    total = _total(rule, seat)
    if total is None:
        return NOT_EVALUATED
    stands = _exact(value, rule.definition or _NO_FIELD)
    return None if total <= stands else Fault(shown(value, rule.definition), "≥ " + _plain(total))


def _plain(number: Fraction) -> str:
    text = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _equals_count(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    count = len(_gathered(rule.parameters["of"], seat))
    return (
        None
        if _exact(value, rule.definition or _NO_FIELD) == count
        else Fault(shown(value, rule.definition), str(count))
    )


def _count(rule: CheckRule, seat: Seat) -> Answer:
    count = len(_gathered(rule.parameters["of"], seat))
    return None if _within(rule, count) else Fault(str(count), _limits(rule)[2])


def _exists_row(rule: CheckRule, seat: Seat) -> Answer:
    ask, path = rule.parameters, rule.parameters["of"]
    codes = _gathered(path, seat, also_header=True)
    said = [_attribute(seat.law, path.definition.list, code, ask["attribute"]) for code in codes]
    if any(word in ask["values"] for word in said):
        return None
    return Fault(", ".join(sorted({code for code in codes if code}))[:LONGEST], ", ".join(ask["values"]))


def _exists_in(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    return None if value in _gathered(rule.parameters["of"], seat, also_header=True) else Fault(shown(value))


def _ordered_rows(rule: CheckRule, seat: Seat) -> Answer:
    ask, by = rule.parameters, rule.parameters["by"]

    def role(row: Facts) -> str:
        return _attribute(seat.law, by.definition.list, row.get(by.name), ask["attribute"])

    if role(seat.row) != ask["first"]:
        return None
    name = rule.group.removeprefix("items.")
    rows = (seat.item if rule.group.startswith("items.") else seat.facts)[name]
    later = [row[rule.field] for row in rows if role(row) == ask["then"] and row.get(rule.field) is not None]
    value = _own(rule, seat)
    if value is None or not later:
        return NOT_EVALUATED
    return None if value <= min(later) else Fault(shown(value), "≤ " + shown(min(later)))


def _numbered(_: CheckRule, seat: Seat, value: Any) -> Answer:
    return None if value == seat.number else Fault(shown(value), str(seat.number))


def _unique(rule: CheckRule, seat: Seat) -> Answer:
    names = (rule.field, *(ref.name for ref in rule.parameters["with"]))
    key = [seat.row.get(name) for name in names]
    if None in key:
        return NOT_EVALUATED
    rows = seat.facts["items"] if rule.group == "items" else seat.item[rule.group.removeprefix("items.")]
    first = next(number for number, row in enumerate(rows, start=1) if [row.get(name) for name in names] == key)
    return None if rows[first - 1] is seat.row else Fault(shown(key[0], rule.definition), str(first))


def _same_in_all_items(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    length = rule.parameters.get("length")
    first = next(item[rule.field] for item in seat.facts["items"] if item.get(rule.field) is not None)
    return None if value[:length] == first[:length] else Fault(shown(value), shown(first[:length]))


def _summary_of_items(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    parts = set(_gathered(rule.parameters["of"], seat))
    if not parts or None in parts:
        return NOT_EVALUATED
    expected = parts.pop() if len(parts) == 1 else rule.parameters["several"]
    return None if value == expected else Fault(shown(value), shown(expected))


def _outlier(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    """Whether a price per unit is `times` above or below that of all other rows with the same key together."""
    per, names = rule.parameters["per"], [ref.name for ref in rule.parameters["with"]]
    key = [seat.row.get(name) for name in names]

    def counts(row: Facts) -> bool:
        alike = None not in key and [row.get(name) for name in names] == key
        return alike and (row.get(rule.field) or 0) > 0 and (row.get(per.name) or 0) > 0

    others = [row for row in seat.facts["items"] if row is not seat.row and counts(row)]
    if not counts(seat.row) or len(others) < 2:
        return NOT_EVALUATED
    own = Fraction(value, seat.row[per.name])
    usual = Fraction(sum(row[rule.field] for row in others), sum(row[per.name] for row in others))
    times = Fraction(rule.parameters["times"])
    if usual <= own * times and own <= usual * times:
        return None
    unit = 10 ** (per.definition.scale - (rule.definition or _NO_FIELD).scale)
    return Fault(*(format(Decimal(x.numerator) / Decimal(x.denominator) * unit, ".4g") for x in (own, usual)))


_JUDGES: Final[dict[str, Callable[[CheckRule, Seat], Answer]]] = {
    "required": _required,
    "forbidden": _forbidden,
    "required_rows": _required_rows,
    "together": _together,
    "mutually_exclusive": _mutually_exclusive,
    "pattern": _plainly(lambda rule, value: bool(re.fullmatch(rule.parameters["pattern"], value, re.ASCII))),
    "length": _needing(_length),
    "digits": _needing(_digits),
    "check_digit": _needing(_check_digit),
    "positive": _plainly(lambda _, value: value > 0, "> 0"),
    "not_negative": _plainly(lambda _, value: value >= 0, "≥ 0"),
    "whole": _plainly(lambda rule, value: _exact(value, rule.definition or _NO_FIELD).denominator == 1),
    "range": _needing(_range),
    "not_after_today": _needing(_not_after_today),
    "member": _needing(_member),
    "member_with_attribute": _needing(_member_with_attribute),
    "attribute": _needing(_attribute_equals),
    "attributes_agree": _needing(_attributes_agree),
    "starts_with_attribute": _needing(_starts_with_attribute),
    "pattern_by_attribute": _needing(_pattern_by_attribute),
    "in_area": _needing(_in_area),
    "not_in_area": _needing(_not_in_area),
    "differs": _comparing(lambda _, value, other: value != other, "≠ "),
    "not_above": _comparing(_not_above, "≤ "),
    "not_after": _comparing(lambda _, value, other: value <= other, "≤ "),
    "not_before": _comparing(lambda _, value, other: value >= other, "≥ "),
    "ratio": _needing(_ratio),
    "equals_product": _needing(_equals_product),
    "equals_sum": _needing(_equals_sum),
    "sum_not_above": _needing(_sum_not_above),
    "equals_count": _needing(_equals_count),
    "count": _count,
    "exists_row": _exists_row,
    "exists_in": _needing(_exists_in),
    "ordered_rows": _ordered_rows,
    "numbered": _needing(_numbered),
    "unique": _unique,
    "same_in_all_items": _needing(_same_in_all_items),
    "summary_of_items": _needing(_summary_of_items),
    "outlier": _needing(_outlier),
}
