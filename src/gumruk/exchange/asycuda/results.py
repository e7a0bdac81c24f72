"""What customs decided about a declaration, for its export: registration, assessment, receipt and payment lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from gumruk.declarations.types import DeclarationView
from gumruk.payments import selectors as payments
from gumruk.rules.duty import Assessment
from gumruk.tariff import selectors as tariff
from gumruk.toolkit.clock import law_day

_SERIAL = re.compile(r"([A-Z]?)0*([0-9]+)\Z")


@dataclass(frozen=True, slots=True)
class Serial:
    """One of the three references of a declaration: serial letter, number, date."""

    letter: str
    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Results:
    """What is written into the file besides the content; an absent part leaves its place empty."""

    registration: Serial | None = None
    assessment: Serial | None = None
    receipt: Serial | None = None
    assessed: Assessment | None = None


def serial_of(reference: str, day: date) -> Serial | None:
    """The last part of a reference such as `PRV-R01/2026/L17`."""
    found = _SERIAL.match(reference.rpartition("/")[2])
    return Serial(found.group(1), found.group(2), day) if found else None


def results_of(seen: DeclarationView) -> Results | None:
    """The results that stand for a declaration; None while it is not registered. Two queries."""
    summary = seen.summary
    if not summary.registration or summary.registered_at is None:
        return None
    stored = tariff.latest(declaration=seen.id)
    receipts = payments.receipts(declaration=seen.id)
    last = receipts[-1] if receipts else None
    return Results(
        registration=serial_of(summary.registration, law_day(summary.registered_at)),
        assessment=serial_of(stored.number, law_day(stored.at)) if stored else None,
        receipt=serial_of(last.number, law_day(last.at)) if last else None,
        assessed=stored.result if stored else None,
    )
