"""Bank credits: read, refused by row, counted once, applied to charges and accounts, or held until somebody assigns them."""

from __future__ import annotations

import argparse
import json
import uuid
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.cli import bank as bank_command
from gumruk.cli.demo_content import BROKER_TIN
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import State
from gumruk.exchange import bank
from gumruk.exchange.bank_files import Credit, StatementRefused, parse_statement
from gumruk.payments import selectors
from gumruk.payments import services as payments
from gumruk.payments.models import Account, BankCredit, Entry
from gumruk.payments.types import ChargeView, CreditState, PaymentRefused
from gumruk.trust.types import Person, Role

from .conftest import NOON


def row(**other: Any) -> dict[str, Any]:
    said = {"reference": "B-1", "booked_at": "2026-03-02", "amount": "10.00", "currency": "TJS",
            "payer_tin": BROKER_TIN, "text": "prepayment"}  # fmt: skip
    return {**said, **other}


def statement(*rows: dict[str, Any]) -> bytes:
    return json.dumps({"credits": rows}, ensure_ascii=False).encode()


def outcomes(cashier: Person, *rows: dict[str, Any]) -> list[tuple[str, str]]:
    found = bank.receive_bank_statement(data=statement(*rows), by=cashier, at=NOON)
    return [(one.outcome, one.detail) for one in found]


def charge(declaration: uuid.UUID) -> ChargeView:
    found = selectors.charge_of(declaration=declaration)
    assert found is not None
    return found


def suspense() -> Decimal:
    return sum((-one.balance for one in Account.objects.filter(kind="suspense")), Decimal(0))


def test_a_credit_that_names_a_declaration_pays_it_and_moves_it_on(lodged: uuid.UUID, cashier: Person) -> None:
    owed = charge(lodged)
    text = f"Пардохт барои {owed.reference}, гумрук."
    assert outcomes(cashier, row(amount=str(owed.due), text=text)) == [("paid", owed.reference)]
    assert charge(lodged).settled
    assert declarations.get(declaration=lodged, person=cashier).state is State.RELEASABLE
    assert [(one.means, one.amount) for one in selectors.receipts(declaration=lodged)] == [("bank", owed.due)]
    assert (suspense(), selectors.out_of_balance(), selectors.out_of_step()) == (0, (), ())


def test_what_is_paid_above_a_charge_is_a_prepayment_of_who_paid(lodged: uuid.UUID, cashier: Person) -> None:
    owed = charge(lodged)
    assert outcomes(cashier, row(amount=str(owed.due + 25), text=owed.reference)) == [("paid", owed.reference)]
    assert selectors.balance(party=BROKER_TIN) == 25
    assert outcomes(cashier, row(reference="B-2", text=owed.reference)) == [("paid", owed.reference)]
    assert selectors.balance(party=BROKER_TIN) == 35
    assert len(selectors.receipts(declaration=lodged)) == 1


def test_money_for_a_rejected_declaration_goes_to_the_account(
    lodged: uuid.UUID, cashier: Person, officer: Person
) -> None:
    owed = charge(lodged)
    clearance.reject(declaration=lodged, reason="x", by=officer, at=NOON)
    assert outcomes(cashier, row(text=owed.reference)) == [("paid", owed.reference)]
    assert selectors.balance(party=BROKER_TIN) == 10


@pytest.mark.parametrize("text", ["prepayment", "Аванс за март", "ПЕШПАРДОХТ: моли дигар"])
def test_a_credit_that_names_the_account_fills_it(cashier: Person, text: str) -> None:
    assert outcomes(cashier, row(text=text)) == [("prepayment", BROKER_TIN)]
    assert selectors.balance(party=BROKER_TIN) == 10


@pytest.mark.parametrize(("text", "payer"), [("for goods", BROKER_TIN), ("prepayment", ""), ("", "")])
def test_a_credit_that_names_nothing_is_held(cashier: Person, text: str, payer: str) -> None:
    assert outcomes(cashier, row(text=text, payer_tin=payer)) == [("suspense", "nothing_named")]
    assert suspense() == 10
    assert [(one.reference, one.left, one.state) for one in selectors.held_credits()] == [("B-1", 10, CreditState.HELD)]


def test_the_same_statement_twice_changes_nothing(lodged: uuid.UUID, cashier: Person) -> None:
    owed = charge(lodged)
    rows = [row(text=owed.reference), row(reference="B-2"), row(reference="B-3", text="?")]
    outcomes(cashier, *rows)
    before = Entry.objects.count()
    assert outcomes(cashier, *rows) == [("repeated", owed.reference), ("repeated", BROKER_TIN), ("repeated", "")]
    assert Entry.objects.count() == before


