"""Reads a rate text. Whatever is left over refuses the whole text: a footnote is never taken for a rate."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from gumruk.law.types import Operator, RateComponent
from gumruk.rules.rates.words import ALCOHOL, CURRENCIES, NUMBER, PHRASES, TOKEN, UNITS, WORD

MAX_LENGTH = 300


class RateRefused(Exception):
    """The text is not surely a rate. `code` says why, `where` the place (from 1), `message` what to do."""

    def __init__(self, code: str, where: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.where = where
        self.message = message


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # number, word, or a name of PHRASES
    text: str
    at: int
    fused: bool  # stands against the number before it, without a space
    grouped: bool = False


def read_rate(text: str) -> tuple[RateComponent, ...]:
    """The components of a rate such as `10, но не менее 0,02 евро за 1 кг`. Raises RateRefused."""
    if len(text) > MAX_LENGTH:
        raise RateRefused("too_long", MAX_LENGTH, f"A rate has at most {MAX_LENGTH} characters.")
    tokens = _tokens(text)
    if not tokens:
        raise RateRefused("empty", 1, "The text holds no rate. Write for example 10%.")
    reader = _Reader(tokens, len(text) + 1)
    return reader.rate()


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place = 0
    while place < len(text):
        character = text[place]
        if character.isspace() or (character == "," and tokens):
            place += 1
            continue
        token, place = _token(text, place, tokens)
        tokens.append(token)
    return tokens


def _token(text: str, place: int, before: list[_Token]) -> tuple[_Token, int]:
    fused = bool(before) and before[-1].kind == "number" and not text[place - 1].isspace()
    if alcohol := ALCOHOL.match(text, place):
        return _Token("word", "lpa", place + 1, fused), alcohol.end()
    if phrase := TOKEN.match(text, place):
        kind = PHRASES[int(str(phrase.lastgroup)[1:])][0]
        return _Token(kind, phrase.group(), place + 1, fused), phrase.end()
    if number := NUMBER.match(text, place):
        if fused or (before and before[-1].kind == "number" and text[place - 1] in ".,"):
            raise RateRefused(
                "not_a_number", place + 1, f"{text[place - 1 :]} is not a number. Write one decimal point."
            )
        return _Token(
            "number", number.group(), place + 1, fused, grouped=number.group("grouped") is not None
        ), number.end()
    if word := WORD.match(text, place):
        return _Token("word", word.group(), place + 1, fused), word.end()
    found = text[place : place + 8]
    code = "footnote" if fused or text[place] in "()¹²³*" else "unexpected"
    raise RateRefused(code, place + 1, f"«{found}» does not belong to a rate. Take footnotes and other marks out.")


class _Reader:
    """Walks the tokens; each method takes what it understands or refuses."""

    def __init__(self, tokens: list[_Token], end: int) -> None:
        self.tokens = tokens
        self.end = end
        self.place = 0

    def peek(self) -> _Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, *kinds: str) -> _Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.place += 1
        return token

    def rate(self) -> tuple[RateComponent, ...]:
        free = RateComponent("first", Decimal(0), percent=True)
        parts = [free if self.take("free") else self.component("first")]
        while self.peek() is not None:
            parts.append(self.component(self.operator()))
        return tuple(parts)

    def operator(self) -> Operator:
        token = self.take("+", "-", "min", "max")
        if token is not None:
            return {"+": "+", "-": "-", "min": "min", "max": "max"}[token.kind]  # type: ignore[return-value]
        left = self.peek()
        if left is None:
            raise RateRefused("unexpected_end", self.end, "The rate breaks off.")
        code = "footnote" if left.kind == "number" or left.fused else "unexpected"
        raise RateRefused(code, left.at, f"«{left.text}» does not belong to the rate. Take footnotes out.")

    def component(self, op: Operator) -> RateComponent:
        token = self.take("number")
        if token is None:
            return self.currency_first(op)
        amount = _decimal(token)
        if self.take("%"):
            self.take("of")
            if token.grouped:
                raise RateRefused("footnote", token.at, f"{token.text} is not a percentage. Is a footnote in it?")
            return RateComponent(op, amount, percent=True)
        currency = self.currency()
        if currency is not None:
            return self.per(op, amount, currency)
        follower = self.peek()
        if follower is not None and follower.fused:
            raise RateRefused(
                "footnote",
                follower.at,
                f"«{token.text}{follower.text}» is not a rate. Take the footnote out.",
            )
        if op != "first" or token.grouped:
            raise RateRefused("unit_missing", token.at, f"{token.text} of what? Write % or a currency behind it.")
        # A tariff column in percent writes the bare number: «10, но не менее 0,02 евро за 1 кг».
        return RateComponent(op, amount, percent=True)

    def currency_first(self, op: Operator) -> RateComponent:
        currency = self.currency()
        token = self.take("number") if currency else None
        if currency is None or token is None:
            left = self.peek()
            where = left.at if left else self.end
            raise RateRefused("number_missing", where, "A number belongs here, such as 10% or 0.02 EUR per 1 kg.")
        return self.per(op, _decimal(token), currency)

    def currency(self) -> str | None:
        token = self.peek()
        if token is None or token.kind != "word":
            return None
        code = CURRENCIES.get(token.text.casefold())
        if code is not None:
            self.place += 1
            self.take("сша")
        return code

    def per(self, op: Operator, amount: Decimal, currency: str) -> RateComponent:
        if not self.take("per"):
            return RateComponent(op, amount, percent=False, currency=currency)
        number = self.take("number")
        unit = self.take("word")
        code = UNITS.get(unit.text.casefold()) if unit else None
        if unit is None or code is None:
            where = unit.at if unit else self.end
            found = unit.text if unit else ""
            raise RateRefused("unit_unknown", where, f"«{found}» is not a known unit. Write for example kg, l, t, pcs.")
        per = _decimal(number) if number else Decimal(1)
        if per == 0:
            raise RateRefused("per_zero", unit.at, "A rate per 0 units is no rate.")
        return RateComponent(op, amount, percent=False, currency=currency, per=per, unit=code)


def _decimal(token: _Token) -> Decimal:
    text = re.sub(r"\s", "", token.text).replace(",", ".")
    if len(text) > 18:
        raise RateRefused("too_many_digits", token.at, "A number of a rate has at most 17 digits.")
    if len(text) > 1 and text[0] == "0" and text[1] != ".":
        raise RateRefused("not_a_number", token.at, f"{token.text} begins with a zero. Is a digit missing or too many?")
    return Decimal(text)
