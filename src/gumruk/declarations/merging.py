"""Two people, or two windows, changed one draft: what of it can stand together, and what a person must choose.

Pure: contents in, contents out. Known are what is stored, what was typed, and every change that others made since the
typed one was read. A field that only one side changed keeps that side's value; a field that both changed is a clash.
When items came or went, their places no longer mean the same goods: then the items are one thing to choose as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gumruk.declarations.canonical import clean, difference, flatten
from gumruk.declarations.types import Difference
from gumruk.rules.form import Content

ITEMS = "items"


@dataclass(frozen=True, slots=True)
class Merged:
    """Typed content with what others changed elsewhere put in, and the clashes: before is stored, after is typed."""

    content: Content
    clashes: tuple[Difference, ...]


def merged(*, stored: Content, typed: Content, since: Iterable[Mapping[str, Any]] | None) -> Merged:
    """`since` are the changes of others as they were kept (path, before, after), oldest first; None: not known."""
    stored, typed = clean(stored), clean(typed)
    differing = difference(stored, typed)
    if _moved(stored, typed):
        header = tuple(one for one in differing if not one.path.startswith("items/"))
        return Merged(typed, (*header, Difference(ITEMS, _count(stored), _count(typed))))
    if since is None:
        return Merged(typed, differing)
    first: dict[str, str] = {}  # what stood in each field of others before they changed it
    for change in since:
        first.setdefault(str(change["path"]), str(change["before"]))
    clashes, taken = [], {}
    for one in differing:
        if one.path not in first:
            continue  # nobody else touched it: what was typed stands
        if one.after == first[one.path]:
            taken[one.path] = one.before  # only others touched it: theirs stands
        else:
            clashes.append(one)
    return Merged(put(typed, taken), tuple(clashes))


def put(content: Content, values: Mapping[str, str]) -> Content:
    """Content with the text at each path replaced; rows that are not there are made."""
    made: Content = _copied(content)
    for path, text in values.items():
        _set(made, path.split("/"), text)
    cleaned: Content = clean(made)
    return cleaned


def _set(where: Any, parts: list[str], text: str) -> None:
    name, rest = parts[0], parts[1:]
    if not rest:
        where[name] = text
        return
    rows = where.setdefault(name, [])
    place = int(rest[0])
    while len(rows) < place:
        rows.append({})
    _set(rows[place - 1], rest[1:], text)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _moved(stored: Content, typed: Content) -> bool:
    return len(stored.get(ITEMS, [])) != len(typed.get(ITEMS, []))


def _count(content: Content) -> str:
    return str(len(content.get(ITEMS, [])))


def chosen(*, stored: Content, typed: Content, keep_stored: Iterable[str]) -> Content:
    """Typed content in which a person chose the stored value at some paths; `items` stands for all of them."""
    paths = set(keep_stored)
    made: Content = _copied(typed)
    if ITEMS in paths:
        made[ITEMS] = _copied(stored.get(ITEMS, []))
    before = flatten(clean(stored))
    return put(made, {path: before.get(path, "") for path in paths if path != ITEMS})
