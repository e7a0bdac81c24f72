"""What every page knows: who is signed in and which languages there are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    return {"person": getattr(request, "person", None)}
