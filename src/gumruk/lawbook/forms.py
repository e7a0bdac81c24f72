"""The register of the declaration's fields as entries, one a field, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gumruk.lawbook.bodies import FORM_SECTIONS as SECTIONS
from gumruk.lawbook.types import NewEntry
from gumruk.rules.form import Form, form_from


def rows_of(register: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Key and body of every field and group of a register; `order` keeps the place in its section."""
    for section in SECTIONS:
        for place, (name, row) in enumerate(register.get(section, {}).items(), start=1):
            said = {key: value for key, value in row.items() if key != "fields"}
            yield f"{section}/{name}", {**said, "order": place}
            for inner, (part, field) in enumerate(row.get("fields", {}).items(), start=1):
                yield f"{section}/{name}/{part}", {**field, "order": inner}


def form_of(entries: Iterable[NewEntry]) -> Form:
    """The form from the field entries of one day."""
    register: dict[str, Any] = {section: {} for section in SECTIONS}
    for entry in sorted(entries, key=lambda entry: (entry.key.count("/"), entry.body["order"], entry.key)):
        section, name, *part = entry.key.split("/")
        row = {key: value for key, value in entry.body.items() if key != "order"}
        if part:
            register[section][name]["fields"][part[0]] = row
        elif section.endswith("_lists"):
            register[section][name] = {**row, "fields": {}}
        else:
            register[section][name] = row
    return form_from(register)
