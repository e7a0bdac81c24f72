"""Whether the program lives, and whether it can do its work. Cheap, without sign-in, without personal data or secrets."""

from __future__ import annotations

import shutil
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock, jobs, schema

LEAST_FREE_MB = 200


@require_safe
def alive(_: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"alive": True})


@require_safe
def ready(_: HttpRequest) -> JsonResponse:
    """Whether the database answers with the tables of this version, the law is loaded and the disk has room.

    How far the jobs are behind is told beside it, and does not make the site unready: pages still work.
    """
    free = shutil.disk_usage(settings.ENVIRONMENT.state).free // 1_000_000
    said: dict[str, Any] = {"disk": free >= LEAST_FREE_MB, "disk_free_mb": free}
    said |= _database()
    well = all(value is not False for value in said.values())
    return JsonResponse({"ready": well, **said}, status=200 if well else 503)


def _database() -> dict[str, Any]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = len(schema.pending())
        if missing:
            return {"database": True, "schema": False, "migrations_pending": missing}
        behind, law = jobs.health(), lawbook.head() > 0
    except DatabaseError:
        return {"database": False}
    lag = (clock.now() - behind.oldest_event).total_seconds() if behind.oldest_event else 0.0
    counts = {
        "jobs_waiting": behind.waiting,
        "jobs_failed": behind.failed,
        "outbox_lag_seconds": round(max(0.0, lag), 1),
    }
    return {"database": True, "schema": True, "migrations_pending": 0, "law": law, **counts}
