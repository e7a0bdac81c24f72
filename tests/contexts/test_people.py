"""People and rights: who may give what, two people for great power, deputies marked on each act, nothing moved by a refusal."""

from __future__ import annotations

import argparse
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.cli import administrator
from gumruk.cli.demo_content import OFFICE
from gumruk.declarations import selectors as declarations
from gumruk.toolkit import audit, clock
from gumruk.toolkit.models import AdministrativeAct
from gumruk.trust import accounts, selectors, services
from gumruk.trust.models import ApiToken, Grant, User
from gumruk.trust.types import Person, Role, TrustRefused

from .conftest import DAY, NOON
from .test_doors import NOW, TODAY, demo, signed_in  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
OTHER_OFFICE = "PRV-R02"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def chief(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def second(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def local(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.ADMINISTRATOR, office=OFFICE)


@pytest.fixture
def newcomer(db: None) -> uuid.UUID:
    return services.add_user(username="new", name="Demo New", password="a-long-secret", language="tg", at=NOON)


def give(user: uuid.UUID, role: Role, by: Person, **change: Any) -> uuid.UUID:
    said: dict[str, Any] = {"since": DAY, "at": NOON, "reason": "hired", **change}
    return services.give_right(user_id=user, role=role, by=by, **said)


def roles_of(user: uuid.UUID, day: date = DAY) -> list[tuple[str, str]]:
    found = selectors.person(user_id=user, day=day)
    return [(one.role.value, one.office) for one in found.grants] if found else []


def state() -> list[Any]:
    """Everything that an act of administration can move."""
    return [*User.objects.order_by("id").values(), *Grant.objects.order_by("id").values(), *ApiToken.objects.values()]


def refused(code: str, act: Callable[[], object]) -> None:
    before, acts = state(), AdministrativeAct.objects.count()
    with pytest.raises(TrustRefused) as caught:
        act()
    assert caught.value.code == code
    assert state() == before
    assert AdministrativeAct.objects.count() == acts


def test_a_right_holds_from_its_day_up_to_its_end_and_is_recorded(chief: Person, newcomer: uuid.UUID) -> None:
    give(newcomer, Role.OFFICER, chief, office=OFFICE, until=DAY + timedelta(days=2))
    give(newcomer, Role.SUPERVISOR, chief, office=OFFICE, since=DAY + timedelta(days=1))
    assert roles_of(newcomer) == [("officer", OFFICE)]
    assert roles_of(newcomer, DAY + timedelta(days=1)) == [("officer", OFFICE), ("supervisor", OFFICE)]
    assert roles_of(newcomer, DAY + timedelta(days=2)) == [("supervisor", OFFICE)]
    acts, _ = audit.page(wanted=audit.Wanted(subject=str(newcomer)))
    assert [(one.name, one.by, one.office, one.reason, one.after["role"]) for one in acts] == [
        ("right.given", chief.id, OFFICE, "hired", "supervisor"),
        ("right.given", chief.id, OFFICE, "hired", "officer"),
    ]


def test_an_administrator_of_an_office_gives_roles_of_that_office_only(local: Person, newcomer: uuid.UUID) -> None:
    give(newcomer, Role.CASHIER, local, office=OFFICE)
    for role, said in (
        (Role.OFFICER, {"office": OTHER_OFFICE}), (Role.OFFICER, {}), (Role.LAW_EDITOR, {}), (Role.LAW_APPROVER, {}),
        (Role.LAW_EDITOR, {"office": OFFICE}), (Role.BROKER, {"party": "010000001"}), (Role.ADMINISTRATOR, {}),
    ):  # fmt: skip
        refused("not_your_office", lambda role=role, said=said: give(newcomer, role, local, **said))


def test_nobody_but_an_administrator_gives_and_nobody_gives_himself(
    chief: Person, officer: Person, newcomer: uuid.UUID
) -> None:
    refused("not_an_administrator", lambda: give(newcomer, Role.OFFICER, officer, office=OFFICE))
    refused("own_rights", lambda: give(chief.id, Role.CASHIER, chief, office=OFFICE))
    own = Grant.objects.get(user=chief.id)
    refused("own_rights", lambda: services.end_right(grant=own.id, by=chief, at=NOON, reason="tired"))


@pytest.mark.parametrize(
    ("code", "role", "change"),
    [
        ("right_in_the_past", Role.OFFICER, {"since": DAY - timedelta(days=1)}),
        ("right_ends_before_it_starts", Role.OFFICER, {"until": DAY}),
        ("firm_missing", Role.BROKER, {}),
        ("firm_missing", Role.BROKER, {"party": "12x"}),
        ("firm_missing", Role.BROKER, {"party": "1" * 18}),
        ("firm_not_wanted", Role.OFFICER, {"party": "010000001"}),
        ("office_missing", Role.CASHIER, {}),
        ("reason_missing", Role.OFFICER, {"reason": "  "}),
    ],
)
def test_a_right_of_the_wrong_shape_is_refused(
    chief: Person, newcomer: uuid.UUID, code: str, role: Role, change: dict[str, Any]
) -> None:
    refused(code, lambda: give(newcomer, role, chief, **change))


def test_the_same_right_twice_on_one_day_is_refused_and_after_its_end_is_not(
    chief: Person, newcomer: uuid.UUID
) -> None:
    give(newcomer, Role.OFFICER, chief, office=OFFICE, until=DAY + timedelta(days=5))
    refused("right_stands", lambda: give(newcomer, Role.OFFICER, chief, office=OFFICE))
    give(newcomer, Role.OFFICER, chief, office=OFFICE, since=DAY + timedelta(days=5))
    refused("right_stands", lambda: give(newcomer, Role.OFFICER, chief, office=OFFICE, since=DAY + timedelta(days=3)))
    refused("person_unknown", lambda: give(uuid.uuid4(), Role.OFFICER, chief, office=OFFICE))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.LAW_APPROVER])
