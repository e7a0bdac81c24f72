"""The declaration form: which fields there are, in which box, of what kind; and how text becomes facts.

Content is what a person or a file said: nested dicts of text. Facts are what rules compute with: numbers as
integers scaled by the field's `scale` (net mass 10.5 kg with scale 6 is 10500000), dates as `date`, text as it is,
None where nothing was said; spaces alone say nothing. This module turns one into the other and is the only place that
does. Content of any shape is read: what is not text, not rows or not a row is named as malformed, nothing crashes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from gumruk.law.types import Words

Kind = Literal["text", "code", "integer", "decimal", "date", "flag"]
Content = dict[str, Any]  # {"office": "...", ..., "items": [{"goods_code": "...", "packages": [{...}]}]}
Facts = dict[str, Any]  # same keys; values are str, int (scaled), date or None

Reason = Literal[
    "not_a_number",
    "too_many_digits",
    "too_many_decimals",
    "not_a_date",
    "too_long",
    "not_a_flag",
    "not_text",
    "not_rows",
]
MALFORMED_REASONS: tuple[str, ...] = get_args(Reason)

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form. `digits` counts before the point, `scale` after it."""

    name: str
    box: str
    kind: Kind
    label: Words
    list: str = ""
    length: int = 0
    digits: int = 0
    scale: int = 0
    choices: tuple[tuple[str, Words], ...] = ()  # what may be chosen, with words: yes and no, or a code of no list
    picks: str = ""  # a list whose codes are offered beside the choices, where the field takes other text as well
    most: int | None = None  # of the count of items: how many the form takes
    sheet_items: tuple[int, int] | None = None  # of the count of sheets: items on the first, and on each next one


@dataclass(frozen=True, slots=True)
class FieldList:
    """A repeated group of fields, such as the packages of an item."""

    name: str
    box: str
    label: Words
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Malformed:
    """Text that is not what its field holds. `path` is like `items/2/net_mass`, items counted from 1."""

    path: str
    box: str
    found: str
    reason: Reason
    limit: str = ""


