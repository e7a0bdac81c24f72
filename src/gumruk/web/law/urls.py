"""Addresses of the law editor's workplace."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.lawbook import selectors as lawbook
from gumruk.trust.types import Person, Role
from gumruk.web.law import entries, sets, settings
from gumruk.web.navigation import Entry


def _waiting(person: Person) -> str:
    return str(lawbook.waiting_count() or "") if person.may(Role.LAW_APPROVER) else ""


S = "law/sets/<uuid:key>"
urlpatterns: list[URLPattern] = [
    path("law", sets.sets, name="law"),
    path("law/new", sets.new_set, name="new-change-set"),
    path(S, sets.change_set, name="change-set"),
    path(f"{S}/step", sets.step, name="change-set-step"),
    path(f"{S}/entries", entries.entries, name="law-entries"),
    path(f"{S}/entry", entries.edit, name="law-entry"),
    path(f"{S}/close", entries.close, name="close-law-entry"),
    path(f"{S}/drop", entries.drop, name="drop-law-change"),
    path("settings", settings.settings, name="settings"),
    path("settings/<slug:key>", settings.setting, name="setting"),
]
_LAW = frozenset({Role.LAW_EDITOR, Role.LAW_APPROVER})
navigation = (
    Entry(_("Law"), "law", _LAW, 7, _waiting),
    Entry(_("Settings"), "settings", _LAW | {Role.ADMINISTRATOR}, 64),
)
