"""What a page asks to be done with the rows of items, as it came over the wire, turned into splices. Decides nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gumruk.declarations import rows as acts
from gumruk.declarations.rows import RowsRefused, Splice
from gumruk.exchange.limits import most_items
from gumruk.exchange.sheets.cells import GOODS_DIGITS
from gumruk.exchange.sheets.pasting import Pasted, read_paste
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.web.broker.grid import targets
from gumruk.web.shared.posting import as_stored


@dataclass(frozen=True, slots=True)
class Op:
    """One act: its name, the rows it is about (from 1), the columns, and the text of a paste."""

    name: str
    first: int = 0
    last: int = 0
    columns: tuple[str, ...] = ()
    text: str = ""
    splice: Splice | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """Items after an act, what takes it back, and what to tell: where the focus goes, what a paste could not read."""

    items: list[Content]
    undo: Splice | None
    focus: int
    pasted: Pasted | None = None
    zeros: tuple[int, ...] = field(default=())


def op_of(said: Any) -> Op | None:
    """The act that a page asks for; None when there is none. Raises RowsRefused `no_such_row` for what is no act."""
    if said is None:
        return None
    if not isinstance(said, Mapping):
        raise RowsRefused("no_such_row", row="", rows="")
    known = targets()
    columns = said.get("columns")
    paths = tuple(path for path in columns if path in known) if isinstance(columns, list) else ()
    first, last = _whole(said.get("first")), _whole(said.get("last"))
    return Op(
        str(said.get("name", "")),
        first,
        max(first, last),
        paths,
        str(said.get("text", "")),
        _splice(said.get("splice")),
    )


def perform(items: Sequence[Content], op: Op) -> Done:
    """The items after an act. Raises RowsRefused, FileRefused; then nothing was done."""
    if op.name == "paste":
        return _paste(items, op)
    if op.name == "zeros":
        return _zeros(items)
    if op.name == "undo" and op.splice is not None:
        splice = op.splice
    elif op.name in _ACTS:
        last = len(items) if op.name in ("fill", "clear") and op.last > len(items) else op.last
        splice = _ACTS[op.name](items, op.first, last, op.columns)
    else:
        raise RowsRefused("no_such_row", row=str(op.first), rows=str(len(items)))
    made, undo = acts.spliced(items, splice, most=most_items())
    return Done(made, undo, _focus(op, splice, len(made)))


_ACTS: dict[str, Callable[[Sequence[Content], int, int, Sequence[str]], Splice]] = {
    "insert": lambda items, first, last, _: acts.inserted(items, first, max(1, last - first + 1)),
    "add": lambda items, _first, _last, _: acts.inserted(items, len(items) + 1),
    "duplicate": lambda items, first, last, _: acts.duplicated(items, first, last),
    "delete": lambda items, first, last, _: acts.deleted(items, first, last),
    "up": lambda items, first, last, _: acts.moved(items, first, last, -1),
    "down": lambda items, first, last, _: acts.moved(items, first, last, 1),
    "fill": acts.filled,
    "clear": acts.cleared,
}


def _focus(op: Op, splice: Splice, count: int) -> int:
    """The row that has the focus afterwards."""
    row = op.first
    if op.name == "down":
        row = op.first + 1
    elif op.name == "up":
        row = op.first - 1
    elif op.name == "duplicate":
        row = op.last + 1
    elif op.name in ("add", "undo"):
        row = splice.at
    return min(max(row, 1), max(count, 1))


def _paste(items: Sequence[Content], op: Op) -> Done:
    known = targets()
    pasted = read_paste(op.text, [known[path] for path in op.columns], list(known.values()))
    first = min(max(op.first, 1), len(items) + 1)
    rows = pasted.rows
    made, undo = acts.spliced(items, acts.written(items, first, rows), most=most_items())
    lost = tuple(first + row for row, path, code in pasted.faults if code == "lost_zero")
    return Done(made, undo, first, pasted, lost)


def _zeros(items: Sequence[Content]) -> Done:
    """The first zero given back to every nine-digit goods code that has a heading with it."""
    places = lost_zeros(items)
    if not places:
        return Done(list(items), None, 1)
    first, last = places[0], places[-1]
    chosen = set(places)
    rows = tuple(
        {**item, "goods_code": f"0{item['goods_code']}"} if number in chosen else item
        for number, item in enumerate(items[first - 1 : last], start=first)
    )
    made, undo = acts.spliced(items, Splice(first, last - first + 1, rows), most=most_items())
    return Done(made, undo, first)


def lost_zeros(items: Sequence[Content]) -> list[int]:
    """Rows whose goods code is one digit short and begins a known heading once its zero is back."""
    headings = lawbook.code_rows("hs6")
    found = []
    for number, item in enumerate(items, start=1):
        code = str(item.get("goods_code") or "")
        if len(code) == GOODS_DIGITS - 1 and code.isdigit() and f"0{code}"[:6] in headings:
            found.append(number)
    return found


def typed_cells(items: Sequence[Content], cells: Any) -> tuple[list[Content], list[int]]:
    """The items with typed cells put over them, `{"3": {"price": "10,5"}}`, and the rows that were touched.

    The row after the last may be begun so; rows further away are refused. Raises RowsRefused.
    """
    if not isinstance(cells, Mapping) or not cells:
        return list(items), []
    known = targets()
    made = list(items)
    touched, most = sorted(_whole(row) for row in cells), most_items()
    for row in touched:
        said = cells.get(str(row))
        if not 1 <= row <= len(made) + 1 or row > most or not isinstance(said, Mapping):
            raise RowsRefused("no_such_row", row=str(row), rows=str(len(made)))
        stored = {path: as_stored(known[path].field, str(text)) for path, text in said.items() if path in known}
        made[row - 1 : row] = [acts.with_cells(made[row - 1] if row <= len(made) else {}, stored)]
    return acts.numbered(made), touched


def _whole(said: Any) -> int:
    text = str(said)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _splice(said: Any) -> Splice | None:
    """A splice that the server gave out before; only texts, lists and objects are taken from it."""
    if not isinstance(said, Mapping) or not isinstance(said.get("rows"), list):
        return None
    rows = tuple(_texts(row) for row in said["rows"] if isinstance(row, Mapping))
    return Splice(_whole(said.get("at")), _whole(said.get("count")), rows)


def _texts(row: Mapping[Any, Any]) -> Content:
    """A row with fields of the form only."""
    form = lawbook.form()
    made: Content = {name: row[name] for name in form.item if isinstance(row.get(name), str)}
    for name, group in form.item_lists.items():
        if isinstance(row.get(name), list):
            made[name] = [
                {part: str(one[part]) for part in group.fields if part in one}
                for one in row[name]
                if isinstance(one, Mapping)
            ]
    return made
