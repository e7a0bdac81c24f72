"""Files like those of other systems, written by this project: same shape and habits, invented content. The demo parties
and numbers in them exist nowhere.
"""

from __future__ import annotations

import random

from lxml import etree

from gumruk.exchange.asycuda.outline import blank, shape_of

_WORDS = ("Намуна", "Образец", "Sample", "қуттӣ", "товар", "goods & parts", "№ 7", "л/л", "«Мисол»", "ҶДММ")
_UNITS = ("NMB", "LTR", "NPR", "KGM")
_COUNTRIES = ("TJ", "RU", "CN", "TR", "KZ", "DE")


def asycuda(*, seed: int, items: int, indent: str = "    ", drifted: bool = True) -> bytes:
    """An ASYCUDA World file: padding, both dialects of empty, drifted dates, thousands commas, extension blocks."""
    chance = random.Random(seed)  # noqa: S311 - invented content, the same on every run
    root = blank()
    _header(root, chance, items)
    for number in range(1, items + 1):
        if chance.random() < 0.3:
            root.append(_container(chance, number))
    shape = shape_of("Item")
    assert shape is not None
    for _ in range(items):
        item = blank(shape)
        _item(item, chance, drifted=drifted)
        root.append(item)
    extension = etree.SubElement(root, "SW_scans_general_segment")
    etree.SubElement(extension, "Document_id").text = str(chance.randint(1, 99999))
    etree.SubElement(etree.SubElement(extension, "Document_reference"), "null")
    _mix_empties(root, chance)
    root.set("id", f"DEMO-{seed}")
    if indent:
        etree.indent(root, indent)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=False)


def _say(parent: etree._Element, path: str, text: str) -> None:
    leaf = parent.find(path)
    assert leaf is not None, path
    for child in list(leaf):
        leaf.remove(child)
    leaf.text = text


def _header(root: etree._Element, chance: random.Random, items: int) -> None:
    said = {
        "Property/Sad_flow": "I", "Property/Selected_page": "1", "Property/Nbers/Total_number_of_items": str(items),
        "Property/Nbers/Total_number_of_packages": "12.0", "Identification/Type/Type_of_declaration": "IM",
        "Identification/Type/Declaration_gen_procedure_code": "4", "Identification/Registration/Number": "815",
        "Identification/Office_segment/Customs_clearance_office_code": "DEMO10",
        "Identification/Manifest_reference_number": "2026/77",
        "Traders/Exporter/Exporter_name": "Demo Export LLC\n        1 Sample street\n        Sample city\n    ",
        "Traders/Consignee/Consignee_code": "020000011", "Traders/Consignee/Consignee_name": "ҶДММ «Намуна»",
        "Declarant/Declarant_code": "010000001", "Declarant/Declarant_name": "Demo broker\n Demo town",
        "General_information/Country/Export/Export_country_code": chance.choice(_COUNTRIES),
        "General_information/Country/Country_of_origin_name": chance.choice(["Many", "Turkey", "Nowhereland"]),
        "Transport/Container_flag": chance.choice(["true", "false"]), "Transport/Delivery_terms/Code": "CPT",
        "Financial/Financial_transaction/code1": "1", "Financial/Financial_transaction/code2": "1",
        "Financial/Guarantee/Amount": "0.0", "Financial/Amounts/Totals_taxes": "1,282,970.0",
        "Valuation/Calculation_working_mode": chance.choice(["0", "1", "2"]),
        "Valuation/Gs_Invoice/Currency_code": "USD", "Valuation/Gs_Invoice/Currency_name": "No foreign currency",
        "Valuation/Gs_Invoice/Amount_foreign_currency": chance.choice(["12,345.60", "1.2345E4", "99.0"]),
        "Valuation/Gs_external_freight/Amount_foreign_currency": "0.0", "Valuation/Gs_insurance/Currency_rate": "0",
    }  # fmt: skip
    for path, text in said.items():
        _say(root, path, text)


def _container(chance: random.Random, number: int) -> etree._Element:
    shape = shape_of("Container")
    assert shape is not None
    container = blank(shape)
    _say(container, "Item_Number", str(number))
    _say(container, "Container_identity", f"DEMU{chance.randint(1000000, 9999999)}")
    _say(container, "Container_type", "22G1")
    _say(container, "Empty_full_indicator", "1/1")
    return container


