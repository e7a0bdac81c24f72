"""Runs the rules of a day over one declaration and gathers every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gumruk.law.day import Law
from gumruk.rules.checks.kinds import NOT_EVALUATED, TESTS, Around, Fault
from gumruk.rules.checks.records import CheckRule
from gumruk.rules.form import Facts, Form, Malformed, Reading
from gumruk.rules.types import Finding, Severity


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings in form order, and the codes of rules that had nothing to judge."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[str, ...]

    @property
    def blocking(self) -> bool:
        """Whether any finding stops lodging."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Checks:
    """The rules that hold on one day."""

    rules: tuple[CheckRule, ...]
    form: Form
    hash: str
    malformed: Mapping[str, CheckRule]

    def rule(self, code: str) -> CheckRule | None:
        """The rule with this code."""
        return next((rule for rule in self.rules if rule.code == code), None)

    def run(self, reading: Reading, law: Law) -> CheckResult:
        """Every fault of the declaration in one pass."""
        facts = reading.facts
        findings = [self._malformed(fault) for fault in reading.malformed]
        silent = {fault.path for fault in reading.malformed}
        not_evaluated: list[str] = []
        direction = facts.get("direction")
        for rule in self.rules:
            if rule.kind == "malformed" or (rule.directions and direction not in rule.directions):
                continue
            judged = False
            for path, row, item in _rows(rule, facts):
                if rule.when and not _applies(rule, row, facts):
                    continue
                place = f"{path}{rule.field}"
                if place in silent:
                    continue
                around = Around(facts, item, self.form, law.codes, law.attributes, law.day)
                answer = TESTS[rule.kind](rule, row, around)
                if isinstance(answer, Fault):
                    findings.append(_finding(rule, place, answer))
                judged = judged or answer is not NOT_EVALUATED
            if not judged:
                not_evaluated.append(rule.code)
        return CheckResult(tuple(findings), tuple(not_evaluated))

    def _malformed(self, fault: Malformed) -> Finding:
        rule = self.malformed[fault.reason]
        values = {"found": fault.found, "expected": fault.limit}
        return Finding(rule.code, rule.severity, fault.path, fault.box, fault.found, fault.limit, rule.cites, values)


def _finding(rule: CheckRule, path: str, fault: Fault) -> Finding:
    values = {"found": fault.found, "expected": fault.expected}
    return Finding(rule.code, rule.severity, path, rule.box, fault.found, fault.expected, rule.cites, values)


def _applies(rule: CheckRule, row: Facts, facts: Facts) -> bool:
    for name, wanted in rule.when.items():
        value = row[name] if name in row else facts.get(name)
        if str(value if value is not None else "") not in wanted:
            return False
    return True


def _rows(rule: CheckRule, facts: Facts) -> Iterator[tuple[str, Facts, Facts]]:
    """Path prefix, row and item of every row that a rule looks at."""
    if rule.group == "header":
        yield "", facts, facts
    elif rule.group == "items":
        for number, item in enumerate(facts["items"], start=1):
            yield f"items/{number}/", item, item
    elif rule.group.startswith("items."):
        name = rule.group.removeprefix("items.")
        for number, item in enumerate(facts["items"], start=1):
            for place, row in enumerate(item[name], start=1):
                yield f"items/{number}/{name}/{place}/", row, item
    else:
        for place, row in enumerate(facts.get(rule.group, []), start=1):
            yield f"{rule.group}/{place}/", row, facts


def compile_checks(rules: Iterable[CheckRule], form: Form, day: date) -> Checks:
    """The rules that hold on `day`, in code order, with the hash that names exactly this set."""
    held = tuple(sorted((rule for rule in rules if rule.holds_on(day)), key=lambda rule: rule.code))
    said = "\n".join(
        f"{rule.code}|{rule.kind}|{rule.group}|{rule.field}|{rule.severity}|{rule.since}|{sorted(rule.parameters.items())}"
        f"|{sorted(rule.directions)}|{sorted(rule.when.items())}"
        for rule in held
    )
    malformed = {str(rule.parameters["reason"]): rule for rule in held if rule.kind == "malformed"}
    return Checks(held, form, hashlib.sha256(said.encode()).hexdigest(), malformed)
