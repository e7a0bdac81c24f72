"""The officer's queue and the supervisor's page through their addresses: who may, what is shown, what a refusal leaves."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.cli import demo
from gumruk.declarations.models import Declaration, Event
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust import services as people
from gumruk.trust.types import Person, Role
from gumruk.work.models import HandOver, SavedView

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_people(db: None) -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()


@pytest.fixture
def second() -> Person:
    """Another officer of the demonstration office."""
    user = people.add_user(
        username="second", name="Demo Second", password="demo-gumruk-2026", language="en", at=NOW, demo=True
    )
    people.grant(user_id=user, role=Role.OFFICER, since=TODAY - timedelta(days=2), at=NOW, office="PRV-R01")
    found = trust.person_named(username="second", day=TODAY)
    assert found is not None
    return found


def lodged(count: int = 1, *, pay: bool = True) -> list[str]:
    """Pages of lodged and paid declarations, oldest first."""
    caller, broker, places = Caller("broker"), signed_in("broker"), []
    for number in range(count):
        made = caller.call("post", "/declarations", said(reference=f"Q-{number}")).json()["id"]
        statement = caller.call("post", f"/declarations/{made}/prepare").json()["hash"]
        assert caller.call("post", f"/declarations/{made}/submit", {"hash": statement}).status_code == 200
        if pay:
            broker.post(f"/declarations/{made}/act", {"act": "pay"})
        places.append(f"/declarations/{made}")
    return places


def row(place: str) -> Declaration:
    return Declaration.objects.get(id=place.rpartition("/")[2])


def text(client: Client, place: str) -> str:
    return client.get(place).content.decode()


def test_a_declaration_knows_its_place_in_the_queue_and_keeps_it_after_an_act() -> None:
    first, middle, last = lodged(3)
    officer = signed_in("officer")
    officer.get("/queue?group=release")
    page = text(officer, middle)
    assert "2 of 3" in page
    assert re.search(rf'href="{first}"[^>]*data-key="p"', page)
    assert re.search(rf'href="{last}"[^>]*data-key="n"', page)
    assert 'href="/queue?group=release"' in page
    after = officer.post(f"{middle}/act", {"act": "release", "events": row(middle).events})
    assert after["Location"] == f"{middle}?acted"
    page = text(officer, after["Location"])
    assert re.search(rf'href="{last}"[^>]*data-key="n"[^>]*data-focus', page)
    assert "left: 2" in page
    page = text(officer, f"{last}?acted")
    assert "That was the last one" in page
    assert "In the queue" not in text(signed_in("broker"), first)


def test_an_act_on_what_changed_meanwhile_shows_what_happened_and_can_be_done_again(second: Person) -> None:
    [place] = lodged()
    officer, other = signed_in("officer"), signed_in("second")
    saw = row(place).events
    other.post(f"{place}/act", {"act": "hold", "agency": "Demo vet", "text": "certificate", "events": saw})
    before = Declaration.objects.filter(id=row(place).id).values().get()
    answer = officer.post(f"{place}/act", {"act": "reject", "text": "wrong office", "here": "items", "events": saw})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hold set" in page
    assert "certificate" in page
    assert "Registered" not in re.sub(r"(?s).*What happened since", "", page)
    assert Declaration.objects.filter(id=row(place).id).values().get() == before
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', page[page.index("gm-next") :]))
    assert fields["text"] == "wrong office"
    assert officer.post(f"{place}/act", fields).status_code == 302
    assert row(place).state == "REJECTED"


def test_every_form_of_an_act_says_what_its_page_had_seen() -> None:
    [place] = lodged()
    for who in ("officer", "head", "broker"):
        page = text(signed_in(who), place)
        forms = re.findall(r'(?s)<form[^>]*action="[^"]*/act".*?</form>', page)
        assert forms or who == "broker"
        assert all(f'name="events" value="{row(place).events}"' in form for form in forms)


def test_a_declaration_is_taken_handed_on_and_says_whose_it_is(second: Person) -> None:
    [place] = lodged()
    officer, other = signed_in("officer"), signed_in("second")
    assert 'value="take"' in text(officer, place)
    officer.post(f"{place}/act", {"act": "take"})
    assert "In your hands since" in text(officer, place)
    assert "In the hands of Нозири Намоишӣ" in text(other, place)
    refused = other.post(f"{place}/act", {"act": "take"})
    assert refused.status_code == 422
    assert "in the hands of Нозири Намоишӣ" in refused.content.decode()
    assert officer.post(f"{place}/act", {"act": "assign", "receiver": str(uuid.uuid4())}).status_code == 422
    assert row(place).officer_name == "Нозири Намоишӣ"
    officer.post(f"{place}/act", {"act": "assign", "receiver": str(second.id)})
    assert row(place).officer == second.id
    told = text(signed_in("broker"), f"{place}/timeline")
    assert "Taken in hand" not in told
    assert "Handed on" in text(officer, f"{place}/timeline")


def test_chosen_rows_are_shown_before_and_told_after_each_on_its_own(second: Person) -> None:
    places = [*lodged(2), *lodged(1, pay=False)]
    rows = [row(place) for place in places]
    officer = signed_in("officer")
    before = list(Declaration.objects.order_by("id").values())
    ahead = officer.post("/queue/bulk", {"act": "release", "chosen": [str(one.id) for one in rows]}).content.decode()
    assert ahead.count("The goods are released") == 2
    assert "Cannot be done" in ahead
    assert "not possible in the present state" in ahead
    assert list(Declaration.objects.order_by("id").values()) == before
    chosen = re.findall(r'name="row" value="([^"]+)"', ahead)
    assert len(chosen) == 3
    signed_in("second").post(f"{places[1]}/act", {"act": "take"})  # somebody is faster with one of them
    events = Event.objects.count()
    done = officer.post("/queue/bulk/done", {"act": "release", "row": chosen}).content.decode()
    assert [row(place).state for place in places] == ["RELEASED", "RELEASABLE", "PAYMENT_DUE"]
    assert Event.objects.count() == events + 1
    assert "Done: 1 · Refused: 2" in re.sub(r"\s+", " ", done)
    assert "Something happened to the declaration after you opened it" in done


def test_many_are_handed_on_with_a_receiver_and_refused_without(second: Person) -> None:
    places = lodged(2)
    officer = signed_in("officer")
    ids = [str(row(place).id) for place in places]
    officer.post(
        "/queue/bulk/done", {"act": "take", "row": [f"{row(place).id}:{row(place).events}" for place in places]}
    )
    ahead = officer.post("/queue/bulk", {"act": "assign", "chosen": ids}).content.decode()
    chosen = re.findall(r'name="row" value="([^"]+)"', ahead)
    refused = officer.post("/queue/bulk/done", {"act": "assign", "row": chosen, "receiver": ""})
    assert refused.status_code == 422
    assert "Choose the officer" in refused.content.decode()
    assert {row(place).officer_name for place in places} == {"Нозири Намоишӣ"}
    officer.post("/queue/bulk/done", {"act": "assign", "row": chosen, "receiver": str(second.id)})
    assert {row(place).officer for place in places} == {second.id}


@pytest.mark.parametrize("act", ["take", "release", "nonsense"])
def test_nothing_chosen_or_not_ones_own_moves_nothing(act: str) -> None:
    [place] = lodged()
    before = list(Declaration.objects.values())
    for who in ("officer", "broker"):
        client = signed_in(who)
        chosen = [] if who == "officer" else [str(row(place).id)]
        assert client.post("/queue/bulk", {"act": act, "chosen": chosen}).status_code in (200, 302)
        client.post("/queue/bulk/done", {"act": act, "row": [f"{one}:{row(place).events}" for one in chosen]})
    assert list(Declaration.objects.values()) == before
    assert signed_in("officer").get("/queue/bulk").status_code == 302


def test_news_is_the_list_as_it_is_and_nothing_while_nothing_changed() -> None:
    first, _ = lodged(2)
    officer = signed_in("officer")
    shown = re.search(r'data-known="([^"]*)" data-news-at="([^"]*)"', text(officer, "/queue?group=release"))
    assert shown is not None
    known, address = shown[1], shown[2].replace("&amp;", "&")
    with CaptureQueriesContext(connection) as asked:
        now = officer.get(address)
    assert len([one for one in asked if "declarations_declaration" in one["sql"]]) == 1
    assert now.content.decode() == known
    same = officer.get(address, headers={"If-None-Match": now["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    officer.post(f"{first}/act", {"act": "take"})
    changed = officer.get(address, headers={"If-None-Match": now["ETag"]})
    assert changed.status_code == 200
    before = dict(one.split(":") for one in known.split())
    after = dict(one.split(":") for one in changed.content.decode().split())
    assert {one for one in after if after[one] != before[one]} == {first[-12:]}
    assert officer.get("/queue/news?order=waiting&after=nonsense").status_code == 404


def test_the_queue_is_filtered_by_hands_and_by_what_is_overdue(second: Person) -> None:
    places = lodged(3)
    officer = signed_in("officer")
    officer.post(f"{places[0]}/act", {"act": "take"})
    late = clock.now() - timedelta(hours=22)
    Declaration.objects.filter(id=row(places[2]).id).update(waits_since=late)

    def found(query: str) -> set[str]:
        return {place for place in places if f'data-href="{place}"' in text(officer, f"/queue?{query}")}

    assert found("officer=me") == {places[0]}
    assert found("officer=nobody") == {places[1], places[2]}
    assert found(f"officer={second.id}") == set()
    assert found("overdue=1") == {places[2]}
    page = text(officer, "/queue?overdue=1")
    assert re.search(
        r"<b>Overdue</b>\s*<span[^>]*>22 h of 20 h</span>", page
    )  # the demonstration's target of the green lane
    assert places[2] in text(signed_in("head"), "/office")
    assert found("order=waiting") == set(places)
    assert text(officer, "/queue?order=waiting").index(places[2]) < text(officer, "/queue?order=waiting").index(
        places[0]
    )


def test_a_view_is_saved_opened_first_and_forgotten() -> None:
    officer = signed_in("officer")
    officer.post("/queue/views", {"act": "save", "name": "Red ones", "asked": "lane=red&order=waiting&evil=1"})
    view = SavedView.objects.get()
    assert view.asked == "lane=red&order=waiting"
    page = text(officer, "/queue?lane=red&order=waiting")
    assert "Red ones" in page
    assert "Rename" in page
    officer.post("/queue/views", {"act": "start", "view": str(view.id), "asked": view.asked})
    assert officer.get("/")["Location"] == "/queue?lane=red&order=waiting"
    assert "★ Red ones" in text(officer, "/queue")
    officer.post("/queue/views", {"act": "start_with_all", "view": str(view.id), "asked": view.asked})
    assert officer.get("/").status_code == 200
    twice = officer.post("/queue/views", {"act": "save", "name": "Red ones", "asked": ""}, follow=True)
    assert "already" in twice.content.decode()
    officer.post("/queue/views", {"act": "rename", "view": "nonsense", "name": "x"})
    officer.post("/queue/views", {"act": "delete", "view": str(view.id)})
    assert SavedView.objects.count() == 0


def test_a_shift_is_handed_over_and_met_on_arrival(second: Person) -> None:
    [place] = lodged()
    officer, other = signed_in("officer"), signed_in("second")
    officer.post(f"{place}/act", {"act": "take"})
    refused = officer.post("/shift", {"receiver": str(second.id), "text": ""})
    assert refused.status_code == 422
    assert (HandOver.objects.count(), row(place).officer_name) == (0, "Нозири Намоишӣ")
    assert officer.post("/shift", {"receiver": "", "text": "x"}).status_code == 422
    assert officer.post("/shift", {"receiver": str(second.id), "text": "Seal to be checked"}).status_code == 302
    arrived = text(other, "/queue")
    assert "Handed over to you by Нозири Намоишӣ" in arrived
    assert "Seal to be checked" in arrived
    answer = other.post("/shift/seen", {"hand_over": str(HandOver.objects.get().id), "then": "work"})
    assert answer["Location"] == "/queue?officer=me"
    page = text(other, answer["Location"])
    assert place in page
    assert "Handed over to you" not in page
    assert signed_in("broker").get("/shift").status_code == 302


def test_the_head_sees_the_day_and_what_each_did_and_nobody_else_does(second: Person) -> None:
    first, other = lodged(2)
    officer, head = signed_in("officer"), signed_in("head")
    officer.post(f"{first}/act", {"act": "take"})
    officer.post(f"{first}/act", {"act": "release"})
    officer.post(f"{other}/act", {"act": "take"})
    with CaptureQueriesContext(connection) as asked:
        page = text(head, "/office")
    assert len(asked) <= 20
    for words in (
        "The office today",
        "Нозири Намоишӣ",
        "Demo Second",
        "20 h",
        "invented for demonstration",
        "Nothing is overdue",
    ):
        assert words in page
    me = trust.person_named(username="officer", day=TODAY)
    assert me is not None
    did = text(head, f"/office/officers/{me.id}")
    assert did.count("Taken in hand") == 2
    assert "Goods released" in did
    assert text(officer, f"/office/officers/{me.id}").count("Taken in hand") == 2
    assert "Nothing was done" in text(head, f"/office/officers/{me.id}?day=2020-01-01")
    assert officer.get("/office").status_code == 302
    assert signed_in("second").get(f"/office/officers/{me.id}").status_code == 404
    assert head.get(f"/office/officers/{uuid.uuid4()}").status_code == 404


def test_the_queue_asks_the_database_a_known_number_of_questions() -> None:
    lodged(2)
    officer = signed_in("officer")
    officer.get("/queue")
    with CaptureQueriesContext(connection) as asked:
        officer.get("/queue")
    few = len(asked)
    lodged(3)
    with CaptureQueriesContext(connection) as asked:
        officer.get("/queue")
    assert len(asked) == few
    assert few <= 16
