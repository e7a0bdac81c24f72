"""How many items a declaration takes is said by the form, once, for every parser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gumruk.exchange import json_files, limits, sheets
from gumruk.exchange.types import FileRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.bodies import BodyRefused, field
from gumruk.lawbook.files import entries
from gumruk.lawbook.types import Kind


def items(count: int) -> dict[str, object]:
    return {"items": [{"item_number": str(number)} for number in range(1, count + 1)]}


def test_the_form_takes_1999_items_and_the_next_one_is_refused() -> None:
    assert limits.most_items() == 1999
    assert len(json_files.checked(items(1999))["items"]) == 1999
    with pytest.raises(FileRefused, match="Split the declaration") as refused:
        json_files.checked(items(2000))
    assert refused.value.values == {"limit": "1999"}


@pytest.mark.parametrize(("said", "most"), [(3, 3), (None, limits.PROVED), (50_000, limits.PROVED)])
def test_a_form_with_another_limit_is_followed_as_far_as_was_proved(
    monkeypatch: pytest.MonkeyPatch, said: int | None, most: int
) -> None:
    form = lawbook.form()
    header = {**form.header, "items_total": replace(form.header["items_total"], most=said)}
    monkeypatch.setattr(lawbook, "form", lambda *_: replace(form, header=header))
    assert limits.most_items() == most
    if said == 3:
        with pytest.raises(FileRefused, match="Split the declaration"):
            sheets.read_items(b"goods_code\n1\n2\n3\n4\n")


@pytest.mark.parametrize("wrong", [0, -1, "1999", True])
def test_a_limit_that_is_no_count_is_refused(wrong: object) -> None:
    [entry] = [one for one in entries() if one.kind is Kind.FIELD and one.key == "header/items_total"]
    field(entry)
    with pytest.raises(BodyRefused, match="most"):
        field(replace(entry, body={**entry.body, "most": wrong}))
