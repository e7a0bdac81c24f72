"""The demonstration shows every state there is, through the same services as everybody's."""

from __future__ import annotations

from gumruk.cli import demo
from gumruk.cli.demo_stories import STORIES
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import State
from gumruk.payments import selectors as payments
from gumruk.toolkit import clock

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