def test_a_great_power_opens_nothing_until_a_second_administrator_agrees(
    chief: Person, second: Person, newcomer: uuid.UUID, role: Role
) -> None:
    grant = give(newcomer, role, chief)
    assert roles_of(newcomer) == []
    refused("second_person_needed", lambda: services.decide_right(grant=grant, agree=True, by=chief, at=NOON))
    refused("reason_missing", lambda: services.decide_right(grant=grant, agree=False, by=second, at=NOON))
    services.decide_right(grant=grant, agree=True, by=second, at=LATER)
    assert roles_of(newcomer) == [(role.value, "")]
    refused("not_waiting", lambda: services.decide_right(grant=grant, agree=True, by=second, at=LATER))
    refused("right_unknown", lambda: services.decide_right(grant=uuid.uuid4(), agree=True, by=second, at=LATER))


def test_a_refused_power_never_opens_anything(chief: Person, second: Person, newcomer: uuid.UUID) -> None:
    grant = give(newcomer, Role.ADMINISTRATOR, chief)
    services.decide_right(grant=grant, agree=False, by=second, at=NOON, reason="not needed")
    assert roles_of(newcomer) == []
    refused("right_ended", lambda: services.end_right(grant=grant, by=chief, at=NOON, reason="x"))
    give(newcomer, Role.ADMINISTRATOR, chief)  # it may be asked for again


def test_the_database_itself_wants_two_people_for_a_decision(chief: Person, newcomer: uuid.UUID) -> None:
    grant = give(newcomer, Role.ADMINISTRATOR, chief)
    with pytest.raises(DatabaseError, match="two_people_give_power"), transaction.atomic():
        Grant.objects.filter(id=grant).update(decided_by=chief.id)


