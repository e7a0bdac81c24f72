"""Keeps results for ever: declarations, the law they were assessed under, and the bytes that came out.

`python -m tests.law.keep` writes a new folder for the engine of today; kept folders are never written again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from gumruk.cli.demo_content import content
from gumruk.law.types import Confidence, ExchangeRate
from gumruk.lawbook import files
from gumruk.lawbook.snapshot import Snapshot
from gumruk.lawbook.types import Entry, Kind, NewEntry, standing
from gumruk.rules.duty import ENGINE_VERSION, assess, to_json
from gumruk.rules.form import read

KEPT = Path(__file__).parent / "kept"
LISTS = ("regime/", "unit/", "preference/")
DAYS = [date(2021, 12, 31), date(2023, 5, 5), date(2025, 4, 30), date(2025, 6, 1), date(2026, 12, 31), date(2027, 1, 1)]


def folders() -> list[Path]:
    return sorted(folder for folder in KEPT.iterdir() if folder.is_dir())


def entries(folder: Path) -> list[Entry]:
    return [standing(_entry(json.loads(line))) for line in (folder / "law.jsonl").read_text("utf-8").splitlines()]


def _entry(said: dict[str, Any]) -> NewEntry:
    since = date.fromisoformat(said.pop("since"))
    until = date.fromisoformat(said["until"]) if said["until"] else None
    return NewEntry(**{**said, "since": since, "until": until, "confidence": Confidence(said["confidence"])})


def replaced(entry: NewEntry, body: dict[str, Any]) -> NewEntry:
    """The same entry with another body."""
    plain = NewEntry(*(getattr(entry, name) for name in NewEntry.__dataclass_fields__))
    return replace(plain, body=body)


def results(folder: Path) -> Iterator[dict[str, Any]]:
    for line in (folder / "results.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def rates(said: dict[str, list[str]], day: date) -> list[ExchangeRate]:
    return [ExchangeRate(c, day, int(per), Decimal(rate), "demo", Confidence.DEMO) for c, (per, rate) in said.items()]


def computed(known: Snapshot, kept: dict[str, Any]) -> bytes:
    """What the engine of today makes of a kept declaration under the law that was kept with it."""
    day = date.fromisoformat(kept["day"])
    law, form = known.on(day, rates(kept["rates"], day)), known.form(day)
    return to_json(assess(read(form, kept["content"]).facts, form, law))


def main() -> None:
    folder = KEPT / f"engine-{ENGINE_VERSION}"
    folder.mkdir(parents=True)
    wanted = [*files.entries(), *files.entries(files.DEMO)]
    kinds = {Kind.ACT, Kind.MEASURE, Kind.FORMULA, Kind.BRACKETS, Kind.PARAMETER, Kind.AREA, Kind.FIELD}
    kept = [e for e in wanted if e.kind in kinds or (e.kind == Kind.CODE and e.key.startswith(LISTS))]
    lines = []
    for entry in kept:
        said = asdict(entry)
        del said["digest"]
        lines.append(json.dumps(said, default=str, ensure_ascii=False, sort_keys=True))
    (folder / "law.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    known = Snapshot(1, entries(folder))
    said_rates = {"USD": ["1", "9.3500"], "EUR": ["1", "10.8420"], "RUB": ["10", "1.1530"]}
    with (folder / "results.jsonl").open("w", encoding="utf-8") as out:
        for seed in range(1, 31):
            day = DAYS[seed % len(DAYS)]
            one: dict[str, Any] = {
                "day": day.isoformat(),
                "rates": said_rates,
                "content": content(seed=seed, items=1 + seed % 3, day=day),
            }
            one["result"] = computed(known, one).decode()
            out.write(json.dumps(one, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
