"""Every address of the site. Each door keeps its own list."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", include("gumruk.api.urls")),
    path("", include("gumruk.web.urls")),
]
