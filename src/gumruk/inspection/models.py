"""Tables of inspection reports. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gumruk.inspection.types import Kind, Status
from gumruk.toolkit.rows import PartRow


class Report(PartRow):
    """One version of a report on a declaration. Once closed the database refuses to change what it says."""

    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    status = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Status])
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    assigned_to = models.UUIDField(null=True)
    assigned_name = models.CharField(max_length=200, blank=True)
    assigned_by = models.CharField(max_length=200, blank=True)
    assigned_note = models.CharField(max_length=500, blank=True)
    made_by = models.UUIDField()
    made_by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)
    closed_by_name = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    conform = models.BooleanField(null=True)
    hash = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)  # why a version replaces the one before it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["root", "number", "version", "month"], name="report_version_once"),
            models.CheckConstraint(
                condition=Q(status__in=["assigned", "draft"], closed_at__isnull=True, conform__isnull=True)
                | Q(status__in=["closed", "superseded"], closed_at__isnull=False, conform__isnull=False),
                name="report_closed_with_result",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "closed_at", "id"], name="report_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(
                fields=["assigned_to", "-id"],
                name="report_assigned",
                condition=Q(assigned_to__isnull=False, status__in=["assigned", "draft"]),
            ),
        ]


class Result(PartRow):
    """What a closed report found at one item, for figures and for risk. Rows are only added."""

    report = models.UUIDField()
    item = models.PositiveIntegerField()
    result = models.CharField(max_length=20)
    found = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "item", "month"], name="result_item_once")]
        indexes = [
            models.Index(fields=["root"], name="result_root"),
            models.Index(fields=["result", "-id"], name="result_code"),
        ]