def test_a_known_reference_with_another_amount_is_refused(cashier: Person) -> None:
    outcomes(cashier, row())
    assert outcomes(cashier, row(amount="11.00")) == [("refused", "reference_differs")]
    assert selectors.balance(party=BROKER_TIN) == 10


def test_wrong_rows_are_refused_alone(cashier: Person) -> None:
    rows = [
        row(currency="USD"), row(amount="0"), row(amount="1.001"), row(amount="1e3"), row(booked_at="2026-02-30"),
        row(reference=""), row(payer_tin="12A"), row(text=["x"]), row(reference="OK"),
    ]  # fmt: skip
    found = bank.receive_bank_statement(data=statement(*rows), by=cashier, at=NOON)
    assert [(one.field, one.detail) for one in found if one.outcome == "refused"] == [
        ("currency", "currency_not_tjs"), ("amount", "malformed"), ("amount", "malformed"), ("amount", "malformed"),
        ("booked_at", "malformed"), ("reference", "malformed"), ("payer_tin", "malformed"), ("text", "not_text"),
    ]  # fmt: skip
    assert found[-1].outcome == "prepayment"
    assert BankCredit.objects.count() == 1


def test_the_same_rows_as_csv_are_the_same_credits() -> None:
    text = "reference;booked_at;amount;currency;payer_tin;text\r\nB-1;2026-03-02;10.00;TJS;010000001;prepayment\r\n"
    assert parse_statement(text.encode("utf-8-sig")) == parse_statement(statement(row()))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_statement"),
        (b"\xff\xfe", "not_utf8"),
        (b"{}", "not_a_statement"),
        (b'{"credits": 7}', "not_a_statement"),
        (b"[" * 100_000, "not_a_statement"),
        (b"a,b\n1,2", "not_a_statement"),
        (b"{" + b" " * 5_000_000, "too_large"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_whole(data: bytes, code: str) -> None:
    with pytest.raises(StatementRefused, match=code):
        parse_statement(data)


@given(data=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode()))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        taken, _ = parse_statement(data)
    except StatementRefused:
        return
    assert all(one.amount > 0 for one in taken)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(row())), inner, max_size=6),
    max_leaves=20,
)


@given(said=st.lists(JSON, max_size=6), good=st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2))
def test_no_rows_break_the_reader_and_a_good_one_is_always_read(said: list[Any], good: Decimal) -> None:
    data = json.dumps({"credits": [*said, row(amount=str(good))]}).encode()
    taken, faults = parse_statement(data)
    assert len(taken) + len(faults) == len(said) + 1
    last = taken[-1]
    assert isinstance(last, Credit)
    assert (last.line, last.amount) == (len(said) + 1, good)


def test_only_people_of_the_cash_desk_take_statements_in(broker: Person, officer: Person) -> None:
    for person in (broker, officer):
        with pytest.raises(PaymentRefused, match="no_right"):
            bank.receive_bank_statement(data=statement(row()), by=person, at=NOON)
        with pytest.raises(PaymentRefused, match="no_right"):
            bank.assign_credit(credit=uuid.uuid4(), reference="", party="1", reason="x", by=person, at=NOON)
    assert not BankCredit.objects.exists()


def test_held_money_is_assigned_once_and_with_a_reason(lodged: uuid.UUID, cashier: Person) -> None:
    owed = charge(lodged)
    outcomes(cashier, row(text="?", amount=str(owed.due + 3)))
    (held,) = selectors.held_credits()

    def assign(**other: str) -> str:
        said = {"reference": owed.reference, "party": "", "reason": "payer wrote by letter", **other}
        return bank.assign_credit(credit=held.id, by=cashier, at=NOON, **said)

    for wrong, code in (({"reason": " "}, "reason_missing"), ({"reference": "NONE"}, "charge_unknown"),
                        ({"reference": "", "party": " "}, "party_missing")):  # fmt: skip
        with pytest.raises(PaymentRefused, match=code):
            assign(**wrong)
        assert suspense() == owed.due + 3
    assert assign() == owed.reference
    assert (charge(lodged).settled, selectors.balance(party=BROKER_TIN), suspense()) == (True, 3, 0)
    with pytest.raises(PaymentRefused, match="credit_applied"):
        assign()
    with pytest.raises(PaymentRefused, match="credit_unknown"):
        bank.assign_credit(credit=uuid.uuid4(), reference="", party="1", reason="x", by=cashier, at=NOON)


