"""Every act of broker and officer through its page, and the console commands, on the same services."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gumruk.cli import declare, demo, main
from gumruk.cli.demo_content import content
from gumruk.declarations import selectors
from gumruk.declarations.models import Declaration
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import State
from gumruk.exchange import asycuda
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust

from .test_doors import NOW, TODAY, Caller, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> None:
    demo.enter_rates(TODAY, NOW)
    demo.add_people(TODAY, NOW)
    LaneShare.objects.all().delete()


def lodged(client: Client, **change: Any) -> str:
    """The page of a lodged declaration, made through the API."""
    caller = Caller("broker")
    made = caller.call("post", "/declarations", said(**change)).json()["id"]
    statement = caller.call("post", f"/declarations/{made}/prepare").json()["hash"]
    assert caller.call("post", f"/declarations/{made}/submit", {"hash": statement}).status_code == 200
    return f"/declarations/{made}"


def act(client: Client, place: str, name: str, **more: str) -> int:
    return int(client.post(f"{place}/act", {"act": name, **more}).status_code)


def state(place: str) -> str:
    return Declaration.objects.get(id=place.rpartition("/")[2]).state


def test_question_answer_reroute_control_and_release(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer", "ru")
    place = lodged(broker)
    assert act(broker, place, "pay") == 302
    assert act(officer, place, "ask", text="Какая модель?") == 302
    assert state(place) == "QUERIED"
    assert "Какая модель?" in broker.get(place).content.decode()
    assert act(broker, place, "answer", text="Модель А") == 302
    assert act(officer, place, "reroute", lane="red", text="пломба") == 302
    assert state(place) == "UNDER_CONTROL"
    assert act(officer, place, "not_conform", text="лишнее место") == 302
    assert act(officer, place, "conform", text="пересчитано") == 302
    assert act(officer, place, "release") == 302
    assert state(place) == "RELEASED"
    page = officer.get(place).content.decode()
    assert 'data-state="RELEASED"' in page
    assert "равны до последнего байта" in officer.get(f"{place}/replay").content.decode()


def test_a_refused_act_shows_the_reason_and_moves_nothing(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = lodged(broker)
    for client, name, more, words in (
        (officer, "release", {}, "not possible in the present state"),
        (officer, "reject", {"text": " "}, "Give the reason"),
        (officer, "reroute", {"lane": "green", "text": "x"}, "in this lane already"),
        (officer, "reroute", {"lane": "pink", "text": "x"}, "nothing was changed"),
        (broker, "release", {}, "You do not have the right"),
    ):
        answer = client.post(f"{place}/act", {"act": name, **more})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert state(place) == "PAYMENT_DUE"
    assert act(officer, place, "fly") == 302
    assert state(place) == "PAYMENT_DUE"


def test_cancellation_asked_and_refused_then_agreed(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = lodged(broker)
    assert act(broker, place, "request_cancellation", text="wrong goods") == 302
    assert act(officer, place, "refuse_cancellation", text="no") == 302
    assert act(broker, place, "request_cancellation", text="wrong goods") == 302
    assert act(officer, place, "accept_cancellation", text="yes") == 302
    assert state(place) == "CANCELLED"


def test_documents_asked_and_rejection(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = lodged(broker)
    assert act(officer, place, "ask_documents", text="contract") == 302
    assert state(place) == "DOCS_REQUIRED"
    assert act(officer, place, "reject", text="none came") == 302
    assert state(place) == "REJECTED"
    assert "Customs rejected this declaration" in broker.get(place).content.decode()
    assert 'value="lodge"' in broker.get(f"{place}/form").content.decode()


def test_items_rows_and_unknown_codes_survive_the_form(people: None) -> None:
    client = signed_in("broker", "tg")
    place = client.post("/declarations/new")["Location"]
    client.post(f"{place}/save", {"revision": "0", "act": "add_item", "items/1/packages/1/kind": "CT", "items/1/packages/1/count": "3",
                                  "items/1/packages/2/kind": "", "border_mode": "99", "items/7/price": "1", "nonsense": "x"})  # fmt: skip
    row = Declaration.objects.get()
    assert row.draft["items"] == [
        {"item_number": "1", "packages": [{"kind": "CT", "count": "3"}]},
        {"item_number": "2"},
    ]
    assert row.draft["border_mode"] == "99"
    assert '<option value="99" selected>' in client.get(f"{place}/part/transport").content.decode()
    late = client.post(f"{place}/save", {"revision": "0", "reference": "late"})
    assert late.status_code == 302  # nobody else touched that field: both can stand
    kept = Declaration.objects.get().draft
    assert (kept["reference"], kept["border_mode"]) == ("late", "99")
    stale = client.post(f"{place}/save", {"revision": "0", "border_mode": "10"})
    assert stale.status_code == 422
    assert Declaration.objects.get().draft["border_mode"] == "99"


def test_lists_filter_search_and_page(people: None) -> None:
    client = signed_in("broker")
    for seed in range(3):
        Caller("broker").call("post", "/declarations", content(seed=seed, items=1, day=TODAY))
    person = trust.person_named(username="broker", day=TODAY)
    assert person is not None
    first = selectors.page(person=person, wanted=Filter(), size=2)
    rest = selectors.page(person=person, wanted=Filter(), size=2, after=first.next)
    assert [len(first.rows), len(rest.rows), rest.next] == [2, 1, ""]
    assert "DEMO-00001" in client.get("/?text=demo-00001").content.decode()
    assert "DEMO-00002" not in client.get("/?text=demo-00001").content.decode()
    assert "Nothing here." in client.get("/?state=RELEASED").content.decode()
    assert client.get("/?after=nonsense").status_code == 302
    assert (
        selectors.page(person=person, wanted=Filter(states=(State.DRAFT,), office="X", direction="IM", lane="red")).rows
        == ()
    )


def test_a_copy_is_a_new_draft_and_a_strangers_page_is_not_found(people: None) -> None:
    client = signed_in("broker")
    place = lodged(client)
    made = client.post(f"{place}/copy")["Location"]
    assert state(made) == "DRAFT"
    other = signed_in("broker2")
    assert other.post(f"{place}/copy").status_code == 404
    assert other.get(place).status_code == 404
    assert other.get(f"{place}/replay").status_code == 404


def test_language_is_kept_and_sign_out_ends_the_visit(people: None) -> None:
    client = signed_in("broker")
    assert client.post("/language", {"language": "tg", "next": "//evil.example"})["Location"] == "/"
    person = trust.person_named(username="broker", day=TODAY)
    assert person is not None
    assert person.language == "tg"
    assert "Эъломияҳои ман" in client.get("/").content.decode()
    client.post("/language", {"language": "xx"})
    assert "Эъломияҳои ман" in client.get("/").content.decode()
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/").status_code == 302


def run(command: Any, *words: str) -> int:
    import argparse

    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(words)))


def test_declare_replay_and_export_from_the_console(
    people: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from gumruk.cli import export, replay

    file = tmp_path / "d.json"
    file.write_text(json.dumps(said()))
    assert run(declare, str(file), "--as", "broker", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["state"] == "PAYMENT_DUE"
    assert run(replay, answer["registration"], "--as", "broker") == 0
    assert "equal bytes" in capsys.readouterr().out
    assert run(export, answer["registration"], "--as", "officer") == 0
    assert run(replay, "none", "--as", "broker") == 2
    assert run(export, "none", "--as", "nobody") == 2
    capsys.readouterr()
    xml = tmp_path / "d.xml"
    xml.write_bytes(asycuda.write(said(invoice_total="1")))
    assert run(declare, str(xml), "--as", "broker", "--language", "ru") == 1
    assert "Графа" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "person", "says"),
    [
        (
            "{",
            "broker",
            "The file is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
        ),
        ("{}", "nobody", "There is no person nobody."),
        (
            '{"office": "PRV-R01"}',
            "officer",
            "You may not file for the declarant of box 14. Write the number of a firm that you file for.",
        ),
        ("{}", "broker", "Choose the customs office in box A first."),
    ],
)
def test_declare_says_what_is_wrong_and_stores_nothing(
    people: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, person: str, says: str
) -> None:
    file = tmp_path / "d.json"
    file.write_text(text)
    assert run(declare, str(file), "--as", person) == 2
    assert capsys.readouterr().err == f"gumruk: {says}\n"
    assert Declaration.objects.filter(registration__gt="").count() == 0
    assert run(declare, str(tmp_path / "none"), "--as", "broker") == 2


def test_the_demonstration_loads_once_in_every_state(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(demo, "--declarations", "24") == 0
    assert run(demo, "--declarations", "24") == 0
    assert "Demonstration data: 0 declarations made" in capsys.readouterr().out
    states = set(Declaration.objects.values_list("state", flat=True))
    assert {"DRAFT", "PAYMENT_DUE", "DOCS_REQUIRED", "CANCEL_REQUESTED", "RELEASED"} <= states
    assert "serve" in main.COMMANDS
    assert clock.law_day(NOW) == TODAY


def test_an_amendment_is_proposed_shown_as_a_difference_and_accepted(people: None) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = lodged(broker)
    assert 'name="insurance"' in broker.get(f"{place}/amend").content.decode()
    refused = broker.post(f"{place}/amend", {"reason": "policy"})
    assert refused.status_code == 422
    assert "Nothing was changed" in refused.content.decode()
    assert broker.post(f"{place}/amend", {"insurance": "5000", "reason": "policy found"}).status_code == 302
    page = officer.get(place).content.decode()
    assert "<ins>5,000.00</ins>" in page
    before = Declaration.objects.get().due
    assert act(officer, place, "accept_amendment", text="seen") == 302
    after = Declaration.objects.get().due
    assert before is not None
    assert after is not None
    assert after > before
    assert broker.post(f"{place}/amend", {"insurance": "1", "reason": "typing"}).status_code == 302
    assert act(officer, place, "refuse_amendment", text="no proof") == 302
    assert Declaration.objects.get().due == after
