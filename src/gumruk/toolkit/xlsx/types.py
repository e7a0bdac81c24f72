"""What a workbook becomes, how far it may reach, and why one is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Raw = str | float | int | bool | date | datetime | time | timedelta
# Whether serials count from 1904, and the day before the first.
EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes packed and unpacked, entries, how much a part may shrink (from `ratio_from` bytes on), tags of a part, cells."""

    rows: int
    columns: int
    packed: int = 10_000_000
    unpacked: int = 120_000_000
    entries: int = 1_000
    ratio: int = 150  # a sheet of equal rows packs about sixty times
    ratio_from: int = 2_000_000
    tags: int = 8_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows from the first, as wide as the widest; empty cells are empty text. `broken` names cells (row, column from 1) that
    look filled and hold no value: `cell_error`, `formula_empty`, `merged`."""

    name: str
    rows: Sequence[Sequence[Raw]] = ()
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False
    since_1904: bool = False


class WorkbookRefused(Exception):
    """The bytes are no workbook that may be read: `not_xlsx`, `bomb`, `macros`, `hostile_xml`, `too_large`, `too_many_rows`,
    `too_many_columns`."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