@dataclass(slots=True)
class Reading:
    """Facts and what could not be read. An unreadable field is None in the facts and named in `malformed`."""

    facts: Facts
    malformed: list[Malformed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Unreadable:
    """Why a reader gives no value."""

    reason: Reason
    limit: str = ""


# None: the text is the fact.
Reader = Callable[[str], str | int | date | _Unreadable] | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the fields of one group are read: an empty row to copy, and a reader for each field."""

    blank: Facts
    readers: Mapping[str, Reader]
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """The whole register. Names are unique inside header, item and each list."""

    header: Mapping[str, Field]
    header_lists: Mapping[str, FieldList]
    item: Mapping[str, Field]
    item_lists: Mapping[str, FieldList]
    plans: Mapping[str, _Plan] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        groups = {"": self.header, "items": self.item}
        groups |= {rows.name: rows.fields for rows in self.header_lists.values()}
        groups |= {f"items.{rows.name}": rows.fields for rows in self.item_lists.values()}
        object.__setattr__(self, "plans", {name: _plan(fields) for name, fields in groups.items()})


def form_from(data: Mapping[str, Any]) -> Form:
    """The register from its loaded YAML (`law/data/form.yaml`)."""
    return Form(
        header=_fields(data["header"]),
        header_lists=_lists(data["header_lists"]),
        item=_fields(data["item"]),
        item_lists=_lists(data["item_lists"]),
    )


def read(form: Form, content: Content) -> Reading:
    """Facts from content. Every malformed field is reported; unknown keys are the door's business."""
    malformed: list[Malformed] = []
    plans = form.plans
    facts = _read_group(plans[""], content, "", 0, malformed)
    said = content if _is_row(content) else {}
    for name in form.header_lists:
        facts[name] = _read_rows(plans[name], said.get(name), name, malformed)
    items: Any = said.get("items")
    facts["items"] = _read_rows(plans["items"], items, "items", malformed)
    rows_of = [(name, plans[f"items.{name}"]) for name in form.item_lists]
    for number, item in enumerate(facts["items"], start=1):
        source = items[number - 1]
        known = _is_row(source)
        for name, plan in rows_of:
            rows = source.get(name) if known else None
            item[name] = _read_rows(plan, rows, f"items/{number}/{name}", malformed) if rows else []
    return Reading(facts, malformed)


def read_value(definition: Field, text: str, path: str, malformed: list[Malformed]) -> str | int | date | None:
    """One value from its text; on a fault, None and an entry in `malformed`."""
    if not text or text.isspace():
        return None
    reader = _READERS[definition.kind](definition)
    value = text if reader is None else reader(text)
    if isinstance(value, _Unreadable):
        malformed.append(_malformed(path, definition, text, value))
        return None
    return value


def unknown_keys(form: Form, content: Content) -> Iterator[str]:
    """Paths of keys that the form does not have. A door refuses them by name; nothing is dropped in silence."""
    known = {*form.header, *form.header_lists, "items"}
    yield from (str(key) for key in content if key not in known)
    for name, group in form.header_lists.items():
        yield from _unknown_in_list(group, content.get(name), name)
    known = {*form.item, *form.item_lists}
    for number, item in _numbered(content.get("items")):
        yield from (f"items/{number}/{key}" for key in item if key not in known)
        for name, group in form.item_lists.items():
            yield from _unknown_in_list(group, item.get(name), f"items/{number}/{name}")


def _unknown_in_list(group: FieldList, rows: Any, path: str) -> Iterator[str]:
    for number, row in _numbered(rows):
        yield from (f"{path}/{number}/{key}" for key in row if key not in group.fields)


def _numbered(rows: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a list that are rows, each with its place."""
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else (), start=1):
        if isinstance(row, Mapping):
            yield number, row


def _fields(data: Mapping[str, Any], box: str = "") -> dict[str, Field]:
    return {
        name: Field(
            name=name,
            box=str(row.get("box", box)),
            kind=row["kind"],
            label=Words(**row["label"]),
            list=row.get("list", ""),
            length=row.get("length", 0),
            digits=row.get("digits", 0),
            scale=row.get("scale", 0),
            choices=tuple((code, Words(**words)) for code, words in row.get("choices", {}).items()),
            picks=row.get("picks", ""),
            most=int(row["most"]) if "most" in row else None,
            sheet_items=tuple(row["sheet_items"]) if "sheet_items" in row else None,
        )
        for name, row in data.items()
    }


def _lists(data: Mapping[str, Any]) -> dict[str, FieldList]:
    return {
        name: FieldList(name, str(row["box"]), Words(**row["label"]), _fields(row["fields"], row["box"]))
        for name, row in data.items()
    }


def _plan(fields: Mapping[str, Field]) -> _Plan:
    return _Plan(dict.fromkeys(fields), {name: _READERS[field.kind](field) for name, field in fields.items()}, fields)


def _is_row(source: Any) -> bool:
    return source.__class__ is dict or isinstance(source, Mapping)  # the first is most of them, and much faster


def _read_rows(plan: _Plan, rows: Any, path: str, malformed: list[Malformed]) -> list[Facts]:
    if not isinstance(rows, list | tuple):
        if rows is not None and rows != "":
            malformed.append(Malformed(path, _box_of(plan), type(rows).__name__, "not_rows"))
        return []
    return [_read_group(plan, row, path, number, malformed) for number, row in enumerate(rows, start=1)]


def _read_group(plan: _Plan, source: Any, path: str, number: int, malformed: list[Malformed]) -> Facts:
    """One row: a copy of the empty row with what was said in it. `number` 0 is the header."""
    facts = plan.blank.copy()
    if not _is_row(source):
        malformed.append(
            Malformed(f"{path}/{number}" if number else "", _box_of(plan), type(source).__name__, "not_rows")
        )
        return facts
    reader_of = plan.readers.get
    for name, text in source.items():
        reader = reader_of(name, _UNKNOWN)
        if reader is _UNKNOWN or text is None:
            continue
        if not isinstance(text, str):
            value: Any = _Unreadable("not_text")
        elif not text or text.isspace():
            continue
        else:
            value = text if reader is None else reader(text)
        if value.__class__ is _Unreadable:
            whole = f"{path}/{number}/{name}" if number else name
            malformed.append(_malformed(whole, plan.fields[name], text, value))
        else:
            facts[name] = value
    return facts


_UNKNOWN: Any = object()  # stands for a key that the form does not have


def _malformed(path: str, definition: Field, said: Any, fault: _Unreadable) -> Malformed:
    found = said[:80] if isinstance(said, str) else type(said).__name__
    return Malformed(path, definition.box, found, fault.reason, fault.limit)


def _box_of(plan: _Plan) -> str:
    return next((definition.box for definition in plan.fields.values()), "")


def _text_reader(definition: Field) -> Reader:
    longest = definition.length
    too_long = _Unreadable("too_long", str(longest))
    return lambda text: text if len(text) <= longest else too_long


def _number_reader(definition: Field) -> Reader:
    digits, scale = definition.digits, definition.scale
    zeros = ["0" * (scale - count) for count in range(scale + 1)]

    def number(text: str) -> int | _Unreadable:
        whole, point, decimals = text.partition(".")
        # Most numbers are short and plain; the rest is read by the careful way.
        if whole.isdecimal() and len(whole) <= digits and text.isascii():
            if not point:
                return int(whole + zeros[0])
            if decimals.isdecimal() and len(decimals) <= scale:
                return int(whole + decimals + zeros[len(decimals)])
        return _careful_number(text, digits, scale)

    return number


def _careful_number(text: str, digits: int, scale: int) -> int | _Unreadable:
    if not _NUMBER.match(text) or len(text) > 60:
        return _Unreadable("not_a_number")
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(whole.lstrip("-").lstrip("0")) > digits:
        return _Unreadable("too_many_digits", str(digits))
    if len(decimals) > scale:
        return _Unreadable("too_many_decimals", str(scale))
    return int(whole + decimals.ljust(scale, "0"))


def _date_reader(_: Field) -> Reader:
    fault = _Unreadable("not_a_date")

    def day(text: str) -> date | _Unreadable:
        try:
            # Only that form has both hyphens there; week and ordinal dates have not.
            whole = len(text) == 10 and text[4] == "-" and text[7] == "-"
            return date.fromisoformat(text) if whole else fault
        except ValueError:
            return fault

    return day


def _flag_reader(_: Field) -> Reader:
    fault = _Unreadable("not_a_flag")
    return lambda text: int(text) if text in ("0", "1") else fault


_READERS: dict[Kind, Callable[[Field], Reader]] = {
    "text": _text_reader,
    "code": lambda _: None,
    "integer": _number_reader,
    "decimal": _number_reader,
    "date": _date_reader,
    "flag": _flag_reader,
}
