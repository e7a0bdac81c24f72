"""From a typed form to the body of an entry and back: fields with their faults, three languages, the view for experts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, gettext

from gumruk.law.types import Confidence
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import ALWAYS, Kind, NewEntry
from gumruk.toolkit.sheets import day_in
from gumruk.web.labels import CONFIDENCES
from gumruk.web.law import rule_fields
from gumruk.web.law.specs import CHOICES, SPECS, WHYS, Spec

THREE = ("tg", "ru", "en")
STEPS = ("above", "amount", "currency", "percent", "cap")
SPARE = 2
UNDATED = frozenset({Kind.ACT, Kind.AREA, Kind.MESSAGE, Kind.FIELD})  # whose first day may be unknown: “always”


@dataclass(frozen=True, slots=True)
class Control:
    """One input of the form."""

    name: str
    label: str
    value: str
    kind: str = "text"
    hint: str = ""
    span: str = "4"
    codes: str = ""
    options: tuple[tuple[str, str], ...] = ()
    fault: str = ""


class FieldRefused(Exception):
    """One field cannot be read: which, and why (a code of `WHYS`)."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(why)
        self.where, self.why = where, why


def why_words(why: str) -> str:
    """Why a field is refused, as a sentence; an engine's own word stays as it is."""
    return gettext(WHYS[why]) if why in WHYS else why


