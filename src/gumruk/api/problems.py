"""Refusals as problem details (RFC 9457): what kind, what happened, which code, which values."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse


def problem(request: HttpRequest, status: int, code: str, said: str, /, **values: Any) -> JsonResponse:
    """One refusal. `type` is stable for a code."""
    body = {
        "type": f"urn:gumruk:problem:{code}",
        "title": code.replace("_", " "),
        "status": status,
        "detail": said,
        "instance": request.path,
        "code": code,
        "values": values,
    }
    return JsonResponse(body, status=status, content_type="application/problem+json")
