"""A change of law from draft to publication: who may, what is refused, what the database itself refuses."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import Error, connection, transaction

from gumruk.law.day import Law
from gumruk.law.types import Confidence
from gumruk.lawbook import selectors, services
from gumruk.lawbook.models import ChangeSet, DraftEntry, Entry
from gumruk.lawbook.types import Kind, LawbookRefused, NewEntry, Origin, Status
from gumruk.toolkit.models import OutboxEvent
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import WORDS, draft, measure, publish

LATER = date(2026, 6, 1)


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


def rates(kind: str, code: str, day: date) -> list[str]:
    return general(selectors.on(day), kind, code)


def general(law: Law, kind: str, code: str) -> list[str]:
    return [found.rate for found in law.measures(kind, code) if not found.preference]


def everything() -> tuple[Any, ...]:
    """All that a refusal must leave as it was."""
    return (
        selectors.head(),
        Entry.objects.count(),
        Entry.objects.filter(recorded__upper_inf=True).count(),
        tuple(ChangeSet.objects.order_by("id").values_list("id", "status", "number", "checked_head")),
        tuple(DraftEntry.objects.order_by("id").values_list("id", "valid")),
        OutboxEvent.objects.count(),
    )


def test_a_published_change_holds_from_its_day_and_the_past_is_known_as_before(
    editor: Person, approver: Person
) -> None:
    head = selectors.head()
    made = draft(editor, measure("25%", LATER), title="Poultry")
    assert rates("duty", "0207120000", LATER) == ["20%", "5%"]
    done = publish(made, editor, approver)
    assert (done.number, done.status, done.origin, done.author_name) == (
        head + 1,
        Status.PUBLISHED,
        Origin.EDITED,
        editor.username,
    )
    assert (done.approver, done.published_at, len(done.hash)) == (approver.id, NOON, 64)
    assert selectors.head() == head + 1
    assert rates("duty", "0207120000", LATER) == ["20%", "25%", "5%"]
    assert rates("duty", "0207120000", DAY) == ["20%", "5%"]
    assert general(selectors.on(LATER, head), "duty", "0207120000") == ["20%", "5%"]
    assert selectors.on(LATER).ruleset != selectors.on(LATER, head).ruleset
    assert selectors.on(DAY).ruleset == selectors.on(DAY, head).ruleset
    told = OutboxEvent.objects.order_by("id").values_list("name", flat=True)
    assert list(told) == ["law.approved", "law.published"]
    assert OutboxEvent.objects.get(name="law.published").payload == {"number": head + 1, "hash": done.hash}


def test_a_new_rate_cuts_the_standing_one_and_the_rest_goes_on(editor: Person, approver: Person) -> None:
    body = {"kind": "vat", "code": "", "rate": "10%", "id": "VAT-HALF"}
    wanted = NewEntry(Kind.MEASURE, "", LATER, date(2026, 9, 1), body, "demo", "", Confidence.DEMO)
    made = draft(editor, wanted)
    assert [(d.kind, d.key, len(d.before), len(d.after)) for d in services.compare(made)] == [
        ("measure", "vat//////", 1, 3)
    ]
    number = publish(made, editor, approver).number
    days = (date(2026, 5, 31), LATER, date(2026, 8, 31), date(2026, 9, 1), date(2027, 1, 1))
    assert [rates("vat", "0207120000", day) for day in days] == [["14%"], ["10%"], ["10%"], ["14%"], ["13%"]]
    assert [(d.kind, d.key, len(d.before), len(d.after)) for d in services.compare(made)] == [
        ("measure", "vat//////", 1, 3)
    ]
    rows = selectors.history("measure", "vat//////")
    assert [(entry.body["rate"], since, until) for entry, since, until in rows if entry.since >= date(2024, 1, 1)] == [
        ("14%", number, None), ("14%", 1, number), ("10%", number, None), ("14%", number, None), ("13%", 1, None),
    ]  # fmt: skip


def test_a_closed_entry_ends_and_what_was_before_stays(editor: Person, approver: Person) -> None:
    made = draft(editor)
    services.close_entry(change_set=made, kind="measure", key="duty/0207/////", since=LATER, by=editor, at=NOON)
    publish(made, editor, approver)
    assert rates("duty", "0207120000", LATER) == ["5%"]
    assert rates("duty", "0207120000", DAY) == ["20%", "5%"]


def test_one_entry_is_found_as_known_at_any_change_set(
    editor: Person, approver: Person, django_assert_num_queries: Callable[[int], Any]
) -> None:
    head = selectors.head()
    publish(draft(editor, measure("25%", LATER, code="0207")), editor, approver)
    with django_assert_num_queries(2):
        found = selectors.entry("measure", "duty/0207/////", LATER)
    assert found is not None
    assert found.body["rate"] == "25%"
    with django_assert_num_queries(1):
        known = selectors.entry("measure", "duty/0207/////", LATER, head)
    assert known is not None
    assert known.body["rate"] == "20%"
    assert selectors.entry("measure", "duty/0207/////", date(2000, 1, 1)) is None


def test_a_warm_look_at_the_law_costs_two_queries_and_one_request_asks_for_the_head_once(
    rates: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    selectors.on(DAY)
    with django_assert_num_queries(2):
        first = selectors.on(DAY)
    with django_assert_num_queries(2):
        assert selectors.on(DAY) is first
    with django_assert_num_queries(2), selectors.steady():
        assert selectors.on(DAY) is first
        assert selectors.checks_on(DAY).rules
        assert selectors.form(DAY).header
        assert selectors.codes("regime", "tg", DAY)
        assert selectors.payment_label("vat", "ru") == "Налог на добавленную стоимость"


def test_publication_inside_a_steady_request_is_noticed(editor: Person, approver: Person) -> None:
    with selectors.steady():
        before = selectors.head()
        publish(draft(editor, measure("25%", LATER)), editor, approver)
        assert selectors.head() == before + 1


def test_names_and_acts_come_from_the_rows(editor: Person, approver: Person) -> None:
    act = {"number": "1", "signed": "2026-05-01", "title": WORDS}
    code = NewEntry(Kind.CODE, "package/ZZ", LATER, None, {**WORDS, "en": "Crate"}, "", "", Confidence.DEMO)
    made = draft(editor, NewEntry(Kind.ACT, "tj-demo-1", LATER, None, act, "", "demo", Confidence.DEMO), code)
    assert selectors.act("tj-demo-1") is None
    publish(made, editor, approver)
    found = selectors.act("tj-demo-1")
    assert found is not None
    assert (found.number, found.signed_on, found.title.en) == ("1", date(2026, 5, 1), "B")
    assert ("ZZ", "Crate") in selectors.codes("package", "en", LATER)
    assert ("ZZ", "Crate") not in selectors.codes("package", "en", DAY)
    assert ("ZZ", "Crate") in selectors.codes("package", "en")
    with pytest.raises(KeyError):
        selectors.codes("no_such_list", "en")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.LAW_APPROVER])
def test_only_a_law_editor_drafts(person_with: Callable[..., Person], role: Role) -> None:
    other = person_with(role)
    before = everything()
    with pytest.raises(LawbookRefused, match="not_allowed"):
        services.draft_change_set(title="x", reason="", act="demo", by=other, at=NOON)
    assert everything() == before


def test_what_only_an_editor_may_is_refused_to_others(editor: Person, approver: Person, officer: Person) -> None:
    made = draft(editor, measure("25%", LATER))
    before = everything()
    for step in (
        lambda: services.put_entry(change_set=made, entry=measure("1%", DAY), by=approver, at=NOON),
        lambda: services.close_entry(change_set=made, kind="measure", key="x", since=DAY, by=approver, at=NOON),
        lambda: services.withdraw(change_set=made, by=approver, at=NOON),
        lambda: services.check_change_set(change_set=made, by=officer, at=NOON),
        lambda: services.keep_impact(change_set=made, impact={}, by=officer),
        lambda: services.approve(change_set=made, by=editor, at=NOON),
        lambda: services.publish(change_set=made, by=editor, at=NOON),
    ):
        with pytest.raises(LawbookRefused, match="not_allowed"):
            step()
    assert everything() == before


def test_a_draft_without_a_title_is_refused(editor: Person) -> None:
    before = everything()
    with pytest.raises(LawbookRefused, match="title_missing"):
        services.draft_change_set(title="  ", reason="", act="demo", by=editor, at=NOON)
    assert everything() == before


def test_an_unreadable_entry_refuses_all_that_came_with_it(editor: Person) -> None:
    made = draft(editor)
    before = everything()
    with pytest.raises(LawbookRefused, match="body_refused"):
        services.put_entries(change_set=made, entries=[measure("25%", LATER), measure("?", DAY)], by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="key_missing"):
        services.close_entry(change_set=made, kind="measure", key="", since=DAY, by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="ends_before_it_starts"):
        services.close_entry(change_set=made, kind="measure", key="x", since=DAY, until=DAY, by=editor, at=NOON)
    assert everything() == before


def test_a_draft_cannot_say_two_things_for_one_time_but_can_say_one_anew(editor: Person) -> None:
    made = draft(editor, measure("25%", LATER))
    before = everything()
    with pytest.raises(LawbookRefused, match="clashes_in_draft"):
        services.put_entry(change_set=made, entry=measure("30%", DAY), by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="clashes_in_draft"):
        services.put_entries(
            change_set=made,
            entries=[measure("1%", DAY, DAY.replace(day=9)), measure("2%", DAY.replace(day=5))],
            by=editor,
            at=NOON,
        )
    assert everything() == before
    services.put_entry(change_set=made, entry=measure("30%", LATER), by=editor, at=NOON)
    assert [change.entry.body["rate"] for change in selectors.changes_of(made) if change.entry] == ["30%"]


def test_two_people_change_law(editor: Person, person_with: Callable[..., Person]) -> None:
    from dataclasses import replace as with_

    made = draft(editor, measure("25%", LATER))
    both = with_(editor, grants=(*editor.grants, with_(editor.grants[0], role=Role.LAW_APPROVER)))
    helper = person_with(Role.LAW_EDITOR)
    services.put_entry(change_set=made, entry=measure("26%", LATER), by=helper, at=NOON)
    services.check_change_set(change_set=made, by=editor, at=NOON)
    edited = with_(helper, grants=(with_(helper.grants[0], role=Role.LAW_APPROVER),))
    before = everything()
    for person in (both, edited):
        with pytest.raises(LawbookRefused, match="second_person_needed"):
            services.approve(change_set=made, by=person, at=NOON)
    assert everything() == before


def test_approval_needs_a_check_that_passed_and_still_holds(editor: Person, approver: Person) -> None:
    made = draft(editor, replace(measure("25%", LATER), cites="no-such-act#1"))
    before = everything()
    with pytest.raises(LawbookRefused, match="check_missing"):
        services.approve(change_set=made, by=approver, at=NOON)
    assert everything() == before
    assert [fault.code for fault in services.check_change_set(change_set=made, by=editor, at=NOON)] == ["act_unknown"]
    before = everything()
    with pytest.raises(LawbookRefused, match="check_failed"):
        services.approve(change_set=made, by=approver, at=NOON)
    assert everything() == before
    services.put_entry(change_set=made, entry=measure("25%", LATER), by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="check_expired"):
        services.approve(change_set=made, by=approver, at=NOON)
    assert services.check_change_set(change_set=made, by=approver, at=NOON) == ()
    assert services.approve(change_set=made, by=approver, at=NOON).status is Status.APPROVED


def test_a_check_expires_when_somebody_else_publishes(editor: Person, approver: Person) -> None:
    first, second = draft(editor, measure("25%", LATER)), draft(editor, measure("26%", LATER, code="03"))
    for made in (first, second):
        services.check_change_set(change_set=made, by=editor, at=NOON)
        services.approve(change_set=made, by=approver, at=NOON)
    services.publish(change_set=first, by=approver, at=NOON)
    before = everything()
    with pytest.raises(LawbookRefused, match="check_expired"):
        services.publish(change_set=second, by=approver, at=NOON)
    assert everything() == before
    services.check_change_set(change_set=second, by=editor, at=NOON)
    head = selectors.head()
    assert services.publish(change_set=second, by=approver, at=NOON).number == head + 1


def test_an_approved_a_published_and_a_withdrawn_set_are_not_edited(editor: Person, approver: Person) -> None:
    approved, gone = draft(editor, measure("25%", LATER)), draft(editor, measure("26%", LATER))
    services.check_change_set(change_set=approved, by=editor, at=NOON)
    services.approve(change_set=approved, by=approver, at=NOON)
    assert services.withdraw(change_set=gone, by=editor, at=NOON).status is Status.WITHDRAWN
    for key in (approved, gone):
        before = everything()
        with pytest.raises(LawbookRefused, match="not_in_that_state"):
            services.put_entry(change_set=key, entry=measure("1%", DAY), by=editor, at=NOON)
        with pytest.raises(LawbookRefused, match="not_in_that_state"):
            services.close_entry(change_set=key, kind="measure", key="x", since=DAY, by=editor, at=NOON)
        assert everything() == before
    published = services.publish(change_set=approved, by=approver, at=NOON)
    before = everything()
    for step in (services.withdraw, services.check_change_set):
        with pytest.raises(LawbookRefused, match="not_in_that_state"):
            step(change_set=published.id, by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="not_in_that_state"):
        services.publish(change_set=published.id, by=approver, at=NOON)
    assert everything() == before


def test_an_unknown_change_set_is_refused(editor: Person) -> None:
    with pytest.raises(LawbookRefused, match="change_set_unknown"):
        services.put_entry(change_set=uuid.uuid4(), entry=measure("1%", DAY), by=editor, at=NOON)
    with pytest.raises(LawbookRefused, match="change_set_unknown"):
        services.compare(uuid.uuid4())
    with pytest.raises(LawbookRefused, match="change_set_unknown"):
        selectors.on(DAY, 999)
    with pytest.raises(LawbookRefused, match="change_set_unknown"):
        selectors.change_set(999)


def test_before_any_law_is_loaded_everything_says_so(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE lawbook_entry, lawbook_draftentry, lawbook_load, lawbook_remark, lawbook_changeset")
    assert selectors.head() == 0
    with pytest.raises(LawbookRefused, match="law_not_loaded"):
        selectors.on(DAY)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM lawbook_entry", "law is never deleted"),
        ("UPDATE lawbook_entry SET cites = 'x'", "only closed, never changed"),
        ("UPDATE lawbook_entry SET body = '{}'", "only closed, never changed"),
        ("UPDATE lawbook_entry SET valid = daterange('2000-01-01', null)", "only closed, never changed"),
        ("UPDATE lawbook_entry SET recorded = int4range(0, null)", "only closed, never changed"),
        ("UPDATE lawbook_entry SET recorded = int4range(lower(recorded), 99)", "change set 99 is being published"),
        ("UPDATE lawbook_entry SET recorded = int4range(lower(recorded), lower(recorded) + 1)", "is being published"),
        ("INSERT INTO lawbook_entry SELECT gen_random_uuid(), kind, key || 'x', valid, int4range(1, null), body, cites, source, confidence, digest FROM lawbook_entry LIMIT 1", "change set 1 is being published"),
        ("INSERT INTO lawbook_entry SELECT gen_random_uuid(), kind, key || 'x', valid, int4range(1, 2), body, cites, source, confidence, digest FROM lawbook_entry LIMIT 1", "a new row of law is open"),
        ("DELETE FROM lawbook_changeset", "never deleted"),
        ("UPDATE lawbook_changeset SET title = 'x' WHERE number = 1", "stays as it is"),
        ("INSERT INTO lawbook_changeset (id, number, status, origin, title, reason, act, author_name, approver_name, made_at, content_hash, checked_content, faults) VALUES (gen_random_uuid(), 7, 'publishing', 'edited', 'x', '', '', '', '', now(), '', '', '[]')", "no gaps"),
    ],
)  # fmt: skip
def test_the_database_itself_refuses_to_change_published_law(db: None, statement: str, says: str) -> None:
    before = everything()
    with pytest.raises(Error, match=says), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert everything() == before


def test_the_database_refuses_two_entries_for_one_day_and_a_half_published_set(editor: Person) -> None:
    made = draft(editor, measure("25%", LATER))
    row = ChangeSet.objects.get(id=made)
    before = everything()
    with pytest.raises(Error, match="one_entry_at_a_time"), transaction.atomic():
        row.number, row.status = selectors.head() + 1, "publishing"
        row.save()
        standing = Entry.objects.filter(recorded__upper_inf=True).first()
        assert standing is not None
        Entry.objects.create(
            kind=standing.kind,
            key=standing.key,
            valid=standing.valid,
            recorded=(row.number, None),
            body={},
            confidence="demo",
            digest="",
        )
    with pytest.raises(Error, match="not published to its end"), transaction.atomic():
        row.number, row.status = selectors.head() + 1, "publishing"
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert everything() == before


def test_the_database_refuses_to_edit_what_is_no_draft(editor: Person, approver: Person) -> None:
    made = draft(editor, measure("25%", LATER))
    services.check_change_set(change_set=made, by=editor, at=NOON)
    services.approve(change_set=made, by=approver, at=NOON)
    before = everything()
    for statement in ("DELETE FROM lawbook_draftentry", "UPDATE lawbook_draftentry SET cites = 'x'"):
        with pytest.raises(Error, match="only a draft is edited"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert everything() == before


def test_each_hash_covers_the_one_before(editor: Person, approver: Person) -> None:
    with transaction.atomic():
        first = publish(draft(editor, measure("25%", LATER)), editor, approver)
        second = publish(draft(editor, measure("26%", LATER)), editor, approver).hash
        transaction.set_rollback(True)
    with transaction.atomic():
        other = publish(draft(editor, measure("24%", LATER)), editor, approver)
        again = publish(draft(editor, measure("26%", LATER)), editor, approver).hash
        assert first.hash != other.hash
        assert again != second
        transaction.set_rollback(True)
