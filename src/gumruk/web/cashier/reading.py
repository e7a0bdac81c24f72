"""What a cashier types or scans: amounts, and the reference of a charge or the code of a print."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import MAXYEAR, date
from decimal import Decimal
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import DeclarationRefused
from gumruk.documents import selectors as documents
from gumruk.documents.types import Form
from gumruk.exchange.bank_files import StatementRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors as payments
from gumruk.payments.types import ChargeView, PaymentRefused
from gumruk.trust.types import Person, Role
from gumruk.web.visits import person_of, signed_in

REFUSED = (PaymentRefused, ClearanceRefused, DeclarationRefused, StatementRefused)
_AMOUNT = re.compile(r"[0-9]{1,15}([.,][0-9]{1,2})?\Z", re.ASCII)


def amount_of(text: str, *, zero: bool = False) -> Decimal:
    """Money as people type it: `1 250,50`. Raises PaymentRefused `not_positive`."""
    said = re.sub(r"[ \u00a0\u202f']", "", text.strip())
    amount = Decimal(said.replace(",", ".")) if _AMOUNT.match(said) else None
    if amount is None or (amount == 0 and not zero):
        raise PaymentRefused("not_positive", amount=text[:40])
    return amount.quantize(Decimal("0.01"))


def charge_from(text: str, *, office: str, person: Person) -> ChargeView | None:
    """The charge that a reference names, the serial part of one at `office`, or the QR of a print, as a scanner types it."""
    said = text.strip()
    found = payments.charge_named(reference=said) if said else None
    if found is not None or not said:
        return found
    numbered = declarations.find_serial(text=said, office=office, person=person)
    if numbered is not None:
        return payments.charge_of(declaration=numbered)
    known = documents.print_known_by(code=_code_in(said))
    if known is None:
        return None
    if known.form is Form.RECEIPT:
        receipt = payments.receipt(receipt=known.root)
        return payments.charge_named(reference=receipt.reference) if receipt and receipt.reference else None
    return payments.charge_of(declaration=known.root)


def _code_in(said: str) -> str:
    """The code of a print: what follows the last stroke of its address."""
    try:
        return urlsplit(said).path.rstrip("/").rpartition("/")[2] if "/verify/" in said else said
    except ValueError:
        return said


def day_of(text: str, default: date) -> date:
    """A day from an address; the default when it is none, or so late that no month can follow it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return default
    return day if day.year < MAXYEAR else default


def for_roles(*roles: Role) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Shows a page to people with one of `roles`; others learn only that there is none."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @signed_in
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(person_of(request).may(role) for role in roles):
                return render(request, "web/shared/missing.html", status=404)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def offices_of(person: Person, *roles: Role) -> list[tuple[str, str]]:
    """The offices where a person has one of `roles`, with their names."""
    names = lawbook.codes("office", get_language() or "en")
    held = {office for role in roles for office in person.offices(role)}
    return [(code, f"{code} · {name}") for code, name in names if "" in held or code in held]


def means_words() -> dict[str, str]:
    """Means of payment by code, in the page's language."""
    return dict(lawbook.codes("payment_means", get_language() or "en"))
