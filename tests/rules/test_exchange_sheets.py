"""Items by XLSX and CSV: a preview with every fault, a workbook back, nothing written before it is confirmed."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from datetime import datetime as moment
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from gumruk.cli.demo_content import content as demo
from gumruk.exchange import formats, sheets
from gumruk.exchange.limits import most_items
from gumruk.exchange.sheets.cells import Reading, number
from gumruk.exchange.sheets.columns import recognise, shown
from gumruk.exchange.sheets.types import letter_of
from gumruk.exchange.types import MESSAGES, FileRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import unknown_keys
from gumruk.toolkit import sheets as office_sheets
from tests.rules.test_exchange_asycuda import DAY

HEAD = [
    "№",
    "Код ТН ВЭД",
    "Description of goods",
    "Вазни брутто (кг)",
    "38",
    "Цена товара (в валюте счета)",
    "documents.1.date",
]


def workbook(
    *rows: list[Any], change: Callable[[Workbook], None] | None = None, head: list[str] | None = None
) -> bytes:
    """A workbook with one sheet of items."""
    book = Workbook()
    sheet = book.active
    sheet.title = "items"
    for row in (HEAD if head is None else head, *rows):
        sheet.append(row)
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The archive with parts put in or replaced; `__` in a name stands for `/`, `_dot_` for `.`."""
    named = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, named.pop(entry.filename, None) or old.read(entry))
        for name, part in named.items():
            new.writestr(name, part)
    return out.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


GOOD = [1, "0207120000", "Мурғ", 1050.5, "1 000,25", 99.9, date(2026, 2, 21)]
READ = {
    "item_number": "1", "goods_code": "0207120000", "description": "Мурғ", "gross_mass": "1050.5", "net_mass": "1000.25",
    "price": "99.9", "documents": [{"date": "2026-02-21"}],
}  # fmt: skip


def faults(data: bytes) -> list[tuple[str, str]]:
    return [(fault.cell, fault.code) for fault in sheets.read_sheet(data).faults]


def test_a_workbook_is_read_by_heads_in_any_language_and_by_box() -> None:
    preview = sheets.read_sheet(workbook(GOOD))
    assert [row.item for row in preview.rows] == [READ]
    assert (preview.faults, preview.notes, preview.sheet, preview.header_row) == ((), (), "items", 1)


@pytest.mark.parametrize(
    ("head", "key"),
    [("goods_code", "goods_code"), ("33", "goods_code"), ("Графа 33", "goods_code"), ("Box 33: Goods code", "goods_code"),
     ("33. Рамзи мол", "goods_code"), ("КОД ТОВАРА", "goods_code"), ("Нетто", "net_mass"), ("Қуттии 38", "net_mass"),
     ("documents.7.number", "documents.7.number"), ("44. Номер документа 2", "documents.2.number"),
     ("Packages", "packages.1.count"), ("31. Number of packages", "packages.1.count"), ("documents.99.number", ""),
     ("unknown", ""), ("99", ""), ("", ""), ("Box 33: nonsense", "")],
)  # fmt: skip
def test_heads_are_recognised(head: str, key: str) -> None:
    assert recognise(head) == key


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_every_head_of_the_template_is_recognised_in_its_language(language: str) -> None:
    preview = sheets.read_sheet(sheets.template(language))
    assert [cell.key for cell in preview.header] == [column.key for column in shown()]
    assert (preview.faults, preview.rows, preview.declaration, preview.notes) == ((), (), {}, ())
    book = load_workbook(io.BytesIO(sheets.template(language)))
    assert {"country", "unit", "package", "document"} <= set(book.sheetnames)
    assert ["AF", "Афғонистон", "Афганистан", "Afghanistan"] in [
        [cell.value for cell in row] for row in book["country"]
    ]


