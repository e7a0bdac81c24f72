"""The slow and obvious reading of rules: one function a kind, one row at a time.

It is the oracle that generated code is held against, it words the faults that generated code finds, and it takes over
a scope whose generated code stumbles, so that one bad rule is named and the others still judge.
"""

from __future__ import annotations

from typing import Final

from gumruk.rules.checks.many_rows import OF_MANY_ROWS
from gumruk.rules.checks.one_row import OF_ONE_ROW
from gumruk.rules.checks.records import CheckRule, Condition
from gumruk.rules.checks.seats import Answer, Seat, attribute_of, value_of

_JUDGES: Final = OF_ONE_ROW | OF_MANY_ROWS


def judge(rule: CheckRule, seat: Seat) -> Answer:
    """What the rule says of one row. A rule whose `when` does not hold passes."""
    if not all(_holds(condition, seat) for condition in rule.conditions):
        return None
    return _JUDGES[rule.kind](rule, seat)


def _holds(condition: Condition, seat: Seat) -> bool:
    value = value_of(condition.ref, seat)
    if condition.attribute:
        text = attribute_of(seat.law, condition.ref.definition.list, value, condition.attribute)
        return bool(text) if condition.wanted == ("*",) else text in condition.wanted
    text = "" if value is None else str(value)
    return bool(text) if condition.wanted == ("*",) else text in condition.wanted
