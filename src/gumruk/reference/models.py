"""Reference rows that change daily. Code lists are law: `lawbook` keeps them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gumruk.toolkit.rows import Row


class ExchangeRate(Row):
    """One version of the official rate of a currency for one day: `rate` TJS for `per` units.

    Never changed but for its status: a trigger of the database refuses anything else, and deletion.
    """

    class Status(models.TextChoices):
        STANDING = "standing"
        PROPOSED = "proposed"
        REFUSED = "refused"
        SUPERSEDED = "superseded"

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per = models.PositiveIntegerField()
    rate = models.DecimalField(max_digits=14, decimal_places=6)
    source = models.CharField(max_length=120)
    confidence = models.CharField(max_length=12)
    published_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.STANDING)
    reason = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.UUIDField(null=True)
    entered_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_by_name = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day"], condition=Q(status="standing"), name="one_standing_rate_a_day"
            ),
            models.UniqueConstraint(
                fields=["currency", "day"], condition=Q(status="proposed"), name="one_correction_at_a_time"
            ),
            models.UniqueConstraint(fields=["currency", "day", "version"], name="rate_version_once"),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & Q(per__in=[1, 10, 100, 1000, 10000]), name="rate_makes_sense"
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("entered_by")), name="two_persons_correct"
            ),
        ]
        indexes = [models.Index(fields=["day", "currency"], name="rate_day")]


class KeptSheet(Row):
    """A sheet that a person uploaded for a preview, kept until it is used or a day has passed."""

    name = models.CharField(max_length=200)
    data = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by"], name="one_kept_sheet_for_a_person")]
        indexes = [models.Index(fields=["at"], name="kept_sheet_age")]
