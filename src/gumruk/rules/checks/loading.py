"""A rule from its record, or a refusal that names the rule and the fault: nothing wrong gets into a rule set."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gumruk.law.types import Confidence, Words
from gumruk.rules.checks.kinds import KINDS, TEXT, Kind
from gumruk.rules.checks.parameters import READERS, Spot, plain_words, read_condition
from gumruk.rules.checks.records import CheckRule, Condition, RuleRefused
from gumruk.rules.form import Field, Form
from gumruk.rules.types import Severity

_NEEDS = {"code", "kind", "since", "cites"}
_MAY = {"at", "severity", "until", "message", "directions", "when", "depends_on", "confidence", "passes", "fails"}
_LANGUAGES = ("tg", "ru", "en")


def load_rule(
    record: Mapping[str, Any],
    form: Form,
    messages: Mapping[str, Mapping[str, str]],
    *,
    lists: Collection[str] | None = None,
    areas: Collection[str] | None = None,
) -> CheckRule:
    """A rule from its record. `messages` are the standing sentences of each kind; `lists` and `areas` the code lists
    and country groups that the law has (None: not checked). Raises RuleRefused."""
    code = str(record.get("code") or "?")
    kind = _kind_of(code, record)
    code = _text(code, "code", record["code"])
    place = _place(code, str(record.get("at") or ""), form)
    spot = Spot(code, str(record["kind"]), form, place.group, place.definition, lists, areas)
    _check_place(code, str(record["kind"]), kind, place)
    parameters = {name: READERS[name](spot, record[name]) for name in sorted(kind.needs | kind.may) if name in record}
    if {"lowest", "highest"} <= kind.may and not {"lowest", "highest"} & parameters.keys():
        raise RuleRefused(f"{code}: give a lowest or a highest")
    _check_limits(code, parameters, place.definition)
    since, until = _dates(code, record)
    message = record.get("message") or messages.get(str(record["kind"])) or {}
    return CheckRule(
        code=code,
        kind=str(record["kind"]),
        group=place.group,
        field=place.name,
        box=place.box,
        severity=_one_of(code, Severity, record.get("severity", "error")),
        since=since,
        until=until,
        cites=_text(code, "cites", record["cites"]),
        confidence=_confidence(code, record),
        message=_message(code, message, parameters),
        label=place.label,
        definition=place.definition,
        parameters=parameters,
        conditions=_conditions(spot, kind, record.get("when") or {}),
        directions=frozenset(_texts(code, "directions", record)),
        depends_on=_texts(code, "depends_on", record),
        said=_said(record, message, place),
        passes=_examples(code, kind, record, "passes"),
        fails=_examples(code, kind, record, "fails"),
    )


@dataclass(frozen=True, slots=True)
class _Place:
    group: str
    name: str
    box: str
    label: Words
    definition: Field | None


_ANYWHERE = _Place("any", "", "", Words("Майдон", "Графа", "Field"), None)


def _place(code: str, path: str, form: Form) -> _Place:
    """Where a path such as `items.packages.count` stands."""
    match path.split("."):
        case [""]:
            return _ANYWHERE
        case [name] if name in form.header:
            return _of_field("header", form.header[name])
        case ["items", name] if name in form.item:
            return _of_field("items", form.item[name])
        case ["items", name] if name in form.item_lists:
            rows = form.item_lists[name]
            return _Place("items", name, rows.box, rows.label, None)
        case ["items", name, part] if name in form.item_lists and part in form.item_lists[name].fields:
            return _of_field(f"items.{name}", form.item_lists[name].fields[part])
        case [name, part] if name in form.header_lists and part in form.header_lists[name].fields:
            return _of_field(name, form.header_lists[name].fields[part])
    raise RuleRefused(f"{code}: the form has no field {path}")


def _of_field(group: str, field: Field) -> _Place:
    return _Place(group, field.name, field.box, field.label, field)


def _kind_of(code: str, record: Mapping[str, Any]) -> Kind:
    name = str(record.get("kind"))
    kind = KINDS.get(name)
    if kind is None:
        raise RuleRefused(f"{code}: the kind {name} is not one of {', '.join(sorted(KINDS))}")
    missing = (_NEEDS | kind.needs) - record.keys()
    surplus = record.keys() - _NEEDS - _MAY - kind.needs - kind.may
    if missing or surplus:
        off = ", ".join(sorted(map(str, missing | surplus)))
        raise RuleRefused(f"{code}: a rule of kind {name} has one too many or too few of: {off}")
    return kind


def _check_place(code: str, name: str, kind: Kind, place: _Place) -> None:
    stands_on = "nothing" if place is _ANYWHERE else place.definition.kind if place.definition else "rows"
    if (kind.on and stands_on not in kind.on) or (not kind.on and place is not _ANYWHERE):
        raise RuleRefused(f"{code}: a rule of kind {name} cannot stand on {place.name or 'nothing'} ({stands_on})")
    if kind.in_groups and not any(re.fullmatch(group, place.group) for group in kind.in_groups):
        raise RuleRefused(f"{code}: a rule of kind {name} cannot look at {place.group}")


def _check_limits(code: str, parameters: Mapping[str, Any], field: Field | None) -> None:
    lowest, highest = parameters.get("lowest"), parameters.get("highest")
    if lowest is not None and highest is not None and lowest > highest:
        raise RuleRefused(f"{code}: the lowest {lowest} is above the highest {highest}")
    if any(parameters.get(name, 1) <= 0 for name in ("times", "tolerance")):
        raise RuleRefused(f"{code}: times and tolerance must be more than zero")
    if parameters.get("by") and parameters["by"].level != "row":
        raise RuleRefused(f"{code}: by must name a field of the row")
    if field is not None and any(limit % 1 for limit in (lowest, highest) if limit is not None) and field.kind in TEXT:
        raise RuleRefused(f"{code}: a length is a whole number")


def _dates(code: str, record: Mapping[str, Any]) -> tuple[date, date | None]:
    since, until = record["since"], record.get("until")
    for day in (since, until):
        if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
            raise RuleRefused(f"{code}: {day!r} is not a date")
    if since is None or (until is not None and until <= since):
        raise RuleRefused(f"{code}: until {until} must come after since {since}")
    return since, until


def _one_of(code: str, names: type[Severity], said: Any) -> Severity:
    if said not in list(names):
        raise RuleRefused(f"{code}: {said!r} is not one of {', '.join(names)}")
    return names(said)


def _confidence(code: str, record: Mapping[str, Any]) -> Confidence:
    """How well the ground of a rule is known. Without a word it is unknown, or uncertain where it cites the form."""
    said = record.get("confidence")
    if said is None:
        return Confidence.UNCERTAIN if str(record["cites"]).partition("#")[0] == "form" else Confidence.UNKNOWN
    if said not in list(Confidence):
        raise RuleRefused(f"{code}: {said!r} is not one of {', '.join(Confidence)}")
    return Confidence(said)


def _text(code: str, name: str, said: Any) -> str:
    if not isinstance(said, str) or not said.strip():
        raise RuleRefused(f"{code}: {name} must be a text")
    return said


def _texts(code: str, name: str, record: Mapping[str, Any]) -> tuple[str, ...]:
    return plain_words(code, name, record[name]) if name in record else ()


def _message(code: str, said: Mapping[str, Any], parameters: Mapping[str, Any]) -> Words:
    """The sentence in three languages. Each names the same values, and only values that a finding has."""
    if not isinstance(said, Mapping) or any(not said.get(language) for language in _LANGUAGES):
        raise RuleRefused(f"{code}: the message must be there in tg, ru and en")
    known = {"label", "box", "found", "expected"}
    if any(name in parameters for name in ("other", "owner", "per", "equals")):
        known |= {"other_label", "other_box"}
    named = []
    for language in _LANGUAGES:
        try:
            names = {part[1] for part in string.Formatter().parse(str(said[language])) if part[1] is not None}
        except ValueError as error:
            raise RuleRefused(f"{code}: the message in {language} is not well formed: {error}") from error
        if names - known:
            raise RuleRefused(f"{code}: the message in {language} names an unknown value: {sorted(names - known)}")
        named.append(names)
    if named[0] != named[2] or named[1] != named[2]:
        raise RuleRefused(f"{code}: the message must name the same values in tg, ru and en")
    return Words(*(str(said[language]) for language in _LANGUAGES))


def _conditions(spot: Spot, kind: Kind, when: Mapping[str, Any]) -> tuple[Condition, ...]:
    if not isinstance(when, Mapping) or (when and not kind.conditional):
        raise RuleRefused(f"{spot.code}: this kind of rule has no when")
    return tuple(read_condition(spot, str(name), values) for name, values in when.items())


def _examples(code: str, kind: Kind, record: Mapping[str, Any], name: str) -> tuple[Any, ...]:
    said = record.get(name) or ()
    if not isinstance(said, list | tuple):
        raise RuleRefused(f"{code}: {name} must be a list of examples")
    distinct = {json.dumps(example, sort_keys=True, default=str) for example in said}
    if kind.on and len(distinct) < 2:
        raise RuleRefused(f"{code}: give at least two passing and two failing examples, no two alike")
    return tuple(said)


def _said(record: Mapping[str, Any], message: Mapping[str, Any], place: _Place) -> str:
    """Everything that makes the rule what it is; examples prove a rule and are not part of it."""
    whole = {key: value for key, value in record.items() if key not in ("passes", "fails")}
    whole |= {"message": dict(message), "box": place.box, "label": [place.label.tg, place.label.ru, place.label.en]}
    return json.dumps(whole, sort_keys=True, default=str, ensure_ascii=False)
