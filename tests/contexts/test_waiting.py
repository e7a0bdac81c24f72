"""The clock of officers runs only while work is in their hands; targets are the law's; lists find what is overdue."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import OFFICE
from gumruk.declarations import selectors, workload
from gumruk.declarations.models import Declaration
from gumruk.declarations.selectors import Filter
from gumruk.declarations.targets import Targets
from gumruk.declarations.types import Order, Stage, State, Summary
from gumruk.law.day import Law
from gumruk.law.types import Citation, Confidence, Dated, Parameter, Words
from gumruk.rules.form import Content
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .test_lists import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def law(**hours: str | None) -> Law:
    since = date(2020, 1, 1)
    rows = [
        Parameter(f"queue_target_{key}", Words("x", "x", "x"), "hours",
                  (Dated(value, since, None, Citation("demo"), Confidence.DEMO),))
        for key, value in hours.items()
    ]  # fmt: skip
    return Law.build(day=DAY, parameters=rows, codes={"office": {OFFICE, "PRV-R02"}})


def summary(declaration: uuid.UUID, by: Person) -> Summary:
    return selectors.get(declaration=declaration, person=by).summary


def test_the_clock_runs_only_while_officers_have_it(
    lodged: uuid.UUID, officer: Person, broker: Person, said: Content
) -> None:
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == ("", None)
    clearance.receive_payment(
        declaration=lodged, amount=selectors.get(declaration=lodged, person=officer).summary.due or 0, means="bank",
        source="B-1", by=broker, at=NOON + HOUR,
    )  # fmt: skip
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == (Stage.RELEASE, NOON + HOUR)
    clearance.ask(declaration=lodged, question="which?", documents=False, by=officer, at=NOON + 3 * HOUR)
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == ("", None)
    clearance.answer(declaration=lodged, text="this", by=broker, at=NOON + 9 * HOUR)
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == (Stage.RELEASE, NOON + 9 * HOUR)
    clearance.propose_amendment(
        declaration=lodged, content={**said, "delivery_place": "Хуҷанд"}, reason="x", by=broker, at=NOON + 10 * HOUR
    )
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == (Stage.AMENDMENT, NOON + 10 * HOUR)
    clearance.ask(declaration=lodged, question="why?", documents=False, by=officer, at=NOON + 11 * HOUR)
    clearance.answer(declaration=lodged, text="so", by=broker, at=NOON + 12 * HOUR)
    assert summary(lodged, officer).stage == Stage.AMENDMENT  # it still waits
    clearance.decide_amendment(declaration=lodged, accept=False, reason="no", by=officer, at=NOON + 13 * HOUR)
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == (Stage.RELEASE, NOON + 13 * HOUR)
    clearance.release(declaration=lodged, by=officer, at=NOON + 14 * HOUR)
    assert (summary(lodged, officer).stage, summary(lodged, officer).waits_since) == ("", None)
    waited = {e.name: e.waited for e in selectors.timeline(declaration=lodged) if e.waited and e.by}
    assert waited == {"asked": 3600, "amendment_proposed": 3600, "amendment_refused": 3600, "released": 3600}


def test_an_amendment_of_what_is_not_paid_waits_for_an_officer(
    lodged: uuid.UUID, officer: Person, broker: Person, said: Content
) -> None:
    changed = {**said, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(declaration=lodged, content=changed, reason="x", by=broker, at=NOON)
    assert summary(lodged, officer).state is State.PAYMENT_DUE
    assert summary(lodged, officer).stage == Stage.AMENDMENT
    clearance.decide_amendment(declaration=lodged, accept=True, reason="yes", by=officer, at=NOON)
    assert summary(lodged, officer).stage == ""


def test_the_most_particular_target_counts_and_none_says_nothing() -> None:
    targets = Targets.of(law(release="8", release_red="4", **{f"release_at_{OFFICE}": "2", "control": None}))
    found = [
        (one.limit / HOUR if one else None)
        for one in (
            targets.for_work(stage="release", lane="red", office=OFFICE),
            targets.for_work(stage="release", lane="red", office="PRV-R02"),
            targets.for_work(stage="release", lane="green", office="PRV-R02"),
            targets.for_work(stage="control", lane="red", office=OFFICE),
        )
    ]
    assert found == [2, 4, 8, None]
    assert Targets.of(law(release="soon", control="-1", amendment="0", cancellation="1e9")).rows == ()


def test_overdue_is_what_waits_longer_than_its_own_target(person_with: Callable[..., Person], broker: Person) -> None:
    officer = person_with(Role.OFFICER, office=OFFICE)
    make(broker, 4, office=OFFICE, state="RELEASABLE", stage="release", waits_since=NOON - 3 * HOUR, lane="green")
    first, second, third, fourth = Declaration.objects.order_by("id")
    Declaration.objects.filter(id=second.id).update(lane="red")
    Declaration.objects.filter(id=third.id).update(waits_since=NOON - 9 * HOUR)
    Declaration.objects.filter(id=fourth.id).update(stage="", waits_since=None, state="QUERIED")
    targets = Targets.of(law(release="4", release_red="2"))
    wanted = Filter(late=targets.cutoffs(NOON))
    with CaptureQueriesContext(connection) as asked:
        page = selectors.ordered(person=officer, wanted=wanted, order=Order.WAITING)
    assert len(asked) == 1
    assert [row.id for row in page.rows] == [third.id, second.id]
    assert selectors.ordered(person=officer, wanted=Filter(late=()), order=Order.OLDEST).rows == ()
    [load] = [one for one in workload.by_stage(offices=[OFFICE], cutoffs=targets.cutoffs(NOON)) if one.lane == "green"]
    assert (load.count, load.free, load.late, load.oldest) == (2, 2, 1, NOON - 9 * HOUR)
    assert workload.by_stage(offices=["PRV-R02"], cutoffs=()) == ()
    assert first.lane == "green"


def test_who_waits_longest_comes_first_page_by_page_and_back(
    broker: Person, person_with: Callable[..., Person]
) -> None:
    officer = person_with(Role.OFFICER, office=OFFICE)
    make(broker, 5, office=OFFICE, state="RELEASABLE", stage="release", waits_since=NOON, lane="green")
    rows = list(Declaration.objects.order_by("id"))
    for row, hours in zip(rows, (1, 5, 5, 3, 9), strict=True):
        Declaration.objects.filter(id=row.id).update(waits_since=NOON - hours * HOUR)
    right = [rows[4].id, rows[1].id, rows[2].id, rows[3].id, rows[0].id]
    first = selectors.ordered(person=officer, wanted=Filter(), order=Order.WAITING, size=2)
    second = selectors.ordered(person=officer, wanted=Filter(), order=Order.WAITING, size=5, after=first.next)
    assert [row.id for row in (*first.rows, *second.rows)] == right
    with pytest.raises(ValueError, match="badly formed"):
        selectors.ordered(person=officer, wanted=Filter(), order=Order.WAITING, after="nonsense")
    for number, one in enumerate(right, start=1):
        stands = selectors.place(person=officer, wanted=Filter(), order=Order.WAITING, declaration=one)
        assert (stands.number, stands.total) == (number, 5)
        assert (stands.before.id if stands.before else None) == (right[number - 2] if number > 1 else None)
        assert (stands.after.id if stands.after else None) == (right[number] if number < 5 else None)


@pytest.mark.parametrize("order", [Order.OLDEST, Order.NEWEST])
def test_what_has_left_the_list_still_has_neighbours(
    broker: Person, person_with: Callable[..., Person], order: Order
) -> None:
    officer = person_with(Role.OFFICER, office=OFFICE)
    make(broker, 3, office=OFFICE, state="RELEASABLE", stage="release", waits_since=NOON, lane="green")
    rows = list(Declaration.objects.order_by("id" if order is Order.OLDEST else "-id"))
    wanted = Filter(states=(State.RELEASABLE,))
    Declaration.objects.filter(id=rows[1].id).update(state="RELEASED", stage="", waits_since=None)
    stands = selectors.place(person=officer, wanted=wanted, order=order, declaration=rows[1].id)
    assert stands.before is not None
    assert stands.after is not None
    assert (stands.before.id, stands.after.id, stands.number, stands.total) == (rows[0].id, rows[2].id, 0, 2)
    waiting = selectors.place(person=officer, wanted=wanted, order=Order.WAITING, declaration=rows[1].id)
    assert (waiting.before, waiting.number) == (None, 0)
    assert waiting.after is not None


def test_what_officers_did_in_a_day_is_counted_from_events(paid: uuid.UUID, officer: Person) -> None:
    clearance.take(declaration=paid, by=officer, at=NOON)
    [load] = workload.by_officer(offices=[OFFICE], cutoffs=())
    assert (load.officer, load.held, load.open, load.late) == (officer.id, 1, 1, 0)
    clearance.release(declaration=paid, by=officer, at=NOON + HOUR)
    assert workload.by_officer(offices=[OFFICE], cutoffs=()) == ()
    day = {"since": NOON - HOUR, "until": NOON + 2 * HOUR}
    found = workload.decided(officers=[officer.id], **day)
    assert (found[officer.id].count, found[officer.id].median) == (1, 3600.0)
    did = workload.acts(officer=officer.id, offices=[OFFICE], **day)
    assert [one.event.name for one in did] == ["released", "taken"]
    assert {one.registration for one in did} == {summary(paid, officer).registration}
    assert workload.acts(officer=officer.id, offices=["PRV-R02"], **day) == ()


def test_a_list_is_filtered_by_who_has_it_by_regime_and_stage(paid: uuid.UUID, officer: Person) -> None:
    def found(**wanted: str) -> int:
        return len(selectors.ordered(person=officer, wanted=Filter(**wanted), order=Order.OLDEST).rows)  # type: ignore[arg-type]

    assert (found(officer="nobody"), found(officer=str(officer.id)), found(officer="nonsense")) == (1, 0, 0)
    clearance.take(declaration=paid, by=officer, at=NOON)
    assert (found(officer="nobody"), found(officer=str(officer.id))) == (0, 1)
    regime = summary(paid, officer).regime
    assert (found(regime=regime), found(regime="NONE"), found(stage="release"), found(stage="control")) == (1, 0, 1, 0)
