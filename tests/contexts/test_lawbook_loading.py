"""Shipped files are loaded once; a changed file waits as a draft; what people entered is never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from gumruk.law.types import Confidence
from gumruk.lawbook import files, loading, selectors, services, shipped
from gumruk.lawbook.models import ChangeSet, DraftEntry, Entry, Load
from gumruk.lawbook.types import Kind, LawbookRefused, Loaded, NewEntry, Origin, Status, standing
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


def load_changed(how: Callable[[list[Any]], list[Any]]) -> Loaded:
    """Load what a new version of the program would ship."""
    said = tuple(standing(_plain(entry)) for entry in how(list(files.entries())))
    content = "".join(entry.digest for entry in said)
    return services.load_said(
        name=files.SHIPPED, content_hash=sha256(content.encode()).hexdigest(), read=lambda: said, at=NOON
    )


def _plain(entry: NewEntry) -> NewEntry:
    return NewEntry(*(getattr(entry, name) for name in NewEntry.__dataclass_fields__))


def counts() -> tuple[int, ...]:
    return Entry.objects.count(), ChangeSet.objects.count(), DraftEntry.objects.count(), Load.objects.count()


def test_the_shipped_law_is_change_set_1_and_the_demonstration_one_of_its_own(db: None) -> None:
    assert [(one.number, one.origin, one.status) for one in reversed(selectors.change_sets())] == [
        (1, Origin.SHIPPED, Status.PUBLISHED), (2, Origin.DEMO, Status.PUBLISHED),
    ]  # fmt: skip
    invented = Entry.objects.filter(confidence="demo").exclude(kind="act")
    assert {row.recorded.lower for row in invented} == {2}
    assert not any(m.confidence is Confidence.DEMO for m in selectors.snapshot(1).epoch(DAY).measures)


def test_the_database_says_what_the_files_say_to_the_last_hash(rates: None) -> None:
    assert selectors.on(DAY).ruleset == shipped.on(DAY).ruleset
    assert selectors.on(DAY, 1).ruleset == shipped.on(DAY, demo=False).ruleset
    assert selectors.form().header == files.form().header
    assert list(selectors.form().item_lists) == list(files.form().item_lists)
    assert [rule.code for rule in selectors.checks_on(DAY).rules] == [
        rule.code for rule in shipped.checks_on(DAY).rules
    ]


def test_loading_again_changes_nothing_and_asks_only_for_the_hash(
    db: None, django_assert_num_queries: Callable[[int], Any]
) -> None:
    before = counts()
    for name in (files.SHIPPED, files.DEMO):
        with django_assert_num_queries(1):
            assert services.load(name=name, at=NOON).change_set is None
    assert counts() == before


def test_a_changed_file_becomes_a_draft_and_overwrites_nothing(editor: Person, approver: Person) -> None:
    def how(said: list[Any]) -> list[Any]:
        kept = [entry for entry in said if entry.key not in ("duty/1902/////", "package/VG")]
        dearer = [replace(e, body={**e.body, "rate": "22%"}) if e.key == "duty/0207/////" else e for e in kept]
        shorter = [replace(e, until=date(2028, 1, 1)) if e.body.get("id") == "VAT-2027" else e for e in dearer]
        return [*shorter, NewEntry(Kind.CODE, "package/ZZ", DAY, None, WORDS, "", "", Confidence.UNCERTAIN)]

    before = Entry.objects.count()
    done = load_changed(how)
    assert done.change_set is not None
    assert (done.change_set.status, done.change_set.number, done.entries) == (Status.DRAFT, None, 6)
    assert Entry.objects.count() == before
    assert [m.rate for m in selectors.on(DAY).measures("duty", "0207120000")][:1] == ["20%"]
    said = {(c.kind, c.key, c.since.isoformat(), c.entry is None) for c in selectors.changes_of(done.change_set.id)}
    assert said == {
        ("measure", "duty/0207/////", "2021-05-27", False), ("measure", "duty/1902/////", "2021-05-27", True),
        ("measure", "vat//////", "2027-01-01", False), ("measure", "vat//////", "2028-01-01", True),
        ("code", "package/VG", "2013-01-01", True), ("code", "package/ZZ", "2026-03-02", False),
    }  # fmt: skip
    assert load_changed(how).change_set is None
    assert publish(done.change_set.id, editor, approver).number == 3
    assert [m.rate for m in selectors.on(DAY).measures("duty", "0207120000")][:1] == ["22%"]
    assert [m.rate for m in selectors.on(DAY, 2).measures("duty", "0207120000")][:1] == ["20%"]
    assert selectors.on(date(2027, 5, 1)).measures("vat", "0207120000")
    assert not selectors.on(date(2028, 1, 1)).measures("vat", "0207120000")


def test_what_people_changed_is_no_reason_for_a_draft(editor: Person, approver: Person) -> None:
    publish(draft(editor, measure("30%", LATER, code="0207")), editor, approver)
    before = counts()
    assert load_changed(lambda said: said).change_set is None
    assert counts() == (*before[:3], before[3] + 1)
    assert [m.rate for m in selectors.on(LATER).measures("duty", "0207120000")][:1] == ["30%"]


def test_a_first_demonstration_never_takes_the_place_of_real_law(editor: Person, approver: Person) -> None:
    from django.db import connection

    steps = {"rows": [{"above": "0", "amount": "77.00", "currency": "TJS"}]}
    real = NewEntry(
        Kind.BRACKETS, "fee_clearance", date(2013, 1, 1), None, steps, "tj-gov-2007-352", "", Confidence.CONFIRMED
    )
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE lawbook_entry, lawbook_draftentry, lawbook_load, lawbook_remark, lawbook_changeset")
    services.load(name=files.SHIPPED, at=NOON)
    publish(draft(editor, real), editor, approver)
    done = services.load(name=files.DEMO, at=NOON)
    assert done.entries == len(files.entries(files.DEMO)) - 1
    assert [str(step.amount) for step in selectors.on(DAY).brackets("fee_clearance")] == ["77.00"]


def test_an_unreadable_file_loads_nothing(db: None) -> None:
    before = counts()
    with pytest.raises(LawbookRefused, match="key_missing"):
        load_changed(lambda said: [*said, measure("10%", LATER)])
    assert counts() == before


def test_what_files_said_is_compared_span_by_span() -> None:
    def entry(rate: str, since: date, until: date | None) -> Any:
        plain = measure(rate, since, until)
        return standing(replace(plain, key="duty/02/////"))

    before = loading.said_by([entry("1%", date(2020, 1, 1), None)])
    now = [entry("1%", date(2020, 1, 1), date(2024, 1, 1)), entry("2%", date(2025, 1, 1), None)]
    changes = loading.changed(before, now)
    assert [(c.since, c.until, c.entry is None) for c in changes] == [
        (date(2020, 1, 1), date(2024, 1, 1), False), (date(2025, 1, 1), None, False),
        (date(2024, 1, 1), date(2025, 1, 1), True),
    ]  # fmt: skip
    assert loading.changed(loading.said_by(now), now) == []