@dataclass(slots=True)
class EntryForm:
    """What stands in the form: of a standing entry, of a draft, or as it was typed."""

    kind: str
    key: str
    said: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: str, key: str, entry: NewEntry | None, language: str) -> EntryForm:
        """The form of an entry as it stands; without one, empty."""
        form = cls(kind, key)
        if entry is None:
            form.said = {"confidence": str(Confidence.CONFIRMED), "cites": "", "source": ""}
            return form
        form.said = {
            "cites": entry.cites, "source": entry.source, "confidence": str(entry.confidence),
            "since": "" if entry.since == ALWAYS else shown_day(entry.since, language), "until": shown_day(entry.until, language),
            **_flat(kind, entry.body),
        }  # fmt: skip
        return form

    @classmethod
    def typed(cls, kind: str, key: str, post: QueryDict) -> EntryForm:
        names = [name for name in post if name != "csrfmiddlewaretoken"]
        return cls(kind, key, {name: post.get(name, "") for name in names})

    def entry(self) -> NewEntry:
        """The entry that was typed. Raises FieldRefused."""
        since, until = _day(self.said, "since"), _day(self.said, "until")
        if since is None and self.kind not in UNDATED:
            raise FieldRefused("since", "missing")
        confidence = self.said.get("confidence", "")
        if confidence not in set(Confidence):
            raise FieldRefused("confidence", "missing")
        body = _json(self.said.get("json", ""), "json") if self.said.get("view") == "json" else self._body()
        return NewEntry(
            self.kind, self.key, since or ALWAYS, until, body, self.said.get("cites", "").strip(),
            self.said.get("source", "").strip(), Confidence(confidence),
        )  # fmt: skip

    def _body(self) -> dict[str, Any]:
        body: dict[str, Any] = _json(self.said.get("rest", ""), "rest")
        if self.kind == Kind.CHECK and "confidence" in body:
            body["confidence"] = self.said.get("confidence", "")  # a rule may say it once more: it says the same
        for spec in SPECS[self.kind]:
            if spec.kind == "parameters":
                body.update(rule_fields.read_parameters(self.said))
                continue
            value = _READ.get(spec.kind, _text)(self.said, spec)
            if spec.kind == "three" and not spec.name:
                body.update(value or {})
            elif value not in (None, "", [], False) or (spec.kind == "value"):
                body[spec.name] = value
        return body

    @property
    def leftover(self) -> bool:
        """Whether something is left that only JSON can say; what a rule says of its own confidence follows the field."""
        left = self.said.get("rest", "")
        return bool(left) and not (self.kind == Kind.CHECK and re.fullmatch(r'\{\s*"confidence": "[a-z]+"\s*\}', left))

    def controls(self) -> list[Control]:
        """The inputs, in order; a text in three languages is three of them."""
        found: list[Control] = []
        for spec in SPECS[self.kind]:
            if spec.kind == "three":
                found += [self._three(spec, language) for language in THREE]
            elif spec.kind == "parameters":
                found += [self._parameter(name) for name in rule_fields.parameters_of(self.said.get("kind", ""))]
            elif spec.kind not in ("steps", "conditions"):
                found.append(self._control(spec))
        return found

    def steps(self) -> list[list[Control]]:
        """The rows of a fee table with some empty ones; no rows when the kind has none."""
        if not any(spec.kind == "steps" for spec in SPECS[self.kind]):
            return []
        filled = max([int(name.split("-")[1]) for name in self.said if _is_step(name) and self.said[name]] or [0])
        labels = (gettext("Above"), gettext("Amount"), gettext("Currency"), gettext("Percent"), gettext("At most"))
        return [
            [
                Control(f"rows-{row}-{name}", label, self.said.get(f"rows-{row}-{name}", ""), "number",
                        fault=self.faults.get(f"rows/{row}/{name}", ""))
                for name, label in zip(STEPS, labels, strict=True)
            ]
            for row in range(1, filled + 1 + SPARE)
        ]  # fmt: skip

    def conditions(self) -> list[tuple[Control, Control]]:
        """The rows of "only when", with some empty ones; no rows when the kind of entry has none."""
        if not any(spec.kind == "conditions" for spec in SPECS[self.kind]):
            return []
        filled = max(
            [row for row in rule_fields.condition_rows(self.said) if self.said.get(f"when-{row}-field")] or [0]
        )
        return [
            (
                Control(f"when-{row}-field", gettext("Field"), self.said.get(f"when-{row}-field", "")),
                Control(f"when-{row}-values", gettext("Values"), self.said.get(f"when-{row}-values", "")),
            )
            for row in range(1, filled + 1 + rule_fields.SPARE)
        ]

    def _parameter(self, name: str) -> Control:
        need = "" if rule_fields.needed(self.said.get("kind", ""), name) else gettext("May stay empty.")
        return Control(
            name,
            gettext(rule_fields.PARAMETERS[name]),
            self.said.get(name, ""),
            "text",
            need,
            "4",
            fault=self.faults.get(name, ""),
        )

    def _three(self, spec: Spec, language: str) -> Control:
        name = f"{spec.name}-{language}"
        # A fault of the whole text is shown once, at its first language.
        whole = self.faults.get(spec.name or self.kind, "") if language == THREE[0] else ""
        fault = (
            self.faults.get(f"{spec.name or self.kind}/{language}", "") or self.faults.get(f"{language}", "") or whole
        )
        names = {"tg": gettext("Tajik"), "ru": gettext("Russian"), "en": gettext("English")}
        kind = "textarea" if spec.name in ("", "title", "message") else "text"
        hint = gettext(spec.hint) if spec.hint and language == THREE[0] else ""
        return Control(
            name, f"{gettext(spec.label)} · {names[language]}", self.said.get(name, ""), kind, hint, fault=fault
        )

    def _control(self, spec: Spec) -> Control:
        value, options = self.said.get(spec.name, ""), _options(spec)
        kinds = {
            "choice": "select",
            "flag": "select",
            "area": "textarea",
            "number": "number",
            "codes": "codes",
            "rule_kind": "select",
            "examples": "lines",
            "place": "place",
        }
        if options and value and value not in dict(options):
            options = ((value, value), *options)
        return Control(
            spec.name, gettext(spec.label), value, kinds.get(spec.kind, "text"), gettext(spec.hint) if spec.hint else "",
            spec.span, spec.codes, options, self.faults.get(spec.name, ""),
        )  # fmt: skip


def _options(spec: Spec) -> tuple[tuple[str, str], ...]:
    if spec.kind == "flag":
        return (("", gettext("No")), ("yes", gettext("Yes")))
    if spec.kind == "rule_kind":
        return (("", ""), *rule_fields.kind_options())
    if spec.kind != "choice":
        return ()
    if spec.choices:
        return (("", ""), *((one, gettext(CHOICES[one])) for one in spec.choices))
    labels = lawbook.snapshot().payment_labels
    language = get_language() or "en"
    return (("", ""), *((kind, f"{words.in_language(language)} · {kind}") for kind, words in labels.items()))


def confidence_options() -> list[tuple[str, str]]:
    return [(grade.value, gettext(CONFIDENCES[grade.value])) for grade in Confidence]


def shown_day(day: date | None, language: str) -> str:
    """A day as it is typed."""
    if day is None:
        return ""
    return day.isoformat() if language == "en" else f"{day:%d.%m.%Y}"


def expert_text(body: Mapping[str, Any]) -> str:
    """A body as experts see it."""
    return json.dumps(body, ensure_ascii=False, indent=2)


