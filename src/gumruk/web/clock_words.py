"""Moments as short words, for pages and for answers of views."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime


def clock_time(at: datetime | None) -> str:
    """Hours and minutes in the office's zone."""
    return "" if at is None else localtime(at).strftime("%H:%M")
