"""How rights and acts of administration look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext

from gumruk.toolkit.audit import Act
from gumruk.trust.accounts import Right
from gumruk.web.admin_labels import ACTS, FIELDS, LANGUAGES, STAND_TONES, STANDS
from gumruk.web.labels import ROLES
from gumruk.web.templatetags.gumruk_format import moment
from gumruk.web.weekdays import clock_word, hours_word

register = template.Library()


@register.filter
def stands(right: Right, day: date) -> str:
    """Where a right stands, in words."""
    return gettext(STANDS[right.stands(day)])


@register.filter
def stand_tone(right: Right, day: date) -> str:
    return STAND_TONES.get(right.stands(day), "")


@register.filter
def role_word(role: Any) -> str:
    return gettext(ROLES.get(str(role), str(role)))


@register.filter
def language_word(code: str) -> str:
    return gettext(LANGUAGES.get(code, code))


@register.filter
def act_word(name: str) -> str:
    """What an act of administration is called."""
    return gettext(ACTS.get(name, name))


@register.filter
def by_clock(cron: str) -> str:
    """When a job runs by itself, in words."""
    return clock_word(cron)


@register.filter
def differences(act: Act) -> list[tuple[str, str, str]]:
    """Each field of an act with what stood before and after, in words."""
    names = sorted(
        {*act.before, *act.after}, key=lambda name: list(FIELDS).index(name) if name in FIELDS else len(FIELDS)
    )
    rows = [(name, _said(name, act.before), _said(name, act.after)) for name in names]
    return [(gettext(FIELDS.get(name, name)), before, after) for name, before, after in rows if before != after]


def _said(name: str, values: Mapping[str, Any]) -> str:
    value = values.get(name, "")
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name in ("since", "until") and value:
        return moment(date.fromisoformat(str(value)))
    if name == "hours" and value:
        return hours_word(_hours(value))
    if name == "role":
        return role_word(value)
    if name == "state":
        return gettext(STANDS.get({"given": "holds"}.get(str(value), str(value)), str(value)))
    return str(value)


def _hours(value: Any) -> dict[str, str]:
    """Opening hours as the record holds them: by day, or "1: 08:00-17:00 2: ..." as one text."""
    if isinstance(value, Mapping):
        return {str(day): str(said) for day, said in value.items()}
    return dict(re.findall(r"([1-7]): (.*?)(?= [1-7]: |$)", str(value)))
