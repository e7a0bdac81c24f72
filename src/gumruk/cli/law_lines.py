"""Changes of law as JSON lines: `{"kind", "key", "since", "until", "body", "cites", "source", "confidence"}`.

A line without `body` closes the key from `since` on (up to `until`). Any line that is refused refuses them all.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gumruk.law.types import Confidence
from gumruk.lawbook import services
from gumruk.lawbook.types import Acting, LawbookRefused, NewEntry

KNOWN = {"kind", "key", "since", "until", "body", "cites", "source", "confidence"}


@transaction.atomic
def put_lines(lines: Iterable[str], change_set: uuid.UUID, by: Acting, at: datetime) -> int:
    """Put every line into the draft, all or none; returns how many. Raises LawbookRefused."""
    entries: list[NewEntry] = []
    closed = 0
    for number, line in enumerate(_read(lines), start=1):
        if not line.strip():
            continue
        said = _object(line, number)
        since, until = _day(said, "since", number), _day(said, "until", number)
        if since is None:
            raise LawbookRefused("line_refused", line=str(number), why="since is missing")
        kind, key = str(said.get("kind", "")), str(said.get("key", ""))
        if said.get("body") is None:
            services.close_entry(change_set=change_set, kind=kind, key=key, since=since, until=until, by=by, at=at)
            closed += 1
            continue
        cites, source = str(said.get("cites", "")), str(said.get("source", ""))
        confidence = _confidence(said, number)
        entries.append(NewEntry(kind, key, since, until, said["body"], cites, source, confidence))
    return closed + services.put_entries(change_set=change_set, entries=entries, by=by, at=at)


def _read(lines: Iterable[str]) -> Iterator[str]:
    read = 0
    try:
        for line in lines:
            read += 1
            yield line
    except UnicodeDecodeError as wrong:
        raise LawbookRefused("line_refused", line=str(read + 1), why="not UTF-8") from wrong


def _object(line: str, number: int) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise LawbookRefused("line_refused", line=str(number), why=f"not JSON: {wrong}") from wrong
    if not isinstance(said, dict) or said.keys() - KNOWN:
        raise LawbookRefused("line_refused", line=str(number), why=f"the fields are {', '.join(sorted(KNOWN))}")
    if not isinstance(said.get("body", {}), dict):
        raise LawbookRefused("line_refused", line=str(number), why="body must be an object")
    return said


def _day(said: dict[str, Any], name: str, number: int) -> date | None:
    if said.get(name) in (None, ""):
        return None
    try:
        return date.fromisoformat(said[name])
    except (ValueError, TypeError) as wrong:
        raise LawbookRefused("line_refused", line=str(number), why=f"{name} is not a date like 2026-01-31") from wrong


def _confidence(said: dict[str, Any], number: int) -> Confidence:
    try:
        return Confidence(said.get("confidence", Confidence.UNKNOWN))
    except ValueError as wrong:
        raise LawbookRefused("line_refused", line=str(number), why="confidence is not a known grade") from wrong
