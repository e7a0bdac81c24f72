"""A cashier opens a shift, takes cash for a declaration, prints the receipt and closes with a counted amount.

In three languages, one of them on a phone; axe finds nothing on the way; the desk works with the keyboard alone.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gumruk.documents.models import PrintedDocument
from gumruk.payments import selectors as payments
from gumruk.payments.types import ChargeView
from gumruk.toolkit import clock

from .steps import LAPTOP, PHONE, clean, lodged, send, shot

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = [("tg", LAPTOP), ("ru", PHONE), ("en", LAPTOP)]


def owing() -> ChargeView:
    """The charge of a declaration of the demonstration broker."""
    charge = payments.charge_of(declaration=uuid.UUID(lodged().rpartition("/")[2]))
    assert charge is not None
    return charge


def button(page: Page, act: str) -> None:
    send(page, f'button[value="{act}"]')


@pytest.mark.parametrize(("language", "size"), SIZES)
def test_cash_is_taken_and_the_shift_closed_with_what_was_counted(
    open_as: Callable[..., Page], language: str, size: tuple[int, int]
) -> None:
    page = open_as("cashier", language, size)
    charge = owing()
    clean(page)
    shot(page, f"desk-closed-{language}")
    page.fill("#float", "200,00")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reference")
    page.fill("#reference", charge.reference)
    page.keyboard.press("Enter")
    page.wait_for_selector("#amount")
    clean(page)
    shot(page, f"desk-charge-{language}")
    button(page, "take")
    expect(page.locator("h1")).to_contain_text("PRV-R01/")
    clean(page)
    shot(page, f"receipt-{language}")
    with page.context.expect_event("response", lambda answer: "/prints/receipt/" in answer.url) as printed:
        page.evaluate("fetch(document.querySelector('a[href*=\"/prints/receipt/\"]').href)")
    assert printed.value.headers["content-type"] == "application/pdf"
    page.goto("/cash-desk")
    expect(page.locator("tbody tr")).to_have_count(1)
    shot(page, f"desk-operations-{language}")
    send(page, 'a[href$="/close"]')
    page.fill("#counted", str(charge.due + 150))
    send(page, "main form button")
    expect(page.locator("#summary")).to_be_focused()
    clean(page)
    shot(page, f"close-differs-{language}")
    page.fill("#counted", str(charge.due + 200))
    send(page, "main form button")
    clean(page)
    shot(page, f"shift-report-{language}")
    page.goto("/daybook")
    clean(page)
    shot(page, f"daybook-{language}")
    after = payments.charge_of(declaration=charge.declaration)
    assert after is not None
    assert after.settled


@pytest.mark.parametrize(("language", "size"), SIZES)
def test_bank_accounts_refunds_and_verify_pages(
    open_as: Callable[..., Page], tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    broker = open_as("broker", language, size)
    charge = owing()
    broker.goto("/accounts")
    clean(broker)
    shot(broker, f"accounts-{language}")
    broker.click("main details summary >> nth=0")
    broker.fill("#amount", "100")
    broker.fill("#reason", "Demo")
    broker.click('form[action$="/refund"] button')
    broker.wait_for_selector(".gm-notice--good")
    row = {"booked_at": clock.law_day(clock.now()).isoformat(), "currency": "TJS", "payer_tin": "", "amount": "5.00"}
    file = tmp_path / "statement.json"
    rows = [
        {**row, "reference": "J-1", "text": charge.reference}, {**row, "reference": "J-2", "text": "?"},
        {**row, "reference": "J-3", "currency": "USD", "text": "?"},
    ]  # fmt: skip
    file.write_text(json.dumps({"credits": rows}))
    cashier = open_as("cashier", language, size)
    cashier.goto("/bank")
    clean(cashier)
    cashier.set_input_files("#file", str(file))
    cashier.click("form[enctype] button")
    cashier.wait_for_selector("table")
    expect(cashier.locator("tbody tr")).to_have_count(3)
    clean(cashier)
    shot(cashier, f"bank-{language}")
    head = open_as("head", language, size)
    head.goto("/refunds")
    clean(head)
    shot(head, f"refunds-{language}")
    answer = broker.request.get(f"/prints/assessment/{charge.declaration}")
    assert answer.headers["content-type"] == "application/pdf"
    broker.goto(f"/verify/{PrintedDocument.objects.get().code}")
    clean(broker)
    shot(broker, f"verify-{language}")
    broker.goto("/verify/AAAA-AAAA-AAAA-AAAA")
    clean(broker)


def test_a_payment_is_taken_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
    page = open_as("cashier", "en")
    charge = owing()
    page.keyboard.press("F9")  # opens the shift with nothing in the drawer
    page.wait_for_selector("#reference")
    page.focus("#reference")
    page.keyboard.type(charge.reference)
    page.keyboard.press("Enter")
    page.wait_for_selector("#amount")
    page.focus("#amount")
    page.keyboard.press("F9")
    page.wait_for_selector("text=The payment was recorded")
    after = payments.charge_of(declaration=charge.declaration)
    assert after is not None
    assert after.settled
