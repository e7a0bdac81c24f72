"""Text at the door: one Unicode form, no control characters, no surrogates, no characters that turn the line around."""

from __future__ import annotations

import re
import unicodedata

from gumruk.exchange.types import FileRefused

# C0 but tab and line ends, DEL and C1, direction overrides and isolates, surrogates, code points that are no characters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def checked(text: str, where: str) -> str:
    """`text` in NFC. Raises FileRefused `control_character` naming the place and the character."""
    found = FORBIDDEN.search(text)
    if found:
        raise FileRefused("control_character", where=printable(where), character=f"U+{ord(found.group()):04X}")
    return unicodedata.normalize("NFC", text)


def printable(text: str, length: int = 80) -> str:
    """`text` for a message: white space becomes spaces, what cannot be shown is replaced, long ones are cut."""
    return "".join(_shown(sign) for sign in text[:length])


def _shown(sign: str) -> str:
    if sign.isprintable():
        return sign
    return " " if sign.isspace() else "\N{REPLACEMENT CHARACTER}"
