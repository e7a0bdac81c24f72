"""The shipped law of a day, straight from files: what `gumruk calc` uses without a database, and change set 1 of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from gumruk.law.day import Law
from gumruk.law.types import ExchangeRate
from gumruk.lawbook import files
from gumruk.rules.checks import Checks, compile_checks
from gumruk.rules.duty import ENGINE_VERSION

CHANGE_SET = 1


@lru_cache(maxsize=64)
def checks_on(day: date) -> Checks:
    """The format-logical rules that hold on `day`."""
    return compile_checks(files.check_rules(), files.form(), day)


@lru_cache(maxsize=64)
def ruleset(day: date) -> str:
    """Hash over the rules, formula texts and engine version that a result of `day` was computed with."""
    parts = [
        ENGINE_VERSION,
        checks_on(day).hash,
        *(f"{f.kind}={f.text}" for f in files.formulas() if f.holds_on(day)),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def on(day: date, *, exchange: Iterable[ExchangeRate] = (), demo: bool = True) -> Law:
    """The law of `day`. `exchange` are the official rates of that same day; `demo` adds the invented tariff."""
    lists = files.code_lists()
    return Law.build(
        day=day,
        change_set=CHANGE_SET,
        ruleset=ruleset(day),
        measures=files.measures(demo=demo),
        formulas=files.formulas(),
        exchange=exchange,
        brackets=files.brackets(demo=demo),
        areas=files.areas(),
        codes={name: codes.keys() for name, codes in lists.items()},
        attributes=lists,
        quotas=files.quotas(demo=demo),
    )
