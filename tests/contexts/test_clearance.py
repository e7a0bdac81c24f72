"""One declaration from draft to release, and every refusal on the way, after which nothing moved."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from gumruk.clearance import services as clearance
from gumruk.clearance.steps import STEPS, require
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors, services
from gumruk.declarations.types import DeclarationRefused, Lane, State
from gumruk.payments import selectors as payments
from gumruk.payments import services as ledger
from gumruk.payments.types import PaymentRefused
from gumruk.risk import services as risk
from gumruk.rules.form import Content
from gumruk.tariff import selectors as tariff
from gumruk.toolkit.models import OutboxEvent, Serial
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON, confirmed


def state_of(declaration: uuid.UUID, person: Person) -> State:
    return selectors.get(declaration=declaration, person=person).state


def names(declaration: uuid.UUID) -> list[str]:
    return [event.name for event in selectors.timeline(declaration=declaration)]


def test_a_clean_declaration_is_registered_assessed_and_charged(lodged: uuid.UUID, broker: Person) -> None:
    seen = selectors.get(declaration=lodged, person=broker)
    assert seen.state is State.PAYMENT_DUE
    assert seen.summary.registration == "PRV-R01/020326/0000001"
    assert seen.summary.lane is Lane.GREEN
    stored = tariff.latest(declaration=lodged)
    charge = payments.charge_of(declaration=lodged)
    assert stored is not None
    assert charge is not None
    assert charge.due == stored.result.total == seen.summary.due
    assert stored.number == "PRV-R01/2026/L1"
    assert names(lodged) == ["draft_made", "registered", "assessed", "lane_chosen", "demand_payment"]


def test_payment_and_release_of_a_green_declaration(paid: uuid.UUID, officer: Person) -> None:
    assert state_of(paid, officer) is State.RELEASABLE
    clearance.release(declaration=paid, by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASED
    assert [receipt.number for receipt in payments.receipts(declaration=paid)] == ["PRV-R01/2026/R1"]
    assert OutboxEvent.objects.filter(root=paid, name="declaration.released").count() == 1
    assert payments.out_of_balance() == ()


def test_blocking_faults_leave_the_draft_and_take_no_serial(broker: Person, rates: None, said: Content) -> None:
    said["invoice_total"] = "1.00"
    said["items"][0]["net_mass"] = "ten"
    draft = services.create_draft(content=said, by=broker, at=NOON)
    answer = clearance.lodge(declaration=draft, by=broker, at=NOON)
    assert not answer.accepted
    assert {"FLC-00-001"} < {finding.code for finding in answer.findings}
    assert state_of(draft, broker) is State.DRAFT
    assert Serial.objects.count() == 0
    assert payments.charge_of(declaration=draft) is None
    assert OutboxEvent.objects.count() == 0
    attempt = selectors.last_attempt(declaration=draft)
    assert attempt is not None
    assert attempt.findings == answer.findings


def test_a_mended_declaration_is_accepted(broker: Person, rates: None, said: Content) -> None:
    draft = services.create_draft(content={**said, "invoice_total": "1.00"}, by=broker, at=NOON)
    assert not clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
    services.save_draft(declaration=draft, content=said, revision=0, by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted


def test_without_a_rate_of_the_day_nothing_is_lodged(broker: Person, said: Content) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    answer = clearance.lodge(declaration=draft, by=broker, at=NOON)
    assert "ASM-exchange_rate_missing" in {finding.code for finding in answer.findings}
    assert state_of(draft, broker) is State.DRAFT


def test_a_draft_changed_after_its_statement_is_not_lodged(broker: Person, rates: None, said: Content) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    statement = clearance.prepare(declaration=draft, by=broker, at=NOON)
    services.save_draft(declaration=draft, content={**said, "delivery_place": "X"}, revision=0, by=broker, at=NOON)
    with pytest.raises(DeclarationRefused, match="statement_stale"):
        clearance.submit(declaration=draft, statement_hash=statement.hash, by=broker, at=NOON)
    assert state_of(draft, broker) is State.DRAFT


def test_two_people_on_one_draft_never_overwrite_each_other(broker: Person, said: Content) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    assert (
        services.save_draft(declaration=draft, content={**said, "reference": "A"}, revision=0, by=broker, at=NOON) == 1
    )
    with pytest.raises(DeclarationRefused, match="changed_meanwhile"):
        services.save_draft(declaration=draft, content={**said, "reference": "B"}, revision=0, by=broker, at=NOON)
    assert selectors.get(declaration=draft, person=broker).content["reference"] == "A"


def test_somebody_elses_declaration_is_not_seen_nor_changed(
    lodged: uuid.UUID, person_with: Callable[..., Person], said: Content
) -> None:
    stranger = person_with(Role.BROKER, party="999999999")
    with pytest.raises(DeclarationRefused, match="not_found"):
        selectors.get(declaration=lodged, person=stranger)
    with pytest.raises(ClearanceRefused, match="not_yours"):
        clearance.request_cancellation(declaration=lodged, reason="x", by=stranger, at=NOON)
    with pytest.raises(DeclarationRefused, match="not_a_broker"):
        services.create_draft(content=said, by=stranger, at=NOON)


def test_an_officer_of_another_office_may_not_release(paid: uuid.UUID, person_with: Callable[..., Person]) -> None:
    other = person_with(Role.OFFICER, office="PRV-R02")
    before = names(paid)
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.release(declaration=paid, by=other, at=NOON)
    assert names(paid) == before


def test_a_red_declaration_waits_for_control(broker: Person, officer: Person, rates: None, said: Content) -> None:
    risk.set_share(office="", yellow=0, red=10000, since=DAY, reason="test")
    draft = services.create_draft(content=said, by=broker, at=NOON)
    clearance.lodge(declaration=draft, by=broker, at=NOON)
    ledger.deposit(party=said["declarant_tin"], amount=Decimal(90000000), source="D", office="X", at=NOON, by=None)
    clearance.pay_from_account(declaration=draft, by=broker, at=NOON)
    assert state_of(draft, officer) is State.UNDER_CONTROL
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.release(declaration=draft, by=officer, at=NOON)
    clearance.record_control(declaration=draft, conform=False, note="one box more", by=officer, at=NOON)
    assert state_of(draft, officer) is State.DISCREPANCY
    clearance.record_control(declaration=draft, conform=True, note="counted again", by=officer, at=NOON)
    clearance.release(declaration=draft, by=officer, at=NOON)
    assert state_of(draft, officer) is State.RELEASED


def test_a_question_stops_the_declaration_until_it_is_answered(
    paid: uuid.UUID, broker: Person, officer: Person
) -> None:
    clearance.ask(declaration=paid, question="Which model?", documents=False, by=officer, at=NOON)
    assert state_of(paid, officer) is State.QUERIED
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.release(declaration=paid, by=officer, at=NOON)
    clearance.answer(declaration=paid, text="Model A", by=broker, at=NOON)
    assert state_of(paid, officer) is State.RELEASABLE
    assert [(query.question, query.answer) for query in selectors.queries(declaration=paid)] == [
        ("Which model?", "Model A")
    ]


def test_a_hold_stops_release_until_it_is_lifted(paid: uuid.UUID, officer: Person) -> None:
    hold = clearance.set_hold(declaration=paid, agency="veterinary", reason="papers", by=officer, at=NOON)
    with pytest.raises(ClearanceRefused, match="hold_stands"):
        clearance.release(declaration=paid, by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASABLE
    clearance.lift_hold(declaration=paid, hold=hold, by=officer, at=NOON)
    clearance.release(declaration=paid, by=officer, at=NOON)


def test_an_accepted_amendment_posts_the_difference(
    paid: uuid.UUID, broker: Person, officer: Person, said: Content
) -> None:
    before = payments.charge_of(declaration=paid)
    assert before is not None
    changed: dict[str, Any] = {**said, "insurance": str(Decimal(said["insurance"]) + 1000)}
    number = clearance.propose_amendment(declaration=paid, content=changed, reason="policy found", by=broker, at=NOON)
    assert [d.path for d in selectors.difference(declaration=paid, before=1, after=number)] == ["insurance"]
    with pytest.raises(ClearanceRefused, match="amendment_waits"):
        clearance.release(declaration=paid, by=officer, at=NOON)
    clearance.decide_amendment(declaration=paid, accept=True, reason="seen", by=officer, at=NOON)
    after = payments.charge_of(declaration=paid)
    assert after is not None
    assert after.due > before.due
    assert after.paid == before.due
    assert state_of(paid, officer) is State.PAYMENT_DUE
    assert payments.out_of_balance() == ()


def test_an_amendment_that_lowers_the_debt_credits_the_account(
    paid: uuid.UUID, broker: Person, officer: Person, said: Content
) -> None:
    before = payments.charge_of(declaration=paid)
    changed = {key: value for key, value in said.items() if not key.startswith("insurance")}
    clearance.propose_amendment(declaration=paid, content=changed, reason="not insured", by=broker, at=NOON)
    clearance.decide_amendment(declaration=paid, accept=True, reason="seen", by=officer, at=NOON)
    after = payments.charge_of(declaration=paid)
    assert before is not None
    assert after is not None
    assert payments.balance(party=said["declarant_tin"]) == before.due - after.due > 0
    assert state_of(paid, officer) is State.RELEASABLE


def test_a_refused_amendment_changes_nothing(paid: uuid.UUID, broker: Person, officer: Person, said: Content) -> None:
    before = payments.charge_of(declaration=paid)
    clearance.propose_amendment(declaration=paid, content={**said, "insurance": "9999"}, reason="x", by=broker, at=NOON)
    clearance.decide_amendment(declaration=paid, accept=False, reason="no proof", by=officer, at=NOON)
    assert payments.charge_of(declaration=paid) == before
    assert selectors.get(declaration=paid, person=broker).content["insurance"] == said["insurance"]


@pytest.mark.parametrize(
    ("change", "code"),
    [({}, "nothing_changed"), ({"office": "PRV-R02"}, "key_field_changed"), ({"currency": "?"}, "not_clean")],
)
def test_an_amendment_that_cannot_be_is_refused(
    paid: uuid.UUID, broker: Person, said: Content, change: dict[str, str], code: str
) -> None:
    before = names(paid)
    with pytest.raises(ClearanceRefused, match=code):
        clearance.propose_amendment(declaration=paid, content={**said, **change}, reason="x", by=broker, at=NOON)
    assert names(paid) == before


def test_a_cancelled_declaration_gives_the_money_back(
    paid: uuid.UUID, broker: Person, officer: Person, colleague: Person, said: Content
) -> None:
    charge = payments.charge_of(declaration=paid)
    assert charge is not None
    clearance.request_cancellation(declaration=paid, reason="wrong goods", by=broker, at=NOON)
    assert state_of(paid, officer) is State.CANCEL_REQUESTED
    clearance.decide_cancellation(declaration=paid, accept=True, reason="agreed", by=officer, at=NOON)
    confirmed(colleague)
    assert state_of(paid, officer) is State.CANCELLED
    assert payments.balance(party=said["declarant_tin"]) == charge.due
    assert payments.out_of_balance() == ()


def test_a_refused_cancellation_goes_on_where_it_stood(paid: uuid.UUID, broker: Person, officer: Person) -> None:
    clearance.request_cancellation(declaration=paid, reason="wrong goods", by=broker, at=NOON)
    clearance.decide_cancellation(declaration=paid, accept=False, reason="goods gone", by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASABLE


def test_a_rejected_declaration_may_be_lodged_again_under_its_number(
    paid: uuid.UUID, broker: Person, officer: Person, said: Content
) -> None:
    clearance.reject(declaration=paid, reason="wrong regime", by=officer, at=NOON)
    assert state_of(paid, officer) is State.REJECTED
    assert clearance.lodge(declaration=paid, by=broker, at=NOON).registration == "PRV-R01/020326/0000001"
    charge = payments.charge_of(declaration=paid)
    assert charge is not None
    assert charge.paid == 0
    assert payments.balance(party=said["declarant_tin"]) == charge.due
    assert payments.out_of_balance() == ()


def test_overpayment_is_refused_and_changes_nothing(lodged: uuid.UUID, broker: Person) -> None:
    charge = payments.charge_of(declaration=lodged)
    assert charge is not None
    before = names(lodged)
    with pytest.raises(PaymentRefused, match="more_than_owed"):
        clearance.receive_payment(
            declaration=lodged, amount=charge.due + Decimal("0.01"), means="bank", source="B", by=broker, at=NOON
        )
    assert payments.charge_of(declaration=lodged) == charge
    assert names(lodged) == before


def test_an_account_without_money_pays_nothing(lodged: uuid.UUID, broker: Person) -> None:
    with pytest.raises(PaymentRefused, match="insufficient_balance"):
        clearance.pay_from_account(declaration=lodged, by=broker, at=NOON)
    assert state_of(lodged, broker) is State.PAYMENT_DUE


def test_only_a_cashier_takes_cash(lodged: uuid.UUID, officer: Person, cashier: Person) -> None:
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.receive_payment(declaration=lodged, amount=Decimal(1), means="cash", source="1", by=officer, at=NOON)
    ledger.open_shift(office="PRV-R01", float_amount=Decimal(0), by=cashier, at=NOON)
    clearance.receive_payment(declaration=lodged, amount=Decimal(1), means="cash", source="1", by=cashier, at=NOON)
    charge = payments.charge_of(declaration=lodged)
    assert charge is not None
    assert charge.paid == 1


def test_a_reroute_needs_a_reason_and_puts_the_goods_under_control(paid: uuid.UUID, officer: Person) -> None:
    with pytest.raises(ClearanceRefused, match="reason_missing"):
        clearance.reroute(declaration=paid, lane=Lane.RED, reason=" ", by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASABLE
    clearance.reroute(declaration=paid, lane=Lane.RED, reason="seal broken", by=officer, at=NOON)
    assert state_of(paid, officer) is State.UNDER_CONTROL


def test_a_stored_assessment_is_replayed_byte_for_byte(lodged: uuid.UUID) -> None:
    answer = clearance.replay(declaration=lodged)
    assert answer.same
    assert answer.same_rules


def test_serials_have_no_gaps_even_when_a_lodging_fails(broker: Person, rates: None, said: Content) -> None:
    numbers = []
    for fault in (False, True, False):
        wrong = {**said, "currency": "?"} if fault else said
        draft = services.create_draft(content=wrong, by=broker, at=NOON)
        numbers.append(clearance.lodge(declaration=draft, by=broker, at=NOON).registration)
    assert numbers == ["PRV-R01/020326/0000001", "", "PRV-R01/020326/0000002"]


def test_the_law_day_is_the_day_in_dushanbe(broker: Person, rates: None, said: Content) -> None:
    late = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # already 3 March in Dushanbe
    draft = services.create_draft(content=said, by=broker, at=late)
    assert clearance.lodge(declaration=draft, by=broker, at=late).assessment.day.isoformat() == "2026-03-03"


def test_no_step_leads_out_of_a_closed_state() -> None:
    for act, (sources, _) in STEPS.items():
        assert State.CANCELLED not in sources, act
        for state in State:
            if state not in sources:
                with pytest.raises(ClearanceRefused, match="not_now"):
                    require(state, act)


@pytest.mark.django_db
def test_lists_ask_a_known_number_of_queries(
    lodged: uuid.UUID, officer: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(1):
        found = selectors.queue(person=officer, wanted=selectors.Filter(text="DEMO-00005"))
    assert [row.id for row in found.rows] == [lodged]
    with django_assert_num_queries(1):
        assert selectors.counts(person=officer, states=[State.PAYMENT_DUE]) == {State.PAYMENT_DUE: 1}
