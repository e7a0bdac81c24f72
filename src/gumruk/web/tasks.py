"""The jobs of the pages, found by the worker through this module."""

from __future__ import annotations

from datetime import datetime

from gumruk.documents import ordering
from gumruk.toolkit import jobs
from gumruk.web.registers.tasks import make_register

__all__ = ["make_register"]


def forget_old_prints(at: datetime) -> int:
    """Large prints are kept for some days."""
    return ordering.forget_old(at)


jobs.every_hour("forget_old_prints", forget_old_prints)
