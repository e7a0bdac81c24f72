"""An ASYCUDA World file goes in and out without loss; a declaration born here gets the whole outline."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from gumruk.cli.demo_content import content as demo
from gumruk.exchange import asycuda
from gumruk.exchange.asycuda import Results, Serial
from gumruk.exchange.asycuda.outline import ROOT, leaves
from gumruk.exchange.asycuda.results import serial_of
from gumruk.exchange.asycuda.writing import split_marks
from gumruk.rules.duty import Addition, Assessment, ItemValue, PaymentLine
from tests.conformance import twins

DAY = date(2026, 3, 2)
TEXT = (
    st.text(st.sampled_from("абвғӣқӯҳҷ ABCabc019.,&<>'\"№«»-/"), min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
TAG = st.sampled_from(["Unknown_tag", "write_off_unit", "SW_scans_items", "Новый", "A.B-c", "x_1"])


@st.composite
def files(draw: Any) -> bytes:
    """A twin with what a stranger may add: unknown tags anywhere, comments, attributes, white space, CDATA."""
    root = etree.fromstring(twins.asycuda(seed=draw(st.integers(0, 10**6)), items=draw(st.integers(1, 4))))
    elements = [one for one in root.iter("*") if one.tag != "null"]
    for _ in range(draw(st.integers(0, 6))):
        parent = draw(st.sampled_from(elements))
        added = etree.Element(draw(TAG)) if draw(st.booleans()) else etree.Comment(" said by the sender ")
        if isinstance(added.tag, str):
            added.text = draw(st.none() | TEXT)
            added.set("note", draw(TEXT))
        if parent.tag == "Item" or len(parent) or not isinstance(added.tag, str):
            parent.insert(draw(st.integers(0, len(parent))), added)
    if draw(st.booleans()):
        root.addprevious(etree.Comment("before"))
    data = etree.tostring(root.getroottree(), xml_declaration=True, encoding=draw(st.sampled_from(["UTF-8", "UTF-16"])))
    return data.replace(b"\n", b"\r\n") if draw(st.booleans()) and b"UTF-8" in data else data


@settings(max_examples=40, deadline=None)
@given(files())
def test_a_file_that_nobody_changed_goes_out_byte_for_byte(data: bytes) -> None:
    parsed = asycuda.parse(data)
    assert asycuda.write(parsed.content, parsed.residue) == data


@settings(max_examples=40, deadline=None)
@given(files(), TEXT)
def test_a_change_is_written_and_everything_else_stays(data: bytes, said: str) -> None:
    parsed = asycuda.parse(data)
    changed = copy.deepcopy(parsed.content)
    changed["reference"] = said
    changed["items"][0]["commercial_description"] = said
    back = asycuda.write(changed, data)
    assert asycuda.parse(back).content == changed
    assert _others(back) == _others(data)


def _others(data: bytes) -> list[tuple[str, str, dict[str, str]]]:
    root = etree.fromstring(data)
    changed = {"Number", "Commercial_Description"}
    return [
        (str(one.tag), " ".join((one.text or "").split()), {str(k): str(v) for k, v in one.attrib.items()} if isinstance(one.tag, str) else {})
        for one in root.iter()
        if one.tag not in changed and one.getparent() is not None
        and not (one.tag == "null" and one.getparent().tag in changed)
    ]  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(files(), st.data())
def test_items_that_are_taken_out_moved_or_added_take_nothing_of_the_others_with_them(data: bytes, draw: Any) -> None:
    parsed = asycuda.parse(data)
    items = list(parsed.content["items"])
    keep = [item for item in items if draw.draw(st.booleans())] or items[:1]
    new = {
        "description": "Нав",
        "goods_code": "0207120000",
        "procedure": "4000",
        "containers": [{"number": "DEMU0000001"}],
        "price": "1",
    }
    keep.insert(draw.draw(st.integers(0, len(keep))), new)
    changed = {**parsed.content, "items": [{**item, "item_number": str(n)} for n, item in enumerate(keep, start=1)]}
    assert asycuda.parse(asycuda.write(changed, data)).content == changed


def test_a_changed_row_of_documents_leaves_the_others_with_their_own_tags_and_dates() -> None:
    data = (
        b"<ASYCUDA><Item><Attached_documents><Attached_document_code>380</Attached_document_code><Attached_document_name>Invoice"
        b"</Attached_document_name><Attached_document_date>10/13/16</Attached_document_date><Attached_document_from_rule>1"
        b"</Attached_document_from_rule></Attached_documents><Attached_documents><Attached_document_code>733</Attached_document_code>"
        b"<Attached_document_date>10/6/16</Attached_document_date></Attached_documents></Item></ASYCUDA>"
    )
    content = asycuda.parse(data).content
    assert [row["date"] for row in content["items"][0]["documents"]] == ["2016-10-13", "2016-10-06"]
    content["items"][0]["documents"][1] = {"kind": "CMR", "number": "7", "date": "2026-01-02"}
    content["items"][0]["documents"].insert(0, {"kind": "COO"})
    rows = [
        [(leaf.tag, leaf.text) for leaf in row if leaf.text]
        for row in etree.fromstring(asycuda.write(content, data)).findall("Item/Attached_documents")
    ]
    assert rows == [
        [("Attached_document_code", "COO"), ("Attached_document_name", "Certificate of origin")],
        [("Attached_document_code", "380"), ("Attached_document_name", "Invoice"), ("Attached_document_date", "10/13/16"),
         ("Attached_document_from_rule", "1")],
        [("Attached_document_code", "CMR"), ("Attached_document_name", "Road consignment note CMR"),
         ("Attached_document_reference", "7"), ("Attached_document_date", "2026-01-02")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "read"),
    [("2026-10-13", "2026-10-13"), ("10/13/16", "2016-10-13"), ("13/10/16", "2016-10-13"), ("1/2/2026", "2026-01-02"),
     ("13.10.2026", "2026-10-13"), ("20261013", "2026-10-13"), ("2026-10-13T00:00:00", "2026-10-13"), ("31/31/16", "31/31/16"),
     ("soon", "soon")],
)  # fmt: skip
def test_drifted_dates_are_read(said: str, read: str) -> None:
    data = f"<ASYCUDA><Property><Date_of_declaration>{said}</Date_of_declaration></Property></ASYCUDA>".encode()
    assert asycuda.parse(data).content["declaration_date"] == read


@pytest.mark.parametrize(
    ("said", "read"),
    [("1,250.00", "1250.00"), ("1.0623724E7", "10623724"), ("8.1E-4", "0.00081"), ("12.5", "12.5"), ("1250,5", "1250,5"),
     ("1,25", "1,25"), ("1E99", "1" + "0" * 99), ("1E999", "1E999"), ("NaN", "NaN")],
)  # fmt: skip
def test_numbers_are_read_as_other_programs_write_them(said: str, read: str) -> None:
    data = f"<ASYCUDA><Item><Tarification><Item_price>{said}</Item_price></Tarification></Item></ASYCUDA>".encode()
    assert asycuda.parse(data).content["items"][0]["price"] == read


def test_fields_of_every_box_are_read_from_their_place() -> None:
    read = asycuda.parse(twins.asycuda(seed=11, items=1)).content
    assert (read["exporter_name"], read["exporter_address"]) == ("Demo Export LLC", "1 Sample street, Sample city")
    assert (read["direction"], read["transaction_nature"], read["regime"]) == ("IM", "11", "FREE_CIRC")
    item = read["items"][0]
    assert item["item_number"] == "1"
    assert item["supplementary_quantity"] == "11.0"
    assert item["packages"][0]["kind"] == "CT"
    assert "\u00a0" not in item["description"]


def test_previous_declarations_and_containers_follow_their_item_when_its_number_changes() -> None:
    data = (
        b"<ASYCUDA><Container><Item_Number>2</Item_Number><Container_identity>DEMU1</Container_identity></Container><Prev_decl>"
        b"<Prev_decl_office_code>A</Prev_decl_office_code><Prev_decl_reg_year>2025</Prev_decl_reg_year><Prev_decl_reg_serial>C"
        b"</Prev_decl_reg_serial><Prev_decl_reg_number>9</Prev_decl_reg_number><Prev_decl_item_number>4</Prev_decl_item_number>"
        b"<Prev_decl_current_item>2</Prev_decl_current_item></Prev_decl><Item><Free_text_1>first</Free_text_1></Item>"
        b"<Item><Free_text_1>second</Free_text_1></Item></ASYCUDA>"
    )
    content = asycuda.parse(data).content
    assert content["items"][1]["previous_documents"] == [{"kind": "DEC", "reference": "A/2025/C/9", "item": "4"}]
    changed = {**content, "items": [{**content["items"][1], "item_number": "1"}]}
    back = asycuda.write(changed, data)
    assert asycuda.parse(back).content == changed
    root = etree.fromstring(back)
    assert (root.findtext("Container/Item_Number"), root.findtext("Prev_decl/Prev_decl_current_item")) == ("1", "1")


def test_a_file_born_here_has_the_order_and_the_padding_of_the_format() -> None:
    ours = demo(seed=7, items=3, day=DAY)
    root = etree.fromstring(asycuda.write(ours))
    order = [*(shape.name for shape in ROOT.inside), "Gumruk_segment"]
    places = [order.index(str(child.tag)) for child in root]
    assert places == sorted(places)
    assert [
        len(root.findall(path)) for path in ("Assessment_notice/Item_tax_total", "Global_taxes/Global_tax_item", "Item")
    ] == [14, 8, 3]
    for item in root.findall("Item"):
        assert len(item.findall("Taxation/Taxation_line")) == 8
        assert len(item.findall("Tarification/Supplementary_unit")) == 3
        assert (item.findtext("IncoTerms/Code"), item.findtext("IncoTerms/Place")) == (
            ours["delivery_terms"],
            ours["delivery_place"],
        )
    known = {*leaves(), "Gumruk_segment/Gumruk_field/Path", "Gumruk_segment/Gumruk_field/Value"}
    for leaf in root.iter("*"):
        if not len(leaf) and leaf.tag != "null":
            path = "/".join([*[str(one.tag) for one in reversed(list(leaf.iterancestors()))][1:], str(leaf.tag)])
            assert path in known
    assert b"Suppplementary_unit_code" in asycuda.write(ours)
    assert root.findtext("General_information/Country/Export/Export_country_name")


@pytest.mark.parametrize("items", [0, 1, 3])
def test_a_file_born_here_reads_back_as_what_was_declared(items: int) -> None:
    ours: dict[str, Any] = demo(seed=7, items=max(items, 1), day=DAY) if items else {"office": "PRV-R01", "items": []}
    assert asycuda.parse(asycuda.write(ours)).content == ours
    full = {**ours, "transit_offices": [{"office": "A", "country": "KZ"}, {"office": "B"}], "value_total": "5"}
    for item in full["items"]:
        item["documents"][0]["valid_until"] = "2027-01-01"
        item["relief"] = "R"
        item["previous_documents"] = [
            {"kind": "TRN", "reference": "1", "item": "2"},
            {"kind": "STO", "reference": "2", "item": "3"},
            {"reference": "3"},
        ]
    written = asycuda.write(full)
    assert asycuda.parse(written).content == full
    assert asycuda.write(full, written) == written
    bare = asycuda.parse(asycuda.write(full, extended=False)).content
    assert "value_total" not in bare
    assert b"Gumruk" not in asycuda.write(full, written, extended=False)


def test_a_block_that_says_what_it_may_not_is_left_alone() -> None:
    rows = [("office", "X"), ("items/1/price", "5"), ("items/2/relief", "R"), ("items/1/documents/1/valid_until", "2027-01-01"),
            ("items/0/relief", "R"), ("nonsense", "x"), ("items", "x"), ("items/1/previous_documents/9/kind", "x"), ("items/1/relief", "R")]  # fmt: skip
    block = "".join(f"<Gumruk_field><Path>{path}</Path><Value>{value}</Value></Gumruk_field>" for path, value in rows)
    data = f"<ASYCUDA><Item/><Gumruk_segment>{block}<Gumruk_field/></Gumruk_segment></ASYCUDA>".encode()
    parsed = asycuda.parse(data)
    assert parsed.content == {"items": [{"item_number": "1", "relief": "R"}]}
    assert asycuda.write(parsed.content, data) == data


def test_coefficients_and_shares_of_costs_add_up_to_the_whole() -> None:
    ours = {**demo(seed=9, items=7, day=DAY), "external_freight": "1000.01"}
    root = etree.fromstring(asycuda.write(ours))
    shares = [
        Decimal(one.text or "0")
        for one in root.findall("Item/Valuation_item/item_external_freight/Amount_foreign_currency")
    ]
    assert sum(shares) == Decimal("1000.01")
    alphas = [Decimal(one.text or "0") for one in root.findall("Item/Valuation_item/Alpha_coeficient_of_apportionment")]
    assert abs(sum(alphas) - 1) < Decimal("1E-14")
    assert root.findtext("Valuation/Total/Total_invoice") == ours["invoice_total"]


def assessed(content: dict[str, Any]) -> Assessment:
    """An assessment of the first item with two lines, one to be guaranteed, and a fee of the whole."""
    rows = (
        Addition("invoice", Decimal(100), "USD", Decimal("10.5"), Decimal("1050.00"), ""),
        Addition("external_freight", Decimal(200), "USD", Decimal("10.5"), Decimal("2100.50"), ""),
        Addition("deductions", Decimal(1), "USD", Decimal("10.5"), Decimal("-10.50"), ""),
    )
    value = ItemValue(1, Decimal("3140.00"), rows)

    def line(item: int, kind: str, rate: str, amount: str, *, payable: bool = True) -> PaymentLine:
        return PaymentLine(
            item, kind, Decimal("3140.00"), "TJS", "", rate, Decimal(amount), payable, "m", "", "", (), ()
        )

    lines = (
        line(1, "duty", "5%", "157.00"),
        line(1, "vat", "14%", "461.58", payable=False),
        line(0, "fee", "50", "50.00"),
    )
    totals = (("duty", Decimal("157.00")), ("fee", Decimal("50.00")))
    return Assessment(
        "1", DAY, 1, "r", "TJS", (value,), Decimal("3140.00"), lines, totals, Decimal("207.00"), Decimal("461.58"), ()
    )


def test_results_are_written_in_place_of_what_the_other_system_computed() -> None:
    data = twins.asycuda(seed=3, items=1)
    content = asycuda.parse(data).content
    results = Results(Serial("", "12", DAY), Serial("L", "3", DAY), Serial("R", "4", DAY), assessed(content))
    root = etree.fromstring(asycuda.write(content, data, results))
    lines = [
        [line.findtext(f"Duty_tax_{name}") for name in ("code", "Base", "rate", "amount", "MP")]
        for line in root.findall("Item/Taxation/Taxation_line")
    ]
    assert lines[:2] == [["DUTY", "3140.00", "5", "157.00", "1"], ["VAT", "3140.00", "14", "461.58", "0"]]
    assert len(lines) == 8
    assert not any("TVS" in line or "200" in line for line in lines)
    said = {
        "Identification/Registration/Number": "12", "Identification/Assessment/Serial_number": "L",
        "Identification/Assessment/Number": "3", "Identification/receipt/Serial_number": "R",
        "Identification/receipt/Date": "2026-03-02", "Financial/Amounts/Global_taxes": "50.00",
        "Financial/Amounts/Totals_taxes": "207.00", "Item/Taxation/Item_taxes_amount": "157.00",
        "Item/Taxation/Item_taxes_guaranted_amount": "461.58", "Valuation/Total_CIF": "3140.00",
        "Valuation/Total_cost": "2090.00", "Item/Tarification/Value_item": "2,100.50+0.00+0.00+0.00-10.50",
        "Valuation/Gs_deduction/Amount_national_currency": "10.50", "Item/Valuation_item/Total_CIF_itm": "3140.00",
    }  # fmt: skip
    assert {path: root.findtext(path) for path in said} == said
    assert root.find("SW_scans_general_segment") is not None


def test_payments_of_another_system_are_never_passed_on_for_other_amounts() -> None:
    data = twins.asycuda(seed=3, items=2)
    content = asycuda.parse(data).content
    content["items"][0]["price"] = "777"
    root = etree.fromstring(asycuda.write(content, data))
    assert {line.findtext("Duty_tax_amount") for line in root.findall("Item/Taxation/Taxation_line")} == {""}
    assert root.findtext("Financial/Amounts/Totals_taxes") == ""
    assert "duty" not in str(content)


def test_more_payment_lines_than_the_padding_get_their_own_places() -> None:
    content = demo(seed=7, items=1, day=DAY)
    whole = assessed(content)
    many = tuple(whole.lines[0] for _ in range(11))
    results = Results(
        assessed=Assessment(**{**{name: getattr(whole, name) for name in whole.__slots__}, "lines": many})
    )
    assert len(etree.fromstring(asycuda.write(content, None, results)).findall("Item/Taxation/Taxation_line")) == 11


def test_what_a_file_says_beyond_the_form_is_named_once_a_path() -> None:
    data = twins.asycuda(seed=3, items=3)
    found = {one.path: (one.example, one.times) for one in asycuda.parse(data).unused}
    assert found["Identification/Registration/Number"] == ("815", 1)
    assert "SW_scans_general_segment/Document_id" in found
    assert not any(path.startswith(("Item/Taxation", "Valuation")) for path in found)
    notes = [note.code for note in asycuda.parse(data).notes]
    assert notes == ["regime_from_procedure", "taxes_not_taken"]


def test_serials_are_the_letter_and_number_at_the_end_of_a_reference() -> None:
    assert serial_of("PRV-R01/2026/L17", DAY) == Serial("L", "17", DAY)
    assert serial_of("PRV-R01/020326/0000042", DAY) == Serial("", "42", DAY)
    assert serial_of("nothing", DAY) is None


@given(st.text(st.sampled_from("ab cd№"), max_size=70).map(lambda text: " ".join(text.split())))
def test_marks_in_two_fields_join_to_the_same(marks: str) -> None:
    first, second = split_marks(marks)
    assert " ".join(filter(None, (first, second))) == marks


def test_units_marks_and_previous_declarations_are_written_where_a_thin_file_lacks_them() -> None:
    data = (
        b"<ASYCUDA><Prev_decl><Prev_decl_office_code>A</Prev_decl_office_code><Prev_decl_reg_year>2025</Prev_decl_reg_year>"
        b"<Prev_decl_reg_serial>C</Prev_decl_reg_serial><Prev_decl_reg_number>9</Prev_decl_reg_number><Prev_decl_current_item>1"
        b"</Prev_decl_current_item><Prev_decl_weight>5</Prev_decl_weight></Prev_decl><Item><Packages><Number_of_packages>1"
        b"</Number_of_packages></Packages></Item></ASYCUDA>"
    )
    content = asycuda.parse(data).content
    item = content["items"][0]
    item |= {"supplementary_unit_2": "NPR", "supplementary_quantity_2": "7", "price": "5"}
    item["packages"] = [{"count": "1", "marks": "a word " * 6 + "end"}, {"kind": "BX", "count": "2"}]
    item["previous_documents"] = [{"kind": "DEC", "reference": "B/2024/D/8", "item": "2"}]
    back = asycuda.write(content, data)
    assert asycuda.parse(back).content == content
    root = etree.fromstring(back)
    assert [
        one.findtext("Suppplementary_unit_code") for one in root.findall("Item/Tarification/Supplementary_unit")
    ] == ["", "NPR"]
    assert root.findtext("Prev_decl/Prev_decl_weight") == "5"
    assert len(root.findtext("Item/Packages/Marks1_of_packages") or "") <= 35
    assert [str(child.tag) for child in root.iterfind("Item/*")][:2] == ["Packages", "Packages"]
    emptied = asycuda.parse(back).content
    emptied["items"][0].pop("packages")
    assert asycuda.parse(asycuda.write(emptied, back)).content == emptied


def test_results_go_into_a_thin_file_too() -> None:
    data = b"<ASYCUDA><Item><Free_text_1>x</Free_text_1></Item></ASYCUDA>"
    content = asycuda.parse(data).content
    root = etree.fromstring(asycuda.write(content, data, Results(assessed=assessed(content))))
    assert [one.findtext("Duty_tax_amount") for one in root.findall("Item/Taxation/Taxation_line")] == [
        "157.00",
        "461.58",
    ]
