"""Runs the rules of a day over one declaration and gathers every fault, every silence and every stumble."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from gumruk.law.day import Law
from gumruk.rules.checks.compiling import Program, compile_rules
from gumruk.rules.checks.interpreting import judge
from gumruk.rules.checks.ordering import blocked_by, in_form_order, refuse_a_bad_set
from gumruk.rules.checks.records import CheckRule
from gumruk.rules.checks.seats import NOT_EVALUATED, Answer, Fault, Seat, seats
from gumruk.rules.form import Facts, Form, Malformed, Reading
from gumruk.rules.types import Finding, Severity

# Raised whenever the same rules could answer otherwise.
ENGINE: Final = "checks-2"


class NotEvaluated(NamedTuple):
    """A rule that had nothing to judge at `path`."""

    code: str
    path: str


class Raised(NamedTuple):
    """A rule that stumbled at `path`: an alarm for whoever runs the service, never a fault of the declarant."""

    code: str
    path: str
    exception: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All findings in form order; those held back because what they rest on failed; silences; alarms."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...] = ()
    raised: tuple[Raised, ...] = ()
    _silent: Sequence[tuple[Any, ...]] = field(default=(), repr=False)
    _rules: tuple[CheckRule, ...] = field(default=(), repr=False)

    @property
    def blocking(self) -> bool:
        """Whether any finding stops lodging."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def not_evaluated(self) -> tuple[NotEvaluated, ...]:
        """Every rule and row that could not be judged, rules that raised among them."""
        rules = self._rules
        found = {
            NotEvaluated(rules[number].code, _path(rules[number], place))
            for numbers, *place in self._silent
            for number in numbers
        }
        return tuple(sorted(found | {NotEvaluated(alarm.code, alarm.path) for alarm in self.raised}))

    @property
    def codes_not_evaluated(self) -> tuple[str, ...]:
        """The rules that could not be judged in at least one row: short enough to be stored with an attempt."""
        rules = self._rules
        found = {rules[number].code for numbers, *_ in self._silent for number in numbers}
        return tuple(sorted(found | {alarm.code for alarm in self.raised}))


@dataclass(frozen=True, slots=True)
class Checks:
    """The rules that hold on one day, compiled for each direction of a declaration."""

    rules: tuple[CheckRule, ...]
    form: Form
    hash: str
    malformed: Mapping[str, CheckRule]
    programs: Mapping[str, Program]
    _by_code: Mapping[str, CheckRule]

    def rule(self, code: str) -> CheckRule | None:
        """The rule with this code."""
        return self._by_code.get(code)

    def program(self, direction: str | None) -> Program:
        """The compiled rules that a declaration of this direction meets."""
        return self.programs.get(direction or "") or self.programs[""]

    def run(self, reading: Reading, law: Law) -> CheckResult:
        """Every fault of the declaration in one pass."""
        facts = reading.facts
        program = self.program(facts.get("direction"))
        met = _Met(program, facts, law)
        failed: list[tuple[Any, ...]] = []
        silent = met.silent
        for group, call in program.under(law):
            marks = len(failed), len(silent)
            try:
                call(facts, failed.append, silent.append)
            except Exception:  # noqa: BLE001 - whatever one rule does, the others still judge
                del failed[marks[0] :], silent[marks[1] :]
                met.judge_group(group)
        if failed:
            met.word(failed)
        return self._result(met, reading)

    def run_by_oracle(self, reading: Reading, law: Law) -> CheckResult:
        """The same by the interpreter alone, slowly: what generated code is held against."""
        program = self.program(reading.facts.get("direction"))
        met = _Met(program, reading.facts, law)
        for group in program.groups:
            met.judge_group(group)
        return self._result(met, reading)

    def _result(self, met: _Met, reading: Reading) -> CheckResult:
        findings, rules = met.findings, met.program.rules
        if not findings and not reading.malformed:
            return CheckResult((), (), tuple(met.raised), met.silent, rules)
        findings += [self._malformed(fault) for fault in reading.malformed]
        held = blocked_by(findings, self._by_code)
        shown = in_form_order(finding for finding in findings if id(finding) not in held)
        kept_back = in_form_order(finding for finding in findings if id(finding) in held)
        return CheckResult(shown, kept_back, tuple(met.raised), met.silent, rules)

    def _malformed(self, fault: Malformed) -> Finding:
        rule = self.malformed[fault.reason]
        values = {"found": fault.found, "expected": fault.limit}
        return Finding(rule.code, rule.severity, fault.path, fault.box, fault.found, fault.limit, rule.cites, values)


