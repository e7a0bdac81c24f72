"""A file of items as a preview, whatever its format; lost first zeros given back when the person agrees; what would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gumruk.exchange import asycuda, json_files, wco
from gumruk.exchange.sheets.cells import GOODS_DIGITS
from gumruk.exchange.sheets.reading import read_sheet
from gumruk.exchange.sheets.types import HeaderCell, SheetPreview, SheetRow
from gumruk.exchange.types import ParsedFile
from gumruk.exchange.xml_door import root_of
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content


@dataclass(frozen=True, slots=True)
class Effect:
    """What taking the rows would do to the items that stand: how many are new, changed, as they were, gone."""

    added: int
    changed: int
    same: int
    gone: int


def read_items(data: bytes) -> SheetPreview:
    """Items of an XLSX, CSV, ASYCUDA XML, WCO XML or JSON file. Raises FileRefused."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"{"):
        return _as_rows(json_files.parse(data))
    if not start.startswith(b"<"):
        return read_sheet(data)
    root = root_of(data)
    message = wco.envelope(root)
    return _as_rows(asycuda.read(root, data) if message is None else wco.read(message, data))


def _as_rows(parsed: ParsedFile) -> SheetPreview:
    """The items of a whole declaration as rows; its header boxes are left as they stand in the draft."""
    items = parsed.content.get("items", [])
    form, keys = lawbook.form(), {key for item in items for key in item}
    fields = [name for name in form.item if name in keys]
    header = tuple(
        HeaderCell(place, form.item[name].label.in_language("en"), name) for place, name in enumerate(fields, start=1)
    )
    rows = tuple(SheetRow(number, item) for number, item in enumerate(items, start=1))
    return SheetPreview(parsed.format, "", 0, header, rows, notes=parsed.notes)


def zeros_lost(preview: SheetPreview) -> int:
    """How many codes lost their first zero, when nothing else is wrong with the file."""
    faults = preview.faults
    return len(faults) if faults and all(fault.code == "lost_zero" for fault in faults) else 0


def with_zeros(preview: SheetPreview) -> SheetPreview:
    """The preview with the first zero given back to each code that lost it; other faults stay."""
    return replace(preview, rows=tuple(_mended(row) for row in preview.rows))


def _mended(row: SheetRow) -> SheetRow:
    kept = tuple(fault for fault in row.faults if fault.code != "lost_zero")
    code = str(row.item.get("goods_code", ""))
    if len(kept) == len(row.faults) or len(code) != GOODS_DIGITS - 1:
        return row
    return replace(row, item={**row.item, "goods_code": f"0{code}"}, faults=kept)


def effect(preview: SheetPreview, items: Sequence[Content]) -> Effect:
    """What taking the rows in place of the items would do, item by item in order."""
    both = min(len(preview.rows), len(items))
    same = sum(1 for row, item in zip(preview.rows, items, strict=False) if _bare(row.item) == _bare(item))
    return Effect(max(0, len(preview.rows) - len(items)), both - same, same, max(0, len(items) - len(preview.rows)))


def _bare(item: Content) -> Content:
    return {key: value for key, value in item.items() if key != "item_number" and value not in ("", [], None)}