def test_a_reversed_bank_receipt_waits_to_be_assigned_again(
    lodged: uuid.UUID, cashier: Person, person_with: Callable[..., Person]
) -> None:
    owed = charge(lodged)
    outcomes(cashier, row(text=owed.reference, amount="4.00"))
    (made,) = selectors.receipts(declaration=lodged)
    head = person_with(Role.SUPERVISOR)
    clearance.reverse_payment(declaration=lodged, receipt=made.id, reason="wrong declaration", by=head, at=NOON)
    (held,) = selectors.held_credits()
    assert (held.left, charge(lodged).paid) == (4, 0)
    bank.assign_credit(credit=held.id, reference="", party="777", reason="it was theirs", by=cashier, at=NOON)
    assert (selectors.balance(party="777"), suspense(), selectors.held_credits()) == (4, 0, ())
    assert (selectors.out_of_balance(), selectors.out_of_step()) == ((), ())


def test_the_demo_bank_pays_for_demo_people_only(lodged: uuid.UUID, broker: Person) -> None:
    with pytest.raises(PaymentRefused, match="demo_only"):
        bank.pay_by_demo_bank(declaration=lodged, by=broker, at=NOON)
    demo = Person(broker.id, broker.username, broker.name, "en", broker.grants, demo=True)
    assert bank.pay_by_demo_bank(declaration=lodged, by=demo, at=NOON).outcome == "paid"
    assert [one.demo for one in BankCredit.objects.all()] == [True]
    with pytest.raises(PaymentRefused, match="nothing_owed"):
        bank.pay_by_demo_bank(declaration=lodged, by=demo, at=NOON)
    stranger = Person(uuid.uuid4(), "x", "x", "en", (), demo=True)
    with pytest.raises(PaymentRefused, match="not_yours"):
        bank.pay_by_demo_bank(declaration=lodged, by=stranger, at=NOON)


def test_a_desk_deposit_and_a_bank_credit_with_one_name_both_count(cashier: Person) -> None:
    payments.open_shift(office="PRV-R01", float_amount=Decimal(0), by=cashier, at=NOON)
    payments.receive_deposit(
        office="PRV-R01", amount=Decimal(1), means="cash", party=BROKER_TIN, key="B-1", by=cashier, at=NOON
    )
    outcomes(cashier, row())
    assert selectors.balance(party=BROKER_TIN) == 11


def test_real_money_never_pays_a_sandbox_declaration(
    broker: Person, cashier: Person, rates: None, said: dict[str, Any]
) -> None:
    draft = drafts.create_draft(content=said, by=broker, at=NOON, sandbox=True)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).accepted
    owed = charge(draft)
    assert outcomes(cashier, row(text=owed.reference)) == [("suspense", "play_money")]
    assert (charge(draft).paid, suspense()) == (0, 10)


def test_lists_of_money_ask_a_known_number_of_queries(
    cashier: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    outcomes(cashier, *(row(reference=f"B-{number}", text="?") for number in range(5)))
    outcomes(cashier, *(row(reference=f"P-{number}") for number in range(5)))
    with django_assert_num_queries(2):
        assert len(selectors.held_credits()) == 5
    with django_assert_num_queries(3):
        assert len(selectors.movements(party=BROKER_TIN).rows) == 5
    with django_assert_num_queries(1):
        assert selectors.open_charges(parties=frozenset({BROKER_TIN})) == ()


def test_the_console_takes_a_statement_in(
    cashier: Person, broker: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bank.json"
    file.write_bytes(statement(row(), row(reference="B-2", currency="EUR")))

    def run(*words: str) -> int:
        parser = argparse.ArgumentParser()
        bank_command.add_arguments(parser)
        return bank_command.run(parser.parse_args(list(words)))

    assert run(str(file), "--as", cashier.username, "--json") == 1
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["line"], one["outcome"], one["field"]) for one in said] == [
        (1, "prepayment", ""),
        (2, "refused", "currency"),
    ]
    file.write_bytes(statement(row()))
    assert run(str(file), "--as", cashier.username) == 0
    assert "repeated" in capsys.readouterr().out
    for words in (
        [str(file), "--as", "nobody"],
        [str(file), "--as", broker.username],
        [str(tmp_path / "none"), "--as", cashier.username],
    ):
        assert run(*words) == 2
        assert capsys.readouterr().err.startswith("gumruk: ")
    file.write_bytes(b"?")
    assert run(str(file), "--as", cashier.username) == 2
    assert selectors.balance(party=BROKER_TIN) == 10
