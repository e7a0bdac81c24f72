"""Choosing codes: the firm's own first, a page of its own that loses nothing, the tree, rates by day and origin."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.cli import demo
from gumruk.declarations import services as drafts
from gumruk.declarations.models import Declaration
from gumruk.declarations.used import used_codes, used_goods
from gumruk.lawbook import selectors as lawbook
from gumruk.risk.models import LaneShare
from gumruk.trust import selectors as trust

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(db: None) -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()


@pytest.fixture
def place(people: None) -> str:
    made = Caller("broker").call("post", "/declarations", said()).json()["id"]
    return f"/declarations/{made}"


@pytest.fixture
def client(people: None) -> Client:
    return signed_in("broker")


def lodge(*words: str, **change: Any) -> None:
    """Lodge one declaration of two items with these descriptions."""
    broker = trust.person_named(username="broker", day=TODAY)
    assert broker is not None
    content = said(**change)
    content["items"] = [{**item, "description": text} for item, text in zip(content["items"], words, strict=True)]
    made = drafts.create_draft(content=content, by=broker, at=NOW)
    assert clearance.lodge(declaration=made, by=broker, at=NOW).accepted


def draft(place: str) -> dict[str, Any]:
    found: dict[str, Any] = Declaration.objects.get(id=place[14:]).draft
    return found


def test_a_firms_codes_come_newest_first_with_its_own_words_in_one_query(people: None) -> None:
    lodge("Пойафзол", "Гӯшти мурғ")
    lodge("Shoes", "Hens")
    broker, other = (trust.person_named(username=name, day=TODAY) for name in ("broker", "broker2"))
    assert broker is not None
    assert other is not None
    with CaptureQueriesContext(connection) as made:
        found = used_goods(person=broker)
    assert len(made) == 1
    assert [(one.code, one.words, one.times) for one in found] == [
        ("6403990000", "Shoes", 2), ("0207120000", "Hens", 2)]  # fmt: skip
    assert used_goods(person=other) == ()
    form = lawbook.form()
    with CaptureQueriesContext(connection) as made:
        terms = used_codes(person=broker, name="delivery_terms", form=form)
    assert len(made) == 1
    assert [(one.code, one.times) for one in terms] == [("FCA", 2)]
    assert "CT" in {one.code for one in used_codes(person=broker, name="package", form=lawbook.form())}
    assert [one.code for one in used_codes(person=broker, name="procedure", form=lawbook.form())] == ["4000"]
    assert used_codes(person=broker, name="no_such_list", form=lawbook.form()) == ()


def test_the_picker_shows_own_codes_first_and_finds_them_by_the_firms_words(client: Client) -> None:
    lodge("Shoes", "Мурғи яхкардашуда")
    rows = client.get("/codes/goods", {"q": "мурги"}).json()["rows"]
    assert rows[0] == {"code": "0207120000", "name": "Мурғи яхкардашуда", "own": True}
    assert client.get("/codes/goods", {"q": ""}).json()["rows"][0]["own"] is True
    both = client.get("/codes/country", {"q": "BR"}).json()["rows"]
    assert [one["code"] for one in both].count("BR") == 1
    assert "own" not in signed_in("officer").get("/codes/goods", {"q": ""}).json()["rows"][0]


def test_a_code_is_chosen_on_its_own_page_and_nothing_typed_is_lost(client: Client, place: str) -> None:
    answer = client.post(f"{place}/save", {"revision": "0", "here": "items/1", "act": "choose/goods/items/1/goods_code",
                                           "items/1/description": "typed before"})  # fmt: skip
    there = answer["Location"]
    assert there.startswith("/codes/goods/choose?")
    assert draft(place)["items"][0]["description"] == "typed before"
    page = client.get(there + "&q=sugar").content.decode()
    assert 'value="170199"' in page
    assert page.count("<form") > 2
    chosen = client.post(
        "/codes/choose", {"to": place[14:], "path": "items/1/goods_code", "back": "items/1", "code": "170199"}
    )
    assert chosen["Location"] == f"{place}/items/1#f-items-1-goods_code"
    assert draft(place)["items"][0]["goods_code"] == "170199"
    assert draft(place)["items"][0]["description"] == "typed before"


def test_a_choice_in_the_grid_leads_back_to_its_page(client: Client, place: str) -> None:
    there = client.post(f"{place}/save", {"revision": "0", "here": "items", "act": "choose/country/items/2/item_origin_country",
                                          "page": "2", "size": "50"})["Location"]  # fmt: skip
    assert client.get(there).status_code == 200
    chosen = client.post(
        "/codes/choose",
        {"to": place[14:], "path": "items/2/item_origin_country", "back": "items?page=2&size=50", "code": "UZ"},
    )
    assert chosen["Location"] == f"{place}/items?page=2&size=50#f-items-2-item_origin_country"


@pytest.mark.parametrize(
    "change",
    [
        {"to": "nonsense"},
        {"path": "../x"},
        {"path": "items/9/goods_code"},
        {"to": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_a_choice_for_what_is_not_there_changes_nothing(client: Client, place: str, change: dict[str, str]) -> None:
    before = draft(place)
    body = {"to": place[14:], "path": "items/1/goods_code", "back": "items", "code": "170199"} | change
    assert client.post("/codes/choose", body).status_code == 404
    assert signed_in("broker2").post("/codes/choose", {**body, "to": place[14:]}).status_code == 404
    assert draft(place) == before


def test_no_way_back_leads_out_of_the_draft(client: Client, place: str) -> None:
    body = {"to": place[14:], "path": "delivery_terms", "back": "//evil.example/x", "code": "FCA"}
    assert client.post("/codes/choose", body)["Location"] == f"{place}#f-delivery_terms"


def test_the_tree_leads_from_sections_to_a_code_with_its_path_in_three_languages(client: Client) -> None:
    assert client.get("/reference/goods").content.decode().count("/reference/goods/") > 20
    section = client.get("/reference/goods/IV").content.decode()
    assert "/reference/goods/17" in section
    heading = client.get("/reference/goods/1701").content.decode()
    assert "/reference/goods/170199" in heading
    assert 'lang="tg"' in heading
    assert 'lang="ru"' in heading
    for missing in ("/reference/goods/XXX", "/reference/goods/99", "/reference/goods/1234567890", "/reference/goods/1"):
        assert client.get(missing).status_code == 404


def test_a_codes_page_names_rates_with_citations_and_says_what_is_not_known(client: Client) -> None:
    page = client.get("/reference/goods/2202100000", {"day": "2026-03-02", "origin": "UZ"}).content.decode()
    assert "14%" in page
    assert "not known: no list of them is loaded" in page
    assert "LTR" in page
    assert signed_in("officer", "ru").get("/reference/goods/2202100000").status_code == 200
    unknown = client.get("/reference/goods/1701990000").content.decode()
    assert "This national code is not in the list" in unknown
    before = client.get("/reference/goods/170199", {"day": "2001-01-01"}).content.decode()
    assert "The law of this day is not loaded" in before


def test_the_facts_under_a_field_are_the_servers_and_speak_the_language_of_the_page(client: Client) -> None:
    facts = client.get(
        "/reference/goods/facts", {"code": "1701990000", "origin": "KZ", "regime": "FREE_CIRC"}
    ).content.decode()
    assert "14%" in facts
    assert "demo rate" in facts
    assert "not known" in facts
    for nothing in ("", "17", "abcdefgh"):
        assert client.get("/reference/goods/facts", {"code": nothing}).content == b""
