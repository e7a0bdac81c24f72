"""Acts that wait for a second person. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gumruk.toolkit.rows import PartRow


class ProposedAct(PartRow):
    """An act on a declaration that one official proposed and another has to confirm or refuse."""

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        CONFIRMED = "confirmed"
        REFUSED = "refused"
        OVERTAKEN = "overtaken"  # the declaration went on without it

    act = models.CharField(max_length=30)
    said = models.JSONField(default=dict)
    registration = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=1000)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["root", "act", "month"], name="one_proposed_act_waits", condition=Q(outcome="waiting")
            ),
            models.CheckConstraint(
                condition=~Q(outcome="confirmed") | ~Q(by=models.F("decided_by")), name="confirmed_by_another"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-id"], name="proposed_act_waits", condition=Q(outcome="waiting")),
            models.Index(fields=["root", "-id"], name="proposed_act_root"),
        ]
