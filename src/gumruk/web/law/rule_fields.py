"""Fields of the form of a rule: its place, kind and the parameters of that kind, its conditions, its examples; and back.

Which parameters a kind has is what the engine knows (`rules.checks.kinds`): a new kind needs no form of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.checks.kinds import KINDS
from gumruk.web.help.why import KINDS as MEANINGS

# What each parameter of a kind is called. Lists are typed with commas between; lengths are whole numbers; the rest is text.
PARAMETERS = {
    "reason": _("What cannot be read"), "other": _("The other field"), "pattern": _("Pattern (regular expression)"),
    "lowest": _("Lowest"), "highest": _("Highest"), "lengths": _("How many digits, with commas between"),
    "scheme": _("Way the check digit is computed"), "list": _("Code list"), "length": _("How many characters count"),
    "attribute": _("What the code list says (attribute)"), "values": _("Values, with commas between"),
    "equals": _("Field that it must equal"), "other_attribute": _("Attribute of the other field"),
    "owner": _("Field whose code decides"), "area": _("Group of countries"), "per": _("For each unit of field"),
    "factors": _("Fields multiplied, with commas between"), "tolerance": _("Tolerance"), "of": _("Rows that are looked at"),
    "by": _("Field that tells the rows apart"), "first": _("Attribute of the earlier row"),
    "then": _("Attribute of the later row"), "with": _("Together with fields, with commas between"),
    "times": _("How many times another"), "several": _("Code that stands for several"),
}  # fmt: skip
LISTS, NUMBERS, SIZES = frozenset({"values", "factors", "with"}), frozenset({"length"}), frozenset({"lengths"})
NOTHING = '""'  # how a value that is not there is typed in a condition
SPARE = 2


def kind_options() -> tuple[tuple[str, str], ...]:
    """Kinds of rules, each with what it says of a declaration."""
    return tuple((name, f"{name} · {gettext(MEANINGS[name])}") for name in sorted(KINDS))


def parameters_of(kind: str) -> list[str]:
    """The parameters of a kind, those that it needs first; every one of them where the kind is not known."""
    found = KINDS.get(kind)
    return [*sorted(found.needs), *sorted(found.may - found.needs)] if found else []


def needed(kind: str, name: str) -> bool:
    return kind in KINDS and name in KINDS[kind].needs


def places() -> list[str]:
    """Every place of the form that a rule may stand on."""
    form = lawbook.form()
    found = [*form.header, *form.header_lists]
    found += [f"{rows}.{name}" for rows, said in form.header_lists.items() for name in said.fields]
    found += ["items", *(f"items.{name}" for name in (*form.item, *form.item_lists))]
    return [*found, *(f"items.{rows}.{name}" for rows, said in form.item_lists.items() for name in said.fields)]


def shown_parameter(name: str, value: Any) -> str | None:
    """A parameter as it is typed; None when it is not what this form can say."""
    if value is None:
        return ""
    if name in LISTS or name in SIZES:
        wanted = int if name in SIZES else str
        plain = isinstance(value, list) and all(type(one) is wanted and _plain(str(one)) for one in value)
        if not plain:
            return None
        return ", ".join(map(str, value)) or "-"
    if name in NUMBERS:
        return str(value) if type(value) is int else None
    return value if isinstance(value, str) and value == value.strip() and value else None


def read_parameter(name: str, text: str) -> Any:
    """What was typed, as the record holds it; None when nothing was."""
    if not text:
        return None
    if name in LISTS or name in SIZES:
        parts = [] if text == "-" else [part.strip() for part in text.split(",") if part.strip()]
        return [_whole(part) for part in parts] if name in SIZES else parts
    return _whole(text) if name in NUMBERS else text


def _plain(text: str) -> bool:
    return bool(text) and text == text.strip() and "," not in text and text not in (NOTHING, "-")


def _whole(text: str) -> Any:
    """A whole number; what is none stays as it was typed, and the engine says what is wrong."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def shown_conditions(value: Any) -> list[tuple[str, str]] | None:
    """Field and values of each condition as they are typed; None when they are not what the form can say."""
    if value is None:
        return []
    if not isinstance(value, Mapping):
        return None
    rows = []
    for name, said in value.items():
        words = said if isinstance(said, list) and said else None
        if (
            words is None
            or not _plain(str(name))
            or not all(one == "" or (isinstance(one, str) and _plain(one)) for one in words)
        ):
            return None
        rows.append((str(name), ", ".join(one or NOTHING for one in words)))
    return rows


def read_conditions(rows: list[tuple[str, str]]) -> dict[str, list[str]] | None:
    found: dict[str, list[str]] = {}
    for name, text in rows:
        if name.strip():
            parts = [part.strip() for part in text.split(",") if part.strip()]
            found.setdefault(name.strip(), []).extend("" if part == NOTHING else part for part in parts)
    return found or None


def shown_examples(value: Any) -> str | None:
    """One example a line, each as JSON."""
    if value is None:
        return ""
    if not isinstance(value, list):
        return None
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in value)


def read_examples(text: str) -> list[Any]:
    """The examples of all lines. Raises ValueError with the number of the first line that is no JSON."""
    return list(_examples(text))


def _examples(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                raise ValueError(number) from None


def taken(rest: dict[str, Any], names: list[str]) -> dict[str, str]:
    """The parameters that inputs can show, taken out of what is left; others stay there."""
    shown = {name: shown_parameter(name, rest.get(name)) for name in names}
    said = {name: text for name, text in shown.items() if text is not None}
    for name in said:
        rest.pop(name, None)
    return said


def read_parameters(said: Mapping[str, str]) -> dict[str, Any]:
    names = parameters_of(said.get("kind", ""))
    read = {name: read_parameter(name, said.get(name, "").strip()) for name in names}
    return {name: value for name, value in read.items() if value is not None}


def condition_rows(said: Mapping[str, str]) -> list[int]:
    parts = [name.split("-") for name in said if name.startswith("when-")]
    return sorted(
        {int(one[1]) for one in parts if len(one) == 3 and one[1].isascii() and one[1].isdigit() and len(one[1]) < 4}
    )
