"""Around each request: an id that the answer carries, and one line in the log when it is finished. No addresses, no names."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.functional import SimpleLazyObject, empty

from gumruk.toolkit import logs
from gumruk.toolkit.text import is_plain

HEADER = "X-Request-ID"
_QUIET = ("healthz", "readyz")  # asked every few seconds by machines


class RequestLog:
    """Logs `request_finished` with method, route, status, milliseconds and the person's id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        with logs.answering(request.headers.get(HEADER, "")) as chosen:
            answer = self.get_response(request)
            answer[HEADER] = chosen
            route = route_of(request)
            if route not in _QUIET:
                logs.event(
                    "request_finished", method=request.method, route=route, status=answer.status_code,
                    ms=round((time.monotonic() - began) * 1000), person=person_id(request),
                )  # fmt: skip
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """What no view expected: its kind and place."""
        logs.trouble("request_failed", error, method=request.method, route=route_of(request))


class PlainText:
    """Refuses addresses and forms whose text no database can hold, before any view sees them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = [request.path, *(value for values in request.GET.lists() for value in (values[0], *values[1]))]
        # The API reads its own bodies; forms of pages are read here once.
        if request.method == "POST" and not request.path.startswith("/api/"):
            asked += [value for values in request.POST.lists() for value in (values[0], *values[1])]
        if not is_plain(asked):
            raise BadRequest("text holds a NUL or half a character")
        return self.get_response(request)


class Compressed(GZipMiddleware):
    """Compresses text on its way: links to posts are thin. Images, prints and fonts are compressed by their nature.

    Secrets in pages are masked anew each time, and the framework pads what it compresses, so that lengths tell nothing.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "").partition(";")[0]
        if kind.startswith("text/") or kind.endswith(("json", "xml", "javascript")):
            return super().process_response(request, response)
        return response


def route_of(request: HttpRequest) -> str:
    """The name of the address, or its pattern: never the address itself, which may hold what somebody typed."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else ""


def person_id(request: HttpRequest) -> str:
    """The id of the person when the answer needed to know who asks; reading it costs no query."""
    person = getattr(request, "person", None)
    if isinstance(person, SimpleLazyObject) and person.__dict__.get("_wrapped", empty) is empty:
        return ""
    return str(getattr(person, "id", "") or "")
