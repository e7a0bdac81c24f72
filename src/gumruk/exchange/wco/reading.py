"""From a WCO-DEC declaration message to content. Every value that was taken is marked; the rest is named as not used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from gumruk.exchange import values
from gumruk.exchange.limits import most_items
from gumruk.exchange.regimes import fill_regime
from gumruk.exchange.texts import checked, printable
from gumruk.exchange.types import FileRefused, Note, ParsedFile, Unused
from gumruk.exchange.wco import table
from gumruk.exchange.wco.table import Row
from gumruk.exchange.xml_door import local, own_text, place_of
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content

ORIGINAL, AMENDMENT = "9", "13"
DIRECTIONS = ("IM", "EX")
_ITEM = "GoodsShipment/GovernmentAgencyGoodsItem"
_DECLARATION = re.compile(r"urn:wco:datamodel:[A-Za-z0-9]{1,12}:DEC(-DMS)?:[0-9.]+\Z")


def envelope(root: etree._Element) -> etree._Element | None:
    """The message of the WCO data model that the root is or holds: an envelope, or a bare declaration."""
    if local(root) == "MetaData" or (local(root) == "Declaration" and _in_model(root)):
        return root
    return next(root.iter("{*}MetaData"), None)


def read(message: etree._Element, data: bytes) -> ParsedFile:
    """Content of a message that was read from `data`; the message itself is the residue. Raises FileRefused."""
    declaration = _declaration(message)
    _refuse_other_functions(declaration)
    reader = _Reader(declaration)
    content = reader.content()
    notes = (*reader.notes, *fill_regime(content))
    return ParsedFile(content, "wco", data, reader.unused(), notes)


def _declaration(message: etree._Element) -> etree._Element:
    found = [message] if local(message) == "Declaration" else list(message.iterchildren("*"))
    for element in found:
        if local(element) == "Declaration" and _in_model(element):
            return element
    names = {local(element) for element in found}
    kinds = {own_text(element) for element in found if local(element) == "WCOTypeName"}
    raise FileRefused("wco_response" if "Response" in names or "RES" in kinds else "wco_no_declaration")


def _in_model(element: etree._Element) -> bool:
    return bool(_DECLARATION.match(etree.QName(element).namespace or ""))


def _refuse_other_functions(declaration: etree._Element) -> None:
    function = printable(_plain(declaration, "FunctionCode")).lstrip("0") or "0"
    if function == ORIGINAL:
        return
    if function == AMENDMENT:
        kind = _plain(declaration, "TypeCode").upper()
        raise FileRefused("wco_cancellation" if kind == "INV" else "wco_amendment", function=function)
    raise FileRefused("wco_function", function=function)


def _plain(parent: etree._Element, path: str) -> str:
    found = _find(parent, path)
    return own_text(found[0]) if found else ""


def _find(parent: etree._Element, path: str) -> list[etree._Element]:
    """Elements at a path of names, in the namespace of the parent."""
    space = etree.QName(parent).namespace
    return parent.findall("/".join(f"{{{space}}}{name}" for name in path.split("/")))


class _Reader:
    """One message being read: what was taken so far, and what the person should know."""

    def __init__(self, declaration: etree._Element) -> None:
        self.root = declaration
        self.taken: set[tuple[etree._Element, str]] = set()
        self.notes: list[Note] = []
        self.direction = ""

    def content(self) -> Content:
        """The whole declaration."""
        self.text(self.root, "FunctionCode")
        kind = _plain(self.root, "TypeCode").upper()[:2]
        if kind in DIRECTIONS:
            self.direction = self.text(self.root, "TypeCode").upper()[:2]
        content = self.fields(self.root, table.HEADER)
        content["direction"] = self.direction
        for field, path in table.PARTIES:
            content[field] = self.address(path)
        receivers = table.RECEIVERS if self.direction == "IM" else table.RECEIVERS[1:]
        content["consignee_address"] = next(filter(None, (self.address(path) for path in receivers)), "")
        content["deferred_account"] = self.deferred()
        content["warehouse"] = self.warehouse()
        content |= self.freight(content) | self.seals()
        elements = _find(self.root, _ITEM)
        if len(elements) > (most := most_items()):
            raise FileRefused("too_many_items", limit=str(most))
        content = {name: said for name, said in content.items() if said}
        content["items"] = [
            self.item(element, number, len(elements)) for number, element in enumerate(elements, start=1)
        ]
        self.from_items(content, elements)
        return content

    def text(self, parent: etree._Element, path: str) -> str:
        """The text or attribute at a path, in NFC, and marked as taken; empty when there is none."""
        path, _, attribute = path.partition("@")
        for found in _find(parent, path):
            said = found.get(attribute, "").strip() if attribute else own_text(found)
            if said:
                self.taken.add((found, attribute))
                return checked(said, path)
        return ""

    def fields(self, parent: etree._Element, rows: Iterable[Row]) -> Content:
        """The fields of a table."""
        content: Content = {}
        for row in rows:
            if content.get(row.field) or (row.only and row.only != self.direction):
                continue
            said = next(filter(None, (self.text(parent, path) for path in row.paths)), "")
            if said:
                content[row.field] = self.value(row, said)
        return content

    def value(self, row: Row, said: str) -> str:
        """A value as the form writes it."""
        if row.kind == "number":
            return values.number(said)
        if row.kind == "date":
            return values.day(said[:8] if said[:8].isdigit() else said)
        if row.kind == "mode":
            return self.mode(said)
        return said

    def mode(self, said: str) -> str:
        """A mode of transport: one digit there is the first of two here, when our list has it so."""
        modes = lawbook.code_rows("transport_mode")
        if said not in modes and f"{said}0" in modes:
            self.notes.append(Note("mode_widened", (("found", said), ("taken", f"{said}0"))))
            return f"{said}0"
        return said

    def address(self, path: str) -> str:
        """The address of a party as one line."""
        return ", ".join(filter(None, (self.text(self.root, f"{path}/Address/{part}") for part in table.ADDRESS)))

    def deferred(self) -> str:
        """The first deferred payment account."""
        for document in _find(self.root, "AdditionalDocument"):
            if _plain(document, "TypeCode") == table.DEFERRED_KIND:
                self.kind_of(document)
                return self.text(document, "ID")
        return ""

    def warehouse(self) -> str:
        """The warehouse with the letter of its kind before it."""
        parts = [self.text(self.root, f"GoodsShipment/Warehouse/{part}") for part in ("TypeCode", "ID")]
        return "".join(parts)

    def freight(self, content: Content) -> Content:
        """Freight given as a charge of the shipment, when it is not given as freight."""
        for charge in _find(self.root, "GoodsShipment/CustomsValuation/ChargeDeduction"):
            if _plain(charge, "ChargesTypeCode") == table.FREIGHT_CHARGE and not content.get("external_freight"):
                self.text(charge, "ChargesTypeCode")
                amount = "OtherChargeDeductionAmount"
                return {
                    "external_freight": values.number(self.text(charge, amount)),
                    "external_freight_currency": self.text(charge, f"{amount}@currencyID"),
                }
        return {}

    def seals(self) -> Content:
        """All seals of the containers."""
        numbers = [
            self.text(seal, "ID") for seal in _find(self.root, "GoodsShipment/Consignment/TransportEquipment/Seal")
        ]
        numbers = [number for number in numbers if number]
        return {"seals_number": str(len(numbers)), "seals_identity": ", ".join(numbers)} if numbers else {}

    def item(self, element: etree._Element, number: int, items: int) -> Content:
        """One goods item."""
        item: Content = {"item_number": str(number)} | self.fields(element, table.ITEM)
        item["goods_code"], item["additional_code"] = self.codes(element)
        item |= self.procedures(element)
        statements = [self.statement(found) for found in _find(element, "AdditionalInformation")]
        item["additional_information"] = "; ".join(filter(None, statements))
        item["packages"] = self.rows(element, "Packaging", table.PACKAGE)
        item["containers"] = self.containers(element, items)
        item["documents"] = [
            self.kind_of(found) | self.fields(found, table.DOCUMENT) for found in _find(element, "AdditionalDocument")
        ]
        before = [*_find(element, "PreviousDocument"), *_find(self.root, "GoodsShipment/PreviousDocument")]
        item["previous_documents"] = [self.kind_of(found) | self.fields(found, table.PREVIOUS) for found in before]
        return {name: said for name, said in item.items() if said}

    def rows(self, parent: etree._Element, path: str, fields: Iterable[Row]) -> list[dict[str, str]]:
        """Repeated groups; empty ones are left out."""
        return [row for found in _find(parent, path) if (row := self.fields(found, fields))]

    def kind_of(self, document: etree._Element) -> dict[str, str]:
        """The kind of a document: category and type together."""
        kind = self.text(document, "CategoryCode") + self.text(document, "TypeCode")
        return {"kind": kind} if kind else {}

    def statement(self, element: etree._Element) -> str:
        """A statement with its code."""
        return " ".join(filter(None, (self.text(element, f"Statement{part}") for part in ("Code", "Description"))))

    def codes(self, element: etree._Element) -> tuple[str, str]:
        """Goods code and additional code from the classifications of a commodity."""
        found = _find(element, "Commodity/Classification")
        kinds = {_plain(one, "IdentificationTypeCode"): one for one in reversed(found)}
        parts = [kinds[kind] for kind in table.CODE_KINDS if kind in kinds]
        if not parts and len(found) == 1:
            parts = found
        additional = next((kinds[kind] for kind in table.ADDITIONAL_KINDS if kind in kinds), None)
        for one in (*parts, *([additional] if additional is not None else [])):
            self.text(one, "IdentificationTypeCode")
        code = "".join(self.text(one, "ID") for one in parts)
        return code, self.text(additional, "ID") if additional is not None else ""

    def procedures(self, element: etree._Element) -> Content:
        """Requested and previous procedure; the first further code is the national one."""
        found = _find(element, "GovernmentProcedure")
        main = [one for one in found if _plain(one, "PreviousCode")]
        others = [one for one in found if one not in main]
        procedure = self.text(main[0], "CurrentCode") + self.text(main[0], "PreviousCode") if main else ""
        return {"procedure": procedure, "national_procedure": self.text(others[0], "CurrentCode") if others else ""}

    def containers(self, element: etree._Element, items: int) -> list[dict[str, str]]:
        """Containers of the item; those of the shipment belong to its only item."""
        fields = (Row("number", ("ID",)),)
        own = self.rows(element, "Commodity/TransportEquipment", fields)
        whole = "GoodsShipment/Consignment/TransportEquipment"
        if own:
            self.rows(self.root, whole, [row for row in fields if _same(own, self.root, whole)])
            return own
        return self.rows(self.root, whole, fields) if items == 1 else []

    def from_items(self, content: Content, elements: list[etree._Element]) -> None:
        """What the form asks once and the message says at each item: taken when every item says the same."""
        amount = "Commodity/InvoiceLine/ItemChargeAmount@currencyID"
        for field, path in (
            ("currency", amount),
            ("transaction_nature", "TransactionNatureCode"),
            ("export_country", "ExportCountry/ID"),
            ("destination_country", "Destination/CountryCode"),
        ):
            path_only, _, attribute = path.partition("@")
            said = {
                found.get(attribute, "") if attribute else own_text(found)
                for element in elements
                for found in _find(element, path_only)
            }
            if len(said) == 1 and content.get(field, "") in ("", *said):
                value = [self.text(element, path) for element in elements]
                content[field] = content.get(field) or next(filter(None, value), "")
        if not content.get("origin_country"):
            origins = {item.get("item_origin_country", "") for item in content["items"]} - {""}
            if origins:
                content["origin_country"] = origins.pop() if len(origins) == 1 else "00"

    def unused(self) -> tuple[Unused, ...]:
        """Every value that was not taken, by its place."""
        return tuple(Unused(place, said[:80]) for place, said in self._left())

    def _left(self) -> Iterator[tuple[str, str]]:
        for element in self.root.iter("*"):
            if next(element.iterchildren("*"), None) is None and (element, "") not in self.taken:
                said = own_text(element)
                if said and local(element) != "SequenceNumeric":
                    yield place_of(element), said
            for name, attribute in ((str(name), str(value)) for name, value in element.attrib.items()):
                if not name.startswith("{") and (element, name) not in self.taken and attribute.strip():
                    yield f"{place_of(element)}@{name}", attribute


def _same(own: list[dict[str, str]], root: etree._Element, path: str) -> bool:
    return {row.get("number") for row in own} >= {_plain(found, "ID") for found in _find(root, path)}
