"""An XLSX workbook as tables. The archive is weighed before it is opened: entries, unpacked size, ratio, macros."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Sequence

from lxml import etree

from gumruk.exchange.sheets.table import Table
from gumruk.exchange.sheets.xlsx_cells import Book, cells_of, date_styles, shared_strings
from gumruk.exchange.texts import printable
from gumruk.exchange.types import FileRefused, Note

MAX_BYTES = 10_000_000
MAX_ENTRIES = 1_000
MAX_UNPACKED = 120_000_000
MAX_RATIO = 150  # a sheet of equal rows packs about sixty times
RATIO_FROM = 2_000_000  # small parts may pack as they like
MAX_TAGS = 8_000_000

_MACROS = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def tables_of(data: bytes) -> tuple[list[Table], tuple[Note, ...]]:
    """The visible sheets of a workbook, and notes on those that are hidden. Raises FileRefused."""
    parts = _unpacked(data)
    notes: list[Note] = []
    tables: list[Table] = []
    try:
        workbook = etree.fromstring(parts["xl/workbook.xml"], _parser())
        book = _book(workbook, parts)
        for name, part, hidden in _sheets(workbook, parts):
            if hidden:
                notes.append(Note("sheet_hidden", (("sheet", name),)))
                continue
            cells = cells_of(part, book)
            tables.append(Table(name, cells.rows(), since_1904=book.since_1904, broken=cells.broken))
    except (etree.XMLSyntaxError, KeyError, ValueError) as wrong:
        raise FileRefused("not_xlsx", detail=printable(str(wrong), 120)) from wrong
    return tables, tuple(notes)


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


def _book(workbook: etree._Element, parts: dict[str, bytes]) -> Book:
    properties = workbook.find("{*}workbookPr")
    strings, styles = parts.get("xl/sharedStrings.xml", b""), parts.get("xl/styles.xml", b"")
    return Book(
        shared_strings(strings) if strings else (),
        date_styles(styles) if styles else (),
        properties is not None and properties.get("date1904", "") in ("1", "true"),
    )


def _sheets(workbook: etree._Element, parts: dict[str, bytes]) -> list[tuple[str, bytes, bool]]:
    """Name, part and whether it is hidden, of every worksheet in its order."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"], _parser())
    targets = {
        row.get("Id", ""): _target(row.get("Target", ""))
        for row in relations.iter("{*}Relationship")
        if row.get("Type", "").endswith("/worksheet")
    }
    found = [(sheet, targets.get(sheet.get(_RELATION, ""))) for sheet in workbook.iter("{*}sheet")]
    return [
        (printable(sheet.get("name", "")), parts[target], sheet.get("state", "visible") != "visible")
        for sheet, target in found
        if target is not None
    ]


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
