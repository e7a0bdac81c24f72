"""Addresses of the inbox, and its entry in the bar with what is unread."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.inbox import mail, pages
from gumruk.web.navigation import Entry

urlpatterns: list[URLPattern] = [
    path("inbox", pages.inbox, name="inbox"),
    path("inbox/mail", mail.choices, name="mail-choices"),
    path("inbox/mail/address", mail.address, name="mail-address"),
    path("inbox/mail/confirm/<str:token>", mail.confirm, name="confirm-address"),
    path("inbox/read", pages.read, name="read-notices"),
]
navigation = (
    Entry(_("Inbox"), "inbox", frozenset({Role.BROKER}), 15, pages.waiting),
    Entry(_("Notices by e-mail"), "mail-choices", frozenset({Role.BROKER}), 85, own=True),
)
