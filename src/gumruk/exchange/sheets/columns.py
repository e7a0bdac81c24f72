"""Which columns a sheet of items may have, and how a head is recognised: by field name, by label in three languages, by
box number, by a few usual names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from gumruk.law.types import Words
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Field, FieldList

# How many groups of a list the template shows; a sheet may have up to MAX_GROUPS of each.
SHOWN = {"packages": 1, "containers": 1, "documents": 3, "previous_documents": 1}
MAX_GROUPS = 20

# The field that a bare box number means, where a box has several.
LEADING = {
    "31": "description",
    "33": "goods_code",
    "34": "item_origin_country",
    "37": "procedure",
    "41": "supplementary_quantity",
}

# What people write besides our labels.
USUAL: dict[str, str] = {
    "no": "item_number", "n": "item_number", "#": "item_number", "№": "item_number", "№ п п": "item_number",
    "item": "item_number",
    "hs code": "goods_code", "commodity code": "goods_code", "код тн вэд": "goods_code", "тн вэд": "goods_code",
    "рамзи мфф тх": "goods_code", "код": "goods_code", "рамз": "goods_code",
    "goods": "description", "наименование": "description", "наименование товара": "description", "товар": "description",
    "мол": "description", "номи мол": "description",
    "origin": "item_origin_country", "страна": "item_origin_country", "кишвар": "item_origin_country",
    "gross": "gross_mass", "брутто": "gross_mass", "вес брутто": "gross_mass", "gross weight": "gross_mass",
    "вазни брутто": "gross_mass",
    "net": "net_mass", "нетто": "net_mass", "вес нетто": "net_mass", "net weight": "net_mass", "вазни нетто": "net_mass",
    "price": "price", "amount": "price", "цена": "price", "стоимость": "price", "сумма": "price", "нарх": "price",
    "маблағ": "price",
    "unit": "supplementary_unit", "единица": "supplementary_unit", "ед изм": "supplementary_unit", "воҳид": "supplementary_unit",
    "quantity": "supplementary_quantity", "количество": "supplementary_quantity", "миқдор": "supplementary_quantity",
    "packages": "packages.1.count", "мест": "packages.1.count", "места": "packages.1.count", "ҷойҳо": "packages.1.count",
    "container": "containers.1.number", "контейнер": "containers.1.number",
}  # fmt: skip

_BOX = re.compile(r"(?:box|графа|гр|қуттии|қуттӣ|кутти)?\s*([0-9]{1,2})(?:\s+(.*))?\Z")
_GROUP = re.compile(r"([a-z_]+) ([0-9]{1,2}) ([a-z_]+)\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a field of the item (`group` empty), or a field of one row of a list."""

    key: str
    field: Field
    group: str = ""
    number: int = 0

    def label(self, language: str) -> str:
        """The head in the template: box, label, and which group of several."""
        many = f" {self.number}" if SHOWN.get(self.group, 1) > 1 else ""
        return f"{self.field.box}. {self.field.label.in_language(language)}{many}"


def normal(text: str) -> str:
    """A head without case, punctuation and doubled spaces."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(sign if sign.isalnum() or sign in "#№_" else " " for sign in folded).split())


def column_of_key(key: str) -> Column | None:
    """The column with this key: `net_mass`, `documents.2.number`."""
    form = lawbook.form()
    if key in form.item:
        return Column(key, form.item[key])
    found = _GROUP.match(key.replace(".", " "))
    if found is None:
        return None
    group, number, name = found.group(1), int(found.group(2)), found.group(3)
    listed: FieldList | None = form.item_lists.get(group)
    if listed is None or name not in listed.fields or not 1 <= number <= MAX_GROUPS:
        return None
    return Column(f"{group}.{number}.{name}", listed.fields[name], group, number)


@cache
def shown() -> tuple[Column, ...]:
    """The columns of the template: every field of an item, then its lists."""
    form = lawbook.form()
    plain = [Column(name, field) for name, field in form.item.items()]
    groups = [
        Column(f"{group}.{number}.{name}", field, group, number)
        for group, count in SHOWN.items()
        for number in range(1, count + 1)
        for name, field in form.item_lists[group].fields.items()
    ]
    return (*plain, *groups)


@cache
def _by_label() -> dict[str, str]:
    """Normalised label to key; a label that two fields share names neither."""
    found: dict[str, set[str]] = {}
    for column in shown():
        words: Words = column.field.label
        for language in ("tg", "ru", "en"):
            label = normal(words.in_language(language))
            names = {label, normal(column.label(language))} if column.number <= 1 else set()
            names |= {f"{label} {column.number}", f"{normal(column.label(language))}"} if column.number else set()
            for name in names:
                found.setdefault(name, set()).add(column.key)
    return {name: keys.pop() for name, keys in found.items() if len(keys) == 1}


@cache
def _by_box() -> dict[str, str]:
    """Box number to the field that it means alone."""
    form = lawbook.form()
    boxes: dict[str, list[str]] = {}
    for name, field in form.item.items():
        boxes.setdefault(field.box, []).append(name)
    return {box: names[0] for box, names in boxes.items() if len(names) == 1} | LEADING


def recognise(head: str) -> str:
    """The key of the column that a head names; empty when it names none."""
    name = normal(head)
    column = column_of_key(head.strip().casefold())
    if column is not None:
        return column.key
    for known in (_by_label(), USUAL):
        if name in known:
            return known[name]
    found = _BOX.match(name)
    if found is None:
        return ""
    rest = found.group(2) or ""
    return _by_label().get(rest) or USUAL.get(rest) or ("" if rest else _by_box().get(found.group(1), ""))
