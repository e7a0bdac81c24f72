"""Acts on rows of items: each is one splice that can be taken back, and nothing of an item is lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.declarations.canonical import difference, flatten
from gumruk.declarations.rows import (
    RowsRefused,
    Splice,
    cell,
    cleared,
    deleted,
    duplicated,
    filled,
    inserted,
    moved,
    numbered,
    spliced,
    with_cells,
    written,
)
from gumruk.web.broker.grid_ops import Op, lost_zeros, op_of, perform, typed_cells

MOST = 50
ROW = st.fixed_dictionaries(
    {"description": st.text("абв", max_size=3), "price": st.sampled_from(["", "1", "2.5"]), "quota": st.just("Q")}
)
ROWS = st.lists(ROW, min_size=1, max_size=12)
ACTS = st.sampled_from(["insert", "add", "duplicate", "delete", "up", "down", "fill", "clear", "paste"])


def named(*words: str) -> list[dict[str, Any]]:
    return numbered([{"description": word, "documents": [{"number": f"D-{word}"}]} for word in words])


def words(items: list[dict[str, Any]]) -> str:
    return "".join(str(item.get("description", "")) for item in items)


def done(items: list[dict[str, Any]], splice: Splice) -> list[dict[str, Any]]:
    return spliced(items, splice, most=MOST)[0]


def test_rows_are_inserted_duplicated_deleted_and_moved() -> None:
    items = named("a", "b", "c", "d")
    assert words(done(items, inserted(items, 2))) == "abcd"
    assert done(items, inserted(items, 2))[1] == {"item_number": "2"}
    assert words(done(items, duplicated(items, 2, 3))) == "abcbcd"
    assert words(done(items, deleted(items, 1, 2))) == "cd"
    assert words(done(items, moved(items, 2, 3, 1))) == "adbc"
    assert words(done(items, moved(items, 3, 4, -1))) == "acdb"
    assert words(done(items, moved(items, 1, 2, -5))) == "abcd"
    assert words(done(items, moved(items, 1, 1, 99))) == "bcda"
    assert [item["item_number"] for item in done(items, deleted(items, 1, 1))] == ["1", "2", "3"]


def test_a_duplicate_has_its_documents_and_shares_nothing_with_its_row() -> None:
    items = done(named("a"), duplicated(named("a"), 1, 1))
    assert items[1]["documents"] == [{"number": "D-a"}]
    assert with_cells(items[1], {"documents/1/number": "X"})["documents"] == [{"number": "X"}]
    assert items[0]["documents"] == [{"number": "D-a"}]


def test_cells_of_a_first_row_are_read_and_written_and_the_others_stay() -> None:
    item = {"packages": [{"kind": "CT", "count": "1"}, {"kind": "PX", "count": "2"}]}
    assert cell(item, "packages/1/count") == "1"
    assert cell({}, "packages/1/count") == ""
    assert with_cells(item, {"packages/1/count": "5"})["packages"] == [
        {"kind": "CT", "count": "5"},
        {"kind": "PX", "count": "2"},
    ]
    assert with_cells(item, {"packages/1/count": "", "packages/1/kind": ""})["packages"] == [
        {"kind": "PX", "count": "2"}
    ]
    assert item["packages"][0]["count"] == "1"


def test_filling_and_clearing_touch_the_chosen_cells_only() -> None:
    items = numbered([{"price": "5", "quota": "A"}, {"price": "", "quota": "B"}, {"price": "9", "quota": "C"}])
    assert [(one["price"], one["quota"]) for one in done(items, filled(items, 1, 3, ["price"]))] == [
        ("5", "A"),
        ("5", "B"),
        ("5", "C"),
    ]
    assert [(one["price"], one["quota"]) for one in done(items, cleared(items, 2, 3, ["quota"]))] == [
        ("5", "A"),
        ("", ""),
        ("9", ""),
    ]


def test_writing_beyond_the_end_adds_rows_and_no_more_than_the_most() -> None:
    items = named("a", "b")
    made = done(items, written(items, 2, [{"price": "1"}, {"price": "2"}, {"price": "3"}]))
    assert [one.get("price") for one in made] == [None, "1", "2", "3"]
    assert made[1]["documents"] == [{"number": "D-b"}]
    with pytest.raises(RowsRefused, match="too_many_items"):
        done(items, written(items, 2, [{"price": "1"}] * MOST))
    with pytest.raises(RowsRefused, match="no_such_row"):
        written(items, 4, [{"price": "1"}])


@pytest.mark.parametrize("splice", [Splice(0, 0), Splice(9, 0), Splice(2, 9), Splice(1, -1)])
def test_a_splice_of_rows_that_are_not_there_is_refused(splice: Splice) -> None:
    items = named("a", "b")
    with pytest.raises(RowsRefused, match="no_such_row"):
        spliced(items, splice, most=MOST)
    assert words(items) == "ab"


@settings(deadline=None)
@given(ROWS, ACTS, st.integers(1, 12), st.integers(0, 5), st.text('1\t\n",ab', max_size=20))
def test_every_act_is_taken_back_exactly(
    rows: list[dict[str, Any]], name: str, first: int, more: int, text: str
) -> None:
    items = numbered(rows)
    first = min(first, len(items))
    op = Op(name, first, min(first + more, len(items)), ("description", "price"), text)
    made = perform(items, op)
    assert [one["item_number"] for one in made.items] == [str(number) for number in range(1, len(made.items) + 1)]
    assert 1 <= made.focus <= max(1, len(made.items))
    assert made.undo is not None
    back, _ = spliced(made.items, made.undo, most=MOST)
    assert back == items


@settings(deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
       | st.dictionaries(st.sampled_from(["name", "first", "last", "columns", "text", "splice", "at", "count", "rows", "price"]), inner, max_size=6),
       max_leaves=12))  # fmt: skip
def test_whatever_a_page_sends_is_done_or_refused(said: Any) -> None:
    items = named("a", "b")
    try:
        op = op_of(said)
        if op is not None:
            perform(items, op)
        typed_cells(items, said)
    except RowsRefused:
        pass
    assert words(items) == "ab"


def test_typed_cells_begin_the_next_row_but_none_further_away() -> None:
    items = named("a")
    made, touched = typed_cells(
        items, {"1": {"price": "1 250,5"}, "2": {"goods_code": "0207 12 000 0", "nonsense": "x"}}
    )
    assert touched == [1, 2]
    assert made[0]["price"] == "1250.5"
    assert made[1] == {"goods_code": "0207120000", "item_number": "2"}
    for wrong in ({"3": {"price": "1"}}, {"0": {"price": "1"}}, {"x": {"price": "1"}}, {"1": "text"}):
        with pytest.raises(RowsRefused, match="no_such_row"):
            typed_cells(items, wrong)


def test_a_lost_first_zero_is_seen_and_given_back_when_asked() -> None:
    items = numbered(
        [
            {"goods_code": "207120000"},
            {"goods_code": "1701990000"},
            {"goods_code": "999999999"},
            {"goods_code": "805100000"},
        ]
    )
    assert lost_zeros(items) == [1, 4]
    mended = perform(items, Op("zeros"))
    assert [one["goods_code"] for one in mended.items] == ["0207120000", "1701990000", "999999999", "0805100000"]
    assert mended.undo is not None
    assert spliced(mended.items, mended.undo, most=MOST)[0] == items
    assert perform(mended.items, Op("zeros")).undo is None


LEAF = st.sampled_from(["", "1", "a"])
CONTENT = st.dictionaries(st.sampled_from("abc"), st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2), max_leaves=6), max_size=3)  # fmt: skip


@given(CONTENT, CONTENT)
def test_a_difference_is_that_of_the_flattened_texts(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = flatten(before), flatten(after)
    wanted = {
        path: (old.get(path, ""), new.get(path, ""))
        for path in old.keys() | new.keys()
        if old.get(path) != new.get(path)
    }
    assert {one.path: (one.before, one.after) for one in difference(before, after)} == wanted
