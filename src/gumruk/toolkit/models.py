"""The outbox of events for others, keys of repeated requests, serial numbers without gaps, acts of administration."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import Row


class OutboxEvent(Row):
    """One thing that happened and that others must hear of after the transaction commits."""

    name = models.CharField(max_length=80)
    root = models.UUIDField(null=True)
    office = models.CharField(max_length=12)
    payload = models.JSONField()
    happened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="outbox_waiting", condition=models.Q(sent_at__isnull=True)),
        ]


class Delivery(Row):
    """The note that one listener was told of one event, written with the effect it had there."""

    event = models.UUIDField()
    listener = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "listener"], name="told_once")]


class IdempotencyKey(Row):
    """A request that a client marked so that repeating it has no second effect; the answer is kept."""

    client = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    status = models.IntegerField(null=True)
    answer = models.JSONField(null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="idempotency_key_once")]


class Serial(models.Model):
    """The last number given of a kind, at an office, in a year. Locked while the next is given: no gaps."""

    kind = models.CharField(max_length=20)
    office = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "office", "year"], name="serial_once")]


class JobFailure(Row):
    """One time that a job failed: the kind of error and the place in the program; no text, which may quote people."""

    job = models.BigIntegerField()
    task = models.CharField(max_length=128)
    attempt = models.IntegerField()
    error = models.CharField(max_length=80)
    place = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["job", "-id"], name="failure_of_job")]


class AdministrativeAct(Row):
    """One act of administration: who did what to whom, before and after, and why. Written once; the database refuses more."""

    name = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200, blank=True)
    office = models.CharField(max_length=12, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    subject_name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "-id"], name="administered_subject"),
            models.Index(fields=["name", "-id"], name="administered_act"),
            models.Index(fields=["by", "-id"], name="administered_by"),
            models.Index(fields=["office", "-id"], name="administered_office"),
            models.Index(fields=["at"], name="administered_at"),
        ]
