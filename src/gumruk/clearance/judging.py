"""Everything that is said about a declaration's content: format-logical findings, and what assessment could not do."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from gumruk.law.day import Law
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.checks import CheckResult
from gumruk.rules.duty import Assessment, Problem, assess, quotas_asked
from gumruk.rules.form import Content, Form, Reading, read
from gumruk.rules.types import Finding, Severity
from gumruk.tariff import selectors, services
from gumruk.toolkit import logs


@dataclass(frozen=True, slots=True)
class Judgement:
    """Findings, assessment and the law they were made under."""

    findings: tuple[Finding, ...]
    not_evaluated: tuple[str, ...]
    assessment: Assessment
    law: Law

    @property
    def blocking(self) -> bool:
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def judge(content: Content, day: date, *, declaration: uuid.UUID | None = None, hold: bool = False) -> Judgement:
    """Check and assess content under the law of `day`, with what is left of quotas now.

    What `declaration` holds of a quota counts as left for it. `hold` locks the balances until the transaction ends,
    so that what is then reserved is what was judged.
    """
    with lawbook.steady():  # form, rules and rates of one and the same change set
        form, law, checks = lawbook.form(day), lawbook.on(day), lawbook.checks_on(day)
    reading = read(form, content)
    checked: CheckResult = checks.run(reading, law)
    for alarm in checked.raised:  # a broken rule stops nobody, but somebody must hear of it
        logs.alarm("rule_raised", rule=alarm.code, path=alarm.path, kind=alarm.exception)
    quotas = law.quotas(quotas_asked(reading.facts, law))
    if hold and declaration and quotas:
        balances = services.hold_quotas(quotas=quotas, declaration=declaration)
    else:
        balances = selectors.quota_balances(quotas=quotas, declaration=declaration)
    assessment = assess(reading.facts, form, law, quotas=balances)
    findings = [*checked.findings, *_exchange_rate(reading, law)]
    known = {finding.path for finding in findings}
    # A missing price is already a finding of its box: it is not said twice.
    findings += [_finding(problem, form) for problem in assessment.problems if problem.path not in known]
    return Judgement(tuple(findings), checked.codes_not_evaluated, assessment, law)


def judge_rows(content: Content, rows: Sequence[int], day: date) -> tuple[Finding, ...]:
    """What the rules of a single item say about some items (counted from 1), as if they stood alone.

    What compares items with each other, and payments, is judged by `judge` only.
    """
    with lawbook.steady():
        form, law, checks = lawbook.form(day), lawbook.on(day), lawbook.checks_on(day)
    items = content.get("items", [])
    numbers = [number for number in rows if 1 <= number <= len(items)]
    few = {**content, "items": [items[number - 1] for number in numbers]}
    found = []
    for finding in checks.run(read(form, few), law).findings:
        parts = finding.path.split("/", 2)
        if parts[0] == "items" and len(parts) == 3:
            path = f"items/{numbers[int(parts[1]) - 1]}/{parts[2]}"
            found.append(replace(finding, path=path))
    return tuple(found)


def _exchange_rate(reading: Reading, law: Law) -> list[Finding]:
    """Box 23, when filled, is the official rate of the day for one unit."""
    declared, currency = reading.facts.get("exchange_rate"), reading.facts.get("currency")
    official = law.exchange(str(currency)) if currency else None
    if declared is None or official is None:
        return []
    stands = Decimal(declared).scaleb(-6)
    expected = official.rate / official.per
    if stands == expected:
        return []
    found, wanted = f"{stands.normalize():f}", f"{expected.normalize():f}"
    values = {"found": found, "expected": wanted, "currency": str(currency), "day": law.day.isoformat()}
    return [
        Finding("ASM-exchange_rate_differs", Severity.ERROR, "exchange_rate", "23", found, wanted, "technical", values)
    ]


def _finding(problem: Problem, form: Form) -> Finding:
    name = problem.path.rpartition("/")[2]
    field = form.item.get(name) or form.header.get(name)
    values = dict(problem.values)
    box = field.box if field else "47"
    return Finding(f"ASM-{problem.code}", problem.severity, problem.path, box, "", "", "technical", values)
