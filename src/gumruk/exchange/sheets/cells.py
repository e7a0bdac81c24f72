"""One cell as the text that its field wants. Numbers of a spreadsheet are binary: they are read with the fifteen digits
that the spreadsheet itself shows, so that 0.1 stays 0.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from gumruk.exchange.texts import FORBIDDEN, checked
from gumruk.exchange.types import FileRefused
from gumruk.rules.form import Field, Malformed, read_value
from gumruk.toolkit.xlsx import EPOCHS, Raw

GOODS_DIGITS = 10
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'\u2019]+")
_TRUE = {"1", "true", "yes", "да", "ҳа", "+", "x"}
_FALSE = {"0", "false", "no", "нет", "не", "-"}
_DOTTED = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})\Z", re.ASCII)
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ]00:00(:00)?)?\Z", re.ASCII)
_AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}\Z", re.ASCII)
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z", re.ASCII)
_GROUPED_BY_POINT = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+\Z", re.ASCII)
_LAST_SERIAL = 2_958_465  # 31 December 9999


@dataclass(frozen=True, slots=True)
class Reading:
    """How this sheet writes: whether a comma is surely decimal, and which day its serials count from."""

    comma_is_decimal: bool = False
    since_1904: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell is not taken: a code of FAULTS with what stood there."""

    code: str
    found: str = ""
    limit: str = ""


def cell_text(raw: Raw) -> str:
    """A cell as a person would read it."""
    if isinstance(raw, bool):
        return "1" if raw else "0"
    if isinstance(raw, float):
        return _decimal(raw)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ")
    if isinstance(raw, date | time):
        return raw.isoformat()
    return str(raw)


def _decimal(raw: float) -> str:
    if raw != raw or raw in (float("inf"), float("-inf")):
        return str(raw)
    text = f"{Decimal(f'{raw:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_cell(raw: Raw, field: Field, way: Reading) -> tuple[str, Fault | None]:
    """The text of a cell for `field`, and its fault; with a fault the text is what stood there."""
    said = cell_text(raw).strip()
    try:
        said = checked(said, field.name)
    except FileRefused as refused:
        return FORBIDDEN.sub("", said), Fault("control_character", refused.values["character"])
    if not said:
        return "", None
    text, fault = _converted(raw, said, field, way)
    if fault is None:
        malformed: list[Malformed] = []
        read_value(field, text, field.name, malformed)
        if malformed:
            fault = Fault(malformed[0].reason, said[:60], malformed[0].limit)
    return text, fault


def _converted(raw: Raw, said: str, field: Field, way: Reading) -> tuple[str, Fault | None]:
    if field.kind in ("integer", "decimal"):
        return (
            (said, Fault("not_a_number", said[:60])) if isinstance(raw, date | time | timedelta) else number(said, way)
        )
    if field.kind == "date":
        return day(raw, said, way)
    if field.kind == "flag":
        folded = said.casefold()
        return ("1" if folded in _TRUE else "0" if folded in _FALSE else said), None
    if isinstance(raw, date | time | timedelta):
        return said, Fault("not_text", said)
    if field.list == "goods":
        return _goods(raw, said)
    return " ".join(said.split()) if field.kind == "code" else said, None


def _goods(raw: Raw, said: str) -> tuple[str, Fault | None]:
    """A goods code: spaces and points between digits fall away; a number with one digit too few has lost its zero."""
    code = re.sub(r"[\s.\u00a0]+", "", said)
    if isinstance(raw, int | float) and len(code) == GOODS_DIGITS - 1:
        return code, Fault("lost_zero", code, str(len(code)))
    return code, None


def number(said: str, way: Reading) -> tuple[str, Fault | None]:
    """A number as people write it: spaces and apostrophes between thousands, a decimal comma or point."""
    text = _SPACES.sub("", said).replace("\u2212", "-")
    if _GROUPED_BY_POINT.match(text):
        return text.replace(".", "").replace(",", "."), None
    if "," not in text:
        return text, None
    if _AMBIGUOUS.match(text) and not way.comma_is_decimal:
        return said, Fault("ambiguous_number", said[:60])
    if _GROUPED.match(text) and ("." in text or text.count(",") > 1):
        return text.replace(",", ""), None
    return text.replace(",", ".", 1), None


def day(raw: Raw, said: str, way: Reading) -> tuple[str, Fault | None]:
    """A date: of the spreadsheet, its serial number, yyyy-MM-dd, or day.month.year."""
    if isinstance(raw, datetime):
        return raw.date().isoformat(), None
    if isinstance(raw, date):
        return raw.isoformat(), None
    if (
        isinstance(raw, int | float)
        and not isinstance(raw, bool)
        and said.isdigit()
        and 1 <= int(said) <= _LAST_SERIAL - 1462
    ):
        return (EPOCHS[way.since_1904] + timedelta(days=int(said))).isoformat(), None
    if _ISO.match(said):
        return said[:10], None
    found = _DOTTED.match(said)
    if found:
        try:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat(), None
        except ValueError:
            pass
    return said, Fault("not_a_date", said[:60])
