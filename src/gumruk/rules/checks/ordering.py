"""What belongs to a set of rules as a whole: which findings others rest on, and the order people read them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from gumruk.rules.checks.records import CheckRule, RuleRefused
from gumruk.rules.types import Finding


def refuse_a_bad_set(rules: Sequence[CheckRule]) -> None:
    """Raises RuleRefused when codes clash on a day, or `depends_on` names no rule or runs in a circle."""
    by_code: dict[str, list[CheckRule]] = {}
    for rule in rules:
        by_code.setdefault(rule.code, []).append(rule)
    for code, versions in by_code.items():
        dated = sorted(versions, key=lambda rule: rule.since)
        for earlier, later in pairwise(dated):
            if earlier.until is None or later.since < earlier.until:
                raise RuleRefused(f"{code}: two rules of this code hold on {later.since}")
    for rule in rules:
        unknown = [code for code in rule.depends_on if code not in by_code]
        if unknown:
            raise RuleRefused(f"{rule.code}: it rests on {', '.join(unknown)}, which is no rule of the set")
        if rule.code in _rests_on(rule.depends_on, by_code):
            raise RuleRefused(f"{rule.code}: it rests on itself")


def _rests_on(codes: Iterable[str], by_code: Mapping[str, Sequence[CheckRule]]) -> set[str]:
    found: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += [name for rule in by_code.get(code, ()) for name in rule.depends_on]
    return found


def blocked_by(findings: Sequence[Finding], rules: Mapping[str, CheckRule]) -> frozenset[int]:
    """The findings (by id) that say nothing new: a rule they rest on failed at the same row, around it or within it;
    or the text of that very field could not be read."""
    rows: dict[str, list[str]] = {}
    unread = {finding.path for finding in findings if rules[finding.code].kind == "malformed"}
    for finding in findings:
        rows.setdefault(finding.code, []).append(_row(finding.path))
    held = set()
    for finding in findings:
        rule, row = rules[finding.code], _row(finding.path)
        causes = (cause for code in rule.depends_on for cause in rows.get(code, ()))
        unreadable = rule.kind != "malformed" and finding.path in unread
        if unreadable or any(row.startswith(cause) or cause.startswith(row) for cause in causes):
            held.add(id(finding))
    return frozenset(held)


def _row(path: str) -> str:
    return path[: path.rfind("/") + 1]


def in_form_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Header boxes in the order of the form, then the items."""
    return tuple(sorted(findings, key=lambda finding: (*_place(finding), finding.path, finding.code)))


def _place(finding: Finding) -> tuple[int, int, str, tuple[int, ...]]:
    numbers = tuple(int(part) for part in finding.path.split("/") if part.isdecimal())
    item = numbers[0] if numbers and finding.path.startswith("items/") else 0
    box = re.match(r"([0-9]*)(.*)", finding.box)
    number, letter = (box[1], box[2]) if box else ("", "")
    rank = int(number) if number else 0 if letter in ("", "A") else 100 + ord(letter[0])
    return item, rank, letter, numbers
