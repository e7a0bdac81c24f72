"""Tajik text: one form of each letter, dictionary order, a search key that forgives, and old encodings made readable.

No locale of PostgreSQL or ICU sorts Tajik right (Ё, Ӣ and Ӯ are only accents of Е, И, У there), so the order is an
alphabet written down here. The same two keys exist as immutable SQL functions, `gumruk_dictionary_key` and
`gumruk_folded`, made by a migration of the toolkit; a test holds both sides equal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

# The 35 letters of Tajik with the four that Russian keeps (Ц Щ Ы Ь) in their Russian places: names and descriptions
# of goods use them, and one list may hold both languages.
ALPHABET = "абвгғдеёжзиӣйкқлмнопрстуӯфхҳцчҷшщъыьэюя"
_TAJIK = str.maketrans("ғӣқӯҳҷёй", "гикухчеи")
# Latin letters that look like Cyrillic ones: a code or a number plate is found however it was typed.
_LOOK_ALIKE = str.maketrans("abcehkmoptxy", "авсенкмортху")
_LATIN = [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x180)]
_CYRILLIC = [*range(0x400, 0x460), *range(0x48A, 0x530)]


def nfc(text: str) -> str:
    """The text with every letter in one piece: what each door does to what it is given."""
    return unicodedata.normalize("NFC", text)


def _folding() -> dict[int, str]:
    """Letter → what it is searched as. Closed, so that SQL says the same: other letters stay what they are."""
    folding: dict[int, str] = {}
    for point in (*_LATIN, *_CYRILLIC):
        letter = chr(point)
        small = letter.lower() if len(letter.lower()) == 1 else letter
        if point in _LATIN:
            small = unicodedata.normalize("NFD", small)[0].lower()
        small = small.translate(_TAJIK).translate(_LOOK_ALIKE)
        if small != letter:
            folding[point] = small
    return folding


_MARKS = dict.fromkeys(range(0x300, 0x370), "")  # accents that belong to no letter of ours are not searched
FOLDING = _folding() | _MARKS
# Private code points: after every digit and Latin letter, in the order of the alphabet, and nobody's text.
ORDER = {
    **{point: chr(point + 0x20) for point in range(0x41, 0x5B)},
    **{ord(letter): chr(0xE000 + place) for place, letter in enumerate(ALPHABET)},
    **{ord(letter.upper()): chr(0xE000 + place) for place, letter in enumerate(ALPHABET)},
}


def folded(text: str) -> str:
    """What a text is searched as: no case, Tajik letters as their nearest Russian ones, look-alikes as one letter.

    `Хисор` finds `Ҳисор`, `ABC123` finds `АВС123`, `Kaercher` does not find `Kärcher` but `Karcher` does.
    """
    return nfc(text).translate(FOLDING)


def dictionary_key(text: str) -> str:
    """Sorts texts as a Tajik, Russian or English dictionary does, when compared code point by code point."""
    return nfc(text).translate(ORDER)


class Legacy(StrEnum):
    """A way in which Tajik was written before its letters were in fonts. The caller must know which one it has:
    the same letters are real in Ukrainian, Serbian and Belarusian, so nothing here ever guesses."""

    LOOK_ALIKES = "look-alikes"  # ї ќ ў њ љ ѓ for ӣ қ ӯ ҳ ҷ ғ: the Customs Code itself circulates so


_LEGACY = {Legacy.LOOK_ALIKES: str.maketrans("їќўњљѓЇЌЎЊЉЃ", "ӣқӯҳҷғӢҚӮҲҶҒ")}


def from_legacy(text: str, *, encoding: Legacy) -> str:
    """The text in proper letters, from the old way that the caller names."""
    return nfc(text).translate(_LEGACY[encoding])


def is_plain(said: object) -> bool:
    """Whether no text inside holds a NUL or half a surrogate pair: no database column and no page can."""
    if isinstance(said, str):
        return "\x00" not in said and not any("\ud800" <= sign <= "\udfff" for sign in said)
    if isinstance(said, Mapping):
        return all(is_plain(key) and is_plain(value) for key, value in said.items())
    if isinstance(said, list | tuple):
        return all(is_plain(value) for value in said)
    return True
