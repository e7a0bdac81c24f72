"""Reads a bank's statement of credits: JSON or CSV with the fields of a camt.054 notification. It decides nothing.

A file that is not a statement is refused whole. A row with a fault is refused alone, with the reason; the others count.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

FIELDS = ("reference", "booked_at", "amount", "currency", "payer_tin", "text")
LARGEST = 5_000_000  # bytes; a day of every office is far below
MOST_ROWS = 20_000
_AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,2})?\Z", re.ASCII)
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{0,59}\Z", re.ASCII)
_TIN = re.compile(r"[0-9]{0,17}\Z", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", re.ASCII)
_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")  # no database keeps them


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit as the bank wrote it. `line` counts rows from 1."""

    line: int
    reference: str
    booked_at: date
    amount: Decimal
    payer: str
    text: str


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was refused: the field and the reason in a word."""

    line: int
    reference: str
    field: str
    code: str


class StatementRefused(Exception):
    """The file is no statement. `code` names the reason; nothing was stored."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values


def parse_statement(data: bytes) -> tuple[tuple[Credit, ...], tuple[RowFault, ...]]:
    """Credits and refused rows, in order. Raises StatementRefused when the file is no statement."""
    if len(data) > LARGEST:
        raise StatementRefused("too_large", limit=str(LARGEST))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise StatementRefused("not_utf8") from wrong
    rows = _json_rows(text) if text.lstrip()[:1] in ("{", "[") else _csv_rows(text)
    if len(rows) > MOST_ROWS:
        raise StatementRefused("too_large", limit=str(MOST_ROWS))
    taken: list[Credit] = []
    faults: list[RowFault] = []
    for line, row in enumerate(rows, start=1):
        read = _row(line, row)
        (taken if isinstance(read, Credit) else faults).append(read)  # type: ignore[arg-type]
    return tuple(taken), tuple(faults)


def _json_rows(text: str) -> list[Mapping[str, Any]]:
    try:
        said = json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError) as wrong:
        raise StatementRefused("not_a_statement") from wrong
    rows = said.get("credits") if isinstance(said, dict) else said
    if not isinstance(rows, list):
        raise StatementRefused("not_a_statement")
    return [row if isinstance(row, dict) else {} for row in rows]


def _csv_rows(text: str) -> list[Mapping[str, Any]]:
    first = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    try:
        if not {"reference", "amount", "currency", "booked_at"} <= set(reader.fieldnames or ()):
            raise StatementRefused("not_a_statement")
        return list(reader)
    except csv.Error as wrong:
        raise StatementRefused("not_a_statement") from wrong


def _row(line: int, row: Mapping[str, Any]) -> Credit | RowFault:
    said = {name: row.get(name) for name in FIELDS}
    words = {name: value.strip() if isinstance(value, str) else "" for name, value in said.items()}
    # What was refused is shown to people: half a letter of a pair cannot be.
    reference = words["reference"][:60].encode("utf-8", "replace").decode()
    wrong = next((name for name, value in said.items() if value is not None and not isinstance(value, str)), "")
    if wrong:
        return RowFault(line, reference, wrong, "not_text")
    if not _REFERENCE.match(words["reference"]):
        return RowFault(line, reference, "reference", "malformed")
    if words["currency"] != "TJS":
        return RowFault(line, reference, "currency", "currency_not_tjs")
    amount = _amount(words["amount"])
    if amount is None:
        return RowFault(line, reference, "amount", "malformed")
    day = _day(words["booked_at"])
    if day is None:
        return RowFault(line, reference, "booked_at", "malformed")
    if not _TIN.match(words["payer_tin"]):
        return RowFault(line, reference, "payer_tin", "malformed")
    if _UNWRITABLE.search(words["text"]):
        return RowFault(line, reference, "text", "malformed")
    return Credit(line, reference, day, amount, words["payer_tin"], words["text"][:500])


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text) if _AMOUNT.match(text) else Decimal(0)
    except InvalidOperation:  # pragma: no cover - the pattern lets nothing else through
        return None
    return amount.quantize(Decimal("0.01")) if amount > 0 else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.match(text) else None
    except ValueError:
        return None