def _flat(kind: str, body: Mapping[str, Any]) -> dict[str, str]:
    """The body as texts of inputs; what no field shows is JSON in `rest`."""
    said, rest = {"json": expert_text(body)}, dict(body)
    for spec in SPECS[kind]:
        if spec.kind == "three":
            texts = body if not spec.name else rest.pop(spec.name, {})
            said |= {f"{spec.name}-{language}": str(texts.get(language, "")) for language in THREE}
            if not spec.name:
                rest = {name: value for name, value in rest.items() if name not in THREE}
        elif spec.kind == "steps":
            for row, step in enumerate(rest.pop(spec.name, []), start=1):
                said |= {f"rows-{row}-{name}": str(step.get(name, "")) for name in STEPS}
        elif spec.kind == "parameters":
            said |= rule_fields.taken(rest, rule_fields.parameters_of(str(body.get("kind", ""))))
        elif spec.kind == "conditions":
            rows = rule_fields.shown_conditions(rest.get(spec.name))
            if rows is not None:
                rest.pop(spec.name, None)
                said |= {f"when-{row}-{name}": text for row, pair in enumerate(rows, start=1)
                         for name, text in zip(("field", "values"), pair, strict=True)}  # fmt: skip
        elif spec.kind == "examples":
            lines = rule_fields.shown_examples(rest.get(spec.name))
            if lines is not None:
                said[spec.name], _gone = lines, rest.pop(spec.name, None)
        else:
            said[spec.name] = _shown(spec, rest.pop(spec.name, None))
    said["rest"] = expert_text(rest) if rest else ""
    return said


def _shown(spec: Spec, value: Any) -> str:
    if value is None:
        return ""
    if spec.kind == "names":
        return " ".join(map(str, value))
    if spec.kind == "flag":
        return "yes" if value else ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _day(said: Mapping[str, str], name: str) -> date | None:
    text = said.get(name, "").strip()
    day = day_in(text)
    if text and day is None:
        raise FieldRefused(name, "not_a_date")
    return day


def _json(text: str, where: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise FieldRefused(where, "not_json") from None
    if not isinstance(read, dict):
        raise FieldRefused(where, "not_an_object")
    return read


def _text(said: Mapping[str, str], spec: Spec) -> Any:
    return said.get(spec.name, "").strip()


def _whole(said: Mapping[str, str], spec: Spec) -> Any:
    text = said.get(spec.name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise FieldRefused(spec.name, "not_a_number")
    return int(text)


def _value(said: Mapping[str, str], spec: Spec) -> Any:
    """The value of a setting: text; a list or an object where one was written as JSON; nothing when empty."""
    text = said.get(spec.name, "").strip()
    if not text:
        return None
    if text[0] in "[{":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            raise FieldRefused(spec.name, "not_json") from None
    return text


def _three_texts(said: Mapping[str, str], spec: Spec) -> Any:
    texts = {language: said.get(f"{spec.name}-{language}", "").strip() for language in THREE}
    if not any(texts.values()):
        return None
    return texts if spec.name else {language: text for language, text in texts.items() if text}


def _is_step(name: str) -> bool:
    parts = name.split("-")
    return len(parts) == 3 and parts[0] == "rows" and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) < 4


def _steps(said: Mapping[str, str], spec: Spec) -> Any:  # noqa: ARG001 - every reader has this shape
    rows = sorted({int(name.split("-")[1]) for name in said if _is_step(name)})
    read = [{name: said.get(f"rows-{row}-{name}", "").strip() for name in STEPS} for row in rows]
    return [{name: value for name, value in row.items() if value} for row in read if any(row.values())]


def _conditions(said: Mapping[str, str], spec: Spec) -> Any:  # noqa: ARG001 - every reader has this shape
    rows = [
        (said.get(f"when-{row}-field", ""), said.get(f"when-{row}-values", ""))
        for row in rule_fields.condition_rows(said)
    ]
    return rule_fields.read_conditions(rows)


def _examples(said: Mapping[str, str], spec: Spec) -> Any:
    try:
        return rule_fields.read_examples(said.get(spec.name, ""))
    except ValueError:
        raise FieldRefused(spec.name, "not_an_example") from None


_READ: Mapping[str, Callable[[Mapping[str, str], Spec], Any]] = {
    "number": _whole, "value": _value, "three": _three_texts, "steps": _steps,
    "names": lambda said, spec: said.get(spec.name, "").replace(",", " ").split(),
    "flag": lambda said, spec: said.get(spec.name) == "yes", "conditions": _conditions, "examples": _examples,
}  # fmt: skip
