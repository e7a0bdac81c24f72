"""One request sees one law: the newest change set is asked for once, when something first needs it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gumruk.lawbook import selectors


class OneLaw:
    """Wraps each request in `selectors.steady`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with selectors.steady():
            return self.get_response(request)
