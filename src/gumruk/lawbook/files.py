"""Reads the shipped law from `law/data`: the only place that knows how those files are laid out."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import gumruk.law
from gumruk.law.types import Bracket, Citation, Confidence, Formula, LegalAct, Measure, Quota, Words
from gumruk.lawbook.packaged import packaged_lists
from gumruk.rules.checks import CheckRule, load_rule
from gumruk.rules.form import Form, form_from
from gumruk.rules.rates import read_rate

DATA = Path(gumruk.law.__file__).parent / "data"
Attributes = dict[str, dict[str, dict[str, Any]]]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@cache
def form() -> Form:
    """The register of the declaration's fields."""
    return form_from(_yaml(DATA / "form.yaml"))


@cache
def acts() -> Mapping[str, LegalAct]:
    """Legal acts by id."""
    return {
        name: LegalAct(
            name,
            row["number"],
            row["signed"],
            Words(**row["title"]),
            row["source"],
            Confidence(row["confidence"]),
            row.get("note", ""),
        )
        for name, row in _yaml(DATA / "acts.yaml").items()
    }


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def measures(*, demo: bool) -> tuple[Measure, ...]:
    """Tariff measures; with `demo` also the invented ones."""
    paths = [DATA / "measures.csv", *([DATA / "demo" / "measures.csv"] if demo else [])]
    return tuple(
        Measure(
            id=row["id"],
            kind=row["kind"],
            code=row["code"],
            rate=row["rate"],
            components=read_rate(row["rate"]) if row["rate"] else (),
            since=date.fromisoformat(row["since"]),
            until=_day(row["until"]),
            cites=Citation.read(row["cites"]),
            confidence=Confidence(row["confidence"]),
            area=row["area"],
            regime=row["regime"],
            preference=row["preference"],
            note=row["note"],
            excluded=frozenset(row["excluded"].split()),
            beneficiary=row["beneficiary"],
            quota=row["quota"],
            documents=frozenset(row["documents"].split()),
            share=Decimal(row["share"]) if row["share"] else None,
        )
        for path in paths
        for row in _rows(path)
    )


@cache
def quotas(*, demo: bool) -> tuple[Quota, ...]:
    """What the law allots to each quota; with `demo` also the invented ones."""
    return tuple(
        Quota(
            id=row["id"],
            volume=Decimal(row["volume"]),
            unit=row["unit"],
            since=date.fromisoformat(row["since"]),
            until=_day(row["until"]),
            cites=Citation.read(row["cites"]),
            confidence=Confidence(row["confidence"]),
            note=row["note"],
        )
        for path in [DATA / "quotas.csv", *([DATA / "demo" / "quotas.csv"] if demo else [])]
        for row in _rows(path)
    )


@cache
def brackets(*, demo: bool) -> Mapping[str, tuple[Bracket, ...]]:
    """Fee tables by payment kind. The real ones ship empty: the amounts in force could not be read."""
    tables: dict[str, tuple[Bracket, ...]] = {}
    for path in [DATA / "brackets.csv", *([DATA / "demo" / "brackets.csv"] if demo else [])]:
        for row in _rows(path):
            cap = Decimal(row["cap"]) if row["cap"] else None
            bracket = Bracket(
                Decimal(row["above"]),
                Decimal(row["amount"]),
                row["currency"],
                Decimal(row["percent"]),
                cap,
                row["cites"],
            )
            tables[row["kind"]] = (*tables.get(row["kind"], ()), bracket)
    return tables


@cache
def formulas() -> tuple[Formula, ...]:
    """The formula of each payment kind."""
    return tuple(
        Formula(
            kind=row["kind"],
            order=row["order"],
            text=row["text"],
            label=Words(**row["label"]),
            since=row["since"],
            until=row.get("until"),
            cites=Citation.read(row["cites"]),
            confidence=Confidence(row["confidence"]),
            mandatory=row.get("mandatory", False),
            scope=row.get("scope", "item"),
            direction=row.get("direction", ""),
        )
        for row in _yaml(DATA / "formulas.yaml")
    )


@cache
def areas() -> Mapping[str, frozenset[str]]:
    """Country groups."""
    return {name: frozenset(row["members"]) for name, row in _yaml(DATA / "areas.yaml").items()}


@cache
def check_rules() -> tuple[CheckRule, ...]:
    """Every format-logical rule, of all dates."""
    messages = _yaml(DATA / "checks" / "messages.yaml")
    paths = sorted((DATA / "checks").glob("box-*.yaml"))
    known = {"lists": code_lists().keys(), "areas": areas().keys()}
    return tuple(load_rule(record, form(), messages, **known) for path in paths for record in _yaml(path))


@cache
def code_lists() -> Attributes:
    """List name → code → names and attributes."""
    lists: Attributes = {
        path.stem: {row["code"]: dict(row) for row in _rows(path)} for path in (DATA / "codes").glob("*.csv")
    }
    lists |= packaged_lists()
    return lists


@cache
def content_hash() -> str:
    """SHA-256 over every file of law data, in name order: which shipped law this is."""
    total = hashlib.sha256()
    for path in sorted(DATA.rglob("*")):
        if path.suffix in (".yaml", ".csv"):
            total.update(str(path.relative_to(DATA)).encode())
            total.update(path.read_bytes())
    return total.hexdigest()
