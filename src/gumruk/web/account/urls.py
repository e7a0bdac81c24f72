"""Addresses of a person's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.account import firm, password, tokens
from gumruk.web.navigation import Entry

urlpatterns: list[URLPattern] = [
    path("password", password.password, name="password"),
    path("tokens", tokens.tokens, name="tokens"),
    path("firm", firm.firm, name="firm"),
    path("firm/<uuid:grant>/end", firm.end, name="end-delegation"),
    path("tokens/<uuid:token>/end", tokens.end, name="end-token"),
]
navigation = (
    Entry(_("People of the firm"), "firm", frozenset({Role.BROKER}), 80, own=True),
    Entry(_("API tokens"), "tokens", frozenset(Role), 90, own=True),
)
