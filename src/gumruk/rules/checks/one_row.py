"""The kinds of rule that look at one row: the slow and obvious reading of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from gumruk.rules.checks.digits import SCHEMES
from gumruk.rules.checks.records import CheckRule
from gumruk.rules.checks.seats import (
    NO_FIELD,
    NOT_EVALUATED,
    Answer,
    Fault,
    Seat,
    attribute_of,
    codes_with,
    comparing,
    exact_of,
    limits_of,
    needing,
    own_value,
    plainly,
    shown,
    value_of,
    within,
)


def _required(rule: CheckRule, seat: Seat) -> Answer:
    return Fault("") if own_value(rule, seat) is None else None


def _forbidden(rule: CheckRule, seat: Seat) -> Answer:
    value = own_value(rule, seat)
    if rule.definition is None:
        return Fault(str(len(value))) if value else None
    return None if value is None else Fault(shown(value, rule.definition))


def _required_rows(rule: CheckRule, seat: Seat) -> Answer:
    return None if own_value(rule, seat) else Fault("")


def _together(rule: CheckRule, seat: Seat) -> Answer:
    other = value_of(rule.parameters["other"], seat)
    if other is None:
        return NOT_EVALUATED
    return None if own_value(rule, seat) is not None else Fault("", shown(other, rule.parameters["other"].definition))


def _mutually_exclusive(rule: CheckRule, seat: Seat) -> Answer:
    value, other = own_value(rule, seat), value_of(rule.parameters["other"], seat)
    if value is None or other is None:
        return None
    return Fault(shown(value, rule.definition), shown(other, rule.parameters["other"].definition))


def _range(rule: CheckRule, _: Seat, value: Any) -> Answer:
    exact = exact_of(value, rule.definition or NO_FIELD)
    return None if within(rule, exact) else Fault(shown(value, rule.definition), limits_of(rule)[2])


def _length(rule: CheckRule, _: Seat, value: Any) -> Answer:
    return None if within(rule, len(value)) else Fault(shown(value), limits_of(rule)[2])


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
    found = attribute_of(seat.law, ask["list"], value, ask["attribute"])
    return (
        None
        if found in ask["values"]
        else Fault(shown(value), codes_with(seat.law, ask["list"], ask["attribute"], ask["values"]))
    )


def _attribute_equals(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    ask = rule.parameters
    wanted, found = value_of(ask["equals"], seat), attribute_of(seat.law, ask["list"], value, ask["attribute"])
    if wanted is None or not found:
        return NOT_EVALUATED
    return None if found == wanted else Fault(shown(value), shown(wanted))


def _attributes_agree(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    ask, other = rule.parameters, rule.parameters["other"]
    found = attribute_of(seat.law, ask["list"], value, ask["attribute"])
    wanted = attribute_of(seat.law, other.definition.list, value_of(other, seat), ask["other_attribute"])
    if not found or not wanted:
        return NOT_EVALUATED
    return None if found == wanted else Fault(shown(value), shown(value_of(other, seat)))


def _owned(rule: CheckRule, seat: Seat) -> str:
    owner = rule.parameters["owner"]
    return attribute_of(seat.law, owner.definition.list, value_of(owner, seat), rule.parameters["attribute"])


def _starts_with_attribute(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    wanted = _owned(rule, seat)
    if not wanted:
        return NOT_EVALUATED
    return None if value.startswith(wanted) else Fault(shown(value), wanted + "…")


def _pattern_by_attribute(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    pattern = _owned(rule, seat)
    if not pattern:
        return NOT_EVALUATED
    owner = shown(value_of(rule.parameters["owner"], seat))
    return None if re.fullmatch(pattern, value, re.ASCII) else Fault(shown(value), owner)


def _in_area(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    members = seat.law.areas[rule.parameters["area"]]
    return None if value in members else Fault(shown(value), ", ".join(sorted(members)[:8]))


def _not_in_area(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    return Fault(shown(value)) if value in seat.law.areas[rule.parameters["area"]] else None


def _not_above(rule: CheckRule, value: Any, other: Any) -> bool:
    return exact_of(value, rule.definition or NO_FIELD) <= exact_of(other, rule.parameters["other"].definition)


def _ratio(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    per = rule.parameters["per"]
    other = value_of(per, seat)
    if other is None or other <= 0:
        return NOT_EVALUATED
    found = exact_of(value, rule.definition or NO_FIELD) / exact_of(other, per.definition)
    if within(rule, found):
        return None
    return Fault(format(Decimal(found.numerator) / Decimal(found.denominator), ".6g"), limits_of(rule)[2])


def _equals_product(rule: CheckRule, seat: Seat, value: Any) -> Answer:
    product = Fraction(1)
    for ref in rule.parameters["factors"]:
        factor = value_of(ref, seat)
        if factor is None:
            return NOT_EVALUATED
        product *= exact_of(factor, ref.definition)
    if abs(exact_of(value, rule.definition or NO_FIELD) - product) <= Fraction(rule.parameters["tolerance"]):
        return None
    return Fault(shown(value, rule.definition), format(round(Decimal(product.numerator) / product.denominator, 2), "f"))


OF_ONE_ROW: Final[dict[str, Callable[[CheckRule, Seat], Answer]]] = {
    "required": _required,
    "forbidden": _forbidden,
    "required_rows": _required_rows,
    "together": _together,
    "mutually_exclusive": _mutually_exclusive,
    "pattern": plainly(lambda rule, value: bool(re.fullmatch(rule.parameters["pattern"], value, re.ASCII))),
    "length": needing(_length),
    "digits": needing(_digits),
    "check_digit": needing(_check_digit),
    "positive": plainly(lambda _, value: value > 0, "> 0"),
    "not_negative": plainly(lambda _, value: value >= 0, "≥ 0"),
    "whole": plainly(lambda rule, value: exact_of(value, rule.definition or NO_FIELD).denominator == 1),
    "range": needing(_range),
    "not_after_today": needing(_not_after_today),
    "member": needing(_member),
    "member_with_attribute": needing(_member_with_attribute),
    "attribute": needing(_attribute_equals),
    "attributes_agree": needing(_attributes_agree),
    "starts_with_attribute": needing(_starts_with_attribute),
    "pattern_by_attribute": needing(_pattern_by_attribute),
    "in_area": needing(_in_area),
    "not_in_area": needing(_not_in_area),
    "differs": comparing(lambda _, value, other: value != other, "≠ "),
    "not_above": comparing(_not_above, "≤ "),
    "not_after": comparing(lambda _, value, other: value <= other, "≤ "),
    "not_before": comparing(lambda _, value, other: value >= other, "≥ "),
    "ratio": needing(_ratio),
    "equals_product": needing(_equals_product),
}
