"""Drafts through their pages: kept as typed, never overwritten, lodged with reasons, begun from files and templates."""

from __future__ import annotations

import pytest
from django.test import Client

from gumruk.cli import demo
from gumruk.declarations.models import Declaration
from gumruk.lawbook import selectors as lawbook
from gumruk.risk.models import LaneShare
from gumruk.web.broker.filling import counted
from gumruk.web.shared.posting import as_stored, posted_content
from gumruk.web.templatetags.gumruk_format import at_field

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
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


def stored() -> dict[str, object]:
    found: dict[str, object] = Declaration.objects.get().draft
    return found


@pytest.mark.parametrize("page", ["", "/part/start", "/part/parties", "/part/transport", "/part/valuation", "/items", "/items/1",
                                  "/part/documents", "/part/finish", "/form"])  # fmt: skip
def test_each_page_of_a_draft_answers_and_a_stranger_sees_none(place: str, client: Client, page: str) -> None:
    assert client.get(place + page).status_code == 200
    assert signed_in("broker2").get(place + page).status_code == 404


@pytest.mark.parametrize("page", ["/part/nonsense", "/part/items", "/items/9", "/items/0"])
def test_a_page_that_is_not_there_is_not_found(place: str, client: Client, page: str) -> None:
    assert client.get(place + page).status_code == 404


def test_autosave_keeps_what_was_typed_and_gives_the_next_revision(place: str, client: Client) -> None:
    answer = client.post(f"{place}/autosave", {"revision": "0", "delivery_place": "Ҳисор"})
    assert answer.json()["revision"] == 1
    assert answer.json()["message"].startswith("Saved ")
    assert stored()["delivery_place"] == "Ҳисор"


def test_a_stale_page_overwrites_nothing_and_shows_both_texts(place: str, client: Client) -> None:
    client.post(f"{place}/autosave", {"revision": "0", "delivery_place": "Khujand"})
    late = client.post(f"{place}/autosave", {"revision": "0", "delivery_place": "Kulob"})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    page = client.post(f"{place}/save", {"revision": "0", "here": "part", "delivery_place": "Kulob"})
    text = page.content.decode()
    assert page.status_code == 422
    assert '<span class="gm-choice__stored">Khujand</span>' in text
    assert 'name="choice/delivery_place" value="mine" form="draft"' in text
    assert "<span>Kulob</span>" in text
    assert "Place of delivery" in text
    assert stored()["delivery_place"] == "Khujand"


@pytest.mark.parametrize(
    ("act", "here", "leads"),
    [("next", "parties", "/part/transport"), ("next", "valuation", "/items"), ("next", "items", "/part/documents"),
     ("next", "finish", "/part/finish"), ("tasks", "parties", ""), ("save", "items/1", "/items/1"), ("save", "form", "/form"),
     ("check", "form", "/form?check=1#summary"), ("check", "finish", "/part/finish?check=1#summary"),
     ("add_item", "items/1", "/items/3"), ("save", "nonsense", ""), ("save", "items/99", "/items")],
)  # fmt: skip
def test_a_button_leads_where_it_says(place: str, client: Client, act: str, here: str, leads: str) -> None:
    assert client.post(f"{place}/save", {"revision": "0", "act": act, "here": here})["Location"] == place + leads


def test_rows_of_the_grid_are_added_copied_and_removed(place: str, client: Client) -> None:
    client.post(
        f"{place}/save", {"revision": "0", "here": "items", "items/3/description": "new", "items/9/description": "far"}
    )
    assert [item.get("item_number") for item in stored()["items"]] == ["1", "2", "3"]  # type: ignore[attr-defined]
    client.post(f"{place}/save", {"revision": "1", "here": "items", "act": "copy_item/3"})
    client.post(f"{place}/save", {"revision": "2", "here": "items", "act": "remove_item/1"})
    items = stored()["items"]
    assert [item.get("description") for item in items][1:] == ["new", "new"]  # type: ignore[attr-defined]
    assert stored()["items_total"] == "3"
    client.post(f"{place}/save", {"revision": "3", "here": "items", "act": "remove_item/9"})
    assert stored()["items"] == items


