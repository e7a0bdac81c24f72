"""The shape of an ASYCUDA World declaration: every element, in its order, with its padding. Misspelt names stay misspelt.

`*14` after a name: that many stand even when empty. `~`: written `<X><null/></X>` when empty, as the format's own exports do;
else `<X/>`. Used to write new files and to put a missing element of an imported one into its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

_MONEY = "Amount_national_currency Amount_foreign_currency Currency_code~ Currency_name Currency_rate"

DECLARATION = f"""
ASYCUDA
 Export_release: Date_of_exit Time_of_exit Actual_office_of_exit_code~ Actual_office_of_exit_name~ Exit_reference~ Comments~
 Assessment_notice: Item_tax_total*14
 Global_taxes: Global_tax_item*8
 Property
  Sad_flow
  Forms: Number_of_the_form Total_number_of_forms
  Nbers: Number_of_loading_lists Total_number_of_items Total_number_of_packages
  Place_of_declaration~
  Date_of_declaration
  Selected_page
 Identification
  Office_segment: Customs_clearance_office_code Customs_Clearance_office_name
  Type: Type_of_declaration Declaration_gen_procedure_code Type_of_transit_document~
  Manifest_reference_number~
  Registration: Serial_number~ Number Date
  Assessment: Serial_number~ Number Date
  receipt: Serial_number~ Number Date
 Traders
  Exporter: Exporter_code Exporter_name
  Consignee: Consignee_code Consignee_name
  Financial: Financial_code Financial_name
 Declarant
  Declarant_code
  Declarant_name
  Declarant_representative
  Reference: Number
 General_information
  Country
   Country_first_destination
   Trading_country
   Export: Export_country_code Export_country_name Export_country_region
   Destination: Destination_country_code Destination_country_name Destination_country_region~
   Country_of_origin_name
  Value_details
  CAP
  Additional_information~
  Comments_free_text~
 Transport
  Means_of_transport
   Departure_arrival_information: Identity Nationality
   Border_information: Identity Nationality Mode
   Inland_mode_of_transport
  Container_flag
  Delivery_terms: Code Place Situation
  Border_office: Code Name
  Place_of_loading: Code~ Name~ Country
  Location_of_goods~
 Financial
  Financial_transaction: code1 code2
  Bank: Code~ Name~ Branch Reference
  Terms: Code~ Description~
  Total_invoice
  Deffered_payment_reference
  Mode_of_payment
  Amounts: Total_manual_taxes Global_taxes Totals_taxes
  Guarantee
   Name~
   Amount
   Date
   Excluded_country: Code~ Name~
 Warehouse: Identification Delay
 Transit
  Principal: Code~ Name~ Representative~
  Signature: Place~ Date
  Destination: Office~ Country~
  Seals: Number Identity~
  Result_of_control
  Time_limit
  Officer_name~
 Valuation
  Calculation_working_mode
  Weight: Gross_weight
  Total_cost
  Total_CIF
  Gs_Invoice: {_MONEY}
  Gs_external_freight: {_MONEY}
  Gs_internal_freight: {_MONEY}
  Gs_insurance: {_MONEY}
  Gs_other_cost: {_MONEY}
  Gs_deduction: {_MONEY}
  Total: Total_invoice Total_weight
 Container*0: Item_Number Container_identity Container_type Empty_full_indicator Gross_weight Goods_description Packages_type Packages_number Packages_weight
 Prev_decl*0: Prev_decl_office_code Prev_decl_reg_year Prev_decl_reg_serial Prev_decl_reg_number Prev_decl_item_number Prev_decl_HS_code Prev_decl_HS_prec Prev_decl_country_origin Prev_decl_number_packages Prev_decl_weight Prev_decl_supp_quantity Prev_decl_ref_value Prev_decl_current_item Prev_decl_number_packages_written_off Prev_decl_weight_written_off Prev_decl_supp_quantity_written_off Prev_decl_ref_value_written_off
 Item*0
  Attached_documents*0: Attached_document_code Attached_document_name Attached_document_reference Attached_document_Authority*0 Attached_document_from_rule*0 Attached_document_date
  Suppliers_link*0: Suppliers_link_code
  Packages: Number_of_packages Marks1_of_packages~ Marks2_of_packages~ Kind_of_packages_code Kind_of_packages_name
  IncoTerms: Code Place
  Tarification
   Tarification_data~
   HScode: Commodity_code Precision_1 Precision_2~ Precision_3~ Precision_4
   Preference_code~
   Extended_customs_procedure
   National_customs_procedure
   Quota_code~
   Quota
    QuotaCode~
    QuotaId~
    QuotaItem: ItmNbr~
   Supplementary_unit*3: Suppplementary_unit_code~ Suppplementary_unit_name Suppplementary_unit_quantity
   Item_price
   Valuation_method_code~
   Value_item
   Attached_doc_item
   A.I._code~
  write_off_unit*0: write_off_unit_code~ write_off_unit_qty
  Goods_description: Country_of_origin_code Country_of_origin_region~ Description_of_goods Commercial_Description
  Previous_doc: Summary_declaration~ Summary_declaration_sl~ Previous_document_reference Previous_warehouse_code~
  Licence_number
  Amount_deducted_from_licence
  Quantity_deducted_from_licence
  Free_text_1
  Free_text_2~
  Taxation
   Item_taxes_amount
   Item_taxes_guaranted_amount
   Item_taxes_mode_of_payment
   Counter_of_normal_mode_of_payment
   Displayed_item_taxes_amount
   Taxation_line*8: Duty_tax_code~ Duty_tax_Base Duty_tax_rate Duty_tax_amount Duty_tax_MP~ Duty_tax_Type_of_calculation~
  Valuation_item
   Weight_itm: Gross_weight_itm Net_weight_itm
   Total_cost_itm
   Total_CIF_itm
   Rate_of_adjustement
   Statistical_value
   Alpha_coeficient_of_apportionment
   Item_Invoice: {_MONEY}
   item_external_freight: {_MONEY}
   item_internal_freight: {_MONEY}
   item_insurance: {_MONEY}
   item_other_cost: {_MONEY}
   item_deduction: {_MONEY}
   Market_valuer: Rate Currency_code~ Currency_amount Basis_description~ Basis_amount
