"""Ways around payment, control and ownership that a hostile person tried; each is refused and nothing moves."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import BROKER_TIN
from gumruk.declarations import selectors, services
from gumruk.declarations.models import Declaration
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import DeclarationRefused, Lane, State
from gumruk.payments import selectors as payments
from gumruk.payments import services as ledger
from gumruk.risk import services as risk
from gumruk.rules.form import Content
from gumruk.trust import services as trust
from gumruk.trust.models import FailedSignIn
from gumruk.trust.types import Person, Role, TrustRefused

from .conftest import DAY, NOON


@pytest.fixture
def head(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR)


def state_of(declaration: uuid.UUID, person: Person) -> State:
    return selectors.get(declaration=declaration, person=person).state


def reverse_receipt(declaration: uuid.UUID, head: Person) -> None:
    receipt = payments.receipts(declaration=declaration)[0].id
    clearance.reverse_payment(declaration=declaration, receipt=receipt, reason="bounced", by=head, at=NOON)


def lodged_in_lane(lane: Lane, said: Content, broker: Person) -> uuid.UUID:
    share = {Lane.RED: (0, 10000), Lane.GREEN: (0, 0)}[lane]
    risk.set_share(office="", yellow=share[0], red=share[1], since=DAY, reason="test")
    draft = services.create_draft(content=said, by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
    return draft


def pay(declaration: uuid.UUID, broker: Person) -> None:
    source = str(uuid.uuid4())
    ledger.deposit(party=BROKER_TIN, amount=Decimal(90_000_000), source=source, office="X", at=NOON, by=None)
    clearance.pay_from_account(declaration=declaration, by=broker, at=NOON)


def test_a_refused_cancellation_does_not_release_what_was_paid_back_meanwhile(
    paid: uuid.UUID, broker: Person, officer: Person, head: Person
) -> None:
    clearance.request_cancellation(declaration=paid, reason="x", by=broker, at=NOON)
    reverse_receipt(paid, head)
    clearance.decide_cancellation(declaration=paid, accept=False, reason="n", by=officer, at=NOON)
    assert state_of(paid, officer) is State.PAYMENT_DUE
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.release(declaration=paid, by=officer, at=NOON)


def test_money_that_came_during_a_cancellation_counts_when_it_is_refused(
    lodged: uuid.UUID, broker: Person, officer: Person
) -> None:
    clearance.request_cancellation(declaration=lodged, reason="x", by=broker, at=NOON)
    pay(lodged, broker)
    clearance.decide_cancellation(declaration=lodged, accept=False, reason="n", by=officer, at=NOON)
    assert state_of(lodged, officer) is State.RELEASABLE


def test_a_discrepancy_amended_upwards_is_paid_before_release(
    broker: Person, officer: Person, rates: None, said: Content
) -> None:
    draft = lodged_in_lane(Lane.RED, said, broker)
    pay(draft, broker)
    clearance.record_control(declaration=draft, conform=False, note="more boxes", by=officer, at=NOON)
    more = Decimal(said["items"][0]["price"]) + 5000
    total = Decimal(said["invoice_total"]) + 5000
    items = [{**said["items"][0], "price": str(more)}, *said["items"][1:]]
    changed = {**said, "items": items, "invoice_total": str(total)}
    clearance.propose_amendment(declaration=draft, content=changed, reason="as found", by=broker, at=NOON)
    clearance.decide_amendment(declaration=draft, accept=True, reason="seen", by=officer, at=NOON)
    clearance.record_control(declaration=draft, conform=True, note="counted", by=officer, at=NOON)
    assert state_of(draft, officer) is State.PAYMENT_DUE
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.release(declaration=draft, by=officer, at=NOON)
    pay(draft, broker)
    assert state_of(draft, officer) is State.RELEASABLE
    clearance.release(declaration=draft, by=officer, at=NOON)


def test_release_itself_looks_at_what_is_owed(paid: uuid.UUID, officer: Person, head: Person) -> None:
    receipt = payments.receipts(declaration=paid)[0]
    ledger.reverse(receipt=receipt.id, declaration=paid, reason="behind clearance", by=head, at=NOON)
    with pytest.raises(ClearanceRefused, match="not_paid"):
        clearance.release(declaration=paid, by=officer, at=NOON)
    assert state_of(paid, officer) is State.RELEASABLE


def test_after_a_rejection_lane_and_control_start_anew(
    broker: Person, officer: Person, rates: None, said: Content
) -> None:
    draft = lodged_in_lane(Lane.RED, said, broker)
    pay(draft, broker)
    clearance.record_control(declaration=draft, conform=True, note="seen", by=officer, at=NOON)
    clearance.reject(declaration=draft, reason="wrong office", by=officer, at=NOON)
    revision = selectors.get(declaration=draft, person=broker).revision
    other = {**said, "delivery_place": "Хуҷанд"}
    services.save_draft(declaration=draft, content=other, revision=revision, by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
    pay(draft, broker)
    assert state_of(draft, officer) is State.UNDER_CONTROL


def test_an_accepted_amendment_is_looked_at_again(broker: Person, officer: Person, rates: None, said: Content) -> None:
    draft = lodged_in_lane(Lane.RED, said, broker)
    pay(draft, broker)
    clearance.record_control(declaration=draft, conform=True, note="seen", by=officer, at=NOON)
    changed = {**said, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(declaration=draft, content=changed, reason="place", by=broker, at=NOON)
    clearance.decide_amendment(declaration=draft, accept=True, reason="seen", by=officer, at=NOON)
    assert state_of(draft, officer) is State.UNDER_CONTROL


def test_a_rejection_ends_proposals_and_questions(
    paid: uuid.UUID, broker: Person, officer: Person, said: Content
) -> None:
    changed = {**said, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(declaration=paid, content=changed, reason="place", by=broker, at=NOON)
    clearance.ask(declaration=paid, question="first?", documents=False, by=officer, at=NOON)
    clearance.reject(declaration=paid, reason="no", by=officer, at=NOON)
    assert selectors.get(declaration=paid, person=broker).proposal is None
    assert clearance.lodge(declaration=paid, by=broker, at=NOON).accepted
    clearance.ask(declaration=paid, question="second?", documents=False, by=officer, at=NOON)
    clearance.answer(declaration=paid, text="to the second", by=broker, at=NOON)
    assert [query.answer for query in selectors.queries(declaration=paid)] == ["", "to the second"]


def test_a_rejected_declaration_keeps_its_office(paid: uuid.UUID, broker: Person, officer: Person) -> None:
    clearance.reject(declaration=paid, reason="no", by=officer, at=NOON)
    seen = selectors.get(declaration=paid, person=broker)
    moved = {**seen.content, "office": "PRV-R02", "border_office": "PRV-R02"}
    services.save_draft(declaration=paid, content=moved, revision=seen.revision, by=broker, at=NOON)
    with pytest.raises(ClearanceRefused, match="key_field_changed"):
        clearance.lodge(declaration=paid, by=broker, at=NOON)
    assert Declaration.objects.get(id=paid).office == "PRV-R01"
    assert state_of(paid, officer) is State.REJECTED


def test_a_lodged_template_is_a_template_no_more(broker: Person, officer: Person, rates: None, said: Content) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    services.name_template(declaration=draft, name="monthly", by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
    assert [row.id for row in selectors.queue(person=officer, wanted=Filter()).rows] == [draft]


def test_who_files_for_a_firm_no_more_loses_its_drafts(
    broker: Person, person_with: Callable[..., Person], said: Content
) -> None:
    draft = services.create_draft(content=said, by=broker, at=NOON)
    Declaration.objects.filter(id=draft).update(owner=(moved := person_with(Role.BROKER, party="999999999")).id)
    with pytest.raises(DeclarationRefused, match="not_found"):
        selectors.get(declaration=draft, person=moved)
    with pytest.raises(DeclarationRefused, match="not_yours"):
        services.save_draft(
            declaration=draft, content={**said, "declarant_tin": "999999999"}, revision=0, by=moved, at=NOON
        )
    assert Declaration.objects.get(id=draft).declarant_tin == BROKER_TIN


def test_why_a_lane_was_changed_is_for_officers_of_the_office(
    lodged: uuid.UUID, broker: Person, officer: Person, person_with: Callable[..., Person]
) -> None:
    clearance.reroute(declaration=lodged, lane=Lane.RED, reason="the watch list", by=officer, at=NOON)
    cashier = person_with(Role.CASHIER, office="PRV-R01")
    for person, reason in ((officer, "the watch list"), (broker, ""), (cashier, "")):
        seen = selectors.get(declaration=lodged, person=person)
        events = selectors.timeline(declaration=lodged, sealed=seen.sealed)
        assert [event.reason for event in events if event.name == "rerouted"] == [reason]


def test_guessing_a_password_is_stopped_for_that_place_only(person_with: Callable[..., Person]) -> None:
    name = person_with(Role.OFFICER).username
    for _ in range(10):
        with pytest.raises(TrustRefused, match="sign_in_failed"):
            trust.sign_in(username=name, password="guess", at=NOON, address="10.0.0.1")
    with pytest.raises(TrustRefused, match="too_many_tries"):
        trust.sign_in(username=name, password="a-long-secret", at=NOON, address="10.0.0.1")
    assert FailedSignIn.objects.count() == 10
    assert trust.sign_in(username=name, password="a-long-secret", at=NOON, address="10.0.0.2").username == name
    later = NOON + timedelta(minutes=16)
    assert trust.sign_in(username=name, password="a-long-secret", at=later, address="10.0.0.1").username == name
    assert trust.forget_failed_sign_ins(later + timedelta(minutes=16)) == 0


def test_trying_many_names_from_one_place_is_stopped(db: None) -> None:
    rows = [FailedSignIn(name=str(n), place=trust.selectors.hash_of("10.0.0.9"), at=NOON) for n in range(60)]
    FailedSignIn.objects.bulk_create(rows)
    with pytest.raises(TrustRefused, match="too_many_tries"):
        trust.sign_in(username="anybody", password="x", at=NOON, address="10.0.0.9")


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in-as"])
def test_a_form_with_a_nul_is_a_bad_request(db: None, path: str) -> None:
    answer = Client().post(path, {"username": "a\x00b", "password": "x"})
    assert answer.status_code == 400
    assert "cannot be kept" in answer.content.decode()


def test_an_address_with_a_nul_is_a_bad_request(db: None) -> None:
    assert Client().get("/declarations", {"text": "\x00"}).status_code == 400


@pytest.mark.parametrize("there", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
def test_signing_in_leads_to_no_other_site(person_with: Callable[..., Person], there: str) -> None:
    name = person_with(Role.OFFICER).username
    answer = Client().post("/sign-in", {"username": name, "password": "a-long-secret", "next": there})
    assert answer["Location"] == "/"
