"""An XLSX workbook as tables. The archive is weighed before it is opened: entries, unpacked size, ratio, macros, cells.

Values are read by calamine; what it does not tell (formulas without a value, errors, the day serials count from) is read
from the sheets themselves.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Sequence

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from gumruk.exchange.sheets.table import MAX_COLUMNS, MAX_ROWS, Table
from gumruk.exchange.sheets.types import Raw
from gumruk.exchange.texts import printable
from gumruk.exchange.types import FileRefused, Note

MAX_BYTES = 10_000_000
MAX_ENTRIES = 1_000
MAX_UNPACKED = 120_000_000
MAX_RATIO = 150  # a sheet of equal rows packs about sixty times
RATIO_FROM = 2_000_000  # small parts may pack as they like
MAX_TAGS = 8_000_000

_MACROS = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z", re.ASCII)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def tables_of(data: bytes) -> tuple[list[Table], tuple[Note, ...]]:
    """The visible sheets of a workbook, and notes on those that are hidden. Raises FileRefused."""
    parts = _unpacked(data)
    names, since_1904 = _sheets(parts)
    notes: list[Note] = []
    tables: list[Table] = []
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible != SheetVisibleEnum.Visible:
                notes.append(Note("sheet_hidden", (("sheet", printable(sheet.name)),)))
                continue
            broken = _look_at_cells(parts.get(names.get(sheet.name, ""), b""))
            opened = workbook.get_sheet_by_name(sheet.name)
            for (top, left), (bottom, right) in opened.merged_cell_ranges or []:
                broken |= _merged(top, left, bottom, right)
            rows: Sequence[Sequence[Raw]] = opened.to_python(skip_empty_area=False, nrows=MAX_ROWS)
            tables.append(Table(printable(sheet.name), rows, since_1904=since_1904, broken=broken))
    except (CalamineError, OSError, ValueError) as wrong:
        raise FileRefused("not_xlsx", detail=printable(str(wrong), 120)) from wrong
    return tables, tuple(notes)


def is_workbook(data: bytes) -> bool:
    """True for a ZIP archive that has a workbook inside."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(name.startswith("xl/") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The XML parts by name, after the archive was weighed. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _weigh(entries)
            # Reading checks the length and the checksum of each part: a size that lies ends here.
            return {entry.filename: _part(archive, entry) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as wrong:
        raise FileRefused("not_xlsx", detail=printable(str(wrong), 120)) from wrong


def _weigh(entries: Sequence[zipfile.ZipInfo]) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise FileRefused("bomb")
    if any(mark in name for name in names for mark in _MACROS):
        raise FileRefused("macros")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FileRefused("bomb")
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise FileRefused("bomb")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    part = archive.read(entry)
    if not entry.filename.casefold().endswith((".xml", ".rels")):
        return b""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:400]:
        raise FileRefused("hostile_xml")
    if part.count(b"<") > MAX_TAGS:
        raise FileRefused("bomb")
    return part


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _sheets(parts: dict[str, bytes]) -> tuple[dict[str, str], bool]:
    """The part of each sheet by the sheet's name, and whether serials count from 1904."""
    try:
        workbook = etree.fromstring(parts["xl/workbook.xml"], _parser())
        relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"], _parser())
    except (KeyError, etree.XMLSyntaxError, ValueError) as wrong:
        raise FileRefused("not_xlsx", detail=printable(str(wrong), 120)) from wrong
    targets = {row.get("Id", ""): row.get("Target", "") for row in relations.iter("{*}Relationship")}
    names = {
        sheet.get("name", ""): _target(targets.get(sheet.get(_RELATION, ""), "")) for sheet in workbook.iter("{*}sheet")
    }
    properties = workbook.find("{*}workbookPr")
    return names, properties is not None and properties.get("date1904", "") in ("1", "true")


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _look_at_cells(part: bytes) -> dict[tuple[int, int], str]:
    """Cells without a value that look as if they had one. Raises FileRefused when the sheet is too large to open."""
    broken: dict[tuple[int, int], str] = {}
    row = column = 0
    try:
        events = etree.iterparse(
            io.BytesIO(part),
            events=("start", "end"),
            tag=("{*}row", "{*}c"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
        )
        for event, element in events:
            if event == "start" and etree.QName(element).localname == "row":
                row, column = _int(element.get("r"), row + 1), 0
            elif event == "end" and etree.QName(element).localname == "c":
                row, column = _place(element.get("r", ""), row, column + 1)
                _bound(row, column, filled=len(element) > 0)
                why = _why_broken(element)
                if why:
                    broken[row, column] = why
            if event == "end":
                element.clear()
    except (etree.XMLSyntaxError, ValueError) as wrong:
        if part:
            raise FileRefused("not_xlsx", detail=printable(str(wrong), 120)) from wrong
    return broken


def _int(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    found = _REFERENCE.match(reference)
    if found is None:
        return row, column
    number = 0
    for letter in found.group(1):
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)), number


def _bound(row: int, column: int, *, filled: bool) -> None:
    """Only filled cells count: a format may reach to the last row of the sheet."""
    if filled and row > MAX_ROWS:
        raise FileRefused("too_many_rows", limit=str(MAX_ROWS))
    if filled and column > MAX_COLUMNS:
        raise FileRefused("too_many_columns", limit=str(MAX_COLUMNS))


def _why_broken(cell: etree._Element) -> str:
    if cell.get("t") == "e":
        return "cell_error"
    has = {etree.QName(child).localname: child.text or "" for child in cell if isinstance(child.tag, str)}
    return "formula_empty" if "f" in has and not has.get("v") and cell.get("t") != "str" else ""


def _merged(top: int, left: int, bottom: int, right: int) -> dict[tuple[int, int], str]:
    """Every cell of a merged range but its first; a range over the sheet's limits counts only as far as they go."""
    return {
        (row + 1, column + 1): "merged"
        for row in range(top, min(bottom, MAX_ROWS) + 1)
        for column in range(left, min(right, MAX_COLUMNS) + 1)
        if (row, column) != (top, left)
    }
