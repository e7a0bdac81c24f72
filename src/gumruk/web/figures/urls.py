"""Addresses of figures."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.figures import pages
from gumruk.web.figures.waiting import ready
from gumruk.web.navigation import Entry

urlpatterns: list[URLPattern] = [
    path("figures", pages.page, name="figures"),
    path("figures/<slug:name>.<slug:kind>", pages.download, name="figures-file"),
]
navigation = (Entry(_("Figures"), "figures", frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR, Role.BROKER}), 60, ready),)