def test_an_ended_right_opens_nothing_and_stays_listed(chief: Person, officer: Person) -> None:
    grant = Grant.objects.get(user=officer.id)
    refused("reason_missing", lambda: services.end_right(grant=grant.id, by=chief, at=NOON, reason=""))
    services.end_right(grant=grant.id, by=chief, at=NOON, reason="moved")
    assert roles_of(officer.id) == []
    account = accounts.account(user_id=officer.id)
    assert account is not None
    assert [(one.stands(DAY), one.ended_by) for one in account.rights] == [("ended", chief.name)]
    refused("right_ended", lambda: services.end_right(grant=grant.id, by=chief, at=NOON, reason="moved"))


def test_the_last_administrator_of_the_service_stays(chief: Person, second: Person) -> None:
    mine = Grant.objects.get(user=chief.id)
    services.end_right(grant=mine.id, by=second, at=NOON, reason="left")
    old = selectors.person(user_id=chief.id, day=DAY)
    assert old is not None
    assert not old.may(Role.ADMINISTRATOR)
    other = Grant.objects.get(user=second.id)
    # As it was before the end: even a stale page cannot take the last one away.
    refused("last_administrator", lambda: services.end_right(grant=other.id, by=chief, at=NOON, reason="x"))
    refused(
        "last_administrator",
        lambda: services.set_active(user_id=second.id, active=False, by=chief, at=NOON, reason="x"),
    )
    refused("last_administrator", lambda: services.reset_password(user_id=second.id, by=chief, at=NOON, reason="x"))


def test_a_stopped_person_opens_nothing_at_once_with_no_session_and_no_token(chief: Person, officer: Person) -> None:
    secret = services.issue_token(user_id=officer.id, label="x", at=NOON)
    services.set_active(user_id=officer.id, active=False, by=chief, at=NOON, reason="leave")
    assert selectors.person(user_id=officer.id, day=DAY) is None
    assert selectors.token_holder(secret=secret, at=LATER) is None
    refused("unchanged", lambda: services.set_active(user_id=officer.id, active=False, by=chief, at=NOON, reason="x"))
    refused("person_inactive", lambda: give(officer.id, Role.CASHIER, chief, office=OFFICE))
    refused("person_inactive", lambda: services.reset_password(user_id=officer.id, by=chief, at=NOON, reason="x"))
    services.set_active(user_id=officer.id, active=True, by=chief, at=LATER, reason="back")
    assert selectors.person(user_id=officer.id, day=DAY, opened=NOON) is None  # an old session stays closed
    assert selectors.person(user_id=officer.id, day=DAY, opened=LATER) is not None
    refused("own_account", lambda: services.set_active(user_id=chief.id, active=False, by=chief, at=NOON, reason="x"))


def test_an_administrator_of_an_office_keeps_only_people_of_that_office(
    local: Person, officer: Person, broker: Person, chief: Person
) -> None:
    services.set_active(user_id=officer.id, active=False, by=local, at=NOON, reason="leave")
    for act in (
        lambda: services.set_active(user_id=broker.id, active=False, by=local, at=NOON, reason="x"),
        lambda: services.reset_password(user_id=chief.id, by=local, at=NOON, reason="x"),
        lambda: services.change_person(
            user_id=broker.id, name="N", email="", language="tg", by=local, at=NOON, reason="x"
        ),
    ):
        refused("not_your_office", act)
    refused("not_an_administrator", lambda: services.reset_password(user_id=officer.id, by=broker, at=NOON, reason="x"))


def test_a_reset_password_is_told_once_opens_one_page_and_expires(chief: Person, officer: Person) -> None:
    secret = services.reset_password(user_id=officer.id, by=chief, at=NOON, reason="forgotten")
    username = officer.username
    person = services.sign_in(username=username, password=secret, at=LATER)
    assert person.must_change
    with pytest.raises(TrustRefused, match="sign_in_failed"):
        services.sign_in(username=username, password=secret, at=NOON + timedelta(days=3))
    assert secret not in str(list(AdministrativeAct.objects.values()))
    for code, old, new in (
        ("password_wrong", "nonsense", "a sentence of my own"), ("password_short", secret, "short"),
        ("password_long", secret, "x" * 201), ("password_same", secret, secret),
        ("password_named", secret, f"my name {username.upper()}"),
    ):  # fmt: skip
        refused(code, lambda old=old, new=new: services.choose_password(person=person, old=old, new=new, at=LATER))
    services.choose_password(person=person, old=secret, new="a sentence of my own", at=LATER)
    person = services.sign_in(username=username, password="a sentence of my own", at=NOON + timedelta(days=9))
    assert not person.must_change