def _item(item: etree._Element, chance: random.Random, *, drifted: bool) -> None:
    for _ in range(chance.randint(0, 3)):
        shape = shape_of("Item/Attached_documents")
        assert shape is not None
        document = blank(shape)
        _say(document, "Attached_document_code", chance.choice(["380", "INV", "CMR"]))
        _say(document, "Attached_document_reference", f"№ {chance.randint(1, 999)}")
        _say(document, "Attached_document_date", chance.choice(["10/13/26", "10/6/26"] if drifted else ["2026-10-13"]))
        item.insert(0, document)
    said = {
        "Packages/Number_of_packages": chance.choice(["0.06", "3.0", "17"]), "Packages/Kind_of_packages_code": "CT",
        "Packages/Marks1_of_packages": chance.choice(_WORDS), "Packages/Marks2_of_packages": chance.choice(_WORDS),
        "IncoTerms/Code": "CPT", "Tarification/HScode/Commodity_code": str(chance.randint(10000000, 99999999)),
        "Tarification/HScode/Precision_1": chance.choice(["00", "000"]), "Tarification/Extended_customs_procedure": "4000",
        "Tarification/National_customs_procedure": "000", "Tarification/Item_price": f"{chance.randint(1, 9999)}.0",
        "Tarification/Value_item": "2,045.01+0.00+20.57+0.00-0.00", "Goods_description/Country_of_origin_code": "CN",
        "Goods_description/Description_of_goods": f"-\u00a0- {chance.choice(_WORDS)}\n        {chance.choice(_WORDS)}",
        "Previous_doc/Summary_declaration": chance.choice(["", "DEMOAWB1"]), "Free_text_1": chance.choice(_WORDS),
        "Valuation_item/Weight_itm/Gross_weight_itm": f"{chance.randint(2, 999)}.5",
        "Valuation_item/Weight_itm/Net_weight_itm": "1.0", "Valuation_item/Rate_of_adjustement": "1",
        "Valuation_item/Alpha_coeficient_of_apportionment": "8.132990250562078E-4",
    }  # fmt: skip
    for path, text in said.items():
        if text:
            _say(item, path, text)
    unit = item.find("Tarification/Supplementary_unit")
    line = item.find("Taxation/Taxation_line")
    assert unit is not None
    assert line is not None
    _say(unit, "Suppplementary_unit_code", chance.choice(_UNITS))
    _say(unit, "Suppplementary_unit_quantity", "11.0")
    for name, text in (("code", "TVS"), ("Base", "1000"), ("rate", "0.2"), ("amount", "200"), ("MP", "1")):
        _say(line, f"Duty_tax_{name}", text)
    extra = etree.SubElement(item, "write_off_unit")
    etree.SubElement(extra, "write_off_unit_qty")


def _mix_empties(root: etree._Element, chance: random.Random) -> None:
    """Some empties change their dialect: both stand in one file."""
    for leaf in list(root.iter("*")):
        if leaf.tag == "null" or (len(leaf) and leaf[0].tag != "null") or (leaf.text or "").strip():
            continue
        if (
            chance.random() < 0.2
            and leaf.getparent() is not None
            and leaf.tag not in ("Item_tax_total", "Global_tax_item")
        ):
            children = list(leaf)
            for child in children:
                leaf.remove(child)
            if not children:
                etree.SubElement(leaf, "null")


