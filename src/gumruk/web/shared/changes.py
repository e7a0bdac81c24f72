"""What changed between two versions, by box and item, in words; hundreds of changed items stay readable.

Items are matched by what they are, not by their place: one item taken out in the middle is one change. A change that many
items share is said once, with the items it holds for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils.translation import get_language

from gumruk.declarations import canonical
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, Field
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.reading import read

SHARED_BY = 3  # a change that so many items share is said once
SHOWN = 20  # items with changes of their own that are open at once


@dataclass(frozen=True, slots=True)
class Change:
    """One field: its box, its name, what stood and what stands, as people read them."""

    box: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What happened to one item: `added`, `removed` or `changed`; `title` says which goods."""

    number: int
    was: int
    what: str
    code: str
    title: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """One change that several items share; `items` like `1-4, 7`."""

    items: str
    change: Change


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed between two versions."""

    header: tuple[Change, ...]
    shared: tuple[Shared, ...]
    items: tuple[ItemChange, ...]
    folded: tuple[ItemChange, ...]
    count: int


def changes_between(before: Content, after: Content) -> Changes:
    """What changed from `before` to `after`, in the language of the page."""
    sheet = Sheet(get_language() or "en")
    header = tuple(_fields(sheet, _without_items(before), _without_items(after), item=False))
    items = list(_items(sheet, before.get("items", []), after.get("items", [])))
    shared, own = _shared(items)
    count = len(header) + sum(len(one.changes) or 1 for one in items)
    return Changes(header, shared, tuple(own[:SHOWN]), tuple(own[SHOWN:]), count)


def _without_items(content: Content) -> Content:
    return {name: value for name, value in content.items() if name != "items"}


def _items(sheet: Sheet, before: list[Content], after: list[Content]) -> Iterator[ItemChange]:
    for was, now in matched(before, after):
        old = before[was - 1] if was else {}
        new = after[now - 1] if now else {}
        said = new or old
        code, title = str(said.get("goods_code", "")), str(said.get("description", ""))
        if not was or not now:
            yield ItemChange(now, was, "added" if now else "removed", code, title, ())
        elif found := tuple(_fields(sheet, old, new, item=True)):
            yield ItemChange(now, was, "changed", code, title, found)


def matched(before: list[Content], after: list[Content]) -> Iterator[tuple[int, int]]:
    """Pairs of places (counted from 1, 0 for none) of the same item before and after. Pure."""
    old, new = [_same(item) for item in before], [_same(item) for item in after]
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from zip(range(a + 1, b + 1), range(c + 1, d + 1), strict=True)
        else:
            yield from _alike(before, after, range(a, b), range(c, d))


def _alike(before: list[Content], after: list[Content], old: range, new: range) -> Iterator[tuple[int, int]]:
    """Within a stretch that differs: first items of the same code and description, the rest in order."""
    free = list(new)
    pairs, left = [], []
    for was in old:
        now = next((one for one in free if _goods(after[one]) == _goods(before[was])), None)
        if now is None:
            left.append(was)
        else:
            free.remove(now)
            pairs.append((was + 1, now + 1))
    rest = [(0 if was is None else was + 1, 0 if now is None else now + 1) for was, now in zip_longest(left, free)]
    yield from sorted([*pairs, *rest], key=lambda pair: pair[1] or pair[0])


def _goods(item: Content) -> tuple[str, str]:
    return str(item.get("goods_code", "")), str(item.get("description", ""))


def _same(item: Content) -> str:
    """What tells whether an item is unchanged: everything but its number."""
    return canonical.bytes_of({name: value for name, value in item.items() if name != "item_number"}).decode()


def _fields(sheet: Sheet, before: Content, after: Content, *, item: bool) -> Iterator[Change]:
    form = lawbook.form()
    for one in canonical.difference(before, after):
        parts = one.path.split("/")
        if parts[-1] == "item_number":
            continue
        groups = form.item_lists if item else form.header_lists
        group = groups.get(parts[0]) if len(parts) > 1 else None
        field = (group.fields if group else form.item if item else form.header).get(parts[-1])
        label = field.label.in_language(sheet.language) if field else one.path
        if group:
            label = f"{group.label.in_language(sheet.language)}, {parts[1]}: {label}"
        box = field.box if field else ""
        yield Change(box, label, _read(sheet, field, one.before), _read(sheet, field, one.after))


def _read(sheet: Sheet, field: Field | None, value: str) -> str:
    if not value or field is None:
        return value
    found = read(sheet, field, value)
    return f"{found.words} ({found.code})" if found.code else found.words


def _shared(items: Iterable[ItemChange]) -> tuple[tuple[Shared, ...], list[ItemChange]]:
    """Changes that many items share, and the items with what is left of their own."""
    places: dict[Change, list[int]] = {}
    known = list(items)
    for one in known:
        for change in one.changes:
            places.setdefault(change, []).append(one.number)
    common = {change: numbers for change, numbers in places.items() if len(numbers) >= SHARED_BY}
    own = []
    for one in known:
        left = tuple(change for change in one.changes if change not in common)
        if left or one.what != "changed":
            own.append(ItemChange(one.number, one.was, one.what, one.code, one.title, left))
    return tuple(Shared(ranges(numbers), change) for change, numbers in common.items()), own


def ranges(numbers: Iterable[int]) -> str:
    """`1-4, 7` for 1, 2, 3, 4, 7."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)
