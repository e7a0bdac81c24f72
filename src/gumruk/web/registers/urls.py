"""Addresses of registers."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.figures.waiting import ready
from gumruk.web.navigation import Entry
from gumruk.web.registers import pages

urlpatterns: list[URLPattern] = [
    path("registers", pages.first, name="registers"),
    path("registers/orders", pages.orders, name="register-orders"),
    path("registers/orders/<uuid:order>", pages.fetch, name="register-fetch"),
    path("registers/<slug:name>", pages.page, name="register"),
    path("registers/<slug:name>/order", pages.order, name="register-order"),
    path("registers/<slug:name>.<slug:kind>", pages.download, name="register-file"),
]
# Who leads finds the registers beside the figures: the bar is full.
_READERS = frozenset({Role.OFFICER, Role.CASHIER})
navigation = (Entry(_("Registers"), "registers", _READERS, 59, ready),)
