"""Tables of figures. Every row can be counted anew from what other contexts hold."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from gumruk.toolkit.rows import Row


class Cell(Row):
    """The sums of one subject at one office (empty: all) on one day or in one month, for a direction and a regime.

    Three lists of equal length say which keys there are, how many of each, and how much: one row in place of hundreds.
    """

    class Span(models.TextChoices):
        DAY = "day"
        MONTH = "month"

    office = models.CharField(max_length=12, blank=True)
    span = models.CharField(max_length=5, choices=Span.choices)
    day = models.DateField()
    subject = models.CharField(max_length=12)
    direction = models.CharField(max_length=2, blank=True)
    regime = models.CharField(max_length=20, blank=True)
    keys = ArrayField(models.TextField())
    counts = ArrayField(models.BigIntegerField())
    amounts = ArrayField(models.DecimalField(max_digits=24, decimal_places=2))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "span", "day", "subject", "direction", "regime"], name="figure_cell_once"
            ),
        ]
        indexes = [models.Index(fields=["span", "day", "office"], name="figure_cell_day")]


class Progress(models.Model):
    """How far the figures are: what was written before `read_to` is counted. One row."""

    read_to = models.DateTimeField()
    counted_at = models.DateTimeField()
