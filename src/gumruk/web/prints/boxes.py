"""The boxes of the declaration as text for the printed form: codes with their names where the box is wide enough."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content, Field, FieldList

# Fields whose label names their whole box better than its first field does.
TITLES = (
    "exporter_name",
    "consignee_name",
    "financial_name",
    "declarant_name",
    "bank_name",
    "principal_name",
    "customs_value",
)
# Boxes too narrow for the name of a code.
NARROW = frozenset(["3", "4", "5", "6", "10", "11", "13", "19", "24", "25", "26", "32", "34", "36", "37", "39", "43"])


def number(text: str) -> str:
    """A number as pages show it: grouped, with the decimals that were said."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    places = -int(value.as_tuple().exponent) if value.is_finite() else 0
    return number_format(value, max(places, 0), use_l10n=True, force_grouping=True) if value.is_finite() else text


def shown(field: Field, text: str, language: str) -> str:
    """One value as the form shows it."""
    if not text:
        return ""
    if field.kind == "code" and field.list and field.box not in NARROW:
        name = dict(lawbook.codes(field.list, language)).get(text, "") if field.list != "goods" else ""
        return f"{text} {name}".strip()
    if field.kind == "decimal":
        return number(text)
    if field.kind == "date":
        try:
            return date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT")
        except ValueError:
            return text
    return text


def titles(language: str) -> dict[str, str]:
    """The title of each box: the label of the field that names it best."""
    form = lawbook.form()
    fields = {**form.header, **form.item}
    named = [fields[name] for name in TITLES if name in fields]
    places: list[Field | FieldList] = [
        form.item_lists["documents"], *named, *fields.values(), *form.header_lists.values(), *form.item_lists.values()
    ]  # fmt: skip
    found = {
        "54": gettext("Place, date, name and signature"),
        "C": gettext("Office of departure"),
        "D": gettext("Control by the office"),
    }
    for place in places:
        # What stands in brackets explains how to fill the box in: on paper there is no room for it.
        found.setdefault(place.box, place.label.in_language(language).partition(" (")[0])
    return found


def header_boxes(content: Content, language: str, computed: Mapping[str, str]) -> dict[str, str]:
    """Box → text of the main sheet. `computed` says what the office computed, where the declarant said nothing."""
    boxes: dict[str, list[str]] = {}
    for field in lawbook.form().header.values():
        text = shown(field, str(content.get(field.name) or ""), language)
        if text:
            boxes.setdefault(field.box, []).append(text)
    offices = [
        " ".join(str(one.get(name) or "") for name in ("office", "country"))
        for one in content.get("transit_offices") or []
    ]
    if offices:
        boxes["51"] = offices
    if boxes.get("12"):
        boxes["12"] = [number(str(content["value_total"]))] if content.get("value_total") else []
    joined = {box: _joined(box, parts) for box, parts in boxes.items()}
    return {**joined, **{box: text for box, text in computed.items() if not joined.get(box)}}


def _joined(box: str, parts: list[str]) -> str:
    return ("\n" if box in ("2", "8", "14", "50", "54", "28", "A", "C", "D", "53") else "  ").join(parts)


def item_boxes(item: Content, language: str, computed: Mapping[str, str]) -> dict[str, str]:
    """Box → text of one item."""
    form = lawbook.form()
    boxes: dict[str, list[str]] = {}
    for field in form.item.values():
        text = shown(field, str(item.get(field.name) or ""), language)
        if text and field.box != "47":
            boxes.setdefault(field.box, []).append(text)
    for name, group in form.item_lists.items():
        for row in item.get(name) or []:
            boxes.setdefault(group.box, []).append(_row(group, row, language))
    lines = {box: ("\n" if box in ("31", "44") else "  ").join(parts) for box, parts in boxes.items()}
    return {**lines, **{box: text for box, text in computed.items() if not lines.get(box)}}


def _row(group: FieldList, row: Mapping[str, Any], language: str) -> str:
    return " · ".join(
        text for field in group.fields.values() if (text := shown(field, str(row.get(field.name) or ""), language))
    )
