"""A tariff sheet against the law that stands: what is added, changed, closed and unchanged; then a draft change set.

The difference is pure. Nothing holds before a second person approves the draft and somebody publishes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.db import transaction

from gumruk.law.types import Confidence, RateComponent
from gumruk.lawbook import selectors, services
from gumruk.lawbook.tariff_sheet import Known, TariffLine, TariffSheet
from gumruk.lawbook.types import Acting, ChangeSet, Entry, Kind, LawbookRefused, NewEntry, Origin, measure_key
from gumruk.rules.rates import read_rate

DUTY, GOODS = "duty", "goods"
LANGUAGES = ("tg", "ru", "en")


@dataclass(frozen=True, slots=True)
class Closing:
    """A code of the standing tariff that a whole new tariff no longer has: it ends on `since`."""

    kind: str
    key: str
    since: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Entries that stand now for one code: duties and names, of every day from now on."""

    duties: tuple[Entry, ...] = ()
    goods: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class TariffDifference:
    """What a sheet would change: entries to say, codes to close, and for each line what becomes of it."""

    entries: tuple[NewEntry, ...]
    closings: tuple[Closing, ...]
    added: tuple[int, ...]
    changed: tuple[int, ...]
    unchanged: tuple[int, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many codes are added, changed, closed and unchanged."""
        closed = len({closing.key.split("/")[1] for closing in self.closings})
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "closed": closed,
            "unchanged": len(self.unchanged),
        }


def duty_key(code: str) -> str:
    """The key of the general duty of a goods code."""
    return measure_key({"kind": DUTY, "code": code})


def standing_tariff(entries: Iterable[Entry]) -> dict[str, Standing]:
    """The general duties and names of ten-digit codes among entries, by code."""
    duties: dict[str, list[Entry]] = {}
    goods: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == Kind.MEASURE and entry.key == duty_key(code := str(entry.body.get("code", ""))):
            if len(code) == 10:
                duties.setdefault(code, []).append(entry)
        elif entry.kind == Kind.CODE and entry.key.startswith(f"{GOODS}/"):
            goods.setdefault(entry.key.partition("/")[2], []).append(entry)
    return {
        code: Standing(tuple(duties.get(code, ())), tuple(goods.get(code, ()))) for code in duties.keys() | goods.keys()
    }


def difference(
    sheet: TariffSheet,
    standing: Mapping[str, Standing],
    *,
    cites: str,
    source: str,
    confidence: Confidence = Confidence.CONFIRMED,
    whole_since: date | None = None,
) -> TariffDifference:
    """What the lines of a sheet without errors change. `whole_since` says that the sheet is the whole tariff from that
    day: codes that it does not have end then."""
    said: list[NewEntry] = []
    places: dict[str, list[int]] = {"added": [], "changed": [], "unchanged": []}
    for line in sheet.lines:
        known = standing.get(line.code, Standing())
        new = [
            entry
            for entry, kept in (
                (_duty(line, cites, source, confidence), known.duties),
                (_goods(line, cites, source, confidence), known.goods),
            )
            if not any(_says(one, entry) for one in kept)
        ]
        said += new
        known_at_all = any(_meets(entry, line) for entry in (*known.duties, *known.goods))
        places["unchanged" if not new else "changed" if known_at_all else "added"].append(line.row)
    return TariffDifference(
        tuple(said),
        tuple(_closings(sheet.lines, standing, whole_since)) if whole_since else (),
        *(tuple(places[name]) for name in ("added", "changed", "unchanged")),
    )


def _duty(line: TariffLine, cites: str, source: str, confidence: Confidence) -> NewEntry:
    body = {"kind": DUTY, "code": line.code, "rate": line.rate, "id": f"DUTY-{line.code}-{line.since.isoformat()}"}
    return NewEntry(Kind.MEASURE, duty_key(line.code), line.since, line.until, body, cites, source, confidence)


def _goods(line: TariffLine, cites: str, source: str, confidence: Confidence) -> NewEntry:
    """The code with its names; a language that the sheet does not give shows the first that it does, and says so."""
    given = next(iter(line.names.values()))
    body = {language: line.names.get(language, given) for language in LANGUAGES}
    body |= {"unit": line.supplementary, "hs6": line.hs6}
    if len(line.names) < len(LANGUAGES):
        body["named"] = " ".join(line.names)
    return NewEntry(Kind.CODE, f"{GOODS}/{line.code}", line.since, line.until, body, cites, source, confidence)


@lru_cache(maxsize=8192)
def _components(rate: str) -> tuple[RateComponent, ...]:
    return tuple(read_rate(rate))


def _meets(entry: Entry, line: TariffLine) -> bool:
    return (line.until is None or entry.since < line.until) and (entry.until is None or line.since < entry.until)


def _says(entry: Entry, new: NewEntry) -> bool:
    """Whether a standing entry says the same through the whole time of a new one."""
    if entry.since > new.since or (entry.until is not None and (new.until is None or entry.until < new.until)):
        return False
    if new.kind == Kind.MEASURE:
        return _components(str(entry.body["rate"])) == _components(str(new.body["rate"]))
    return all(str(entry.body.get(name, "")) == new.body.get(name, "") for name in (*LANGUAGES, "unit", "named"))


def _closings(lines: Sequence[TariffLine], standing: Mapping[str, Standing], since: date) -> Iterable[Closing]:
    listed = {line.code for line in lines}
    for code, kept in sorted(standing.items()):
        if code in listed:
            continue
        for entry in (*kept.duties, *kept.goods):
            if entry.until is None or entry.until > since:
                yield Closing(entry.kind, entry.key, max(since, entry.since))


def known_to_law(mapping: Mapping[str, str] | None = None) -> Known:
    """What rows of a sheet are compared with, from the newest law."""
    return Known(
        selectors.currencies().keys(),
        selectors.code_rows("unit").keys(),
        selectors.code_rows("hs6").keys(),
        mapping or {},
    )


def against_law(sheet: TariffSheet, *, act: str, source: str, whole_since: date | None = None) -> TariffDifference:
    """The difference of a sheet to the newest law. Raises LawbookRefused `tariff_act_unknown`."""
    if selectors.act(act) is None:
        raise LawbookRefused("tariff_act_unknown", act=act)
    standing = standing_tariff(selectors.snapshot().entries)
    return difference(sheet, standing, cites=act, source=source, whole_since=whole_since)


@transaction.atomic
def draft_tariff(*, change: TariffDifference, title: str, reason: str, act: str, by: Acting, at: datetime) -> ChangeSet:
    """A draft change set with the difference, all or nothing. Used by: `gumruk tariff`, the page of the tariff.

    Raises LawbookRefused `tariff_unchanged`, and what drafting refuses.
    """
    if not change.entries and not change.closings:
        raise LawbookRefused("tariff_unchanged")
    made = services.draft_change_set(title=title, reason=reason, act=act, by=by, at=at, origin=Origin.IMPORTED)
    services.put_entries(change_set=made.id, entries=change.entries, by=by, at=at)
    for closing in change.closings:
        services.close_entry(change_set=made.id, kind=closing.kind, key=closing.key, since=closing.since, by=by, at=at)
    return selectors.change_set(made.id)
