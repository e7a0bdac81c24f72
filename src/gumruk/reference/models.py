"""Reference rows that change daily. Code lists are read from the shipped law for now."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gumruk.toolkit.rows import Row


class ExchangeRate(Row):
    """The official rate of a currency for one day: `rate` TJS for `per` units."""

    currency = models.CharField(max_length=3)
    day = models.DateField()
    per = models.PositiveIntegerField()
    rate = models.DecimalField(max_digits=14, decimal_places=6)
    source = models.CharField(max_length=120)
    confidence = models.CharField(max_length=12)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="one_rate_a_day"),
            models.CheckConstraint(
                condition=Q(rate__gt=0) & Q(per__in=[1, 10, 100, 1000, 10000]), name="rate_makes_sense"
            ),
        ]
