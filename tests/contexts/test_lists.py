"""Lists are one query each, in order, page by page; what a person may see is merged from its parts; counts stop at a limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gumruk.cli.demo_content import BROKER_TIN, OFFICE, SECOND_TIN, content
from gumruk.declarations import selectors
from gumruk.declarations import services as drafts
from gumruk.declarations.models import OPEN_STATES, Declaration
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import COUNT_LIMIT, State
from gumruk.trust.types import Grant, Person, Role

from .conftest import DAY, NOON

pytestmark = pytest.mark.django_db


def make(by: Person, count: int, *, tin: str = BROKER_TIN, **change: object) -> None:
    for seed in range(count):
        said = content(seed=seed + 1, items=1, day=DAY, tin=tin)
        made = drafts.create_draft(content=said, by=by, at=NOON + timedelta(minutes=seed))
        Declaration.objects.filter(id=made).update(registration_number=seed + 1, registration_year=2026, **change)


@pytest.fixture
def two_firms(person_with: Callable[..., Person]) -> Person:
    """A broker for two firms."""
    one = person_with(Role.BROKER, party=BROKER_TIN)
    return Person(one.id, one.username, one.name, "en", (*one.grants, Grant(Role.BROKER, "", SECOND_TIN, DAY, None)))


def test_a_broker_sees_what_each_firm_declares_once_and_in_order(two_firms: Person) -> None:
    make(two_firms, 3)
    make(two_firms, 3, tin=SECOND_TIN, month=DAY)
    with CaptureQueriesContext(connection) as asked:
        first = selectors.page(person=two_firms, wanted=Filter(), size=4)
    assert len(asked) == 1
    rest = selectors.page(person=two_firms, wanted=Filter(), size=4, after=first.next)
    seen = [row.id for row in (*first.rows, *rest.rows)]
    assert len(seen) == 6
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 6
    assert rest.next == ""
    oldest = selectors.queue(person=two_firms, wanted=Filter(), size=6)
    assert [row.id for row in oldest.rows] == seen[::-1]


def test_who_has_no_grant_sees_nothing(two_firms: Person) -> None:
    make(two_firms, 1)
    nobody = Person(two_firms.id, "nobody", "Demo", "en", ())
    assert selectors.page(person=nobody, wanted=Filter()).rows == ()
    assert selectors.counts(person=nobody, states=list(State)) == {}


def test_counts_are_one_query_and_stop_at_the_limit(
    two_firms: Person, person_with: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(two_firms, 4, state="RELEASABLE", office=OFFICE)
    make(two_firms, 2, state="QUERIED", office=OFFICE, month=DAY - timedelta(days=31))
    officer, elsewhere = person_with(Role.OFFICER, office=OFFICE), person_with(Role.OFFICER, office="PRV-R02")
    with CaptureQueriesContext(connection) as asked:
        found = selectors.counts(person=officer, states=list(State))
    assert len(asked) == 1
    assert found == {State.RELEASABLE: 4, State.QUERIED: 2}
    assert selectors.counts(person=two_firms, states=list(State)) == found
    assert selectors.counts(person=elsewhere, states=list(State)) == {}
    assert COUNT_LIMIT == 500
    monkeypatch.setattr("gumruk.declarations.listing.COUNT_LIMIT", 3)
    assert selectors.counts(person=officer, states=list(State)) == {State.RELEASABLE: 3, State.QUERIED: 2}


def test_a_text_is_found_in_the_queue_and_in_all_and_two_letters_find_whole_numbers_only(two_firms: Person) -> None:
    make(two_firms, 3, state="RELEASABLE", office=OFFICE)
    Declaration.objects.filter(registration_number=2).update(registration="AB")
    reference = Declaration.objects.get(registration_number=1).reference
    for wanted in (Filter(text=reference), Filter(text=reference, states=(State.RELEASABLE, State.QUERIED))):
        assert [row.reference for row in selectors.page(person=two_firms, wanted=wanted).rows] == [reference]
    assert len(selectors.page(person=two_firms, wanted=Filter(text="AB")).rows) == 1
    assert selectors.page(person=two_firms, wanted=Filter(text="DE")).rows == ()


def test_the_serial_part_of_a_number_is_found_in_the_queue_and_in_all_by_one_query(
    two_firms: Person, person_with: Callable[..., Person]
) -> None:
    make(two_firms, 3, state="RELEASABLE", office=OFFICE)
    make(two_firms, 3, state="RELEASABLE", office="PRV-R02")
    officer, nowhere = person_with(Role.OFFICER, office=OFFICE), person_with(Role.OFFICER, office="PRV-R03")
    for text in ("0000002", "2", " 002 "):
        for wanted in (Filter(text=text), Filter(text=text, states=(State.RELEASABLE,))):
            with CaptureQueriesContext(connection) as asked:
                rows = selectors.queue(person=officer, wanted=wanted).rows
            assert len(asked) == 1
            found = Declaration.objects.get(registration_number=2, office=OFFICE)
            assert found.id in [row.id for row in rows]
            assert {row.office for row in rows} == {OFFICE}
            assert selectors.queue(person=nowhere, wanted=wanted).rows == ()
    assert selectors.queue(person=officer, wanted=Filter(text="0000004")).rows == ()
    assert selectors.find_serial(text="0000002", office=OFFICE, person=officer) == found.id
    assert selectors.find_serial(text="0000002", office=OFFICE, person=nowhere) is None
    assert selectors.find_serial(text="00000002", office=OFFICE, person=officer) is None


def test_the_index_of_open_work_holds_states_that_exist_and_none_that_are_over() -> None:
    states = {state.value for state in State}
    assert states >= OPEN_STATES
    assert states - OPEN_STATES == {"DRAFT", "REJECTED", "RELEASED", "EXITED", "CANCELLED"}
