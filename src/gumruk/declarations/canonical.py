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
    """Every field that differs, in path order."""
    old, new = flatten(before), flatten(after)
    paths = sorted(old.keys() | new.keys(), key=_path_order)
    return tuple(
        Difference(path, old.get(path, ""), new.get(path, "")) for path in paths if old.get(path) != new.get(path)
    )


def _path_order(path: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in path.split("/"))