"""  # noqa: E501 - one line a segment reads best

_NAME = re.compile(r"([A-Za-z0-9_.]+?)(~?)(?:\*(\d+))?\Z")


@dataclass(slots=True)
class Shape:
    """One element of the format: how often it stands when empty, in which dialect, and what is inside."""

    name: str
    null: bool
    times: int
    inside: list[Shape] = field(default_factory=list)

    def child(self, name: str) -> Shape | None:
        """The shape of a child by name."""
        return next((shape for shape in self.inside if shape.name == name), None)


def _shape(word: str) -> Shape:
    found = _NAME.match(word)
    assert found is not None, word  # noqa: S101 - the outline above is ours
    return Shape(found.group(1), found.group(2) == "~", int(found.group(3) or "1"))


def _read(text: str) -> Shape:
    stack: list[Shape] = []
    for line in filter(None, text.splitlines()):
        depth = len(line) - len(line.lstrip())
        head, _, rest = line.strip().partition(":")
        shape = _shape(head)
        shape.inside = [_shape(word) for word in rest.split()]
        del stack[depth:]
        if stack:
            stack[-1].inside.append(shape)
        stack.append(shape)
    return stack[0]


ROOT = _read(DECLARATION)


def blank(shape: Shape = ROOT) -> etree._Element:
    """An empty element of this shape with its padding."""
    element = etree.Element(shape.name)
    for inside in shape.inside:
        for _ in range(inside.times):
            element.append(blank(inside))
    if not shape.inside and shape.null:
        etree.SubElement(element, "null")
    return element


def shape_of(path: str, start: Shape = ROOT) -> Shape | None:
    """The shape at a path such as `Item/Tarification`; None when the format has none."""
    found: Shape | None = start
    for name in filter(None, path.split("/")):
        found = found.child(name) if found is not None else None
    return found


def insert(parent: etree._Element, child: etree._Element, shape: Shape | None, *, first: bool = False) -> None:
    """Put `child` into `parent` where the format's order wants it: behind those of its name, or as the first of them."""
    order = [inside.name for inside in shape.inside] if shape is not None else []
    if child.tag not in order:
        parent.append(child)
        return
    rank = order.index(str(child.tag))
    place = 0
    for position, sibling in enumerate(parent):
        if isinstance(sibling.tag, str) and sibling.tag in order:
            before = order.index(sibling.tag)
            if before < rank or (before == rank and not first):
                place = position + 1
    parent.insert(place, child)


def leaves(shape: Shape = ROOT, path: str = "") -> Iterator[str]:
    """Every path of the format that holds text."""
    for inside in shape.inside:
        here = f"{path}{inside.name}"
        if inside.inside:
            yield from leaves(inside, f"{here}/")
        else:
            yield here
