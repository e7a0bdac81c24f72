"""Acts that one official proposes and another confirms; nobody confirms their own, and after a refusal nothing moved."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from gumruk.clearance import selectors as waiting
from gumruk.clearance import services as clearance
from gumruk.clearance.models import ProposedAct
from gumruk.clearance.types import Acted, ClearanceRefused
from gumruk.declarations import selectors
from gumruk.declarations.types import Lane, State
from gumruk.payments import selectors as payments
from gumruk.trust.types import Person, Role

from .conftest import NOON


@pytest.fixture
def cancellation(paid: uuid.UUID, broker: Person, officer: Person) -> uuid.UUID:
    """The cancellation of a paid declaration, proposed by an officer; the proposal's id."""
    clearance.request_cancellation(declaration=paid, reason="wrong goods", by=broker, at=NOON)
    done = clearance.decide_cancellation(declaration=paid, accept=True, reason="agreed", by=officer, at=NOON)
    assert done is Acted.PROPOSED
    return waiting.waiting_on(declaration=paid)[0].id


def stands(declaration: uuid.UUID, person: Person) -> tuple[State, Lane | None, int]:
    seen = selectors.get(declaration=declaration, person=person)
    return seen.state, seen.summary.lane, len(selectors.timeline(declaration=declaration))


def test_a_paid_declaration_is_cancelled_by_two(
    cancellation: uuid.UUID, paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    charge = payments.charge_of(declaration=paid)
    assert stands(paid, officer)[0] is State.CANCEL_REQUESTED
    assert charge is not None
    assert not charge.cancelled
    assert [one.id for one in waiting.waiting_for(person=colleague)] == [cancellation]
    assert waiting.waiting_for(person=officer) == ()
    clearance.confirm(proposal=cancellation, by=colleague, at=NOON)
    assert stands(paid, officer)[0] is State.CANCELLED
    last = selectors.timeline(declaration=paid)[-1]
    assert (last.name, last.by, last.details) == ("cancelled", colleague.id, {"proposed_by": officer.name})
    assert waiting.count_waiting_for(person=colleague) == 0
    assert payments.out_of_balance() == ()


def test_the_same_person_is_refused_and_nothing_moved(
    cancellation: uuid.UUID, paid: uuid.UUID, officer: Person
) -> None:
    before = stands(paid, officer)
    with pytest.raises(ClearanceRefused, match="same_person"):
        clearance.confirm(proposal=cancellation, by=officer, at=NOON)
    assert stands(paid, officer) == before
    assert [one.id for one in waiting.waiting_on(declaration=paid)] == [cancellation]


def test_the_database_itself_wants_another_person(cancellation: uuid.UUID) -> None:
    row = ProposedAct.objects.get(id=cancellation)
    with pytest.raises(IntegrityError, match="confirmed_by_another"), transaction.atomic():
        ProposedAct.objects.filter(id=cancellation).update(outcome="confirmed", decided_by=row.by)


@pytest.mark.parametrize("role", [Role.BROKER, Role.CASHIER])
def test_who_is_no_officer_confirms_nothing(
    cancellation: uuid.UUID, paid: uuid.UUID, officer: Person, person_with: Callable[..., Person], role: Role
) -> None:
    before = stands(paid, officer)
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.confirm(proposal=cancellation, by=person_with(role, office="PRV-R01"), at=NOON)
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.confirm(proposal=cancellation, by=person_with(Role.OFFICER, office="PRV-R02"), at=NOON)
    assert stands(paid, officer) == before


def test_a_refused_proposal_changes_nothing_and_says_why(
    cancellation: uuid.UUID, paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    with pytest.raises(ClearanceRefused, match="reason_missing"):
        clearance.refuse(proposal=cancellation, reason=" ", by=colleague, at=NOON)
    clearance.refuse(proposal=cancellation, reason="the goods are gone", by=colleague, at=NOON)
    assert stands(paid, officer)[0] is State.CANCEL_REQUESTED
    assert waiting.waiting_on(declaration=paid) == ()
    with pytest.raises(ClearanceRefused, match="nothing_waits"):
        clearance.confirm(proposal=cancellation, by=colleague, at=NOON)
    assert ProposedAct.objects.get(id=cancellation).answer == "the goods are gone"


def test_an_act_is_proposed_once(cancellation: uuid.UUID, paid: uuid.UUID, officer: Person, colleague: Person) -> None:
    before = stands(paid, officer)
    with pytest.raises(ClearanceRefused, match="already_proposed"):
        clearance.decide_cancellation(declaration=paid, accept=True, reason="agreed", by=colleague, at=NOON)
    assert stands(paid, officer) == before


def test_a_declaration_goes_into_the_green_lane_by_two(paid: uuid.UUID, officer: Person, colleague: Person) -> None:
    assert clearance.reroute(declaration=paid, lane=Lane.RED, reason="seal", by=officer, at=NOON) is Acted.DONE
    assert clearance.reroute(declaration=paid, lane=Lane.GREEN, reason="seen", by=officer, at=NOON) is Acted.PROPOSED
    assert stands(paid, officer)[:2] == (State.UNDER_CONTROL, Lane.RED)
    clearance.confirm(proposal=waiting.waiting_on(declaration=paid)[0].id, by=colleague, at=NOON)
    assert stands(paid, officer)[:2] == (State.RELEASABLE, Lane.GREEN)


def test_a_proposal_is_overtaken_when_the_declaration_goes_on(
    cancellation: uuid.UUID, paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    clearance.decide_cancellation(declaration=paid, accept=False, reason="goods gone", by=officer, at=NOON)
    assert waiting.waiting_on(declaration=paid) == ()
    with pytest.raises(ClearanceRefused, match="nothing_waits"):
        clearance.confirm(proposal=cancellation, by=colleague, at=NOON)
    assert stands(paid, officer)[0] is State.RELEASABLE


def test_what_is_not_paid_is_cancelled_by_one(lodged: uuid.UUID, broker: Person, officer: Person) -> None:
    clearance.request_cancellation(declaration=lodged, reason="wrong goods", by=broker, at=NOON)
    done = clearance.decide_cancellation(declaration=lodged, accept=True, reason="agreed", by=officer, at=NOON)
    assert done is Acted.DONE
    assert stands(lodged, officer)[0] is State.CANCELLED
