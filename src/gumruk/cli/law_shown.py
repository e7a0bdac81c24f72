"""How `gumruk law` shows change sets, differences and entries, to people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from gumruk.lawbook.types import ALWAYS, ChangeSet, Difference, NewEntry
from gumruk.lawbook.wording import fault_sentence


def plain(found: Any) -> dict[str, Any]:
    """A dataclass as JSON says it."""
    said: dict[str, Any] = json.loads(json.dumps(asdict(found), default=str, ensure_ascii=False))
    return said


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell; the last one runs free."""
    widths = [max(len(row[place]) for row in (columns, *rows)) for place in range(len(columns) - 1)]
    lines = []
    for row in (columns, *rows):
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def change_set_text(found: ChangeSet, short: str) -> str:
    """Everything about one change set but its entries."""
    rows = [
        ("number", str(found.number or "not given yet")),
        ("name", short),
        ("status", found.status),
        ("origin", found.origin),
        ("title", found.title),
        ("reason", found.reason),
        ("act", found.act),
        ("author", f"{found.author_name}, {found.made_at:%Y-%m-%d %H:%M} UTC"),
        ("approved", f"{found.approver_name}, {found.approved_at:%Y-%m-%d %H:%M} UTC" if found.approved_at else ""),
        ("published", f"{found.published_at:%Y-%m-%d %H:%M} UTC" if found.published_at else ""),
        ("checked", "" if found.checked_head is None else f"against change set {found.checked_head}"),
        ("hash", found.hash),
    ]
    lines = [f"{name:<10}{value}" for name, value in rows if value]
    return "\n".join([*lines, *(f"! {fault_sentence(fault, 'en')}" for fault in found.faults)])


def difference_text(found: Difference) -> str:
    """One key: what ends with a minus, what begins with a plus."""
    lines = [f"{found.kind} {found.key}"]
    lines += [f"  - {_said(entry)}" for entry in found.before]
    lines += [f"  + {_said(entry)}" for entry in found.after]
    return "\n".join(lines)


def entry_text(entry: NewEntry, known_from: int | None = None, known_until: int | None = None) -> str:
    """One entry, whole."""
    known = "" if known_from is None else f"  known {known_from} to {known_until or 'now'}"
    body = json.dumps(entry.body, ensure_ascii=False, indent=2)
    return (
        f"{entry.kind} {entry.key}  {_days(entry)}{known}\n  {entry.confidence}, {entry.cites}, {entry.source}\n{body}"
    )


def _said(entry: NewEntry) -> str:
    body = entry.body.get("rate") or entry.body.get("text") or entry.body.get("en") or entry.body.get("value")
    text = body if isinstance(body, str) else json.dumps(entry.body, ensure_ascii=False)
    return f"{_days(entry)}  {text}  ({entry.cites or entry.source}, {entry.confidence})"


def _days(entry: NewEntry) -> str:
    """The one place that shows a half-open span: as its first and its last day."""
    since = "always" if entry.since == ALWAYS else entry.since.isoformat()
    last = date.fromordinal(entry.until.toordinal() - 1).isoformat() if entry.until else "open"
    return f"{since} to {last}"
