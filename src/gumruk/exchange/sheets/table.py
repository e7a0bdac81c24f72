"""A sheet as rows of cells, before anything is understood of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gumruk.exchange.limits import PROVED
from gumruk.toolkit.xlsx import Raw

MAX_ROWS = PROVED + 100  # room for a title and a head
MAX_COLUMNS = 300


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a sheet from its first row; `broken` names cells (row, column from 1) that hold no value, and why."""

    name: str
    rows: Sequence[Sequence[Raw]]
    comma_is_decimal: bool = False
    since_1904: bool = False
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
