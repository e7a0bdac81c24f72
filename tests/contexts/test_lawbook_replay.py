"""Stored assessments stand whatever is published later; what the law of now would say is shown beside them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import content
from gumruk.declarations import services as declarations
from gumruk.law.types import Confidence
from gumruk.lawbook import selectors, services
from gumruk.lawbook.types import Kind, LawbookRefused, NewEntry
from gumruk.rules.duty import to_json
from gumruk.tariff import selectors as tariff
from gumruk.tariff.models import Assessment
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import WORDS, draft, measure, publish


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


@pytest.fixture
def stored(broker: Person, rates: None) -> list[uuid.UUID]:
    """Eight assessed declarations of different goods."""
    made = []
    for seed in range(1, 9):
        draft = declarations.create_draft(content=content(seed=seed, items=1 + seed % 3, day=DAY), by=broker, at=NOON)
        assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
        made.append(draft)
    return made


def kept() -> list[tuple[Any, ...]]:
    return list(Assessment.objects.order_by("id").values_list("id", "result", "ruleset", "change_set"))


def vat(rate: str, since: date) -> NewEntry:
    return NewEntry(
        Kind.MEASURE,
        "",
        since,
        None,
        {"kind": "vat", "code": "", "rate": rate, "id": "VAT-X"},
        "demo",
        "",
        Confidence.DEMO,
    )


def test_a_rate_published_for_the_past_changes_no_stored_result_and_what_if_gives_the_new_amount(
    stored: list[uuid.UUID], editor: Person, approver: Person
) -> None:
    before, head = kept(), selectors.head()
    publish(draft(editor, vat("28%", DAY - timedelta(days=60))), editor, approver)
    publish(draft(editor, measure("77%", DAY - timedelta(days=900), code="")), editor, approver)
    for declaration in stored:
        again = clearance.replay(declaration=declaration)
        assert again.same
        assert again.same_rules
        assert again.same_engine
        assert again.differences == ()
        assert to_json(again.now) == to_json(again.stored)
        assert again.now.change_set == head
        now = clearance.what_if(declaration=declaration)
        assert not now.same
        assert not now.same_rules
        assert now.now.change_set == head + 2
        between = clearance.what_if(declaration=declaration, change_set=head + 1)
        assert {one.kind for one in between.differences} == {"vat"}
        for one in between.differences:
            assert one.stored is not None
            assert one.now is not None
            assert one.now.rate == "28%"
            assert one.now.amount == (one.now.base * 28 / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP")
        assert between.now.total > between.stored.total
    assert kept() == before


def test_a_change_of_every_kind_leaves_the_replay_equal(
    stored: list[uuid.UUID], editor: Person, approver: Person
) -> None:
    since = DAY - timedelta(days=400)
    formula = {"order": 45, "text": "round(value * 3, 2, HALF_UP)", "label": WORDS}
    steps = {"rows": [{"above": "0", "amount": "500.00", "currency": "TJS"}]}
    made = draft(
        editor,
        NewEntry(
            Kind.FORMULA,
            "excise",
            since,
            None,
            {**formula, "text": "round(rate(value) + 1 * value, 2, HALF_UP)", "order": 50},
            "demo",
            "",
            Confidence.DEMO,
        ),
        NewEntry(Kind.BRACKETS, "fee_clearance", since, None, steps, "demo", "", Confidence.DEMO),
        NewEntry(Kind.AREA, "CIS_FTA", since, None, {"members": ["KG"]}, "demo", "", Confidence.DEMO),
        NewEntry(
            Kind.CODE,
            "regime/FREE_CIRC",
            since,
            None,
            {**WORDS, "payment": "not_due", "direction": "IM", "procedure": "40"},
            "",
            "",
            Confidence.DEMO,
        ),
    )
    services.close_entry(change_set=made, kind="code", key="unit/LTR", since=date.min, by=editor, at=NOON)
    before = kept()
    publish(made, editor, approver)
    for declaration in stored:
        assert clearance.replay(declaration=declaration).same
        assert clearance.what_if(declaration=declaration).now.total == 0
    assert kept() == before


def test_the_impact_of_a_draft_is_computed_and_kept_with_it_and_moves_nothing(
    stored: list[uuid.UUID], editor: Person, approver: Person, officer: Person
) -> None:
    made = draft(editor, vat("28%", DAY - timedelta(days=60)))
    before = kept()
    found = clearance.impact(change_set=made, by=editor, sample=5)
    assert (found["looked_at"], found["changed"], found["blocked"], found["head"]) == (5, 5, 0, selectors.head())
    newest = [row for _, row in tariff.newest(limit=5)]
    standing = sum((dict(row.result.totals)["vat"] for row in newest), Decimal(0))
    assert found["kinds"]["vat"]["before"] == str(standing)
    assert abs(Decimal(found["kinds"]["vat"]["after"]) - 2 * standing) <= Decimal("0.30")
    assert found["kinds"]["duty"]["before"] == found["kinds"]["duty"]["after"]
    assert len(found["largest"]) == 5
    assert selectors.change_set(made).impact == found
    assert kept() == before
    with pytest.raises(LawbookRefused, match="not_allowed"):
        clearance.impact(change_set=made, by=officer)
    number = publish(made, editor, approver).number
    assert number == selectors.head()
    drafted = {row["assessment"]: row["difference"] for row in found["largest"]}
    for declaration in stored:
        now = clearance.what_if(declaration=declaration)
        latest = tariff.latest(declaration=declaration)
        assert latest is not None
        if latest.number in drafted:
            assert str(now.now.total - now.stored.total) == drafted[latest.number]
    with pytest.raises(LawbookRefused, match="not_in_that_state"):
        clearance.impact(change_set=made, by=editor)


def test_a_draft_looked_at_is_the_law_that_publishing_makes(editor: Person, approver: Person) -> None:
    made = draft(editor, vat("28%", DAY - timedelta(days=60)), measure("1%", DAY))
    drafted = selectors.with_draft(made)
    rulesets = {day: drafted.epoch(day).ruleset for day in (DAY, DAY - timedelta(days=30), date(2030, 1, 1))}
    assert drafted.number == publish(made, editor, approver).number
    assert {day: selectors.snapshot().epoch(day).ruleset for day in rulesets} == rulesets


def test_what_cannot_be_replayed_says_why(stored: list[uuid.UUID], broker: Person) -> None:
    never = declarations.create_draft(content=content(seed=1, items=1, day=DAY), by=broker, at=NOON)
    for step in (clearance.replay, clearance.what_if):
        with pytest.raises(ClearanceRefused, match="never_assessed"):
            step(declaration=never)
    with pytest.raises(LawbookRefused, match="change_set_unknown"):
        clearance.what_if(declaration=stored[0], change_set=99)
