"""Tags that bring the officers' own parts into the page of a declaration, whoever lays that page out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext

from gumruk.web.labels import STAGES
from gumruk.web.officer.following import Beside, beside
from gumruk.web.officer.times import lasting

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_of(context: RequestContext) -> Beside | None:
    """`{% desk_of as desk %}`: the bar of the declaration `seen`, for its officers."""
    return beside(context["request"], context["seen"])


@register.filter
def stage(value: Any) -> str:
    """The name of a stage of work."""
    return gettext(STAGES.get(str(value), str(value)))


@register.filter
def seconds(value: Any) -> str:
    """A number of seconds in short words."""
    return "–" if value in (None, "") else lasting(timedelta(seconds=float(value)))
