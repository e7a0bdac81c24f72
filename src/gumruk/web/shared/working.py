"""The working of a payment in words: each step of the engine as a sentence, each cited act with its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import PaymentLine, Rejected, Step

STEPS = {
    "percent": _("{0} % of {1} TJS = {result} TJS"),
    "per_unit": _("{3} {4} ÷ {5} × {0} {1} × exchange rate {2} = {result} TJS"),
    "amount": _("{0} {1} × exchange rate {2} = {result} TJS"),
    "sum": _("The parts are added: {result} TJS"),
    "difference": _("The part is taken off: {result} TJS"),
    "at_least": _("At least the second amount: {result} TJS"),
    "at_most": _("At most the second amount: {result} TJS"),
    "round": _("Rounded as the formula says: {result} TJS"),
}
REASONS = {
    "more_specific_measure": _("a more specific measure answers for this code"),
    "preference_not_claimed": _("it asks for a preference that was not claimed"),
    "other_origin": _("it is for goods of another origin"),
    "origin_excluded": _("it leaves this origin out"),
    "other_regime": _("it is for another customs regime"),
    "other_beneficiary": _("it is for another beneficiary"),
    "quota_used_up": _("its quota is used up"),
    "preference_is_lower": _("the preference gives a lower amount"),
    "general_rate_is_lower": _("the general rate gives a lower amount"),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A legal act as a page cites it."""

    name: str
    title: str
    point: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One payment line with its working in words."""

    line: PaymentLine
    steps: tuple[str, ...]
    acts: tuple[Act, ...]
    rejected: tuple[str, ...]
    demo: bool
    unit: str


def explained(lines: Iterable[PaymentLine]) -> list[Explained]:
    return [
        Explained(
            line,
            tuple(_step(step) for step in line.working),
            tuple(act(cite) for cite in line.cites),
            tuple(_rejected(one) for one in line.rejected),
            any(cite.partition("#")[0] == "demo" for cite in line.cites),
            line.base_currency or line.base_unit,
        )
        for line in lines
    ]


def act(cite: str) -> Act:
    """The act that a citation names: its title in the page's language, its number, its confidence."""
    name, _hash, point = cite.partition("#")
    found = lawbook.act(name)
    if found is None:
        return Act(name, name, point, "unknown", "")
    title = found.title.in_language(get_language() or "en")
    number = f" № {found.number}" if found.number else ""
    return Act(name, title + number, point, found.confidence.value, found.source)


def _step(step: Step) -> str:
    """One step as a sentence; a step that has no sentence yet is shown as the engine wrote it."""
    text = STEPS.get(step.op)
    try:
        numbers = [_number(arg) for arg in step.args]
        return gettext(text).format(*numbers, result=_number(step.result)) if text else _plain(step)
    except IndexError:
        return _plain(step)


def _plain(step: Step) -> str:
    return f"{step.op} {' '.join(step.args)} = {step.result}"


def _rejected(one: Rejected) -> str:
    reason = gettext(REASONS.get(one.reason, one.reason.replace("_", " ")))
    values = ", ".join(_number(value) for key, value in one.values if key != "by")
    return f"{one.measure}: {reason}" + (f" ({values})" if values else "")


def _number(text: str) -> str:
    """A neutral number in the page's language, as many decimals as it has."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(number, places, use_l10n=True, force_grouping=True)
