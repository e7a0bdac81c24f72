"""The inbox of firms. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import PartRow


class Notice(PartRow):
    """One thing that a firm was told; the event makes it count once."""

    party = models.CharField(max_length=17)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True)
    event = models.UUIDField()
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "party", "month"], name="notice_once")]
        indexes = [
            models.Index(fields=["party", "-id"], name="notice_inbox"),
            # Each page of a broker asks how many are unread; the read ones, which are nearly all, are not in it.
            models.Index(fields=["party", "-id"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]
