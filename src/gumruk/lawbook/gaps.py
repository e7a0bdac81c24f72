"""What the law does not know for sure on a day: the list that must be empty before the service goes live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gumruk.law.types import Citation, Confidence
from gumruk.lawbook import bodies
from gumruk.lawbook.snapshot import Epoch, Snapshot
from gumruk.lawbook.types import Entry, Kind

# Acts that are none: what cites them is arithmetic or invention, and is graded row by row.
NOT_ACTS = ("technical", "demo")


@dataclass(frozen=True, slots=True)
class Gap:
    """One value that is unknown, unconfirmed or invented."""

    kind: str
    name: str
    confidence: str
    note: str


def gaps_of(known: Snapshot, day: date, *, demo: bool = True) -> tuple[Gap, ...]:
    """Every legal value of `day` that is not confirmed, and (with `demo`) every demonstration row in use."""
    epoch = known.epoch(day)
    found = [gap for entry in epoch.held if (gap := _gap(entry)) and (demo or gap.confidence != Confidence.DEMO)]
    found += _empty_tables(epoch)
    found += _empty_parameters(epoch)
    found += _signature_provider(epoch)
    return (*found, *_acts(known, epoch))


def _gap(entry: Entry) -> Gap | None:
    if entry.confidence is Confidence.CONFIRMED:
        return None
    match entry.kind:
        case Kind.MEASURE:
            return Gap("measure", bodies.measure(entry).id, entry.confidence, str(entry.body.get("note", "")))
        case Kind.QUOTA:
            return Gap("quota", entry.key, entry.confidence, str(entry.body.get("note", "")))
        case Kind.FORMULA:
            return Gap("formula", entry.key, entry.confidence, str(entry.body["text"]))
        case Kind.BRACKETS:
            note = "invented brackets" if entry.confidence is Confidence.DEMO else ""
            return Gap("fee table", entry.key, entry.confidence, note)
        case Kind.AREA:
            return Gap("area", entry.key, entry.confidence, " ".join(entry.body["members"]))
        case Kind.PARAMETER:
            return Gap("parameter", entry.key, entry.confidence, str(entry.body.get("note", "")))
        case Kind.CODE:
            return Gap("code list", entry.key, entry.confidence, str(entry.body["en"]))
    return None


def _empty_tables(epoch: Epoch) -> Iterator[Gap]:
    real = {entry.key for entry in epoch.of(Kind.BRACKETS) if entry.confidence is not Confidence.DEMO}
    for entry in epoch.of(Kind.FORMULA):
        formula = bodies.formula(entry)
        if formula.scope in ("declaration", "service") and formula.kind not in real:
            note = "the table ships empty: the amounts in force were not readable"
            yield Gap("fee table", formula.kind, Confidence.UNKNOWN, note)


def _empty_parameters(epoch: Epoch) -> Iterator[Gap]:
    for entry in epoch.of(Kind.PARAMETER):
        if entry.body.get("value") is None and entry.confidence is Confidence.CONFIRMED:
            yield Gap("parameter", entry.key, Confidence.UNKNOWN, "no value")


def _signature_provider(epoch: Epoch) -> Iterator[Gap]:
    """Signatures of the test provider prove nothing: it is open whether or not demonstration rows are looked at."""
    named = [entry.body.get("value") for entry in epoch.of(Kind.PARAMETER) if entry.key == "signature_provider"]
    if not named or named[0] in (None, "test"):
        note = "signatures need an accredited provider; the test provider is none"
        yield Gap("signature provider", "accredited", Confidence.UNKNOWN, note)


def _acts(known: Snapshot, epoch: Epoch) -> Iterator[Gap]:
    """Acts that something in use cites and that were not confirmed."""
    cited = {Citation.read(entry.cites).act for entry in epoch.held if entry.cites}
    for name in sorted(cited - set(NOT_ACTS)):
        act = known.acts.get(name)
        confidence = act.confidence if act else Confidence.UNKNOWN
        if confidence is not Confidence.CONFIRMED:
            yield Gap("act", name, confidence, act.title.en if act else "no such act")
