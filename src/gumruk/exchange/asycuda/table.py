"""Which form field stands at which path of an ASYCUDA World file: one row a field, read and written by the same row.

What needs more than copying (parties, goods code, documents, containers) is in `reading` and `writing`.
Box numbers are those of the form; see docs/reference/formats.md for the whole mapping in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "date"]


@dataclass(frozen=True, slots=True)
class Row:
    """One field. `zero_is_empty`: the format fills it with zero where nothing is meant."""

    field: str
    path: str
    kind: Kind = "text"
    zero_is_empty: bool = False


def _number(field: str, path: str, *, zero_is_empty: bool = False) -> Row:
    return Row(field, path, "number", zero_is_empty)


def _cost(field: str, segment: str) -> tuple[Row, Row]:
    return (
        _number(field, f"Valuation/{segment}/Amount_foreign_currency", zero_is_empty=True),
        Row(f"{field}_currency", f"Valuation/{segment}/Currency_code"),
    )


HEADER: tuple[Row, ...] = (
    Row("office", "Identification/Office_segment/Customs_clearance_office_code"),
    Row("manifest_reference", "Identification/Manifest_reference_number"),
    Row("exporter_tin", "Traders/Exporter/Exporter_code"),
    _number("forms_number", "Property/Forms/Number_of_the_form"),
    _number("forms_total", "Property/Forms/Total_number_of_forms"),
    _number("loading_lists", "Property/Nbers/Number_of_loading_lists", zero_is_empty=True),
    _number("items_total", "Property/Nbers/Total_number_of_items"),
    _number("packages_total", "Property/Nbers/Total_number_of_packages"),
    Row("declaration_place", "Property/Place_of_declaration"),
    Row("declaration_date", "Property/Date_of_declaration", "date"),
    Row("reference", "Declarant/Reference/Number"),
    Row("consignee_tin", "Traders/Consignee/Consignee_code"),
    Row("financial_tin", "Traders/Financial/Financial_code"),
    Row("financial_name", "Traders/Financial/Financial_name"),
    Row("declarant_tin", "Declarant/Declarant_code"),
    Row("declarant_representative", "Declarant/Declarant_representative"),
    Row("first_country", "General_information/Country/Country_first_destination"),
    Row("trading_country", "General_information/Country/Trading_country"),
    Row("export_country", "General_information/Country/Export/Export_country_code"),
    Row("export_region", "General_information/Country/Export/Export_country_region"),
    Row("destination_country", "General_information/Country/Destination/Destination_country_code"),
    Row("destination_region", "General_information/Country/Destination/Destination_country_region"),
    Row("cap", "General_information/CAP"),
    Row("arrival_transport_identity", "Transport/Means_of_transport/Departure_arrival_information/Identity"),
    Row("arrival_transport_country", "Transport/Means_of_transport/Departure_arrival_information/Nationality"),
    Row("border_transport_identity", "Transport/Means_of_transport/Border_information/Identity"),
    Row("border_transport_country", "Transport/Means_of_transport/Border_information/Nationality"),
    Row("border_mode", "Transport/Means_of_transport/Border_information/Mode"),
    Row("inland_mode", "Transport/Means_of_transport/Inland_mode_of_transport"),
    Row("delivery_terms", "Transport/Delivery_terms/Code"),
    Row("delivery_place", "Transport/Delivery_terms/Place"),
    Row("border_office", "Transport/Border_office/Code"),
    Row("loading_place", "Transport/Place_of_loading/Name"),
    Row("goods_location", "Transport/Location_of_goods"),
    Row("bank_code", "Financial/Bank/Code"),
    Row("bank_name", "Financial/Bank/Name"),
    Row("bank_reference", "Financial/Bank/Reference"),
    Row("payment_terms", "Financial/Terms/Code"),
    Row("deferred_account", "Financial/Deffered_payment_reference"),
    Row("guarantee_reference", "Financial/Guarantee/Name"),
    _number("guarantee_amount", "Financial/Guarantee/Amount", zero_is_empty=True),
    Row("guarantee_excluded_country", "Financial/Guarantee/Excluded_country/Code"),
    Row("warehouse", "Warehouse/Identification"),
    _number("warehouse_days", "Warehouse/Delay", zero_is_empty=True),
    Row("principal_tin", "Transit/Principal/Code"),
    Row("principal_name", "Transit/Principal/Name"),
    Row("principal_representative", "Transit/Principal/Representative"),
    Row("destination_office", "Transit/Destination/Office"),
    Row("destination_office_country", "Transit/Destination/Country"),
    _number("seals_number", "Transit/Seals/Number", zero_is_empty=True),
    Row("seals_identity", "Transit/Seals/Identity"),
    Row("destination_control", "Transit/Result_of_control"),
    Row("control_time_limit", "Transit/Time_limit", "date"),
    Row("currency", "Valuation/Gs_Invoice/Currency_code"),
    _number("invoice_total", "Valuation/Gs_Invoice/Amount_foreign_currency"),
    _number("exchange_rate", "Valuation/Gs_Invoice/Currency_rate", zero_is_empty=True),
    *_cost("external_freight", "Gs_external_freight"),
    *_cost("internal_freight", "Gs_internal_freight"),
    *_cost("insurance", "Gs_insurance"),
    *_cost("other_costs", "Gs_other_cost"),
    *_cost("deductions", "Gs_deduction"),
)

ITEM: tuple[Row, ...] = (
    Row("description", "Goods_description/Description_of_goods"),
    Row("commercial_description", "Goods_description/Commercial_Description"),
    Row("additional_code", "Tarification/HScode/Precision_2"),
    Row("item_origin_country", "Goods_description/Country_of_origin_code"),
    Row("origin_region", "Goods_description/Country_of_origin_region"),
    _number("gross_mass", "Valuation_item/Weight_itm/Gross_weight_itm"),
    _number("net_mass", "Valuation_item/Weight_itm/Net_weight_itm"),
    Row("preference", "Tarification/Preference_code"),
    Row("procedure", "Tarification/Extended_customs_procedure"),
    Row("national_procedure", "Tarification/National_customs_procedure"),
    Row("quota", "Tarification/Quota_code"),
    _number("price", "Tarification/Item_price"),
    Row("valuation_method", "Tarification/Valuation_method_code"),
    Row("licence_number", "Licence_number"),
    _number("adjustment_rate", "Valuation_item/Rate_of_adjustement", zero_is_empty=True),
    _number("statistical_value", "Valuation_item/Statistical_value", zero_is_empty=True),
)

DOCUMENT: tuple[Row, ...] = (
    Row("kind", "Attached_document_code"),
    Row("number", "Attached_document_reference"),
    Row("issuer", "Attached_document_Authority"),
    Row("date", "Attached_document_date", "date"),
)
PACKAGE: tuple[Row, ...] = (
    Row("kind", "Kind_of_packages_code"),
    _number("count", "Number_of_packages"),
)
CONTAINER: tuple[Row, ...] = (
    Row("number", "Container_identity"),
    Row("size_type", "Container_type"),
)
SUPPLEMENTARY: tuple[tuple[str, str, str], ...] = tuple(
    (f"supplementary_unit{end}", f"supplementary_quantity{end}", str(slot)) for slot, end in enumerate(("", "_2", "_3"))
)

# A party is a name and, on the lines after it, an address: field of the name, of the address, path.
PARTIES: tuple[tuple[str, str, str], ...] = (
    ("exporter_name", "exporter_address", "Traders/Exporter/Exporter_name"),
    ("consignee_name", "consignee_address", "Traders/Consignee/Consignee_name"),
    ("declarant_name", "declarant_address", "Declarant/Declarant_name"),
)

TYPE = "Identification/Type/Type_of_declaration"
GENERAL_PROCEDURE = "Identification/Type/Declaration_gen_procedure_code"
ORIGIN_NAME = "General_information/Country/Country_of_origin_name"
CONTAINER_FLAG = "Transport/Container_flag"
NATURE = ("Financial/Financial_transaction/code1", "Financial/Financial_transaction/code2")
WORKING_MODE = "Valuation/Calculation_working_mode"
CODE = ("Tarification/HScode/Commodity_code", "Tarification/HScode/Precision_1")
MARKS = ("Marks1_of_packages", "Marks2_of_packages")
FREE_TEXT = ("Free_text_1", "Free_text_2")
SUMMARY = ("Previous_doc/Summary_declaration", "Previous_doc/Summary_declaration_sl")
PREVIOUS = "Previous_doc/Previous_document_reference"
EARLIER = ("Prev_decl_office_code", "Prev_decl_reg_year", "Prev_decl_reg_serial", "Prev_decl_reg_number")
EARLIER_ITEM = "Prev_decl_item_number"
BESIDE = (("Container", "Item_Number"), ("Prev_decl", "Prev_decl_current_item"))
EARLIER_KIND = "DEC"  # the code of our list for a previous declaration

DIRECTIONS = {"IM": "IM", "EX": "EX", "TR": "TR", "IMP": "IM", "EXP": "EX"}
WORKING_MODES = {"0": "VALUE", "1": "WEIGHT"}
SEVERAL_ORIGINS = "00"
SEVERAL_NAMES = {"many", "various", "several", "разные", "гуногун", "00"}

# Money segments: kind of addition of an assessment, header segment, item segment, form field ("" is the price).
SEGMENTS: tuple[tuple[str, str, str, str], ...] = (
    ("invoice", "Gs_Invoice", "Item_Invoice", ""),
    ("external_freight", "Gs_external_freight", "item_external_freight", "external_freight"),
    ("internal_freight", "Gs_internal_freight", "item_internal_freight", "internal_freight"),
    ("insurance", "Gs_insurance", "item_insurance", "insurance"),
    ("other_costs", "Gs_other_cost", "item_other_cost", "other_costs"),
    ("deductions", "Gs_deduction", "item_deduction", "deductions"),
)

# Names that stand beside codes: field, code list, path. Written in English when the code is written.
NAMES: tuple[tuple[str, str, str], ...] = (
    ("office", "office", "Identification/Office_segment/Customs_Clearance_office_name"),
    ("export_country", "country", "General_information/Country/Export/Export_country_name"),
    ("destination_country", "country", "General_information/Country/Destination/Destination_country_name"),
    ("border_office", "office", "Transport/Border_office/Name"),
    ("guarantee_excluded_country", "country", "Financial/Guarantee/Excluded_country/Name"),
)
FLOWS = {"IM": "I", "EX": "E"}
MARKS_LENGTH = 35

# Form fields that the format has no place for: see `extension`.
NO_PLACE_HEADER = (
    "regime", "exporter_country", "consignee_country", "value_total", "signatory_name", "signatory_capacity",
)  # fmt: skip
NO_PLACE_ITEM = ("beneficiary", "relief", "customs_value")

# What the format computes or repeats: names of codes, amounts in national currency, totals. Not content, not "unused".
DERIVED = (
    "Property/Sad_flow", "Property/Selected_page", "Identification/Office_segment/Customs_Clearance_office_name",
    "Identification/Type/Declaration_gen_procedure_code", "General_information/Country/Export/Export_country_name",
    "General_information/Country/Destination/Destination_country_name", "General_information/Value_details",
    "Transport/Border_office/Name", "Financial/Terms/Description", "Financial/Amounts/*", "Financial/Total_invoice",
    "Financial/Guarantee/Excluded_country/Name", "Valuation/*", "Item/IncoTerms/*", "Item/Tarification/Value_item",
    "Item/Tarification/Attached_doc_item", "Item/Tarification/Supplementary_unit/Suppplementary_unit_name",
    "Item/Attached_documents/Attached_document_name", "Item/Attached_documents/Attached_document_from_rule",
    "Item/Packages/Kind_of_packages_name", "Item/Taxation/*", "Item/Valuation_item/*", "Container/Item_Number",
    "Prev_decl/*", "Assessment_notice/*", "Global_taxes/*",
)  # fmt: skip
