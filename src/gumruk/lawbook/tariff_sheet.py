"""The national tariff as a sheet: rows of a CSV or XLSX file to lines with rates, and every fault of every row; pure.

Columns (headings in Tajik, Russian or English): goods code, names, and either the rate as a text or its parts (kind,
percent, amount, currency, unit, how they combine), the supplementary unit, the first and the last day. Nothing is
guessed: a code with a digit too few is refused with advice, because a spreadsheet may have dropped its zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from gumruk.law.types import RateComponent
from gumruk.lawbook.tariff_words import COMBINES, HEADINGS, KINDS
from gumruk.rules.rates import RateRefused, read_rate, write_rate
from gumruk.toolkit.sheets import Row, SheetRefused, day_in, heading_in, number_in
from gumruk.toolkit.text import folded

Read = TypeVar("Read")
DIGITS = 10
RATE_PARTS = ("duty_type", "ad_valorem", "specific", "currency", "unit", "combine")


@dataclass(frozen=True, slots=True)
class TariffFault:
    """What is wrong in a row (1 is the first line of the file). A warning does not stop the import."""

    row: int
    column: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    warning: bool = False


@dataclass(frozen=True, slots=True)
class TariffLine:
    """One ten-digit code with its duty, as a row says it; `names` holds only the languages that the row gave."""

    row: int
    code: str
    names: Mapping[str, str]
    rate: str
    components: tuple[RateComponent, ...]
    supplementary: str
    since: date
    until: date | None
    hs6: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A row with a shorter code and no rate: a heading of the nomenclature."""

    row: int
    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TariffSheet:
    """What a sheet says. With any fault that is no warning nothing is imported."""

    lines: tuple[TariffLine, ...]
    headings: tuple[Heading, ...]
    faults: tuple[TariffFault, ...]
    heading_row: int

    @property
    def errors(self) -> tuple[TariffFault, ...]:
        """The faults that stop the import."""
        return tuple(fault for fault in self.faults if not fault.warning)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are compared with: codes of currencies and units, HS subheadings, and old subheadings with their new ones."""

    currencies: Collection[str]
    units: Collection[str]
    hs6: Collection[str]
    mapping: Mapping[str, str] = field(default_factory=dict)


def read_tariff(rows: Sequence[Row], *, known: Known, since: date | None = None) -> TariffSheet:
    """Lines of the sheet. `since` is the first day of rows that say none; their last day is the last on which they hold.

    Raises SheetRefused `no_heading`, `heading_twice`, `rate_twice`, `no_rows`.
    """
    place, columns = heading_in(rows, HEADINGS, ("code",))
    if "rate" in columns and columns.keys() & set(RATE_PARTS):
        raise SheetRefused("rate_twice")
    if "rate" not in columns and not columns.keys() & {"ad_valorem", "specific"}:
        raise SheetRefused("no_heading", columns="rate")
    if not columns.keys() & {"tg", "ru", "en"}:
        raise SheetRefused("no_heading", columns="tg, ru, en")
    reading = _Reading(columns, known, since)
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        if any(row):
            reading.take(number, row)
    if not reading.lines and not reading.headings and not reading.faults:
        raise SheetRefused("no_rows")
    faults = [*reading.faults, *_clashes(reading.lines), *_gaps(reading.lines, reading.headings, known)]
    faults.sort(key=lambda fault: (fault.row, fault.warning))
    return TariffSheet(tuple(reading.lines), tuple(reading.headings), tuple(faults), place + 1)


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, column: str, code: str, **values: str) -> None:
        super().__init__(code)
        self.column, self.code, self.values = column, code, values


def _said(reader: Callable[[Row], Read], row: Row, wrong: list[_Wrong]) -> Read | None:
    """What a reader finds in a row; what it cannot read goes to `wrong`."""
    try:
        return reader(row)
    except _Wrong as found:
        wrong.append(found)
        return None


class _Reading:
    """Takes row after row; keeps lines, headings and faults. Texts that repeat are read once."""

    def __init__(self, columns: Mapping[str, int], known: Known, since: date | None) -> None:
        self.columns, self.known, self.since = columns, known, since
        self.lines: list[TariffLine] = []
        self.headings: list[Heading] = []
        self.faults: list[TariffFault] = []
        self.rates: dict[tuple[str, ...], tuple[str, tuple[RateComponent, ...]]] = {}

    def cell(self, row: Row, name: str) -> str:
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def take(self, number: int, row: Row) -> None:
        wrong: list[_Wrong] = []
        names = {language: text for language in ("tg", "ru", "en") if (text := self.cell(row, language))}
        rated = any(self.cell(row, name) for name in ("rate", *RATE_PARTS))
        code = _said(lambda one: self._code(one, rated=rated), row, wrong)
        if code is not None and len(code) < DIGITS:
            self.headings.append(Heading(number, code, names))
            return
        if not names:
            wrong.append(_Wrong("ru", "name_missing"))
        rate, unit = _said(self._rate, row, wrong), _said(self._supplementary, row, wrong)
        days = _said(self._days, row, wrong)
        if wrong or code is None or rate is None or unit is None or days is None:
            self.faults += [TariffFault(number, one.column, one.code, one.values) for one in wrong]
            return
        hs6 = self._subheading(number, code)
        self.lines.append(TariffLine(number, code, names, rate[0], rate[1], unit, days[0], days[1], hs6))

    def _code(self, row: Row, *, rated: bool) -> str:
        said = self.cell(row, "code")
        code = re.sub(r"[ \u00a0\u202f.]", "", said)
        if not code:
            raise _Wrong("code", "code_missing")
        if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?[eе][+]?[0-9]+", said, re.IGNORECASE):
            raise _Wrong("code", "code_rounded", found=said)
        if not (code.isascii() and code.isdigit()):
            raise _Wrong("code", "code_not_digits", found=said)
        if len(code) == DIGITS or (len(code) in (2, 4, 6, 8) and not rated):
            return code
        if len(code) in (9, 7, 5, 3):
            raise _Wrong("code", "code_zero_lost", found=said)
        raise _Wrong("code", "code_length", found=said, length=str(len(code)))

    def _subheading(self, number: int, code: str) -> str:
        """The HS 2022 subheading of a code; a warning when the code is of another edition and no mapping says more."""
        if code[:6] in self.known.hs6:
            return code[:6]
        mapped = self.known.mapping.get(code[:6], "")
        if mapped not in self.known.hs6:
            self.faults.append(TariffFault(number, "code", "hs_unknown", {"found": code[:6]}, warning=True))
            return ""
        return mapped

    def _rate(self, row: Row) -> tuple[str, tuple[RateComponent, ...]]:
        names = ("rate",) if "rate" in self.columns else RATE_PARTS
        cells = tuple(self.cell(row, name) for name in names)
        kept = self.rates.get(cells)
        if kept is None:
            kept = self.rates[cells] = self._read(cells[0] if names == ("rate",) else self._joined(*cells))
        return kept

    def _read(self, text: str) -> tuple[str, tuple[RateComponent, ...]]:
        if not text:
            raise _Wrong("rate", "rate_missing")
        try:
            components = read_rate(text)
        except RateRefused as refused:
            raise _Wrong("rate", "rate_unreadable", found=text, why=refused.message) from refused
        for part in components:
            if part.currency is not None and part.currency not in self.known.currencies:
                raise _Wrong("currency", "currency_unknown", found=part.currency)
            if part.unit is not None and part.unit not in self.known.units:
                raise _Wrong("unit", "unit_unknown", found=part.unit)
        return write_rate(components), components

    def _joined(self, kind: str, percent: str, amount: str, currency: str, unit: str, combine: str) -> str:
        """One rate text of the parts of a row. Raises _Wrong when they do not belong together."""
        said = _meaning(kind, KINDS, "duty_type", "kind_unknown")
        both = bool(percent and amount)
        real = "combined" if both else "ad_valorem" if percent else "specific" if amount else ""
        if not real:
            raise _Wrong("rate", "rate_missing")
        if said and said != real:
            raise _Wrong("duty_type", "kind_differs", found=kind, real=real)
        parts = []
        if percent:
            parts.append(f"{_plain('ad_valorem', percent.removesuffix('%'))}%")
        if amount:
            if currency.upper() not in self.known.currencies:
                raise _Wrong("currency", "currency_unknown" if currency else "currency_missing", found=currency)
            if not unit:
                raise _Wrong("unit", "unit_missing")
            parts.append(f"{_plain('specific', amount)} {currency.upper()} / {self._unit(unit)}")
        if not both:
            if combine:
                raise _Wrong("combine", "combine_of_one", found=combine)
            return parts[0]
        mode = _meaning(combine, COMBINES, "combine", "combine_unknown")
        if not mode:
            raise _Wrong("combine", "combine_missing")
        return f" {mode} ".join(parts)

    def _unit(self, said: str) -> str:
        """`100 кг` as `100 KGM`; read by the language of rates, so that both know the same words."""
        try:
            (component,) = read_rate(f"1 EUR / {said}")
        except (RateRefused, ValueError) as refused:
            raise _Wrong("unit", "unit_unknown", found=said) from refused
        if component.unit is None or component.unit not in self.known.units:
            raise _Wrong("unit", "unit_unknown", found=said)
        return f"{component.per} {component.unit}"

    def _supplementary(self, row: Row) -> str:
        said = self.cell(row, "supplementary")
        if said in ("", "-", "–", "—"):
            return ""
        if said.upper() in self.known.units:
            return said.upper()
        try:
            return self._unit(said).rpartition(" ")[2]
        except _Wrong as wrong:
            raise _Wrong("supplementary", "unit_unknown", found=said) from wrong

    def _days(self, row: Row) -> tuple[date, date | None]:
        first, last = self.cell(row, "since"), self.cell(row, "until")
        since = day_in(first) if first else self.since
        if since is None:
            raise _Wrong("since", "not_a_day" if first else "since_missing", found=first)
        if not last:
            return since, None
        until = day_in(last)
        if until is None:
            raise _Wrong("until", "not_a_day", found=last)
        if until < since:
            raise _Wrong("until", "ends_before_it_starts", found=last)
        return since, until + timedelta(days=1)


def _plain(column: str, said: str) -> str:
    number: Decimal | None = number_in(said)
    if number is None:
        raise _Wrong(column, "not_a_number", found=said)
    return format(number, "f")


def _meaning(said: str, words: Mapping[str, Sequence[str]], column: str, code: str) -> str:
    if not said:
        return ""
    for meaning, spellings in words.items():
        if folded(said) in (folded(word) for word in (meaning, *spellings)):
            return meaning
    raise _Wrong(column, code, found=said)


def _clashes(lines: Sequence[TariffLine]) -> Iterator[TariffFault]:
    """Rows of one code that say the same twice, or hold on the same day."""
    kept: dict[str, list[TariffLine]] = {}
    for line in lines:
        for other in kept.setdefault(line.code, []):
            if (other.until is None or line.since < other.until) and (line.until is None or other.since < line.until):
                same = (line.rate, line.since, line.until) == (other.rate, other.since, other.until)
                values = {"found": line.code, "first": str(other.row)}
                yield TariffFault(line.row, "code", "twice" if same else "overlaps", values)
        kept[line.code].append(line)


def _gaps(lines: Sequence[TariffLine], headings: Sequence[Heading], known: Known) -> Iterator[TariffFault]:
    """Headings under which no line stands, lines whose heading is missing, subheadings of HS that no line covers."""
    listed = {heading.code for heading in headings}
    covered = {line.code[:length] for line in lines for length in (2, 4, 6, 8)}
    for heading in headings:
        if heading.code not in covered:
            yield TariffFault(heading.row, "code", "nothing_under", {"found": heading.code}, warning=True)
    if any(len(code) == 4 for code in listed):
        told: set[str] = set()
        for line in lines:
            if line.code[:4] not in listed and line.code[:4] not in told:
                told.add(line.code[:4])
                yield TariffFault(line.row, "code", "heading_missing", {"found": line.code[:4]}, warning=True)
    first = {line.code[:4]: line.row for line in reversed(lines)}
    mapped = {line.hs6 for line in lines}
    for code in sorted(known.hs6):
        if code[:4] in first and code not in mapped:
            yield TariffFault(first[code[:4]], "code", "hs_not_covered", {"found": code}, warning=True)
