"""A rule tried on its own examples in the law that a draft would make, before it goes into the draft. Nothing is written."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from gumruk.law.day import LawRefused
from gumruk.lawbook import bodies, selectors
from gumruk.lawbook.checking import EXAMPLES_DAY, example_fails
from gumruk.lawbook.types import Kind, LawbookRefused, NewEntry
from gumruk.rules.checks import RuleRefused, load_rule


@dataclass(frozen=True, slots=True)
class Tried:
    """One example: what it is to do, and whether the rule does it."""

    to_fail: bool
    example: str
    right: bool


def try_rule(*, change_set: uuid.UUID, entry: NewEntry) -> tuple[Tried, ...]:
    """Every example of a rule, those that are to pass first.

    Used by: the form of a rule. Raises LawbookRefused: `rule_refused` when it cannot be read or run.
    """
    after = selectors.with_draft(change_set)
    held = entry.since <= EXAMPLES_DAY and (entry.until is None or entry.until > EXAMPLES_DAY)
    day = EXAMPLES_DAY if held else entry.since
    epoch = after.epoch(day)
    messages = {one.key: one.body for one in epoch.of(Kind.MESSAGE)}
    try:
        rule = load_rule(bodies.check(entry), epoch.form, messages, lists=after.lists, areas=after.areas)
        return tuple(
            Tried(to_fail, json.dumps(one, ensure_ascii=False), example_fails(rule, one, epoch, day) is to_fail)
            for to_fail, examples in ((False, rule.passes), (True, rule.fails))
            for one in examples
        )
    except (RuleRefused, LawRefused, TypeError, ValueError, KeyError, AttributeError) as refused:
        raise LawbookRefused("rule_refused", why=str(refused)) from None
