"""What happened while somebody wrote: closing a report, assessing again and confirming are shown it first; nothing moves."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from gumruk.clearance.models import ProposedAct
from gumruk.declarations.models import Declaration, Event
from gumruk.inspection.models import Report
from gumruk.payments.models import Entry

from .test_pages import act, lodged, people, signed_in, state  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("people")]
SAID = {
    "place": "Ramp", "started_at": "2026-03-02T09:00", "ended_at": "2026-03-02T09:30", "officers": "A",
    "declarant_present": "no", "result/1": "CONFORM", "text": "as declared",
}  # fmt: skip


def fields(page: str) -> dict[str, str]:
    """What the form on a page would send."""
    return dict(re.findall(r'<input type="hidden" name="([a-z_/0-9]+)" value="([^"]*)"', page))


def moved() -> tuple[object, ...]:
    """Everything an act would move."""
    return (
        list(Declaration.objects.values()),
        Event.objects.count(),
        Entry.objects.count(),
        list(ProposedAct.objects.values()),
        list(Report.objects.values("id", "status")),
    )


def shown(answer: HttpResponse, words: str) -> dict[str, str]:
    """The page of what happened; returns what doing it all the same would send."""
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Something happened meanwhile" in page
    assert words in page
    return fields(page[page.index("gm-next") :])


def red(broker: Client, officer: Client) -> str:
    place = lodged(broker)
    assert act(broker, place, "pay") == 302
    assert act(officer, place, "reroute", lane="red", text="seal") == 302
    return place


def test_a_report_is_not_closed_over_a_hold_nobody_read_about_and_its_text_is_kept() -> None:
    broker, officer, head = signed_in("broker"), signed_in("officer"), signed_in("head")
    place = red(broker, officer)
    form = officer.post(f"{place}/inspections/begin", {"kind": "goods"})["Location"]
    seen = fields(officer.get(form).content.decode())
    assert act(head, place, "hold", agency="Demo vet", text="certificate") == 302
    before = moved()
    answer = officer.post(form, {**SAID, **seen, "act": "close"})
    again = shown(answer, "certificate")
    assert moved() == before
    assert Report.objects.get().content["text"] == "as declared"
    assert officer.post(form, again).status_code == 302
    assert Report.objects.get().status == "closed"


def test_payments_are_not_assessed_again_over_what_nobody_read() -> None:
    broker, officer, head = signed_in("broker"), signed_in("officer"), signed_in("head")
    place = red(broker, officer)
    saw = Declaration.objects.get().events
    assert act(head, place, "hold", agency="Demo vet", text="certificate") == 302
    before = moved()
    again = shown(officer.post(f"{place}/reassess", {"seal": "x", "text": "asked", "events": saw}), "certificate")
    assert moved() == before
    assert (again["text"], again["seal"]) == ("asked", "x")
    assert officer.post(f"{place}/reassess", again).status_code == 422  # now judged: there is nothing to change


@pytest.mark.parametrize("here", ["list", "declaration"])
def test_a_proposal_is_not_confirmed_over_what_nobody_read(here: str) -> None:
    broker, officer, head = signed_in("broker"), signed_in("officer"), signed_in("head")
    place = red(broker, officer)
    assert act(officer, place, "reroute", lane="green", text="seen") == 302
    seen = fields(head.get("/confirmations" if here == "list" else place).content.decode())
    assert int(seen["events"]) == Declaration.objects.get().events
    assert act(officer, place, "hold", agency="Demo vet", text="certificate") == 302
    address, before = f"/confirmations/{ProposedAct.objects.get().id}", moved()
    again = shown(head.post(address, {**seen, "act": "confirm"}), "certificate")
    assert moved() == before
    assert head.post(address, again).status_code == 302
    assert Declaration.objects.get().lane == "green"
    assert state(place)
