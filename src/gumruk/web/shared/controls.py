"""Fields of the declaration as a page shows them: what kind of control, what stands in it, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Field, FieldList
from gumruk.rules.types import Finding
from gumruk.web.help.words import Hint, hint_of

SHORT_LIST = 24  # a list this long is still a plain choice; a longer one is picked by typing
LONG_TEXT = 200
SUGGESTED = {"procedure": "procedure"}  # fields of free text for which a picker knows what is usual
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Control:
    """One field on a page. `path` is like `items/2/net_mass`; `named` is the name of the code that stands in it."""

    path: str
    id: str
    label: str
    box: str
    kind: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    codes: str = ""
    named: str = ""
    faults: tuple[Finding, ...] = ()
    span: str = ""
    wide: bool = False
    hint: str = ""
    help: Hint | None = None


@dataclass(frozen=True, slots=True)
class RowTable:
    """A repeated group of fields as a table: existing rows and empty ones to add to."""

    name: str
    box: str
    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Control, ...], ...]


@dataclass(slots=True)
class Sheet:
    """Makes controls for one page: language, findings by path, and the code lists it already looked up."""

    language: str
    faults: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    lists: dict[str, dict[str, str]] = field(default_factory=dict)

    def names(self, name: str) -> dict[str, str]:
        """Code → name of a list."""
        if name not in self.lists:
            self.lists[name] = dict(lawbook.codes(name, self.language))
        return self.lists[name]

    def name_of(self, name: str, code: str) -> str:
        """The name of a code; of a goods code, the text of its first six digits."""
        if not name or not code:
            return ""
        if name == "goods":
            return self.names("goods").get(code) or self.names("hs6").get(code[:6], "")
        return self.names(name).get(code, "")

    def name_in(self, one: Field, value: str) -> str:
        """What a code in a field means: a choice of the field itself, else a row of its list."""
        for code, words in one.choices:
            if code == value:
                return words.in_language(self.language)
        return self.name_of(one.list or one.picks, value)

    def control(self, one: Field, row: Mapping[str, str], prefix: str = "") -> Control:
        """The control of a field with the value that `row` has for it."""
        path, value = prefix + one.name, str(row.get(one.name) or "")
        kind, options = self._kind(one, value)
        return Control(
            path=path,
            id=anchor(path),
            label=one.label.in_language(self.language),
            box=one.box,
            kind=kind,
            value=shown(one, value),
            options=options,
            codes=(one.list or SUGGESTED.get(one.name, f"form-{one.name}")) if kind == "codes" else "",
            named=self.name_in(one, value) if kind == "codes" else "",
            faults=self.faults.get(path, ()),
            span=_span(one, kind),
            wide=kind == "textarea" or one.length > 100,
            help=hint_of(one, path, self.language),
        )

    def table(self, group: FieldList, row: Mapping[str, object], prefix: str, spare: int = 1) -> RowTable:
        """A repeated group with `spare` empty rows after those that are filled."""
        stored = row.get(group.name)
        filled = list(stored) if isinstance(stored, list) else []
        rows = tuple(
            tuple(self.control(one, said, f"{prefix}{group.name}/{place}/") for one in group.fields.values())
            for place, said in enumerate([*filled, *[{}] * spare], start=1)
        )
        labels = tuple(one.label.in_language(self.language) for one in group.fields.values())
        return RowTable(group.name, group.box, group.label.in_language(self.language), labels, rows)

    def _kind(self, one: Field, value: str) -> tuple[str, tuple[tuple[str, str], ...]]:
        if one.choices and not one.picks:
            return "select", (("", ""), *((code, words.in_language(self.language)) for code, words in one.choices))
        if one.kind == "flag":
            return "select", (("", ""), ("0", gettext("No")), ("1", gettext("Yes")))
        if one.picks:
            return "codes", ()
        if one.list and one.list != "goods" and len(self.names(one.list)) <= SHORT_LIST:
            words = [(code, f"{code} · {name}") for code, name in self.names(one.list).items()]
            if value and value not in self.names(one.list):
                words.insert(0, (value, value))  # an unknown code is shown, not silently changed
            return "select", (("", ""), *words)
        if one.list or one.name in SUGGESTED:
            return "codes", ()
        if one.kind in ("decimal", "integer"):
            return "number", ()
        return ("date" if one.kind == "date" else "textarea" if one.length >= LONG_TEXT else "text"), ()


def by_path(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """Findings by the path of their field."""
    faults: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        faults[finding.path] = (*faults.get(finding.path, ()), finding)
    return faults


def anchor(path: str) -> str:
    """The id of the field at a path."""
    return "f-" + path.replace("/", "-")


def shown(one: Field, value: str) -> str:
    """A stored value as people write it: days with points."""
    found = _ISO.match(value) if one.kind == "date" else None
    return f"{found[3]}.{found[2]}.{found[1]}" if found else value


def _span(one: Field, kind: str) -> str:
    """Wide for names and long lists, narrow for codes, numbers and days: they pair up in rows of twelve."""
    if kind in ("number", "date", "codes") or one.kind == "flag" or (kind == "text" and one.length <= 17):
        return "4"
    return "12" if one.length >= LONG_TEXT * 5 else "8"
