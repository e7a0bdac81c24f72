"""A confirmed preview becomes items of a draft, or a whole declaration."""

from __future__ import annotations

from typing import Literal

from gumruk.exchange.json_files import MAX_ITEMS
from gumruk.exchange.sheets.reading import read_sheet
from gumruk.exchange.sheets.types import SheetPreview, SheetRefused
from gumruk.exchange.types import FileRefused, ParsedFile
from gumruk.rules.form import Content

Mode = Literal["replace", "append"]


def apply(preview: SheetPreview, content: Content, mode: Mode) -> Content:
    """New content with the rows of the sheet as its items, or behind them, numbered anew. `content` stays as it is.

    Raises SheetRefused with every fault when there is one, FileRefused `sheet_empty` or `too_many_items`.
    """
    if preview.faults:
        raise SheetRefused(preview.faults)
    if not preview.rows and not preview.declaration:
        raise FileRefused("sheet_empty")
    before = list(content.get("items", [])) if mode == "append" or not preview.rows else []
    items = [*before, *(row.item for row in preview.rows)]
    if len(items) > MAX_ITEMS:
        raise FileRefused("too_many_items", limit=str(MAX_ITEMS))
    numbered = [{**item, "item_number": str(number)} for number, item in enumerate(items, start=1)]
    return {**content, **preview.declaration, "items": numbered}


def parse(data: bytes) -> ParsedFile:
    """The content of an XLSX or CSV file: its items, and the declaration when it has that sheet. Raises FileRefused."""
    preview = read_sheet(data)
    return ParsedFile(apply(preview, {}, "replace"), preview.format, notes=preview.notes)
