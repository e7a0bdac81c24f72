"""What a line of `gumruk calc` asks, read strictly: amounts are text, nothing is guessed, each refusal names its field."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from gumruk.cli.lines import LineRefused
from gumruk.rules.form import Content
from gumruk.rules.formula.tree import MODES, Mode

KNOWN = (
    "date", "code", "country", "regime", "value", "currency", "quantities", "documents", "preference", "rates",
    "exchange", "round",
)  # fmt: skip
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,12})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CODE = re.compile(r"[0-9]{2,10}", re.ASCII)
_WORD = re.compile(r"[A-Za-z0-9_-]{1,35}", re.ASCII)
_LETTERS = {"country": re.compile(r"[A-Z]{2}", re.ASCII), "currency": re.compile(r"[A-Z]{3}", re.ASCII)}


@dataclass(frozen=True, slots=True)
class Rounding:
    """How every formula rounds in a what-if."""

    digits: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: goods of one line, and what stands in place of the stored law."""

    day: date
    content: Content
    exchange: Mapping[str, Decimal]
    rates: tuple[str, ...] | None
    rounding: Rounding | None


def read_line(line: str) -> Asked:
    """The question of a line. Raises LineRefused."""
    said = _object(line)
    for name in said:
        if name not in KNOWN:
            raise LineRefused("unknown_field", name, f"There is no field {name}. Known: {', '.join(sorted(KNOWN))}.")
    day = _day(_text(said, "date"))
    value, currency = number(_text(said, "value"), "value"), _letters(said, "currency")
    rates = _rates(said)
    exchange = {
        _one(_LETTERS["currency"], name, f"exchange/{name}"): _positive(text, f"exchange/{name}")
        for name, text in _mapping(said, "exchange").items()
    }
    item: dict[str, Any] = {
        "goods_code": _code(said, optional=rates is not None),
        "item_origin_country": _letters(said, "country", optional=True),
        "preference": _word(said, "preference"),
        "price": value,
        "documents": [{"kind": kind} for kind in _documents(said)],
    }
    item |= _quantities(said)
    regime = _word(said, "regime") or "FREE_CIRC"
    content = {"currency": currency, "regime": regime, "items": [item]}
    return Asked(day, content, exchange, rates, _rounding(said))


def number(text: Any, where: str) -> str:
    """An amount as text: digits, at most one point; no sign, exponent, space, idle zero in front or other script."""
    if not isinstance(text, str) or not _NUMBER.fullmatch(text):
        raise LineRefused("not_a_number", where, f'{_short(text)} is not a number in quotes, such as "100.00".')
    return text


def _object(line: str) -> dict[str, Any]:
    if not line.strip():
        raise LineRefused("empty", "line", "The line is empty. Write one JSON object.")
    try:
        said = json.loads(line, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError) as wrong:
        raise LineRefused("not_json", "line", f"The line is not JSON: {_short(wrong)}") from wrong
    if not isinstance(said, dict):
        raise LineRefused("not_an_object", "line", "The line must be a JSON object in braces.")
    return said


def _no_float(text: str) -> NoReturn:
    raise LineRefused("number_not_text", "line", f"{_short(text)} is a number without quotes. Write amounts as text.")


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, value in pairs:
        if name in said:
            raise LineRefused("duplicate_field", name, f"{name} is said twice.")
        said[name] = value
    return said


def _text(said: dict[str, Any], name: str) -> str:
    text = said.get(name)
    if isinstance(text, int) and not isinstance(text, bool):
        raise LineRefused("number_not_text", name, f"{name} is a number without quotes. Write amounts as text.")
    if not isinstance(text, str) or not text:
        raise LineRefused("field_missing", name, f"{name} must be given as text in quotes.")
    return text


def _day(text: str) -> date:
    try:
        if _DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise LineRefused("not_a_date", "date", f"{_short(text)} is not a date. Write it as 2026-01-31.")


def _one(pattern: re.Pattern[str], text: Any, where: str) -> str:
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise LineRefused(
            "not_a_code", where, f'{_short(text)} is not a code. Write it in quotes, such as "KZ", "EUR".'
        )
    return text


def _letters(said: dict[str, Any], name: str, *, optional: bool = False) -> str:
    if optional and said.get(name) in (None, ""):
        return ""
    return _one(_LETTERS[name], said[name] if optional else _text(said, name), name)


def _code(said: dict[str, Any], *, optional: bool) -> str:
    if optional and said.get("code") in (None, ""):
        return ""
    return _one(_CODE, _text(said, "code"), "code")


def _word(said: dict[str, Any], name: str) -> str:
    return "" if said.get(name) in (None, "") else _one(_WORD, said[name], name)


def _mapping(said: dict[str, Any], name: str) -> dict[str, Any]:
    found = said.get(name)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise LineRefused("not_an_object", name, f"{name} must be an object in braces.")
    return found


def _list(said: dict[str, Any], name: str) -> list[Any]:
    found = said.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise LineRefused("not_a_list", name, f"{name} must be a list in square brackets.")
    return found


def _positive(text: Any, where: str) -> Decimal:
    amount = Decimal(number(text, where))
    if not amount:
        raise LineRefused("not_a_number", where, "A rate of exchange is more than zero.")
    return amount


def _documents(said: dict[str, Any]) -> list[str]:
    return [_one(_WORD, kind, f"documents/{place}") for place, kind in enumerate(_list(said, "documents"), start=1)]


def _quantities(said: dict[str, Any]) -> dict[str, str]:
    """Kilograms are the net mass; up to three other units follow."""
    fields: dict[str, str] = {}
    slots = iter(("", "_2", "_3"))
    for unit, amount in _mapping(said, "quantities").items():
        quantity = number(amount, f"quantities/{_one(_WORD, unit, 'quantities')}")
        if unit == "KGM":
            fields["net_mass"] = quantity
            continue
        suffix = next(slots, None)
        if suffix is None:
            raise LineRefused("too_many_units", "quantities", "At most three units besides kilograms can be given.")
        fields[f"supplementary_unit{suffix}"], fields[f"supplementary_quantity{suffix}"] = unit, quantity
    return fields


def _rates(said: dict[str, Any]) -> tuple[str, ...] | None:
    if said.get("rates") is None:
        return None
    rates = _list(said, "rates")
    if not rates or len(rates) > 20:
        raise LineRefused("rates_missing", "rates", "rates must be a list of one to twenty texts such as 10%.")
    for place, text in enumerate(rates, start=1):
        if not isinstance(text, str):
            raise LineRefused("not_a_rate", f"rates/{place}", 'A rate is text in quotes, such as "10%".')
    return tuple(rates)


def _rounding(said: dict[str, Any]) -> Rounding | None:
    if said.get("round") is None:
        return None
    rounding = _mapping(said, "round")
    digits, mode = rounding.get("digits", 2), rounding.get("mode", "HALF_UP")
    known = isinstance(digits, int) and not isinstance(digits, bool) and 0 <= digits <= 6 and mode in MODES
    if not known or rounding.keys() - {"digits", "mode"}:
        raise LineRefused("rounding_unknown", "round", f"digits is 0 to 6, mode one of {', '.join(MODES)}.")
    return Rounding(digits, mode)


def _short(found: object) -> str:
    text = str(found)
    return text if len(text) <= 80 else f"{text[:80]}…"