def test_numbers_and_days_are_taken_as_people_write_them() -> None:
    form = lawbook.form()
    price, day, code = form.item["price"], form.header["declaration_date"], form.item["goods_code"]
    assert as_stored(price, "1 250,50") == "1250.50"
    assert as_stored(price, "1\u00a0250") == "1250"
    assert as_stored(price, "ten") == "ten"
    assert as_stored(day, "5.03.2026") == "2026-03-05"
    assert as_stored(day, "yesterday") == "yesterday"
    assert as_stored(code, "0207 12 000 0") == "0207120000"


def test_rows_that_a_page_did_not_show_stay() -> None:
    before = {"items": [{"packages": [{"kind": "CT", "count": "1"}, {"kind": "PX", "count": "2"}]}]}
    after = posted_content({"items/1/packages/1/count": "5"}, before)
    assert after["items"][0]["packages"] == [{"kind": "CT", "count": "5"}, {"kind": "PX", "count": "2"}]
    emptied = posted_content({"items/1/packages/1/count": "", "items/1/packages/1/kind": ""}, before)
    assert emptied["items"][0]["packages"] == [{"kind": "PX", "count": "2"}]
    routed = posted_content({"transit_offices/1/office": "X1", "nonsense/1/office": "X2"}, {"items": []})
    assert routed == {"items": [], "transit_offices": [{"office": "X1"}]}


