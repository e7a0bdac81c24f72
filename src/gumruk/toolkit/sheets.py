"""Sheets as they come from offices: CSV or XLSX bytes to rows of text, and rows of text back to a workbook.

Knows no columns: whoever reads a sheet says what its headings mean. Every cell comes out as text in one form of each
letter. What is hostile or unreadable is refused with a reason, never half-read.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font, PatternFill

from gumruk.toolkit.text import folded, nfc
from gumruk.toolkit.xlsx import Limits, WorkbookRefused, sheets_of

LIMIT = 20_000_000
UNPACKED_LIMIT = 400_000_000
ROWS_LIMIT = 200_000
COLUMNS_LIMIT = 200
Row = tuple[str, ...]


class SheetRefused(Exception):
    """The file is no sheet that can be read. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


def read_sheet(data: bytes) -> list[Row]:
    """Every row of a CSV file or of the first sheet of an XLSX workbook; empty cells are empty text.

    Raises SheetRefused `too_large`, `empty`, `old_excel`, `not_a_workbook`, `encoding`, `not_csv`, `too_many_rows`,
    `too_many_columns`.
    """
    if len(data) > LIMIT:
        raise SheetRefused("too_large", limit=f"{LIMIT // 1_000_000} MB")
    if not data.strip():
        raise SheetRefused("empty")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetRefused("old_excel")
    rows = _workbook(data) if data.startswith(b"PK") else _csv(_decoded(data))
    if not rows:
        raise SheetRefused("empty")
    return rows


def _limited(row: Sequence[Any], number: int) -> None:
    if number > ROWS_LIMIT:
        raise SheetRefused("too_many_rows", limit=str(ROWS_LIMIT))
    if len(row) > COLUMNS_LIMIT:
        raise SheetRefused("too_many_columns", limit=str(COLUMNS_LIMIT))


def _workbook(data: bytes) -> list[Row]:
    limits = Limits(ROWS_LIMIT, COLUMNS_LIMIT, packed=LIMIT, unpacked=UNPACKED_LIMIT, tags=40_000_000)
    try:
        sheets = sheets_of(data, limits)
    except WorkbookRefused as refused:
        code = {"bomb": "too_large", "too_large": "too_large"}.get(refused.code, "not_a_workbook")
        if refused.code.startswith("too_many"):
            raise SheetRefused(refused.code, **refused.values) from refused
        limit = {"limit": f"{UNPACKED_LIMIT // 1_000_000} MB"} if code == "too_large" else {}
        raise SheetRefused(code, **limit) from refused
    visible = [sheet for sheet in sheets if not sheet.hidden]
    return [tuple(_text(cell) for cell in row) for row in visible[0].rows] if visible else []


def _text(cell: Any) -> str:
    """A cell as a person sees it. A workbook keeps numbers as binary fractions; the shortest text is what was typed."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return format(int(cell), "d") if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ")
    if isinstance(cell, (date, time, timedelta)):
        return str(cell)
    return nfc(str(cell)).strip()


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        # Windows-1251 holds no Tajik letters: a file saved so has lost them already, so it is not read.
        raise SheetRefused("encoding") from wrong


def _csv(text: str) -> list[Row]:
    if "\0" in text:
        raise SheetRefused("not_csv", line="1")
    first = text.lstrip().partition("\n")[0]
    separator = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            _limited(cells, number)
            rows.append(tuple(nfc(cell).strip() for cell in cells))
    except csv.Error as wrong:
        raise SheetRefused("not_csv", line=str(reader.line_num)) from wrong
    return rows


def write_sheet(
    rows: Iterable[Sequence[str]],
    *,
    marked: frozenset[int] = frozenset(),
    widths: Sequence[int] = (),
    numbers: frozenset[int] = frozenset(),
) -> bytes:
    """A workbook of text cells; the first row is the heading, rows whose place is in `marked` are coloured.

    Every cell is text: a code keeps its leading zeros, and nothing that a sender wrote becomes a formula. Only in the
    columns `numbers`, by their place, what is a plain number is one.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for place, width in enumerate(widths):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]].width = width
    wrong, heading = PatternFill("solid", fgColor="FFFBD9D3"), Font(bold=True)
    for number, row in enumerate(rows):
        cells = []
        for column, value in enumerate(row):
            number_said = number_in(value.removeprefix("-")) if column in numbers and number else None
            if number_said is not None:
                cells.append(WriteOnlyCell(sheet, value=-number_said if value.startswith("-") else number_said))
                continue
            cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767])
            cell.data_type = "s"
            if number == 0:
                cell.font = heading
            elif number in marked:
                cell.fill = wrong
            cells.append(cell)
        sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def number_in(text: str) -> Decimal | None:
    """The number that a cell says, with a decimal comma or point and spaces between thousands; None when it is none.

    `1,234.50` and `1.234,50` are refused: one cannot tell which sign is which without guessing.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    return Decimal(_SPACES.sub("", text).replace(",", "."))


def day_in(text: str) -> date | None:
    """The day that a cell says: `2026-11-25`, `25.11.2026`, `25/11/2026`; None when it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def whole_in(text: str) -> int | None:
    """The whole number that a text says in plain digits, nine at most; None when it says none."""
    said = text.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else None


_SPACES = re.compile(r"[ \u00a0\u202f]")
_NUMBER = re.compile(
    r"[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})*(?:[.,][0-9]{1,30})?|[0-9]{1,30}(?:[.,][0-9]{1,30})?", re.ASCII
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})", re.ASCII)


def heading_in(
    rows: Sequence[Row], aliases: Mapping[str, Iterable[str]], needed: Iterable[str], *, within: int = 20
) -> tuple[int, dict[str, int]]:
    """Where the heading stands and which column each name of `aliases` has.

    Raises SheetRefused `no_heading` with the columns that were not found, `heading_twice`.
    """
    names = {_plain(alias): name for name, words in aliases.items() for alias in (name, *words)}
    missing = sorted(needed)
    for place, row in enumerate(rows[:within]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = names.get(_plain(cell))
            if name is None:
                continue
            if name in columns:
                raise SheetRefused("heading_twice", column=cell)
            columns[name] = column
        left = sorted(set(needed) - columns.keys())
        if not left:
            return place, columns
        missing = min(missing, left, key=len)
    raise SheetRefused("no_heading", columns=", ".join(missing))


def _plain(text: str) -> str:
    """A heading without case, accents, signs and double spaces."""
    return " ".join(re.sub(r"[^\w%]+", " ", folded(text).replace("_", " ")).split())
