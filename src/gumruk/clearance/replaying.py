"""Computes a stored assessment again, under the law it was made with or under another, and compares. Overwrites nothing."""

from __future__ import annotations

import uuid

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.law.day import Law
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import ENGINE_VERSION, Assessment, PaymentLine, assess, to_json
from gumruk.rules.form import Form, read
from gumruk.tariff import selectors as tariff
from gumruk.tariff.types import LineDifference, Replay, StoredAssessment


def replay(*, declaration: uuid.UUID) -> Replay:
    """The newest stored assessment, computed again under the law of its day as known at its change set.

    Equal to the last byte whatever was published since; under a newer engine the differences are named.
    Raises ClearanceRefused `never_assessed`, LawbookRefused `change_set_unknown`.
    """
    stored = _stored(declaration)
    return _compared(declaration, stored, stored.change_set)


def what_if(*, declaration: uuid.UUID, change_set: int | None = None) -> Replay:
    """The newest stored assessment beside what the law of its day says as known now (or at `change_set`).

    Raises ClearanceRefused `never_assessed`, LawbookRefused `change_set_unknown`.
    """
    stored = _stored(declaration)
    return _compared(declaration, stored, lawbook.head() if change_set is None else change_set)


def _stored(declaration: uuid.UUID) -> StoredAssessment:
    stored = tariff.latest(declaration=declaration)
    if stored is None:
        raise ClearanceRefused("never_assessed")
    return stored


def _compared(declaration: uuid.UUID, stored: StoredAssessment, change_set: int) -> Replay:
    law, form = lawbook.on(stored.day, change_set), lawbook.form(stored.day, change_set)
    now = assessed(declaration, stored, form, law)
    return Replay(
        stored=stored.result,
        now=now,
        same=to_json(stored.result) == to_json(now),
        same_rules=stored.ruleset == law.ruleset,
        same_engine=stored.result.engine == ENGINE_VERSION,
        differences=differences(stored.result, now),
    )


def assessed(declaration: uuid.UUID, stored: StoredAssessment, form: Form, law: Law) -> Assessment:
    """What `law` makes of the version of a stored assessment, with the quota balances of that moment."""
    content = declarations.version(declaration=declaration, number=stored.version).content
    return assess(read(form, content).facts, form, law, quotas=stored.result.balances)


def differences(stored: Assessment, now: Assessment) -> tuple[LineDifference, ...]:
    """The lines that came out otherwise, by item and kind."""
    before, after = _lines(stored), _lines(now)
    places = sorted(before.keys() | after.keys())
    return tuple(
        LineDifference(item, kind, before.get((item, kind)), after.get((item, kind)))
        for item, kind in places
        if before.get((item, kind)) != after.get((item, kind))
    )


def _lines(assessment: Assessment) -> dict[tuple[int, str], PaymentLine]:
    return {(line.item, line.kind): line for line in assessment.lines}
