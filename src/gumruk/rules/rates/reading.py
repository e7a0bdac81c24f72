"""Reads a rate text. Whatever is left over refuses the whole text: a footnote is never taken for a rate."""

from __future__ import annotations

import re
from decimal import Decimal

from gumruk.law.types import Operator, RateComponent
from gumruk.rules.rates.tokens import RateRefused, Token, decimal_of, tokens_of
from gumruk.rules.rates.words import CURRENCIES, UNITS

MAX_LENGTH = 300
_OPERATORS: dict[str, Operator] = {"+": "+", "-": "-", "min": "min", "max": "max"}
_FREE = RateComponent("first", Decimal(0), percent=True)
# A column in percent never holds a bare number above this: it would be a rate with its footnote number glued on.
_GREATEST_BARE = 100


def read_rate(text: str) -> tuple[RateComponent, ...]:
    """The components of a rate such as `10, но не менее 0,02 евро за 1 кг`. Raises RateRefused."""
    if len(text) > MAX_LENGTH:
        raise RateRefused("too_long", MAX_LENGTH, f"A rate has at most {MAX_LENGTH} characters.")
    tokens = tokens_of(text)
    if not tokens:
        raise RateRefused("empty", 1, "The text holds no rate. Write for example 10%.")
    return _Reader(tokens, len(text) + 1).rate()


