"""Every print that was given out. Rows are only added."""

from __future__ import annotations

from django.db import models

from gumruk.documents.types import LANGUAGES, Form
from gumruk.toolkit.rows import PartRow


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
