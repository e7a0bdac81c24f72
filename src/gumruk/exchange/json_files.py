"""A declaration as JSON: our own field names, every value text. Unknown names are refused, nothing is dropped."""

from __future__ import annotations

import json
from typing import Any

from gumruk.exchange.types import FileRefused, ParsedFile
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, unknown_keys

MAX_BYTES = 8_000_000
MAX_ITEMS = 1999


def parse(data: bytes) -> ParsedFile:
    """Content from JSON bytes. Raises FileRefused."""
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as wrong:
        raise FileRefused("not_json", detail=str(wrong)[:120]) from wrong
    return ParsedFile(checked(said), "json")


def checked(said: Any) -> Content:
    """`said` when it is content of the form: known names, text values, lists of rows. Raises FileRefused."""
    if not isinstance(said, dict):
        raise FileRefused("not_an_object")
    form = lawbook.form()
    lists = {"items", *form.header_lists}
    _texts(said, "", lists)
    items = said.get("items", [])
    if len(items) > MAX_ITEMS:
        raise FileRefused("too_many_items", limit=str(MAX_ITEMS))
    for number, item in enumerate(items, start=1):
        _texts(item, f"items/{number}/", set(form.item_lists))
    for path in unknown_keys(form, said):
        raise FileRefused("unknown_field", path=path)
    return said


def _texts(row: Any, path: str, lists: set[str]) -> None:
    if not isinstance(row, dict):
        raise FileRefused("not_text", path=path.rstrip("/"))
    for name, value in row.items():
        place = f"{path}{name}"
        if name not in lists:
            if not isinstance(value, str) or "\x00" in value:
                raise FileRefused("not_text", path=place)
        elif not isinstance(value, list):
            raise FileRefused("not_text", path=place)
        elif name != "items":
            for number, part in enumerate(value, start=1):
                _texts(part, f"{place}/{number}/", set())
