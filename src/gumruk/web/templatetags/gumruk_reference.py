"""How rates of exchange and change sets look on the pages of reference data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from gumruk.web.reference.labels import CHANGE_SETS, RATES

register = template.Library()


@register.filter
def whole(number: int) -> str:
    """A whole number with its thousands apart, in the page's language."""
    return number_format(number, 0, use_l10n=True, force_grouping=True)


@register.filter
def rate(amount: Decimal) -> str:
    """A rate of exchange with four decimals, or as many as it has."""
    scale = max(4, -int(amount.normalize().as_tuple().exponent))
    return number_format(amount, scale, use_l10n=True, force_grouping=True)


@register.filter
def version_word(status: str) -> str:
    """Where a version of a rate stands."""
    return gettext(RATES.get(str(status), str(status)))


@register.filter
def change_set_word(status: str) -> str:
    """Where a change set stands."""
    return gettext(CHANGE_SETS.get(str(status), str(status)))


@register.filter
def typed_day(day: date | None) -> str:
    """A day as people type it in a field: `25.11.2026` in Tajik and Russian, `2026-11-25` in English."""
    if day is None:
        return ""
    return day.isoformat() if get_language() == "en" else f"{day:%d.%m.%Y}"
