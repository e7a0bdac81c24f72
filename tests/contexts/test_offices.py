"""Offices at work: hours, shifts and who is on them; who may change what; a refusal moves nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client

from gumruk.cli.demo_content import OFFICE
from gumruk.offices import selectors, services
from gumruk.offices.models import Member, Shift, Workplace
from gumruk.offices.types import OfficeRefused
from gumruk.toolkit.models import AdministrativeAct
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .test_doors import demo, signed_in  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def local(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.ADMINISTRATOR, office=OFFICE)


def refused(code: str, act: Callable[[], object]) -> None:
    def state() -> list[Any]:
        return [list(model.objects.order_by("id").values()) for model in (Workplace, Shift, Member, AdministrativeAct)]

    before = state()
    with pytest.raises(OfficeRefused) as caught:
        act()
    assert caught.value.code == code
    assert state() == before


def work(by: Person, **change: Any) -> None:
    said = {"office": OFFICE, "zone": "Asia/Dushanbe", "hours": {"1": "08:00-17:00", "7": ""}, "phone": "", "contact": "",
            "note": "", "reason": "order", **change}  # fmt: skip
    services.set_workplace(**said, by=by, at=NOON)


def shift(by: Person, **change: Any) -> uuid.UUID:
    said = {
        "office": OFFICE,
        "name": "Night",
        "starts": time(20),
        "ends": time(8),
        "days": [1, 2],
        "since": DAY,
        "until": None,
    }
    return services.set_shift(**{**said, **change}, by=by, at=NOON)  # type: ignore[arg-type]


def test_working_data_is_kept_with_what_stood_before(local: Person, officer: Person) -> None:
    work(local)
    assert selectors.workplace(office=OFFICE).hours == {"1": "08:00-17:00"}
    act = AdministrativeAct.objects.get()
    assert (act.name, act.before, act.after) == ("office.changed", {"hours": ""}, {"hours": "1: 08:00-17:00"})
    for code, change in (
        ("unchanged", {}), ("reason_missing", {"reason": " "}), ("zone_unknown", {"zone": "Mars/Base"}),
        ("shift_hours", {"hours": {"1": "8-17"}}), ("shift_hours", {"hours": {"8": "08:00-17:00"}}),
        ("text_long", {"phone": "1" * 201}), ("not_your_office", {"office": "PRV-R02"}),
    ):  # fmt: skip
        refused(code, lambda change=change: work(local, **change))
    refused("not_your_office", lambda: work(officer, note="mine"))


def test_a_shift_has_people_for_days_and_ends_with_them(local: Person, officer: Person) -> None:
    made = shift(local)
    said = {"shift": made, "person": officer.id, "person_name": officer.name, "by": local, "at": NOON}
    services.join_shift(**said, since=DAY + timedelta(days=1), until=None)  # type: ignore[arg-type]
    refused("person_on_shift", lambda: services.join_shift(**said, since=DAY + timedelta(days=3), until=None))  # type: ignore[arg-type]
    refused("day_in_the_past", lambda: services.join_shift(**said, since=DAY - timedelta(days=1), until=None))  # type: ignore[arg-type]
    refused("ends_before_it_starts", lambda: services.join_shift(**said, since=DAY, until=DAY))  # type: ignore[arg-type]
    found = selectors.shifts(office=OFFICE, day=DAY)
    assert [(one.name, one.days, [person.person_name for person in one.members]) for one in found] == [
        ("Night", (1, 2), [officer.name])
    ]
    refused("not_your_office", lambda: services.end_shift(shift=made, by=officer, at=NOON))
    services.end_shift(shift=made, by=local, at=NOON)
    assert selectors.shifts(office=OFFICE, day=DAY) == ()
    refused("shift_over", lambda: services.end_shift(shift=made, by=local, at=NOON))
    refused("shift_unknown", lambda: services.end_shift(shift=uuid.uuid4(), by=local, at=NOON))
    shift(local)  # its name is free again


def test_a_person_leaves_a_shift_and_may_come_back(local: Person, officer: Person) -> None:
    made = shift(local)
    for _ in range(2):
        services.join_shift(shift=made, person=officer.id, person_name="O", since=DAY, until=None, by=local, at=NOON)
        member = Member.objects.filter(until__isnull=True).get()
        services.leave_shift(member=member.id, by=local, at=NOON)
        refused("shift_over", lambda member=member: services.leave_shift(member=member.id, by=local, at=NOON))
    refused("shift_unknown", lambda: services.leave_shift(member=uuid.uuid4(), by=local, at=NOON))


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("shift_named_twice", {}), ("name_missing", {"name": " "}), ("shift_hours", {"ends": time(20)}),
        ("shift_hours", {"days": []}), ("shift_hours", {"days": [8]}), ("text_long", {"name": "x" * 81}),
        ("day_in_the_past", {"since": DAY - timedelta(days=1)}), ("ends_before_it_starts", {"name": "Day", "until": DAY}),
        ("not_your_office", {"office": "PRV-R02"}),
    ],
)  # fmt: skip
def test_a_shift_of_the_wrong_shape_is_refused(local: Person, code: str, change: dict[str, Any]) -> None:
    shift(local)
    refused(code, lambda: shift(local, **change))


def test_the_pages_keep_an_office_and_its_shifts(demo: None) -> None:  # noqa: F811 - the fixture
    admin, supervisor, officer = (signed_in(name) for name in ("administrator", "head", "officer"))
    assert officer.get("/offices").status_code == 404
    place, english = f"/offices/{OFFICE}", {"Accept-Language": "en"}
    page = admin.get("/offices?text=турсунзода", headers=english).content.decode()
    assert OFFICE in page
    assert "PRV-R02" not in page
    said = {"act": "work", "zone": "Asia/Dushanbe", "hours-1": "08:00–17:00", "phone": "+992", "reason": "order"}
    assert admin.post(f"{place}/act", {**said, "hours-1": "soon"}).status_code == 422
    assert admin.post(f"{place}/act", said)["Location"] == place
    assert "08:00-17:00" in admin.get(place).content.decode()
    assert supervisor.post(f"{place}/act", {**said, "phone": "1"}).status_code == 422
    new = {"act": "shift", "name": "Day", "starts": "8:00", "ends": "20:00", "days": ["1", "2"]}
    assert supervisor.post(f"{place}/act", new)["Location"] == place
    made, person = Shift.objects.get(), dict_of_people(admin, place)
    assert admin.post(f"{place}/act", {"act": "join", "shift": made.id, "person": uuid.uuid4()}).status_code == 422
    assert admin.post(f"{place}/act", {"act": "join", "shift": made.id, "person": person})["Location"] == place
    assert admin.post(f"{place}/act", {"act": "leave", "member": Member.objects.get().id})["Location"] == place
    assert admin.post(f"{place}/act", {"act": "end-shift", "shift": made.id})["Location"] == place
    assert admin.post(f"{place}/act", {"act": "conquer"}).status_code == 404
    assert admin.get("/offices/NOWHERE").status_code == 404


def dict_of_people(client: Client, place: str) -> str:
    """Somebody whom the page offers for a shift."""
    page = client.get(place).content.decode()
    return page.split('name="person"')[1].split('<option value="')[1].split('"')[0]
