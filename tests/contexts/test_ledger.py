"""The ledger always balances, whatever happens in whatever order; the database refuses anything else."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.cli.demo_content import OFFICE
from gumruk.payments import selectors, services
from gumruk.payments.models import Account, Entry, Receipt
from gumruk.payments.posting import post
from gumruk.payments.types import ChargeView, PaymentRefused
from gumruk.trust.types import Grant, Person, Role

from .conftest import CENT, DAY, NOON

AMOUNT = st.decimals(min_value=Decimal(-5), max_value=Decimal(1000), places=2)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "raise",
                "cash",
                "bank",
                "account",
                "deposit",
                "cancel",
                "open",
                "close",
                "desk",
                "refund",
                "pay_out",
                "reverse",
            ]
        ),
        AMOUNT,
    ),
    max_size=14,
)


def somebody(*grants: Grant) -> Person:
    return Person(uuid.uuid4(), "demo", "Demo Person", "en", grants)


def cashier() -> Person:
    return somebody(Grant(Role.CASHIER, OFFICE, "", DAY, None))


def supervisor() -> Person:
    return somebody(Grant(Role.SUPERVISOR, OFFICE, "", DAY, None))


def owe(
    amounts: dict[str, Decimal], declaration: uuid.UUID, party: str = "770000001", **other: uuid.UUID
) -> ChargeView:
    return services.raise_charges(
        declaration=declaration, office=OFFICE, payer=party, reference=f"REF-{declaration}"[:40], amounts=amounts,
        assessment=other.get("assessment") or uuid.uuid4(), at=NOON, by=None,
    )  # fmt: skip


def bank(charge: ChargeView, amount: Decimal, source: str) -> None:
    services.receive(
        reference=charge.reference, amount=amount, means="bank", source=source, office=OFFICE, at=NOON, by=None
    )


class Story:
    """One firm, one declaration, one cashier, one supervisor; every act that moves money, in any order."""

    def __init__(self) -> None:
        self.declaration, self.party = uuid.uuid4(), f"{uuid.uuid4().int % 10**9:09}"
        self.reference = f"REF-{self.declaration}"[:40]
        self.cashier, self.head = cashier(), supervisor()
        self.broker = somebody(Grant(Role.BROKER, "", self.party, DAY, None))
        # It begins in the middle of a day, so that most acts find something to move.
        self.act(-1, "open", Decimal(100))
        self.act(-2, "deposit", Decimal(1500))
        self.act(-3, "raise", Decimal(400))

    def act(self, number: int, act: str, amount: Decimal) -> None:
        common = {"office": OFFICE, "at": NOON}
        source = f"{self.party}-{number}"
        shift = selectors.open_shift(cashier=self.cashier.id)
        waiting = selectors.refunds(parties=frozenset({self.party}))
        if act == "raise":
            owe({"duty": 3 * max(amount, Decimal(0)), "vat": Decimal("1.10")}, self.declaration, self.party)
        elif act in ("cash", "bank"):
            services.receive(
                reference=self.reference, amount=amount, means=act, source=source, by=self.cashier.id, **common
            )
        elif act == "account":
            services.pay_from_account(reference=self.reference, party=self.party, at=NOON, by=None)
        elif act == "deposit":
            services.deposit(party=self.party, amount=amount, source=source, by=None, **common)
        elif act == "cancel":
            services.cancel_charges(declaration=self.declaration, reason="x", at=NOON, by=None)
        elif act == "open":
            services.open_shift(float_amount=amount, by=self.cashier, **common)
        elif act == "close" and shift:
            services.close_shift(shift=shift.id, counted=amount, reason="x", by=self.cashier, at=NOON)
        elif act == "desk":
            services.receive_deposit(
                amount=amount, means="cash", party=self.party, key=source, by=self.cashier, **common
            )
        elif act == "refund":
            asked = services.ask_refund(party=self.party, amount=amount, reason="x", by=self.broker, **common)
            services.decide_refund(refund=asked.id, approve=number % 3 > 0, decision="x", by=self.head, at=NOON)
        elif act == "pay_out" and waiting:
            services.pay_out(refund=waiting[0].id, by=self.cashier, **common)
        elif act == "reverse" and (last := Receipt.objects.filter(office=OFFICE).order_by("-id").first()):
            services.reverse(receipt=last.id, declaration=last.declaration, reason="x", by=self.head, at=NOON)


@pytest.mark.django_db
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=ACTS)
def test_any_sequence_of_acts_keeps_every_balance(acts: list[tuple[str, Decimal]]) -> None:
    with transaction.atomic():
        story = Story()
        for number, (act, amount) in enumerate(acts):
            before = (Entry.objects.count(), Receipt.objects.count())
            try:
                story.act(number, act, amount)
            except PaymentRefused as refused:
                assert refused.code
                assert (Entry.objects.count(), Receipt.objects.count()) == before
            charge = selectors.charge_of(declaration=story.declaration)
            assert charge is None or 0 <= charge.paid <= charge.due
            assert selectors.balance(party=story.party) >= 0
        assert selectors.out_of_balance() == ()
        assert selectors.out_of_step() == ()
        assert sum(Entry.objects.values_list("amount", flat=True)) == 0
        pages = selectors.movements(party=story.party)
        assert not pages.rows or pages.rows[0].balance == selectors.balance(party=story.party)
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_raising_a_charge_takes_at_most_eight_queries() -> None:
    amounts = {"duty": Decimal(10), "vat": Decimal(4), "excise": Decimal(2), "fee_clearance": Decimal(1)}
    with CaptureQueriesContext(connection) as made:
        owe(amounts, uuid.uuid4())
    assert len(made) <= 8, [one["sql"][:80] for one in made.captured_queries]


@pytest.mark.django_db
def test_the_same_bank_message_counts_once() -> None:
    services.deposit(party="770000001", amount=Decimal(10), source="MSG-1", office=OFFICE, at=NOON, by=None)
    with pytest.raises(PaymentRefused, match="already_counted"):
        services.deposit(party="770000001", amount=Decimal(10), source="MSG-1", office=OFFICE, at=NOON, by=None)
    assert selectors.balance(party="770000001") == 10
    assert len(selectors.statement(party="770000001")) == 1


@pytest.mark.django_db
def test_an_assessment_counts_once() -> None:
    declaration, assessment = uuid.uuid4(), uuid.uuid4()
    owe({"duty": Decimal(10)}, declaration, assessment=assessment)
    with pytest.raises(PaymentRefused, match="already_counted"):
        owe({"duty": Decimal(12)}, declaration, assessment=assessment)
    charge = selectors.charge_of(declaration=declaration)
    assert charge is not None
    assert charge.due == 10


@pytest.mark.django_db
def test_a_smaller_assessment_after_payment_credits_the_difference() -> None:
    declaration = uuid.uuid4()
    charge = owe({"duty": Decimal(10), "vat": Decimal(5)}, declaration)
    bank(charge, Decimal(15), "B-1")
    lower = owe({"duty": Decimal(4), "vat": Decimal(0)}, declaration)
    assert (lower.due, lower.paid, lower.settled) == (4, 4, True)
    assert selectors.balance(party="770000001") == 11
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())


@pytest.mark.django_db
def test_a_negative_amount_is_refused_and_nothing_is_owed() -> None:
    declaration = uuid.uuid4()
    with pytest.raises(PaymentRefused, match="negative_charge"):
        owe({"duty": Decimal(5), "vat": -CENT}, declaration)
    assert selectors.charge_of(declaration=declaration) is None
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_a_charge_of_nothing_is_settled_and_leaves_no_entry() -> None:
    charge = owe({"duty": Decimal(0)}, uuid.uuid4())
    assert charge.settled
    assert not Entry.objects.exists()
    with pytest.raises(PaymentRefused, match="nothing_owed"):
        services.pay_from_account(reference=charge.reference, party="770000001", at=NOON, by=None)


@pytest.mark.django_db
def test_a_cancelled_charge_is_owed_anew_by_who_declares_it_now() -> None:
    declaration = uuid.uuid4()
    charge = owe({"duty": Decimal(10)}, declaration)
    bank(charge, Decimal(6), "B-2")
    services.cancel_charges(declaration=declaration, reason="rejected", at=NOON, by=None)
    assert selectors.balance(party="770000001") == 6
    with pytest.raises(PaymentRefused, match="charge_cancelled"):
        bank(charge, Decimal(1), "B-3")
    again = owe({"duty": Decimal(8)}, declaration, "770000002")
    assert (again.due, again.paid, again.payer, again.cancelled) == (8, 0, "770000002", False)
    owe({"duty": Decimal(8)}, declaration, "770000002")
    services.cancel_charges(declaration=declaration, reason="rejected", at=NOON, by=None)
    assert selectors.balance(party="770000002") == 0
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())


@pytest.mark.django_db
@pytest.mark.parametrize("amount", ["0", "-1", "0.001", "NaN", "Infinity", "1e20"])
def test_what_is_not_an_amount_of_money_is_refused(amount: str) -> None:
    charge = owe({"duty": Decimal(10)}, uuid.uuid4())
    with pytest.raises(PaymentRefused, match="not_positive"):
        bank(charge, Decimal(amount), "B-4")
    with pytest.raises(PaymentRefused, match="not_positive"):
        services.deposit(party="770000001", amount=Decimal(amount), source="D", office=OFFICE, at=NOON, by=None)
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_an_unknown_means_of_payment_is_refused() -> None:
    charge = owe({"duty": Decimal(10)}, uuid.uuid4())
    with pytest.raises(PaymentRefused, match="means_unknown"):
        services.receive(
            reference=charge.reference, amount=CENT, means="prepayment", source="x", office=OFFICE, at=NOON, by=None
        )
    with pytest.raises(PaymentRefused, match="not_at_the_desk"):
        services.receive(
            reference=charge.reference, amount=CENT, means="account", source="x", office=OFFICE, at=NOON, by=None
        )
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_pages_of_an_account_show_the_balance_after_each_movement() -> None:
    for number in range(1, 6):
        services.deposit(
            party="770000001", amount=Decimal(number), source=f"D-{number}", office=OFFICE, at=NOON, by=None
        )
    first = selectors.movements(party="770000001", size=2)
    second = selectors.movements(party="770000001", after=first.next, size=2)
    third = selectors.movements(party="770000001", after=second.next, size=2)
    assert [row.balance for page in (first, second, third) for row in page.rows] == [15, 10, 6, 3, 1]
    assert [row.amount for page in (first, second, third) for row in page.rows] == [5, 4, 3, 2, 1]
    assert third.next == ""


@pytest.mark.django_db
def test_an_unbalanced_transaction_is_refused_by_the_code() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        post(kind="x", source="x", amounts={("bank", "a"): Decimal(1)}, office=OFFICE, at=NOON, by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_entry SET amount = 0",
        "DELETE FROM payments_entry",
        "DELETE FROM payments_transaction",
        "UPDATE payments_receipt SET amount = 0",
        "DELETE FROM payments_receipt",
    ],
)
def test_the_database_refuses_to_change_the_past(statement: str) -> None:
    bank(owe({"duty": Decimal(10)}, uuid.uuid4()), Decimal(10), "MSG-2")
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Receipt.objects.get().amount == 10


@pytest.mark.django_db
def test_the_database_refuses_an_unbalanced_entry() -> None:
    services.deposit(party="770000001", amount=Decimal(10), source="MSG-3", office=OFFICE, at=NOON, by=None)
    with pytest.raises(Error, match="does not balance"), transaction.atomic():
        row = Entry.objects.first()
        assert row is not None
        Entry.objects.create(
            root=row.root, office=OFFICE, month=row.month, transaction=row.transaction, account=row.account, amount=1
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["prepayment", "suspense", "refund"])
def test_the_database_refuses_to_overdraw_held_money(kind: str) -> None:
    with pytest.raises(Error, match="held_money_not_overdrawn"), transaction.atomic():
        Account.objects.create(kind=kind, holder="x", balance=CENT)
    with pytest.raises(Error, match="drawer_not_below_zero"), transaction.atomic():
        Account.objects.create(kind="cash", holder="x", balance=-CENT)


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Runs each act in a thread with a connection of its own, started together; the codes of refusals."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=20)
            act()
        except PaymentRefused as refused:
            return refused.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_two_payments_at_once_never_spend_the_same_money_twice() -> None:
    services.deposit(party="770000001", amount=Decimal(10), source="D", office=OFFICE, at=NOON, by=None)
    charges = [owe({"duty": Decimal(7)}, uuid.uuid4()) for _ in range(2)]

    def pay(charge: ChargeView) -> Callable[[], object]:
        return lambda: services.pay_from_account(reference=charge.reference, party="770000001", at=NOON, by=None)

    assert at_once([pay(charge) for charge in charges]) == ["done", "insufficient_balance"]
    assert selectors.balance(party="770000001") == 3
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())


@pytest.mark.django_db(transaction=True)
def test_the_same_message_in_two_threads_counts_once() -> None:
    charge = owe({"duty": Decimal(7)}, uuid.uuid4())
    assert at_once([lambda: bank(charge, Decimal(3), "SAME")] * 2) == ["already_counted", "done"]
    found = selectors.charge_of(declaration=charge.declaration)
    assert found is not None
    assert found.paid == 3


@pytest.mark.django_db(transaction=True)
def test_many_payments_in_opposite_order_never_wait_for_each_other() -> None:
    services.deposit(party="770000001", amount=Decimal(500), source="D", office=OFFICE, at=NOON, by=None)
    declarations = [uuid.uuid4() for _ in range(4)]
    for one in declarations:
        bank(owe({"duty": Decimal(9), "vat": Decimal(9)}, one), Decimal(18), f"B-{one}")

    def mixed(one: uuid.UUID, turn: int) -> Callable[[], object]:
        def run() -> None:
            for step in range(6):
                if (step + turn) % 2:
                    charge = owe({"vat": Decimal(step), "duty": Decimal(1)}, one)  # credits the account
                else:
                    charge = owe({"duty": Decimal(20), "vat": Decimal(step)}, one)
                    services.pay_from_account(reference=charge.reference, party="770000001", at=NOON, by=None)

        return run

    assert at_once([mixed(one, turn) for turn, one in enumerate(declarations)]) == ["done"] * 4
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())
    assert sum(Entry.objects.values_list("amount", flat=True)) == 0


@pytest.mark.django_db(transaction=True)
def test_two_openings_at_once_make_one_shift() -> None:
    person = cashier()
    openings = [lambda: services.open_shift(office=OFFICE, float_amount=Decimal(5), by=person, at=NOON)] * 2
    assert at_once(openings) == ["done", "shift_is_open"]
