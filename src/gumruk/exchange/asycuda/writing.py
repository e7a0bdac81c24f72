"""From content to an ASYCUDA World file. A file that came in goes out as it was, with what changed written into it; a
declaration born here gets the whole outline with its padding.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from gumruk.exchange.asycuda import reading, table
from gumruk.exchange.asycuda.deriving import Derived
from gumruk.exchange.asycuda.extension import extras, split_previous, write_extras
from gumruk.exchange.asycuda.outline import ROOT, Shape, blank, shape_of
from gumruk.exchange.asycuda.placing import align, inner, merge, place_after, put
from gumruk.exchange.asycuda.results import Results
from gumruk.exchange.asycuda.table import Row
from gumruk.exchange.regimes import fill_regime
from gumruk.exchange.xml_door import root_of
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content

_ITEM = shape_of("Item")
Pair = tuple[int | None, int]  # number of an item in the file, and now; counted from 1

# A change of one of these makes what the other system computed from them stale.
_BASIS_HEADER = {"currency", "apportionment", *(name for _, _, _, name in table.SEGMENTS if name)}
_BASIS_HEADER |= {f"{name}_currency" for _, _, _, name in table.SEGMENTS if name} | {"exchange_rate", "invoice_total"}
_BASIS_ITEM = {
    "price", "gross_mass", "net_mass", "goods_code", "item_origin_country", "preference", "procedure", "quota",
    "supplementary_quantity", "supplementary_quantity_2", "supplementary_quantity_3",
}  # fmt: skip


def write(
    content: Content, residue: bytes | None = None, results: Results | None = None, *, extended: bool = True
) -> bytes:
    """The file of `content`. With the residue of an import it is that file, byte for byte when nothing changed.

    With `results` the registration, the assessment and its payment lines are written, in place of those of the file.
    What the format has no place for goes into our own block behind the items, unless `extended` is false.
    """
    writer = _Writer(content, residue)
    writer.header()
    pairs = writer.items()
    writer.extras(extended=extended)
    if writer.fresh or results is not None or writer.stale:
        Derived(writer.root, content, results, fresh=writer.fresh).fill(pairs)
    if residue is not None and not writer.changed and results is None:
        return residue
    if writer.fresh:
        etree.indent(writer.root, "  ")
    return etree.tostring(writer.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=False)


class _Writer:
    """One file being written: the tree, what it said before, whether anything changed."""

    def __init__(self, content: Content, residue: bytes | None) -> None:
        self.fresh = residue is None
        self.root = blank() if residue is None else reading.root_checked(root_of(residue))
        self.before: Content = {"items": []} if residue is None else reading.content_of(self.root)
        self.content = content
        self.changed = self.fresh
        self.stale = False

    def put(self, parent: etree._Element, path: str, said: str, shape: Shape | None) -> None:
        """Write one leaf."""
        self.changed = True
        put(parent, path, said, shape)

    def differs(self, *names: str) -> bool:
        """True when a field of the header is not as the file said it."""
        return any(self.content.get(name, "") != self.before.get(name, "") for name in names)

    def header(self) -> None:
        said, root = self.content, self.root
        self.rows(root, table.HEADER, said, self.before, ROOT)
        self.stale = self.differs(*_BASIS_HEADER)
        if self.differs("direction"):
            self.put(root, table.TYPE, said.get("direction", ""), ROOT)
            self.put(root, "Property/Sad_flow", table.FLOWS.get(said.get("direction", ""), ""), ROOT)
        if self.differs("transaction_nature"):
            nature = said.get("transaction_nature", "")
            for path, part in zip(table.NATURE, (nature[:1], nature[1:]), strict=True):
                self.put(root, path, part, ROOT)
        if self.differs("container_flag"):
            flag = {"1": "true", "0": "false"}.get(said.get("container_flag", ""), "")
            self.put(root, table.CONTAINER_FLAG, flag, ROOT)
        if self.differs("apportionment"):
            modes = {name: mode for mode, name in table.WORKING_MODES.items()}
            self.put(root, table.WORKING_MODE, modes.get(said.get("apportionment", ""), ""), ROOT)
        if self.differs("origin_country"):
            self.put(root, table.ORIGIN_NAME, _origin_name(said.get("origin_country", "")), ROOT)
        for name, listed, path in table.NAMES:
            if self.differs(name):
                self.put(root, path, name_of(listed, said.get(name, "")), ROOT)
        for name, address, path in table.PARTIES:
            if self.differs(name, address):
                lines = [said.get(name, ""), said.get(address, "")]
                self.put(root, path, "\n".join(filter(None, lines)), ROOT)
        if self.fresh:
            self.put(root, "Property/Selected_page", "1", ROOT)

    def rows(
        self, parent: etree._Element, rows: tuple[Row, ...], new: Content, old: Content, shape: Shape | None
    ) -> None:
        """Write the fields of a table that are not as they were."""
        for row in rows:
            if new.get(row.field, "") != old.get(row.field, ""):
                self.put(parent, row.path, new.get(row.field, ""), shape)

    def items(self) -> list[Pair]:
        """Write the items; returns which item of the file each of ours was."""
        old, new = self.before["items"], self.content.get("items", [])
        standing = self.root.findall("Item")
        beside = reading.beside_items(self.root)
        last: etree._Element | None = None
        pairs: list[Pair] = []
        for before, after in align([_compared(item) for item in old], [_compared(item) for item in new]):
            if after is None:
                self._remove(standing[before or 0], beside, (before or 0) + 1)
                continue
            if before is None:
                element = blank(_ITEM) if _ITEM is not None else etree.Element("Item")
                place_after(self.root, element, last, ROOT)
                self.changed = self.stale = True
            else:
                element = standing[before]
            self._item(element, new[after], old[before] if before is not None else {})
            self._beside(beside, new[after], (before + 1 if before is not None else 0), after + 1)
            last = element
            pairs.append((before + 1 if before is not None else None, after + 1))
        self._general_procedure(new, old)
        return pairs

    def extras(self, *, extended: bool) -> None:
        """Our own block, when what it says is not as it was."""
        said = extras(self.content) if extended else {}
        before = extras(self.before)
        if not self.fresh and "regime" not in before and said.get("regime") == _derived_regime(self.content):
            said.pop("regime", None)
        if said != before:
            self.changed = True
            write_extras(self.root, said)

    def _remove(self, element: etree._Element, beside: reading.Beside, number: int) -> None:
        self.changed = self.stale = True
        self.root.remove(element)
        for name, _ in table.BESIDE:
            for other in beside.get((name, str(number)), []):
                self.root.remove(other)

    def _general_procedure(self, new: list[Content], old: list[Content]) -> None:
        first, was = (items[0].get("procedure", "") if items else "" for items in (new, old))
        if first[:1] != was[:1]:
            self.put(self.root, table.GENERAL_PROCEDURE, first[:1], ROOT)

    def _item(self, element: etree._Element, item: Content, old: Content) -> None:
        self.rows(element, table.ITEM, item, old, _ITEM)
        self.stale = self.stale or any(item.get(name, "") != old.get(name, "") for name in _BASIS_ITEM)
        code = item.get("goods_code", "")
        if code != old.get("goods_code", ""):
            for path, part in zip(table.CODE, (code[:8], code[8:]), strict=True):
                self.put(element, path, part, _ITEM)
        if item.get("additional_information", "") != old.get("additional_information", ""):
            for path, part in zip(table.FREE_TEXT, (item.get("additional_information", ""), ""), strict=True):
                self.put(element, path, part, _ITEM)
        self._units(element, item, old)
        packages = [(found, row) for found, row in reading.packages(element)]
        blanks: list[Any] = [
            (found, {}) for found in element.findall("Packages") if found not in [one for one, _ in packages]
        ]
        self._merge(element, "Packages", packages or blanks[:1], item.get("packages", []) or ([{}] if blanks else []))
        self._merge(element, "Attached_documents", reading.documents(element), item.get("documents", []))
        self._slots(element, split_previous(item)[0], split_previous(old)[0])
        if self.differs("delivery_terms", "delivery_place") or not old:
            for name, leaf in (("delivery_terms", "Code"), ("delivery_place", "Place")):
                if not old or reading.text(element, f"IncoTerms/{leaf}") == self.before.get(name, ""):
                    self.put(element, f"IncoTerms/{leaf}", self.content.get(name, ""), _ITEM)

    def _merge(self, parent: etree._Element, name: str, old: Any, new: Any) -> None:
        shape = ROOT if parent is self.root else _ITEM
        self.changed |= merge(parent, shape, old, new, name=name, fill=_FILLS[name])

    def _units(self, element: etree._Element, item: Content, old: Content) -> None:
        for unit, quantity, slot in table.SUPPLEMENTARY:
            if all(item.get(name, "") == old.get(name, "") for name in (unit, quantity)):
                continue
            shape = shape_of("Item/Tarification/Supplementary_unit")
            tarification = inner(element, "Tarification", _ITEM)
            while len(slots := tarification.findall("Supplementary_unit")) <= int(slot) and shape is not None:
                place_after(tarification, blank(shape), slots[-1] if slots else None, shape_of("Item/Tarification"))
            parts = (item.get(unit, ""), name_of("unit", item.get(unit, "")), item.get(quantity, ""))
            for part, said in zip(("code", "name", "quantity"), parts, strict=True):
                self.put(slots[int(slot)], f"Suppplementary_unit_{part}", said, shape)

    def _slots(self, element: etree._Element, new: list[dict[str, str]], old: list[dict[str, str]]) -> None:
        if new == old:
            return
        first, second = [*new, {}, {}][:2]
        for path, said in zip(table.SUMMARY, (first.get("reference", ""), first.get("item", "")), strict=True):
            self.put(element, path, said, _ITEM)
        self.put(element, table.PREVIOUS, second.get("reference", ""), _ITEM)

    def _beside(self, beside: reading.Beside, item: Content, before: int, after: int) -> None:
        """Containers and previous declarations of an item, which name it by its number."""
        olds = {"Container": reading.containers(beside, before), "Prev_decl": reading.earlier(beside, before)}
        news = {"Container": item.get("containers", []), "Prev_decl": split_previous(item)[1]}
        for name, path in table.BESIDE:
            known = set(self.root.findall(name)) if news[name] != [row for _, row in olds[name]] else set()
            self._merge(self.root, name, olds[name], news[name])
            mine = [found for found in beside.get((name, str(before)), []) if found.getparent() is not None]
            if known or news[name]:
                mine += [found for found in self.root.findall(name) if found not in known and not found.findtext(path)]
            for found in mine:
                if reading.text(found, path) != str(after):
                    self.put(found, path, str(after), shape_of(name))


def _compared(item: Content) -> Content:
    return {name: said for name, said in item.items() if name not in ("item_number", *table.NO_PLACE_ITEM)}


def _derived_regime(content: Content) -> str:
    """The regime that reading would take from the procedures."""
    bare = {name: said for name, said in content.items() if name != "regime"}
    list(fill_regime(bare))
    return str(bare.get("regime", ""))


def name_of(listed: str, code: str) -> str:
    """The English name of a code; empty when it is not in the list."""
    return str(lawbook.code_rows(listed).get(code, {}).get("en", ""))


def _origin_name(code: str) -> str:
    return "Many" if code == table.SEVERAL_ORIGINS else name_of("country", code) or code


def _fill_document(element: etree._Element, row: dict[str, Any], old: dict[str, Any]) -> None:
    shape = shape_of("Item/Attached_documents")
    _fill(element, table.DOCUMENT, row, old, shape)
    if row.get("kind", "") != old.get("kind", ""):
        put(element, "Attached_document_name", name_of("document", row.get("kind", "")), shape)


def _fill_package(element: etree._Element, row: dict[str, Any], old: dict[str, Any]) -> None:
    shape = shape_of("Item/Packages")
    _fill(element, table.PACKAGE, row, old, shape)
    if row.get("kind", "") != old.get("kind", ""):
        put(element, "Kind_of_packages_name", name_of("package", row.get("kind", "")), shape)
    if row.get("marks", "") != old.get("marks", ""):
        for path, said in zip(table.MARKS, split_marks(row.get("marks", "")), strict=True):
            put(element, path, said, shape)


def split_marks(marks: str) -> tuple[str, str]:
    """Marks in the two fields of the format, cut between words so that joining them gives the same again."""
    if len(marks) <= table.MARKS_LENGTH:
        return marks, ""
    cut = marks.rfind(" ", 0, table.MARKS_LENGTH + 1)
    return (marks[:cut], marks[cut + 1 :]) if cut > 0 else (marks, "")


def _fill_container(element: etree._Element, row: dict[str, Any], old: dict[str, Any]) -> None:
    _fill(element, table.CONTAINER, row, old, shape_of("Container"))


def _fill_earlier(element: etree._Element, row: dict[str, Any], old: dict[str, Any]) -> None:
    shape = shape_of("Prev_decl")
    if row.get("reference") != old.get("reference"):
        for path, part in zip(table.EARLIER, row.get("reference", "").split("/"), strict=True):
            put(element, path, part, shape)
    if row.get("item", "") != old.get("item", ""):
        put(element, table.EARLIER_ITEM, row.get("item", ""), shape)


def _fill(element: etree._Element, rows: tuple[Row, ...], new: Content, old: Content, shape: Shape | None) -> None:
    for row in rows:
        if new.get(row.field, "") != old.get(row.field, ""):
            put(element, row.path, new.get(row.field, ""), shape)


_FILLS = {
    "Packages": _fill_package,
    "Attached_documents": _fill_document,
    "Container": _fill_container,
    "Prev_decl": _fill_earlier,
}
