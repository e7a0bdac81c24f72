"""Addresses of the printed forms and of the verify page."""

from __future__ import annotations

from django.urls import URLPattern, path

from gumruk.web.prints import views

urlpatterns: list[URLPattern] = [
    path("prints/declaration/<uuid:declaration>", views.declaration, name="print-declaration"),
    path("prints/assessment/<uuid:declaration>", views.assessment, name="print-assessment"),
    path("prints/release/<uuid:declaration>", views.release, name="print-release"),
    path("prints/inspection/<uuid:declaration>/<uuid:report>", views.inspection, name="print-inspection"),
    path("prints/receipt/<uuid:receipt>", views.receipt, name="print-receipt"),
    path("verify/", views.verify, name="verify"),
    path("verify/<str:code>", views.verify, name="verify-code"),
]
