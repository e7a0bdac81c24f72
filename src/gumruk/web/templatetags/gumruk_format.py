"""How amounts, dates and findings look on a page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from gumruk.exchange.wording import sentence
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.types import Finding
from gumruk.web.labels import EVENTS, KINDS, LANES, STATES

register = template.Library()


@register.filter
def money(amount: Decimal | None) -> str:
    """An amount with two decimals and grouped thousands, in the page's language."""
    return "" if amount is None else number_format(amount, 2, use_l10n=True, force_grouping=True)


@register.filter
def moment(at: datetime | date | None) -> str:
    """Day and time in the office's zone."""
    if at is None:
        return ""
    if isinstance(at, datetime):
        return date_format(localtime(at), "SHORT_DATETIME_FORMAT")
    return date_format(at, "SHORT_DATE_FORMAT")


@register.filter
def state(value: Any) -> str:
    """The name of a state in the page's language."""
    return gettext(STATES.get(str(value), str(value)))


@register.filter
def lane(value: Any) -> str:
    """The name of a lane."""
    return gettext(LANES.get(str(value), str(value))) if value else ""


@register.filter
def event(value: str) -> str:
    """The name of an event of the timeline."""
    return gettext(EVENTS.get(value, value))


@register.filter
def payment_kind(value: str) -> str:
    """The name of a payment kind, from the law's formulas."""
    return lawbook.payment_label(value, get_language() or "en") or gettext(KINDS.get(value, value))


@register.filter
def worded(finding: Finding, day: date) -> str:
    """The sentence of a finding."""
    return sentence(finding, get_language() or "en", day)


@register.filter
def anchor(path: str) -> str:
    """The id of the field at a path."""
    return "f-" + path.replace("/", "-")
