"""Text becomes facts exactly, or is named as malformed; nothing is lost in between."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import gumruk.law
from gumruk.rules.form import MALFORMED_REASONS, Form, Malformed, form_from, read, read_value, unknown_keys

FORM: Form = form_from(yaml.safe_load((Path(gumruk.law.__file__).parent / "data" / "form.yaml").read_text()))


def test_every_box_from_1_to_54_that_a_declarant_fills_has_a_field() -> None:
    fields = [
        *FORM.header.values(),
        *FORM.item.values(),
        *FORM.header_lists.values(),
        *FORM.item_lists.values(),
    ]
    boxes = {field.box for field in fields}
    assert {str(number) for number in range(1, 55)} - boxes == {"32", "47"} - boxes
    assert {"A", "B", "C", "D"} <= boxes


def test_every_label_is_in_three_languages() -> None:
    groups = [*FORM.header_lists.values(), *FORM.item_lists.values()]
    fields = [
        *FORM.header.values(),
        *FORM.item.values(),
        *(f for group in groups for f in group.fields.values()),
    ]
    assert [field.name for field in fields if not (field.label.tg and field.label.ru and field.label.en)] == []


@pytest.mark.parametrize(
    ("text", "fact"),
    [("10.5", 10_500_000), ("0", 0), ("-1", -1_000_000), ("007", 7_000_000), ("1.1000000", 1_100_000)],
)
def test_a_mass_becomes_an_integer_of_its_scale(text: str, fact: int) -> None:
    reading = read(FORM, {"items": [{"net_mass": text}]})
    assert reading.facts["items"][0]["net_mass"] == fact
    assert reading.malformed == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ten", "not_a_number"),
        ("1e3", "not_a_number"),
        ("１０", "not_a_number"),
        ("NaN", "not_a_number"),
        ("1.", "not_a_number"),
        ("1,5", "not_a_number"),
        ("123456789012345", "too_many_digits"),
        ("1.1234567", "too_many_decimals"),
    ],
)
def test_a_malformed_mass_is_named_with_its_place(text: str, reason: str) -> None:
    reading = read(FORM, {"items": [{}, {"net_mass": text}]})
    assert reading.facts["items"][1]["net_mass"] is None
    assert [(fault.path, fault.box, fault.found, fault.reason) for fault in reading.malformed] == [
        ("items/2/net_mass", "38", text, reason)
    ]


@pytest.mark.parametrize("text", ["2026-02-30", "30.02.2026", "2026-2-3", "20260203"])
def test_a_date_is_iso_and_real(text: str) -> None:
    reading = read(FORM, {"declaration_date": text})
    assert [fault.reason for fault in reading.malformed] == ["not_a_date"]


def test_flags_and_long_texts_are_judged() -> None:
    reading = read(FORM, {"container_flag": "yes", "reference": "x" * 36})
    assert {(fault.path, fault.reason) for fault in reading.malformed} == {
        ("container_flag", "not_a_flag"),
        ("reference", "too_long"),
    }


def test_unknown_keys_are_named_by_path() -> None:
    content = {"ofice": "X", "items": [{"goods": "1", "packages": [{"kind": "CT", "colour": "red"}]}]}
    assert sorted(unknown_keys(FORM, content)) == ["items/1/goods", "items/1/packages/1/colour", "ofice"]


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u00a0", None])
@pytest.mark.parametrize("name", ["reference", "office", "invoice_total", "declaration_date", "container_flag"])
def test_spaces_alone_say_nothing(name: str, blank: str | None) -> None:
    reading = read(FORM, {name: blank})
    assert (reading.facts[name], reading.malformed) == (None, [])
    assert read_value(FORM.header[name], blank or "", name, []) is None


def test_one_value_is_read_as_in_a_whole_declaration() -> None:
    faults: list[Malformed] = []
    assert read_value(FORM.item["net_mass"], "10.5", "items/1/net_mass", faults) == 10_500_000
    assert read_value(FORM.header["office"], "RC-DU", "office", faults) == "RC-DU"
    assert faults == []
    assert read_value(FORM.item["net_mass"], "ten", "items/1/net_mass", faults) is None
    assert faults == read(FORM, {"items": [{"net_mass": "ten"}]}).malformed


def test_what_is_not_text_not_rows_or_not_a_row_is_named() -> None:
    content: Any = {
        "reference": 5,
        "transit_offices": "A",
        "items": [7, {"net_mass": 1.5, "packages": {"kind": "CT"}, "documents": [None]}],
    }
    assert {(fault.path, fault.box, fault.found, fault.reason) for fault in read(FORM, content).malformed} == {
        ("reference", "7", "int", "not_text"),
        ("transit_offices", "51", "str", "not_rows"),
        ("items/1", "31", "int", "not_rows"),
        ("items/2/net_mass", "38", "float", "not_text"),
        ("items/2/packages", "31", "dict", "not_rows"),
        ("items/2/documents/1", "44", "NoneType", "not_rows"),
    }
    facts = read(FORM, content).facts
    assert facts["transit_offices"] == []
    assert facts["items"][0] == read(FORM, {"items": [{}]}).facts["items"][0]


def test_content_that_is_no_declaration_is_an_empty_one_with_a_fault() -> None:
    nothing: Any = ["office"]
    reading = read(FORM, nothing)
    assert [(fault.path, fault.reason) for fault in reading.malformed] == [("", "not_rows")]
    assert reading.facts == read(FORM, {}).facts


_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=3) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4) | st.integers(), inner, max_size=3),
    max_leaves=8,
)
_KEYS = [*FORM.header, *FORM.header_lists, *FORM.item, *FORM.item_lists, "items", "number", "kind", "count", "colour"]
_SHAPED = st.recursive(
    _ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from(_KEYS), _SHAPED, max_size=12) | _ANY)
def test_content_of_any_shape_is_read_without_a_crash(content: Any) -> None:
    reading = read(FORM, content)
    assert reading.facts.keys() == {*FORM.header, *FORM.header_lists, "items"}
    for item in reading.facts["items"]:
        assert item.keys() == {*FORM.item, *FORM.item_lists}
    assert all(fault.reason in MALFORMED_REASONS and fault.box for fault in reading.malformed)
    if isinstance(content, dict):
        assert all(isinstance(path, str) for path in unknown_keys(FORM, content))


@given(st.decimals(min_value=0, max_value=Decimal(10) ** 13, places=6, allow_nan=False))
def test_every_decimal_of_the_field_survives_exactly(number: Decimal) -> None:
    reading = read(FORM, {"items": [{"net_mass": format(number, "f")}]})
    assert Decimal(reading.facts["items"][0]["net_mass"]).scaleb(-6) == number


@given(st.text(max_size=70))
def test_no_text_breaks_the_reader(text: str) -> None:
    reading = read(FORM, {"declaration_date": text, "invoice_total": text, "container_flag": text})
    known = {"not_a_number", "too_many_digits", "too_many_decimals", "not_a_date", "not_a_flag"}
    assert {fault.reason for fault in reading.malformed} <= known
