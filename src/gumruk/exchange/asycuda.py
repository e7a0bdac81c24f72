"""ASYCUDA World declaration XML in and out. The file itself is kept: what has no field here goes out as it came in.

Names are misspelt in the format and stay so. Both ways to write an empty value, `<X/>` and `<X><null/></X>`, are read,
and a file that came in goes out with its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gumruk.exchange.types import FileRefused, ParsedFile
from gumruk.rules.form import Content

MAX_BYTES = 30_000_000
_DIRECTIONS = {"IM": "IM", "EX": "EX", "TR": "TR", "IMP": "IM", "EXP": "EX"}

# form field → path under ASYCUDA
HEADER: dict[str, str] = {
    "office": "Identification/Office_segment/Customs_clearance_office_code",
    "manifest_reference": "Identification/Manifest_reference_number",
    "direction": "Identification/Type/Type_of_declaration",
    "exporter_tin": "Traders/Exporter/Exporter_code",
    "exporter_name": "Traders/Exporter/Exporter_name",
    "forms_number": "Property/Forms/Number_of_the_form",
    "forms_total": "Property/Forms/Total_number_of_forms",
    "loading_lists": "Property/Nbers/Number_of_loading_lists",
    "items_total": "Property/Nbers/Total_number_of_items",
    "packages_total": "Property/Nbers/Total_number_of_packages",
    "declaration_place": "Property/Place_of_declaration",
    "declaration_date": "Property/Date_of_declaration",
    "reference": "Declarant/Reference/Number",
    "consignee_tin": "Traders/Consignee/Consignee_code",
    "consignee_name": "Traders/Consignee/Consignee_name",
    "financial_tin": "Traders/Financial/Financial_code",
    "financial_name": "Traders/Financial/Financial_name",
    "declarant_tin": "Declarant/Declarant_code",
    "declarant_name": "Declarant/Declarant_name",
    "declarant_representative": "Declarant/Declarant_representative",
    "first_country": "General_information/Country/Country_first_destination",
    "trading_country": "General_information/Country/Trading_country",
    "export_country": "General_information/Country/Export/Export_country_code",
    "export_region": "General_information/Country/Export/Export_country_region",
    "destination_country": "General_information/Country/Destination/Destination_country_code",
    "destination_region": "General_information/Country/Destination/Destination_country_region",
    "cap": "General_information/CAP",
    "arrival_transport_identity": "Transport/Means_of_transport/Departure_arrival_information/Identity",
    "arrival_transport_country": "Transport/Means_of_transport/Departure_arrival_information/Nationality",
    "border_transport_identity": "Transport/Means_of_transport/Border_information/Identity",
    "border_transport_country": "Transport/Means_of_transport/Border_information/Nationality",
    "border_mode": "Transport/Means_of_transport/Border_information/Mode",
    "inland_mode": "Transport/Means_of_transport/Inland_mode_of_transport",
    "delivery_terms": "Transport/Delivery_terms/Code",
    "delivery_place": "Transport/Delivery_terms/Place",
    "border_office": "Transport/Border_office/Code",
    "loading_place": "Transport/Place_of_loading/Name",
    "goods_location": "Transport/Location_of_goods",
    "bank_code": "Financial/Bank/Code",
    "bank_name": "Financial/Bank/Name",
    "bank_reference": "Financial/Bank/Reference",
    "payment_terms": "Financial/Terms/Code",
    "deferred_account": "Financial/Deffered_payment_reference",
    "guarantee_reference": "Financial/Guarantee/Name",
    "guarantee_amount": "Financial/Guarantee/Amount",
    "warehouse": "Warehouse/Identification",
    "warehouse_days": "Warehouse/Delay",
    "principal_tin": "Transit/Principal/Code",
    "principal_name": "Transit/Principal/Name",
    "principal_representative": "Transit/Principal/Representative",
    "destination_office": "Transit/Destination/Office",
    "destination_office_country": "Transit/Destination/Country",
    "seals_number": "Transit/Seals/Number",
    "seals_identity": "Transit/Seals/Identity",
    "currency": "Valuation/Gs_Invoice/Currency_code",
    "invoice_total": "Valuation/Gs_Invoice/Amount_foreign_currency",
    "exchange_rate": "Valuation/Gs_Invoice/Currency_rate",
    "external_freight": "Valuation/Gs_external_freight/Amount_foreign_currency",
    "external_freight_currency": "Valuation/Gs_external_freight/Currency_code",
    "internal_freight": "Valuation/Gs_internal_freight/Amount_foreign_currency",
    "internal_freight_currency": "Valuation/Gs_internal_freight/Currency_code",
    "insurance": "Valuation/Gs_insurance/Amount_foreign_currency",
    "insurance_currency": "Valuation/Gs_insurance/Currency_code",
    "other_costs": "Valuation/Gs_other_cost/Amount_foreign_currency",
    "other_costs_currency": "Valuation/Gs_other_cost/Currency_code",
    "deductions": "Valuation/Gs_deduction/Amount_foreign_currency",
    "deductions_currency": "Valuation/Gs_deduction/Currency_code",
}
ITEM: dict[str, str] = {
    "description": "Goods_description/Description_of_goods",
    "commercial_description": "Goods_description/Commercial_Description",
    "item_origin_country": "Goods_description/Country_of_origin_code",
    "origin_region": "Goods_description/Country_of_origin_region",
    "gross_mass": "Valuation_item/Weight_itm/Gross_weight_itm",
    "net_mass": "Valuation_item/Weight_itm/Net_weight_itm",
    "statistical_value": "Valuation_item/Statistical_value",
    "adjustment_rate": "Valuation_item/Rate_of_adjustement",
    "preference": "Tarification/Preference_code",
    "procedure": "Tarification/Extended_customs_procedure",
    "national_procedure": "Tarification/National_customs_procedure",
    "quota": "Tarification/Quota_code",
    "price": "Tarification/Item_price",
    "valuation_method": "Tarification/Valuation_method_code",
    "licence_number": "Licence_number",
    "additional_information": "Free_text_1",
}
_CODE = "Tarification/HScode/Commodity_code"
_PRECISION = "Tarification/HScode/Precision_1"
_NUMBERS = {"invoice_total", "exchange_rate", "external_freight", "internal_freight", "insurance", "other_costs",
            "deductions", "price", "gross_mass", "net_mass", "statistical_value", "guarantee_amount"}  # fmt: skip
# Monetary fields that the format fills with zero where nothing is meant.
_ZERO_IS_EMPTY = {"external_freight", "internal_freight", "insurance", "other_costs", "deductions", "guarantee_amount",
                  "exchange_rate", "adjustment_rate", "loading_lists", "warehouse_days", "seals_number"}  # fmt: skip


def _ascii(data: bytes) -> bytes:
    """The bytes without those that UTF-16 puts between letters, so that a DTD hides in no encoding."""
    return data.replace(b"\x00", b"")


def _root(data: bytes) -> etree._Element:
    if len(data) > MAX_BYTES:
        raise FileRefused("too_large", limit=f"{MAX_BYTES // 1_000_000} MB")
    if b"<!DOCTYPE" in _ascii(data) or b"<!ENTITY" in _ascii(data):
        raise FileRefused("hostile_xml")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as wrong:
        raise FileRefused("not_xml", detail=str(wrong)[:160]) from wrong
    if root.tag != "ASYCUDA":
        raise FileRefused("wrong_root", found=str(root.tag)[:60])
    return root


def _text(parent: etree._Element, path: str) -> str:
    found = parent.find(path)
    return (found.text or "").strip() if found is not None else ""


def _value(name: str, text: str) -> str:
    if name in _NUMBERS:
        text = text.replace(",", "")
    if name in _ZERO_IS_EMPTY and text.strip("0.") == "":
        return ""
    return text


def parse(data: bytes) -> ParsedFile:
    """Content of an ASYCUDA World file; the file itself is the residue. Raises FileRefused."""
    root = _root(data)
    content: Content = {name: _value(name, _text(root, path)) for name, path in HEADER.items()}
    content["direction"] = _DIRECTIONS.get(content["direction"].upper()[:3], content["direction"][:2])
    content["transaction_nature"] = _text(root, "Financial/Financial_transaction/code1")
    content["container_flag"] = {"true": "1", "false": "0"}.get(_text(root, "Transport/Container_flag").lower(), "")
    content["items"] = [_item(item) for item in root.findall("Item")]
    content = {name: value for name, value in content.items() if value}
    content.setdefault("items", [])
    return ParsedFile(content, "asycuda", data)


def _item(element: etree._Element) -> Content:
    item: Content = {name: _value(name, _text(element, path)) for name, path in ITEM.items()}
    item["goods_code"] = _text(element, _CODE) + _text(element, _PRECISION)
    for suffix, unit in zip(("", "_2", "_3"), element.findall("Tarification/Supplementary_unit"), strict=False):
        item[f"supplementary_unit{suffix}"] = _text(unit, "Suppplementary_unit_code")
        item[f"supplementary_quantity{suffix}"] = _text(unit, "Suppplementary_unit_quantity")
    item["packages"] = list(_packages(element))
    item["documents"] = list(_documents(element))
    previous = _text(element, "Previous_doc/Summary_declaration")
    if previous:
        item["previous_documents"] = [{"reference": previous}]
    return {name: value for name, value in item.items() if value}


def _packages(element: etree._Element) -> Iterator[dict[str, str]]:
    for package in element.findall("Packages"):
        row = {
            "kind": _text(package, "Kind_of_packages_code"),
            "count": _text(package, "Number_of_packages"),
            "marks": " ".join(
                filter(None, (_text(package, "Marks1_of_packages"), _text(package, "Marks2_of_packages")))
            ),
        }
        if any(row.values()):
            yield {name: value for name, value in row.items() if value}


def _documents(element: etree._Element) -> Iterator[dict[str, str]]:
    for document in element.findall("Attached_documents"):
        row = {
            "kind": _text(document, "Attached_document_code"),
            "number": _text(document, "Attached_document_reference"),
            "date": _date(_text(document, "Attached_document_date")),
        }
        if any(row.values()):
            yield {name: value for name, value in row.items() if value}


def _date(text: str) -> str:
    """The format says yyyy-MM-dd; real files also carry month/day/two-digit year. Anything else stays as it is."""
    parts = text.split("/")
    if len(parts) == 3 and all(part.isascii() and part.isdigit() for part in parts) and len(parts[2]) == 2:
        return f"20{parts[2]}-{parts[0].zfill(2)}-{parts[1].zfill(2)}"
    return text


def write(content: Content, residue: bytes | None = None) -> bytes:
    """The file of `content`. With the residue of an import, only what changed since then is written into it."""
    if residue is None:
        root = etree.Element("ASYCUDA")
        before: Content = {"items": []}
    else:
        root = _root(residue)
        before = parse(residue).content
    for name, path in HEADER.items():
        if content.get(name, "") != before.get(name, ""):
            _put(root, path, content.get(name, ""))
    items = content.get("items", [])
    standing = root.findall("Item")
    for element in standing[len(items) :]:
        root.remove(element)
    for number, item in enumerate(items):
        element = standing[number] if number < len(standing) else etree.SubElement(root, "Item")
        old = before["items"][number] if number < len(before["items"]) else {}
        _write_item(element, item, old)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _write_item(element: etree._Element, item: Content, old: Content) -> None:
    for name, path in ITEM.items():
        if item.get(name, "") != old.get(name, ""):
            _put(element, path, item.get(name, ""))
    if item.get("goods_code", "") != old.get("goods_code", ""):
        _put(element, _CODE, item.get("goods_code", "")[:8])
        _put(element, _PRECISION, item.get("goods_code", "")[8:])
    if item.get("packages") != old.get("packages"):
        for package in item.get("packages", [])[:1]:
            _put(element, "Packages/Number_of_packages", package.get("count", ""))
            _put(element, "Packages/Kind_of_packages_code", package.get("kind", ""))
    if item.get("documents") != old.get("documents"):
        for row in element.findall("Attached_documents"):
            element.remove(row)
        for document in item.get("documents", []):
            row = etree.SubElement(element, "Attached_documents")
            for tag, name in (("code", "kind"), ("reference", "number"), ("date", "date")):
                etree.SubElement(row, f"Attached_document_{tag}").text = document.get(name, "")


def _put(parent: etree._Element, path: str, text: str) -> None:
    for tag in path.split("/"):
        found = parent.find(tag)
        parent = etree.SubElement(parent, tag) if found is None else found
    for child in list(parent):
        parent.remove(child)
    parent.text = text
