"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.navigation import Entry
from gumruk.web.officer import bulk, queue, views

urlpatterns: list[URLPattern] = [
    path("queue", queue.queue, name="queue"),
    path("queue/news", queue.news, name="queue-news"),
    path("queue/views", views.change, name="queue-views"),
    path("queue/bulk", bulk.bulk, name="queue-bulk"),
    path("queue/bulk/done", bulk.bulk_done, name="queue-bulk-done"),
]
navigation = (Entry(_("Queue"), "queue", frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CASHIER}), 10),)
