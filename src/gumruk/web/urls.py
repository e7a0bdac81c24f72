"""Addresses of the pages: those every page needs, then what each sub-package brings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from gumruk.web import health, home, visits
from gumruk.web.navigation import gathered

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("sign-in", visits.sign_in, name="sign-in"),
    path("sign-in-as", visits.sign_in_as, name="sign-in-as"),
    path("session", visits.session, name="session"),
    path("sign-out", visits.sign_out, name="sign-out"),
    path("language", visits.set_language, name="language"),
    path("keys", visits.set_keys, name="keys"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    *gathered(),
]