def test_what_is_filled_into_the_template_becomes_a_declaration() -> None:
    ours = demo(seed=5, items=2, day=DAY)
    book = load_workbook(io.BytesIO(sheets.template("ru")))
    header = book["декларация"]
    for row in header.iter_rows(min_row=2):
        row[3].value = ours.get(row[0].value)
    items = book["товары"]
    for line, item in enumerate(ours["items"], start=2):
        flat = {**item}
        for group in ("packages", "documents"):
            flat |= {
                f"{group}.{at}.{name}": said for at, rows in enumerate(item[group], 1) for name, said in rows.items()
            }
        for place, column in enumerate(shown(), start=1):
            items.cell(line, place).value = flat.get(column.key)
    out = io.BytesIO()
    book.save(out)
    parsed = formats.parse(out.getvalue())
    assert parsed.content == ours
    assert parsed.format == "xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_its_encoding_and_with_its_delimiter(encoding: str, delimiter: str) -> None:
    rows = [["№", "Код ТН ВЭД", "Описание товара", "Вес нетто"], ["1", "0207 12 000 0", 'Курица "целая"', '"1050,25"']]
    rows[1][2] = '"Курица ""целая"""'
    text = "\r\n".join(delimiter.join(row) for row in rows)
    preview = sheets.read_sheet(text.encode(encoding))
    assert [row.item for row in preview.rows] == [
        {"item_number": "1", "goods_code": "0207120000", "description": 'Курица "целая"', "net_mass": "1050.25"}
    ]
    said = {note.code: dict(note.values) for note in preview.notes}
    assert said["delimiter"] == {"delimiter": {"\t": "TAB"}.get(delimiter, delimiter)}
    assert ("encoding" in said) == (encoding in ("utf-16", "cp1251"))
    assert preview.faults == ()


@pytest.mark.parametrize(
    ("said", "read"),
    [("1 250,50", "1250.50"), ("1\u00a0250,50", "1250.50"), ("1\u202f250", "1250"), ("1'250.5", "1250.5"), ("1.250,5", "1250.5"),
     ("1,250.5", "1250.5"), ("1,250,000", "1250000"), ("10,5", "10.5"), ("0,125", "0.125"), ("\u22125", "-5"), ("12", "12"),
     ("abc", "abc"), ("1,2,3", "1.2,3")],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(said: str, read: str) -> None:
    assert number(said, Reading()) == (read, None)


def test_a_comma_that_could_be_either_is_asked_about_unless_the_sheet_decides() -> None:
    head = ["№", "Вес нетто"]
    assert faults(workbook([1, "1,250"], head=head)) == [("B2", "ambiguous_number")]
    assert faults(workbook([1, "1,250"], [2, "0,5"], head=head)) == []
    assert sheets.read_sheet("№;Вес нетто\n1;1,250".encode()).rows[0].item["net_mass"] == "1.250"
    assert sheets.read_sheet("№\tВес нетто\n1\t1,250".encode()).faults[0].code == "ambiguous_number"


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [(3, "ten", "not_a_number"), (3, "1E5", "not_a_number"), (3, "1.2345678", "too_many_decimals"), (3, "9" * 20, "too_many_digits"),
     (3, date(2026, 1, 1), "not_a_number"), (6, "31.02.2026", "not_a_date"), (6, "soon", "not_a_date"), (6, 0, "not_a_date"),
     (6, 99999999, "not_a_date"), (1, 207120000, "lost_zero"), (2, date(2026, 1, 1), "not_text"), (2, "x" * 2001, "too_long"),
     (2, "a\u202eb", "control_character"), (2, moment(2026, 1, 1, 5, 4), "not_text")],  # noqa: DTZ001 - a spreadsheet knows no zone
)  # fmt: skip
def test_each_wrong_cell_is_named_and_the_others_are_read(place: int, value: Any, code: str) -> None:
    row = [*GOOD]
    row[place] = value
    preview = sheets.read_sheet(workbook(GOOD, row))
    assert [(fault.cell, fault.code) for fault in preview.faults] == [(f"{letter_of(place + 1)}3", code)]
    assert preview.rows[0].item == READ
    for language in ("tg", "ru", "en"):
        assert f"{letter_of(place + 1)}3" in preview.faults[0].worded(language)


