"""The kinds of rule that look at many rows: the slow and obvious reading of each."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gumruk.rules.checks.records import CheckRule
from gumruk.rules.checks.seats import (
    LONGEST,
    NO_FIELD,
    NOT_EVALUATED,
    Answer,
    Fault,
    Seat,
    attribute_of,
    codes_with,
    exact_of,
    gathered,
    limits_of,
    needing,
    own_value,
    plainly_told,
    shown,
    within,
)
from gumruk.rules.form import Facts


def _total(rule: CheckRule, seat: Seat) -> Fraction | None:
    path = rule.parameters["of"]
    parts = gathered(path, seat)
    return sum(exact_of(part, path.definition) for part in parts) if parts and None not in parts else None  # type: ignore[return-value]


def _equals_sum(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    total = _total(rule, seat)
    if total is None:
        return NOT_EVALUATED
    stands = exact_of(value, rule.definition or NO_FIELD)
    return None if stands == total else Fault(shown(value, rule.definition), plainly_told(total))


def _sum_not_above(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    total = _total(rule, seat)
    if total is None:
        return NOT_EVALUATED
    stands = exact_of(value, rule.definition or NO_FIELD)
    return None if total <= stands else Fault(shown(value, rule.definition), "≥ " + plainly_told(total))


def _equals_count(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    count = len(gathered(rule.parameters["of"], seat))
    return (
        None
        if exact_of(value, rule.definition or NO_FIELD) == count
        else Fault(shown(value, rule.definition), str(count))
    )


def _count(rule: CheckRule, seat: Seat) -> Answer:
    count = len(gathered(rule.parameters["of"], seat))
    return None if within(rule, count) else Fault(str(count), limits_of(rule)[2])


def _exists_row(rule: CheckRule, seat: Seat) -> Answer:
    ask, path = rule.parameters, rule.parameters["of"]
    codes = gathered(path, seat, also_header=True)
    said = [attribute_of(seat.law, path.definition.list, code, ask["attribute"]) for code in codes]
    if any(word in ask["values"] for word in said):
        return None
    present = ", ".join(sorted({code for code in codes if code}))[:LONGEST]
    return Fault(present, codes_with(seat.law, path.definition.list, ask["attribute"], ask["values"]))


def _exists_in(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    return None if value in gathered(rule.parameters["of"], seat, also_header=True) else Fault(shown(value))


def _ordered_rows(rule: CheckRule, seat: Seat) -> Answer:
    ask, by = rule.parameters, rule.parameters["by"]

    def role(row: Facts) -> str:
        return attribute_of(seat.law, by.definition.list, row.get(by.name), ask["attribute"])

    if role(seat.row) != ask["first"]:
        return None
    name = rule.group.removeprefix("items.")
    rows = (seat.item if rule.group.startswith("items.") else seat.facts)[name]
    later = [row[rule.field] for row in rows if role(row) == ask["then"] and row.get(rule.field) is not None]
    value = own_value(rule, seat)
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
    parts = set(gathered(rule.parameters["of"], seat))
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
    unit = 10 ** (per.definition.scale - (rule.definition or NO_FIELD).scale)
    return Fault(*(format(Decimal(x.numerator) / Decimal(x.denominator) * unit, ".4g") for x in (own, usual)))


OF_MANY_ROWS: Final[dict[str, Callable[[CheckRule, Seat], Answer]]] = {
    "equals_sum": needing(_equals_sum),
    "sum_not_above": needing(_sum_not_above),
    "equals_count": needing(_equals_count),
    "count": _count,
    "exists_row": _exists_row,
    "exists_in": needing(_exists_in),
    "ordered_rows": _ordered_rows,
    "numbered": needing(_numbered),
    "unique": _unique,
    "same_in_all_items": needing(_same_in_all_items),
    "summary_of_items": needing(_summary_of_items),
    "outlier": needing(_outlier),
}
