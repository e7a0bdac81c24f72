"""What tests of rules share: the law they are judged under, examples as content, and a rule's outcome on one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from gumruk.law.day import Law
from gumruk.lawbook import files, shipped
from gumruk.rules.checks import CheckResult, CheckRule, compile_checks, load_rule
from gumruk.rules.checks.compiling import WriteRule, compile_rules
from gumruk.rules.form import Facts, read

DAY = date(2026, 1, 15)
FORM = files.form()
RULES = files.check_rules()
MESSAGES = yaml.safe_load((files.DATA / "checks" / "messages.yaml").read_text(encoding="utf-8"))


def law_with(lists: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Law:
    """The shipped law of the day with some code lists in place of its own."""
    law = shipped.on(DAY)
    every = {**files.code_lists(), **lists}
    return replace(law, codes={name: frozenset(rows) for name, rows in every.items()}, _attributes=every)


LAW = shipped.on(DAY)


def records() -> list[dict[str, Any]]:
    """Every shipped record that stands on a field, as written."""
    paths = sorted((files.DATA / "checks").glob("box-*.yaml"))
    found = [record for path in paths for record in yaml.safe_load(path.read_text(encoding="utf-8"))]
    return [record for record in found if record["kind"] != "malformed"]


def content_for(rule: CheckRule, example: Any) -> dict[str, Any]:
    """An example is whole content, or just what stands in the rule's field; its direction is one the rule asks for."""
    content = example if isinstance(example, dict) else _around(rule, "" if example is None else example)
    return {"direction": min(rule.directions), **content} if rule.directions else content


def _around(rule: CheckRule, value: Any) -> dict[str, Any]:
    if rule.group == "header":
        return {rule.field: value}
    if rule.group == "items":
        return {"items": [{rule.field: value}]}
    rows = [{rule.field: value}]
    name = rule.group.removeprefix("items.")
    return {"items": [{name: rows}]} if rule.group.startswith("items.") else {name: rows}


def facts_of(rule: CheckRule, example: Any) -> Facts:
    return read(FORM, content_for(rule, example)).facts


def outcome(rule: CheckRule, facts: Facts, *, writer: WriteRule | None = None, law: Law = LAW) -> tuple[bool, bool]:
    """Whether the compiled rule alone fails somewhere, and whether it had nothing to judge somewhere."""
    if rule.directions and facts["direction"] not in rule.directions:
        return False, False
    program = compile_rules([rule], FORM, writer=writer) if writer else compile_rules([rule], FORM)
    failed: list[Any] = []
    silent: list[Any] = []
    for _, call in program.under(law):
        call(facts, failed.append, silent.append)
    return bool(failed), bool(silent)


def alone(rule: CheckRule, content: dict[str, Any], law: Law = LAW) -> CheckResult:
    """What a set of this one rule says."""
    record = replace(rule, depends_on=())
    return compile_checks([record], FORM, rule.since).run(read(FORM, content), law)


def loaded(record: Mapping[str, Any], **changes: Any) -> CheckRule:
    """A rule from a record with changes; None takes a key away."""
    whole = {key: value for key, value in {**record, **changes}.items() if value is not None}
    return load_rule(whole, FORM, MESSAGES, lists=files.code_lists().keys(), areas=files.areas().keys())


def codes(findings: Sequence[Any]) -> list[str]:
    return [finding.code for finding in findings]