def test_dates_of_a_spreadsheet_are_read_in_every_form() -> None:
    said = [
        "26.10.2023",
        "26/10/2023",
        "2023-10-26",
        45225,
        date(2023, 10, 26),
        moment(2023, 10, 26),  # noqa: DTZ001
        "2023-10-26T00:00:00",
    ]
    preview = sheets.read_sheet(workbook(*([*GOOD[:6], one] for one in said)))
    assert {row.item["documents"][0]["date"] for row in preview.rows} == {"2023-10-26"}


def test_serials_of_a_workbook_that_counts_from_1904_are_read_so() -> None:
    data = workbook([*GOOD[:6], 43763])
    old = part(data, "xl/workbook.xml")
    counted = repacked(data, xl__workbook_dot_xml=old.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1))
    assert b"date1904" in part(counted, "xl/workbook.xml")
    assert sheets.read_sheet(counted).rows[0].item["documents"] == [{"date": "2023-10-26"}]


def test_numbers_of_a_spreadsheet_have_no_binary_tail() -> None:
    preview = sheets.read_sheet(workbook([1, 10207120000, "x", 0.1 + 0.2, 5, 1e15]))
    item = preview.rows[0].item
    assert (item["gross_mass"], item["net_mass"], item["goods_code"]) == ("0.3", "5", "10207120000")


def test_formulas_without_a_value_errors_and_merged_cells_are_named() -> None:
    def change(book: Workbook) -> None:
        sheet = book["items"]
        sheet["D2"] = "=1+1"
        sheet["E3"] = "#REF!"
        sheet.merge_cells("C2:C3")

    assert faults(workbook(GOOD, GOOD, change=change)) == [
        ("D2", "formula_empty"),
        ("C3", "merged"),
        ("E3", "cell_error"),
    ]


def test_hidden_sheets_and_unknown_columns_are_said_not_read() -> None:
    def change(book: Workbook) -> None:
        hidden = book.create_sheet("secret")
        hidden.append(HEAD)
        hidden.append(GOOD)
        hidden.sheet_state = "hidden"
        book.create_sheet("extra").append(["a"])

    preview = sheets.read_sheet(workbook([*GOOD, "?"], change=change, head=[*HEAD, "Foo"]))
    assert len(preview.rows) == 1
    assert {note.code for note in preview.notes} == {"sheet_hidden", "sheet_unused", "column_unused"}
    assert all(note.worded("tg") for note in preview.notes)


def test_a_column_that_stands_twice_is_a_fault() -> None:
    assert faults(workbook([1, 2, 3], head=["№", "38", "Net mass (kg)"])) == [("C1", "column_twice")]


def test_a_title_above_the_head_and_empty_rows_between_do_not_matter() -> None:
    data = workbook([None], HEAD, [None], GOOD, [None], [2, *GOOD[1:]], head=["Счет 7", None])
    preview = sheets.read_sheet(data)
    assert (preview.header_row, [row.number for row in preview.rows]) == (3, [5, 7])


def test_items_are_put_in_place_of_or_behind_those_of_the_draft() -> None:
    preview = sheets.read_sheet(workbook(GOOD, GOOD))
    content = {"office": "PRV-R01", "items": [{"item_number": "1", "description": "old"}]}
    replaced = sheets.apply(preview, content, "replace")
    assert replaced == {"office": "PRV-R01", "items": [READ, {**READ, "item_number": "2"}]}
    appended = sheets.apply(preview, content, "append")
    assert [item["description"] for item in appended["items"]] == ["old", "Мурғ", "Мурғ"]
    assert [item["item_number"] for item in appended["items"]] == ["1", "2", "3"]
    assert content == {"office": "PRV-R01", "items": [{"item_number": "1", "description": "old"}]}
    assert not list(unknown_keys(lawbook.form(), appended))


