"""The demonstration shows every state there is, through the same services as everybody's."""

from __future__ import annotations

from gumruk.cli import demo
from gumruk.cli.demo_content import OFFICE, OFFICES
from gumruk.cli.demo_stories import STORIES, place_of
from gumruk.declarations import selectors as declarations
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import State
from gumruk.payments import selectors as payments
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.web.officer.asking import GROUPS

# Left within the transaction that entered them: what they wait for is decided at once.
PASSED_THROUGH = {State.REGISTERED, State.ASSESSED, State.SECURED}


def test_every_state_is_shown_and_a_second_load_changes_nothing(db: None) -> None:
    at = clock.now()
    assert demo.load(declarations=len(STORIES), at=at) == len(STORIES)
    states = set(Declaration.objects.values_list("state", flat=True))
    assert states == {state.value for state in State} - {state.value for state in PASSED_THROUGH}
    assert Declaration.objects.exclude(template_name="").count() == 1
    assert payments.out_of_balance() == ()
    assert demo.load(declarations=len(STORIES), at=at) == 0
    assert Declaration.objects.count() == len(STORIES)


def test_the_officer_and_the_cashier_of_the_demonstration_find_every_state_at_their_office(db: None) -> None:
    at = clock.now()
    demo.load(declarations=2 * len(STORIES), at=at)
    officer, cashier = (trust.person_named(username=name, day=clock.law_day(at)) for name in ("officer", "cashier"))
    assert officer is not None
    assert cashier is not None
    for person in (officer, cashier):
        seen = declarations.counts(person=person, states=list(State))
        assert set(seen) == set(State) - PASSED_THROUGH - {State.DRAFT}  # drafts are the broker's own
        for name, (_, states) in GROUPS.items():
            assert sum(seen.get(state, 0) for state in states) > 0, name


def test_every_story_happens_to_both_brokers_at_that_office_and_at_the_others_too() -> None:
    for story in range(len(STORIES)):
        places = [place_of(turn * len(STORIES) + story) for turn in range(8)]
        assert {name for name, _, office in places if office == OFFICE} == {"broker", "broker2"}
        assert {office for _, _, office in places} == set(OFFICES)
