"""The Content-Security-Policy of every page: only what this site serves itself, nothing inline; nothing kept."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class ContentPolicy:
    """Adds the policy to each answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if not answer.has_header("Content-Security-Policy"):  # files, and pages that show them, have their own
            answer["Content-Security-Policy"] = POLICY
        # What a signed-in person saw is not left on a shared machine.
        known = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        if known and not answer.has_header("Cache-Control"):
            answer["Cache-Control"] = "private, no-store"
        return answer
