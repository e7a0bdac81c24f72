"""Whether a draft is fit to become law: everything it says is read, compiled and tried in the law it would make.

Only what the draft begins is judged, by the rules of today: a rule added here later condemns no older row.
"""

from __future__ import annotations

import string
import uuid
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gumruk.law.day import LawRefused
from gumruk.law.types import Citation, Formula, Measure
from gumruk.lawbook import bodies, selectors
from gumruk.lawbook.drafting import locked, require_either
from gumruk.lawbook.overlay import Outcome, lay_over
from gumruk.lawbook.publishing import fingerprint
from gumruk.lawbook.snapshot import Epoch, Snapshot
from gumruk.lawbook.types import BESIDE, Acting, Entry, Fault, Kind, LawbookRefused, Status
from gumruk.rules.checks import CheckRule, RuleRefused, compile_checks
from gumruk.rules.form import read
from gumruk.rules.formula import FormulaRefused, compile_formula, read_formula
from gumruk.rules.rates import read_rate
from gumruk.toolkit.clock import law_day

# The “today” of examples: those of a rule about today are written for this day, whenever the check is made.
EXAMPLES_DAY = date(2026, 1, 15)


@transaction.atomic
def check_change_set(*, change_set: uuid.UUID, by: Acting, at: datetime) -> tuple[Fault, ...]:
    """Check a draft against the newest law; the answer is kept and holds until that law or the draft changes.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`.
    """
    require_either(by)
    row = locked(change_set, Status.DRAFT, Status.APPROVED)
    changes = selectors.changes_of(row.id)
    known = selectors.snapshot()
    outcome = lay_over(known.entries, changes)
    after = selectors.with_draft(row.id)
    found = list(_faults(outcome, after, law_day(at)))
    if row.act and row.act not in after.acts:
        found.append(Fault("act_unknown", "change_set", row.title, {"act": row.act}))
    row.checked_head, row.checked_content, row.checked_at = known.number, fingerprint(changes), at
    row.faults = [asdict(fault) for fault in found]
    row.save(update_fields=["checked_head", "checked_content", "checked_at", "faults"])
    return tuple(found)


def _faults(outcome: Outcome, after: Snapshot, today: date) -> Iterator[Fault]:
    if not outcome.opened and not outcome.closed:
        yield Fault("nothing_changes", "", "")
        return
    unreadable = list(_unreadable(outcome))
    if unreadable:
        yield from unreadable
        return
    first = min((e.since for e in after.of(Kind.FORMULA) if e.body.get("scope", "item") == "item"), default=date.min)
    broken = list(_does_not_build(outcome, after, first))
    if broken:
        yield from broken
        return
    yield from _lost_acts(outcome, after)
    for entry in outcome.opened:
        day = today if entry.holds_on(today) else max(entry.since, first)
        yield from _citation(entry, after)
        if entry.kind == Kind.CHECK:
            day = EXAMPLES_DAY if entry.holds_on(EXAMPLES_DAY) else day
            yield from _check(entry, after.epoch(day), day)
        elif entry.kind in _JUDGES:
            yield from _JUDGES[Kind(entry.kind)](entry, after.epoch(day))


def _unreadable(outcome: Outcome) -> Iterator[Fault]:
    for entry in outcome.opened:
        try:
            bodies.refuse_unreadable(entry)
        except LawbookRefused as refused:
            yield Fault(refused.code, entry.kind, entry.key, refused.values)


def _does_not_build(outcome: Outcome, after: Snapshot, first: date) -> Iterator[Fault]:
    """Law, form and rules must come together on every day on which something begins or ends."""
    days = {entry.since for entry in (*outcome.opened, *outcome.closed)}
    days |= {entry.until for entry in (*outcome.opened, *outcome.closed) if entry.until}
    for day in sorted({max(day, first) for day in days}):
        epoch = after.epoch(day)
        try:
            _ = epoch.law, epoch.checks
        except (RuleRefused, LawRefused, KeyError) as refused:
            yield Fault("does_not_build", "day", day.isoformat(), {"why": str(refused)})


def _lost_acts(outcome: Outcome, after: Snapshot) -> Iterator[Fault]:
    lost = {entry.key for entry in outcome.closed if entry.kind == Kind.ACT} - after.acts.keys()
    if lost:
        for entry in after.entries:
            if Citation.read(entry.cites).act in lost:
                yield Fault("act_still_cited", entry.kind, entry.key, {"act": entry.cites})


def _citation(entry: Entry, after: Snapshot) -> Iterator[Fault]:
    act = Citation.read(entry.cites).act
    if act and act not in after.acts:
        yield Fault("act_unknown", entry.kind, entry.key, {"act": act})


