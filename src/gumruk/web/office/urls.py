"""Addresses of the supervisor's pages and of the shift."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.navigation import Entry
from gumruk.web.office import acts, glance, shift

urlpatterns: list[URLPattern] = [
    path("office", glance.office, name="office"),
    path("office/officers/<uuid:officer>", acts.officer_day, name="officer-day"),
    path("shift", shift.shift, name="shift"),
    path("shift/seen", shift.seen, name="hand-over-seen"),
]
navigation = (
    Entry(_("Office"), "office", frozenset({Role.SUPERVISOR}), 12),
    Entry(_("Shift"), "shift", frozenset({Role.OFFICER, Role.SUPERVISOR}), 14),
)
