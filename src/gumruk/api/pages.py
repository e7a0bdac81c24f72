"""The description of the API as a page: made on the server from the OpenAPI description, without scripts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from ninja import NinjaAPI

from gumruk.api import describing, problems
from gumruk.exchange.refusals import REFUSALS


def reference(api: NinjaAPI) -> Any:
    """The view of the page."""

    def view(request: HttpRequest) -> HttpResponse:
        root = request.path.removesuffix("/docs")
        described = api.get_openapi_schema(path_prefix=root)
        language = get_language() or "en"
        sentences = {**REFUSALS, **problems.OF_THE_DOOR}
        return render(
            request,
            "api/reference.html",
            {
                "title": described["info"]["title"],
                "version": described["info"]["version"],
                "root": root,
                "groups": describing.groups(described, request.build_absolute_uri("/").rstrip("/")),
                "shapes": describing.shapes(described),
                "codes": [(code, sentences[code].in_language(language)) for code in sorted(sentences)],
            },
        )

    return view
