"""From an ASYCUDA World file to content. Only what the declarant said is read; what that system computed (payments,
amounts in its currency, totals, names of codes) is not: it is computed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from gumruk.exchange import values
from gumruk.exchange.asycuda import table
from gumruk.exchange.asycuda.extension import BLOCK, read_extras
from gumruk.exchange.asycuda.table import Row
from gumruk.exchange.limits import most_items
from gumruk.exchange.regimes import fill_regime
from gumruk.exchange.texts import checked, printable
from gumruk.exchange.types import FileRefused, Note, ParsedFile, Unused
from gumruk.exchange.xml_door import Element, own_text, root_of
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content


def parse(data: bytes) -> ParsedFile:
    """Content of an ASYCUDA World file; the file itself is the residue. Raises FileRefused."""
    return read(root_of(data), data)


def root_checked(root: etree._Element) -> etree._Element:
    """The root when it is that of a declaration. Raises FileRefused."""
    if root.tag != "ASYCUDA":
        raise FileRefused("wrong_root", found=printable(str(root.tag), 60))
    return root


def read(root: etree._Element, data: bytes) -> ParsedFile:
    """Content of a tree that was read from `data`."""
    content = content_of(root_checked(root))
    notes = list(fill_regime(content))
    if any(own_text(amount) for amount in root.iterfind("Item/Taxation/Taxation_line/Duty_tax_amount")):
        notes.append(Note("taxes_not_taken"))
    return ParsedFile(content, "asycuda", data, unused(root), tuple(notes))


def content_of(root: etree._Element) -> Content:
    """What the declarant said, without what is only derived from it (the regime)."""
    elements = root.findall("Item")
    if len(elements) > (most := most_items()):
        raise FileRefused("too_many_items", limit=str(most))
    content: Content = {row.field: value(root, row) for row in table.HEADER}
    content["direction"] = _direction(text(root, table.TYPE))
    content["transaction_nature"] = "".join(text(root, path) for path in table.NATURE)
    content["container_flag"] = {"true": "1", "false": "0"}.get(text(root, table.CONTAINER_FLAG).lower(), "")
    content["apportionment"] = table.WORKING_MODES.get(text(root, table.WORKING_MODE), "")
    content["origin_country"] = _origin(text(root, table.ORIGIN_NAME))
    for name, address, path in table.PARTIES:
        content[name], content[address] = party(root, path)
    content = {name: said for name, said in content.items() if said}
    beside = beside_items(root)
    content["items"] = [item_of(element, number, beside) for number, element in enumerate(elements, start=1)]
    read_extras(root, content)
    return content


Beside = dict[tuple[str, str], list[Element]]


def beside_items(root: etree._Element) -> Beside:
    """What stands beside the items and names one by its number: containers and previous declarations."""
    found: Beside = {}
    for name, path in table.BESIDE:
        for element in root.findall(name):
            found.setdefault((name, text(element, path)), []).append(element)
    return found


def item_of(element: etree._Element, number: int, beside: Beside) -> Content:
    """One item with what stands beside it in the file."""
    item: Content = {"item_number": str(number)}
    item |= {row.field: value(element, row) for row in table.ITEM}
    item["goods_code"] = "".join(text(element, path) for path in table.CODE)
    item["additional_information"] = " ".join(filter(None, (text(element, path) for path in table.FREE_TEXT)))
    slots = element.findall("Tarification/Supplementary_unit")
    for (unit, quantity, _), slot in zip(table.SUPPLEMENTARY, slots, strict=False):
        item[unit] = text(slot, "Suppplementary_unit_code")
        item[quantity] = values.number(text(slot, "Suppplementary_unit_quantity"))
    item["packages"] = [row for _, row in packages(element)]
    item["documents"] = [row for _, row in documents(element)]
    item["containers"] = [row for _, row in containers(beside, number)]
    item["previous_documents"] = [*previous(element), *(row for _, row in earlier(beside, number))]
    return {name: said for name, said in item.items() if said}


def text(parent: etree._Element, path: str) -> str:
    """The text of a leaf as one line in NFC; empty when it is not there. Raises FileRefused on control characters."""
    found = parent.find(path)
    return checked(own_text(found), path) if found is not None else ""


def value(parent: etree._Element, row: Row) -> str:
    """The text of a field as the form writes it."""
    said = text(parent, row.path)
    if row.kind == "number":
        said = values.number(said)
    elif row.kind == "date":
        said = values.day(said)
    return "" if row.zero_is_empty and values.is_zero(said) else said


def _direction(said: str) -> str:
    return table.DIRECTIONS.get(said.upper()[:3], said[:2])


def _origin(name: str) -> str:
    """Box 16 is a name in the format: a code when it is one, or the name of one country in our three languages."""
    if name.casefold() in table.SEVERAL_NAMES:
        return table.SEVERAL_ORIGINS
    countries = lawbook.code_rows("country")
    if name.upper() in countries:
        return name.upper()
    wanted = name.casefold()
    found = {code for code, row in countries.items() if wanted in (str(said).casefold() for said in row.values())}
    return found.pop() if len(found) == 1 else ""


def party(root: etree._Element, path: str) -> tuple[str, str]:
    """Name and address: the first line, and the others joined by commas."""
    found = root.find(path)
    if found is None:
        return "", ""
    raw = "".join([found.text or "", *(child.tail or "" for child in found)])
    lines = [" ".join(line.split()) for line in checked(raw, path).splitlines()]
    lines = [line for line in lines if line]
    return (lines[0], ", ".join(line.rstrip(",") for line in lines[1:])) if lines else ("", "")


def _rows(elements: Iterable[etree._Element], rows: tuple[Row, ...]) -> Iterator[tuple[etree._Element, dict[str, str]]]:
    for element in elements:
        yield element, {row.field: said for row in rows if (said := value(element, row))}


def packages(item: etree._Element) -> list[tuple[etree._Element, dict[str, str]]]:
    """Package rows with their elements; an empty one is none."""
    found = []
    for element, row in _rows(item.findall("Packages"), table.PACKAGE):
        marks = " ".join(filter(None, (text(element, path) for path in table.MARKS)))
        if marks:
            row["marks"] = marks
        if row:
            found.append((element, row))
    return found


def documents(item: etree._Element) -> list[tuple[etree._Element, dict[str, str]]]:
    """Attached documents with their elements."""
    return [(element, row) for element, row in _rows(item.findall("Attached_documents"), table.DOCUMENT) if row]


def containers(beside: Beside, number: int) -> list[tuple[etree._Element, dict[str, str]]]:
    """Containers that name the item of this number."""
    mine = beside.get(("Container", str(number)), [])
    return [(element, row) for element, row in _rows(mine, table.CONTAINER) if row]


def previous(item: etree._Element) -> list[dict[str, str]]:
    """The two previous documents that an item has room for."""
    reference, line = (text(item, path) for path in table.SUMMARY)
    first = {"reference": reference, "item": line}
    second = {"reference": text(item, table.PREVIOUS)}
    return [{name: said for name, said in row.items() if said} for row in (first, second) if any(row.values())]


def earlier(beside: Beside, number: int) -> list[tuple[etree._Element, dict[str, str]]]:
    """Previous declarations that the item of this number writes off."""
    found = []
    for element in beside.get(("Prev_decl", str(number)), []):
        parts = [text(element, path) for path in table.EARLIER]
        if any(parts):
            row = {"kind": table.EARLIER_KIND, "reference": "/".join(parts)}
            line = text(element, table.EARLIER_ITEM)
            found.append((element, row | ({"item": line} if line else {})))
    return found


def _used() -> frozenset[str]:
    inside_item = [row.path for row in table.ITEM] + [*table.CODE, *table.FREE_TEXT, *table.SUMMARY, table.PREVIOUS]
    inside_item += [f"Packages/{path}" for path in (*(row.path for row in table.PACKAGE), *table.MARKS)]
    inside_item += [f"Attached_documents/{row.path}" for row in table.DOCUMENT]
    inside_item += [f"Tarification/Supplementary_unit/Suppplementary_unit_{part}" for part in ("code", "quantity")]
    beside = [f"Container/{row.path}" for row in table.CONTAINER]
    header = [row.path for row in table.HEADER] + [path for _, _, path in table.PARTIES]
    header += [table.TYPE, table.CONTAINER_FLAG, *table.NATURE]
    return frozenset([*header, *beside, *(f"Item/{path}" for path in inside_item)])


_USED = _used()
_DERIVED_TREES = tuple(path.removesuffix("*") for path in table.DERIVED if path.endswith("*"))
_DERIVED = frozenset(table.DERIVED)


def unused(root: etree._Element) -> tuple[Unused, ...]:
    """What the file says beyond the form and beyond what is derived, by path, with one example and how often."""
    found: dict[str, list[str]] = {}
    for element in root.iter("*"):
        if any(isinstance(child.tag, str) and child.tag != "null" for child in element):
            continue
        said = own_text(element)
        if said and not values.is_zero(said):
            path = _path(element)
            if not _known(path) or (path == table.ORIGIN_NAME and not _origin(said)):
                found.setdefault(path, []).append(said)
    return tuple(Unused(path, said[0][:80], len(said)) for path, said in found.items())


def _path(element: etree._Element) -> str:
    names = [str(element.tag)]
    parent = element.getparent()
    while parent is not None and parent.getparent() is not None:
        names.append(str(parent.tag))
        parent = parent.getparent()
    return "/".join(reversed(names))


def _known(path: str) -> bool:
    return path in _USED or path in _DERIVED or path == table.ORIGIN_NAME or path.startswith((*_DERIVED_TREES, BLOCK))
