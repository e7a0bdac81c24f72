"""Puts text and rows into an ASYCUDA tree without disturbing what else stands there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from gumruk.exchange.asycuda.outline import Shape, blank, insert
from gumruk.exchange.xml_door import Element

Rows = Sequence[tuple[Element, dict[str, Any]]]


def put(parent: etree._Element, path: str, said: str, shape: Shape | None) -> None:
    """Make the leaf at `path` say `said`; missing elements are made in their place, others stay as they are."""
    if not said and parent.find(path) is None:
        return
    for name in path.split("/"):
        parent, shape = inner(parent, name, shape), shape.child(name) if shape is not None else None
    set_text(parent, said, null=shape is not None and shape.null)


def inner(parent: etree._Element, name: str, shape: Shape | None) -> etree._Element:
    """The child with this name, made in its place when it is missing."""
    found = parent.find(name)
    if found is None:
        found = etree.Element(name)
        insert(parent, found, shape)
    return found


def set_text(leaf: etree._Element, said: str, *, null: bool) -> None:
    """The text of a leaf; when empty, in the dialect that the format uses for it. Comments inside stay."""
    for child in list(leaf):
        if child.tag == "null":
            leaf.remove(child)
        else:
            child.tail = None
    leaf.text = said or None
    if not said and null:
        etree.SubElement(leaf, "null")


def align(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which old row became which new one: equal rows first, then by order; a row alone was removed or added."""
    before, after = ([json.dumps(row, sort_keys=True) for row in rows] for rows in (old, new))
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        pairs = min(old_to - old_from, new_to - new_from)
        yield from ((old_from + step, new_from + step) for step in range(pairs))
        yield from ((place, None) for place in range(old_from + pairs, old_to))
        yield from ((None, place) for place in range(new_from + pairs, new_to))


def merge(
    parent: etree._Element,
    shape: Shape | None,
    old: Rows,
    new: Sequence[dict[str, Any]],
    *,
    name: str,
    fill: Callable[[etree._Element, dict[str, Any], dict[str, Any]], None],
) -> bool:
    """Make the elements `name` of `parent` those of the rows `new`; true when anything had to change."""
    if [row for _, row in old] == list(new):
        return False
    inside = shape.child(name) if shape is not None else None
    last: etree._Element | None = None
    for before, after in align([row for _, row in old], new):
        if after is None:
            parent.remove(old[before or 0][0])
            continue
        if before is None:
            element = blank(inside) if inside is not None else etree.Element(name)
            place_after(parent, element, last, shape)
        else:
            element = old[before][0]
        fill(element, new[after], old[before][1] if before is not None else {})
        last = element
    return True


def place_after(
    parent: etree._Element, element: etree._Element, last: etree._Element | None, shape: Shape | None
) -> None:
    """Put a new row behind the one before it, or where the format's order wants the first one."""
    if last is None:
        insert(parent, element, shape, first=True)
    else:
        parent.insert(parent.index(last) + 1, element)
