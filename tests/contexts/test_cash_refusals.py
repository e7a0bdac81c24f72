"""What the cash desk and the bank must refuse: other offices, impossible accounts and amounts, and money counted twice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.exchange import bank
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors, services
from gumruk.payments.models import Account, Entry, Receipt, Refund
from gumruk.payments.types import PaymentRefused, RefundState, ShiftView
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, Role
from gumruk.web.templatetags.cash_words import detail

from .conftest import NOON


def elsewhere() -> str:
    return next(code for code, _ in lawbook.codes("office", "en") if code != OFFICE)


@pytest.fixture
def supervisor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR, office=OFFICE)


@pytest.fixture
def shift(cashier: Person) -> ShiftView:
    return services.open_shift(office=OFFICE, float_amount=Decimal(100), by=cashier, at=NOON)


@pytest.fixture
def approved(broker: Person, supervisor: Person) -> uuid.UUID:
    """An approved refund of 50 at the office."""
    services.deposit(party=BROKER_TIN, amount=Decimal(100), source="d", office=OFFICE, at=NOON, by=None)
    asked = services.ask_refund(
        party=BROKER_TIN, amount=Decimal(50), reason="not needed", office=OFFICE, by=broker, at=NOON
    )
    services.decide_refund(refund=asked.id, approve=True, decision="right", by=supervisor, at=NOON)
    return asked.id


def refused(act: Callable[[], object]) -> str:
    """The reason of the refusal; nothing may have moved."""
    before = (Entry.objects.count(), Receipt.objects.count(), Refund.objects.count())
    with pytest.raises(PaymentRefused) as caught:
        act()
    assert (Entry.objects.count(), Receipt.objects.count(), Refund.objects.count()) == before
    assert selectors.out_of_balance() == ()
    return caught.value.code


def seen_by(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    return client


def test_a_payout_taken_back_can_be_paid_again(
    approved: uuid.UUID, cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    first = services.pay_out(office=OFFICE, refund=approved, by=cashier, at=NOON)
    services.reverse(receipt=first.id, reason="another person came", by=supervisor, at=NOON)
    assert Refund.objects.get(id=approved).state == RefundState.APPROVED
    assert Account.objects.get(kind="refund", holder=str(approved)).balance == -50
    services.pay_out(office=OFFICE, refund=approved, by=cashier, at=NOON)
    assert Refund.objects.get(id=approved).state == RefundState.PAID
    assert refused(lambda: services.pay_out(office=OFFICE, refund=approved, by=cashier, at=NOON)) == "not_approved"
    assert Account.objects.get(kind="refund", holder=str(approved)).balance == 0


def test_a_refund_is_paid_only_at_its_office(
    approved: uuid.UUID, person_with: Callable[..., Person], shift: ShiftView, cashier: Person
) -> None:
    other = person_with(Role.CASHIER, office=elsewhere())
    services.open_shift(office=elsewhere(), float_amount=Decimal(500), by=other, at=NOON)
    assert refused(lambda: services.pay_out(office=elsewhere(), refund=approved, by=other, at=NOON)) == "other_office"
    assert Refund.objects.get(id=approved).state == RefundState.APPROVED
    number = Refund.objects.get(id=approved).number
    assert number not in seen_by(other).get("/cash-desk").content.decode()
    assert number in seen_by(cashier).get("/cash-desk").content.decode()


def test_a_supervisor_sees_the_refunds_of_own_offices(
    approved: uuid.UUID, supervisor: Person, person_with: Callable[..., Person]
) -> None:
    number = Refund.objects.get(id=approved).number
    assert number in seen_by(supervisor).get("/refunds").content.decode()
    assert number in seen_by(person_with(Role.SUPERVISOR)).get("/refunds").content.decode()
    stranger = person_with(Role.SUPERVISOR, office=elsewhere())
    assert number not in seen_by(stranger).get("/refunds").content.decode()


@pytest.mark.parametrize("office", ["NOWHERE", "x" * 500])
def test_a_refund_names_an_office_of_the_list(broker: Person, office: str) -> None:
    ask = {"party": BROKER_TIN, "amount": Decimal(5), "reason": "x", "office": office, "by": broker, "at": NOON}
    assert refused(lambda: services.ask_refund(**ask)) == "office_unknown"
    answer = seen_by(broker).post(
        "/accounts/refund", {"party": BROKER_TIN, "amount": "5", "reason": "x", "office": office}
    )
    assert answer.status_code == 422
    assert "no customs office with this code" in answer.content.decode()


def test_long_reasons_of_a_refund_are_clipped(broker: Person, supervisor: Person) -> None:
    asked = services.ask_refund(
        party=BROKER_TIN, amount=Decimal(5), reason="x" * 5000, office=OFFICE, by=broker, at=NOON
    )
    done = services.decide_refund(refund=asked.id, approve=False, decision="y" * 5000, by=supervisor, at=NOON)
    assert (len(asked.reason), len(done.decision)) == (500, 500)


def test_one_form_of_the_desk_counts_once_whatever_the_means(
    lodged: uuid.UUID, cashier: Person, shift: ShiftView
) -> None:
    def take(means: str) -> None:
        clearance.receive_payment(
            declaration=lodged, amount=Decimal(5), means=means, source="desk:k", by=cashier, at=NOON
        )

    take("cash")
    assert refused(lambda: take("card")) == "already_counted"
    charge = selectors.charge_of(declaration=lodged)
    assert charge is not None
    assert charge.paid == 5


@pytest.mark.parametrize("party", ["123456789012345678999", "1" * 200, "12a", "²", "٣", "a\ud800"])
def test_a_deposit_names_a_possible_account(cashier: Person, shift: ShiftView, party: str) -> None:
    def take() -> None:
        services.receive_deposit(
            office=OFFICE, amount=Decimal(5), means="cash", party=party, key="k", by=cashier, at=NOON
        )

    assert refused(take) == "party_malformed"
    assert refused(
        lambda: services.deposit(party=party, amount=Decimal(5), source="s", office=OFFICE, at=NOON, by=None)
    )
    assert not Account.objects.filter(kind="prepayment").exists()


def test_another_payment_names_a_possible_payer(cashier: Person, shift: ShiftView) -> None:
    def take() -> None:
        services.receive_other(
            office=OFFICE, amount=Decimal(5), means="cash", purpose="Fine", revenue_account="1144",
            payer="123456789012345678999", key="k", by=cashier, at=NOON,
        )  # fmt: skip

    assert refused(take) == "party_malformed"


@pytest.mark.parametrize("amount", ["1E+30", "1E+999999", "NaN", "sNaN", "-Infinity", "0.001", "1E-999999"])
def test_an_impossible_amount_is_refused_by_name(cashier: Person, shift: ShiftView, amount: str) -> None:
    def take() -> None:
        services.receive_deposit(
            office=OFFICE, amount=Decimal(amount), means="cash", party="1", key="k", by=cashier, at=NOON
        )

    assert refused(take) == "not_positive"


def row(**other: Any) -> dict[str, Any]:
    said = {"reference": "B-1", "booked_at": "2026-03-02", "amount": "10.00", "currency": "TJS",
            "payer_tin": BROKER_TIN, "text": "unknown"}  # fmt: skip
    return {**said, **other}


def taken(cashier: Person, *rows: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = bank.receive_bank_statement(data=json.dumps({"credits": rows}).encode(), by=cashier, at=NOON)
    return [(one.outcome, one.detail, one.field) for one in found]


def test_held_money_is_assigned_to_no_other_account_than_the_one_named(cashier: Person) -> None:
    taken(cashier, row())
    held = selectors.held_credits()[0]

    def assign(party: str) -> None:
        bank.assign_credit(credit=held.id, reference="", party=party, reason="asked", by=cashier, at=NOON)

    assert refused(lambda: assign("123456789012345678999")) == "party_malformed"
    assert refused(lambda: assign(" ")) == "party_missing"
    assert [one.id for one in selectors.held_credits()] == [held.id]


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"amount": "1.00"}, "amount"),
        ({"payer_tin": "999"}, "payer_tin"),
        ({"text": "other"}, "text"),
        ({"booked_at": "2026-03-03", "payer_tin": "999", "text": "other"}, "booked_at, payer_tin, text"),
    ],
)
def test_a_known_reference_that_says_something_else_differs(
    cashier: Person, change: dict[str, str], differs: str
) -> None:
    assert taken(cashier, row()) == [("suspense", "nothing_named", "")]
    before = Entry.objects.count()
    assert taken(cashier, row(**change)) == [("refused", "reference_differs", differs)]
    assert taken(cashier, row()) == [("repeated", "", "")]
    assert Entry.objects.count() == before


@pytest.mark.parametrize("field", ["text", "reference", "payer_tin"])
def test_half_a_letter_in_a_statement_refuses_its_row_alone(cashier: Person, field: str) -> None:
    found = taken(cashier, row(reference="B-2"), row(**{field: "a\ud800b"}))
    assert found == [("suspense", "nothing_named", ""), ("refused", "malformed", field)]
    client = seen_by(cashier)
    from django.core.files.uploadedfile import SimpleUploadedFile

    data = json.dumps([row(**{field: "a\ud800b"})]).encode()
    assert client.post("/bank", {"file": SimpleUploadedFile("s.json", data)}).status_code == 200


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-01", "0001-01-01", "9998-12-31"])
@pytest.mark.parametrize("span", ["", "month"])
def test_the_daybook_of_the_last_days_of_time_is_a_page(cashier: Person, day: str, span: str) -> None:
    assert seen_by(cashier).get(f"/daybook?day={day}&span={span}").status_code == 200


@pytest.mark.parametrize("reference", ["http://[/verify/", "x" * 5000, "/verify/²", "%"])
def test_any_scanned_text_is_answered(cashier: Person, shift: ShiftView, reference: str) -> None:
    client = seen_by(cashier)
    assert client.get("/cash-desk", {"reference": reference}).status_code == 200
    said = {"act": "take", "reference": reference, "amount": "5", "means": "cash", "key": "k"}
    assert client.post("/cash-desk/act", said).status_code == 422


def test_an_account_that_would_outgrow_its_digits_refuses_the_deposit(db: None) -> None:
    most = Decimal("999999999999999.99")
    filled = 0
    for number in range(2000):
        try:
            services.deposit(party=BROKER_TIN, amount=most, source=f"d{number}", office=OFFICE, at=NOON, by=None)
        except PaymentRefused as full:
            assert full.code == "balance_too_large"
            break
        filled += 1
    held = selectors.balance(party=BROKER_TIN)
    assert held == most * filled
    assert (
        refused(
            lambda: services.deposit(party=BROKER_TIN, amount=most, source="again", office=OFFICE, at=NOON, by=None)
        )
        == "balance_too_large"
    )
    assert selectors.balance(party=BROKER_TIN) == held


def test_a_row_that_the_bank_sent_for_a_cancelled_declaration_is_explained_in_words(db: None) -> None:
    said = detail(bank.CreditOutcome(1, "B-1", "suspense", "already_decided"))
    assert said == "This refund was decided already."
    assert detail(bank.CreditOutcome(1, "B-1", "paid", "PRV-R01/1")) == "PRV-R01/1"
