"""The law in a browser: drafted in forms, checked, asked for, sent back, approved by another, published; settings."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from gumruk.law.types import Confidence
from gumruk.lawbook import selectors, services
from gumruk.lawbook.models import ChangeSet, DraftEntry, Entry, Remark
from gumruk.lawbook.types import Kind, LawbookRefused, NewEntry
from gumruk.trust.types import Person, Role
from gumruk.web.law.forms import EntryForm

from .conftest import DAY, NOON
from .lawbook_acts import draft, measure
from .test_doors import TODAY, demo, signed_in  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
SOON = TODAY + timedelta(days=40)
EN = {"Accept-Language": "en"}


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


def checked(editor: Person) -> uuid.UUID:
    key = draft(editor, measure("7%", DAY + timedelta(days=50), code="0207"))
    assert services.check_change_set(change_set=key, by=editor, at=NOON) == ()
    return key


def refused(code: str, act: Callable[[], object]) -> None:
    def state() -> list[Any]:
        return [list(model.objects.order_by("id").values()) for model in (ChangeSet, DraftEntry, Entry, Remark)]

    before = state()
    with pytest.raises(LawbookRefused) as caught:
        act()
    assert caught.value.code == code
    assert state() == before


def test_a_checked_draft_is_asked_for_sent_back_with_words_and_asked_for_again(
    editor: Person, approver: Person
) -> None:
    key = checked(editor)
    refused("not_asked", lambda: services.send_back(change_set=key, by=approver, at=NOON, words="why"))
    refused("not_allowed", lambda: services.ask_approval(change_set=key, by=approver, at=NOON))
    services.ask_approval(change_set=key, by=editor, at=NOON, words="order 12")
    assert selectors.waiting_count() == 1
    refused("asked_already", lambda: services.ask_approval(change_set=key, by=editor, at=NOON))
    refused("not_allowed", lambda: services.send_back(change_set=key, by=editor, at=NOON, words="x"))
    refused("words_missing", lambda: services.send_back(change_set=key, by=approver, at=NOON, words=" "))
    services.send_back(change_set=key, by=approver, at=NOON, words="wrong act")
    assert selectors.waiting_count() == 0
    services.ask_approval(change_set=key, by=editor, at=NOON)
    services.approve(change_set=key, by=approver, at=NOON)
    services.send_back(change_set=key, by=approver, at=NOON, words="one more look")
    assert selectors.change_set(key).approver is None
    assert [(one.what, one.words) for one in selectors.remarks_of(key)] == [
        ("asked", "order 12"), ("sent_back", "wrong act"), ("asked", ""), ("sent_back", "one more look"),
    ]  # fmt: skip


def test_an_unchecked_or_faulty_draft_is_not_asked_for(editor: Person) -> None:
    key = draft(editor, measure("7%", DAY))
    refused("check_missing", lambda: services.ask_approval(change_set=key, by=editor, at=NOON))
    faulty = draft(editor, measure("7%", DAY, area="XX"))
    assert services.check_change_set(change_set=faulty, by=editor, at=NOON) != ()
    refused("check_failed", lambda: services.ask_approval(change_set=faulty, by=editor, at=NOON))


def test_an_edit_takes_the_question_back(editor: Person) -> None:
    key = checked(editor)
    services.ask_approval(change_set=key, by=editor, at=NOON)
    services.put_entry(change_set=key, entry=measure("8%", DAY + timedelta(days=60), code="0208"), by=editor, at=NOON)
    assert selectors.change_set(key).asked_at is None
    refused("check_expired", lambda: services.ask_approval(change_set=key, by=editor, at=NOON))


def test_a_change_is_taken_out_of_a_draft_by_an_editor_only(editor: Person, approver: Person) -> None:
    key = checked(editor)
    change = selectors.changes_of(key)[0]
    said: dict[str, Any] = {"change_set": key, "kind": change.kind, "key": change.key, "since": change.since}
    refused("not_allowed", lambda: services.drop_change(**said, by=approver))
    refused("change_unknown", lambda: services.drop_change(**{**said, "since": DAY}, by=editor))
    services.drop_change(**said, by=editor)
    assert selectors.changes_of(key) == ()


def setting(value: str, since: date, key: str = "limit_filing") -> NewEntry:
    label = {"tg": "Б", "ru": "Б", "en": "B"}
    return NewEntry(
        Kind.PARAMETER, key, since, None, {"label": label, "unit": "day", "value": value}, "demo", "", Confidence.DEMO
    )


def publish(key: uuid.UUID, editor: Person, approver: Person) -> None:
    assert services.check_change_set(change_set=key, by=editor, at=NOON) == ()
    services.approve(change_set=key, by=approver, at=NOON)
    services.publish(change_set=key, by=approver, at=NOON)


def test_one_person_changes_a_setting_only_where_the_law_says_so_and_never_the_past(
    editor: Person, approver: Person
) -> None:
    key = draft(editor, setting("16", DAY))
    assert services.check_change_set(change_set=key, by=editor, at=NOON) == ()
    refused("second_person_needed", lambda: services.publish_setting(change_set=key, by=editor, at=NOON))
    publish(
        draft(editor, setting("limit_filing settings_of_one_person", DAY, "settings_of_one_person")), editor, approver
    )
    past = draft(editor, setting("17", DAY - timedelta(days=1)))
    own = draft(editor, setting("everything", DAY, "settings_of_one_person"))
    rate = draft(editor, setting("18", DAY), measure("9%", DAY))
    for other in (past, own, rate):
        services.check_change_set(change_set=other, by=editor, at=NOON)
        refused(
            "second_person_needed", lambda other=other: services.publish_setting(change_set=other, by=editor, at=NOON)
        )
    refused("not_allowed", lambda: services.publish_setting(change_set=key, by=approver, at=NOON))
    refused("check_expired", lambda: services.publish_setting(change_set=key, by=editor, at=NOON))
    services.check_change_set(change_set=key, by=editor, at=NOON)
    services.publish_setting(change_set=key, by=editor, at=NOON)
    assert selectors.on(DAY).value("limit_filing") == "16"


def said(body: Any) -> dict[str, Any]:
    """The body without what says nothing; a setting that is not known says just that."""
    return {name: value for name, value in body.items() if value not in ("", [], False, None) or name == "value"}


@pytest.mark.parametrize("kind", list(Kind))
def test_every_entry_of_the_law_survives_its_form(kind: Kind) -> None:
    """What a form shows and reads back is what stood there, for every shipped and demonstration entry."""
    rows = list(selectors.snapshot().of(kind))
    assert rows
    for entry in rows[:: max(1, len(rows) // 100)]:
        form = EntryForm.of(kind, "" if kind == Kind.MEASURE else entry.key, entry, "ru")
        read = form.entry()
        assert said(read.body) == said(entry.body), entry.key
        assert (read.since, read.until, read.cites, read.source) == (
            entry.since,
            entry.until,
            entry.cites,
            entry.source,
        )


@pytest.fixture
def lawyer(demo: None) -> Client:  # noqa: F811 - the fixture
    return signed_in("lawyer")


def begun(client: Client, title: str = "VAT") -> str:
    answer = client.post("/law/new", {"title": title, "reason": "the budget", "act": ""})
    return str(answer["Location"])


def put(client: Client, place: str, **change: str) -> Any:
    """VAT of 13 % replaced by another rate, as the form of a measure posts it."""
    form = {"entry_kind": "measure", "kind": "vat", "rate": "12%", "since": SOON.isoformat(), "until": "", "cites": "demo",
            "source": "an invented order", "confidence": "demo", "note": "kept", **change}  # fmt: skip
    return client.post(f"{place}/entry", form, headers=EN)


def vat_of(day: date) -> list[str]:
    return [
        one.rate
        for one in selectors.snapshot().epoch(day).measures
        if one.kind == "vat" and not one.code and not one.preference
    ]


def test_a_vat_rate_goes_from_the_form_to_the_law_of_its_day(lawyer: Client) -> None:
    place, before = begun(lawyer), vat_of(SOON)
    key = uuid.UUID(place.rsplit("/", 1)[1])
    assert put(lawyer, place)["Location"] == place
    assert lawyer.post(f"{place}/step", {"act": "check"}).status_code == 302
    page = lawyer.get(place, headers=EN).content.decode()
    assert "The check found nothing wrong." in page
    assert "<ins>12%</ins>" in page
    lawyer.post(f"{place}/step", {"act": "impact"})
    assert "Impact on stored assessments" in lawyer.get(place, headers=EN).content.decode()
    approver = signed_in("approver")
    lawyer.post(f"{place}/step", {"act": "ask", "words": "order 12"})
    assert lawyer.post(f"{place}/step", {"act": "approve"}).status_code == 422
    assert approver.post(f"{place}/step", {"act": "approve"}).status_code == 302
    assert lawyer.post(f"{place}/step", {"act": "publish"}).status_code == 422
    assert approver.post(f"{place}/step", {"act": "publish"}).status_code == 302
    assert selectors.change_set(key).number == selectors.head()
    assert vat_of(SOON) == ["12%"]
    assert vat_of(SOON - timedelta(days=1)) == before != ["12%"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"since": ""}, "since"), ({"since": "tomorrow"}, "since"), ({"rate": "many"}, "rate"), ({"code": "x"}, "code"),
        ({"cites": ""}, "cites"), ({"until": "2000-01-01"}, "until"), ({"rest": "{"}, "rest"), ({"confidence": "sure"}, "confidence"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field_and_nothing_is_drafted(lawyer: Client, change: dict[str, str], field: str) -> None:
    place = begun(lawyer)
    answer = put(lawyer, place, **change)
    assert answer.status_code == 422
    assert f'href="#e-{field}"' in answer.content.decode()
    assert "kept" in answer.content.decode()
    assert field != "rate" or "This is not surely a rate." in answer.content.decode()
    assert not DraftEntry.objects.exists()


@profile(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["rate", "code", "since", "until", "cites", "rest", "json", "view", "share", "rows-1-above",
       "rows-x-above", "value", "order", "label-tg", "confidence", "kind"]), st.text(max_size=40)), st.sampled_from(list(Kind)))  # fmt: skip
def test_no_form_however_wild_is_a_fault_of_the_program(lawyer: Client, said: dict[str, str], kind: Kind) -> None:
    place = begun(lawyer)
    form = {
        "since": "2027-01-01",
        "confidence": "demo",
        "cites": "demo",
        "entry_key": "x/y",
        **said,
        "entry_kind": kind.value,
    }
    answer = lawyer.post(f"{place}/entry", form)
    assert answer.status_code in (302, 400, 422)  # 400: a sign that no text may hold


def test_pages_of_law_are_for_the_people_of_law(lawyer: Client) -> None:
    place = begun(lawyer)
    officer, approver = signed_in("officer"), signed_in("approver")
    for address in ("/law", place, f"{place}/entries", f"{place}/entry?kind=measure", "/settings"):
        assert officer.get(address).status_code == 404, address
        assert lawyer.get(address).status_code == 200, address
    assert approver.get(f"{place}/entry?kind=measure").status_code == 404
    assert approver.post(f"{place}/close", {"kind": "measure", "key": "x", "since": "2027-01-01"}).status_code == 404
    assert lawyer.get(f"/law/sets/{uuid.uuid4()}").status_code == 404
    assert lawyer.post(f"{place}/step", {"act": "conquer"}).status_code == 404
    for group in ("open", "waiting", "approved", "published", "withdrawn", "nonsense"):
        assert lawyer.get(f"/law?group={group}&after=nonsense").status_code == 200


def test_an_entry_is_closed_and_taken_out_again_in_the_browser(lawyer: Client) -> None:
    place = begun(lawyer)
    page = lawyer.get(f"{place}/entries?kind=code&text=PRV-R01", headers=EN).content.decode()
    assert "office/PRV-R01" in page
    said = {"kind": "code", "key": "office/PRV-R01", "since": SOON.isoformat()}
    assert lawyer.post(f"{place}/close", {**said, "since": "x"}).status_code == 422
    lawyer.post(f"{place}/close", said)
    assert [(one.key, one.entry) for one in selectors.changes_of(uuid.UUID(place.rsplit("/", 1)[1]))] == [
        ("office/PRV-R01", None)
    ]
    lawyer.post(f"{place}/drop", said)
    assert not DraftEntry.objects.exists()
    assert lawyer.post(f"{place}/drop", said).status_code == 422
    lawyer.post(f"{place}/step", {"act": "withdraw"})
    assert place in lawyer.get("/law?group=withdrawn").content.decode()


def test_a_setting_is_changed_on_its_own_page_by_two_people(lawyer: Client) -> None:
    page = lawyer.get("/settings?group=all", headers=EN).content.decode()
    assert "Time for filing the declaration" in page
    said = {
        "value": "21",
        "since": SOON.isoformat(),
        "cites": "demo",
        "confidence": "demo",
        "reason": "asked by offices",
        "note": "",
    }
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    for wrong in ({"since": yesterday}, {"since": ""}, {"cites": "no-such-act"}, {"value": "[1"}):
        assert lawyer.post("/settings/limit_filing", {**said, **wrong}).status_code == 422
        assert not ChangeSet.objects.filter(status="draft").exists()
    assert signed_in("administrator").post("/settings/limit_filing", said).status_code == 422
    assert lawyer.post("/settings/limit_filing", said).status_code == 302
    waiting = ChangeSet.objects.get(status="draft")
    assert waiting.asked_at is not None
    approver = signed_in("approver")
    assert re.search(str(waiting.id), approver.get("/").content.decode())
    for act in ("approve", "publish"):
        assert approver.post(f"/law/sets/{waiting.id}/step", {"act": act}).status_code == 302
    assert selectors.on(SOON).value("limit_filing") == "21"
    assert lawyer.get("/settings/no_such_setting").status_code == 404
