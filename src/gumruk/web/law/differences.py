"""What a change set changes, entry by entry, in words: before and after, only what differs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import ALWAYS, Difference, Kind, NewEntry
from gumruk.web.labels import CONFIDENCES
from gumruk.web.law.specs import KINDS, SPECS
from gumruk.web.reference.labels import ATTRIBUTES


@dataclass(frozen=True, slots=True)
class Period:
    """One entry as a difference shows it: when it holds and what it says."""

    since: date | None
    until: date | None
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One key with what held before and what holds after."""

    kind: str
    kind_word: str
    key: str
    title: str
    before: tuple[Period, ...]
    after: tuple[Period, ...]


def differences(found: Iterable[Difference], language: str) -> list[Row]:
    """Differences in the page's language. Lines that both sides say alike are shown once, with what differs."""
    return [_row(one, language) for one in found]


def _row(one: Difference, language: str) -> Row:
    before, after = ([_lines(entry) for entry in side] for side in (one.before, one.after))
    alike = set.intersection(*(set(lines) for lines in (*before, *after))) if before and after else set()
    return Row(
        one.kind, gettext(KINDS.get(Kind(one.kind), one.kind)), one.key, title_of((*one.after, *one.before)[0], language),
        _periods(one.before, before, alike), _periods(one.after, after, alike),
    )  # fmt: skip


def _periods(
    entries: Iterable[NewEntry], lines: Iterable[list[tuple[str, str]]], alike: set[tuple[str, str]]
) -> tuple[Period, ...]:
    return tuple(
        Period(
            None if entry.since == ALWAYS else entry.since, entry.until, tuple(one for one in said if one not in alike)
        )
        for entry, said in zip(entries, lines, strict=True)
    )


def title_of(entry: NewEntry, language: str) -> str:
    """What an entry is called in the page's language; its key is shown beside it."""
    body = entry.body
    if entry.kind in (Kind.CODE, Kind.MESSAGE):
        return str(body.get(language) or body.get("en", ""))
    if entry.kind == Kind.ACT:
        return str(body["title"].get(language) or body["title"].get("en", ""))
    if entry.kind == Kind.MEASURE:
        words = lawbook.payment_label(str(body.get("kind", "")), language) or str(body.get("kind", ""))
        return " · ".join(filter(None, (words, str(body.get("code") or ""), str(body.get("id") or ""))))
    label = body.get("label")
    return str(label.get(language) or label.get("en", "")) if isinstance(label, Mapping) else ""


def _lines(entry: NewEntry) -> list[tuple[str, str]]:
    """Every statement of an entry with its word."""
    labels = {spec.name: gettext(spec.label) for spec in SPECS[entry.kind]}
    said: list[tuple[str, str]] = []
    for name, value in entry.body.items():
        if isinstance(value, Mapping) and value.keys() <= {"tg", "ru", "en"}:
            said += [(f"{labels.get(name, name)} · {language}", str(text)) for language, text in value.items()]
        else:
            label = labels.get(name) or (gettext(ATTRIBUTES[name]) if name in ATTRIBUTES else name)
            said.append((label, _shown(value)))
    said += [(gettext("Legal ground"), entry.cites), (gettext("Source"), entry.source)]
    said.append((gettext("Confidence"), gettext(CONFIDENCES[str(entry.confidence)])))
    return [(label, text) for label, text in said if text]


def _shown(value: Any) -> str:
    if value is None:
        return gettext("not known")
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return " ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
