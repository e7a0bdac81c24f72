"""Stored assessments. Never recomputed silently, never changed."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import PartRow


class Assessment(PartRow):
    """What was due on one version under the law of one day, as canonical bytes, with the keys that replay needs."""

    number = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    day = models.DateField()
    change_set = models.IntegerField()
    ruleset = models.CharField(max_length=64)
    engine = models.CharField(max_length=10)
    result = models.TextField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "month"], name="assessment_number_once")]
        indexes = [models.Index(fields=["root", "-id"], name="assessment_root")]
