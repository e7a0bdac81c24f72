"""From the bytes of a sheet to a preview: every row, every fault, nothing written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gumruk.exchange.limits import most_items
from gumruk.exchange.sheets import csv_files, xlsx_files
from gumruk.exchange.sheets.cells import Reading, cell_text, read_cell
from gumruk.exchange.sheets.columns import Column, column_of_key, normal, recognise
from gumruk.exchange.sheets.table import Table
from gumruk.exchange.sheets.types import CellFault, HeaderCell, SheetPreview, SheetRow, letter_of
from gumruk.exchange.texts import printable
from gumruk.exchange.types import FileRefused, Note
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, Field
from gumruk.toolkit.xlsx import Raw

HEAD_WITHIN = 20
ITEM_SHEETS = {"items", "item", "goods", "молҳо", "мол", "товары", "товар"}
HEADER_SHEETS = {"declaration", "эъломия", "декларация"}
HELP_SHEETS = {"fields", "майдонҳо", "поля"}


def read_sheet(data: bytes) -> SheetPreview:
    """Everything that an XLSX or CSV file of items says, with its faults. Raises FileRefused when it is no such file."""
    if not data.strip():
        raise FileRefused("empty")
    if data.startswith(b"PK"):
        tables, notes = xlsx_files.tables_of(data)
        kind = "xlsx"
    else:
        table, notes = csv_files.table_of(data)
        tables, kind = [table], "csv"
    header = next((one for one in tables if normal(one.name) in HEADER_SHEETS), None)
    items, head = _items(tables, header)
    notes += tuple(_unread(tables, items, header))
    declaration, header_faults = _declaration(header) if header is not None else ({}, ())
    if items is None:
        if not declaration:
            raise FileRefused("no_header")
        return SheetPreview(kind, "", 0, (), (), header_faults, notes, declaration)
    cells, head_faults, unknown = _head(items, head)
    rows = tuple(_rows(items, head, cells))
    if len(rows) > (most := most_items()):
        raise FileRefused("too_many_items", limit=str(most))
    faults = (*header_faults, *head_faults)
    raw = tuple(tuple(row) for row in items.rows)
    return SheetPreview(kind, items.name, head + 1, cells, rows, faults, (*notes, *unknown), declaration, raw)


def _items(tables: Sequence[Table], header: Table | None) -> tuple[Table | None, int]:
    """The sheet of items, by its name or by the head it has, and the place of its head."""
    named = [one for one in tables if normal(one.name) in ITEM_SHEETS]
    others = [one for one in tables if one is not header and normal(one.name) not in HELP_SHEETS]
    for table in (*named, *others):
        head = _head_row(table)
        if head is not None:
            return table, head
    return None, 0


def _head_row(table: Table) -> int | None:
    """The row that names most columns; two at least, or all there are."""
    best, place = 0, None
    for number, row in enumerate(table.rows[:HEAD_WITHIN]):
        texts = [cell_text(cell) for cell in row if cell not in ("", None)]
        known = len({recognise(text) for text in texts} - {""})
        if known > best and (known >= 2 or known == len(texts)):
            best, place = known, number
    return place


def _unread(tables: Sequence[Table], items: Table | None, header: Table | None) -> Iterable[Note]:
    lists = {normal(name) for name in lawbook.code_list_names()}
    for table in tables:
        name = normal(table.name)
        if table not in (items, header) and name not in HELP_SHEETS | lists and table.rows:
            yield Note("sheet_unused", (("sheet", table.name),))


def _head(table: Table, head: int) -> tuple[tuple[HeaderCell, ...], tuple[CellFault, ...], tuple[Note, ...]]:
    cells: list[HeaderCell] = []
    faults: list[CellFault] = []
    notes: list[Note] = []
    seen: set[str] = set()
    for column, raw in enumerate(table.rows[head], start=1):
        text = printable(cell_text(raw).strip())
        key = recognise(text) if text else ""
        if text and not key:
            notes.append(Note("column_unused", (("letter", letter_of(column)), ("header", text))))
        if key in seen:
            faults.append(CellFault(head + 1, column, "column_twice", text))
            key = ""
        if key:
            seen.add(key)
        cells.append(HeaderCell(column, text, key))
    return tuple(cells), tuple(faults), tuple(notes)


def _rows(table: Table, head: int, cells: Sequence[HeaderCell]) -> Iterable[SheetRow]:
    columns = [(cell, found) for cell in cells if (found := column_of_key(cell.key)) is not None]
    way = Reading(_comma_is_decimal(table, head, columns), table.since_1904)
    for number, row in enumerate(table.rows[head + 1 :], start=head + 2):
        broken = {cell.column for cell, _ in columns if (number, cell.column) in table.broken}
        if any(cell not in ("", None) for cell in row) or any(
            table.broken[number, column] != "merged" for column in broken
        ):
            yield _row(table, number, row, columns, way)


def _row(
    table: Table, number: int, row: Sequence[Raw], columns: Sequence[tuple[HeaderCell, Column]], way: Reading
) -> SheetRow:
    item: Content = {}
    groups: dict[str, dict[int, dict[str, str]]] = {}
    faults: list[CellFault] = []
    for cell, column in columns:
        why = table.broken.get((number, cell.column))
        if why:
            faults.append(CellFault(number, cell.column, why, cell.text))
            continue
        raw = row[cell.column - 1] if cell.column <= len(row) else ""
        text, fault = read_cell(raw, column.field, way)
        if fault is not None:
            faults.append(CellFault(number, cell.column, fault.code, cell.text, fault.found, fault.limit))
        if not text:
            continue
        if column.group:
            groups.setdefault(column.group, {}).setdefault(column.number, {})[column.field.name] = text
        else:
            item[column.key] = text
    item |= {group: [rows[place] for place in sorted(rows)] for group, rows in groups.items()}
    return SheetRow(number, item, tuple(faults))


def _comma_is_decimal(table: Table, head: int, columns: Sequence[tuple[HeaderCell, Column]]) -> bool:
    """True when the delimiter says so, or a number of the sheet that can be read in one way only."""
    if table.comma_is_decimal:
        return True
    places = [cell.column - 1 for cell, column in columns if column.field.kind in ("integer", "decimal")]
    for row in table.rows[head + 1 :]:
        for place in places:
            text = cell_text(row[place]).strip() if place < len(row) else ""
            whole, comma, rest = text.rpartition(",")
            if comma and rest.isdigit() and "," not in whole and (len(rest) != 3 or whole.lstrip("-") == "0"):
                return True
    return False


def _declaration(table: Table) -> tuple[Content, tuple[CellFault, ...]]:
    """The sheet of the declaration: a field name or label in the first column, its value in the last that is filled."""
    content: Content = {}
    groups: dict[str, dict[int, dict[str, str]]] = {}
    faults: list[CellFault] = []
    way = Reading(since_1904=table.since_1904)
    for number, row in enumerate(table.rows, start=1):
        cells = [cell_text(cell).strip() for cell in row]
        if not cells or not cells[0] or normal(cells[0]) in ("field", "майдон", "поле"):
            continue
        column = 4 if len(cells) >= 4 else 2
        raw: Raw = row[column - 1] if len(row) >= column else ""
        path, field = _header_field(cells[0])
        if field is None:
            faults.append(CellFault(number, 1, "unknown_field", "", printable(cells[0])))
            continue
        why = table.broken.get((number, column))
        text, fault = read_cell(raw, field, way)
        code, found, limit = (why, "", "") if why else (fault.code, fault.found, fault.limit) if fault else ("", "", "")
        if code:
            faults.append(CellFault(number, column, code, cells[0], found, limit))
        if text and len(path) == 1:
            content[path[0]] = text
        elif text:
            groups.setdefault(path[0], {}).setdefault(int(path[1]), {})[path[2]] = text
    content |= {name: [rows[place] for place in sorted(rows)] for name, rows in groups.items()}
    return content, tuple(faults)


def _header_field(name: str) -> tuple[tuple[str, ...], Field | None]:
    form = lawbook.form()
    key = name.strip().casefold()
    if key in form.header:
        return (key,), form.header[key]
    parts = tuple(key.split("."))
    if len(parts) == 3 and parts[0] in form.header_lists and parts[1].isdigit() and len(parts[1]) < 3:
        return parts, form.header_lists[parts[0]].fields.get(parts[2])
    wanted = normal(name)
    for field in form.header.values():
        if wanted in {normal(field.label.in_language(language)) for language in ("tg", "ru", "en")}:
            return (field.name,), field
    return (key,), None
