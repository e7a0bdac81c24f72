"""An XLSX workbook as tables. The archive is weighed before it is opened: entries, unpacked size, ratio, macros."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Sequence

from lxml import etree

from gumruk.toolkit.xlsx.cells import Book, cells_of, date_styles, shared_strings
from gumruk.toolkit.xlsx.types import Limits, Sheet, WorkbookRefused

_MACROS = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets_of(data: bytes, limits: Limits) -> list[Sheet]:
    """The worksheets of a workbook in their order; hidden ones without their rows. Raises WorkbookRefused."""
    parts = _unpacked(data, limits)
    try:
        workbook = etree.fromstring(parts["xl/workbook.xml"], _parser())
        book = _book(workbook, parts, limits)
        return [_sheet(name, part, book, hidden=hidden) for name, part, hidden in _parts(workbook, parts)]
    except (etree.XMLSyntaxError, KeyError, ValueError) as wrong:
        raise WorkbookRefused("not_xlsx", detail=str(wrong)) from wrong


def _sheet(name: str, part: bytes, book: Book, *, hidden: bool) -> Sheet:
    if hidden:
        return Sheet(name, hidden=True)
    cells = cells_of(part, book)
    return Sheet(name, cells.rows(), cells.broken, since_1904=book.since_1904)


def _unpacked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The XML parts by name, after the archive was weighed. Raises WorkbookRefused."""
    if len(data) > limits.packed:
        raise WorkbookRefused("too_large", limit=f"{limits.packed // 1_000_000} MB")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _weigh(entries, limits)
            # Reading checks the length and the checksum of each part: a size that lies ends here.
            return {entry.filename: _part(archive, entry, limits) for entry in entries if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as wrong:
        raise WorkbookRefused("not_xlsx", detail=str(wrong)) from wrong


def _weigh(entries: Sequence[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > limits.entries or len(set(names)) != len(names):
        raise WorkbookRefused("bomb")
    if any(mark in name for name in names for mark in _MACROS):
        raise WorkbookRefused("macros")
    if sum(entry.file_size for entry in entries) > limits.unpacked:
        raise WorkbookRefused("bomb")
    for entry in entries:
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise WorkbookRefused("bomb")


def _part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    part = archive.read(entry)
    if not entry.filename.casefold().endswith((".xml", ".rels")):
        return b""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part[:400]:
        raise WorkbookRefused("hostile_xml")
    if part.count(b"<") > limits.tags:
        raise WorkbookRefused("bomb")
    return part


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _book(workbook: etree._Element, parts: dict[str, bytes], limits: Limits) -> Book:
    properties = workbook.find("{*}workbookPr")
    strings, styles = parts.get("xl/sharedStrings.xml", b""), parts.get("xl/styles.xml", b"")
    return Book(
        limits,
        shared_strings(strings) if strings else (),
        date_styles(styles) if styles else (),
        properties is not None and properties.get("date1904", "") in ("1", "true"),
    )


def _parts(workbook: etree._Element, parts: dict[str, bytes]) -> list[tuple[str, bytes, bool]]:
    """Name, part and whether it is hidden, of every worksheet in its order."""
    relations = etree.fromstring(parts["xl/_rels/workbook.xml.rels"], _parser())
    targets = {
        row.get("Id", ""): _target(row.get("Target", ""))
        for row in relations.iter("{*}Relationship")
        if row.get("Type", "").endswith("/worksheet")
    }
    found = [(sheet, targets.get(sheet.get(_RELATION, ""))) for sheet in workbook.iter("{*}sheet")]
    return [
        (sheet.get("name", ""), parts[target], sheet.get("state", "visible") != "visible")
        for sheet, target in found
        if target is not None
    ]


def _target(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