def test_who_resets_a_password_alone_does_not_win_the_great_power_behind_it(
    chief: Person, second: Person, person_with: Callable[..., Person]
) -> None:
    approver = person_with(Role.LAW_APPROVER)
    services.reset_password(user_id=approver.id, by=chief, at=NOON, reason="forgotten")
    assert roles_of(approver.id) == []
    grant = Grant.objects.get(user=approver.id).id
    refused("second_person_needed", lambda: services.decide_right(grant=grant, agree=True, by=chief, at=NOON))
    services.decide_right(grant=grant, agree=True, by=second, at=NOON)
    assert roles_of(approver.id) == [("law_approver", "")]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("username_malformed", {"username": "two words"}),
        ("username_malformed", {"username": ""}),
        ("username_taken", {"username": "new"}),
        ("name_missing", {"name": " "}),
        ("name_missing", {"name": "A / B"}),
        ("email_malformed", {"email": "nobody"}),
        ("language_unknown", {"language": "xx"}),
    ],
)
def test_a_person_of_the_wrong_shape_is_not_added(
    chief: Person, newcomer: uuid.UUID, code: str, change: dict[str, str]
) -> None:
    said = {"username": "u1", "name": "N", "email": "", "language": "tg", **change}
    refused(code, lambda: services.add_person(**said, by=chief, at=NOON))


def test_a_correction_says_what_changed_and_an_empty_one_is_refused(chief: Person, officer: Person) -> None:
    said = {"name": officer.name, "email": "o@example.org", "language": "en"}
    services.change_person(user_id=officer.id, **said, by=chief, at=NOON, reason="new address")
    act = AdministrativeAct.objects.get()
    assert (act.name, act.before, act.after) == ("person.changed", {"email": ""}, {"email": "o@example.org"})
    refused(
        "unchanged",
        lambda: services.change_person(user_id=officer.id, **said, by=chief, at=NOON, reason="again"),
    )


def lend(absent: Person, deputy: uuid.UUID, by: Person, **change: Any) -> int:
    said: dict[str, Any] = {"since": DAY, "until": DAY + timedelta(days=7), "at": NOON, "reason": "leave", **change}
    return services.lend_rights(absent=absent.id, deputy=deputy, by=by, **said)


def test_a_deputy_acts_with_lent_rights_and_each_act_names_both(
    chief: Person, officer: Person, newcomer: uuid.UUID, paid: uuid.UUID
) -> None:
    assert lend(officer, newcomer, chief) == 1
    deputy = selectors.person(user_id=newcomer, day=DAY)
    assert deputy is not None
    clearance.release(declaration=paid, by=deputy, at=NOON)
    event = next(one for one in declarations.timeline(declaration=paid, sealed=True) if one.name == "released")
    assert event.by_name == f"Demo New / {officer.name}"
    assert roles_of(newcomer, DAY + timedelta(days=7)) == []
    refused("right_stands", lambda: lend(officer, newcomer, chief))


def test_a_person_with_the_right_of_their_own_signs_with_their_own_name(
    chief: Person, officer: Person, newcomer: uuid.UUID
) -> None:
    give(newcomer, Role.OFFICER, chief, office=OFFICE)
    lend(officer, newcomer, chief)
    deputy = selectors.person(user_id=newcomer, day=DAY)
    assert deputy is not None
    assert deputy.signed(OFFICE) == "Demo New"


