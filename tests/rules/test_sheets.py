"""Sheets: CSV and XLSX come out as the same text; hostile and broken files are refused by name."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gumruk.toolkit import sheets
from gumruk.toolkit.sheets import SheetRefused, read_sheet, write_sheet


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_csv_with_any_separator_and_a_workbook_say_the_same() -> None:
    rows = [("код", "қурб"), ("USD", "10,5")]
    for separator in (";", "\t"):
        text = "\n".join(separator.join(row) for row in rows)
        assert read_sheet(text.encode()) == rows
        assert read_sheet(text.encode("utf-8-sig")) == rows
        assert read_sheet(text.encode("utf-16")) == rows
    assert read_sheet(b'code,rate\nUSD,"10,5"\n') == [("code", "rate"), ("USD", "10,5")]
    assert read_sheet(workbook(["код", "қурб"], ["USD", "10,5"])) == rows


def test_decomposed_letters_come_out_in_one_piece() -> None:
    assert read_sheet("сомони\u0304;1".encode()) == [("сомонӣ", "1")]


def test_numbers_of_a_workbook_are_what_was_typed() -> None:
    assert read_sheet(workbook(["c"], [10.842], [207120000], [0.1])) == [("c",), ("10.842",), ("207120000",), ("0.1",)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_excel"),
        (b"PK\x03\x04nothing", "not_a_workbook"),
        ("Қурб".encode("koi8-t"), "encoding"),
        (b"a,b\n\0,1", "not_csv"),
        (b"," * 300, "too_many_columns"),
        (b'a,b\n"' + b"x" * 140_000, "not_csv"),
    ],
)
def test_what_is_no_sheet_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data)
    assert refused.value.code == code


def test_a_packed_bomb_and_a_huge_file_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.UNPACKED_LIMIT + 1))
    assert len(kept.getvalue()) < 1_000_000
    with pytest.raises(SheetRefused, match="too_large"):
        read_sheet(kept.getvalue())
    with pytest.raises(SheetRefused, match="too_large"):
        read_sheet(b"1" * (sheets.LIMIT + 1))


def test_a_written_workbook_holds_text_only_and_reads_back() -> None:
    rows = [("код", "хато"), ("0207120000", "=1+1"), ("\x01x", "")]
    data = write_sheet(rows, marked=frozenset({1}), widths=(14, 60))
    assert read_sheet(data) == [("код", "хато"), ("0207120000", "=1+1"), ("x", "")]
    cell = load_workbook(io.BytesIO(data)).active["B2"]  # type: ignore[index]
    assert cell.data_type == "s"


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(str.encode),
        st.binary(max_size=200).map(b"PK\x03\x04".__add__),
    )
)
@example(workbook(["a"])[:-30])
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        rows = read_sheet(data)
    except SheetRefused as refused:
        assert refused.code
    else:
        assert all(isinstance(cell, str) for row in rows for cell in row)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_workbook_with_one_changed_byte_is_read_or_refused(place: int, byte: int) -> None:
    data = bytearray(workbook(["code", "rate"], ["USD", 10.5]))
    data[place % len(data)] = byte
    try:
        read_sheet(bytes(data))
    except SheetRefused as refused:
        assert refused.code
