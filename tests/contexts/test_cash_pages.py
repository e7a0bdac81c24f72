"""The pages of money: each act through its page, each refusal with its sentence, and who sees what."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.payments import selectors, services
from gumruk.payments.types import RefundState, ShiftView
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, Role

from .conftest import NOON


def seen_by(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    return client


@pytest.fixture
def supervisor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR, office=OFFICE)


@pytest.fixture
def shift(cashier: Person) -> ShiftView:
    return services.open_shift(office=OFFICE, float_amount=Decimal(100), by=cashier, at=NOON)


def post(client: Client, where: str, **said: Any) -> str:
    """Post a form and follow it; the words of the page that comes."""
    return client.post(where, said, follow=True).content.decode()


def test_a_shift_is_opened_worked_and_closed_through_pages(lodged: uuid.UUID, cashier: Person) -> None:
    client = seen_by(cashier)
    charge = selectors.charge_of(declaration=lodged)
    assert charge is not None
    assert "Open a shift" in client.get("/", follow=True).content.decode()
    assert "Write the amount" in post(client, "/cash-desk/open", office=OFFICE, float="many")
    assert "shift is open" in post(client, "/cash-desk/open", office=OFFICE, float="50,00")
    assert "There is no charge" in client.get("/cash-desk?reference=NONE").content.decode()
    found = client.get(f"/cash-desk?reference={charge.reference}").content.decode()
    assert "Take the payment" in found
    serial = charge.reference.rpartition("/")[2]
    assert "Take the payment" in client.get(f"/cash-desk?reference={serial}").content.decode()
    assert "There is no charge" in client.get("/cash-desk?reference=0999999").content.decode()
    assert "This is more than is owed" in post(
        client, "/cash-desk/act", act="take", reference=charge.reference, amount="999999999", means="cash", key="a"
    )
    page = post(
        client, "/cash-desk/act", act="take", reference=charge.reference, amount="1 000,50", means="cash", key="b"
    )
    assert "The payment was recorded" in page
    again = post(client, "/cash-desk/act", act="take", reference=charge.reference, amount="1", means="cash", key="b")
    assert "This was recorded already" in again
    open_shift = selectors.open_shift(cashier=cashier.id)
    assert open_shift is not None
    close = f"/cash-desk/shifts/{open_shift.id}/close"
    assert "1,050.50" not in client.get(close).content.decode()  # the cashier counts before the system tells
    differs = post(client, close, counted="1050", reason="")
    assert "differs from what was expected" in differs
    assert "1,050.50" in differs
    report = post(client, close, counted="1050", reason="a coin is missing")
    assert "Report of the shift" in report
    assert "a coin is missing" in report
    assert selectors.open_shift(cashier=cashier.id) is None


def test_deposit_other_payment_and_payout_through_the_page(
    cashier: Person, broker: Person, supervisor: Person, shift: ShiftView
) -> None:
    client = seen_by(cashier)
    post(client, "/cash-desk/act", act="deposit", party=BROKER_TIN, deposit_amount="70", deposit_means="cash", key="d")
    assert selectors.balance(party=BROKER_TIN) == 70
    post(
        client, "/cash-desk/act", act="other", purpose="Fine", revenue_account="1144", other_amount="5",
        other_means="card", key="o",
    )  # fmt: skip
    assert "Write what is paid for" in post(
        client,
        "/cash-desk/act",
        act="other",
        purpose="",
        revenue_account="",
        other_amount="5",
        other_means="card",
        key="p",
    )
    asked = seen_by(broker)
    assert "Give the reason" in post(asked, "/accounts/refund", party=BROKER_TIN, amount="20", office=OFFICE, reason="")
    assert "Customs will decide" in post(
        asked, "/accounts/refund", party=BROKER_TIN, amount="20", office=OFFICE, reason="not needed"
    )
    (refund,) = selectors.refunds()
    head = seen_by(supervisor)
    assert refund.number in head.get("/refunds").content.decode()
    assert "Give the reason" in post(head, f"/refunds/{refund.id}", act="approve", decision="")
    assert "The decision was recorded" in post(head, f"/refunds/{refund.id}", act="approve", decision="due")
    assert "The refund was paid out" in post(client, "/cash-desk/act", act="pay_out", refund=str(refund.id))
    assert [one.state for one in selectors.refunds()] == [RefundState.PAID]
    day = client.get("/daybook?day=2026-03-02").content.decode()
    for number in ("R1", "R2", "R3"):
        assert f"{OFFICE}/2026/{number}" in day
    found = selectors.shift(shift=shift.id)
    assert found is not None
    assert found.expected == 150


def test_a_supervisor_reverses_a_receipt_on_its_page(
    lodged: uuid.UUID, cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    made = clearance.receive_payment(
        declaration=lodged, amount=Decimal(5), means="cash", source="1", by=cashier, at=NOON
    )
    where = f"/receipts/{made.id}"
    assert "Reverse the receipt" not in seen_by(cashier).get(where).content.decode()
    assert "You do not have the right" in post(seen_by(cashier), where, reason="typed twice")
    head = seen_by(supervisor)
    assert "Give the reason" in post(head, where, reason="")
    assert "The receipt was reversed" in post(head, where, reason="typed twice")
    charge = selectors.charge_of(declaration=lodged)
    assert charge is not None
    assert charge.paid == 0


def test_a_statement_is_uploaded_and_what_it_does_not_name_is_assigned(cashier: Person, broker: Person) -> None:
    client = seen_by(cashier)
    rows = [
        {
            "reference": "B-1",
            "booked_at": "2026-03-02",
            "amount": "10.00",
            "currency": "TJS",
            "payer_tin": "",
            "text": "?",
        },
        {
            "reference": "B-2",
            "booked_at": "2026-03-02",
            "amount": "10.00",
            "currency": "USD",
            "payer_tin": "",
            "text": "?",
        },
    ]
    file = SimpleUploadedFile("bank.json", json.dumps({"credits": rows}).encode())
    page = client.post("/bank", {"file": file}).content.decode()
    assert "Waits to be assigned" in page
    assert "currency: The currency must be TJS." in page
    (held,) = selectors.held_credits()
    where = f"/bank/{held.id}/assign"
    assert "Give the reason" in post(client, where, party=BROKER_TIN, reference="", reason="")
    assert "The money was assigned" in post(client, where, party=BROKER_TIN, reference="", reason="by letter")
    assert selectors.balance(party=BROKER_TIN) == 10
    wrong = SimpleUploadedFile("bank.json", b"\xff")
    answer = client.post("/bank", {"file": wrong})
    assert answer.status_code == 422
    assert "not written in UTF-8" in answer.content.decode()
    assert "10.00" in seen_by(broker).get("/accounts").content.decode()


@pytest.mark.parametrize(
    ("where", "roles"),
    [
        ("/cash-desk", {Role.CASHIER}),
        ("/daybook", {Role.CASHIER, Role.SUPERVISOR}),
        ("/bank", {Role.CASHIER, Role.SUPERVISOR}),
        ("/refunds", {Role.SUPERVISOR}),
        ("/accounts", {Role.BROKER}),
    ],
)
def test_pages_of_money_are_for_their_people_only(
    person_with: Callable[..., Person], where: str, roles: set[Role]
) -> None:
    for role in (Role.CASHIER, Role.SUPERVISOR, Role.BROKER, Role.OFFICER):
        person = person_with(role, office=OFFICE, party=BROKER_TIN if role is Role.BROKER else "")
        assert seen_by(person).get(where).status_code == (200 if role in roles else 404), (where, role)
    assert Client().get(where).status_code == 302


def test_a_shift_is_seen_by_its_cashier_and_the_supervisor_only(
    person_with: Callable[..., Person], cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    where = f"/cash-desk/shifts/{shift.id}"
    other = person_with(Role.CASHIER, office=OFFICE)
    assert [seen_by(one).get(where).status_code for one in (cashier, supervisor, other)] == [200, 200, 404]


def test_the_demo_bank_pays_from_the_accounts_page(lodged: uuid.UUID, broker: Person) -> None:
    client = seen_by(broker)
    page = client.get("/accounts").content.decode()
    assert "Charges to pay" in page
    assert "Pay by the demo bank" not in page  # not a demonstration person
    assert "demonstration people only" in post(client, f"/accounts/demo-bank/{lodged}")


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_every_page_of_money_is_translated(cashier: Person, shift: ShiftView, language: str) -> None:
    client = seen_by(cashier)
    client.cookies["django_language"] = language
    page = client.get("/cash-desk").content.decode()
    word = {"tg": "Хазина", "ru": "Касса", "en": "Cash desk"}[language]
    assert word in page


@pytest.mark.parametrize(("language", "word"), [("tg", "Огоҳинома"), ("ru", "Уведомление"), ("en", "Notice")])
def test_the_notice_to_pay_is_no_remark_of_a_check(lodged: uuid.UUID, broker: Person, language: str, word: str) -> None:
    page = seen_by(broker).get("/accounts", headers={"Accept-Language": language}).content.decode()
    head = page.partition("<thead>")[2].partition("</thead>")[0]
    assert word in head
    assert not {"Замечание", "Эзоҳ"} & set(head.split())