def test_rights_are_not_lent_to_oneself_nor_on_nor_backwards(
    chief: Person, officer: Person, broker: Person, newcomer: uuid.UUID, person_with: Callable[..., Person]
) -> None:
    other = person_with(Role.ADMINISTRATOR, office=OTHER_OFFICE)
    refused("own_rights", lambda: lend(officer, chief.id, chief))
    refused("own_deputy", lambda: lend(officer, officer.id, chief))
    refused("not_an_administrator", lambda: lend(officer, newcomer, broker))
    refused("not_your_office", lambda: lend(officer, newcomer, other))
    refused("nothing_to_lend", lambda: lend(broker, newcomer, chief))
    refused("right_in_the_past", lambda: lend(officer, newcomer, chief, since=DAY - timedelta(days=1)))
    refused("right_ends_before_it_starts", lambda: lend(officer, newcomer, chief, until=DAY))
    refused("reason_missing", lambda: lend(officer, newcomer, chief, reason=""))
    refused("person_unknown", lambda: lend(officer, uuid.uuid4(), chief))
    lend(officer, newcomer, chief)
    deputy = selectors.person(user_id=newcomer, day=DAY)
    assert deputy is not None
    refused("nothing_to_lend", lambda: lend(deputy, broker.id, chief))


def test_an_administrator_ends_a_token_and_says_why(
    chief: Person, officer: Person, local: Person, broker: Person
) -> None:
    secret = services.issue_token(user_id=broker.id, label="lost laptop", at=NOON)
    token = ApiToken.objects.get().id
    refused("not_your_office", lambda: services.end_token_of(token=token, by=local, at=NOON, reason="x"))
    refused("not_an_administrator", lambda: services.end_token_of(token=token, by=officer, at=NOON, reason="x"))
    refused("reason_missing", lambda: services.end_token_of(token=token, by=chief, at=NOON, reason=" "))
    services.end_token_of(token=token, by=chief, at=LATER, reason="stolen")
    assert selectors.token_holder(secret=secret, at=LATER) is None
    refused("token_ended", lambda: services.end_token_of(token=token, by=chief, at=LATER, reason="x"))
    refused("token_unknown", lambda: services.end_token_of(token=uuid.uuid4(), by=chief, at=LATER, reason="x"))


