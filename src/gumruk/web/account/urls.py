"""Addresses of a person's own pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from gumruk.web.account import password, tokens

urlpatterns: list[URLPattern] = [
    path("password", password.password, name="password"),
    path("tokens", tokens.tokens, name="tokens"),
    path("tokens/<uuid:token>/end", tokens.end, name="end-token"),
]