def test_a_sheet_with_faults_is_not_applied_and_gives_all_of_them() -> None:
    preview = sheets.read_sheet(workbook([*GOOD[:3], "ten", "x", *GOOD[5:]]))
    with pytest.raises(sheets.SheetRefused, match="the first in cell D2") as refused:
        sheets.apply(preview, {}, "replace")
    assert [fault.cell for fault in refused.value.faults] == ["D2", "E2"]
    with pytest.raises(FileRefused, match="no item"):
        sheets.apply(sheets.read_sheet(workbook()), {}, "append")
    full = {"items": [{} for _ in range(most_items())]}
    with pytest.raises(FileRefused, match="more than 1999 items"):
        sheets.apply(sheets.read_sheet(workbook(GOOD)), full, "append")


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_the_workbook_comes_back_with_a_column_of_errors_and_no_formula(language: str) -> None:
    data = "№;Вес нетто;Описание товара\n1;ten;=cmd()\n2;5;ok\n".encode()
    preview = sheets.read_sheet(data)
    sheet = load_workbook(io.BytesIO(sheets.workbook_with_errors(preview, language))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][:3] == ["1", "ten", "=cmd()"]
    assert sheet["C2"].data_type == "s"
    assert rows[1][3] == preview.faults[0].worded(language)
    assert rows[2][3] is None
    again = sheets.read_sheet(sheets.workbook_with_errors(preview, language))
    assert [row.item for row in again.rows] == [row.item for row in preview.rows]


def test_a_mended_workbook_goes_in() -> None:
    book = load_workbook(
        io.BytesIO(sheets.workbook_with_errors(sheets.read_sheet(workbook([*GOOD[:3], "ten", *GOOD[4:]])), "tg"))
    )
    book.active["D2"] = 1050.5
    out = io.BytesIO()
    book.save(out)
    assert sheets.apply(sheets.read_sheet(out.getvalue()), {}, "replace") == {"items": [READ]}


def test_the_sheet_of_the_declaration_names_what_it_does_not_know() -> None:
    def change(book: Workbook) -> None:
        header = book.create_sheet("Декларация")
        for row in (["Поле", "Значение"], ["office", "PRV-R01"], ["Invoice total", "1 250,5"], ["declaration_date", "1.2.26"],
                    ["ofice", "x"], ["transit_offices.1.office", "A"], ["container_flag", "нет"]):  # fmt: skip
            header.append(row)

    preview = sheets.read_sheet(workbook(GOOD, change=change))
    assert preview.declaration == {
        "office": "PRV-R01", "invoice_total": "1250.5", "declaration_date": "1.2.26", "container_flag": "0",
        "transit_offices": [{"office": "A"}],
    }  # fmt: skip
    assert [(fault.cell, fault.code) for fault in preview.faults] == [("B4", "not_a_date"), ("A5", "unknown_field")]


def bomb() -> bytes:
    huge = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + b" " * 60_000_000
    )
    return repacked(workbook(GOOD), xl__worksheets__sheet1_dot_xml=huge)


def far(reference: bytes) -> bytes:
    data = workbook(GOOD)
    sheet = part(data, "xl/worksheets/sheet1.xml")
    cell = b'<row r="1048576"><c r="%s"><v>1</v></c></row></sheetData>' % reference
    return repacked(data, xl__worksheets__sheet1_dot_xml=sheet.replace(b"</sheetData>", cell))


