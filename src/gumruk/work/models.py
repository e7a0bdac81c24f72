"""Saved views and hand-overs. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gumruk.toolkit.rows import RootRow, Row
from gumruk.work.types import NAME_LENGTH


class SavedView(Row):
    """One view of the queue that a person keeps. Their own affair: it is deleted when they delete it."""

    person = models.UUIDField()
    name = models.CharField(max_length=NAME_LENGTH)
    asked = models.CharField(max_length=500, blank=True)
    start = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="view_named_once"),
            models.UniqueConstraint(fields=["person"], condition=Q(start=True), name="one_start_view"),
        ]


class HandOver(RootRow):
    """One shift that ended, with what was handed over. Never changed, but for the moment it was seen."""

    giver = models.UUIDField()
    giver_name = models.CharField(max_length=200)
    receiver = models.UUIDField(null=True)
    receiver_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=1000)
    declarations = models.JSONField(default=list)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["receiver", "-id"], condition=Q(seen_at__isnull=True), name="hand_over_unseen"),
            models.Index(fields=["office", "-at"], name="hand_over_office"),
        ]
