"""The form as a page: fields in box order with what stands in them and what is wrong; and back from what was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, Field
from gumruk.rules.types import Finding


@dataclass(frozen=True, slots=True)
class Shown:
    """One field on the page."""

    path: str
    box: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    faults: tuple[Finding, ...]
    wide: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together: the header, an item, or rows of an item."""

    title: str
    number: int
    fields: tuple[Shown, ...]


# Lists short enough for a plain choice; longer ones are typed and checked.
CHOICES = {"direction", "regime", "delivery_terms", "transaction_nature", "transport_mode", "apportionment",
           "valuation_method", "preference", "office", "package", "document", "previous_document"}  # fmt: skip


def form_groups(content: Content, language: str, findings: Iterable[Finding]) -> list[Group]:
    """Header and items as groups of fields; the page names them."""
    form = lawbook.form()
    faults: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        faults[finding.path] = (*faults.get(finding.path, ()), finding)
    groups = [Group("header", 0, tuple(_shown(f, "", content, language, faults) for f in form.header.values()))]
    for number, item in enumerate(content.get("items", []), start=1):
        prefix = f"items/{number}/"
        fields = [_shown(f, prefix, item, language, faults) for f in form.item.values()]
        for name, group in form.item_lists.items():
            rows = item.get(name) or []
            for place in range(1, len(rows) + 2):
                row = rows[place - 1] if place <= len(rows) else {}
                if place > len(rows) and rows and name not in ("documents", "packages"):
                    continue
                path = f"{prefix}{name}/{place}/"
                fields += [_shown(f, path, row, language, faults) for f in group.fields.values()]
        groups.append(Group("item", number, tuple(fields)))
    return groups


def _shown(
    field: Field, prefix: str, row: Mapping[str, str], language: str, faults: Mapping[str, tuple[Finding, ...]]
) -> Shown:
    path = prefix + field.name
    options = lawbook.codes(field.list, language) if field.list in CHOICES else ()
    value = str(row.get(field.name) or "")
    if options and value and value not in dict(options):
        options = ((value, value), *options)  # an unknown code is shown, not silently changed
    return Shown(
        path, field.box, field.label.in_language(language), value, options, faults.get(path, ()), field.length > 100
    )


_PLACE = re.compile(r"(?:items/([1-9][0-9]{0,3})/)?(?:([a-z_]+)/([1-9][0-9]{0,3})/)?([a-z_0-9]+)\Z", re.ASCII)


def posted_content(posted: Mapping[str, str], before: Content) -> Content:
    """Content from posted fields named by path. What the page did not show stays as it was."""
    form = lawbook.form()
    content: Content = {**before, "items": [{**item} for item in before.get("items", [])]}
    rows: dict[tuple[int, str], dict[int, dict[str, str]]] = {}
    for path, text in posted.items():
        found = _PLACE.match(path)
        if found is None:
            continue
        item_number, group, place, name = found.groups()
        if item_number is None:
            if group is None and name in form.header:
                content[name] = text
            continue
        number = int(item_number)
        if number > len(content["items"]):
            continue
        if group is None and name in form.item:
            content["items"][number - 1][name] = text
        elif group in form.item_lists and name in form.item_lists[str(group)].fields:
            rows.setdefault((number, str(group)), {}).setdefault(int(place), {})[name] = text
    for (number, group), placed in rows.items():
        kept = [row for _, row in sorted(placed.items()) if any(value.strip() for value in row.values())]
        content["items"][number - 1][group] = kept
    return content
