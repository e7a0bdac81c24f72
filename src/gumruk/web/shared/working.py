"""The working of a payment in words: each step of the engine as a sentence, each cited act with its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import PaymentLine, Rejected, Step, reason_words

STEPS = {
    "percent": _("{0} % of {1} TJS = {result} TJS"),
    "per_unit": _("{3} {4} ÷ {5} × {0} {1} × exchange rate {2} = {result} TJS"),
    "amount": _("{0} {1} × exchange rate {2} = {result} TJS"),
    "sum": _("The parts are added: {result} TJS"),
    "difference": _("The part is taken off: {result} TJS"),
    "at_least": _("At least the second amount: {result} TJS"),
    "at_most": _("At most the second amount: {result} TJS"),
    "relief": _("The relief leaves {0} % of the normal amount {1} TJS = {result} TJS"),
    "round": _("Rounded as the formula says: {result} TJS"),
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
    if step.op == "base":
        return _base(step)
    text = STEPS.get(step.op)
    numbers = [_number(arg) for arg in step.args]
    if text is None:
        return f"{step.op} {' '.join(numbers)} = {_number(step.result)}"
    return gettext(text).format(*numbers, result=_number(step.result))


def _base(step: Step) -> str:
    """What the base is the sum of: the customs value and payments before this one."""
    pairs = zip(step.args[::2], step.args[1::2], strict=True)
    parts = [f"{_named(name)} {_number(amount)}" for name, amount in pairs]
    return f"{gettext('Base')}: {' + '.join(parts)} = {_number(step.result)}"


def _named(name: str) -> str:
    label = lawbook.payment_label(name, get_language() or "en")
    return label or gettext("Customs value")


def _rejected(one: Rejected) -> str:
    return f"{one.measure}: {reason_words(one).in_language(get_language() or 'en')}"


def _number(text: str) -> str:
    """A neutral number in the page's language, as many decimals as it has."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    exponent = number.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return number_format(number, places, use_l10n=True, force_grouping=True)
