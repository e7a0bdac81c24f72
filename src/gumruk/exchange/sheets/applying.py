"""A confirmed preview becomes items of a draft, or a whole declaration."""

from __future__ import annotations

from typing import Literal

from gumruk.exchange.limits import most_items
from gumruk.exchange.sheets.reading import read_sheet
from gumruk.exchange.sheets.types import SheetPreview, SheetRefused
from gumruk.exchange.types import FileRefused, ParsedFile
from gumruk.rules.form import Content

Mode = Literal["replace", "append"]
# Faults that the checks of a draft find again where the cell stood: such a row can be taken and mended in the draft.
# Of the others (two columns of one name, a formula without a value) nothing would be left to see.
_SEEN_AGAIN = frozenset(
    {"not_a_number", "ambiguous_number", "too_many_digits", "too_many_decimals", "not_a_date", "too_long", "lost_zero"}
)


def mendable(preview: SheetPreview) -> bool:
    """Whether every fault of a sheet would be found again in a draft that took its rows as they stand."""
    found = preview.faults
    return bool(found) and not preview.head_faults and all(fault.code in _SEEN_AGAIN for fault in found)


def apply(preview: SheetPreview, content: Content, mode: Mode, *, to_mend: bool = False) -> Content:
    """New content with the rows of the sheet as its items, or behind them, numbered anew. `content` stays as it is.

    With `to_mend` a sheet that is `mendable` is taken with its faults, to be mended in the draft.
    Raises SheetRefused with every fault when there is one, FileRefused `sheet_empty` or `too_many_items`.
    """
    if preview.faults and not (to_mend and mendable(preview)):
        raise SheetRefused(preview.faults)
    if not preview.rows and not preview.declaration:
        raise FileRefused("sheet_empty")
    before = list(content.get("items", [])) if mode == "append" or not preview.rows else []
    items = [*before, *(row.item for row in preview.rows)]
    if len(items) > (most := most_items()):
        raise FileRefused("too_many_items", limit=str(most))
    numbered = [{**item, "item_number": str(number)} for number, item in enumerate(items, start=1)]
    return {**content, **preview.declaration, "items": numbered}


def parse(data: bytes) -> ParsedFile:
    """The content of an XLSX or CSV file: its items, and the declaration when it has that sheet. Raises FileRefused."""
    preview = read_sheet(data)
    return ParsedFile(apply(preview, {}, "replace"), preview.format, notes=preview.notes)
