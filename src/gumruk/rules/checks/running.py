"""Runs the rules of a day over one declaration and gathers every fault."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gumruk.law.day import Law
from gumruk.rules.checks.kinds import NOT_EVALUATED, TESTS, Answer, Around, Fault
from gumruk.rules.checks.records import CheckRule
from gumruk.rules.form import Facts, Form, Malformed, Reading
from gumruk.rules.types import Finding, Severity

Test = Callable[[CheckRule, Facts, Around], Answer]


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
        silent_rows = {path.rpartition("/")[0] for path in silent}
        judged: set[str] = set()
        groups = _by_group(self.rules, facts.get("direction"))
        for group, rules in groups:
            for path, row, item in _rows(group, facts):
                around = Around(facts, item, self.form, law.codes, law.attributes, law.day)
                mute = path.rstrip("/") in silent_rows
                for rule, test in rules:
                    if rule.when and not _applies(rule, row, facts):
                        continue
                    if mute and path + rule.field in silent:
                        continue
                    answer = test(rule, row, around)
                    if answer is NOT_EVALUATED:
                        continue
                    judged.add(rule.code)
                    if isinstance(answer, Fault):
                        findings.append(_finding(rule, path + rule.field, answer))
        silent_rules = [rule.code for _, rules in groups for rule, _ in rules if rule.code not in judged]
        findings.sort(key=lambda finding: finding.code)
        return CheckResult(tuple(findings), tuple(sorted(silent_rules)))

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


@lru_cache(maxsize=64)
def _by_group(
    rules: tuple[CheckRule, ...], direction: str | None
) -> tuple[tuple[str, tuple[tuple[CheckRule, Test], ...]], ...]:
    """The rules that a declaration of this direction meets, by the rows they look at, each with its test."""
    groups: dict[str, list[tuple[CheckRule, Test]]] = {}
    for rule in rules:
        if rule.kind != "malformed" and (not rule.directions or direction in rule.directions):
            groups.setdefault(rule.group, []).append((rule, TESTS[rule.kind]))
    return tuple((group, tuple(met)) for group, met in groups.items())


def _rows(group: str, facts: Facts) -> Iterator[tuple[str, Facts, Facts]]:
    """Path prefix, row and item of every row of a group."""
    if group == "header":
        yield "", facts, facts
    elif group == "items":
        for number, item in enumerate(facts["items"], start=1):
            yield f"items/{number}/", item, item
    elif group.startswith("items."):
        name = group.removeprefix("items.")
        for number, item in enumerate(facts["items"], start=1):
            for place, row in enumerate(item[name], start=1):
                yield f"items/{number}/{name}/{place}/", row, item
    else:
        for place, row in enumerate(facts.get(group, []), start=1):
            yield f"{group}/{place}/", row, facts


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