def lying() -> bytes:
    data = bytearray(workbook(GOOD))
    at = data.index(b"PK\x01\x02") + 24  # the unpacked size in the directory
    data[at : at + 4] = (1).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 nothing", "not_xlsx"),
        (bomb(), "bomb"),
        (repacked(workbook(GOOD), **{f"xl__x{n}_dot_xml": b"<x/>" for n in range(1001)}), "bomb"),
        (lying(), "not_xlsx"),
        (repacked(workbook(GOOD), xl__vbaProject_dot_bin=b"macro"), "macros"),
        (repacked(workbook(GOOD), xl__workbook_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook/>'), "hostile_xml"),
        (far(b"XFD1048576"), "too_many_rows"),
        (far(b"A5000"), "too_many_rows"),
        (repacked(workbook(GOOD), xl__worksheets__sheet1_dot_xml=b"<worksheet><sheetData><row>"), "not_xlsx"),
        (workbook(*([[n] for n in range(2200)])), "too_many_rows"),
        (workbook([1] * 400), "too_many_columns"),
        (workbook(*([n, "0207120000"] for n in range(2000))), "too_many_items"),
        (workbook([1], head=["a", "b"]), "no_header"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old_excel"),
        (b"PK\x03\x04" + b"x" * 10_000_001, "too_large"),
        ("№;Вес нетто\n".encode() + b"1;1\n" * 2200, "too_many_rows"),
        ("№;Вес нетто".encode() + b";" * 400, "too_many_columns"),
        ("№;Вес нетто\n1;1".encode() + b" " * 10_000_001, "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_hostile_workbooks_and_csv_are_refused_with_their_reason(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        formats.parse(data)
    assert refused.value.code == code


def test_formats_that_reach_to_the_last_row_are_no_rows() -> None:
    data = far(b"A1048576").replace(b"x", b"x")
    sheet = part(data, "xl/worksheets/sheet1.xml").replace(b'<c r="A1048576"><v>1</v></c>', b'<c r="A1048576" s="0"/>')
    assert len(sheets.read_sheet(repacked(data, xl__worksheets__sheet1_dot_xml=sheet)).rows) == 1


@st.composite
def mutated_workbooks(draw: Any) -> bytes:
    """A workbook whose parts, not whose archive, were damaged."""
    data = workbook(GOOD, GOOD)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        name = draw(st.sampled_from([one for one in archive.namelist() if one.endswith((".xml", ".rels"))]))
    damaged = bytearray(part(data, name))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311
    for _ in range(draw(st.integers(1, 5))):
        at = chance.randrange(len(damaged))
        if chance.random() < 0.5:
            damaged[at] = chance.randrange(256)
        else:
            damaged[at : at + chance.randrange(1, 30)] = bytes(
                chance.randrange(32, 127) for _ in range(chance.randrange(5))
            )
    return repacked(data, **{name.replace("/", "__").replace(".", "_dot_"): bytes(damaged)})


def only_refusals_escape(data: bytes) -> None:
    try:
        preview = sheets.read_sheet(data)
    except FileRefused as refused:
        assert refused.code in MESSAGES
        return
    for language in ("tg", "ru", "en"):
        assert all(fault.worded(language) for fault in preview.faults)
    sheets.workbook_with_errors(preview, "en")


@settings(max_examples=60, deadline=None)
@given(mutated_workbooks())
def test_whatever_a_workbook_holds_only_a_refusal_escapes(data: bytes) -> None:
    only_refusals_escape(data)


@pytest.mark.full
@settings(max_examples=3000, deadline=None)
@given(mutated_workbooks())
def test_whatever_a_workbook_holds_only_a_refusal_escapes_at_length(data: bytes) -> None:
    only_refusals_escape(data)


CELLS = st.none() | st.booleans() | st.integers(-10**12, 10**12) | st.floats(allow_nan=False, allow_infinity=False) | st.dates(date(1901, 1, 1)) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=20
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=4))
def test_whatever_cells_hold_the_preview_says_it_and_the_workbook_goes_back(rows: list[list[Any]]) -> None:
    data = workbook(*rows)
    preview = sheets.read_sheet(data)
    for row in preview.rows:
        assert not list(unknown_keys(lawbook.form(), {"items": [row.item]}))
    load_workbook(io.BytesIO(sheets.workbook_with_errors(preview, "ru")))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16"]))
def test_whatever_a_csv_holds_only_a_refusal_escapes(text: str, encoding: str) -> None:
    only_refusals_escape(("№;Вес нетто\n" + text).encode(encoding, "ignore"))


def test_a_cell_far_away_asks_for_no_memory_at_any_door() -> None:
    for reference in (b"XFD1048576", b"ZZZ9999999"):
        with pytest.raises(office_sheets.SheetRefused, match="too_many_rows"):
            office_sheets.read_sheet(far(reference))


def by_hand(rows: bytes, *, strings: bytes = b"", formats: bytes = b"", more: bytes = b"") -> bytes:
    """A workbook as other programs write it: shared texts, formats of days, cells without references."""
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = b"<x:worksheet xmlns:x=%s><x:sheetData>" % main[6:] + rows + b"</x:sheetData>" + more + b"</x:worksheet>"
    return repacked(
        workbook(GOOD),
        xl__worksheets__sheet1_dot_xml=sheet,
        xl__sharedStrings_dot_xml=b"<sst %s>" % main + strings + b"</sst>",
        xl__styles_dot_xml=b"<styleSheet %s><numFmts>" % main + formats + b"</cellXfs></styleSheet>",
    )


STRINGS = b"<si><t>\xe2\x84\x96</t></si><si><r><t>Net </t></r><r><t>mass (kg)</t></r><rPh><t>no</t></rPh></si><si><t>documents.1.date</t></si>"
FORMATS = (
    b'<numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="x"/>'
)
HEADS = b'<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="s"><x:v>2</x:v></x:c></x:row>'


def test_workbooks_of_other_programs_are_read() -> None:
    rows = HEADS + (
        b'<x:row r="3"><x:c r="A3" t="b"><x:v>1</x:v></x:c><x:c><x:f>1+1</x:f><x:v>2.50</x:v></x:c><x:c s="1"><x:v>45225</x:v></x:c></x:row>'
        b'<x:row><x:c><x:v>2</x:v></x:c><x:c s="2"><x:v>7E0</x:v></x:c><x:c s="3"><x:v>45225.75</x:v></x:c></x:row>'
        b'<x:row><x:c t="str"><x:f>A1</x:f><x:v>3</x:v></x:c><x:c r="C5" t="d"><x:v>2023-10-26T00:00:00</x:v></x:c></x:row>'
        b'<x:row><x:c t="inlineStr"><x:is><x:t>4</x:t></x:is></x:c><x:c t="s"/><x:c s="1"><x:v>99999999</x:v></x:c></x:row>'
    )
    preview = sheets.read_sheet(by_hand(rows, strings=STRINGS, formats=FORMATS))
    dated = {"documents": [{"date": "2023-10-26"}]}
    assert [row.item for row in preview.rows] == [
        {"item_number": "1", "net_mass": "2.5", **dated},
        {"item_number": "2", "net_mass": "7", **dated},
        {"item_number": "3", **dated},
        {"item_number": "4", "documents": [{"date": "99999999"}]},
    ]
    assert [(fault.cell, fault.code) for fault in preview.faults] == [("C6", "not_a_date")]
    assert [row.number for row in preview.rows] == [3, 4, 5, 6]


@pytest.mark.parametrize(
    ("rows", "more", "code"),
    [
        (b'<x:row><x:c t="s"><x:v>99</x:v></x:c></x:row>', b"", "not_xlsx"),
        (b'<x:row><x:c t="s"><x:v>-1</x:v></x:c></x:row>', b"", "not_xlsx"),
        (b'<x:row r="-5"><x:c r="a1"><x:v>1</x:v></x:c></x:row>', b"", "no_header"),
        (HEADS, b'<x:mergeCells><x:mergeCell ref="A1:XFD1048576"/><x:mergeCell ref="A1:"/></x:mergeCells>', "taken"),
        (HEADS, b"<x:mergeCells>" + b'<x:mergeCell ref="A1:KN2099"/>' * 2 + b"</x:mergeCells>", "taken"),
    ],
)
def test_references_are_never_trusted(rows: bytes, more: bytes, code: str) -> None:
    try:
        sheets.read_sheet(by_hand(rows, strings=STRINGS, formats=FORMATS, more=more))
    except FileRefused as refused:
        assert refused.code == code
    else:
        assert code == "taken"
