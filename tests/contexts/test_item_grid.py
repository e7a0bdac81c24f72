"""The item grid's saves: only what changed, all or nothing, never over somebody else's; the same acts without scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from gumruk.cli import demo
from gumruk.declarations.models import Declaration
from gumruk.risk.models import LaneShare

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None) -> str:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()
    made = Caller("broker").call("post", "/declarations", said()).json()["id"]
    return f"/declarations/{made}"


@pytest.fixture
def client(place: str) -> Client:
    return signed_in("broker")


def stored() -> dict[str, Any]:
    found: dict[str, Any] = Declaration.objects.get().draft
    return found


def items() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = stored()["items"]
    return found


def send(client: Client, place: str, **body: Any) -> Any:
    body = {"revision": Declaration.objects.get().revision, "page": "1", "size": "50", **body}
    return client.post(f"{place}/items/patch", json.dumps(body), content_type="application/json")


def test_a_patch_writes_the_typed_cells_and_leaves_the_rest(client: Client, place: str) -> None:
    before = items()
    answer = send(client, place, cells={"2": {"price": "1 250,5", "packages/1/count": "7"}})
    assert answer.json()["revision"] == 1
    assert answer.json()["message"].startswith("Saved ")
    after = items()
    assert after[0] == before[0]
    assert (after[1]["price"], after[1]["packages"][0]["count"]) == ("1250.5", "7")
    assert after[1]["documents"] == before[1]["documents"]


def test_what_is_typed_wrong_is_named_in_its_cell_at_once_and_what_is_empty_is_not(client: Client, place: str) -> None:
    answer = send(client, place, cells={"1": {"price": "ten", "net_mass": ""}}).json()
    [(path, words)] = answer["faults"]["1"].items()
    assert path == "items/1/price"
    assert "ten" in words
    assert send(client, place, cells={"1": {"price": "10"}}).json()["faults"] == {"1": {}}


def test_a_patch_from_an_old_page_writes_nothing_and_names_both_texts(client: Client, place: str) -> None:
    send(client, place, cells={"1": {"price": "11"}})
    before = stored()
    late = send(
        client,
        place,
        revision=0,
        cells={"1": {"price": "12", "quota": "Q"}},
        op={"name": "delete", "first": 2, "last": 2},
    )
    assert late.status_code == 409
    said_back = late.json()
    assert (said_back["code"], said_back["revision"]) == ("changed_meanwhile", 1)
    assert {"row": 1, "path": "price", "mine": "12", "theirs": "11"} in said_back["differs"]
    assert stored() == before
    again = send(client, place, revision=1, cells={"1": {"price": "12"}})
    assert again.status_code == 200
    assert items()[0]["price"] == "12"


def test_cells_and_an_act_are_kept_together_or_not_at_all(client: Client, place: str) -> None:
    before = stored()
    refused = send(client, place, cells={"1": {"price": "77"}}, op={"name": "delete", "first": 9, "last": 9})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_row")
    too_many = send(
        client,
        place,
        cells={"1": {"price": "77"}},
        op={"name": "paste", "first": 1, "columns": ["quota"], "text": "1\n" * 2000},
    )
    assert (too_many.status_code, too_many.json()["code"]) == (422, "too_many_items")
    assert "1999" in too_many.json()["message"]
    assert (stored(), Declaration.objects.get().revision) == (before, 0)
    done = send(client, place, cells={"1": {"price": "77"}}, op={"name": "duplicate", "first": 1, "last": 1})
    assert done.status_code == 200
    assert [one["price"] for one in items()][:2] == ["77", "77"]
    assert stored()["items_total"] == "3"


def test_a_paste_grows_the_rows_and_is_taken_back_whole(client: Client, place: str) -> None:
    before = items()
    text = "".join(f"170199000{number % 10}\tSugar {number}\t{number},5\n" for number in range(200))
    answer = send(
        client, place, op={"name": "paste", "first": 2, "columns": ["goods_code", "description", "price"], "text": text}
    ).json()
    assert len(items()) == 201
    assert (items()[1]["description"], items()[200]["price"]) == ("Sugar 0", "199.5")
    assert items()[1]["documents"] == before[1]["documents"]
    assert "Pasted into rows 2 to 201." in answer["notes"]
    assert answer["html"].count('data-row="') == 50
    send(client, place, op={"name": "undo", "first": 1, "splice": answer["undo"]})
    assert items() == before


def test_a_full_declaration_of_1999_items_is_pasted_saved_and_shown_by_pages(client: Client, place: str) -> None:
    text = "".join(f"1701990000\tSugar {number}\t1\n" for number in range(1, 2000))
    answer = send(
        client, place, op={"name": "paste", "first": 1, "columns": ["goods_code", "description", "price"], "text": text}
    )
    assert answer.status_code == 200
    assert len(items()) == 1999
    send(client, place, page="40", cells={"1999": {"price": "2"}})
    assert items()[1998]["price"] == "2"
    page = client.get(f"{place}/items?page=40").content.decode()
    assert 'name="items/1951/goods_code"' in page
    assert 'name="items/1999/goods_code"' in page
    assert 'name="items/1950/goods_code"' not in page
    assert "1951–1999 / 1999" in page


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"revision": 0, "cells": 5, "op": []}', b'{"revision": 0, "op": {"name": "burn"}}',
                                  b'{"revision": 0, "cells": {"1": 4}}', b"[" * 100_000])  # fmt: skip
def test_a_patch_that_is_none_changes_nothing(client: Client, place: str, body: bytes) -> None:
    before = stored()
    answer = client.post(f"{place}/items/patch", body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.json()["message"]
    assert stored() == before


def test_a_stranger_and_a_lodged_declaration_take_no_patch(client: Client, place: str) -> None:
    assert send(signed_in("broker2"), place, cells={"1": {"price": "1"}}).status_code == 404
    client.post(f"{place}/save", {"revision": "0", "act": "lodge", "here": "form"})
    before = stored()
    assert send(client, place, cells={"1": {"price": "1"}}).status_code == 409
    assert client.post(f"{place}/items/act", {"grid": "delete", "rows": "1"})["Location"] == place
    assert stored() == before


@pytest.mark.parametrize(("name", "rows", "left"), [("delete", ["1"], ["B"]), ("duplicate", ["1"], ["A", "A", "B"]),
                                                    ("down", ["1"], ["B", "A"]), ("insert", ["2"], ["A", "", "B"]), ("add", [], ["A", "B", ""])])  # fmt: skip
def test_rows_are_changed_by_a_plain_form_after_what_was_typed(
    client: Client, place: str, name: str, rows: list[str], left: list[str]
) -> None:
    typed = {"items/1/description": "A", "items/2/description": "B"}
    answer = client.post(
        f"{place}/items/act", {"revision": "0", "grid": name, "rows": rows, "page": "1", "size": "50", **typed}
    )
    assert answer["Location"].startswith(f"{place}/items?page=1&size=50")
    assert [one.get("description", "") for one in items()] == left


def test_pasting_filling_and_clearing_work_by_a_plain_form(client: Client, place: str) -> None:
    client.post(
        f"{place}/items/act", {"revision": "0", "grid": "paste", "at_row": "2", "from": "price", "text": "5,5\n6,5"}
    )
    assert [one["price"] for one in items()[1:]] == ["5.5", "6.5"]
    client.post(f"{place}/items/act", {"revision": "1", "grid": "fill", "rows": ["2", "3"], "from": "price"})
    assert [one["price"] for one in items()[1:]] == ["5.5", "5.5"]
    client.post(f"{place}/items/act", {"revision": "2", "grid": "clear", "rows": ["2", "3"], "from": "price"})
    assert [one.get("price") for one in items()[1:]] == [None, None]
    assert all(one.get("goods_code") for one in items()[:2])
    before = stored()
    refused = client.post(f"{place}/items/act", {"revision": "3", "grid": "delete", "items/1/quota": "kept"})
    assert refused.status_code == 422
    assert 'id="summary"' in refused.content.decode()
    stale = client.post(f"{place}/items/act", {"revision": "1", "grid": "delete", "rows": "1"})
    assert stale.status_code == 422
    assert stored() == before


def test_the_columns_are_chosen_and_the_goods_code_always_stands(client: Client, place: str) -> None:
    client.post(f"{place}/items/act", {"revision": "0", "grid": "columns", "columns": ["price", "relief"]})
    page = client.get(f"{place}/items").content.decode()
    assert [name for name in ("goods_code", "price", "relief", "net_mass") if f'name="items/1/{name}"' in page] == [
        "goods_code",
        "price",
        "relief",
    ]
    client.post(f"{place}/items/act", {"revision": "1", "grid": "usual"})
    assert 'name="items/1/net_mass"' in client.get(f"{place}/items").content.decode()


def test_totals_stand_beside_the_header_with_the_difference_in_words(client: Client, place: str) -> None:
    send(
        client,
        place,
        cells={"1": {"packages/1/count": "10", "price": "100.10"}, "2": {"packages/1/count": "5", "price": "0.20"}},
    )
    client.post(f"{place}/save", {"revision": "1", "here": "start", "packages_total": "16", "invoice_total": "100.30"})
    page = client.get(f"{place}/items").content.decode()
    assert "Box 6 says 16: the items have 1 less." in page
    assert f'href="{place}/part/start#f-packages_total"' in page
    assert "Agrees with box 22." in page
    assert "Agrees with box 5." in page
    client.post(f"{place}/items/act", {"revision": "2", "grid": "totals"})
    assert (stored()["packages_total"], stored()["invoice_total"]) == ("15", "100.30")
    assert "Agrees with box 6." in client.get(f"{place}/items").content.decode()


def test_the_shares_of_costs_come_to_the_whole(client: Client, place: str) -> None:
    page = client.get(f"{place}/items/shares").content.decode()
    assert "Costs are shared by gross mass (box 35)" in page
    assert page.count("agrees") == 2  # freight and insurance
    client.post(f"{place}/save", {"revision": "0", "here": "valuation", "apportionment": "VALUE"})
    assert "Costs are shared by price (box 42)" in client.get(f"{place}/items/shares").content.decode()


def test_the_next_fault_is_found_wherever_it_stands(client: Client, place: str) -> None:
    assert client.get(f"{place}/items/fault?after=0").json() == {"message": "No item has a fault."}
    text = "\n".join("1701990000" for _ in range(60))
    send(client, place, op={"name": "paste", "first": 3, "columns": ["goods_code"], "text": text})
    assert client.get(f"{place}/items/fault?after=55&size=50").json() == {"row": 56, "page": 2}
    assert client.get(f"{place}/items/fault?after=62&size=50").json() == {"row": 3, "page": 1}
    assert client.get(f"{place}/items/fault?after=10&back=1").json() == {"row": 9, "page": 1}


def test_a_fault_on_another_page_of_the_grid_is_mended_on_the_page_of_its_item(client: Client, place: str) -> None:
    text = "\n".join("1701990000" for _ in range(60))
    send(client, place, op={"name": "paste", "first": 3, "columns": ["goods_code"], "text": text})
    page = client.get(f"{place}/form?check=1").content.decode()
    assert f'href="{place}/items/60?check=1#f-items-60-price"' in page
    assert 'href="#f-items-40-price"' in page
    second = client.get(f"{place}/form?check=1&page=2").content.decode()
    assert 'href="#f-items-60-price"' in second


def test_saving_leads_back_to_the_page_of_the_grid_that_was_seen(client: Client, place: str) -> None:
    answer = client.post(f"{place}/save", {"revision": "0", "here": "items", "act": "save", "page": "2", "size": "50"})
    assert answer["Location"] == f"{place}/items?page=2&size=50"
