"""What pages of reference data must refuse: numbers that are none, days at the end of time, uploads without the right."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gumruk.lawbook.models import ChangeSet
from gumruk.reference import selectors, services
from gumruk.reference.models import ExchangeRate, KeptSheet
from gumruk.toolkit import clock, jobs
from gumruk.toolkit.sheets import SheetRefused, whole_in
from gumruk.trust import services as trust
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, Role

pytestmark = pytest.mark.django_db
TODAY = clock.law_day(clock.now())
RATES = "Рамз;Воҳид;Қурб\nUSD;1;9,35\n"
NUMBERS = ["²", "٣", "9" * 5000, "abc", "-1", "1.5"]


def client_of(person: Person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    return client


def uploaded(text: str, name: str = "file.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    person = person_with(Role.LAW_EDITOR)
    trust.grant(user_id=person.id, role=Role.LAW_EDITOR, since=TODAY, at=clock.now())
    return person


def entry(**other: str) -> dict[str, str]:
    return {"currency": "USD", "day": TODAY.isoformat(), "per": "1", "rate": "9.35", **other}


@pytest.mark.parametrize("text", ["", " ", "²", "٣", "9" * 10, "9" * 5000, "-1", "+1", "1_0", "1.0"])
def test_what_is_no_whole_number_is_none(text: str) -> None:
    assert whole_in(text) is None


def test_a_whole_number_is_read() -> None:
    assert (whole_in("0"), whole_in(" 100 "), whole_in("9" * 9)) == (0, 100, 999999999)


@pytest.mark.parametrize("per", NUMBERS)
def test_a_unit_that_is_no_number_enters_no_rate(editor: Person, per: str) -> None:
    client = client_of(editor)
    assert client.post("/reference/rates/enter", entry(per=per)).status_code == 422
    assert client.post("/reference/rates/enter", entry()).status_code == 302
    assert client.post("/reference/rates/correct", entry(per=per, rate="9.40", reason="misprint")).status_code == 422
    assert [(one.per, one.version) for one in ExchangeRate.objects.all()] == [(1, 1)]


def test_a_long_source_of_a_rate_is_refused_by_name(editor: Person) -> None:
    answer = client_of(editor).post("/reference/rates/enter", entry(source="x" * 5000))
    assert (answer.status_code, ExchangeRate.objects.count()) == (422, 0)
    assert "source is too long" in answer.content.decode()


@pytest.mark.parametrize("where", ["enter", "correct", "file"])
def test_the_right_is_asked_before_anything_is_read(broker: Person, where: str) -> None:
    said = {**entry(per="²", day="x"), "file": uploaded("x")}
    answer = client_of(broker).post(f"/reference/rates/{where}", said)
    assert answer.status_code == 422
    assert "You do not have the right to do this." in answer.content.decode()
    assert (ExchangeRate.objects.count(), KeptSheet.objects.count()) == (0, 0)


def test_who_may_draft_no_tariff_keeps_no_sheet(broker: Person) -> None:
    answer = client_of(broker).post("/reference/tariff/preview", {"file": uploaded("x"), "since": TODAY.isoformat()})
    assert answer.status_code == 422
    assert "law_editor" in answer.content.decode()
    with pytest.raises(SheetRefused, match="not_allowed"):
        services.keep_sheet(name="x", data=b"x", by=broker, at=clock.now())
    assert (KeptSheet.objects.count(), ChangeSet.objects.filter(origin="imported").count()) == (0, 0)


def test_a_person_keeps_one_sheet_and_what_cannot_be_read_is_not_kept(editor: Person) -> None:
    client = client_of(editor)
    for _ in range(3):
        assert (
            client.post("/reference/rates/file", {"file": SimpleUploadedFile("x.csv", b"\xff" * 5000)}).status_code
            == 422
        )
    assert KeptSheet.objects.count() == 0
    for _ in range(3):
        answer = client.post("/reference/rates/file", {"file": uploaded(RATES), "day": TODAY.isoformat()})
        assert answer.status_code == 200
    assert KeptSheet.objects.count() == 1
    services.keep_sheet(name="a\x00b", data=b"x", by=editor, at=clock.now())
    assert KeptSheet.objects.get().name == "ab"


def test_a_kept_sheet_expires(editor: Person) -> None:
    now = clock.now()
    key = services.keep_sheet(name="x", data=b"x", by=editor, at=now - timedelta(days=2))
    assert selectors.kept_sheet(sheet=key, by=editor, at=now) is None
    assert selectors.kept_sheet(sheet=key, by=editor, at=now - timedelta(days=1, hours=1)) is not None
    assert "kept sheets forgotten" in jobs.run_hourly(now)
    assert KeptSheet.objects.count() == 0


def test_a_sheet_that_is_no_tariff_comes_back_with_its_reason(editor: Person) -> None:
    key = services.keep_sheet(name="x", data=b"x;y\n1;2\n", by=editor, at=clock.now())
    assert client_of(editor).get(f"/reference/tariff/{key}/faults").status_code == 422


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "0001-01-02", "9999-12-30"])
def test_days_at_the_end_of_time_are_pages(editor: Person, day: str) -> None:
    client = client_of(editor)
    for where in ("/reference/rates", "/reference/lists/country"):
        assert client.get(where, {"day": day}).status_code == 200
    answer = client.post("/reference/rates/enter", entry(day=day, per="x"))
    assert answer.status_code == 422


@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_that_is_no_number_is_the_first(broker: Person, number: str) -> None:
    client = client_of(broker)
    first = client.get("/reference/lists/country")
    asked = client.get("/reference/lists/country", {"page": number})
    assert (asked.status_code, asked.context["from"], asked.context["to"]) == (200, 1, first.context["to"])
    assert client.get("/codes/country", {"start": number}).json() == client.get("/codes/country").json()


@pytest.mark.parametrize("after", ["xx", "²", str(uuid.UUID(int=0))[:-1]])
def test_an_unknown_cursor_of_templates_is_the_first_page(broker: Person, after: str) -> None:
    assert client_of(broker).get("/templates", {"after": after}).status_code == 200
