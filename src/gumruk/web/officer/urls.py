"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.navigation import Entry
from gumruk.web.officer import queue

urlpatterns: list[URLPattern] = [path("queue", queue.queue, name="queue")]
navigation = (Entry(_("Queue"), "queue", frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CASHIER}), 10),)
