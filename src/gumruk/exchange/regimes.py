"""The customs regime that a requested procedure belongs to, by the list of regimes: files name only the procedure."""

from __future__ import annotations

from collections.abc import Iterable

from gumruk.exchange.types import Note
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content


def regime_of(direction: str, procedure: str) -> str:
    """The one regime of this direction with this requested procedure (two digits); empty when none or several."""
    found = [
        code
        for code, row in lawbook.code_rows("regime").items()
        if procedure and row.get("procedure") == procedure[:2] and direction in ("", row.get("direction"))
    ]
    return found[0] if len(found) == 1 else ""


def fill_regime(content: Content) -> Iterable[Note]:
    """Put the regime into content when all its items ask for the same one."""
    procedures = {item.get("procedure", "")[:2] for item in content.get("items", [])}
    if content.get("regime") or len(procedures) != 1:
        return
    procedure = procedures.pop()
    regime = regime_of(content.get("direction", ""), procedure)
    if regime:
        content["regime"] = regime
        yield Note("regime_from_procedure", (("procedure", procedure),))
