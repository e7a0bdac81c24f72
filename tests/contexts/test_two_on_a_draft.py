"""One draft, two people: who holds it, who is kept out, how both people's work is put together, and what is searched."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused, reason_key
from gumruk.cli.demo_content import BROKER_TIN
from gumruk.declarations import selectors, services
from gumruk.declarations.canonical import clean, difference
from gumruk.declarations.listing import one_letter_off
from gumruk.declarations.merging import chosen, merged
from gumruk.declarations.models import Declaration, DraftChange, DraftHolder
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import DeclarationRefused, Page, State
from gumruk.rules.form import Content
from gumruk.rules.types import Severity
from gumruk.toolkit.text import folded
from gumruk.trust.types import Person, Role

from .conftest import NOON

IDLE = timedelta(minutes=15)  # what the shipped setting says


@pytest.fixture
def draft(broker: Person, rates: None, said: Content) -> uuid.UUID:
    return services.create_draft(content=said, by=broker, at=NOON)


@pytest.fixture
def other(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.BROKER, party=BROKER_TIN)


def test_the_first_to_open_holds_and_the_second_sees_who(draft: uuid.UUID, broker: Person, other: Person) -> None:
    assert services.hold_draft(declaration=draft, by=broker, at=NOON).mine
    second = services.hold_draft(declaration=draft, by=other, at=NOON + IDLE)
    assert (second.mine, second.by_name, second.since) == (False, broker.name, NOON)
    assert DraftHolder.objects.get().by == broker.id


def test_an_idle_holder_is_replaced_without_asking(draft: uuid.UUID, broker: Person, other: Person) -> None:
    services.hold_draft(declaration=draft, by=broker, at=NOON)
    assert services.hold_draft(declaration=draft, by=other, at=NOON + IDLE + timedelta(seconds=1)).mine


def test_the_other_is_told_at_the_next_save_and_nothing_moves(
    draft: uuid.UUID, broker: Person, other: Person, said: Content
) -> None:
    services.hold_draft(declaration=draft, by=broker, at=NOON)
    assert services.hold_draft(declaration=draft, by=other, at=NOON, take=True).mine
    with pytest.raises(DeclarationRefused, match="held_by_other") as refused:
        services.save_draft(declaration=draft, content={**said, "reference": "A"}, revision=0, by=broker, at=NOON)
    assert refused.value.values["name"] == other.name
    row = Declaration.objects.get()
    assert (row.revision, row.draft) == (0, clean(said))


def test_saving_is_a_sign_of_life(draft: uuid.UUID, broker: Person, other: Person, said: Content) -> None:
    services.hold_draft(declaration=draft, by=broker, at=NOON)
    later = NOON + IDLE
    services.save_draft(declaration=draft, content={**said, "reference": "A"}, revision=0, by=broker, at=later)
    assert not services.hold_draft(declaration=draft, by=other, at=later + IDLE).mine


def test_a_stranger_cannot_hold(draft: uuid.UUID, person_with: Callable[..., Person]) -> None:
    with pytest.raises(DeclarationRefused, match="not_yours"):
        services.hold_draft(declaration=draft, by=person_with(Role.BROKER, party="999999999"), at=NOON)
    assert not DraftHolder.objects.exists()


def test_what_savings_changed_is_kept_and_forgotten_after_two_days(
    draft: uuid.UUID, broker: Person, said: Content
) -> None:
    services.save_draft(declaration=draft, content={**said, "reference": "A"}, revision=0, by=broker, at=NOON)
    services.save_draft(declaration=draft, content={**said, "reference": "B"}, revision=1, by=broker, at=NOON)
    [first, second] = selectors.changes_since(declaration=draft, revision=0, upto=2) or []
    assert (first["before"], first["after"], second["before"]) == (said.get("reference", ""), "A", "A")
    assert selectors.changes_since(declaration=draft, revision=-1, upto=2) is None
    services.forget_draft_changes(NOON + timedelta(days=3))
    assert selectors.changes_since(declaration=draft, revision=0, upto=2) is None
    assert not DraftChange.objects.exists()


NAMES = st.sampled_from(["reference", "delivery_place", "exporter_name", "loading_place"])
CONTENTS = st.dictionaries(NAMES, st.text("абв ", min_size=1, max_size=3), max_size=4).map(
    lambda said: clean({**said, "items": [{"description": "x"}]})
)


@given(base=CONTENTS, theirs=CONTENTS, mine=CONTENTS)
def test_merging_loses_nothing_that_one_side_changed(base: Content, theirs: Content, mine: Content) -> None:
    since = [{"path": one.path, "before": one.before, "after": one.after} for one in difference(base, theirs)]
    made = merged(stored=theirs, typed=mine, since=since)
    clashes = {one.path for one in made.clashes}
    for name in ("reference", "delivery_place", "exporter_name", "loading_place"):
        was, they, i = base.get(name, ""), theirs.get(name, ""), mine.get(name, "")
        if they in (was, i):
            assert made.content.get(name, "") == i
            assert name not in clashes
        elif i == was:
            assert made.content.get(name, "") == they
            assert name not in clashes
        else:
            assert name in clashes
            assert made.content.get(name, "") == i


@given(theirs=CONTENTS, mine=CONTENTS, keep=st.sets(NAMES))
def test_a_person_gets_each_value_that_was_chosen(theirs: Content, mine: Content, keep: set[str]) -> None:
    made = chosen(stored=theirs, typed=mine, keep_stored=keep)
    for name in ("reference", "delivery_place", "exporter_name", "loading_place"):
        assert made.get(name, "") == (theirs if name in keep else mine).get(name, "")


def test_items_that_came_or_went_are_chosen_as_a_whole(said: Content) -> None:
    typed = {**said, "items": [*said["items"], {"description": "third"}]}
    made = merged(stored=said, typed=typed, since=[])
    assert [one.path for one in made.clashes] == ["items"]
    assert len(chosen(stored=said, typed=typed, keep_stored=["items"])["items"]) == 2


def test_reasons_typed_early_are_kept_with_the_draft(draft: uuid.UUID, broker: Person, said: Content) -> None:
    services.save_draft(
        declaration=draft, content=said, revision=0, by=broker, at=NOON, reasons={"A@b": " so it is ", "C@d": ""}
    )
    assert selectors.get(declaration=draft, person=broker).reasons == {"A@b": "so it is"}


def test_a_draft_is_thrown_away(draft: uuid.UUID, broker: Person) -> None:
    clearance.discard(declaration=draft, by=broker, at=NOON)
    assert Declaration.objects.get().state == State.CANCELLED


def test_a_registered_declaration_is_not_thrown_away(lodged: uuid.UUID, broker: Person) -> None:
    before = Declaration.objects.get().state
    with pytest.raises(ClearanceRefused, match="not_now"):
        clearance.discard(declaration=lodged, by=broker, at=NOON)
    assert Declaration.objects.get().state == before


def test_one_wrong_letter_still_finds(draft: uuid.UUID, broker: Person, said: Content) -> None:
    container = "TCKU1234567"
    services.save_draft(declaration=draft, content={**said, "reference": container}, revision=0, by=broker, at=NOON)
    for text in ("TCKU1234568", "TCKU124567", "TCKU12334567", "TCKU1243567", "ТСКU1234597"):
        wanted = Filter(text=text)
        assert selectors.page(person=broker, wanted=wanted).rows == ()
        [found] = selectors.near(person=broker, wanted=wanted, besides=Page((), ""))
        assert found.id == draft
    assert selectors.near(person=broker, wanted=Filter(text="TCKU1234589"), besides=Page((), "")) == ()
    assert selectors.near(person=broker, wanted=Filter(text="TCK"), besides=Page((), "")) == ()
    exact = selectors.page(person=broker, wanted=Filter(text=container))
    assert selectors.near(person=broker, wanted=Filter(text=container), besides=exact) == ()


@given(text=st.text("аб1(%_.\\", min_size=5, max_size=9), at=st.integers(0, 8), sign=st.sampled_from("вг7"))
def test_the_pattern_matches_every_single_error(text: str, at: int, sign: str) -> None:
    import re

    at %= len(text)
    wrong = re.compile(one_letter_off(folded(text)))
    for other in (
        text[:at] + sign + text[at + 1 :],
        text[:at] + sign + text[at:] if at else text[:1] + sign + text[1:],
    ):
        assert wrong.search(folded(other))


def test_an_amendment_with_a_warning_wants_its_reason(lodged: uuid.UUID, broker: Person, said: Content) -> None:
    stands = Declaration.objects.get().draft
    changed = {key: value for key, value in stands.items() if key != "delivery_place"}
    act = {"declaration": lodged, "content": changed, "reason": "as it is", "by": broker, "at": NOON}
    with pytest.raises(ClearanceRefused, match="reasons_missing") as refused:
        clearance.propose_amendment(**act)
    assert Declaration.objects.get().draft == stands
    assert refused.value.values["findings"]
    found = clearance.check(content=changed, at=NOON).findings
    answers = {reason_key(one): "There is none." for one in found if one.severity is Severity.WARNING}
    number = clearance.propose_amendment(**act, reasons=answers)
    statement = selectors.version(declaration=lodged, number=number).statement
    assert "There is none." in statement
