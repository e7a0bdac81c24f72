"""Answers of the framework under /api/ as problem details: an address that is not there, a method that it has not."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from gumruk.api.problems import problem

ROOT = "/api/"
CODES = {404: "path_unknown", 405: "method_not_allowed", 500: "server_error"}


class Contract:
    """Every refusal of the API has one form, also those made before or after the API itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A body that is too large is met when it is read, inside a view."""
        if isinstance(error, RequestDataTooBig) and request.path.startswith(ROOT):
            limit = f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB"
            return problem(request, 413, "body_too_large", limit=limit)
        return None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        code = CODES.get(answer.status_code)
        if (
            code is None
            or not request.path.startswith(ROOT)
            or answer.get("Content-Type") == "application/problem+json"
        ):
            return answer
        allowed = answer.get("Allow", "")
        said = problem(request, answer.status_code, code, path=request.path, method=request.method, allowed=allowed)
        if allowed:
            said["Allow"] = allowed
        return said
