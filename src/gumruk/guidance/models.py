"""Guided ways. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import Row


class Walk(Row):
    """One person on one guided way; begun again it is the same row with a later beginning."""

    user = models.UUIDField()
    kind = models.CharField(max_length=20)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="walk_once")]
