"""From a posted form back to content: fields named by path. What the page did not show stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, Field, Form

_PLACE = re.compile(r"(?:items/([1-9][0-9]{0,3})/)?(?:([a-z_]+)/([1-9][0-9]{0,3})/)?([a-z_0-9]+)\Z", re.ASCII)
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:[ \u00a0\u202f'][0-9]{3})*(?:[.,][0-9]+)?\Z")
_PLAIN = re.compile(r"-?[0-9]+[.,][0-9]+\Z", re.ASCII)
_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})\Z", re.ASCII)

Rows = dict[tuple[int, str], dict[int, dict[str, str]]]  # (item or 0, group) → place → field → text


def posted_content(posted: Mapping[str, str], before: Content) -> Content:
    """Content with what was posted put over `before`."""
    form = lawbook.form()
    content: Content = {**before, "items": [{**item} for item in before.get("items", [])]}
    rows: Rows = {}
    places = [(found, text) for path, text in posted.items() if (found := _PLACE.match(path))]
    _add_items(content, places)
    for found, text in places:
        number = int(found[1] or 0)
        if number > len(content["items"]):
            continue
        _put(form, content, rows, number, found[2], int(found[3] or 0), found[4], text)
    for (number, group), placed in rows.items():
        target = content["items"][number - 1] if number else content
        target[group] = _merged(target.get(group) or [], placed)
    return content


def reasons_in(said: Mapping[str, str]) -> dict[str, str]:
    """The reasons that were given for warnings, by the key of the warning."""
    return {name.removeprefix("reason/"): text for name, text in said.items() if name.startswith("reason/")}


def _add_items(content: Content, places: list[tuple[re.Match[str], str]]) -> None:
    """Items for the rows that were added to the grid in the browser: each next number in which something stands."""
    said = {int(found[1]) for found, text in places if found[1] and text.strip()}
    number = len(content["items"]) + 1
    while number in said:
        content["items"].append({"item_number": str(number)})
        number += 1


def _put(
    form: Form, content: Content, rows: Rows, number: int, group: str | None, place: int, name: str, text: str
) -> None:
    """One posted field to its place; fields that the form does not have are left out."""
    if group is None:
        fields = form.item if number else form.header
        if name in fields:
            (content["items"][number - 1] if number else content)[name] = as_stored(fields[name], text)
        return
    lists = form.item_lists if number else form.header_lists
    if group in lists and name in lists[group].fields:
        stored = as_stored(lists[group].fields[name], text)
        rows.setdefault((number, group), {}).setdefault(place, {})[name] = stored


def _merged(before: list[dict[str, Any]], placed: Mapping[int, dict[str, str]]) -> list[dict[str, Any]]:
    """Rows by place; posted fields over the stored ones, empty rows dropped."""
    last = max(len(before), *placed)
    rows = [
        {**(before[place - 1] if place <= len(before) else {}), **placed.get(place, {})} for place in range(1, last + 1)
    ]
    return [row for row in rows if any(str(value).strip() for value in row.values())]


def as_stored(one: Field, text: str) -> str:
    """Text as content keeps it: `1 250,5` is 1250.5, `05.03.2026` is 2026-03-05; what is neither stays as typed."""
    said = text.replace("\r\n", "\n").strip()
    if one.kind in ("decimal", "integer") and (_GROUPED.match(said) or _PLAIN.match(said)):
        return re.sub(r"[ \u00a0\u202f']", "", said).replace(",", ".")
    found = _DAY.match(said) if one.kind == "date" else None
    if found:
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    return said.replace(" ", "") if one.list == "goods" else said


def revision_in(posted: Mapping[str, str]) -> int:
    """The revision that the page was made from; -1, which no draft has, when it does not say one."""
    said = posted.get("revision", "")
    return int(said) if said.isdigit() and len(said) < 9 else -1
