"""Cuts a rate text into numbers, words and signs. What is none of these refuses the text here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gumruk.rules.rates.words import NUMBER, PHRASES, TOKEN, WORD

_MARKS = "¹²³⁴⁵⁶⁷⁸⁹⁰*†‡#"


class RateRefused(Exception):
    """The text is not surely a rate. `code` says why, `where` the place (from 1), `message` what to do."""

    def __init__(self, code: str, where: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.where = where
        self.message = message


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is number, word, `unit:CODE`, or a name of PHRASES; `at` counts from 1."""

    kind: str
    text: str
    at: int
    fused: bool  # stands against the number before it, without a space
    grouped: bool = False  # a number with thousands apart by plain spaces


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text, in order. Spaces and commas between them say nothing."""
    tokens: list[Token] = []
    place = 0
    while place < len(text):
        if text[place].isspace() or (text[place] == "," and tokens):
            place += 1
            continue
        token, place = _token(text, place, tokens)
        tokens.append(token)
    return tokens


def _token(text: str, place: int, before: list[Token]) -> tuple[Token, int]:
    previous = before[-1] if before else None
    fused = previous is not None and previous.kind == "number" and not text[place - 1].isspace()
    if number := NUMBER.match(text, place):
        if fused or (previous is not None and previous.kind == "number" and text[place - 1] in ".,"):
            found = text[place - 1 :]
            raise RateRefused("not_a_number", place + 1, f"{found} is not a number. Write one decimal point.")
        grouped = number.group("grouped") is not None
        return Token("number", number.group(), place + 1, fused=False, grouped=grouped), number.end()
    if phrase := TOKEN.match(text, place):
        kind = PHRASES[int(str(phrase.lastgroup)[1:])][0]
        return Token(kind, phrase.group(), place + 1, fused), phrase.end()
    if word := WORD.match(text, place):
        return Token("word", word.group(), place + 1, fused), word.end()
    found = text[place : place + 8]
    code = "footnote" if fused or text[place] in _MARKS else "unexpected"
    raise RateRefused(code, place + 1, f"«{found}» does not belong to a rate. Take footnotes and other marks out.")


def decimal_of(token: Token) -> Decimal:
    """The number of a token. Raises RateRefused for one too long or with a zero in front."""
    text = re.sub(r"\s", "", token.text).replace(",", ".")
    if len(text) > 18:
        raise RateRefused("too_many_digits", token.at, "A number of a rate has at most 17 digits.")
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        raise RateRefused("not_a_number", token.at, f"{token.text} begins with a zero. Is a digit missing or too many?")
    return Decimal(text)
