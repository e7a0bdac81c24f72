"""The cash desk: shifts, receipts with their numbers, money out by decision, and corrections by a second person."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import State
from gumruk.payments import reports, selectors, services
from gumruk.payments.models import Account, Receipt, Shift
from gumruk.payments.types import Operation, PaymentRefused, RefundState, ShiftView
from gumruk.trust.types import Person, Role

from .conftest import CENT, DAY, NOON


@pytest.fixture
def supervisor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR, office=OFFICE)


@pytest.fixture
def shift(cashier: Person) -> ShiftView:
    return services.open_shift(office=OFFICE, float_amount=Decimal(100), by=cashier, at=NOON)


def take(cashier: Person, amount: Decimal, key: str, means: str = "cash") -> uuid.UUID:
    made = services.receive_other(
        office=OFFICE, amount=amount, means=means, purpose="Fine, order 7", revenue_account="1144", payer="", key=key,
        by=cashier, at=NOON,
    )  # fmt: skip
    return made.id


def balance(kind: str, holder: str) -> Decimal:
    row = Account.objects.filter(kind=kind, holder=holder).first()
    return row.balance if row else Decimal(0)


def test_a_cash_receipt_carries_daybook_shift_and_operation_number(
    lodged: uuid.UUID, cashier: Person, shift: ShiftView
) -> None:
    charge = selectors.charge_of(declaration=lodged)
    assert charge is not None
    first = clearance.receive_payment(
        declaration=lodged, amount=Decimal(1), means="cash", source="1", by=cashier, at=NOON
    )
    second = clearance.receive_payment(
        declaration=lodged, amount=charge.left - 1, means="card", source="2", by=cashier, at=NOON
    )
    assert (first.daybook, first.shift_number, first.operation_number) == (DAY, 1, 1)
    assert (second.daybook, second.shift_number, second.operation_number) == (DAY, 1, 2)
    assert (first.number, second.number) == (f"{OFFICE}/2026/R1", f"{OFFICE}/2026/R2")
    assert declarations.get(declaration=lodged, person=cashier).state is State.RELEASABLE
    found = selectors.shift(shift=shift.id)
    assert found is not None
    assert found.expected == 101  # the float and the cash; a card puts nothing into the drawer
    assert balance("card", OFFICE) == charge.due - 1


@pytest.mark.parametrize("means", ["cash", "card", "cheque"])
def test_a_receipt_is_refused_without_an_open_shift(lodged: uuid.UUID, cashier: Person, means: str) -> None:
    with pytest.raises(PaymentRefused, match="no_open_shift"):
        clearance.receive_payment(declaration=lodged, amount=Decimal(1), means=means, source="1", by=cashier, at=NOON)
    with pytest.raises(PaymentRefused, match="no_open_shift"):
        take(cashier, Decimal(1), "k", means)
    assert not Receipt.objects.exists()


def test_a_shift_of_another_office_takes_nothing(person_with: Callable[..., Person], lodged: uuid.UUID) -> None:
    roaming = person_with(Role.CASHIER)
    services.open_shift(office="PRV-R02", float_amount=Decimal(0), by=roaming, at=NOON)
    with pytest.raises(PaymentRefused, match="no_open_shift"):
        clearance.receive_payment(declaration=lodged, amount=CENT, means="cash", source="1", by=roaming, at=NOON)


def test_a_second_shift_waits_until_the_first_is_closed(cashier: Person, shift: ShiftView) -> None:
    with pytest.raises(PaymentRefused, match="shift_is_open"):
        services.open_shift(office=OFFICE, float_amount=Decimal(0), by=cashier, at=NOON)
    services.close_shift(shift=shift.id, counted=Decimal(100), reason="", by=cashier, at=NOON)
    again = services.open_shift(office=OFFICE, float_amount=Decimal(0), by=cashier, at=NOON)
    assert again.number == 2


def test_a_shift_closes_with_the_counted_cash_in_the_safe(cashier: Person, shift: ShiftView) -> None:
    take(cashier, Decimal("50.25"), "a")
    closed = services.close_shift(shift=shift.id, counted=Decimal("150.25"), reason="", by=cashier, at=NOON)
    assert (closed.expected, closed.counted, closed.difference) == (Decimal("150.25"), Decimal("150.25"), 0)
    assert balance("safe", OFFICE) == Decimal("50.25")
    assert balance("cash", str(shift.id)) == 0
    assert selectors.open_shift(cashier=cashier.id) is None


def test_a_difference_needs_a_reason_and_has_its_own_account(cashier: Person, shift: ShiftView) -> None:
    take(cashier, Decimal(20), "a")
    with pytest.raises(PaymentRefused, match="difference_unexplained"):
        services.close_shift(shift=shift.id, counted=Decimal(119), reason=" ", by=cashier, at=NOON)
    assert selectors.open_shift(cashier=cashier.id) is not None
    closed = services.close_shift(shift=shift.id, counted=Decimal(119), reason="one note torn", by=cashier, at=NOON)
    assert (closed.difference, closed.reason) == (-1, "one note torn")
    assert balance("difference", OFFICE) == 1
    assert selectors.out_of_balance() == ()


def test_a_closed_shift_takes_nothing_and_is_never_opened_again(cashier: Person, shift: ShiftView) -> None:
    services.close_shift(shift=shift.id, counted=Decimal(100), reason="", by=cashier, at=NOON)
    with pytest.raises(PaymentRefused, match="shift_closed"):
        services.close_shift(shift=shift.id, counted=Decimal(100), reason="", by=cashier, at=NOON)
    with pytest.raises(PaymentRefused, match="no_open_shift"):
        take(cashier, Decimal(1), "a")
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Shift.objects.filter(id=shift.id).update(closed_at=None)


def test_only_the_cashier_or_a_supervisor_closes_a_shift(
    person_with: Callable[..., Person], shift: ShiftView, supervisor: Person
) -> None:
    stranger = person_with(Role.CASHIER, office=OFFICE)
    with pytest.raises(PaymentRefused, match="no_right"):
        services.close_shift(shift=shift.id, counted=Decimal(100), reason="", by=stranger, at=NOON)
    assert (
        services.close_shift(shift=shift.id, counted=Decimal(100), reason="", by=supervisor, at=NOON).closed_at == NOON
    )


@pytest.mark.parametrize("role", [Role.OFFICER, Role.BROKER, Role.SUPERVISOR])
def test_only_a_cashier_opens_a_shift(person_with: Callable[..., Person], role: Role) -> None:
    with pytest.raises(PaymentRefused, match="no_right"):
        services.open_shift(office=OFFICE, float_amount=Decimal(0), by=person_with(role, office=OFFICE), at=NOON)
    assert not Shift.objects.exists()


def test_a_form_that_was_sent_twice_counts_once(cashier: Person, shift: ShiftView) -> None:
    take(cashier, Decimal(5), "same")
    with pytest.raises(PaymentRefused, match="already_counted"):
        take(cashier, Decimal(5), "same")
    found = selectors.shift_receipts(shift=shift.id)
    assert [one.operation_number for one in found] == [1]


@pytest.mark.parametrize(("purpose", "account"), [("", "1144"), ("Fine", " ")])
def test_other_money_needs_a_purpose_and_an_account(
    cashier: Person, shift: ShiftView, purpose: str, account: str
) -> None:
    with pytest.raises(PaymentRefused, match="purpose_missing"):
        services.receive_other(
            office=OFFICE, amount=Decimal(5), means="cash", purpose=purpose, revenue_account=account, payer="", key="k",
            by=cashier, at=NOON,
        )  # fmt: skip
    assert selectors.shift_receipts(shift=shift.id) == ()


def test_bank_money_does_not_come_over_the_desk(cashier: Person, shift: ShiftView) -> None:
    with pytest.raises(PaymentRefused, match="not_at_the_desk"):
        take(cashier, Decimal(5), "k", "bank")


def test_a_deposit_in_cash_fills_the_account(cashier: Person, shift: ShiftView) -> None:
    with pytest.raises(PaymentRefused, match="party_missing"):
        services.receive_deposit(office=OFFICE, amount=CENT, means="cash", party=" ", key="d", by=cashier, at=NOON)
    made = services.receive_deposit(
        office=OFFICE, amount=Decimal(70), means="cash", party=BROKER_TIN, key="d", by=cashier, at=NOON
    )
    assert (made.operation, made.payer, made.operation_number) == (Operation.DEPOSIT, BROKER_TIN, 1)
    assert selectors.balance(party=BROKER_TIN) == 70


def ask(broker: Person, amount: Decimal) -> uuid.UUID:
    made = services.ask_refund(party=BROKER_TIN, amount=amount, reason="not needed", office=OFFICE, by=broker, at=NOON)
    return made.id


def test_a_refund_is_decided_by_a_second_person_and_paid_out_once(
    broker: Person, cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    services.deposit(party=BROKER_TIN, amount=Decimal(80), source="B", office=OFFICE, at=NOON, by=None)
    refund = ask(broker, Decimal(60))
    assert selectors.balance(party=BROKER_TIN) == 80
    with pytest.raises(PaymentRefused, match="not_approved"):
        services.pay_out(office=OFFICE, refund=refund, by=cashier, at=NOON)
    with pytest.raises(PaymentRefused, match="no_right"):
        services.decide_refund(refund=refund, approve=True, decision="due", by=cashier, at=NOON)
    with pytest.raises(PaymentRefused, match="reason_missing"):
        services.decide_refund(refund=refund, approve=True, decision=" ", by=supervisor, at=NOON)
    services.decide_refund(refund=refund, approve=True, decision="due", by=supervisor, at=NOON)
    assert selectors.balance(party=BROKER_TIN) == 20  # it cannot be spent while it waits
    with pytest.raises(PaymentRefused, match="already_decided"):
        services.decide_refund(refund=refund, approve=False, decision="no", by=supervisor, at=NOON)
    paid = services.pay_out(office=OFFICE, refund=refund, by=cashier, at=NOON)
    assert (paid.operation, paid.amount, paid.signed) == (Operation.PAYOUT, 60, -60)
    with pytest.raises(PaymentRefused, match="not_approved"):
        services.pay_out(office=OFFICE, refund=refund, by=cashier, at=NOON)
    assert [one.state for one in selectors.refunds(parties=broker.parties)] == [RefundState.PAID]
    found = selectors.shift(shift=shift.id)
    assert found is not None
    assert found.expected == 40
    assert selectors.out_of_balance() == ()


def test_a_drawer_gives_no_more_than_lies_in_it(
    broker: Person, cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    services.deposit(party=BROKER_TIN, amount=Decimal(500), source="B", office=OFFICE, at=NOON, by=None)
    refund = ask(broker, Decimal(101))
    services.decide_refund(refund=refund, approve=True, decision="due", by=supervisor, at=NOON)
    with pytest.raises(PaymentRefused, match="drawer_short"):
        services.pay_out(office=OFFICE, refund=refund, by=cashier, at=NOON)
    assert [one.state for one in selectors.refunds(parties=broker.parties)] == [RefundState.APPROVED]
    assert selectors.shift_receipts(shift=shift.id) == ()


def test_a_refund_of_more_than_is_held_or_of_another_firm_is_refused(broker: Person, supervisor: Person) -> None:
    refund = ask(broker, Decimal(1))
    with pytest.raises(PaymentRefused, match="insufficient_balance"):
        services.decide_refund(refund=refund, approve=True, decision="due", by=supervisor, at=NOON)
    assert [one.state for one in selectors.refunds(states=(RefundState.ASKED,))] == [RefundState.ASKED]
    with pytest.raises(PaymentRefused, match="not_yours"):
        services.ask_refund(party="999", amount=CENT, reason="x", office=OFFICE, by=broker, at=NOON)


def test_a_reversed_receipt_makes_the_declaration_owe_again(
    lodged: uuid.UUID, cashier: Person, supervisor: Person, shift: ShiftView
) -> None:
    charge = selectors.charge_of(declaration=lodged)
    assert charge is not None
    made = clearance.receive_payment(
        declaration=lodged, amount=charge.left, means="cash", source="1", by=cashier, at=NOON
    )
    for wrong, by, reason, code in (
        (PaymentRefused, cashier, "typed twice", "no_right"),
        (PaymentRefused, supervisor, " ", "reason_missing"),
    ):
        with pytest.raises(wrong, match=code):
            clearance.reverse_payment(declaration=lodged, receipt=made.id, reason=reason, by=by, at=NOON)
    taken = clearance.reverse_payment(declaration=lodged, receipt=made.id, reason="typed twice", by=supervisor, at=NOON)
    assert (taken.operation, taken.signed, taken.reverses) == (Operation.REVERSAL, -charge.due, made.id)
    assert (taken.daybook, taken.operation_number) == (DAY, 2)
    assert selectors.charge_of(declaration=lodged) == charge
    assert declarations.get(declaration=lodged, person=cashier).state is State.PAYMENT_DUE
    assert selectors.reversed_ids(receipts=selectors.receipts(declaration=lodged)) == {made.id}
    with pytest.raises(PaymentRefused, match="already_credited"):
        clearance.reverse_payment(declaration=lodged, receipt=made.id, reason="again", by=supervisor, at=NOON)
    with pytest.raises(PaymentRefused, match="not_reversible"):
        clearance.reverse_payment(declaration=lodged, receipt=taken.id, reason="again", by=supervisor, at=NOON)
    found = selectors.shift(shift=shift.id)
    assert found is not None
    assert found.expected == 100
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())


def test_nobody_reverses_a_receipt_of_their_own(person_with: Callable[..., Person], supervisor: Person) -> None:
    both = Person(supervisor.id, "both", "Demo Both", "en", (*supervisor.grants, *person_with(Role.CASHIER).grants))
    services.open_shift(office=OFFICE, float_amount=Decimal(0), by=both, at=NOON)
    made = take(both, Decimal(5), "k")
    with pytest.raises(PaymentRefused, match="second_person_needed"):
        services.reverse(receipt=made, reason="x", by=both, at=NOON)


def test_a_receipt_of_a_declaration_is_not_reversed_past_clearance(
    paid: uuid.UUID, supervisor: Person, person_with: Callable[..., Person]
) -> None:
    (made,) = selectors.receipts(declaration=paid)
    with pytest.raises(PaymentRefused, match="receipt_unknown"):
        services.reverse(receipt=made.id, reason="x", by=supervisor, at=NOON)
    with pytest.raises(PaymentRefused, match="no_right"):
        elsewhere = person_with(Role.SUPERVISOR, office="PRV-R02")
        clearance.reverse_payment(declaration=paid, receipt=made.id, reason="x", by=elsewhere, at=NOON)


def test_after_closing_reversed_cash_comes_from_the_safe(cashier: Person, supervisor: Person, shift: ShiftView) -> None:
    made = take(cashier, Decimal(30), "a")
    services.close_shift(shift=shift.id, counted=Decimal(130), reason="", by=cashier, at=NOON)
    taken = services.reverse(receipt=made, reason="wrong account", by=supervisor, at=NOON)
    assert (taken.daybook, taken.signed) == (None, -30)
    assert balance("safe", OFFICE) == 0
    found = selectors.shift(shift=shift.id)
    assert found is not None
    assert (found.expected, found.counted) == (130, 130)


def test_the_daybook_totals_by_means_and_by_kind(
    broker: Person, cashier: Person, supervisor: Person, person_with: Callable[..., Person], shift: ShiftView
) -> None:
    other = person_with(Role.CASHIER, office=OFFICE)
    services.open_shift(office=OFFICE, float_amount=Decimal(0), by=other, at=NOON)
    take(cashier, Decimal(10), "a")
    take(cashier, Decimal(20), "b", "card")
    wrong = take(other, Decimal(5), "c")
    services.receive_deposit(
        office=OFFICE, amount=Decimal(70), means="cash", party=BROKER_TIN, key="d", by=cashier, at=NOON
    )
    services.reverse(receipt=wrong, reason="x", by=supervisor, at=NOON)
    refund = ask(broker, Decimal(7))
    services.decide_refund(refund=refund, approve=True, decision="due", by=supervisor, at=NOON)
    services.pay_out(office=OFFICE, refund=refund, by=cashier, at=NOON)
    day = reports.daybook(office=OFFICE, since=DAY, until=DAY + timedelta(days=1))
    assert day.by_means == (("card", Decimal(20)), ("cash", Decimal(73)))
    assert day.by_operation == (
        ("deposit", Decimal(70)), ("other", Decimal(35)), ("payout", Decimal(-7)), ("reversal", Decimal(-5)),
    )  # fmt: skip
    assert (day.total, len(day.shifts), len(day.receipts)) == (93, 2, 6)
    mine = reports.daybook(office=OFFICE, since=date(2026, 3, 1), until=date(2026, 4, 1), cashier=cashier.id)
    assert (mine.total, len(mine.shifts)) == (93, 1)
    cash = sum((one.signed for one in mine.receipts if one.means == "cash"), Decimal(0))
    assert mine.shifts[0].expected == mine.shifts[0].float_amount + cash
    empty = reports.daybook(office=OFFICE, since=DAY - timedelta(days=1), until=DAY)
    assert (empty.total, empty.receipts) == (0, ())


def test_the_database_refuses_a_difference_without_a_reason(cashier: Person, shift: ShiftView) -> None:
    with pytest.raises(Error, match="difference_has_a_reason"), transaction.atomic():
        Shift.objects.filter(id=shift.id).update(closed_at=NOON, expected=1, counted=2)
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM payments_shift")


def test_a_broker_takes_no_desk_money(lodged: uuid.UUID, broker: Person) -> None:
    for means in ("cash", "card", "account"):
        with pytest.raises(ClearanceRefused, match="no_right"):
            clearance.receive_payment(declaration=lodged, amount=CENT, means=means, source="1", by=broker, at=NOON)


def test_cash_is_offered_first_and_bank_money_not_at_all(db: None) -> None:
    assert [one.code for one in selectors.desk_means(day=DAY)] == ["cash", "card", "cheque"]