def test_a_warning_is_answered_on_the_page_and_the_reason_is_kept(people: None, client: Client) -> None:
    content = said(delivery_terms="EXW")
    content.pop("external_freight", None)
    content.pop("external_freight_currency", None)
    made = Caller("broker").call("post", "/declarations", content).json()["id"]
    place = f"/declarations/{made}"
    refused = client.post(f"{place}/save", {"revision": "0", "act": "lodge", "here": "finish"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert text.count('name="reason/') == 1
    name = text.partition('name="reason/')[2].partition('"')[0]
    reasons = {f"reason/{name}": "The seller pays the freight."}
    assert (
        client.post(f"{place}/save", {"revision": "1", "act": "lodge", "here": "finish", **reasons}).status_code == 302
    )
    assert Declaration.objects.get().registration != ""


def test_lodged_before_arrival_withdrawn_and_presented(place: str, client: Client) -> None:
    client.post(f"{place}/save", {"revision": "0", "act": "prelodge", "here": "finish"})
    assert Declaration.objects.get().state == "PRELODGED"
    assert "The goods have arrived" in client.get(place).content.decode()
    client.post(f"{place}/act", {"act": "withdraw"})
    assert Declaration.objects.get().state == "DRAFT"
    client.post(f"{place}/save", {"revision": "1", "act": "prelodge", "here": "form"})
    assert client.post(f"{place}/act", {"act": "present"}).status_code == 302
    assert Declaration.objects.get().state == "PAYMENT_DUE"


def test_a_draft_becomes_a_template_and_is_used(place: str, client: Client) -> None:
    assert client.post(f"{place}/template", {"name": "Sugar from KZ"})["Location"] == "/templates"
    assert "Sugar from KZ" in client.get("/templates").content.decode()
    assert place not in client.get("/").content.decode()
    made = client.post(f"{place}/copy")["Location"]
    assert made in client.get("/").content.decode()
    assert client.post(f"{place}/template", {"name": " "})["Location"] == "/"


def test_a_lodged_declaration_is_no_draft_any_more(place: str, client: Client) -> None:
    client.post(f"{place}/save", {"revision": "0", "act": "lodge", "here": "form"})
    before = stored()
    assert client.get(f"{place}/form")["Location"] == place
    assert client.post(f"{place}/save", {"revision": "1", "delivery_place": "x"})["Location"] == place
    assert client.post(f"{place}/autosave", {"revision": "1", "delivery_place": "x"}).status_code == 409
    assert client.post(f"{place}/items/sheet").status_code == 302
    assert client.post(f"{place}/template", {"name": "x"})["Location"] == place
    assert stored() == before


def test_a_grid_of_two_hundred_items_is_kept_whole(people: None, client: Client) -> None:
    made = Caller("broker").call("post", "/declarations", said()).json()["id"]
    rows = {f"items/{number}/{name}": "1" for number in range(1, 201) for name in ("description", "price", "gross_mass", "net_mass", "procedure", "quota")}  # fmt: skip
    assert client.post(f"/declarations/{made}/save", {"revision": "0", "here": "items", **rows}).status_code == 302
    assert len(stored()["items"]) == 200  # type: ignore[arg-type]
    shown = [client.get(f"/declarations/{made}/items?page={page}").content for page in (1, 4)]
    assert [text.count(b'/description"') for text in shown] == [50, 50]
    assert b'name="items/200/description"' in shown[1]


def test_the_last_page_asks_for_reasons_at_once_and_is_not_ready_before(people: None, client: Client) -> None:
    content = said(delivery_terms="EXW")
    content.pop("external_freight", None)
    content.pop("external_freight_currency", None)
    place = f"/declarations/{Caller('broker').call('post', '/declarations', content).json()['id']}"
    text = client.get(f"{place}/part/finish").content.decode()
    assert text.count('name="reason/') == 1
    assert "Warnings: 1" in text
    assert "Reasons are needed" in client.get(place).content.decode()
    checked = client.get(f"{place}/part/finish?check=1").content.decode()
    assert "No faults were found" not in checked
    assert client.post(f"{place}/save", {"revision": "0", "act": "lodge", "here": "finish"}).status_code == 422
    assert Declaration.objects.get().registration == ""


@pytest.mark.parametrize("address", ["save", "act", "copy", "template", "items/sheet"])
def test_an_address_that_only_takes_leads_back_when_it_is_read(place: str, client: Client, address: str) -> None:
    assert client.get(f"{place}/{address}")["Location"] == place


def test_a_new_draft_has_parts_that_are_not_started_and_no_errors(client: Client) -> None:
    text = client.get(client.post("/declarations/new")["Location"]).content.decode()
    assert text.count("Not started") == 6
    assert "Errors" not in text


def test_a_message_under_its_field_does_not_repeat_what_stands_above_it() -> None:
    assert (
        at_field("Графа A: не заполнено «Таможенный орган». Заполните.", "Таможенный орган")
        == "Не заполнено. Заполните."
    )
    assert at_field("Item 2: Box 38: write the net mass.", "Net mass") == "Write the net mass."
    assert at_field("Nothing before it.", "x") == "Nothing before it."


def test_the_estimate_of_a_draft_shows_its_working_and_what_is_invented(place: str, client: Client) -> None:
    text = client.get(place).content.decode()
    assert "Each payment and its working" in text
    assert "How it was computed" in text


def test_the_reserved_box_is_no_field_of_either_view(place: str, client: Client) -> None:
    assert 'name="cap"' not in client.get(f"{place}/form").content.decode()
    assert 'name="cap"' not in client.get(f"{place}/part/valuation").content.decode()


def test_what_can_be_counted_is_counted_and_the_rest_stays() -> None:
    items = [{"packages": [{"count": "2"}, {"count": "0.5"}]}, *[{"packages": [{"count": "10"}]}] * 4]
    made = counted({"reference": "R", "items": items})
    assert {name: made[name] for name in ("items_total", "packages_total", "forms_number", "forms_total")} == {
        "items_total": "5", "packages_total": "42.5", "forms_number": "1", "forms_total": "3"}  # fmt: skip
    assert made["reference"] == "R"
    assert "packages_total" not in counted({"items": [{"packages": [{"count": "ten"}]}]})
    assert counted({"items": []})["forms_total"] == "1"


def test_a_button_counts_the_totals(place: str, client: Client) -> None:
    client.post(f"{place}/save", {"revision": "0", "here": "start", "act": "count", "packages_total": "999"})
    assert stored()["items_total"] == "2"
    assert stored()["packages_total"] != "999"


def test_a_new_draft_and_a_copy_know_the_firm_and_the_day(place: str, client: Client) -> None:
    firm, name = "010000001", str(stored()["declarant_name"])
    for made in (client.post("/declarations/new")["Location"], client.post(f"{place}/copy")["Location"]):
        content = Declaration.objects.get(id=made.rpartition("/")[2]).draft
        assert (content["declarant_tin"], content["declarant_name"]) == (firm, name)
        assert content["declaration_date"] == TODAY.isoformat()
