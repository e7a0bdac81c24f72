"""What every stored row has in common, so that posts and the centre can both write and tables can be split.

An aggregate's root carries its own id, the office that owned it at creation and its creation month; every row that
belongs to it carries the same three. None of them ever changes. Ids are UUIDv7: they sort by time and need no centre.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime

import uuid_utils
from django.db import models

from gumruk.toolkit import clock


def new_id() -> uuid.UUID:
    """A fresh UUIDv7."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


def month_of(moment: datetime) -> date:
    """The first day of the month, in the office's zone, that `moment` falls in."""
    return clock.law_day(moment).replace(day=1)


class Row(models.Model):
    """A row with a UUIDv7 key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True


class RootRow(Row):
    """The root of an aggregate."""

    office = models.CharField(max_length=12)
    month = models.DateField()

    class Meta:
        abstract = True


class PartRow(Row):
    """A row that belongs to an aggregate; `root` is the id of its root row."""

    root = models.UUIDField()
    office = models.CharField(max_length=12)
    month = models.DateField()

    class Meta:
        abstract = True
