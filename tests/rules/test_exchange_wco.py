"""A WCO-DEC declaration becomes a draft; other messages are refused with the door that takes them."""

from __future__ import annotations

import pytest

from gumruk.exchange import formats
from gumruk.exchange.types import FileRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import unknown_keys
from tests.conformance import twins


def test_an_original_declaration_is_read_into_the_boxes() -> None:
    parsed = formats.parse(twins.wco())
    content = parsed.content
    item = content.pop("items")[0]
    assert content == {
        "reference": "DEMO-LRN-1", "items_total": "2", "packages_total": "5", "invoice_total": "1500.00", "currency": "EUR",
        "exporter_name": "Demo Export GmbH", "exporter_country": "DE", "exporter_address": "Musterweg 1, Musterstadt, 00000",
        "consignee_tin": "020000011", "consignee_name": "Not the importer", "declarant_tin": "010000001",
        "declarant_representative": "DEMO-AGENT", "border_transport_identity": "0000AA01", "border_transport_country": "TJ",
        "border_mode": "30", "transaction_nature": "11", "container_flag": "1", "goods_location": "DEMO-SHED",
        "destination_country": "TJ", "export_country": "DE", "delivery_terms": "CPT", "delivery_place": "TJDYU",
        "guarantee_reference": "GRN-1", "direction": "IM", "deferred_account": "7700", "warehouse": "U1117770",
        "external_freight": "300", "external_freight_currency": "USD", "seals_number": "2", "seals_identity": "S-1, S-2",
        "origin_country": "00", "regime": "FREE_CIRC",
    }  # fmt: skip
    assert item == {
        "item_number": "1", "description": "Намуна 1", "preference": "100", "gross_mass": "150", "net_mass": "100",
        "supplementary_quantity": "7", "supplementary_unit": "NMB", "price": "750.00", "valuation_method": "1",
        "item_origin_country": "DE", "goods_code": "8510900000", "procedure": "4000", "national_procedure": "000",
        "additional_information": "00400 EXPORTER", "packages": [{"kind": "BX", "count": "2.5", "marks": "BX 1"}],
        "documents": [{"kind": "N935", "number": "INV-1"}],
        "previous_documents": [{"kind": "Z355", "reference": "DEMO-PREV", "item": "1"}],
    }  # fmt: skip
    assert parsed.residue == twins.wco()
    assert not list(unknown_keys(lawbook.form(), formats.parse(twins.wco()).content))


def test_every_value_that_has_no_box_is_named() -> None:
    parsed = formats.parse(twins.wco(origins=("DE",)))
    assert {(one.path.removeprefix("Declaration/"), one.example) for one in parsed.unused} == {
        ("Agent/FunctionCode", "2"),
        ("GoodsShipment/Consignment/GoodsLocation/TypeCode", "A"),
        ("GoodsShipment/GovernmentAgencyGoodsItem/Commodity/DutyTaxFee/TypeCode", "A00"),
        ("GoodsShipment/GovernmentAgencyGoodsItem/Origin/TypeCode", "1"),
    }
    assert formats.unused_of(twins.wco(origins=("DE",))) == parsed.unused
    assert [note.code for note in parsed.notes] == ["mode_widened", "regime_from_procedure"]
    assert "30" in parsed.notes[0].worded("tg")


def test_a_container_of_the_shipment_belongs_to_its_only_item() -> None:
    one = formats.parse(twins.wco(origins=("DE",)))
    assert one.content["items"][0]["containers"] == [{"number": "DEMU1234567"}]
    two = formats.parse(twins.wco())
    assert all("containers" not in item for item in two.content["items"])
    assert ("Declaration/GoodsShipment/Consignment/TransportEquipment/ID", "DEMU1234567") in {
        (row.path, row.example) for row in two.unused
    }


def test_an_export_names_its_consignee() -> None:
    content = formats.parse(twins.wco(kind="EXA")).content
    assert (content["direction"], content["consignee_name"]) == ("EX", "Not the importer")
    assert "consignee_tin" not in content


RESPONSE = b"<MetaData><WCOTypeName>RES</WCOTypeName><Response><FunctionCode>01</FunctionCode></Response></MetaData>"
NOTHING = b'<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"><md:WCOTypeName>DEC</md:WCOTypeName></md:MetaData>'


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (twins.wco(function="13"), "wco_amendment", "page of the registered declaration"),
        (twins.wco(function="13", kind="INV"), "wco_cancellation", "cancellation"),
        (twins.wco(function="22"), "wco_function", "only 9"),
        (twins.wco(function=""), "wco_function", "only 9"),
        (RESPONSE, "wco_response", "answer of customs"),
        (NOTHING, "wco_no_declaration", "no declaration"),
        (twins.wco().replace(b"DEC-DMS:2", b"DECOY:2"), "wco_no_declaration", "no declaration"),
    ],
)  # fmt: skip
def test_other_messages_are_refused_with_the_door_that_takes_them(data: bytes, code: str, says: str) -> None:
    with pytest.raises(FileRefused, match=says) as refused:
        formats.parse(data)
    assert refused.value.code == code


def test_a_message_in_an_envelope_of_its_carrier_is_found() -> None:
    inner = twins.wco().partition(b"?>")[2]
    wrapped = b'<submit xmlns="urn:carrier"><body>' + inner + b"</body></submit>"
    assert formats.parse(wrapped).content == formats.parse(twins.wco()).content


def test_a_bare_declaration_is_read() -> None:
    data = b'<Declaration xmlns="urn:wco:datamodel:WCO:DEC:3"><FunctionCode>9</FunctionCode><TypeCode>COA</TypeCode></Declaration>'
    parsed = formats.parse(data)
    assert parsed.content == {"items": []}
    assert [(one.path, one.example) for one in parsed.unused] == [("TypeCode", "COA")]


def test_what_each_item_says_alike_is_said_once() -> None:
    data = (
        twins.wco()
        .replace(b"<TransactionNatureCode>11</TransactionNatureCode>", b"")
        .replace(b"<StatementCode>00400</StatementCode>", b"")
    )
    data = data.replace(
        b"<SequenceNumeric>1</SequenceNumeric>\n        <Additional",
        b"<TransactionNatureCode>21</TransactionNatureCode>\n        <Additional",
    )
    assert formats.parse(data).content["transaction_nature"] == "21"


def test_too_many_items_are_refused() -> None:
    data = twins.wco(origins=("DE",) * 2000)
    with pytest.raises(FileRefused, match="more than 1999 items"):
        formats.parse(data)
