"""The only place that asks what time it is. Doors ask; services are told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Dushanbe")


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251


def law_day(moment: datetime) -> date:
    """The calendar day in the office's zone on which `moment` falls: the day whose law applies."""
    return moment.astimezone(OFFICE_ZONE).date()
