"""A CSV file as a table: encoding and delimiter are found out and said."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence

from gumruk.exchange.sheets.columns import recognise
from gumruk.exchange.sheets.table import MAX_COLUMNS, MAX_ROWS, Table
from gumruk.exchange.texts import checked
from gumruk.exchange.types import FileRefused, Note

MAX_BYTES = 10_000_000
DELIMITERS = {";": ";", ",": ",", "\t": "TAB"}
_HEAD_ROWS = 20


def table_of(data: bytes) -> tuple[Table, tuple[Note, ...]]:
    """The rows of a CSV file and what to say about it. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    text, encoding = decoded(data)
    notes = [Note("encoding", (("encoding", encoding),))] if encoding else []
    delimiter = _delimiter(text)
    notes.append(Note("delimiter", (("delimiter", DELIMITERS[delimiter]),)))
    rows = _rows(text, delimiter)
    return Table("csv", rows, comma_is_decimal=delimiter == ";"), tuple(notes)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding when that is not UTF-8. Raises FileRefused."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return _strict(data[len(mark) :], name), "" if name == "utf-8" else "UTF-16"
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        return _strict(data, "cp1251"), "Windows-1251"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise FileRefused("wrong_encoding", encoding=encoding, at=str(wrong.start)) from wrong


def _delimiter(text: str) -> str:
    """The delimiter under which most heads are known, then under which the first lines have most cells."""

    def score(delimiter: str) -> tuple[int, int]:
        rows = _parsed(text[:20_000], delimiter, _HEAD_ROWS)
        known = max((len({recognise(cell) for cell in row} - {""}) for row in rows), default=0)
        return known, max((len(row) for row in rows), default=0)

    return max(DELIMITERS, key=score)


def _rows(text: str, delimiter: str) -> Sequence[Sequence[str]]:
    checked(text.replace("\f", " ").replace("\v", " "), "CSV")
    rows = _parsed(text, delimiter, MAX_ROWS + 1)
    if len(rows) > MAX_ROWS:
        raise FileRefused("too_many_rows", limit=str(MAX_ROWS))
    if max((len(row) for row in rows), default=0) > MAX_COLUMNS:
        raise FileRefused("too_many_columns", limit=str(MAX_COLUMNS))
    return rows


def _parsed(text: str, delimiter: str, most: int) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= most:
                break
    except csv.Error as wrong:
        raise FileRefused("not_csv", detail=str(wrong)[:120]) from wrong
    return rows
