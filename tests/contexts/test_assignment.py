"""Who has a declaration in hand: only rights and states decide, each change is an event, a refusal moves nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import OFFICE
from gumruk.declarations import selectors
from gumruk.declarations.models import Declaration, Event
from gumruk.declarations.types import DeclarationRefused, State, Summary
from gumruk.trust.types import Person, Role
from gumruk.work import selectors as work
from gumruk.work import services as kept
from gumruk.work.models import HandOver
from gumruk.work.types import WorkRefused

from .conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.OFFICER, office=OFFICE)


@pytest.fixture
def head(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR, office=OFFICE)


@pytest.fixture
def stranger(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.OFFICER, office="PRV-R02")


def seen(declaration: uuid.UUID, by: Person) -> Summary:
    return selectors.get(declaration=declaration, person=by).summary


def refused(code: str, declaration: uuid.UUID, act: Callable[[], object]) -> None:
    """The act is refused by `code`, and row and events are what they were."""
    before = Declaration.objects.filter(id=declaration).values().get()
    with pytest.raises(ClearanceRefused) as found:
        act()
    assert found.value.code == code
    assert Declaration.objects.filter(id=declaration).values().get() == before
    assert Event.objects.filter(root=declaration).count() == before["events"]


def test_work_is_taken_handed_on_and_put_back_and_each_is_an_event(
    paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    one = seen(paid, officer)
    assert (one.officer, one.officer_name, one.taken_at) == (officer.id, officer.name, NOON)
    clearance.assign(declaration=paid, to=colleague, by=officer, at=NOON)
    assert seen(paid, officer).officer == colleague.id
    clearance.put_back(declaration=paid, by=colleague, at=NOON)
    assert seen(paid, officer).officer is None
    told = selectors.timeline(declaration=paid, sealed=False)[-3:]
    assert [(event.name, event.by, event.details["to"]) for event in told] == [
        ("taken", officer.id, str(officer.id)),
        ("handed_on", officer.id, str(colleague.id)),
        ("put_back", colleague.id, ""),
    ]
    assert {event.name for event in selectors.timeline(declaration=paid)}.isdisjoint({"taken", "handed_on", "put_back"})


def test_what_somebody_has_in_hand_is_not_taken_and_says_whose_it_is(
    paid: uuid.UUID, officer: Person, colleague: Person, stranger: Person, broker: Person
) -> None:
    refused("no_right", paid, lambda: clearance.take(declaration=paid, by=stranger, at=NOON))
    refused("no_right", paid, lambda: clearance.take(declaration=paid, by=broker, at=NOON))
    clearance.take(declaration=paid, by=officer, at=NOON)
    refused("in_hands_of", paid, lambda: clearance.take(declaration=paid, by=colleague, at=NOON))
    refused("yours_already", paid, lambda: clearance.take(declaration=paid, by=officer, at=NOON))
    with pytest.raises(ClearanceRefused) as found:
        clearance.take(declaration=paid, by=colleague, at=NOON)
    assert found.value.values == {"officer": officer.name}


def test_a_supervisor_gives_anybodys_work_to_who_works_there_with_a_reason(
    paid: uuid.UUID, officer: Person, colleague: Person, stranger: Person, head: Person
) -> None:
    def assign(to: Person, by: Person, reason: str = "") -> None:
        clearance.assign(declaration=paid, to=to, reason=reason, by=by, at=NOON)

    refused("not_in_your_hands", paid, lambda: assign(colleague, officer))
    assign(officer, head)
    refused("not_in_your_hands", paid, lambda: assign(colleague, colleague))
    refused("reason_missing", paid, lambda: assign(colleague, head))
    refused("receiver_no_right", paid, lambda: assign(stranger, head, "shift"))
    refused("in_hands_of", paid, lambda: assign(officer, head, "shift"))
    refused("reason_missing", paid, lambda: clearance.put_back(declaration=paid, by=head, at=NOON))
    refused("not_in_your_hands", paid, lambda: clearance.put_back(declaration=paid, by=colleague, at=NOON))
    assign(colleague, head, "shift")
    clearance.put_back(declaration=paid, reason="ill", by=head, at=NOON)
    refused("in_nobodys_hands", paid, lambda: clearance.put_back(declaration=paid, by=head, at=NOON))


def test_another_officer_may_act_and_what_is_closed_is_not_taken(
    paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    clearance.release(declaration=paid, by=colleague, at=NOON)
    assert seen(paid, officer).state is State.RELEASED
    refused("not_now", paid, lambda: clearance.put_back(declaration=paid, by=officer, at=NOON))
    refused("not_now", paid, lambda: clearance.take(declaration=paid, by=colleague, at=NOON))


def test_a_rejected_declaration_is_nobodys(paid: uuid.UUID, officer: Person) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    clearance.reject(declaration=paid, reason="no", by=officer, at=NOON)
    assert seen(paid, officer).officer is None


def test_a_shift_ends_with_a_note_and_all_its_work_goes_to_a_colleague(
    paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    made = clearance.end_shift(to=colleague, note="The driver comes back at five", by=officer, at=NOON)
    assert seen(paid, officer).officer == colleague.id
    [arrived] = work.unseen(receiver=colleague.id)
    assert (arrived.id, arrived.declarations, arrived.note) == (made, (paid,), "The driver comes back at five")
    kept.see_hand_over(hand_over=made, by=officer, at=NOON)
    assert len(work.unseen(receiver=colleague.id)) == 1  # only its receiver sees it
    kept.see_hand_over(hand_over=made, by=colleague, at=NOON)
    assert work.unseen(receiver=colleague.id) == ()


def test_a_shift_goes_back_to_the_queue(paid: uuid.UUID, officer: Person) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    clearance.end_shift(to=None, note="Nothing special", by=officer, at=NOON)
    assert seen(paid, officer).officer is None
    [told] = work.hand_overs(offices=[OFFICE], since=NOON)
    assert (told.receiver, told.declarations) == (None, (paid,))


def test_a_shift_that_cannot_be_handed_over_whole_is_not_handed_over(
    paid: uuid.UUID, officer: Person, stranger: Person
) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    refused("note_missing", paid, lambda: clearance.end_shift(to=None, note=" ", by=officer, at=NOON))
    refused("hand_over_to_self", paid, lambda: clearance.end_shift(to=officer, note="x", by=officer, at=NOON))
    refused("receiver_no_right", paid, lambda: clearance.end_shift(to=stranger, note="x", by=officer, at=NOON))
    assert HandOver.objects.count() == 0


def test_an_act_on_what_changed_meanwhile_is_refused_and_changes_nothing(
    paid: uuid.UUID, officer: Person, colleague: Person
) -> None:
    events = seen(paid, officer).events
    clearance.take(declaration=paid, by=colleague, at=NOON)
    before = Declaration.objects.filter(id=paid).values().get()
    with pytest.raises(DeclarationRefused, match="happened_meanwhile"), clearance.as_seen(paid, events):
        clearance.release(declaration=paid, by=officer, at=NOON)
    assert Declaration.objects.filter(id=paid).values().get() == before
    with clearance.as_seen(paid, events + 1):
        clearance.release(declaration=paid, by=officer, at=NOON)
    assert seen(paid, officer).state is State.RELEASED


def test_each_of_many_is_done_or_refused_alone_and_a_rehearsal_keeps_nothing(
    paid: uuid.UUID, lodged: uuid.UUID, officer: Person, said: dict[str, object], broker: Person
) -> None:
    from gumruk.declarations import services as drafts

    other = drafts.create_draft(content={**said, "reference": "OTHER"}, by=broker, at=NOON)
    assert clearance.lodge(declaration=other, by=broker, at=NOON).accepted
    chosen = [(one, seen(one, officer).events) for one in (paid, other)] + [(uuid.uuid4(), 1)]

    def release(one: uuid.UUID) -> None:
        clearance.release(declaration=one, by=officer, at=NOON)

    before = list(Declaration.objects.order_by("id").values())
    told = clearance.each(seen=chosen, act=release, rehearse=True)
    assert [getattr(one.refused, "code", "") for one in told] == ["", "not_now", "not_found"]
    assert list(Declaration.objects.order_by("id").values()) == before
    done = clearance.each(seen=chosen, act=release)
    assert [one.done for one in done] == [True, False, False]
    assert seen(paid, officer).state is State.RELEASED
    assert seen(other, officer).state is State.PAYMENT_DUE
    again = clearance.each(seen=chosen, act=release)
    assert [getattr(one.refused, "code", "") for one in again] == ["happened_meanwhile", "not_now", "not_found"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["take", "assign", "put_back", "end_shift"]), st.integers(0, 3), st.integers(0, 3)),
        max_size=12,
    )
)
def test_whatever_people_try_one_officer_of_the_office_has_it_or_nobody(
    paid: uuid.UUID,
    officer: Person,
    colleague: Person,
    stranger: Person,
    head: Person,
    tried: list[tuple[str, int, int]],
) -> None:
    people = (officer, colleague, head, stranger)
    Declaration.objects.filter(id=paid).update(officer=None, officer_name="", taken_at=None)
    holder: Person | None = None
    for number, (name, who, whom) in enumerate(tried):
        by, to, at = people[who], people[whom], NOON + timedelta(minutes=number)
        before = seen(paid, officer)
        try:
            if name == "take":
                clearance.take(declaration=paid, by=by, at=at)
                assert holder is None
                holder = by
            elif name == "assign":
                clearance.assign(declaration=paid, to=to, reason="x", by=by, at=at)
                assert by in (holder, head)
                holder = to
            elif name == "put_back":
                clearance.put_back(declaration=paid, reason="x", by=by, at=at)
                assert by in (holder, head)
                holder = None
            else:
                clearance.end_shift(to=to, note="x", by=by, at=at)
                holder = to if holder == by else holder
        except ClearanceRefused:
            assert seen(paid, officer) == before
        now = seen(paid, officer)
        assert now.officer == (holder.id if holder else None)
        assert holder is not stranger
        assert (now.state, now.stage, now.waits_since) == (before.state, before.stage, before.waits_since)


def test_views_are_kept_renamed_made_the_start_and_deleted(officer: Person, colleague: Person) -> None:
    view = kept.save_view(name="  Red  lane ", asked="lane=red", by=officer, at=NOON)
    other = kept.save_view(name="Mine", asked="officer=me", by=officer, at=NOON)
    kept.start_with(view=view, by=officer)
    kept.start_with(view=other, by=officer)
    kept.rename_view(view=view, name="Reds", by=officer)
    assert [(one.name, one.start) for one in work.views(person=officer.id)] == [("Mine", True), ("Reds", False)]
    for act in (
        lambda: kept.save_view(name=" ", asked="", by=officer, at=NOON),
        lambda: kept.save_view(name="Mine", asked="", by=officer, at=NOON),
        lambda: kept.rename_view(view=view, name="Mine", by=officer),
        lambda: kept.delete_view(view=view, by=colleague),
        lambda: kept.start_with(view=view, by=colleague),
    ):
        with pytest.raises(WorkRefused):
            act()
    assert len(work.views(person=officer.id)) == 2
    assert next(one for one in work.views(person=officer.id) if one.start).id == other
    kept.delete_view(view=view, by=officer)
    assert [one.name for one in work.views(person=officer.id)] == ["Mine"]
