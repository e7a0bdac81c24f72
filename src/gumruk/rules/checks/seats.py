"""What a rule sees when it is read slowly: a row with what is around it, and how a fault is told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gumruk.law.day import Law
from gumruk.rules.checks.records import CheckRule, Path, Ref
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


def shown(value: Any, field: Field | None = None) -> str:
    """A fact as a person reads it: no scaled integers, no endless text."""
    if isinstance(value, int) and field is not None and field.scale:
        text = format(Decimal(value).scaleb(-field.scale), "f")
        return text.rstrip("0").rstrip(".")
    return value.isoformat() if isinstance(value, date) else str(value)[:LONGEST]


def value_of(ref: Ref, seat: Seat) -> Any:
    return {"row": seat.row, "item": seat.item, "header": seat.facts}[ref.level].get(ref.name)


def own_value(rule: CheckRule, seat: Seat) -> Any:
    return seat.row.get(rule.field)


def attribute_of(law: Law, list_name: str, code: Any, name: str) -> str:
    """What the list says of a code; empty when the code is not valid or the list does not say."""
    if code is None or code not in law.codes[list_name]:
        return ""
    said = law.attributes(list_name, code).get(name)
    return "" if said is None else str(said)


def codes_with(law: Law, list_name: str, name: str, wanted: Collection[str]) -> str:
    """The valid codes of which the list says one of `wanted`, as they are written: attribute values are words of the
    program, codes are what the declarant writes. Whole codes only, and an ellipsis when there are more."""
    codes = [code for code in law.codes[list_name] if attribute_of(law, list_name, code, name) in wanted]
    told = ", ".join(sorted(codes))
    return told if len(told) <= LONGEST else told[: told.rindex(", ", 0, LONGEST - 2)] + ", …"


def gathered(path: Path, seat: Seat, *, also_header: bool = False) -> list[Any]:
    rows: list[Any] = [seat.item if path.anchor == "item" else seat.facts]
    for name in path.lists:
        rows = [inner for row in rows for inner in row.get(name, ())]
    if also_header and path.anchor == "item":
        rows += seat.facts.get(path.lists[0], ())
    return [row.get(path.definition.name) for row in rows] if path.definition else rows


def exact_of(value: int, field: Field) -> Fraction:
    return Fraction(value, 10**field.scale)


NO_FIELD = Field("", "", "integer", None)  # type: ignore[arg-type]


def plainly_told(number: Fraction) -> str:
    text = format(Decimal(number.numerator) / Decimal(number.denominator), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def limits_of(rule: CheckRule) -> tuple[Decimal | None, Decimal | None, str]:
    """Lowest, highest and how they are told."""
    lowest, highest = rule.parameters.get("lowest"), rule.parameters.get("highest")
    if lowest is None:
        return lowest, highest, f"≤ {highest}"
    return lowest, highest, f"≥ {lowest}" if highest is None else f"{lowest}–{highest}"


def within(rule: CheckRule, number: Fraction | int) -> bool:
    lowest, highest, _ = limits_of(rule)
    return (lowest is None or lowest <= number) and (highest is None or number <= highest)


def needing(test: Callable[[CheckRule, Seat, Any], Answer]) -> Callable[[CheckRule, Seat], Answer]:
    """A test of a value that is there."""

    def judged(rule: CheckRule, seat: Seat) -> Answer:
        value = own_value(rule, seat)
        return NOT_EVALUATED if value is None else test(rule, seat, value)

    return judged


def comparing(test: Callable[[CheckRule, Any, Any], bool], sign: str) -> Callable[[CheckRule, Seat], Answer]:
    """A test of a value against another that is there too."""

    def judged(rule: CheckRule, seat: Seat) -> Answer:
        value, other = own_value(rule, seat), value_of(rule.parameters["other"], seat)
        if value is None or other is None:
            return NOT_EVALUATED
        field = rule.parameters["other"].definition
        return None if test(rule, value, other) else Fault(shown(value, rule.definition), sign + shown(other, field))

    return judged


def plainly(test: Callable[[CheckRule, Any], bool], expected: str = "") -> Callable[[CheckRule, Seat], Answer]:
    """A test that needs nothing but the value."""

    def judged(rule: CheckRule, _: Seat, value: Any) -> Answer:
        return None if test(rule, value) else Fault(shown(value, rule.definition), expected)

    return needing(judged)
