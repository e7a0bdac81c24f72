"""Computes a stored assessment again and compares the bytes. Overwrites nothing."""

from __future__ import annotations

import uuid

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import assess, to_json
from gumruk.rules.form import read
from gumruk.tariff import selectors as tariff
from gumruk.tariff.types import Replay


def replay(*, declaration: uuid.UUID) -> Replay:
    """The newest stored assessment beside what the law of its day gives now. Raises ClearanceRefused `never_assessed`."""
    stored = tariff.latest(declaration=declaration)
    if stored is None:
        raise ClearanceRefused("never_assessed")
    content = declarations.version(declaration=declaration, number=stored.version).content
    law = lawbook.on(stored.day)
    now = assess(read(lawbook.form(), content).facts, lawbook.form(), law, quotas=stored.result.balances)
    return Replay(stored.result, now, to_json(stored.result) == to_json(now), stored.ruleset == law.ruleset)
