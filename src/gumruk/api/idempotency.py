"""A request with an Idempotency-Key has its effect once: the same key gives the kept answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Schema

from gumruk.api.access import in_sandbox, person_of
from gumruk.toolkit import clock
from gumruk.toolkit.models import IdempotencyKey

Answer = tuple[int, Schema]


LONGEST = 80


class KeyReused(Exception):
    """The key was used before with another request."""


class KeyTooLong(Exception):
    """The key is longer than what is kept of it."""


def once(request: HttpRequest, act: Callable[[], Answer], said: bytes | None = None) -> HttpResponse:
    """The answer of `act`, or the one kept under the request's key. Both are written in one transaction.

    Safe to run twice at once: the second request waits for the row of the first. Raises KeyReused, KeyTooLong.
    A person's sandbox and real calls have keys of their own. `said` stands for the body where it was read in parts.
    """
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > LONGEST:
        raise KeyTooLong(key[:LONGEST])
    if not key:
        status, answered = act()
        return JsonResponse(answered.model_dump(mode="json"), status=status)
    digest = hashlib.sha256(
        f"{request.method} {request.get_full_path()}\n".encode() + (request.body if said is None else said)
    ).hexdigest()
    client = f"{person_of(request).id}:{'sandbox' if in_sandbox(request) else 'real'}"
    with transaction.atomic():
        fresh = IdempotencyKey(client=client, key=key, request_hash=digest, made_at=clock.now())
        IdempotencyKey.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = IdempotencyKey.objects.select_for_update().get(client=client, key=key)
        if kept.request_hash != digest:
            raise KeyReused(key)
        if kept.status is None:
            kept.status, answered = act()
            kept.answer = answered.model_dump(mode="json")
            kept.save()
        return JsonResponse(dict(kept.answer or {}), status=kept.status)
