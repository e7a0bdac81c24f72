"""The whole law as known at one change set, in memory: gives the law, the rules and the form of any day.

Built from entries, whether they come from tables, from shipped files or from a draft laid over the tables.
Between two days on which something begins or ends the law is the same: it is built once for each such epoch.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from gumruk.law.day import Law, LawRefused
from gumruk.law.types import Bracket, ExchangeRate, LegalAct, Measure, Words
from gumruk.lawbook import bodies
from gumruk.lawbook.forms import form_of
from gumruk.lawbook.types import Entry, Kind
from gumruk.rules.checks import CheckRule, Checks, compile_checks, load_rule
from gumruk.rules.checks.running import ENGINE as CHECKS_ENGINE
from gumruk.rules.duty import ENGINE_VERSION
from gumruk.rules.form import Form
from gumruk.toolkit.text import dictionary_key

Codes = Mapping[str, Mapping[str, Mapping[str, Any]]]


class Snapshot:
    """The law as known at change set `number`, for every day. Immutable; compared by identity."""

    def __init__(self, number: int, entries: Iterable[Entry]) -> None:
        self.number = number
        self.entries: tuple[Entry, ...] = tuple(entries)
        days = {entry.since for entry in self.entries} | {entry.until for entry in self.entries if entry.until}
        self._turns = sorted(days)
        # Rules may name a list that has no row on some day.
        self.lists = frozenset(entry.key.partition("/")[0] for entry in self.of(Kind.CODE))
        self.areas = frozenset(entry.key for entry in self.of(Kind.AREA))
        self._epochs: dict[int, Epoch] = {}

    def epoch(self, day: date) -> Epoch:
        """The stretch of days around `day` in which nothing begins or ends."""
        place = bisect_right(self._turns, day)
        found = self._epochs.get(place)
        if found is None:
            held = tuple(entry for entry in self.entries if entry.holds_on(day))
            found = self._epochs[place] = Epoch(self, day, held)
        return found

    def on(self, day: date, exchange: Iterable[ExchangeRate] = ()) -> Law:
        """The law of `day` with the rates of exchange of that day.

        Raises LawRefused `formulas_missing` when the law has no formula of an item for it: nothing is computed as zero.
        """
        return self.epoch(day).law.on_day(day, exchange)

    def checks_on(self, day: date) -> Checks:
        """The format-logical rules that hold on `day`."""
        return self.epoch(day).checks

    def form(self, day: date | None = None) -> Form:
        """The register of the declaration's fields of `day`; without a day the newest."""
        return self.epoch(day or date.max).form

    def codes(self, name: str, language: str, day: date | None = None) -> tuple[tuple[str, str], ...]:
        """Code and name of every row of a list; without a day the newest. Raises KeyError: no such list."""
        return self.epoch(day or date.max).named(name, language)

    @cached_property
    def acts(self) -> Mapping[str, LegalAct]:
        """Legal acts by id, whatever the day."""
        return {entry.key: bodies.act(entry) for entry in self.of(Kind.ACT)}

    @cached_property
    def payment_labels(self) -> Mapping[str, Words]:
        """The newest name of each payment kind."""
        found = sorted(self.of(Kind.FORMULA), key=lambda entry: entry.since)
        return {entry.key: bodies.formula(entry).label for entry in found}

    def of(self, kind: Kind) -> Iterable[Entry]:
        """Entries of one kind, of every day."""
        return (entry for entry in self.entries if entry.kind == kind)


class Epoch:
    """The law while `held` are the entries that hold; what it costs to read them is paid once, on first use."""

    def __init__(self, known: Snapshot, day: date, held: tuple[Entry, ...]) -> None:
        self.known, self.day, self.held = known, day, held
        self._sorted: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    def of(self, kind: Kind) -> Iterable[Entry]:
        return (entry for entry in self.held if entry.kind == kind)

    @cached_property
    def ruleset(self) -> str:
        """Hash over every entry that holds and over the engines: the same hash, the same result."""
        total = hashlib.sha256(f"{ENGINE_VERSION} {CHECKS_ENGINE}".encode())
        for digest in sorted(entry.digest for entry in self.held):
            total.update(digest.encode())
        return total.hexdigest()

    @cached_property
    def law(self) -> Law:
        formulas = [bodies.formula(entry) for entry in self.of(Kind.FORMULA)]
        if not any(formula.scope == "item" for formula in formulas):
            raise LawRefused("formulas_missing", day=self.day.isoformat())
        return Law.build(
            day=self.day,
            change_set=self.known.number,
            ruleset=self.ruleset,
            parameters=[bodies.parameter(entry) for entry in self.of(Kind.PARAMETER)],
            measures=self.measures,
            formulas=formulas,
            brackets=self.brackets,
            areas={entry.key: bodies.area(entry) for entry in self.of(Kind.AREA)},
            codes=self.codes,
            attributes=self.codes,
            quotas=[bodies.quota(entry) for entry in self.of(Kind.QUOTA)],
        )

    @cached_property
    def brackets(self) -> Mapping[str, tuple[Bracket, ...]]:
        """Fee tables by payment kind."""
        return {entry.key: bodies.brackets(entry) for entry in self.of(Kind.BRACKETS)}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Tariff measures, the invented ones too where they were loaded."""
        return tuple(self.measures_by_key.values())

    @cached_property
    def measures_by_key(self) -> Mapping[str, Measure]:
        return {entry.key: bodies.measure(entry) for entry in self.of(Kind.MEASURE)}

    @cached_property
    def measure_ids(self) -> Mapping[str, int]:
        """How many measures bear each id: one, in a law that was checked."""
        return Counter(measure.id for measure in self.measures)

    @cached_property
    def codes(self) -> Codes:
        """List name → code → names and attributes."""
        lists: dict[str, dict[str, Mapping[str, Any]]] = {}
        for entry in self.of(Kind.CODE):
            name, _, code = entry.key.partition("/")
            lists.setdefault(name, {})[code] = entry.body
        return lists

    def named(self, name: str, language: str) -> tuple[tuple[str, str], ...]:
        """Code and name of a list: numbers by number, the rest in the dictionary order of `language`."""
        if (name, language) not in self._sorted:
            rows = self.codes[name]
            named = ((code, str(row.get(language) or row["en"])) for code, row in rows.items())
            by_number = all(code.isdigit() for code in rows)
            order = None if by_number else _in_dictionary_order
            self._sorted[name, language] = tuple(sorted(named, key=order))
        return self._sorted[name, language]

    @cached_property
    def code_entries(self) -> Mapping[str, tuple[Entry, ...]]:
        """List name → its rows as entries."""
        lists: dict[str, list[Entry]] = {}
        for entry in self.of(Kind.CODE):
            lists.setdefault(entry.key.partition("/")[0], []).append(entry)
        return {name: tuple(rows) for name, rows in lists.items()}

    @cached_property
    def form(self) -> Form:
        return form_of(self.of(Kind.FIELD))

    @cached_property
    def rules(self) -> tuple[CheckRule, ...]:
        """Every rule that holds."""
        messages = {entry.key: entry.body for entry in self.of(Kind.MESSAGE)}
        records = (bodies.check(entry) for entry in self.of(Kind.CHECK))
        lists, areas = self.known.lists, self.known.areas
        return tuple(load_rule(record, self.form, messages, lists=lists, areas=areas) for record in records)

    @cached_property
    def checks(self) -> Checks:
        return compile_checks(self.rules, self.form, self.day)


def _in_dictionary_order(row: tuple[str, str]) -> tuple[object, str]:
    return dictionary_key(row[1]), row[0]
