"""The shipped law straight from files: what `gumruk calc` uses without a database, and change set 1 of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from gumruk.law.day import Law
from gumruk.law.types import ExchangeRate
from gumruk.lawbook import files
from gumruk.lawbook.snapshot import Snapshot
from gumruk.rules.checks import Checks

CHANGE_SET = 1


@cache
def snapshot(*, demo: bool = True) -> Snapshot:
    """The whole shipped law; `demo` adds the invented rows."""
    return Snapshot(CHANGE_SET, [*files.entries(), *(files.entries(files.DEMO) if demo else ())])


def checks_on(day: date) -> Checks:
    """The format-logical rules that hold on `day`."""
    return snapshot().checks_on(day)


def ruleset(day: date) -> str:
    """Hash over everything that holds on `day` and over the engine."""
    return snapshot().epoch(day).ruleset


def on(day: date, *, exchange: Iterable[ExchangeRate] = (), demo: bool = True) -> Law:
    """The law of `day`. `exchange` are the official rates of that same day; `demo` adds the invented tariff."""
    return snapshot(demo=demo).on(day, exchange)