def _path(rule: CheckRule, place: Sequence[int]) -> str:
    if rule.group == "header":
        return rule.field
    if rule.group == "items":
        return f"items/{place[0]}/{rule.field}"
    if rule.group.startswith("items."):
        return f"items/{place[0]}/{rule.group[6:]}/{place[1]}/{rule.field}"
    return f"{rule.group}/{place[0]}/{rule.field}"


def _seat(rule: CheckRule, place: Sequence[int], facts: Facts, law: Law) -> Seat:
    row = facts
    item = facts
    names = rule.group.split(".") if rule.group != "header" else []
    for name, number in zip(names, place, strict=True):
        row = row[name][number - 1]
        item = row if name == "items" else item
    number = place[0] if rule.group.startswith("items") else 0
    return Seat(_path(rule, place).removesuffix(rule.field), facts, item, row, number, law)


@dataclass(slots=True)
class _Met:
    """What was met on the way through one declaration."""

    program: Program
    facts: Facts
    law: Law
    findings: list[Finding] = field(default_factory=list)
    silent: list[tuple[Any, ...]] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)

    def word(self, failed: Iterable[tuple[Any, ...]]) -> None:
        """The findings of failed rules, worded by the oracle; were it to disagree, that is an alarm and no finding."""
        for number, *place in failed:
            rule = self.program.rules[number]
            path = _path(rule, place)
            answer = self._judged(rule, _seat(rule, place, self.facts, self.law))
            if isinstance(answer, Fault):
                self.findings.append(_finding(rule, path, answer))
            elif answer is not _STUMBLED:
                self.raised.append(Raised(rule.code, path, "Disagreement"))

    def judge_group(self, group: str) -> None:
        """A whole scope by the interpreter, one rule and one row at a time: what raises is named and left out."""
        for number, rule in enumerate(self.program.rules):
            for seat in seats(group, self.facts, self.law) if rule.group == group else ():
                path = seat.path + rule.field
                answer = self._judged(rule, seat)
                if answer is NOT_EVALUATED:
                    numbers = (int(part) for part in path.split("/") if part.isdecimal())
                    self.silent.append(((number,), *numbers))
                elif isinstance(answer, Fault):
                    self.findings.append(_finding(rule, path, answer))

    def _judged(self, rule: CheckRule, seat: Seat) -> Answer | _Stumbled:
        try:
            return judge(rule, seat)
        except Exception as error:  # noqa: BLE001 - whatever one rule does, the others still judge
            self.raised.append(Raised(rule.code, seat.path + rule.field, type(error).__name__))
            return _STUMBLED


class _Stumbled:
    """The rule raised."""


_STUMBLED: Final = _Stumbled()


def _finding(rule: CheckRule, path: str, fault: Fault) -> Finding:
    values = {"found": fault.found, "expected": fault.expected}
    return Finding(rule.code, rule.severity, path, rule.box, fault.found, fault.expected, rule.cites, values)


def compile_checks(rules: Iterable[CheckRule], form: Form, day: date) -> Checks:
    """The rules that hold on `day`, in code order, with the hash that names exactly this set.

    Raises RuleRefused when two records of one code hold on the same day, or a rule rests on one that is not there.
    """
    every = tuple(rules)
    refuse_a_bad_set(every)
    held = tuple(sorted((rule for rule in every if rule.holds_on(day)), key=lambda rule: rule.code))
    met = [rule for rule in held if rule.kind != "malformed"]
    directions = ["", *sorted({direction for rule in met for direction in rule.directions})]
    programs = {
        direction: compile_rules([r for r in met if not r.directions or direction in r.directions], form)
        for direction in directions
    }
    return Checks(
        held,
        form,
        hashlib.sha256("\n".join((ENGINE, *(rule.said for rule in held))).encode()).hexdigest(),
        {str(rule.parameters["reason"]): rule for rule in held if rule.kind == "malformed"},
        programs,
        {rule.code: rule for rule in held},
    )
