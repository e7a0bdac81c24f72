"""The cells of one worksheet part. Read here and not by a library: those at hand trust the references in the file, and one
that is far away makes them ask for more memory than there is, which ends the process.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from lxml import etree

from gumruk.toolkit.xlsx.types import EPOCHS, Limits, Raw, WorkbookRefused

MAX_STRINGS = 1_000_000
MAX_BROKEN = 1_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,60})?([eE][+-]?[0-9]{1,3})?\Z", re.ASCII)
_LAST_DAY = 2_958_465
# Formats of days and times that every workbook has by number; others are known by the letters of their code.
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_NOT_LETTERS = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


@dataclass(slots=True)
class Book:
    """What all sheets of a workbook share."""

    limits: Limits
    strings: Sequence[str] = ()
    dates: Sequence[bool] = ()
    since_1904: bool = False


@dataclass(slots=True)
class Cells:
    """The filled cells of a sheet by row and column from 1, and those that hold no value although they look so."""

    filled: dict[tuple[int, int], Raw] = field(default_factory=dict)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)

    def rows(self) -> list[list[Raw]]:
        """Every row from the first, as wide as the widest."""
        height = max((row for row, _ in self.filled), default=0)
        width = max((column for _, column in self.filled), default=0)
        return [[self.filled.get((row, column), "") for column in range(1, width + 1)] for row in range(1, height + 1)]


def events(part: bytes, *names: str) -> etree.iterparse[tuple[str, etree._Element]]:
    """The elements of a part with these names, as they end. Nothing is resolved, nothing is fetched."""
    return etree.iterparse(
        io.BytesIO(part),
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in names],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def shared_strings(part: bytes) -> list[str]:
    """The texts that cells name by number; readings of characters are no text."""
    found: list[str] = []
    for event, element in events(part, "si"):
        if event == "end":
            found.append(_text(element))
            element.clear()
            if len(found) > MAX_STRINGS:
                raise WorkbookRefused("bomb")
    return found


def _text(element: etree._Element) -> str:
    pieces = [leaf.text or "" for leaf in element.iter("{*}t") if _local(leaf.getparent()) != "rPh"]
    return "".join(pieces)


def _local(element: etree._Element | None) -> str:
    return etree.QName(element).localname if element is not None else ""


def date_styles(part: bytes) -> list[bool]:
    """For each style of a cell, whether its number is a day or a time."""
    root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    own = {row.get("numFmtId", ""): _is_date(row.get("formatCode", "")) for row in root.iter("{*}numFmt")}
    return [
        own.get(number, False) or (number.isascii() and number.isdigit() and int(number[:9]) in _DATE_FORMATS)
        for number in (row.get("numFmtId", "") for row in root.iterfind("{*}cellXfs/{*}xf"))
    ]


def _is_date(code: str) -> bool:
    return any(letter in "ymdhs" for letter in _NOT_LETTERS.sub("", code.split(";", maxsplit=1)[0]).casefold())


def cells_of(part: bytes, book: Book) -> Cells:
    """The cells of a worksheet. Raises WorkbookRefused when they reach further than they may."""
    cells = Cells()
    row = column = 0
    for event, element in events(part, "row", "c", "mergeCell"):
        name = _local(element)
        if event == "start":
            if name == "row":
                row, column = _whole(element.get("r", ""), row + 1), 0
            continue
        if name == "c":
            row, column = _place(element.get("r", ""), row, column + 1)
            _take(cells, row, column, element, book)
        elif name == "mergeCell":
            _merge(cells, element.get("ref", ""), book.limits)
        element.clear()
    return cells


def _take(cells: Cells, row: int, column: int, element: etree._Element, book: Book) -> None:
    inside = {_local(child): child for child in element.iterchildren("*")}
    kind = element.get("t", "n")
    if kind == "e":
        cells.broken[_bound(row, column, book.limits)] = "cell_error"
        return
    value = _value(inside, kind, _whole(element.get("s", ""), 0), book)
    if value != "":
        cells.filled[_bound(row, column, book.limits)] = value
    elif "f" in inside and kind != "str":
        cells.broken[_bound(row, column, book.limits)] = "formula_empty"


def _value(inside: dict[str, etree._Element], kind: str, style: int, book: Book) -> Raw:
    if kind == "inlineStr":
        return _text(inside["is"]) if "is" in inside else ""
    text = (inside["v"].text or "") if "v" in inside else ""
    if kind == "s":
        place = _whole(text, -1)
        if text and not 0 <= place < len(book.strings):
            raise WorkbookRefused("not_xlsx", detail="string")
        return book.strings[place] if text else ""
    if kind == "b":
        return text == "1" if text else ""
    if kind in ("str", "d") or not _NUMBER.match(text):
        return text
    number = float(text)
    return _day(number, book) if style < len(book.dates) and book.dates[style] else number


def _day(number: float, book: Book) -> Raw:
    """A day, or a moment; what lies outside the calendar of a spreadsheet stays a number."""
    if not 1 <= number < _LAST_DAY - 1462:
        return number
    moment = datetime.combine(EPOCHS[book.since_1904], datetime.min.time()) + timedelta(days=number)
    whole = number == int(number)
    return date(moment.year, moment.month, moment.day) if whole else moment.replace(microsecond=0)


def _bound(row: int, column: int, limits: Limits) -> tuple[int, int]:
    if row > limits.rows:
        raise WorkbookRefused("too_many_rows", limit=str(limits.rows))
    if column > limits.columns:
        raise WorkbookRefused("too_many_columns", limit=str(limits.columns))
    return row, column


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """Row and column of a reference; without one, the place after the last cell."""
    found = _REFERENCE.match(reference)
    if found is None:
        return row, column
    number = 0
    for letter in found.group(1):
        number = number * 26 + ord(letter) - ord("A") + 1
    return int(found.group(2)), number


def _merge(cells: Cells, reference: str, limits: Limits) -> None:
    """Every cell of a merged range but its first; a range beyond the sheet's limits counts only as far as they go."""
    first, _, last = reference.partition(":")
    if not (_REFERENCE.match(first) and _REFERENCE.match(last)):
        return
    (top, left), (bottom, right) = _place(first, 0, 0), _place(last, 0, 0)
    for row in range(top, min(bottom, limits.rows) + 1):
        for column in range(left, min(right, limits.columns) + 1):
            if (row, column) != (top, left):
                cells.broken[row, column] = "merged"
        if len(cells.broken) > MAX_BROKEN:
            raise WorkbookRefused("bomb")
