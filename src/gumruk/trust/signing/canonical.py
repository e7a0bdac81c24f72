"""Canonical JSON: RFC 8785 in a narrow profile, in which one value has one spelling and every language agrees on it.

The profile: text, whole numbers within 2^53, true, false, null, lists, objects with ASCII keys. No fractions: amounts
and masses travel as text. The reader refuses what the writer would have written otherwise.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from gumruk.trust.signing.refusing import Reason, SignatureRefused

LARGEST = 2**53 - 1
DEPTH = 32


def bytes_of(value: Any) -> bytes:
    """The canonical bytes of a value. Raises SignatureRefused for what is outside the profile."""
    _require_profile(value, 0)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError:
        raise SignatureRefused(Reason.STATEMENT_NOT_JSON) from None


def value_of(raw: bytes) -> Any:
    """The value that canonical bytes say. Raises SignatureRefused when they are not the one canonical spelling."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_float=_no_number,
            parse_int=_whole,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        raise SignatureRefused(Reason.STATEMENT_NOT_JSON) from None
    if bytes_of(value) != raw:
        raise SignatureRefused(Reason.STATEMENT_NOT_CANONICAL)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SignatureRefused(Reason.STATEMENT_KEY_TWICE)
    return found


def _whole(text: str) -> int:
    if len(text) > len(str(LARGEST)) + 1 or abs(int(text)) > LARGEST:
        _no_number(text)
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise SignatureRefused(Reason.STATEMENT_NUMBER, number=text[:40])


def _require_profile(value: Any, depth: int) -> None:
    if depth > DEPTH:
        raise SignatureRefused(Reason.STATEMENT_NOT_JSON)
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise SignatureRefused(Reason.STATEMENT_FIELD, field=str(key)[:40])
            _require_profile(part, depth + 1)
    elif isinstance(value, list | tuple):
        for part in value:
            _require_profile(part, depth + 1)
    elif isinstance(value, bool | str) or value is None:
        return
    elif not isinstance(value, int) or abs(value) > LARGEST:
        _no_number(str(value))
