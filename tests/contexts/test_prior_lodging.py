"""Lodging before arrival, reasons for warnings, exit and audit; after each refusal nothing moved."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused, reason_key
from gumruk.cli.demo import enter_rates
from gumruk.declarations import selectors, services
from gumruk.declarations.types import Lane, State
from gumruk.payments import selectors as payments
from gumruk.payments import services as ledger
from gumruk.risk import services as risk
from gumruk.rules.form import Content
from gumruk.toolkit.models import Serial
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON, confirmed

LATER = NOON + timedelta(days=2)


@pytest.fixture
def warned(said: Content) -> Content:
    """Content with one warning: delivered ex works, but no freight to the border."""
    bare = {name: value for name, value in said.items() if not name.startswith("external_freight")}
    return {**bare, "delivery_terms": "EXW"}


def state_of(declaration: uuid.UUID, person: Person) -> State:
    return selectors.get(declaration=declaration, person=person).state


def names(declaration: uuid.UUID) -> list[str]:
    return [event.name for event in selectors.timeline(declaration=declaration)]


@pytest.fixture
def prelodged(broker: Person, rates: None, said: Content) -> uuid.UUID:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    statement = clearance.prepare(declaration=draft, by=broker, at=NOON)
    assert clearance.prelodge(declaration=draft, statement_hash=statement.hash, by=broker, at=NOON).accepted
    return draft


def test_a_warning_wants_a_reason_and_nothing_moves_without_it(broker: Person, rates: None, warned: Content) -> None:
    draft = services.create_draft(content=warned, by=broker, at=NOON)
    answer = clearance.lodge(declaration=draft, by=broker, at=NOON)
    assert not answer.accepted
    assert [finding.path for finding in answer.unexplained] == ["external_freight"]
    assert state_of(draft, broker) is State.DRAFT
    assert Serial.objects.count() == 0
    assert names(draft) == ["draft_made"]
    attempt = selectors.last_attempt(declaration=draft)
    assert attempt is not None
    assert not attempt.passed


def test_a_reason_is_part_of_what_is_signed_and_lets_the_declaration_through(
    broker: Person, rates: None, warned: Content
) -> None:
    draft = services.create_draft(content=warned, by=broker, at=NOON)
    warning = clearance.lodge(declaration=draft, by=broker, at=NOON).unexplained[0]
    reasons = {reason_key(warning): "  The seller pays the freight.  "}
    statement = clearance.prepare(declaration=draft, by=broker, at=NOON, reasons=reasons)
    assert json.loads(statement.text)["reasons"] == {reason_key(warning): "The seller pays the freight."}
    assert clearance.submit(declaration=draft, statement_hash=statement.hash, by=broker, at=NOON).accepted
    assert state_of(draft, broker) is State.PAYMENT_DUE


def test_a_blank_reason_is_none(broker: Person, rates: None, warned: Content) -> None:
    draft = services.create_draft(content=warned, by=broker, at=NOON)
    warning = clearance.lodge(declaration=draft, by=broker, at=NOON).unexplained[0]
    answer = clearance.lodge(declaration=draft, by=broker, at=NOON, reasons={reason_key(warning): "   "})
    assert answer.unexplained == (warning,)


def test_lodging_before_arrival_takes_no_serial_and_owes_nothing(prelodged: uuid.UUID, broker: Person) -> None:
    assert state_of(prelodged, broker) is State.PRELODGED
    assert Serial.objects.count() == 0
    assert payments.charge_of(declaration=prelodged) is None


def test_presented_goods_are_registered_under_the_law_of_their_day(prelodged: uuid.UUID, broker: Person) -> None:
    enter_rates(DAY + timedelta(days=2), LATER)
    answer = clearance.present(declaration=prelodged, by=broker, at=LATER)
    assert answer.accepted
    assert answer.assessment.day == DAY + timedelta(days=2)
    assert answer.registration == "PRV-R01/040326/0000001"
    assert names(prelodged) == ["draft_made", "prelodged", "registered", "assessed", "lane_chosen", "demand_payment"]


def test_presenting_on_a_day_without_rates_leaves_it_lodged_before_arrival(
    broker: Person, rates: None, said: Content, prelodged: uuid.UUID
) -> None:
    far = NOON + timedelta(days=400)
    answer = clearance.present(declaration=prelodged, by=broker, at=far)
    assert not answer.accepted
    assert state_of(prelodged, broker) is State.PRELODGED
    assert Serial.objects.count() == 0


def test_a_draft_cannot_be_presented_and_a_prelodged_one_not_lodged_again(prelodged: uuid.UUID, broker: Person) -> None:
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.prepare(declaration=prelodged, by=broker, at=NOON)
    clearance.withdraw(declaration=prelodged, by=broker, at=NOON)
    assert state_of(prelodged, broker) is State.DRAFT
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.present(declaration=prelodged, by=broker, at=NOON)
    assert names(prelodged) == ["draft_made", "prelodged", "withdrawn"]


def test_imported_goods_do_not_wait_for_exit(paid: uuid.UUID, officer: Person) -> None:
    clearance.release(declaration=paid, by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASED
    before = names(paid)
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.record_exit(declaration=paid, note="gate 1", by=officer, at=NOON)
    assert (state_of(paid, officer), names(paid)) == (State.RELEASED, before)


def test_audit_opens_after_release_and_gives_the_state_back(
    paid: uuid.UUID, officer: Person, person_with: Callable[..., Person]
) -> None:
    head = person_with(Role.SUPERVISOR)
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.open_audit(declaration=paid, reason="sample", by=head, at=NOON)
    clearance.release(declaration=paid, by=officer, at=NOON)
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.open_audit(declaration=paid, reason="sample", by=officer, at=NOON)
    clearance.open_audit(declaration=paid, reason="sample", by=head, at=NOON)
    assert state_of(paid, head) is State.UNDER_AUDIT
    clearance.close_audit(declaration=paid, result="nothing found", by=head, at=NOON)
    assert state_of(paid, head) is State.RELEASED


def test_events_are_numbered_without_gaps(paid: uuid.UUID) -> None:
    numbers = [event.number for event in selectors.timeline(declaration=paid)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_lodging_costs_a_known_number_of_queries(broker: Person, rates: None, said: Content) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        clearance.lodge(declaration=draft, by=broker, at=NOON)
    statements = [query["sql"] for query in seen if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 45


def test_a_declaration_put_into_the_green_lane_needs_no_control(
    broker: Person, officer: Person, colleague: Person, rates: None, said: Content
) -> None:
    risk.set_share(office="", yellow=0, red=10000, since=DAY, reason="test")
    draft = services.create_draft(content=said, by=broker, at=NOON)
    clearance.lodge(declaration=draft, by=broker, at=NOON)
    ledger.deposit(party=said["declarant_tin"], amount=Decimal(90000000), source="D", office="X", at=NOON, by=None)
    clearance.pay_from_account(declaration=draft, by=broker, at=NOON)
    assert state_of(draft, officer) is State.UNDER_CONTROL
    clearance.reroute(declaration=draft, lane=Lane.GREEN, reason="seen at the border", by=officer, at=NOON)
    confirmed(colleague)
    assert state_of(draft, officer) is State.RELEASABLE
