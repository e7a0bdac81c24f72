"""Whether the program lives, and whether it can do its work. Cheap, without sign-in, without personal data."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gumruk.lawbook import files


@require_safe
def alive(_: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_safe
def ready(_: HttpRequest) -> JsonResponse:
    """The database answers and the law is loaded."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    law = bool(files.formulas())
    return JsonResponse({"database": database, "law": law}, status=200 if database and law else 503)
