"""One canonical form of content, so that the same declaration always has the same bytes and hash.

Text is NFC and trimmed, empty fields and empty rows are left out, keys are sorted, nothing is spaced: a subset of
RFC 8785 that holds because content has only text, objects and lists.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from gumruk.declarations.types import Difference
from gumruk.rules.form import Content


def clean(value: Any) -> Any:
    """Content with NFC trimmed text and without what is empty."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, dict):
        cleaned = {key: clean(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in ("", None, [], {})}
    if isinstance(value, list | tuple):
        # An item keeps its place even when empty: box 32 counts it.
        return [clean(item) for item in value]
    return value


def bytes_of(content: Content) -> bytes:
    """The canonical bytes of content that is already clean."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def hash_of(content: Content) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(bytes_of(content)).hexdigest()


def flatten(value: Any, prefix: str = "") -> dict[str, str]:
    """Content as path → text; list places are counted from 1."""
    if isinstance(value, dict):
        pairs = ((f"{prefix}{key}", item) for key, item in value.items())
    elif isinstance(value, list):
        pairs = ((f"{prefix}{number}", item) for number, item in enumerate(value, start=1))
    else:
        return {prefix.rstrip("/"): str(value)}
    flat: dict[str, str] = {}
    for path, item in pairs:
        flat.update(flatten(item, f"{path}/"))
    return flat


def difference(before: Content, after: Content) -> tuple[Difference, ...]:
    """Every field that differs, in path order. What is equal is not looked into: two thousand items cost what changed."""
    old: dict[str, str] = {}
    new: dict[str, str] = {}
    _part(before, after, "", old, new)
    paths = sorted(old.keys() | new.keys(), key=_path_order)
    return tuple(
        Difference(path, old.get(path, ""), new.get(path, "")) for path in paths if old.get(path) != new.get(path)
    )


_ABSENT: Any = object()


def _part(before: Any, after: Any, prefix: str, old: dict[str, str], new: dict[str, str]) -> None:
    """Flatten what differs below `prefix` into `old` and `new`."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() | after.keys():
            _part(before.get(key, _ABSENT), after.get(key, _ABSENT), f"{prefix}{key}/", old, new)
    elif isinstance(before, list) and isinstance(after, list):
        for place in range(max(len(before), len(after))):
            one = before[place] if place < len(before) else _ABSENT
            two = after[place] if place < len(after) else _ABSENT
            _part(one, two, f"{prefix}{place + 1}/", old, new)
    else:
        if before is not _ABSENT:
            old.update(flatten(before, prefix))
        if after is not _ABSENT:
            new.update(flatten(after, prefix))


def _path_order(path: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in path.split("/"))
