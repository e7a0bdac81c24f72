"""A request with an Idempotency-Key has its effect once: the same key gives the kept answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from gumruk.toolkit.models import IdempotencyKey

Answer = tuple[int, dict[str, Any]]


class KeyReused(Exception):
    """The key was used before with another request."""


def once(*, client: str, key: str, request: bytes, at: datetime, act: Callable[[], Answer]) -> Answer:
    """The answer of `act`, or the one kept under this key. Both are written in one transaction.

    Safe to run twice at once: the second request waits for the row of the first.
    """
    if not key:
        return act()
    digest = hashlib.sha256(request).hexdigest()
    with transaction.atomic():
        fresh = IdempotencyKey(client=client, key=key[:80], request_hash=digest, made_at=at)
        IdempotencyKey.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = IdempotencyKey.objects.select_for_update().get(client=client, key=key[:80])
        if kept.request_hash != digest:
            raise KeyReused(key)
        if kept.status is None:
            kept.status, kept.answer = act()
            kept.save()
        return kept.status, dict(kept.answer or {})
