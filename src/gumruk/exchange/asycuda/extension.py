"""What our form says and the format has no place for travels in a block of our own behind the items, as the format allows.
Other systems ignore it; here it makes a file that we wrote read back whole. Rows are a path of the form and its value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from gumruk.exchange.asycuda import table
from gumruk.exchange.texts import checked
from gumruk.exchange.xml_door import own_text
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content

BLOCK, ROW, PATH, VALUE = "Gumruk_segment", "Gumruk_field", "Path", "Value"
MAX_ROWS = 50_000


def extras(content: Content) -> dict[str, str]:
    """Path and value of everything that is filled and has no place in the format."""
    found = {name: content[name] for name in table.NO_PLACE_HEADER if content.get(name)}
    for number, row in enumerate(content.get("transit_offices", []), start=1):
        found |= {f"transit_offices/{number}/{name}": said for name, said in row.items()}
    for number, item in enumerate(content.get("items", []), start=1):
        found |= dict(_of_item(item, f"items/{number}/"))
    return found


def _of_item(item: Content, prefix: str) -> Iterator[tuple[str, str]]:
    yield from ((f"{prefix}{name}", item[name]) for name in table.NO_PLACE_ITEM if item.get(name))
    for number, document in enumerate(item.get("documents", []), start=1):
        if document.get("valid_until"):
            yield f"{prefix}documents/{number}/valid_until", document["valid_until"]
    slots, _ = split_previous(item)
    for number, row in enumerate(slots, start=1):
        placed = {1: ("reference", "item"), 2: ("reference",)}.get(number, ())
        for name, said in row.items():
            if name not in placed:
                yield f"{prefix}previous_documents/{number}/{name}", said


def split_previous(item: Content) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Rows for the two slots of an item, and rows that are previous declarations of their own."""
    slots: list[dict[str, str]] = []
    own: list[dict[str, str]] = []
    for row in item.get("previous_documents", []):
        is_own = row.get("kind") == table.EARLIER_KIND and row.get("reference", "").count("/") == len(table.EARLIER) - 1
        (own if is_own else slots).append(row)
    return slots, own


def write_extras(root: etree._Element, said: dict[str, str]) -> None:
    """Put the block behind everything else, or take it away when there is nothing to say."""
    for block in root.findall(BLOCK):
        root.remove(block)
    if said:
        block = etree.SubElement(root, BLOCK)
        for path, value in said.items():
            row = etree.SubElement(block, ROW)
            etree.SubElement(row, PATH).text = path
            etree.SubElement(row, VALUE).text = value


def read_extras(root: etree._Element, content: Content) -> None:
    """Put the rows of the block into content; a path that the form does not have, or that is taken, is left alone."""
    rows = root.findall(f"{BLOCK}/{ROW}")[:MAX_ROWS]
    for row in rows:
        path, value = (own_text(found) if (found := row.find(name)) is not None else "" for name in (PATH, VALUE))
        if path and value:
            _apply(content, checked(path, BLOCK).split("/"), checked(value, f"{BLOCK}/{path}"))


def _apply(content: Content, path: list[str], value: str) -> None:
    form = lawbook.form()
    target: Any = content
    allowed: tuple[str, ...] = table.NO_PLACE_HEADER
    fields, lists = form.header, form.header_lists
    if path[0] == "items":
        target = _row(content.get("items", []), path[1:2], grow=False)
        path = path[2:]
        fields, lists, allowed = form.item, form.item_lists, table.NO_PLACE_ITEM
    if target is None or not path:
        return
    if len(path) == 3 and path[0] in ("documents", "previous_documents", "transit_offices") and path[0] in lists:
        if path[2] in lists[path[0]].fields:
            row = _row(target.setdefault(path[0], []), path[1:2], grow=path[0] != "documents")
            if row is not None:
                row.setdefault(path[2], value)
            if not target[path[0]]:
                del target[path[0]]
    elif len(path) == 1 and path[0] in fields and path[0] in allowed:
        target.setdefault(path[0], value)


def _row(rows: list[dict[str, str]], number: list[str], *, grow: bool) -> dict[str, str] | None:
    """The row with this number, counted from 1; one behind the last is made when rows may grow."""
    text = number[0] if number else ""
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if grow and place == len(rows) + 1:
        rows.append({})
    return rows[place - 1] if 1 <= place <= len(rows) else None
