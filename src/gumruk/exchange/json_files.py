"""A declaration as JSON: our own field names, every value text. Unknown names are refused, nothing is dropped."""

from __future__ import annotations

import json
from typing import Any

from gumruk.exchange.limits import most_items
from gumruk.exchange.texts import checked as checked_text
from gumruk.exchange.texts import printable
from gumruk.exchange.types import FileRefused, ParsedFile
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, unknown_keys

MAX_BYTES = 8_000_000
MAX_DEPTH = 40


class _Number(str):
    """A number that stood without quotes: kept as written, so that no size of it costs anything; refused later."""

    __slots__ = ()


def parse(data: bytes) -> ParsedFile:
    """Content from JSON bytes. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    return ParsedFile(checked(loaded(data)), "json")


def loaded(data: bytes) -> Any:
    """The value of JSON bytes; names that stand twice are refused. Raises FileRefused."""
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise FileRefused("wrong_encoding", encoding=encoding, at=str(wrong.start)) from wrong
    try:
        return json.loads(
            text, object_pairs_hook=_pairs, parse_int=_Number, parse_float=_Number, parse_constant=_Number
        )
    except RecursionError as wrong:
        raise FileRefused("too_deep", limit=str(MAX_DEPTH)) from wrong
    except ValueError as wrong:
        raise FileRefused("not_json", detail=printable(str(wrong), 120)) from wrong


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in pairs:
        if name in said:
            raise FileRefused("duplicate_key", key=printable(name))
        said[name] = value
    return said


def checked(said: Any) -> Content:
    """`said` in NFC when it is content of the form: known names, text values, lists of rows. Raises FileRefused."""
    if not isinstance(said, dict):
        raise FileRefused("not_an_object")
    form = lawbook.form()
    content = _texts(said, "", {"items", *form.header_lists})
    items = content.get("items", [])
    if len(items) > (most := most_items()):
        raise FileRefused("too_many_items", limit=str(most))
    if "items" in content:
        content["items"] = [
            _texts(row, f"items/{number}/", set(form.item_lists)) for number, row in enumerate(items, 1)
        ]
    for path in unknown_keys(form, content):
        raise FileRefused("unknown_field", path=printable(path))
    return content


def _texts(row: Any, path: str, lists: set[str]) -> Content:
    if not isinstance(row, dict):
        raise FileRefused("not_text", path=printable(path.rstrip("/")))
    read: Content = {}
    for name, value in row.items():
        place = f"{path}{name}"
        if name not in lists:
            if not isinstance(value, str) or isinstance(value, _Number):
                raise FileRefused("not_text", path=printable(place))
            read[name] = checked_text(value, place)
        elif not isinstance(value, list):
            raise FileRefused("not_text", path=printable(place))
        elif name == "items":
            read[name] = value
        else:
            read[name] = [_texts(part, f"{place}/{number}/", set()) for number, part in enumerate(value, start=1)]
    return read
