"""How amounts, dates and findings look on a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext

from gumruk.clearance.types import reason_key
from gumruk.documents.types import OrderState, OrderView
from gumruk.exchange.wording import sentence
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.types import Finding, Severity
from gumruk.trust.types import IN_PLACE_OF
from gumruk.web.clock_words import clock_time
from gumruk.web.labels import (
    CONFIDENCES,
    EVENTS,
    KINDS,
    LANE_REASONS,
    LANES,
    MEANS,
    NEXT,
    OPEN_STATES,
    SECOND_PERSON_ACTS,
    SEVERITIES,
    SEVERITY_GROUPS,
    STATE_TONES,
    STATES,
    VERSIONS,
)
from gumruk.web.shared.working import Act
from gumruk.web.shared.working import act as cited

register = template.Library()
register.filter(clock_time)


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


_TAJIK_MONTHS = ("январи", "феврали", "марти", "апрели", "майи", "июни", "июли", "августи", "сентябри", "октябри",
                 "ноябри", "декабри")  # fmt: skip


@register.filter
def long_day(at: datetime | date | None) -> str:
    """A day in words: «26 октябри соли 2023», «26 октября 2023 г.», "26 October 2023"."""
    if at is None:
        return ""
    day = localtime(at).date() if isinstance(at, datetime) else at
    language = get_language() or "en"
    if language == "tg":
        return f"{day.day} {_TAJIK_MONTHS[day.month - 1]} соли {day.year}"
    return date_format(day, "j E Y \\г." if language == "ru" else "j F Y")


@register.filter
def short_moment(at: datetime | None) -> str:
    """Day, month and time, for lists of what is recent."""
    return "" if at is None else localtime(at).strftime("%d.%m %H:%M")


@register.filter
def lane_reason(value: str) -> str:
    """Why a lane was chosen, in words; a reason that somebody wrote is shown as it is."""
    return gettext(LANE_REASONS.get(value, value))


@register.filter
def tone(level: str) -> str:
    """The look of a notice for the level of a message."""
    return {"error": "wrong", "warning": "care", "success": "good"}.get(level, "calm")


@register.filter
def state_tone(value: Any) -> str:
    """The look of a state's badge."""
    return STATE_TONES.get(str(value), "")


@register.filter
def blocking(findings: Iterable[Finding]) -> bool:
    """True when one of the findings keeps the declaration from being lodged."""
    return any(finding.severity is Severity.ERROR for finding in findings)


@register.filter
def unanswered(findings: Iterable[Finding]) -> bool:
    """True when one of the findings has to be mended or explained before lodging."""
    return any(finding.severity is not Severity.NOTICE for finding in findings)


@register.filter
def by_severity(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """How many there are of each kind, the gravest first: «Ошибки: 6 · Предупреждения: 1»."""
    count = Counter(str(finding.severity) for finding in findings)
    return [(gettext(words), count[name]) for name, words in SEVERITY_GROUPS.items() if count[name]]


@register.filter
def place(finding: Finding, places: Mapping[str, str] | str) -> str:
    """Where a finding is mended: the page of its field when `places` tells one, and the field on it."""
    there = places.get(finding.path, "") if isinstance(places, Mapping) else ""
    return f"{there}#{anchor(finding.path)}"


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
def expected(value: Any) -> str:
    """What a declarant may expect next in a state; empty when something else says it."""
    return gettext(NEXT[str(value)]) if str(value) in NEXT else ""


@register.filter
def means(value: str) -> str:
    """What an event means to who declared; empty when its name says it all."""
    return gettext(MEANS[value]) if value in MEANS else ""


@register.filter
def second_person_act(value: str) -> str:
    """What a second person is asked to confirm."""
    return gettext(SECOND_PERSON_ACTS.get(value, value))


@register.filter
def signed(name: str) -> str:
    """Who acted; of a deputy, in whose place."""
    deputy, sign, away = name.partition(IN_PLACE_OF)
    return gettext("{deputy}, in place of {away}").format(deputy=deputy, away=away) if sign else name


@register.filter
def payment_kind(value: str) -> str:
    """The name of a payment kind, from the law's formulas."""
    return lawbook.payment_label(value, get_language() or "en") or gettext(KINDS.get(value, value))


@register.filter
def worded(finding: Finding, day: date) -> str:
    """The sentence of a finding."""
    return sentence(finding, get_language() or "en", day)


_WHERE = re.compile(r"(?:[^\W\d]+ [0-9A-D]{1,3}: ){1,2}")


@register.filter
def at_field(sentence_of: str, label: str) -> str:
    """A sentence under its own field: without the item, the box and the name that stand just above it."""
    found = _WHERE.match(sentence_of)
    words = sentence_of[found.end() :] if found else sentence_of
    words = words.replace(f" «{label}»", "").replace(f" “{label}”", "")
    return words[:1].upper() + words[1:]


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)


@register.filter
def rate_words(text: str) -> str:
    """A rate with its numbers as the page's language writes them: 60,00 TJS."""
    return _NUMBER.sub(lambda found: quantity(found[0]), text)


@register.filter
def anchor(path: str) -> str:
    """The id of the field at a path."""
    return "f-" + path.replace("/", "-")


@register.filter
def item_of(finding: Finding) -> str:
    """The number of the item that a finding is about; empty for the header."""
    parts = finding.path.split("/")
    return parts[1] if parts[0] == "items" and len(parts) > 1 else ""


@register.filter
def severity(value: Any) -> str:
    """The word for how serious a finding is."""
    return gettext(SEVERITIES.get(str(value), str(value)))


@register.filter
def any_fault(controls: Iterable[Any]) -> bool:
    """True when a fault that blocks stands at one of the controls."""
    return any(blocking(control.faults) for control in controls)


@register.filter
def act(cite: str) -> Act | None:
    """The legal act that a citation names."""
    return cited(cite) if cite else None


@register.filter
def quantity(text: Any) -> str:
    """A stored number with grouped thousands, as many decimals as it has; other text as it is."""
    try:
        number = Decimal(str(text))
    except InvalidOperation:
        return str(text or "–")
    exponent = number.as_tuple().exponent
    return number_format(
        number, max(0, -exponent) if isinstance(exponent, int) else 0, use_l10n=True, force_grouping=True
    )


@register.filter
def goods_code(code: Any) -> str:
    """A goods code in the groups that people read: 0207 12 000 0."""
    text = str(code or "")
    return " ".join(part for part in (text[:4], text[4:6], text[6:9], text[9:]) if part)


@register.filter
def open_state(value: Any) -> bool:
    """True while acts of control, amendment and cancellation may happen."""
    return str(value) in OPEN_STATES


@register.filter
def version_status(value: str) -> str:
    """The word for where a version stands."""
    return gettext(VERSIONS.get(value, value))


@register.filter
def version_tone(value: str) -> str:
    """The look of a version's badge."""
    return {"standing": "good", "proposed": "care", "refused": "wrong"}.get(value, "")


@register.filter
def confidence(value: str) -> str:
    """The word for how sure a source is."""
    return gettext(CONFIDENCES.get(value, value))


@register.filter
def reason_name(finding: Finding) -> str:
    """The name of the field in which a warning is answered."""
    return f"reason/{reason_key(finding)}"


@register.filter
def at(values: Mapping[str, str], key: str) -> str:
    """What stands under a key."""
    return values.get(key, "") if isinstance(values, Mapping) else ""


@register.filter
def any_in_making(orders: Iterable[OrderView]) -> bool:
    """True while a print that was ordered is not made yet."""
    return any(one.state in (OrderState.WAITING, OrderState.READING, OrderState.TYPESETTING) for one in orders)
