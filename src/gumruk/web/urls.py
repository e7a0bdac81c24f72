"""Addresses of the pages."""

from __future__ import annotations

from django.urls import URLPattern, path

from gumruk.web import health, views, visits
from gumruk.web.prints import views as prints

urlpatterns: list[URLPattern] = [
    path("", views.home, name="home"),
    path("sign-in", visits.sign_in, name="sign-in"),
    path("sign-out", visits.sign_out, name="sign-out"),
    path("language", visits.set_language, name="language"),
    path("declarations/new", views.make_draft, name="make-draft"),
    path("declarations/<uuid:declaration>", views.declaration, name="declaration"),
    path("declarations/<uuid:declaration>/save", views.save, name="save"),
    path("declarations/<uuid:declaration>/act", views.act, name="act"),
    path("declarations/<uuid:declaration>/amend", views.amend, name="amend"),
    path("declarations/<uuid:declaration>/copy", views.copy, name="copy"),
    path("declarations/<uuid:declaration>/replay", views.replay, name="replay"),
    path("declarations/<uuid:declaration>/print", prints.declaration, name="print-declaration"),
    path("declarations/<uuid:declaration>/assessment", prints.assessment, name="print-assessment"),
    path("receipts/<uuid:receipt>/print", prints.receipt, name="print-receipt"),
    path("verify/", prints.verify, name="verify"),
    path("verify/<str:code>", prints.verify, name="verify-code"),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
]
