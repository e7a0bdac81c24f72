"""What a spreadsheet puts on the clipboard, read into items: cells between tabs, quoted where they hold tabs or lines.

Excel and LibreOffice quote a cell only when it must be quoted, so a cell in quotes that holds neither tab, line nor quote
is a cell whose text has quotes. Nothing is guessed: a number that reads in two ways stays as it was typed, with its fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gumruk.exchange.sheets.cells import GOODS_DIGITS, Reading, read_cell
from gumruk.exchange.sheets.columns import recognise
from gumruk.exchange.types import FileRefused
from gumruk.rules.form import Field

MOST_SIGNS = 4_000_000
_DECIMAL_COMMA = re.compile(r"-?[0-9]+(?:[\s\u00a0\u202f][0-9]{3})*,(?:[0-9]{1,2}|[0-9]{4,})\Z")
_ZERO_COMMA = re.compile(r"-?0,[0-9]+\Z", re.ASCII)
_CLOSING = re.compile(r'(?:[^"]|"")*"(?=[\t\r\n]|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_END = re.compile(r"\t|\r\n|\r|\n|\Z")


@dataclass(frozen=True, slots=True)
class Target:
    """A column that is written to: its path in an item (`price`, `packages/1/count`) and its field."""

    path: str
    field: Field


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows to write, each path → text; how many cells fell away to the right, and which could not be read."""

    rows: tuple[dict[str, str], ...]
    beyond: int = 0
    faults: tuple[tuple[int, str, str], ...] = ()  # row from 0, path, code of a cell's fault
    headed: bool = False


def table_of(text: str) -> list[list[str]]:
    """Rows of cells. A last line end does not begin a row; an empty text has none."""
    rows: list[list[str]] = []
    row: list[str] = []
    place = 0
    while place < len(text) or row:
        cell, place = _cell(text, place)
        row.append(cell)
        end = _END.match(text, place)
        place = end.end() if end else len(text)
        if end is None or end.group() != "\t":
            rows.append(row)
            row = []
        elif place >= len(text):  # a tab at the very end: one more empty cell
            row.append("")
            rows.append(row)
            row = []
    return rows


def _cell(text: str, place: int) -> tuple[str, int]:
    if text.startswith('"', place):
        closed = _CLOSING.match(text, place + 1)
        if closed:
            inside = closed.group()[:-1]
            if re.search(r'[\t\r\n"]', inside):
                return re.sub(r"\r\n?", "\n", inside.replace('""', '"')), closed.end()
    plain = _PLAIN.match(text, place)
    return (plain.group(), plain.end()) if plain else ("", place)


def read_paste(text: str, targets: Sequence[Target], known: Sequence[Target] = ()) -> Pasted:
    """Clipboard text for `targets`, the columns from the focused one on.

    When the first row names two columns of `known` at least, it is a head: columns go where their heads say.
    Raises FileRefused `too_large`.
    """
    if len(text) > MOST_SIGNS:
        raise FileRefused("too_large", limit=f"{MOST_SIGNS // 1_000_000} MB")
    table = table_of(text)
    placed: list[Target | None] = list(targets)
    headed = _head(table, known)
    if headed is not None:
        placed, table = headed, table[1:]
    way = Reading(_comma_is_decimal(table, placed))
    rows: list[dict[str, str]] = []
    faults: list[tuple[int, str, str]] = []
    beyond = 0
    for number, cells in enumerate(table):
        row: dict[str, str] = {}
        for place, said in enumerate(cells):
            target = placed[place] if place < len(placed) else None
            if target is None:
                beyond += bool(said.strip())
                continue
            value, code = _value(said, target.field, way)
            row[target.path] = value
            if code:
                faults.append((number, target.path, code))
        rows.append(row)
    return Pasted(tuple(rows), beyond, tuple(faults), headed is not None)


def _value(said: str, field: Field, way: Reading) -> tuple[str, str]:
    value, fault = read_cell(said, field, way)
    if fault is None and field.list == "goods" and value.isdigit() and len(value) == GOODS_DIGITS - 1:
        return value, "lost_zero"
    return value, fault.code if fault else ""


def _head(table: Sequence[Sequence[str]], known: Sequence[Target]) -> list[Target | None] | None:
    """Where each column goes when the first row is a head; None when it is none."""
    if len(table) < 2 or not known:
        return None
    by_path = {target.path.replace("/", "."): target for target in known}
    found = [by_path.get(recognise(cell)) if cell.strip() and not cell.strip().isdigit() else None for cell in table[0]]
    paths = [target.path for target in found if target]
    return found if len(paths) >= 2 and len(set(paths)) == len(paths) else None


def _comma_is_decimal(table: Sequence[Sequence[str]], placed: Sequence[Target | None]) -> bool:
    """True when a number of the paste reads in one way only: with a decimal comma."""
    numbers = [place for place, one in enumerate(placed) if one and one.field.kind in ("decimal", "integer")]
    return any(
        _DECIMAL_COMMA.match(row[place].strip()) or _ZERO_COMMA.match(row[place].strip())
        for row in table
        for place in numbers
        if place < len(row)
    )
