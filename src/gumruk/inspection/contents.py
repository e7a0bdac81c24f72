"""What a report says: to text for the database and back, its hash, and what is still missing before it may be closed. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gumruk.inspection.types import Fault, ItemResult, Kind, Said

MOST_ITEMS = 9999
_TEXTS = {"place": 200, "packages_opened": 200, "samples": 500, "text": 4000}
_LISTS = {"officers": (20, 120), "seals_removed": (99, 40), "seals_applied": (99, 40), "measures": (10, 20)}


def trimmed(said: Said) -> Said:
    """The same without spaces around, without what is empty, nothing longer than its place; items in order, each once."""

    def text(name: str) -> str:
        return str(getattr(said, name)).strip()[: _TEXTS[name]]

    def several(name: str) -> tuple[str, ...]:
        most, longest = _LISTS[name]
        return tuple(dict.fromkeys(one.strip()[:longest] for one in getattr(said, name) if one.strip()))[:most]

    items = {
        one.item: ItemResult(one.item, one.result.strip()[:20], one.found.strip()[:200], one.note.strip()[:500])
        for one in said.items
        if 0 <= one.item <= MOST_ITEMS and (one.result.strip() or one.found.strip() or one.note.strip())
    }
    return replace(
        said,
        place=text("place"),
        packages_opened=text("packages_opened"),
        samples=text("samples"),
        text=text("text"),
        officers=several("officers"),
        seals_removed=several("seals_removed"),
        seals_applied=several("seals_applied"),
        measures=several("measures"),
        items=tuple(items[number] for number in sorted(items)),
    )


def to_json(said: Said) -> dict[str, Any]:
    """Content as the database keeps it; what was not said is left out."""
    made: dict[str, Any] = {name: getattr(said, name) for name in _TEXTS if getattr(said, name)}
    made |= {name: list(getattr(said, name)) for name in _LISTS if getattr(said, name)}
    for name in ("started_at", "ended_at"):
        moment: datetime | None = getattr(said, name)
        if moment is not None:
            made[name] = moment.isoformat()
    if said.declarant_present is not None:
        made["declarant_present"] = said.declarant_present
    if said.items:
        made["items"] = [
            {"item": one.item, "result": one.result, "found": one.found, "note": one.note} for one in said.items
        ]
    return made


def from_json(kept: Mapping[str, Any]) -> Said:
    """What the database keeps, as a report."""
    said: dict[str, Any] = {name: str(kept.get(name, "")) for name in _TEXTS}
    said |= {name: tuple(kept.get(name, ())) for name in _LISTS}
    for name in ("started_at", "ended_at"):
        said[name] = datetime.fromisoformat(kept[name]) if kept.get(name) else None
    said["items"] = tuple(ItemResult(**row) for row in kept.get("items", ()))
    return Said(**said, declarant_present=kept.get("declarant_present"))


def hash_of(kind: Kind, number: int, version: int, said: Said) -> str:
    """SHA-256 over everything that a report says."""
    whole = {"kind": kind.value, "number": number, "version": version, **to_json(said)}
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def faults(said: Said, *, kind: Kind, items: int, results: Mapping[str, Mapping[str, Any]]) -> tuple[Fault, ...]:
    """What keeps the report from being closed. `items` of the declaration; `results` the codes of the day with attributes."""
    return (*_of_report(said, kind), *_of_items(said, items, results))


def _of_report(said: Said, kind: Kind) -> Iterator[Fault]:
    if not said.place:
        yield Fault("place_missing")
    if said.started_at is None or said.ended_at is None:
        yield Fault("times_missing")
    elif said.ended_at < said.started_at:
        yield Fault("times_reversed")
    if not said.officers:
        yield Fault("officers_missing")
    if said.declarant_present is None and kind is Kind.GOODS:
        yield Fault("presence_missing")


def _of_items(said: Said, items: int, results: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    if not any(one.result for one in said.items):
        yield Fault("nothing_found_written")
    for one in said.items:
        code = results.get(one.result)
        if one.item > items:
            yield Fault("item_unknown", one.item)
        elif code is None:
            yield Fault("result_unknown", one.item)
        elif str(code.get("asks_found", "")) == "1" and not one.found:
            yield Fault("found_missing", one.item)
        elif str(code.get("asks_note", "")) == "1" and not (one.note or one.found):
            yield Fault("note_missing", one.item)


def conform(said: Said, results: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether everything that was looked at is as declared, by the attribute `conform` of the code list."""
    return all(str(results.get(one.result, {}).get("conform", "")) == "1" for one in said.items)