def test_the_record_of_administration_cannot_be_rewritten(chief: Person, newcomer: uuid.UUID) -> None:
    give(newcomer, Role.OFFICER, chief, office=OFFICE)
    for change in (lambda rows: rows.update(reason="other"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change(AdministrativeAct.objects.all())
    assert AdministrativeAct.objects.get().reason == "hired"


def test_people_are_found_without_the_right_letters_in_two_queries(chief: Person) -> None:
    services.add_person(username="hakim", name="Ҳакимов Қодир", email="", language="tg", by=chief, at=NOON)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows, _ = accounts.page(wanted=accounts.Wanted("кодир хаким"), day=DAY)
    assert [one.username for one in rows] == ["hakim"]
    assert len(queries) == 2
    seen: list[str] = []
    after = ""
    while True:
        rows, after = accounts.page(wanted=accounts.Wanted(), day=DAY, after=after, size=1)
        seen += [one.username for one in rows]
        if not after:
            break
    assert sorted(seen) == sorted(User.objects.values_list("username", flat=True))


@pytest.fixture
def admin(demo: None) -> Client:  # noqa: F811 - the fixture
    return signed_in("administrator")


def user_of(username: str) -> uuid.UUID:
    return User.objects.get(username=username).id


def test_the_pages_give_a_right_that_works_at_once(admin: Client) -> None:
    cashier = signed_in("cashier")
    assert cashier.get("/people").status_code == 404
    assert 'href="/shift"' not in cashier.get("/cash-desk").content.decode()
    page = admin.get(f"/people/{user_of('cashier')}")
    assert page.status_code == 200
    said = {"act": "give", "role": "officer", "office": OFFICE, "party": "", "since": "", "until": "", "reason": "help"}
    answer = admin.post(f"/people/{user_of('cashier')}/act", said, follow=True)
    assert answer.status_code == 200
    assert 'href="/shift"' in cashier.get("/cash-desk").content.decode()


def test_a_refused_form_keeps_what_was_typed_and_moves_nothing(admin: Client) -> None:
    before = state()
    said = {
        "act": "give",
        "role": "cashier",
        "office": "",
        "party": "",
        "since": "x1",
        "until": "",
        "reason": "because",
    }
    for since, expected in (("x1", "25.11.2026"), ("", "A cashier sits at one office")):
        answer = admin.post(
            f"/people/{user_of('officer')}/act", {**said, "since": since}, headers={"Accept-Language": "en"}
        )
        assert answer.status_code == 422
        assert expected in answer.content.decode()
        assert 'value="because"' in answer.content.decode()
    assert state() == before
    assert admin.post(f"/people/{user_of('officer')}/act", {"act": "conquer"}).status_code == 404
    assert admin.get(f"/people/{uuid.uuid4()}").status_code == 404


def test_a_first_password_leads_to_one_page_and_closes_other_sessions(admin: Client) -> None:
    old = signed_in("officer")
    assert old.get("/").status_code == 200
    answer = admin.post(f"/people/{user_of('officer')}/act", {"act": "reset", "reason": "forgotten"})
    assert answer["Cache-Control"] == "no-store"
    found = re.search(r'name="secret" value="([^"]+)"', answer.content.decode())
    assert found is not None
    assert old.get("/")["Location"].startswith("/sign-in")
    fresh = Client()
    fresh.post("/sign-in", {"username": "officer", "password": found[1]})
    assert fresh.get("/")["Location"] == "/password"
    wrong = fresh.post("/password", {"old": found[1], "new": "a sentence of my own", "again": "another"})
    assert wrong.status_code == 422
    fresh.post("/password", {"old": found[1], "new": "a sentence of my own", "again": "a sentence of my own"})
    assert fresh.get("/").status_code == 200


def test_the_record_shows_the_acts_and_filters_them(admin: Client) -> None:
    admin.post(f"/people/{user_of('officer')}/act", {"act": "stop", "reason": "on leave"})
    page = admin.get("/administration/record?act=person.stopped", headers={"Accept-Language": "en"}).content.decode()
    assert "on leave" in page
    assert "on leave" not in admin.get("/administration/record?act=right.given").content.decode()
    assert "on leave" not in admin.get("/administration/record?who=nobody").content.decode()
    assert "on leave" in admin.get("/administration/record?who=administrator").content.decode()
    day = (TODAY - timedelta(days=1)).isoformat()
    assert "on leave" not in admin.get(f"/administration/record?until={day}").content.decode()
    assert admin.get("/administration/record?after=nonsense").status_code == 200


def test_a_new_person_is_added_by_the_page_with_a_password_shown_once(admin: Client) -> None:
    said = {"username": "fresh.one", "name": "Demo Fresh", "email": "", "language": "ru"}
    answer = admin.post("/people/new", said)
    assert re.search(r'name="secret" value="[^"]{12,}"', answer.content.decode())
    assert admin.post("/people/new", said).status_code == 422
    assert clock.law_day(NOW) == TODAY


def test_the_console_makes_the_first_administrator_once_with_a_password(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = argparse.Namespace(username="root.of.all", name="Demo Chief", email="", language="tg")
    assert administrator.run(chosen) == 0
    secret = capsys.readouterr().out.strip()
    person = services.sign_in(username="root.of.all", password=secret, at=NOW)
    assert (person.must_change, person.may(Role.ADMINISTRATOR)) == (True, True)
    assert administrator.run(argparse.Namespace(username="two words", name="", email="", language="tg")) == 2
    assert [one.by for one in audit.page(wanted=audit.Wanted(subject=str(person.id)))[0]] == [None, None]
