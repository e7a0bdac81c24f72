"""An XLSX workbook as tables of cells, with what is not read of it."""

from __future__ import annotations

from gumruk.exchange.sheets.table import MAX_COLUMNS, MAX_ROWS, Table
from gumruk.exchange.texts import printable
from gumruk.exchange.types import FileRefused, Note
from gumruk.toolkit.xlsx import Limits, WorkbookRefused, sheets_of

LIMITS = Limits(rows=MAX_ROWS, columns=MAX_COLUMNS)


def tables_of(data: bytes) -> tuple[list[Table], tuple[Note, ...]]:
    """The visible sheets of a workbook, and notes on those that are hidden. Raises FileRefused."""
    try:
        found = sheets_of(data, LIMITS)
    except WorkbookRefused as refused:
        values = {name: printable(value, 120) for name, value in refused.values.items()}
        raise FileRefused(refused.code, **values) from refused
    tables = [
        Table(printable(sheet.name), sheet.rows, since_1904=sheet.since_1904, broken=sheet.broken)
        for sheet in found
        if not sheet.hidden
    ]
    return tables, tuple(Note("sheet_hidden", (("sheet", printable(sheet.name)),)) for sheet in found if sheet.hidden)
