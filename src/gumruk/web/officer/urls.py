"""Addresses of the officer's pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.navigation import Entry
from gumruk.web.officer import bulk, confirmations, inspecting, queue, reassessing, views

D = "declarations/<uuid:declaration>"
R = f"{D}/inspections/<uuid:report>"
urlpatterns: list[URLPattern] = [
    path("queue", queue.queue, name="queue"),
    path("queue/news", queue.news, name="queue-news"),
    path("queue/views", views.change, name="queue-views"),
    path("queue/bulk", bulk.bulk, name="queue-bulk"),
    path("queue/bulk/done", bulk.bulk_done, name="queue-bulk-done"),
    path("confirmations", confirmations.confirmations, name="confirmations"),
    path("confirmations/<uuid:proposal>", confirmations.decide, name="second-person"),
    path(f"{D}/reassess", reassessing.reassess, name="reassess"),
    path(f"{D}/inspections/begin", inspecting.begin, name="inspection-begin"),
    path(f"{D}/inspections/assign", inspecting.assign, name="inspection-assign"),
    path(R, inspecting.write, name="inspection"),
    path(f"{R}/autosave", inspecting.autosave, name="inspection-autosave"),
    path(f"{R}/correct", inspecting.correct, name="inspection-correct"),
]
navigation = (
    Entry(_("Queue"), "queue", frozenset({Role.OFFICER, Role.SUPERVISOR, Role.CASHIER}), 10),
    Entry(_("To confirm"), "confirmations", frozenset({Role.OFFICER, Role.SUPERVISOR}), 15, count=confirmations.count),
)
