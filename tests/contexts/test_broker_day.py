"""The broker's pages of a day: what waits, what is similar, mending in order, templates, the end of a session."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.models import Declaration
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.trust import sessions
from gumruk.trust.types import Person
from gumruk.web.broker import waiting

from .conftest import NOON


@pytest.fixture
def client(broker: Person) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.post("/sign-in", {"username": broker.username, "password": "a-long-secret"})
    return client


@pytest.fixture
def faulty(broker: Person, rates: None, said: Content) -> uuid.UUID:
    """A draft whose lodging found faults."""
    made = drafts.create_draft(content={**said, "invoice_total": "1", "reference": "REF-778"}, by=broker, at=NOON)
    assert not clearance.lodge(declaration=made, by=broker, at=NOON).accepted
    return made


def test_what_waits_is_counted_with_the_oldest(
    faulty: uuid.UUID, broker: Person, said: Content, django_assert_num_queries: object
) -> None:
    first = drafts.create_draft(content={**said, "reference": "OLD"}, by=broker, at=NOON)
    drafts.create_draft(content=said, by=broker, at=NOON + timedelta(hours=1))
    kept = drafts.create_draft(content=said, by=broker, at=NOON)
    drafts.name_template(declaration=kept, name="tea", by=broker, at=NOON)
    found = declarations.what_waits(person=broker, groups=waiting.groups(NOON))
    assert {name: (one.count, one.oldest) for name, one in found.items()} == {
        "faults": (1, faulty),
        "unfinished": (2, first),
    }
    assert found["unfinished"].number == "OLD"
    tasks = waiting.tasks(broker, NOON)
    assert [(one.name, one.count, one.href, one.left_until) for one in tasks] == [
        ("faults", "1", "?group=faults", None),
        ("unfinished", "2", "?group=unfinished", None),
    ]


def test_faults_are_gone_from_what_waits_once_it_is_lodged(faulty: uuid.UUID, broker: Person, said: Content) -> None:
    row = Declaration.objects.get()
    drafts.save_draft(declaration=faulty, content=said, revision=row.revision, by=broker, at=NOON)
    assert clearance.lodge(declaration=faulty, by=broker, at=NOON).accepted
    assert "faults" not in declarations.what_waits(person=broker, groups=waiting.groups(NOON))


def test_released_today_is_of_the_day_of_the_office(paid: uuid.UUID, broker: Person, officer: Person) -> None:
    clearance.release(declaration=paid, by=officer, at=NOON)
    assert "released" in declarations.what_waits(person=broker, groups=waiting.groups(NOON))
    tomorrow = waiting.groups(NOON + timedelta(days=1))
    assert "released" not in declarations.what_waits(person=broker, groups=tomorrow)


def test_the_page_shows_what_is_similar_after_what_is_exact(client: Client, faulty: uuid.UUID) -> None:
    page = client.get("/?text=REF-779").content.decode()
    assert "Similar to" in page
    assert "REF-778" in page
    assert "Similar to" not in client.get("/?text=REF-778").content.decode()
    assert "REF-778" in client.get("/?group=faults").content.decode()


def test_mending_goes_on_when_a_fault_is_gone_and_stays_while_it_stands(client: Client, faulty: uuid.UUID) -> None:
    place = f"/declarations/{faulty}"
    there = client.get(f"{place}/mend")["Location"]
    assert there.startswith(f"{place}/part/valuation?mend=")
    page = client.get(there)
    mend = page.context["mend"]
    revision = Declaration.objects.get().revision
    said = {
        "revision": str(revision),
        "here": "valuation",
        "act": "mend",
        "mend": mend.key,
        "at": "1",
        "invoice_total": "2",
    }
    still = client.post(f"{place}/save", said)["Location"]
    assert "still=1" in still
    total = sum(float(item["price"]) for item in Declaration.objects.get().draft["items"])
    done = client.post(f"{place}/save", {**said, "revision": str(revision + 1), "invoice_total": f"{total:.2f}"})[
        "Location"
    ]
    assert "mended=1" in done
    assert client.get(done).status_code == 200


def test_a_template_is_used_renamed_and_thrown_away(client: Client, faulty: uuid.UUID) -> None:
    place = f"/declarations/{faulty}"
    client.post(f"{place}/template", {"name": "Tea"})
    client.post(f"{place}/copy")
    client.post(f"{place}/template", {"name": "Green tea"})
    page = client.get("/templates").content.decode()
    assert "Green tea" in page
    assert Declaration.objects.get(id=faulty).template_used_at is not None
    assert client.post(f"{place}/discard", {"next": "templates"})["Location"] == "/templates"
    assert "Green tea" not in client.get("/templates").content.decode()
    assert Declaration.objects.get(id=faulty).state == "CANCELLED"


def test_choices_of_the_form_are_words(client: Client, faulty: uuid.UUID) -> None:
    page = client.get(f"/declarations/{faulty}/part/transport").content.decode()
    assert "Yes, in a container" in page
    assert "(0 or 1)" not in page
    rows = client.get("/codes/form-origin_country?q=several").json()["rows"]
    assert rows == [{"code": "00", "name": "several countries"}]
    assert client.get("/codes/form-origin_country?q=UZ").json()["rows"][0]["code"] == "UZ"
    assert client.get("/codes/form-nothing?q=UZ").json()["rows"] == []


def shift(minutes: int) -> None:
    """Let the session end so many minutes from now."""
    store = Session.objects.get()
    data = store.get_decoded()
    data[sessions.ENDS] = (clock.now() + timedelta(minutes=minutes)).isoformat()
    data[sessions.TOUCHED] = (clock.now() - timedelta(minutes=5)).isoformat()
    store.session_data = Session.objects.encode(data)
    store.save()


def test_a_session_ends_by_itself_and_autosave_says_so(client: Client, faulty: uuid.UUID) -> None:
    client.get("/")
    shift(-1)
    answer = client.post(
        f"/declarations/{faulty}/autosave", {"reference": "x"}, headers={"X-Requested-With": "autosave"}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
    assert client.get("/session").status_code == 401
    assert client.get("/")["Location"].startswith("/sign-in")
    assert Declaration.objects.get().draft["reference"] == "REF-778"


def test_asking_in_the_background_is_no_visit(client: Client) -> None:
    client.get("/")
    shift(3)
    assert client.get("/session", headers={"X-Background": "1"}).json()["left"] <= 180
    assert client.get("/session").json()["left"] > 3000
    assert client.get("/session", headers={"X-Background": "1"}).json()["left"] > 3000


def test_what_two_windows_changed_comes_together_and_a_clash_is_asked(client: Client, faulty: uuid.UUID) -> None:
    place = f"/declarations/{faulty}"
    first = client.post(f"{place}/autosave", {"revision": "0", "delivery_place": "Hisor"})
    assert first.json()["revision"] == 1
    second = client.post(f"{place}/autosave", {"revision": "0", "loading_place": "Kulob"}).json()
    assert (second["revision"], second["others"]) == (2, {"delivery_place": "Hisor"})
    clash = client.post(f"{place}/autosave", {"revision": "0", "delivery_place": "Khujand"})
    assert (clash.status_code, clash.json()["code"]) == (409, "changed_meanwhile")
    page = client.post(f"{place}/save", {"revision": "0", "here": "valuation", "delivery_place": "Khujand"})
    assert page.status_code == 422
    assert "choice/delivery_place" in page.content.decode()
    said = {"revision": "2", "here": "valuation", "delivery_place": "Khujand", "choice/delivery_place": "stored"}
    assert client.post(f"{place}/save", said).status_code == 302
    assert Declaration.objects.get().draft["delivery_place"] == "Hisor"
