"""The difference between versions: items are matched by what they are, shared changes are said once."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.web.shared.changes import changes_between, matched, ranges

pytestmark = pytest.mark.django_db


def items(*codes: str, **more: str) -> list[dict[str, Any]]:
    return [
        {"item_number": str(number), "goods_code": code, "description": f"goods {code}", **more}
        for number, code in enumerate(codes, start=1)
    ]


def test_an_item_taken_out_in_the_middle_is_one_change() -> None:
    before = {"items": items(*(f"{number:010d}" for number in range(1, 201)))}
    after = {"items": items(*(f"{number:010d}" for number in range(1, 201) if number != 77))}
    found = changes_between(before, after)
    assert [(one.what, one.was, one.code) for one in found.items] == [("removed", 77, "0000000077")]
    assert (found.header, found.shared, found.folded, found.count) == ((), (), (), 1)


def test_a_change_that_many_items_share_is_said_once() -> None:
    before = {"items": items("1", "2", "3", "4", item_origin_country="CN"), "delivery_place": "A"}
    after = {"items": items("1", "2", "3", "4", item_origin_country="UZ"), "delivery_place": "B"}
    found = changes_between(before, after)
    assert [(one.items, one.change.box, one.change.before[-4:], one.change.after[-4:]) for one in found.shared] == [
        ("1–4", "34", "(CN)", "(UZ)")
    ]
    assert [(one.before, one.after) for one in found.header] == [("A", "B")]
    assert (found.items, found.count) == ((), 5)


def test_one_changed_item_says_its_boxes_in_words() -> None:
    before = {"items": [*items("1", "2"), {"goods_code": "3", "description": "c", "net_mass": "10"}]}
    after = {"items": [*items("1", "2"), {"goods_code": "3", "description": "c", "net_mass": "9.5"}]}
    (one,) = changes_between(before, after).items
    assert (one.number, one.was, one.what) == (3, 3, "changed")
    assert [(change.box, change.before, change.after) for change in one.changes] == [("38", "10", "9.5")]


def test_beyond_twenty_items_with_changes_of_their_own_the_rest_is_folded() -> None:
    codes = [f"{number}" for number in range(1, 61)]
    before = {"items": items(*codes)}
    after = {"items": [{**item, "net_mass": item["goods_code"]} for item in items(*codes)]}
    found = changes_between(before, after)
    assert (len(found.items), len(found.folded), found.count) == (20, 40, 60)


def test_ranges_are_short() -> None:
    assert ranges([3, 1, 2, 7, 9, 10]) == "1–3, 7, 9–10"


@given(
    before=st.lists(st.sampled_from("abcd"), max_size=12).map(lambda codes: items(*codes)),
    after=st.lists(st.sampled_from("abcd"), max_size=12).map(lambda codes: items(*codes)),
)
def test_every_item_is_matched_exactly_once(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    pairs = list(matched(before, after))
    assert sorted(was for was, _ in pairs if was) == list(range(1, len(before) + 1))
    assert sorted(now for _, now in pairs if now) == list(range(1, len(after) + 1))
