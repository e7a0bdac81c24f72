"""Means of payment as the law data lists them, with the days on which each holds. None is named in code."""

from __future__ import annotations

from datetime import date, datetime

from gumruk.lawbook import selectors as lawbook
from gumruk.payments.types import Means, PaymentRefused
from gumruk.toolkit.clock import law_day


def means_on(day: date) -> tuple[Means, ...]:
    """The means of payment that hold on `day`: what goes into the drawer first, then by code."""
    rows = lawbook.code_rows("payment_means", day)
    means = (Means(code, row["account"], row["desk"] == "1") for code, row in rows.items())
    return tuple(sorted(means, key=lambda one: (one.account != "cash", one.code)))


def means_named(code: str, at: datetime) -> Means:
    """The means with this code. Raises PaymentRefused `means_unknown`."""
    found = next((one for one in means_on(law_day(at)) if one.code == code), None)
    if found is None:
        raise PaymentRefused("means_unknown", means=code)
    return found