class _Reader:
    """Walks the tokens; each method takes what it understands or refuses."""

    def __init__(self, tokens: list[Token], end: int) -> None:
        self.tokens = tokens
        self.end = end
        self.place = 0
        self.bare = False  # whether the last component was a number without a sign or currency

    def peek(self) -> Token | None:
        return self.tokens[self.place] if self.place < len(self.tokens) else None

    def take(self, *kinds: str) -> Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self.place += 1
        return token

    def rate(self) -> tuple[RateComponent, ...]:
        self.take("label", "of")
        parts = [_FREE] if self.take("free") else self.chain()
        if self.peek() is not None:
            raise self.leftover()
        return tuple(parts)

    def leftover(self) -> RateRefused:
        token = self.peek()
        if token is None:
            return RateRefused("unexpected_end", self.end, "The rate breaks off.")
        code = "footnote" if token.kind in ("number", ")") or token.fused else "unexpected"
        return RateRefused(code, token.at, f"«{token.text}» does not belong to the rate. Take footnotes out.")

    def chain(self, depth: int = 0) -> list[RateComponent]:
        """`A`, or `(A op B)`, then operators with their parts. Brackets never change the order from left to right."""
        opening = self.take("(")
        if opening is None:
            parts = [self.component("first")]
        elif depth == 4:
            raise RateRefused("brackets", opening.at, "The rate has too many brackets. Write it without them.")
        else:
            parts = self.chain(depth + 1)
            self.close(opening)
        while (token := self.peek()) is not None and token.kind != ")":
            self.tail(parts)
        return parts

    def close(self, opening: Token) -> None:
        if self.take(")") is None:
            if self.peek() is not None:
                raise self.leftover()
            raise RateRefused("brackets", opening.at, "This bracket is not closed.")

    def tail(self, parts: list[RateComponent]) -> None:
        """One operator and its part, or several of them set in brackets as an aside."""
        opening = self.take("(")
        if opening is None:
            self.joined(parts)
            return
        self.joined(parts)
        while (token := self.peek()) is not None and token.kind != ")":
            self.joined(parts)
        self.close(opening)

    def joined(self, parts: list[RateComponent]) -> None:
        sign = self.take("+", "-", "min", "max", "or")
        if sign is None:
            raise self.leftover()
        opening = None if sign.kind == "or" else self.take("(")
        before, was_bare = parts[-1], self.bare
        part = self.component(_OPERATORS.get(sign.kind, "min"))
        if opening is not None:
            self.close(opening)
        if sign.kind == "or":
            part = self.whichever(part, sign)
        if sign.kind == "-" and (was_bare or _alike(before, part)):
            raise RateRefused("range", sign.at, "This is a range from one rate to another. Write the one that applies.")
        parts.append(part)

    def whichever(self, part: RateComponent, sign: Token) -> RateComponent:
        word = self.take("higher", "lower")
        if word is None:
            raise RateRefused(
                "which_applies", sign.at, "Which of the two applies? Write whichever is higher, or MIN, MAX."
            )
        op: Operator = "min" if word.kind == "higher" else "max"
        return RateComponent(op, part.amount, part.percent, part.currency, part.per, part.unit)

    def component(self, op: Operator) -> RateComponent:
        self.bare = False
        token = self.take("number")
        if token is None:
            return self.currency_first(op)
        if self.take("%"):
            self.take("of")
            if token.grouped:
                raise RateRefused("footnote", token.at, f"{token.text} is not a percentage. Is a footnote in it?")
            return RateComponent(op, decimal_of(token), percent=True)
        currency = self.currency()
        if currency is not None:
            return self.per(op, _money(token), currency)
        return self.bare_number(op, token)

    def bare_number(self, op: Operator, token: Token) -> RateComponent:
        """A tariff column in percent writes the bare number: «10, но не менее 0,02 евро за 1 кг»."""
        follower = self.peek()
        if follower is not None and follower.fused and follower.kind not in ("+", "-", "min", "max"):
            found = f"«{token.text}{follower.text}»"
            raise RateRefused("footnote", follower.at, f"{found} is not a rate. Take the footnote out.")
        if op != "first" or token.grouped:
            raise RateRefused("unit_missing", token.at, f"{token.text} of what? Write % or a currency behind it.")
        amount = decimal_of(token)
        if amount > _GREATEST_BARE:
            raise RateRefused("ambiguous", token.at, f"Is a footnote in {token.text}? If it is a percentage, write %.")
        self.take("of")
        self.bare = True
        return RateComponent(op, amount, percent=True)

    def currency_first(self, op: Operator) -> RateComponent:
        currency = self.currency()
        token = self.take("number") if currency else None
        if currency is None or token is None:
            left = self.peek()
            where = left.at if left else self.end
            raise RateRefused("number_missing", where, "A number belongs here, such as 10% or 0.02 EUR per 1 kg.")
        return self.per(op, _money(token), currency)

    def currency(self) -> str | None:
        token = self.peek()
        if token is None or token.kind != "word":
            return None
        code = CURRENCIES.get(token.text.casefold())
        if code is not None:
            self.place += 1
            self.take("country")
        return code

    def per(self, op: Operator, amount: Decimal, currency: str) -> RateComponent:
        if not self.take("per"):
            return RateComponent(op, amount, percent=False, currency=currency)
        number = self.take("number")
        if number is not None and number.grouped and not re.fullmatch(r"[0-9]+(?:\s000)+", number.text):
            raise _ambiguous(number)
        per = decimal_of(number) if number else Decimal(1)
        if self.take("thousand"):
            per *= 1000
        if per == 0:
            where = number.at if number else self.end
            raise RateRefused("per_zero", where, "A rate per 0 units is no rate.")
        return RateComponent(op, amount, percent=False, currency=currency, per=per, unit=self.unit())

    def unit(self) -> str:
        token = self.take("word", "lpa", "vol", "unit:CMQ", "unit:MTK", "unit:MTQ")
        code = self.unit_code(token) if token else None
        if code is None:
            left = token or self.peek()
            where, found = (left.at, left.text) if left else (self.end, "")
            raise RateRefused("unit_unknown", where, f"«{found}» is not a known unit. Write for example kg, l, t, pcs.")
        if code == "CMQ":
            self.take("engine")
        if code in ("KGM", "TNE", "GRM"):
            mark = self.place
            self.take("per")
            if not self.take("net"):
                self.place = mark
        return code

    def unit_code(self, token: Token) -> str | None:
        if token.kind == "lpa":
            return "LPA"
        if token.kind == "vol":
            # One per cent of volume in a hectolitre is one litre of pure alcohol.
            self.take("per")
            other = self.take("word")
            return "LPA" if other and UNITS.get(other.text.casefold()) == "HLT" else None
        if token.kind == "word":
            return UNITS.get(token.text.casefold())
        return token.kind.removeprefix("unit:")


def _alike(one: RateComponent, two: RateComponent) -> bool:
    return (one.percent, one.currency, one.unit) == (two.percent, two.currency, two.unit)


def _ambiguous(token: Token) -> RateRefused:
    return RateRefused(
        "ambiguous", token.at, f"Is {token.text} one number, or a rate with a footnote? Write it without the space."
    )


def _money(token: Token) -> Decimal:
    """An amount of money. Thousands apart by plain spaces are believed only when decimals follow."""
    if token.grouped and not re.search(r"[.,]", token.text):
        raise _ambiguous(token)
    return decimal_of(token)
