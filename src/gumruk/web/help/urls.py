"""Addresses of help."""

from __future__ import annotations

from django.urls import URLPattern, path

from gumruk.web.help import errors, first_day, glossary, pages

urlpatterns: list[URLPattern] = [
    path("help", pages.index, name="help"),
    path("help/boxes", pages.all_boxes, name="help-boxes"),
    path("help/boxes/<str:number>", pages.one_box, name="help-box"),
    path("help/fields/<path:path>", pages.one_field, name="help-field"),
    path("help/errors", errors.errors, name="help-errors"),
    path("help/errors/<str:code>", errors.error, name="help-error"),
    path("help/glossary", glossary.words, name="help-glossary"),
    path("help/first-day", first_day.first_day, name="first-day"),
    path("help/first-day/draft", first_day.draft, name="first-day-draft"),
    path("help/first-day/<slug:act>", first_day.change, name="first-day-act"),
]
