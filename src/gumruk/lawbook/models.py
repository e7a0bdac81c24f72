"""The law as dated rows recorded by change set, drafts beside them, and what was loaded from files."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from gumruk.toolkit.rows import Row


class ChangeSet(Row):
    """One change of law, from draft to publication. Its number is given when it is published, without gaps."""

    class Status(models.TextChoices):
        DRAFT = "draft"
        APPROVED = "approved"
        PUBLISHING = "publishing"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    class Origin(models.TextChoices):
        SHIPPED = "shipped"
        DEMO = "demo"
        EDITED = "edited"
        IMPORTED = "imported"

    number = models.PositiveIntegerField(null=True, unique=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    title = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    act = models.CharField(max_length=80, blank=True)
    author = models.UUIDField(null=True)
    author_name = models.CharField(max_length=60)
    approver = models.UUIDField(null=True)
    approver_name = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField(null=True)  # since when an approver is asked; an edit takes it back
    content_hash = models.CharField(max_length=64, blank=True)
    checked_head = models.PositiveIntegerField(null=True)
    checked_content = models.CharField(max_length=64, blank=True)
    checked_at = models.DateTimeField(null=True)
    faults = models.JSONField(default=list)
    impact = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["status", "-id"], name="change_set_status")]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, status__in=["draft", "approved", "withdrawn"])
                | Q(number__isnull=False, status__in=["publishing", "published"]),
                name="numbered_when_published",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | Q(author__isnull=True) | ~Q(approver=F("author")),
                name="two_people_change_law",
            ),
        ]


class Entry(Row):
    """One statement of law: valid in days, recorded in numbers of change sets. Only ever closed, never changed."""

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=120)
    valid = DateRangeField()
    recorded = IntegerRangeField()
    body = models.JSONField()
    cites = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="entry_has_a_key"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False, recorded__isempty=False),
                name="entry_has_a_time",
            ),
            ExclusionConstraint(
                name="one_entry_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(F("kind"), F("key"), Func(F("valid"), function="lower").desc(), name="entry_look_up"),
        ]


class DraftEntry(Row):
    """What a change set says about one key for a time: the entry that is to hold, or (without body) that none does."""

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=120)
    valid = DateRangeField()
    body = models.JSONField(null=True)
    cites = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    confidence = models.CharField(max_length=12, blank=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(key="") & ~Q(kind=""), name="draft_has_a_key"),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__startswith__isnull=False), name="draft_has_a_time"
            ),
            ExclusionConstraint(
                name="one_change_at_a_time",
                expressions=[
                    ("change_set", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Remark(Row):
    """Words that a person left on a change set: asked for approval, sent back. Never changed."""

    class What(models.TextChoices):
        ASKED = "asked"
        SENT_BACK = "sent_back"

    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, related_name="remarks")
    what = models.CharField(max_length=12, choices=What.choices)
    words = models.TextField(blank=True)
    by = models.UUIDField()
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()


class Load(Row):
    """What files of one name said when they were last loaded: the base against which changed files are compared."""

    name = models.CharField(max_length=12)
    content_hash = models.CharField(max_length=64)
    said = models.JSONField()
    change_set = models.ForeignKey(ChangeSet, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name", "-id"], name="load_newest")]