WCO = """<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2">
  <md:WCOTypeName>DEC</md:WCOTypeName>
  <Declaration>
    <!-- a comment of the sender -->
    <FunctionCode>{function}</FunctionCode>
    <FunctionalReferenceID>DEMO-LRN-1</FunctionalReferenceID>
    <TypeCode>{kind}</TypeCode>
    <GoodsItemQuantity>2</GoodsItemQuantity>
    <InvoiceAmount currencyID="EUR">1500.00</InvoiceAmount>
    <TotalPackageQuantity>5</TotalPackageQuantity>
    <AdditionalDocument><CategoryCode>1</CategoryCode><ID>7700</ID><TypeCode>DAN</TypeCode></AdditionalDocument>
    <Agent><ID>DEMO-AGENT</ID><FunctionCode>2</FunctionCode></Agent>
    <BorderTransportMeans><ID>0000AA01</ID><RegistrationNationalityCode>TJ</RegistrationNationalityCode><ModeCode>3</ModeCode></BorderTransportMeans>
    <Declarant><ID>010000001</ID></Declarant>
    <Exporter><Name>Demo Export GmbH</Name><Address><CityName>Musterstadt</CityName><CountryCode>DE</CountryCode><Line>Musterweg 1</Line><PostcodeID>00000</PostcodeID></Address></Exporter>
    <GoodsShipment>
      <TransactionNatureCode>11</TransactionNatureCode>
      <Consignee><Name>Not the importer</Name></Consignee>
      <Consignment>
        <ContainerCode>1</ContainerCode>
        <GoodsLocation><Name>DEMO-SHED</Name><TypeCode>A</TypeCode></GoodsLocation>
        <TransportEquipment><SequenceNumeric>1</SequenceNumeric><ID>DEMU1234567</ID><Seal><SequenceNumeric>1</SequenceNumeric><ID>S-1</ID></Seal><Seal><SequenceNumeric>2</SequenceNumeric><ID>S-2</ID></Seal></TransportEquipment>
      </Consignment>
      <CustomsValuation><ChargeDeduction><ChargesTypeCode>AK</ChargesTypeCode><OtherChargeDeductionAmount currencyID="USD">300</OtherChargeDeductionAmount></ChargeDeduction></CustomsValuation>
      <Destination><CountryCode>TJ</CountryCode></Destination>
      <ExportCountry><ID>DE</ID></ExportCountry>
{items}
      <Importer><ID>020000011</ID></Importer>
      <PreviousDocument><CategoryCode>Z</CategoryCode><ID>DEMO-PREV</ID><TypeCode>355</TypeCode><LineNumeric>1</LineNumeric></PreviousDocument>
      <TradeTerms><ConditionCode>CPT</ConditionCode><LocationID>TJDYU</LocationID></TradeTerms>
      <Warehouse><ID>1117770</ID><TypeCode>U</TypeCode></Warehouse>
    </GoodsShipment>
    <ObligationGuarantee><ReferenceID>GRN-1</ReferenceID></ObligationGuarantee>
  </Declaration>
</md:MetaData>
"""
WCO_ITEM = """      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>{number}</SequenceNumeric>
        <AdditionalDocument><CategoryCode>N</CategoryCode><ID>INV-{number}</ID><TypeCode>935</TypeCode></AdditionalDocument>
        <AdditionalInformation><StatementCode>00400</StatementCode><StatementDescription>EXPORTER</StatementDescription></AdditionalInformation>
        <Commodity>
          <Description>Намуна {number}</Description>
          <Classification><ID>85109000</ID><IdentificationTypeCode>TSP</IdentificationTypeCode></Classification>
          <Classification><ID>00</ID><IdentificationTypeCode>TRC</IdentificationTypeCode></Classification>
          <DutyTaxFee><DutyRegimeCode>100</DutyRegimeCode><TypeCode>A00</TypeCode></DutyTaxFee>
          <GoodsMeasure><GrossMassMeasure>150</GrossMassMeasure><NetNetWeightMeasure>100</NetNetWeightMeasure><TariffQuantity unitCode="NMB">7</TariffQuantity></GoodsMeasure>
          <InvoiceLine><ItemChargeAmount currencyID="EUR">750.00</ItemChargeAmount></InvoiceLine>
        </Commodity>
        <CustomsValuation><MethodCode>1</MethodCode></CustomsValuation>
        <GovernmentProcedure><CurrentCode>40</CurrentCode><PreviousCode>00</PreviousCode></GovernmentProcedure>
        <GovernmentProcedure><CurrentCode>000</CurrentCode></GovernmentProcedure>
        <Origin><CountryCode>{origin}</CountryCode><TypeCode>1</TypeCode></Origin>
        <Packaging><MarksNumbersID>BX {number}</MarksNumbersID><QuantityQuantity>2.5</QuantityQuantity><TypeCode>BX</TypeCode></Packaging>
      </GovernmentAgencyGoodsItem>"""


def wco(*, function: str = "9", kind: str = "IMA", origins: tuple[str, ...] = ("DE", "FR")) -> bytes:
    """A WCO-DEC declaration message as the HMRC profile writes it."""
    items = "\n".join(WCO_ITEM.format(number=number, origin=origin) for number, origin in enumerate(origins, start=1))
    return WCO.format(function=function, kind=kind, items=items).encode()
