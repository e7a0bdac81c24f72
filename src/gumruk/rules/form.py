"""The declaration form: which fields there are, in which box, of what kind; and how text becomes facts.

Content is what a person or a file said: nested dicts of text. Facts are what rules compute with: numbers as
integers scaled by the field's `scale` (net mass 10.5 kg with scale 6 is 10500000), dates as `date`, text as it is,
None where nothing was said. This module turns one into the other and is the only place that does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from gumruk.law.types import Words

Kind = Literal["text", "code", "integer", "decimal", "date", "flag"]
Content = dict[str, Any]  # {"office": "...", ..., "items": [{"goods_code": "...", "packages": [{...}]}]}
Facts = dict[str, Any]  # same keys; values are str, int (scaled), date or None

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?\Z", re.ASCII)
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)


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


@dataclass(frozen=True, slots=True)
class FieldList:
    """A repeated group of fields, such as the packages of an item."""

    name: str
    box: str
    label: Words
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Form:
    """The whole register. Names are unique inside header, item and each list."""

    header: Mapping[str, Field]
    header_lists: Mapping[str, FieldList]
    item: Mapping[str, Field]
    item_lists: Mapping[str, FieldList]


@dataclass(frozen=True, slots=True)
class Malformed:
    """Text that is not what its field holds. `path` is like `items/2/net_mass`, items counted from 1."""

    path: str
    box: str
    found: str
    reason: Literal["not_a_number", "too_many_digits", "too_many_decimals", "not_a_date", "too_long", "not_a_flag"]
    limit: str = ""


@dataclass(slots=True)
class Reading:
    """Facts and what could not be read. An unreadable field is None in the facts and named in `malformed`."""

    facts: Facts
    malformed: list[Malformed] = field(default_factory=list)


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
    reading = Reading({})
    _read_group(form.header, content, "", reading.facts, reading.malformed)
    for name, group in form.header_lists.items():
        reading.facts[name] = _read_list(group, content, "", reading.malformed)
    items: list[Facts] = []
    for number, item in enumerate(content.get("items") or [], start=1):
        facts: Facts = {}
        prefix = f"items/{number}/"
        _read_group(form.item, item, prefix, facts, reading.malformed)
        for name, group in form.item_lists.items():
            facts[name] = _read_list(group, item, prefix, reading.malformed)
        items.append(facts)
    reading.facts["items"] = items
    return reading


def unknown_keys(form: Form, content: Content) -> Iterator[str]:
    """Paths of keys that the form does not have. A door refuses them by name; nothing is dropped in silence."""
    known = {*form.header, *form.header_lists, "items"}
    yield from (key for key in content if key not in known)
    for name, group in form.header_lists.items():
        yield from _unknown_in_list(group, content.get(name), name)
    for number, item in enumerate(content.get("items") or [], start=1):
        known = {*form.item, *form.item_lists}
        yield from (f"items/{number}/{key}" for key in item if key not in known)
        for name, group in form.item_lists.items():
            yield from _unknown_in_list(group, item.get(name), f"items/{number}/{name}")


def _unknown_in_list(group: FieldList, rows: list[Mapping[str, str]] | None, path: str) -> Iterator[str]:
    for number, row in enumerate(rows or [], start=1):
        yield from (f"{path}/{number}/{key}" for key in row if key not in group.fields)


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
        )
        for name, row in data.items()
    }


def _lists(data: Mapping[str, Any]) -> dict[str, FieldList]:
    return {
        name: FieldList(name, str(row["box"]), Words(**row["label"]), _fields(row["fields"], row["box"]))
        for name, row in data.items()
    }


def _read_group(
    fields: Mapping[str, Field],
    source: Mapping[str, Any],
    prefix: str,
    facts: Facts,
    malformed: list[Malformed],
) -> None:
    for name, definition in fields.items():
        text = source.get(name)
        if text is None or text == "":
            facts[name] = None
        else:
            facts[name] = read_value(definition, text, prefix + name, malformed)


def _read_list(group: FieldList, source: Mapping[str, Any], prefix: str, malformed: list[Malformed]) -> list[Facts]:
    rows: list[Facts] = []
    for number, row in enumerate(source.get(group.name) or [], start=1):
        facts: Facts = {}
        _read_group(group.fields, row, f"{prefix}{group.name}/{number}/", facts, malformed)
        rows.append(facts)
    return rows


def read_value(definition: Field, text: str, path: str, malformed: list[Malformed]) -> str | int | date | None:
    """One value from its text; on a fault, None and an entry in `malformed`."""
    kind = definition.kind
    if kind == "code":
        return text
    if kind == "text":
        if len(text) <= definition.length:
            return text
        malformed.append(Malformed(path, definition.box, text[:80], "too_long", str(definition.length)))
    elif kind in ("integer", "decimal"):
        return _number(definition, text, path, malformed)
    elif kind == "date":
        return _date(definition, text, path, malformed)
    elif text in ("0", "1"):
        return int(text)
    else:
        malformed.append(Malformed(path, definition.box, text[:80], "not_a_flag"))
    return None


def _number(definition: Field, text: str, path: str, malformed: list[Malformed]) -> int | None:
    if not _NUMBER.match(text) or len(text) > 60:
        malformed.append(Malformed(path, definition.box, text[:80], "not_a_number"))
        return None
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    if len(whole.lstrip("-").lstrip("0")) > definition.digits:
        malformed.append(Malformed(path, definition.box, text[:80], "too_many_digits", str(definition.digits)))
        return None
    if len(decimals) > definition.scale:
        malformed.append(Malformed(path, definition.box, text[:80], "too_many_decimals", str(definition.scale)))
        return None
    return int(whole + decimals.ljust(definition.scale, "0"))


def _date(definition: Field, text: str, path: str, malformed: list[Malformed]) -> date | None:
    try:
        if _ISO_DATE.match(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    malformed.append(Malformed(path, definition.box, text[:80], "not_a_date"))
    return None
