"""The law of one day, as rules see it: measures, formulas, rates of exchange, code lists, parameters.

A `Law` is immutable and self-contained: whoever computes with the same `Law` gets the same answer, for ever.
It is built by `lawbook` from tables or files; this module reads neither, and knows no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from gumruk.law.types import Bracket, Dated, ExchangeRate, Formula, Measure, Parameter, Quota

Attributes = Mapping[str, Any]
_NOTHING: Attributes = MappingProxyType({})


class LawRefused(Exception):
    """The pieces do not make a law of that day. `code` says why, `values` fill the message."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values


class ParameterUnknown(LookupError):
    """A legal value that the law of the day does not say. Never replaced by a guess."""

    code = "parameter_unknown"

    def __init__(self, key: str, day: date) -> None:
        super().__init__(f"{key} has no value on {day.isoformat()}")
        self.values = {"key": key, "day": day.isoformat()}


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """What holds on `day`, as known at change set `change_set`. Compared by identity: build once, share.

    `codes` holds the valid codes of each code list; `areas` the members of each country group;
    `ruleset` is the hash of everything that holds on the day and of the engine: a stored result keeps it.
    """

    day: date
    change_set: int
    ruleset: str
    formulas: tuple[Formula, ...]
    areas: Mapping[str, frozenset[str]]
    codes: Mapping[str, frozenset[str]]
    _parameters: Mapping[str, Parameter]
    _measures: Mapping[str, Mapping[str, tuple[Measure, ...]]]
    _lengths: Mapping[str, tuple[int, ...]]
    _exchange: Mapping[str, ExchangeRate]
    _brackets: Mapping[str, tuple[Bracket, ...]]
    _attributes: Mapping[str, Mapping[str, Attributes]]
    _quotas: Mapping[str, Quota] = field(default_factory=dict)
    # What engines compiled from this law, to find it again: never part of what it says, and never copied.
    memo: dict[Any, Any] = field(init=False, default_factory=dict, repr=False)

    @classmethod
    def build(
        cls,
        *,
        day: date,
        change_set: int = 0,
        ruleset: str = "",
        parameters: Mapping[str, Parameter] | Iterable[Parameter] = (),
        measures: Iterable[Measure] = (),
        formulas: Iterable[Formula] = (),
        exchange: Mapping[str, ExchangeRate] | Iterable[ExchangeRate] = (),
        brackets: Mapping[str, Sequence[Bracket]] = _NOTHING,
        areas: Mapping[str, Iterable[str]] = _NOTHING,
        codes: Mapping[str, Iterable[str]] = _NOTHING,
        attributes: Mapping[str, Mapping[str, Attributes]] = _NOTHING,
        quotas: Iterable[Quota] = (),
    ) -> Law:
        """The law of `day` from its pieces. Rows that do not hold on the day are left out.

        Raises LawRefused `exchange_of_another_day` when a rate of exchange is for another day.
        """
        index = _index(measures, day)
        held = parameters.values() if isinstance(parameters, Mapping) else parameters
        return cls(
            day=day,
            change_set=change_set,
            ruleset=ruleset,
            formulas=tuple(sorted((f for f in formulas if f.holds_on(day)), key=lambda f: (f.order, f.kind))),
            areas=MappingProxyType({name: frozenset(members) for name, members in areas.items()}),
            codes=MappingProxyType({name: frozenset(valid) for name, valid in codes.items()}),
            _parameters={parameter.key: parameter for parameter in held},
            _measures=index,
            _lengths={kind: _lengths(levels) for kind, levels in index.items()},
            _exchange=_rates(exchange, day),
            _brackets={key: _steps(rows, day) for key, rows in brackets.items()},
            _attributes=attributes,
            _quotas={quota.id: quota for quota in quotas if quota.holds_on(day)},
        )

    def on_day(self, day: date, exchange: Mapping[str, ExchangeRate] | Iterable[ExchangeRate] = ()) -> Law:
        """The same pieces on another day on which the same rows hold, with the rates of exchange of that day."""
        return replace(self, day=day, _exchange=_rates(exchange, day))

    def parameter(self, key: str) -> Dated[object] | None:
        """The dated entry of a parameter that holds on the day; None when there is none."""
        found = self._parameters.get(key)
        return None if found is None else found.on(self.day)

    def value(self, key: str) -> object:
        """The value of a parameter on the day. Raises ParameterUnknown: unknown is never a default."""
        entry = self.parameter(key)
        if entry is None or entry.value is None:
            raise ParameterUnknown(key, self.day)
        return entry.value

    def measures(self, kind: str, code: str) -> tuple[Measure, ...]:
        """Measures of `kind` for a goods code and its ancestors, most specific first.

        `Measure.code` of each says which level answered.
        """
        levels = self._measures.get(kind)
        if levels is None:
            return ()
        found: tuple[Measure, ...] = ()
        for length in self._lengths[kind]:
            if length <= len(code):
                found += levels.get(code[:length], ())
        return found

    def measure_kinds(self) -> frozenset[str]:
        """The payment kinds for which any measure holds on the day."""
        return frozenset(self._measures)

    def exchange(self, currency: str) -> ExchangeRate | None:
        """The official rate of the day itself; None when none was published. Never that of another day."""
        return self._exchange.get(currency)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies that have an official rate of the day."""
        return tuple(self._exchange)

    def every_measure(self) -> Iterator[Measure]:
        """All measures that hold on the day."""
        for levels in self._measures.values():
            for rows in levels.values():
                yield from rows

    def quotas(self, names: Iterable[str]) -> tuple[Quota, ...]:
        """Those of the named quotas that the law of the day allots."""
        return tuple(self._quotas[name] for name in sorted(set(names)) if name in self._quotas)

    def brackets(self, key: str) -> tuple[Bracket, ...]:
        """The steps of a fee table, lowest first; empty when the law does not say."""
        return self._brackets.get(key, ())

    def quota(self, name: str) -> Quota | None:
        """What the law allots to a quota on the day; None when it does not say."""
        return self._quotas.get(name)

    def in_area(self, country: str, area: str) -> bool:
        """Whether `country` (alpha-2) is the area or belongs to that country group; empty: everywhere."""
        return not area or country == area or country in self.areas.get(area, frozenset())

    def attributes(self, list_name: str, code: str) -> Attributes:
        """What a code list says about a code besides its name; empty when nothing."""
        return self._attributes.get(list_name, _NOTHING).get(code, _NOTHING)


def _index(measures: Iterable[Measure], day: date) -> dict[str, dict[str, tuple[Measure, ...]]]:
    levels: dict[str, dict[str, list[Measure]]] = {}
    for measure in measures:
        if measure.holds_on(day):
            levels.setdefault(measure.kind, {}).setdefault(measure.code, []).append(measure)
    return {
        kind: {code: tuple(sorted(rows, key=lambda row: row.id)) for code, rows in by_code.items()}
        for kind, by_code in levels.items()
    }


def _steps(rows: Iterable[Bracket], day: date) -> tuple[Bracket, ...]:
    return tuple(sorted((row for row in rows if row.holds_on(day)), key=lambda row: row.above))


def _lengths(levels: Mapping[str, object]) -> tuple[int, ...]:
    return tuple(sorted({len(code) for code in levels}, reverse=True))


def _rates(exchange: Mapping[str, ExchangeRate] | Iterable[ExchangeRate], day: date) -> dict[str, ExchangeRate]:
    rates = exchange.values() if isinstance(exchange, Mapping) else exchange
    kept: dict[str, ExchangeRate] = {}
    for rate in rates:
        if rate.day != day:
            raise LawRefused(
                "exchange_of_another_day",
                currency=rate.currency,
                day=day.isoformat(),
                found=rate.day.isoformat(),
            )
        kept[rate.currency] = rate
    return kept
