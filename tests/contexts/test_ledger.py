"""The ledger always balances, whatever happens in whatever order; the database refuses anything else."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.payments import selectors, services
from gumruk.payments.models import Entry
from gumruk.payments.posting import post
from gumruk.payments.types import PaymentRefused

from .conftest import NOON

AMOUNT = st.decimals(min_value=Decimal(-5), max_value=Decimal(1000), places=2)
ACTS = st.lists(
    st.tuples(st.sampled_from(["raise", "cash", "bank", "account", "deposit", "cancel"]), AMOUNT), max_size=12
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=ACTS)
def test_any_sequence_of_acts_keeps_every_balance(acts: list[tuple[str, Decimal]]) -> None:
    with transaction.atomic():
        declaration, party = uuid.uuid4(), f"P{uuid.uuid4().hex[:9]}"
        reference = f"REF-{declaration}"
        for number, (act, amount) in enumerate(acts):
            try:
                if act == "raise":
                    amounts = {"duty": max(amount, Decimal(0)), "vat": Decimal("1.10")}
                    services.raise_charges(declaration=declaration, office="O", payer=party, reference=reference[:40],
                                           amounts=amounts, assessment=uuid.uuid4(), at=NOON, by=None)  # fmt: skip
                elif act in ("cash", "bank"):
                    services.receive(
                        reference=reference[:40],
                        amount=amount,
                        means=act,
                        source=f"{party}-{number}",
                        office="O",
                        at=NOON,
                        by=None,
                    )
                elif act == "account":
                    services.pay_from_account(reference=reference[:40], party=party, at=NOON, by=None)
                elif act == "deposit":
                    services.deposit(
                        party=party, amount=amount, source=f"{party}-{number}", office="O", at=NOON, by=None
                    )
                else:
                    services.cancel_charges(declaration=declaration, reason="x", at=NOON, by=None)
            except PaymentRefused as refused:
                assert refused.code
            charge = selectors.charge_of(declaration=declaration)
            assert charge is None or 0 <= charge.paid <= charge.due
            assert selectors.balance(party=party) >= 0
        assert selectors.out_of_balance() == ()
        assert sum(Entry.objects.values_list("amount", flat=True)) == 0
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_same_bank_message_counts_once() -> None:
    services.deposit(party="P", amount=Decimal(10), source="MSG-1", office="O", at=NOON, by=None)
    with pytest.raises(PaymentRefused, match="already_counted"):
        services.deposit(party="P", amount=Decimal(10), source="MSG-1", office="O", at=NOON, by=None)
    assert selectors.balance(party="P") == 10
    assert len(selectors.statement(party="P")) == 1


@pytest.mark.django_db
def test_an_unbalanced_transaction_is_refused_by_the_code() -> None:
    with pytest.raises(ValueError, match="unbalanced"):
        post(kind="x", source="x", amounts={("cash", "a"): Decimal(1)}, office="O", at=NOON, by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE payments_entry SET amount = 0", "DELETE FROM payments_entry", "DELETE FROM payments_transaction"],
)
def test_the_database_refuses_to_change_the_past(statement: str) -> None:
    services.deposit(party="P", amount=Decimal(10), source="MSG-2", office="O", at=NOON, by=None)
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert selectors.balance(party="P") == 10


@pytest.mark.django_db
def test_the_database_refuses_an_unbalanced_entry() -> None:
    services.deposit(party="P", amount=Decimal(10), source="MSG-3", office="O", at=NOON, by=None)
    with pytest.raises(Error, match="does not balance"), transaction.atomic():
        row = Entry.objects.first()
        assert row is not None
        Entry.objects.create(
            root=row.root, office="O", month=row.month, transaction=row.transaction, account=row.account, amount=1
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
