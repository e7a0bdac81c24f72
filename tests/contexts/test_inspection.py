"""Reports of inspection: written while looking, closed for ever, and what each result does to the declaration."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors
from gumruk.declarations.types import Lane, State
from gumruk.inspection import selectors as reports
from gumruk.inspection.contents import from_json, to_json, trimmed
from gumruk.inspection.models import Report, Result
from gumruk.inspection.types import Fault, InspectionRefused, ItemResult, Kind, Said, Status
from gumruk.toolkit.models import OutboxEvent
from gumruk.trust.types import Person, Role

from .conftest import NOON

COMPLETE = Said(
    place="Terminal 1", started_at=NOON, ended_at=NOON + timedelta(minutes=40), officers=("Demo officer",),
    declarant_present=True, items=(ItemResult(1, "CONFORM"), ItemResult(2, "CONFORM")), text="as declared",
)  # fmt: skip
DIFFERS = replace(COMPLETE, items=(ItemResult(1, "QUANTITY", found="980 kg"), ItemResult(2, "CONFORM")), text="fewer")


@pytest.fixture
def red(paid: uuid.UUID, officer: Person) -> uuid.UUID:
    """A paid declaration in the red lane, under control."""
    clearance.reroute(declaration=paid, lane=Lane.RED, reason="demo", by=officer, at=NOON)
    return paid


def state_of(declaration: uuid.UUID, person: Person) -> State:
    return selectors.get(declaration=declaration, person=person).state


def written(declaration: uuid.UUID, by: Person, said: Said, kind: Kind = Kind.GOODS) -> uuid.UUID:
    made = clearance.begin_inspection(declaration=declaration, kind=kind, by=by, at=NOON)
    clearance.save_inspection(report=made.id, said=said, revision=made.revision, by=by, at=NOON)
    return made.id


def test_goods_as_declared_may_be_released(red: uuid.UUID, officer: Person) -> None:
    report = written(red, officer, COMPLETE)
    closed = clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    assert (closed.status, closed.conform, closed.number, closed.version) == (Status.CLOSED, True, 1, 1)
    assert state_of(red, officer) is State.RELEASABLE
    assert list(Result.objects.filter(root=red).order_by("item").values_list("item", "result")) == [
        (1, "CONFORM"),
        (2, "CONFORM"),
    ]
    last = selectors.timeline(declaration=red)[-1]
    assert (last.name, last.reason, last.details) == (
        "controlled",
        "as declared",
        {"conform": True, "report": 1, "version": 1, "kind": "goods"},
    )
    said = OutboxEvent.objects.get(root=red, name="declaration.inspected").payload
    assert (said["results"], said["conform"], said["lane"]) == (["CONFORM"], True, "red")


def test_a_difference_is_a_discrepancy_until_another_look_finds_the_goods_as_declared(
    red: uuid.UUID, officer: Person
) -> None:
    first = written(red, officer, DIFFERS)
    assert clearance.record_inspection(declaration=red, report=first, by=officer, at=NOON).conform is False
    assert state_of(red, officer) is State.DISCREPANCY
    again = written(red, officer, DIFFERS)
    clearance.record_inspection(declaration=red, report=again, by=officer, at=NOON)
    assert state_of(red, officer) is State.DISCREPANCY
    third = written(red, officer, COMPLETE)
    clearance.record_inspection(declaration=red, report=third, by=officer, at=NOON)
    assert state_of(red, officer) is State.RELEASABLE
    assert [one.number for one in reports.of_declaration(declaration=red)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("says", "faults"),
    [
        (Said(), ["place_missing", "times_missing", "officers_missing", "presence_missing", "nothing_found_written"]),
        (replace(COMPLETE, ended_at=NOON - timedelta(minutes=1)), ["times_reversed"]),
        (replace(COMPLETE, items=(ItemResult(1, "QUANTITY"),)), ["found_missing"]),
        (replace(COMPLETE, items=(ItemResult(1, "PROHIBITED"),)), ["note_missing"]),
        (replace(COMPLETE, items=(ItemResult(9, "CONFORM"),)), ["item_unknown"]),
        (replace(COMPLETE, items=(ItemResult(1, "NICE"),)), ["result_unknown"]),
    ],
)
def test_an_incomplete_report_is_not_closed_and_every_gap_is_named(
    red: uuid.UUID, officer: Person, says: Said, faults: list[str]
) -> None:
    report = written(red, officer, says)
    before = selectors.timeline(declaration=red)
    with pytest.raises(InspectionRefused, match="report_incomplete") as refused:
        clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    assert [fault.code for fault in refused.value.faults] == faults
    assert state_of(red, officer) is State.UNDER_CONTROL
    assert selectors.timeline(declaration=red) == before
    assert reports.report(report=report, declaration=red).status is Status.DRAFT
    assert not Result.objects.exists()


def test_the_fault_of_an_item_names_it(red: uuid.UUID, officer: Person) -> None:
    report = written(red, officer, replace(COMPLETE, items=(ItemResult(2, "ORIGIN"),)))
    with pytest.raises(InspectionRefused) as refused:
        clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    assert refused.value.faults == (Fault("found_missing", 2),)


def test_who_opened_an_older_text_overwrites_nothing(red: uuid.UUID, officer: Person) -> None:
    report = written(red, officer, COMPLETE)
    with pytest.raises(InspectionRefused, match="report_changed_meanwhile"):
        clearance.save_inspection(report=report, said=DIFFERS, revision=0, by=officer, at=NOON)
    assert reports.report(report=report, declaration=red).said == COMPLETE


def test_a_closed_report_is_corrected_by_a_version_with_a_reason_and_both_stay(red: uuid.UUID, officer: Person) -> None:
    report = written(red, officer, DIFFERS)
    clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    with pytest.raises(InspectionRefused, match="report_closed"):
        clearance.save_inspection(report=report, said=COMPLETE, revision=1, by=officer, at=NOON)
    with pytest.raises(InspectionRefused, match="reason_missing"):
        clearance.correct_inspection(declaration=red, report=report, reason=" ", by=officer, at=NOON)
    made = clearance.correct_inspection(declaration=red, report=report, reason="scale was wrong", by=officer, at=NOON)
    assert (made.number, made.version, made.said) == (1, 2, DIFFERS)
    with pytest.raises(InspectionRefused, match="report_superseded"):
        clearance.correct_inspection(declaration=red, report=report, reason="again", by=officer, at=NOON)
    clearance.save_inspection(report=made.id, said=COMPLETE, revision=0, by=officer, at=NOON)
    clearance.record_inspection(declaration=red, report=made.id, by=officer, at=NOON)
    assert [(one.version, one.status) for one in reports.of_declaration(declaration=red)] == [
        (2, Status.CLOSED),
        (1, Status.SUPERSEDED),
    ]
    assert reports.report(report=report, declaration=red).said == DIFFERS
    assert state_of(red, officer) is State.RELEASABLE


@pytest.mark.parametrize("change", [{"content": {}}, {"conform": True}, {"hash": "0" * 64}])
def test_the_database_keeps_what_a_closed_report_says(
    red: uuid.UUID, officer: Person, change: dict[str, object]
) -> None:
    report = written(red, officer, DIFFERS)
    clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    with pytest.raises(DatabaseError, match="kept once closed"), transaction.atomic():
        Report.objects.filter(id=report).update(**change)
    with pytest.raises(DatabaseError, match="kept once closed"), transaction.atomic():
        Report.objects.filter(id=report).delete()
    assert reports.report(report=report, declaration=red).said == DIFFERS


def test_a_control_is_given_to_an_officer_of_the_office_only(
    red: uuid.UUID, officer: Person, person_with: Callable[..., Person]
) -> None:
    stranger = person_with(Role.OFFICER, office="PRV-R02")
    with pytest.raises(InspectionRefused, match="no_right"):
        clearance.assign_control(declaration=red, kind=Kind.GOODS, to=stranger, note="", by=officer, at=NOON)
    assert not Report.objects.exists()
    colleague = person_with(Role.OFFICER, office="PRV-R01")
    made = clearance.assign_control(declaration=red, kind=Kind.SCAN, to=colleague, note="gate 2", by=officer, at=NOON)
    assert (made.status, made.assigned_name, made.kind) == (Status.ASSIGNED, colleague.name, Kind.SCAN)
    assert [one.id for one in reports.assigned(officer=colleague.id)] == [made.id]
    with pytest.raises(InspectionRefused, match="no_right"):
        clearance.save_inspection(report=made.id, said=COMPLETE, revision=0, by=stranger, at=NOON)
    clearance.save_inspection(report=made.id, said=COMPLETE, revision=0, by=colleague, at=NOON)
    clearance.record_inspection(declaration=red, report=made.id, by=colleague, at=NOON)
    assert reports.assigned(officer=colleague.id) == ()


def test_nobody_inspects_what_is_not_under_control(paid: uuid.UUID, officer: Person, broker: Person) -> None:
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.begin_inspection(declaration=paid, kind=Kind.GOODS, by=officer, at=NOON)
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.begin_inspection(declaration=paid, kind=Kind.GOODS, by=broker, at=NOON)
    assert not Report.objects.exists()


def test_a_report_of_another_declaration_is_not_known(red: uuid.UUID, officer: Person) -> None:
    with pytest.raises(InspectionRefused, match="report_unknown"):
        clearance.record_inspection(declaration=red, report=uuid.uuid4(), by=officer, at=NOON)
    assert state_of(red, officer) is State.UNDER_CONTROL


def test_a_control_in_one_sentence_leaves_a_report_too(red: uuid.UUID, officer: Person) -> None:
    clearance.record_control(declaration=red, conform=False, note="one box more", by=officer, at=NOON)
    made = reports.of_declaration(declaration=red)[0]
    assert (made.kind, made.conform, made.said.items) == (
        Kind.GOODS,
        False,
        (ItemResult(0, "OTHER", note="one box more"),),
    )
    clearance.record_control(declaration=red, conform=True, note="counted again", by=officer, at=NOON)
    assert state_of(red, officer) is State.RELEASABLE
    assert len(reports.of_declaration(declaration=red)) == 1


def test_what_is_still_written_is_not_for_the_declarant(red: uuid.UUID, officer: Person) -> None:
    report = written(red, officer, COMPLETE)
    assert reports.of_declaration(declaration=red, sealed=True) == ()
    clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    assert [one.id for one in reports.of_declaration(declaration=red, sealed=True)] == [report]


def test_officers_ask_for_an_amendment_and_the_amendment_is_the_answer(
    red: uuid.UUID, officer: Person, broker: Person
) -> None:
    report = written(red, officer, DIFFERS)
    clearance.record_inspection(declaration=red, report=report, by=officer, at=NOON)
    clearance.ask_for_amendment(declaration=red, question="980 kg were found", by=officer, at=NOON)
    assert state_of(red, officer) is State.QUERIED
    content = selectors.get(declaration=red, person=broker).content
    changed = {**content, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(declaration=red, content=changed, reason="as weighed", by=broker, at=NOON)
    assert state_of(red, officer) is State.DISCREPANCY
    query = selectors.queries(declaration=red)[0]
    assert (query.kind, query.question, query.answer) == ("amendment", "980 kg were found", "as weighed")
    clearance.decide_amendment(declaration=red, accept=True, reason="agreed", by=officer, at=NOON)
    assert state_of(red, officer) is State.DISCREPANCY  # it is looked at again


WORDS = st.text(max_size=60)
SAID = st.builds(
    Said,
    place=WORDS,
    started_at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(2020, 1, 1)),  # noqa: DTZ001
    officers=st.tuples(WORDS, WORDS),
    declarant_present=st.none() | st.booleans(),
    items=st.lists(st.builds(ItemResult, item=st.integers(-5, 10_005), result=WORDS, found=WORDS, note=WORDS)).map(
        tuple
    ),
    seals_applied=st.lists(WORDS, max_size=5).map(tuple),
    text=WORDS,
)


@given(said=SAID)
def test_what_is_kept_is_what_was_said(said: Said) -> None:
    once = trimmed(said)
    assert from_json(to_json(once)) == once == trimmed(once)
    assert len({one.item for one in once.items}) == len(once.items)
