"""Prints that were given out, and files that were handed in. Rows are only added; of an attachment only its end is written."""

from __future__ import annotations

from django.db import models

from gumruk.documents.types import LANGUAGES, Form, OrderState
from gumruk.toolkit.rows import PartRow, RootRow


class PrintedDocument(PartRow):
    """One print: what it says (by hash), the code it is verified by, and which copy it is. 0 is the original."""

    form = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Form])
    number = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=[(one, one) for one in LANGUAGES])
    content_hash = models.CharField(max_length=64)
    code = models.CharField(max_length=19)
    copy = models.PositiveIntegerField()
    facts = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "root", "version", "copy", "month"], name="copy_number_once")
        ]
        indexes = [
            models.Index(fields=["code"], name="print_code"),
            models.Index(fields=["root", "form", "-id"], name="print_root"),
        ]


class StoredBytes(models.Model):
    """The bytes of a file, kept once under their SHA-256 whoever handed them in. Never changed, never deleted."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="stored_bytes_not_empty")]


class Attachment(PartRow):
    """One use of a file: for which document of box 44, with which act, by whom; withdrawn or standing."""

    use = models.CharField(max_length=12)
    kind = models.CharField(max_length=17, blank=True)
    number = models.CharField(max_length=70, blank=True)
    date = models.DateField(null=True)
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    cautions = models.JSONField(default=list)
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    replaces = models.UUIDField(null=True)
    version = models.PositiveIntegerField(null=True)
    query = models.PositiveIntegerField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["root", "id"], name="attachment_root")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="attachment_withdrawn_by_somebody",
            )
        ]


class FileOpening(PartRow):
    """Somebody opened or took a file: who, when, which, by which door."""

    attachment = models.UUIDField()
    by = models.UUIDField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    door = models.CharField(max_length=8)

    class Meta:
        indexes = [models.Index(fields=["root", "-id"], name="opening_root")]


class PrintOrder(RootRow):
    """A large print that a job makes: how far it is, and the file once it is ready. Kept for some days only."""

    by = models.UUIDField()
    asked = models.JSONField()
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=[(one.value, one.value) for one in OrderState])
    done = models.PositiveIntegerField(default=0)
    whole = models.PositiveIntegerField(default=0)
    file = models.BinaryField(null=True)
    file_name = models.CharField(max_length=120, blank=True)
    ordered_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(file__isnull=False), name="ready_order_has_its_file"
            ),
        ]
        indexes = [models.Index(fields=["by", "-id"], name="print_order_by")]
