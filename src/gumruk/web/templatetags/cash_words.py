"""Words of money on pages: operations, movements, refunds, means of payment, what became of a row of the bank."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext

from gumruk.exchange.bank import CreditOutcome
from gumruk.payments.types import PaymentRefused
from gumruk.web.cash_labels import DETAILS, MOVEMENTS, OPERATIONS, OUTCOMES, REFUND_STATES, worded

register = template.Library()


@register.filter
def operation(value: str) -> str:
    """What a receipt proves."""
    return gettext(OPERATIONS.get(str(value), str(value)))


@register.filter
def movement(value: str) -> str:
    """What moved an account."""
    return gettext(MOVEMENTS.get(value, value))


@register.filter
def refund_state(value: str) -> str:
    """Where a refund stands."""
    return gettext(REFUND_STATES.get(str(value), str(value)))


@register.filter
def outcome(value: str) -> str:
    """What became of a row of a statement."""
    return gettext(OUTCOMES.get(value, value))


@register.filter
def detail(one: CreditOutcome) -> str:
    """Where the money went, or why not, with the field that is wrong."""
    said = gettext(DETAILS[one.detail]) if one.detail in DETAILS else _why(one)
    return f"{one.field}: {said}" if one.field else said


def _why(one: CreditOutcome) -> str:
    """The reference that money went to is said as it is; a refusal's code becomes its sentence."""
    if one.outcome in ("suspense", "refused"):
        return worded(PaymentRefused(one.detail))
    return one.detail


@register.filter
def named(code: str, words: Mapping[str, str]) -> str:
    """The name of a code in a list."""
    return words.get(code, code)


@register.filter
def told(name: str) -> str:
    """The name of a fact on the verify page."""
    return gettext(name)
