"""How long a signed-in person may do nothing. The moment at which a session ends stands in it and moves on with each
visit, at most once a minute; pages that refresh themselves do not count as visits. The period is a dated setting; while
it says nothing, a session lives as long as its cookie."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gumruk.law.day import ParameterUnknown
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import LawbookRefused
from gumruk.toolkit.clock import law_day

ENDS, TOUCHED = "ends_at", "touched_at"
NOTED_EVERY = timedelta(minutes=1)


def minutes(name: str, at: datetime) -> int:
    """A setting in minutes on the day; 0 when it says nothing."""
    try:
        return int(str(lawbook.on(law_day(at)).value(name)))
    except (LawbookRefused, ParameterUnknown, ValueError):
        return 0


def touch(session: Any, at: datetime) -> None:
    """Somebody is there: the end moves on."""
    touched = session.get(TOUCHED)
    if touched and at < datetime.fromisoformat(touched) + NOTED_EVERY:
        return
    period = minutes("session_minutes", at)
    session[TOUCHED] = at.isoformat()
    session[ENDS] = (at + timedelta(minutes=period)).isoformat() if period else ""


def left(session: Any, at: datetime) -> int | None:
    """Seconds until the session ends by itself, at least 0; None when it does not."""
    ends = session.get(ENDS)
    return max(0, int((datetime.fromisoformat(ends) - at).total_seconds())) if ends else None
