"""What a person does to the rows of items: pure functions over a list of items.

Every act is one `Splice`: some rows give way to others. Its inverse is a splice too, so whatever was done is undone in
one step, whole rows with all that the grid does not show. Rows count from 1; a cell's path is a field of the item or a
field of the first row of one of its lists (`packages/1/count`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gumruk.rules.form import Content

Items = Sequence[Content]
Cells = Mapping[str, str]


class RowsRefused(Exception):
    """An act on rows was refused; nothing moved. `code`: `no_such_row`, `too_many_items`."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Splice:
    """`count` rows from `at` give way to `rows`. With count 0 the rows come before `at`."""

    at: int
    count: int
    rows: tuple[Content, ...] = ()


def spliced(items: Items, splice: Splice, *, most: int) -> tuple[list[Content], Splice]:
    """The items after a splice, numbered anew, and the splice that takes it back. Raises RowsRefused."""
    start = splice.at - 1
    if splice.count < 0 or not 0 <= start <= len(items) or start + splice.count > len(items):
        raise RowsRefused("no_such_row", row=str(splice.at), rows=str(len(items)))
    if len(items) - splice.count + len(splice.rows) > most:
        raise RowsRefused("too_many_items", limit=str(most))
    taken = tuple(items[start : start + splice.count])
    made = [*items[:start], *splice.rows, *items[start + splice.count :]]
    return numbered(made), Splice(splice.at, len(splice.rows), taken)


def numbered(items: Items) -> list[Content]:
    """The items with box 32 counted anew."""
    return [{**item, "item_number": str(number)} for number, item in enumerate(items, start=1)]


def inserted(items: Items, at: int, count: int = 1) -> Splice:
    """`count` empty rows before row `at`."""
    return Splice(min(at, len(items) + 1), 0, tuple({} for _ in range(count)))


def duplicated(items: Items, first: int, last: int) -> Splice:
    """The rows once more, right behind themselves."""
    _require(items, first, last)
    return Splice(last + 1, 0, tuple(dict(item) for item in items[first - 1 : last]))


def deleted(items: Items, first: int, last: int) -> Splice:
    _require(items, first, last)
    return Splice(first, last - first + 1)


def moved(items: Items, first: int, last: int, by: int) -> Splice:
    """The rows `by` places further down, or up when negative, as far as there are rows."""
    _require(items, first, last)
    by = max(1 - first, min(by, len(items) - last))
    if by == 0:
        return Splice(first, 0)
    chosen = items[first - 1 : last]
    if by > 0:
        return Splice(first, last - first + 1 + by, (*items[last : last + by], *chosen))
    return Splice(first + by, last - first + 1 - by, (*chosen, *items[first - 1 + by : first - 1]))


def filled(items: Items, first: int, last: int, paths: Sequence[str]) -> Splice:
    """The cells of row `first` in every row down to `last`."""
    _require(items, first, last)
    said = {path: cell(items[first - 1], path) for path in paths}
    return Splice(first + 1, last - first, tuple(with_cells(item, said) for item in items[first:last]))


def cleared(items: Items, first: int, last: int, paths: Sequence[str]) -> Splice:
    """The cells emptied; the rows stay."""
    _require(items, first, last)
    nothing = dict.fromkeys(paths, "")
    return Splice(first, last - first + 1, tuple(with_cells(item, nothing) for item in items[first - 1 : last]))


def written(items: Items, at: int, rows: Sequence[Cells]) -> Splice:
    """Cells put over the rows from `at` on; rows are added where there are too few."""
    _require(items, at, at, spare=1)
    standing = items[at - 1 : at - 1 + len(rows)]
    before: list[Content] = [*standing, *[{} for _ in range(len(rows) - len(standing))]]
    made = tuple(with_cells(item, cells) for item, cells in zip(before, rows, strict=True))
    return Splice(at, len(standing), made)


def cell(item: Content, path: str) -> str:
    """What stands in a cell."""
    group, _, name = path.partition("/1/")
    if not name:
        return str(item.get(path) or "")
    rows = item.get(group)
    return str(rows[0].get(name) or "") if isinstance(rows, list) and rows else ""


def with_cells(item: Content, cells: Cells) -> Content:
    """The item with cells written; what they do not name stays, an emptied row of a list goes away."""
    made: Content = {**item}
    for path, text in cells.items():
        group, _, name = path.partition("/1/")
        if not name:
            made[path] = text
            continue
        rows: list[dict[str, Any]] = [dict(row) for row in made.get(group) or []] or [{}]
        rows[0][name] = text
        made[group] = rows
    for group in {path.partition("/1/")[0] for path in cells if "/1/" in path}:
        made[group] = [row for row in made[group] if any(str(value).strip() for value in row.values())]
    return made


def _require(items: Items, first: int, last: int, spare: int = 0) -> None:
    if not 1 <= first <= last <= len(items) + spare:
        raise RowsRefused("no_such_row", row=str(first), rows=str(len(items)))
