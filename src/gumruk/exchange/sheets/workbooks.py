"""Workbooks that people get: the template to fill in, and their own sheet back with an error column."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from gumruk.exchange.sheets.columns import Column, shown
from gumruk.exchange.sheets.types import CellFault, SheetPreview
from gumruk.exchange.texts import FORBIDDEN
from gumruk.law.types import Words
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Field
from gumruk.toolkit.xlsx import Raw

ROWS_TO_FILL = 2000
_LANGUAGES = ("tg", "ru", "en")
_HEAD = Font(bold=True)
_WRONG = PatternFill("solid", start_color="FFF4C7C3", end_color="FFF4C7C3")
_WIDE = Alignment(wrap_text=True, vertical="top")
_TEXT = "@"
ERRORS = Words("Хатоҳо", "Ошибки", "Errors")
_SHEETS = {
    "items": Words("молҳо", "товары", "items"),
    "declaration": Words("эъломия", "декларация", "declaration"),
    "fields": Words("майдонҳо", "поля", "fields"),
}
_FIELD_HEADS = (
    Words("Майдон", "Поле", "Field"), Words("Қуттӣ", "Графа", "Box"), Words("Тоҷикӣ", "Таджикский", "Tajik"),
    Words("Русӣ", "Русский", "Russian"), Words("Англисӣ", "Английский", "English"), Words("Навъ", "Вид", "Kind"),
    Words("Дарозӣ", "Длина", "Length"), Words("Рӯйхат", "Список", "List"),
)  # fmt: skip
_VALUE_HEADS = (
    Words("Майдон", "Поле", "Field"), Words("Қуттӣ", "Графа", "Box"), Words("Ном", "Название", "Name"),
    Words("Қимат", "Значение", "Value"),
)  # fmt: skip


def template(language: str) -> bytes:
    """An empty workbook: items, declaration, every field explained in three languages, and the code lists."""
    book = Workbook(write_only=True)
    columns = shown()
    lists = sorted({column.field.list for column in columns} | {field.list for field in lawbook.form().header.values()})
    lists = [name for name in lists if name and lawbook.code_rows(name)]
    _items_sheet(book, columns, lists, language)
    header = book.create_sheet(_SHEETS["declaration"].in_language(language))
    _append(header, [words.in_language(language) for words in _VALUE_HEADS], bold=True)
    for field in lawbook.form().header.values():
        _append(header, [field.name, field.box, field.label.in_language(language), ""])
    fields = book.create_sheet(_SHEETS["fields"].in_language(language))
    _append(fields, [words.in_language(language) for words in _FIELD_HEADS], bold=True)
    for name, field in (*((f.name, f) for f in lawbook.form().header.values()), *((c.key, c.field) for c in columns)):
        _append(fields, _explained(name, field))
    for name in lists:
        sheet = book.create_sheet(name[:31])
        for code, row in sorted(lawbook.code_rows(name).items()):
            _append(sheet, [code, *(str(row.get(one, "")) for one in _LANGUAGES)])
    return _bytes(book)


def workbook_with_errors(preview: SheetPreview, language: str) -> bytes:
    """The person's own sheet with one column more: what is wrong in each row; wrong cells are coloured."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(
        (preview.sheet if preview.format == "xlsx" else "") or _SHEETS["items"].in_language(language)
    )
    by_row: dict[int, list[CellFault]] = {}
    for fault in preview.faults:
        by_row.setdefault(fault.row, []).append(fault)
    width = max((len(row) for row in preview.table), default=0)
    sheet.column_dimensions[get_column_letter(width + 1)].width = 60
    for number, row in enumerate(preview.table, start=1):
        faults = by_row.get(number, [])
        said = "\n".join(fault.worded(language) for fault in faults)
        if number == preview.header_row:
            said = "\n".join(filter(None, (ERRORS.in_language(language), said)))
        wrong = {fault.column for fault in faults}
        cells = [_cell(sheet, raw, wrong=column in wrong) for column, raw in enumerate(row, start=1)]
        cells += [_cell(sheet, "") for _ in range(width - len(row))]
        sheet.append([*cells, _cell(sheet, said, wrong=bool(faults))])
    return _bytes(book)


def _items_sheet(book: Workbook, columns: Sequence[Column], lists: Sequence[str], language: str) -> None:
    sheet = book.create_sheet(_SHEETS["items"].in_language(language))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        if column.field.kind in ("text", "code"):
            sheet.column_dimensions[letter].number_format = _TEXT
        if column.field.list in lists:
            rows = len(lawbook.code_rows(column.field.list))
            source = f"'{column.field.list[:31]}'!$A$1:$A${rows}"
            choice = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
            choice.add(f"{letter}2:{letter}{ROWS_TO_FILL}")
            sheet.data_validations.append(choice)
    _append(sheet, [column.label(language) for column in columns], bold=True)


def _explained(name: str, field: Field) -> list[str]:
    limit = str(field.length or "") or (f"{field.digits}.{field.scale}" if field.digits else "")
    return [name, field.box, *(field.label.in_language(one) for one in _LANGUAGES), field.kind, limit, field.list]


def _append(sheet: Any, texts: Iterable[str], *, bold: bool = False) -> None:
    sheet.append([_cell(sheet, text, bold=bold) for text in texts])


def _cell(sheet: Any, raw: Raw, *, wrong: bool = False, bold: bool = False) -> WriteOnlyCell:
    """A cell that is never a formula, whatever its text begins with."""
    value = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", raw) if isinstance(raw, str) else raw
    cell = WriteOnlyCell(sheet, value=value or None if isinstance(value, str) else value)
    if isinstance(value, str) and value:
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
    if bold:
        cell.font = _HEAD
    if wrong:
        cell.fill = _WRONG
        cell.alignment = _WIDE
    return cell


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
