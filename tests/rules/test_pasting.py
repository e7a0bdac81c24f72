"""What a spreadsheet puts on the clipboard: cells, quotes, lines, numbers as people write them, heads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.exchange.sheets.pasting import MOST_SIGNS, read_paste, table_of
from gumruk.exchange.types import FileRefused
from gumruk.web.broker.grid import targets

ALL = targets()
NUMBERS = [ALL[name] for name in ("goods_code", "description", "net_mass", "price")]


def quoted(cell: str) -> str:
    """A cell as Excel and LibreOffice write it."""
    return (
        '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in "\t\n\r") or cell.startswith('"') else cell
    )


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("", []),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("a\rb", [["a"], ["b"]]),
        ("a\t\n\tb", [["a", ""], ["", "b"]]),
        ("a\t", [["a", ""]]),
        ("\n\na", [[""], [""], ["a"]]),
        ('"two\nlines"\tb', [["two\nlines", "b"]]),
        ('"a\r\nb"', [["a\nb"]]),
        ('"a\tb"\tc\n', [["a\tb", "c"]]),
        ('"say ""yes"""\tb', [['say "yes"', "b"]]),
        ('"plain"\tb', [['"plain"', "b"]]),  # a cell whose text has quotes: nothing forced it into quotes
        ('5" pipe\tb', [['5" pipe', "b"]]),
        ('"never closed\tb\nc', [['"never closed', "b"], ["c"]]),
        ('"a"b\tc', [['"a"b', "c"]]),
    ],
)
def test_the_clipboard_is_cells_between_tabs_and_lines(text: str, table: list[list[str]]) -> None:
    assert table_of(text) == table


@given(
    st.lists(
        st.lists(st.text(st.characters(blacklist_characters="\r"), max_size=8), min_size=1, max_size=4), max_size=5
    )
)
def test_what_a_spreadsheet_writes_is_read_back(rows: list[list[str]]) -> None:
    rows = [["x", *row] for row in rows]  # a row that is one empty cell is written as nothing
    assert table_of("".join("\t".join(map(quoted, row)) + "\n" for row in rows)) == rows


@settings(deadline=None)
@given(st.text(st.sampled_from('a1\t\n\r"," .\u00a0\x00\ud800'), max_size=60))
def test_any_text_is_read_and_nothing_is_lost_but_quotes(text: str) -> None:
    rows = table_of(text)
    assert sum(cell.count("a") for row in rows for cell in row) == text.count("a")
    pasted = read_paste(text, NUMBERS, list(ALL.values()))
    assert len(pasted.rows) in (len(rows), len(rows) - 1)


def test_numbers_are_read_as_people_write_them() -> None:
    pasted = read_paste("1701990000\tSugar\t1 250,5\t1\u00a0000,25\n0207.12.000 0\tHens\t0,75\t12\n", NUMBERS)
    assert pasted.rows == (
        {"goods_code": "1701990000", "description": "Sugar", "net_mass": "1250.5", "price": "1000.25"},
        {"goods_code": "0207120000", "description": "Hens", "net_mass": "0.75", "price": "12"},
    )
    assert pasted.faults == ()


def test_a_number_that_reads_in_two_ways_stays_and_is_named_unless_another_tells() -> None:
    alone = read_paste("a\tb\t1,250\t2", NUMBERS)
    assert alone.rows[0]["net_mass"] == "1,250"
    assert alone.faults == ((0, "net_mass", "ambiguous_number"),)
    told = read_paste("1701990000\tb\t1,250\t2,5", NUMBERS)
    assert (told.rows[0]["net_mass"], told.rows[0]["price"], told.faults) == ("1.250", "2.5", ())


def test_what_cannot_be_read_stays_as_it_was_and_is_named() -> None:
    pasted = read_paste("1701990000\tSugar\tten\t1\n207120000\tHens\t1\t2", NUMBERS)
    assert pasted.rows[0]["net_mass"] == "ten"
    assert pasted.faults == ((0, "net_mass", "not_a_number"), (1, "goods_code", "lost_zero"))


def test_cells_without_a_column_are_counted() -> None:
    assert read_paste("1\t2\t3\t\n4\t5\t6", [ALL["price"], ALL["net_mass"]]).beyond == 2


def test_a_head_sends_columns_where_they_belong() -> None:
    pasted = read_paste(
        "Цена\tКод ТН ВЭД\tcolour\tМест\n10\t1701990000\tred\t5", [ALL["goods_code"]], list(ALL.values())
    )
    assert pasted.headed
    assert pasted.rows == ({"price": "10", "goods_code": "1701990000", "packages/1/count": "5"},)
    assert pasted.beyond == 1
    assert not read_paste("Sugar\t33\nPasta\t31", NUMBERS, list(ALL.values())).headed


def test_a_paste_without_end_is_refused() -> None:
    with pytest.raises(FileRefused) as refused:
        read_paste("a" * (MOST_SIGNS + 1), NUMBERS)
    assert refused.value.code == "too_large"