def _measure(entry: Entry, epoch: Epoch) -> Iterator[Fault]:
    measure = bodies.measure(entry)
    claims = {**epoch.codes.get("preference", {}), **epoch.codes.get("relief", {})}
    lists = (("regime", measure.regime, epoch.codes.get("regime", {})), ("preference", measure.preference, claims))
    found = [(name, value) for name, value, codes in lists if value and value not in codes]
    for component in measure.components:
        if component.unit and component.unit not in epoch.codes.get("unit", {}):
            found.append(("unit", component.unit))
        if component.currency and component.currency not in epoch.codes.get("currency", {}):
            found.append(("currency", component.currency))
    countries = epoch.codes.get("country", {})
    if measure.area and measure.area not in epoch.law.areas and measure.area not in countries:
        found.append(("area", measure.area))
    found += [("country", country) for country in sorted(measure.excluded - countries.keys())]
    found += [("document", kind) for kind in sorted(measure.documents - epoch.codes.get("document", {}).keys())]
    for name, value in found:
        yield Fault(f"{name}_unknown", entry.kind, entry.key, {name: value})
    if epoch.measure_ids[measure.id] > 1:
        yield Fault("measure_id_twice", entry.kind, entry.key, {"id": measure.id})
    beside = entry.key.removesuffix(BESIDE) if entry.key.endswith(BESIDE) else entry.key + BESIDE
    other = epoch.measures_by_key.get(beside)
    if other and _known(other) and _known(measure):
        yield Fault("two_measures_at_once", entry.kind, entry.key, {"other": beside})
    formula = next((formula for formula in epoch.law.formulas if formula.kind == measure.kind), None)
    if measure.quota and epoch.law.quota(measure.quota) is None:
        yield Fault("quota_unknown", entry.kind, entry.key, {"quota": measure.quota})
    if formula is None:
        yield Fault("formula_missing", entry.kind, entry.key, {"kind": measure.kind})
    elif measure.components:
        yield from _compiles(entry, formula, measure)


def _known(measure: Measure) -> bool:
    return bool(measure.components) or measure.share is not None


def _formula(entry: Entry, epoch: Epoch) -> Iterator[Fault]:
    formula = bodies.formula(entry)
    held = [measure for measure in epoch.measures if measure.kind == formula.kind and measure.components]
    seen = set()
    for measure in held:
        if measure.components not in seen:
            seen.add(measure.components)
            yield from _compiles(entry, formula, measure)
    if not held:
        yield from _compiles(entry, formula, None)


def _compiles(entry: Entry, formula: Formula, measure: Measure | None) -> Iterator[Fault]:
    components = measure.components if measure else read_rate("1%")
    try:
        compile_formula(read_formula(formula.text, components))
    except FormulaRefused as refused:
        rate = measure.rate if measure else "1%"
        yield Fault("formula_refused", entry.kind, entry.key, {"why": str(refused), "rate": rate})


def _brackets(entry: Entry, epoch: Epoch) -> Iterator[Fault]:
    for step in bodies.brackets(entry):
        if step.currency not in epoch.codes.get("currency", {}):
            yield Fault("currency_unknown", entry.kind, entry.key, {"currency": step.currency})
    if not any(formula.kind == entry.key and formula.scope != "item" for formula in epoch.law.formulas):
        yield Fault("formula_missing", entry.kind, entry.key, {"kind": entry.key})


def _quota(entry: Entry, epoch: Epoch) -> Iterator[Fault]:
    unit = bodies.quota(entry).unit
    if unit not in epoch.codes.get("unit", {}) and unit not in epoch.codes.get("currency", {}):
        yield Fault("unit_unknown", entry.kind, entry.key, {"unit": unit})


def _area(entry: Entry, epoch: Epoch) -> Iterator[Fault]:
    for country in sorted(bodies.area(entry) - epoch.codes.get("country", {}).keys()):
        yield Fault("country_unknown", entry.kind, entry.key, {"country": country})


def _check(entry: Entry, epoch: Epoch, day: date) -> Iterator[Fault]:
    rule = next(rule for rule in epoch.rules if rule.code == entry.key)
    for expected, examples in (("passes", rule.passes), ("fails", rule.fails)):
        for place, example in enumerate(examples, start=1):
            if example_fails(rule, example, epoch, day) is not (expected == "fails"):
                yield Fault("example_wrong", entry.kind, entry.key, {"example": f"{expected}/{place}"})


def _named(text: str) -> set[str]:
    return {part[1] for part in string.Formatter().parse(text) if part[1]}


def _message(entry: Entry, _: Epoch) -> Iterator[Fault]:
    words = bodies.message(entry)
    if not _named(words.tg) == _named(words.ru) == _named(words.en):
        yield Fault("message_values_differ", entry.kind, entry.key)


def example_fails(rule: CheckRule, example: Any, epoch: Epoch, day: date) -> bool:
    """Whether the rule, standing alone, finds a fault in its example."""
    alone = replace(rule, depends_on=())
    others = [other for other in epoch.rules if other.kind == "malformed" and other.code != rule.code]
    checks = compile_checks([*others, alone], epoch.form, day)
    result = checks.run(read(epoch.form, content_for(rule, example)), epoch.law.on_day(day))
    return any(finding.code == rule.code for finding in (*result.findings, *result.suppressed))


def content_for(rule: CheckRule, example: Any) -> dict[str, Any]:
    """An example is whole content, or just what stands in the rule's field; its direction is one the rule asks for."""
    content = example if isinstance(example, dict) else _around(rule, "" if example is None else example)
    return {"direction": min(rule.directions), **content} if rule.directions else content


def _around(rule: CheckRule, value: Any) -> dict[str, Any]:
    row = {rule.field: value}
    if rule.group == "header":
        return row
    if rule.group == "items":
        return {"items": [row]}
    if rule.group.startswith("items."):
        return {"items": [{rule.group.removeprefix("items."): [row]}]}
    return {rule.group: [row]}


_JUDGES = {
    Kind.MEASURE: _measure,
    Kind.FORMULA: _formula,
    Kind.QUOTA: _quota,
    Kind.BRACKETS: _brackets,
    Kind.AREA: _area,
    Kind.MESSAGE: _message,
}
