"""The pages of control, second persons and assessing again: what they refuse, and that nothing moved."""

from __future__ import annotations

import pytest
from django.test import Client

from gumruk.clearance.models import ProposedAct
from gumruk.declarations.models import Declaration, Note
from gumruk.inspection.models import Report

from .test_pages import act, lodged, people, signed_in, state  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]


def red(broker: Client, officer: Client) -> str:
    place = lodged(broker)
    assert act(broker, place, "pay") == 302
    assert act(officer, place, "reroute", lane="red", text="seal") == 302
    assert state(place) == "UNDER_CONTROL"
    return place


def test_a_report_is_begun_kept_and_closed_by_the_pages() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    form = officer.post(f"{place}/inspections/begin", {"kind": "goods"})["Location"]
    said = {
        "place": "Ramp", "started_at": "2026-03-02T09:00", "ended_at": "2026-03-02T09:30", "officers": "A, B",
        "declarant_present": "no", "result/1": "CONFORM", "text": "fine", "measure/AMEND": "1", "seals_applied": "S1, S2",
    }  # fmt: skip
    kept = officer.post(f"{form}/autosave", {**said, "revision": "0"}).json()
    assert kept["revision"] == 1
    stale = officer.post(f"{form}/autosave", {**said, "revision": "0"})
    assert (stale.status_code, stale.json()["code"]) == (409, "changed_meanwhile")
    assert officer.post(form, {**said, "act": "close", "revision": "1"}).status_code == 302
    assert state(place) == "RELEASABLE"
    report = Report.objects.get()
    assert report.content["seals_applied"] == ["S1", "S2"]
    assert "Ramp" in broker.get(f"{place}/inspections").content.decode()
    pdf = officer.get(f"/prints/inspection/{report.root}/{report.id}?language=tg")
    assert (pdf.status_code, pdf.content[:4]) == (200, b"%PDF")
    assert officer.get(form)["Location"].endswith("/inspections")  # closed: nothing to write any more


def test_an_incomplete_report_comes_back_with_what_was_typed() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    form = officer.post(f"{place}/inspections/begin", {"kind": "goods"})["Location"]
    answer = officer.post(form, {"place": "Ramp 7", "result/1": "ORIGIN", "act": "close", "revision": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Ramp 7", "Give the start and the end.", "Write what was found in place of what is declared."):
        assert words in page
    assert state(place) == "UNDER_CONTROL"


def test_brokers_begin_and_see_no_unfinished_report() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    assert broker.post(f"{place}/inspections/begin", {"kind": "goods"}).status_code == 422
    form = officer.post(f"{place}/inspections/begin", {"kind": "goods"})["Location"]
    assert broker.get(form).status_code == 302
    assert broker.post(f"{form}/autosave", {"revision": "0"}).status_code == 404
    assert broker.get(f"{place}/parties").status_code == 404
    assert broker.get(f"{place}/desk/1").status_code == 404
    assert broker.get(f"{place}/reassess").status_code == 404


def test_a_note_stands_on_the_officers_page_only() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    assert act(officer, place, "note", text="the driver is nervous") == 302
    assert "the driver is nervous" in officer.get(place).content.decode()
    for section in ("", "/items", "/inspections", "/timeline", "/versions"):
        assert "the driver is nervous" not in broker.get(place + section).content.decode()
    assert act(broker, place, "note", text="x") == 422
    assert Note.objects.count() == 1


def test_the_first_person_cannot_confirm_on_the_page_either() -> None:
    broker, officer, head = signed_in("broker"), signed_in("officer"), signed_in("head")
    place = red(broker, officer)
    assert act(officer, place, "reroute", lane="green", text="seen") == 302
    proposal = ProposedAct.objects.get()
    answer = officer.post(f"/confirmations/{proposal.id}", {"act": "confirm"})
    assert answer.status_code == 422
    assert "You proposed this act yourself" in answer.content.decode()
    assert Declaration.objects.get().lane == "red"
    assert "seen" in head.get("/confirmations").content.decode()
    assert head.post(f"/confirmations/{proposal.id}", {"act": "confirm"}).status_code == 302
    assert Declaration.objects.get().lane == "green"


def test_assessing_again_shows_both_and_changes_nothing_when_equal() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = lodged(broker)
    assert "the amounts are the same" in officer.get(f"{place}/reassess").content.decode()
    answer = officer.post(f"{place}/reassess", {"text": "asked", "seal": "x"})
    assert answer.status_code == 422
    assert "There is nothing to change" in answer.content.decode()


def test_a_rejection_goes_with_what_control_found() -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    assert act(officer, place, "not_conform", text="other goods") == 302
    assert act(officer, place, "reject", text="not as declared") == 302
    from gumruk.declarations import selectors

    last = selectors.timeline(declaration=Declaration.objects.get().id)[-1]
    assert (last.name, last.details) == ("rejected", {"control": ["OTHER"]})


def test_the_one_screen_asks_the_database_a_known_number_of_times(django_assert_max_num_queries: object) -> None:
    broker, officer = signed_in("broker"), signed_in("officer")
    place = red(broker, officer)
    officer.get(place)
    with django_assert_max_num_queries(34):  # type: ignore[operator]
        assert officer.get(place).status_code == 200
