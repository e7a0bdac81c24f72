"""The inbox of firms. Private: others use selectors and services."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import PartRow, Row


class Notice(PartRow):
    """One thing that a firm was told; the event makes it count once."""

    party = models.CharField(max_length=17)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True)
    event = models.UUIDField()
    happened_at = models.DateTimeField()
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "party", "month"], name="notice_once")]
        indexes = [
            models.Index(fields=["party", "-id"], name="notice_inbox"),
            # Each page of a broker asks how many are unread; the read ones, which are nearly all, are not in it.
            models.Index(fields=["party", "-id"], condition=models.Q(read_at__isnull=True), name="notice_unread"),
        ]


class MailText(Row):
    """The text of one kind of mail in one language, as the service wrote it; without a row the shipped text counts."""

    kind = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "language"], name="mail_text_once")]


class MailChoice(Row):
    """Whether a person wants mail of one kind; without a row it is sent."""

    user = models.UUIDField()
    kind = models.CharField(max_length=80)
    wanted = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mail_choice_once")]


class Mail(PartRow):
    """One mail about one notice to one person: sent once or not at all. The address is looked up when it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        UNSURE = "unsure"  # the program died while it was sent: nobody knows, so it is not sent again
        DROPPED = "dropped"  # no address any more

    notice = models.UUIDField()
    user = models.UUIDField()
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user", "month"], name="mail_once")]
