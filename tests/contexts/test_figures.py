"""Figures that are kept equal a direct count of what happened, after any history, whichever way they were brought up to date."""

from __future__ import annotations

import math
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import BROKER_TIN, OFFICES, content, export_content
from gumruk.declarations import counting
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.models import Declaration, Event, Item
from gumruk.declarations.types import DeclarationRefused, Lane, State
from gumruk.figures import selectors, services
from gumruk.figures.models import Cell
from gumruk.figures.types import WHOLE, Subject, Sum, Totals, Wanted, bounds_of, next_month, percentiles, step_of
from gumruk.payments.models import Account, Entry, Receipt, Transaction
from gumruk.payments.types import PaymentRefused
from gumruk.toolkit import clock
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Grant, Person, Role

from .conftest import DAY, NOON

pytestmark = pytest.mark.django_db
ACTS = ("pay", "conform", "discrepancy", "ask", "answer", "red", "green", "amend", "accept", "refuse", "reject", "lodge",
        "wish_cancel", "cancel", "release", "exit", "count")  # fmt: skip
LIFE = st.tuples(
    st.integers(-20, 20),  # days from DAY on which it is lodged
    st.integers(1, 6),  # seed of the content
    st.booleans(),  # export
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3000)), max_size=9),  # act, minutes after the one before
)
LIKELY = [(2, 3, False, [("pay", 30), ("red", 5), ("conform", 200), ("release", 60)]),
          (2, 4, True, [("pay", 700), ("ask", 1), ("answer", 1500), ("count", 0), ("release", 9)]),
          (-9, 1, False, [("amend", 5), ("accept", 100), ("pay", 1), ("release", 1)]),
          (-9, 2, False, [("pay", 5), ("count", 0), ("wish_cancel", 10), ("cancel", 10)])]  # fmt: skip


@pytest.fixture
def everybody(db: None, rates: None) -> tuple[Person, Person]:
    """A broker and a head of the service, and money enough."""
    from gumruk.payments import services as payments

    payments.deposit(party=BROKER_TIN, amount=Decimal(10**9), source="all", office=OFFICES[0], at=NOON, by=None)
    grants = (Grant(Role.SUPERVISOR, "", "", DAY, None), Grant(Role.BROKER, "", BROKER_TIN, DAY, None))
    return tuple(Person(uuid.uuid4(), one.role, "Demo", "en", (one,)) for one in grants)[::-1]  # type: ignore[return-value]


def live(life: Any, broker: Person, head: Person) -> None:
    """One declaration from lodging on; what is refused does not happen."""
    days, seed, out, acts = life
    at = NOON + timedelta(days=days)
    make = export_content if out else content
    said = make(seed=seed, items=1 + seed % 3, day=law_day(at), office=OFFICES[seed % 2], tin=BROKER_TIN)
    made = drafts.create_draft(content=said, by=broker, at=at)
    assert clearance.lodge(declaration=made, by=broker, at=at).accepted
    for act, minutes in acts:
        at += timedelta(minutes=minutes)
        with suppress(ClearanceRefused, DeclarationRefused, PaymentRefused):
            do(act, made, said, broker, head, at)


def do(act: str, made: uuid.UUID, said: Any, broker: Person, head: Person, at: datetime) -> None:
    by_broker: dict[str, Any] = {"declaration": made, "by": broker, "at": at}
    by_head: dict[str, Any] = {"declaration": made, "by": head, "at": at}
    doing: dict[str, Callable[[], object]] = {
        "pay": lambda: clearance.pay_from_account(**by_broker),
        "conform": lambda: clearance.record_control(conform=True, note="Demo", **by_head),
        "discrepancy": lambda: clearance.record_control(conform=False, note="Demo", **by_head),
        "ask": lambda: clearance.ask(question="Demo?", documents=False, **by_head),
        "answer": lambda: clearance.answer(text="Demo", **by_broker),
        "red": lambda: clearance.reroute(lane=Lane.RED, reason="Demo", **by_head),
        "green": lambda: clearance.reroute(lane=Lane.GREEN, reason="Demo", **by_head),
        "amend": lambda: clearance.propose_amendment(
            content={**said, "delivery_place": f"Хуҷанд {at:%M}"}, reason="Demo", **by_broker
        ),
        "accept": lambda: clearance.decide_amendment(accept=True, reason="Demo", **by_head),
        "refuse": lambda: clearance.decide_amendment(accept=False, reason="Demo", **by_head),
        "reject": lambda: clearance.reject(reason="Demo", **by_head),
        "lodge": lambda: clearance.lodge(**by_broker),
        "wish_cancel": lambda: clearance.request_cancellation(reason="Demo", **by_broker),
        "cancel": lambda: clearance.decide_cancellation(accept=True, reason="Demo", **by_head),
        "release": lambda: clearance.release(**by_head),
        "exit": lambda: clearance.record_exit(note="Demo", **by_head),
        "count": lambda: services.refresh(at=clock.now()),
    }
    doing[act]()


def counted(wanted: Wanted) -> dict[str, dict[str, Sum]]:
    """What the figures should say: counted one by one from the rows themselves."""
    found: dict[str, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    for row in Declaration.objects.filter(registered_at__isnull=False):
        assert row.registered_at is not None
        if not inside(row, row.registered_at, wanted):
            continue
        value = row.value or Decimal(0)
        found["standing"][f"{row.state}|{row.lane}"] += Sum(1, value)
        found["consignee"][row.consignee_name] += Sum(1, value)
        events = list(Event.objects.filter(root=row.id).order_by("number"))
        for mark in marks_of(events):
            found["mark"][mark] += Sum(1)
        for stage, seconds in spent(events).items():
            found["stage"][f"{stage}|{math.floor(math.log(1 + seconds) / math.log(1.1))}"] += Sum(1, Decimal(seconds))
        items = list(Item.objects.filter(root=row.id, version=row.version))
        for item in items:
            found["goods"][item.goods_code[:4]] += Sum(1)
            found["origin"][item.origin_country] += Sum(1)
            found["procedure"][item.procedure] += Sum(1)
    money(wanted, found)
    return found


def inside(row: Declaration, at: datetime, wanted: Wanted) -> bool:
    return (
        wanted.since <= law_day(at) < wanted.until
        and (wanted.offices == (WHOLE,) or row.office in wanted.offices)
        and wanted.direction in ("", row.direction)
    )


def marks_of(events: list[Event]) -> Iterator[str]:
    names, states = {event.name for event in events}, {event.after for event in events}
    yield from ({"asked", "rejected", "cancelled", "rerouted", "released"} & names)
    yield from (mark for name, mark in {"amendment_proposed": "amendment_asked", "amendment_accepted": "amended",
                                        "amendment_refused": "amendment_refused"}.items() if name in names)  # fmt: skip
    yield from ({"inspected"} if "UNDER_CONTROL" in states else ())
    yield from ({"discrepancy"} if "DISCREPANCY" in states else ())


def spent(events: list[Event]) -> dict[str, int]:
    """Seconds in each stage of a released declaration."""
    names = [event.name for event in events]
    if "released" not in names:
        return {}
    stage_of = {state: stage for stage, states in counting.STAGES.items() for state in states}
    times: dict[str, timedelta] = defaultdict(timedelta)
    first, last = names.index("registered"), names.index("released")
    for event, after in zip(events[first:last], events[first + 1 : last + 1], strict=True):
        times[stage_of[event.after]] += after.at - event.at
    seconds = {stage: int(time.total_seconds()) for stage, time in times.items()}
    declarant = seconds.get("pay", 0) + seconds.get("answer", 0)
    whole = sum(seconds.values())
    return {**seconds, "declarant": declarant, "customs": whole - declarant, "whole": whole}


def money(wanted: Wanted, found: dict[str, dict[str, Sum]]) -> None:
    rows = {row.id: row for row in Declaration.objects.all()}
    kinds = dict(Account.objects.filter(kind="revenue").values_list("id", "holder"))
    posted = {one.id: one for one in Transaction.objects.all()}
    for entry in Entry.objects.filter(account__in=kinds):
        one = posted[entry.transaction]
        if one.root in rows and inside(rows[one.root], one.at, wanted):
            found["revenue"][kinds[entry.account].partition("@")[0]] += Sum(1, -entry.amount)
    for receipt in Receipt.objects.filter(declaration__isnull=False):
        if inside(rows[receipt.declaration], receipt.at, wanted):  # type: ignore[index]
            found["received"][receipt.means] += Sum(1, receipt.amount)


def said_by(totals: Totals) -> dict[str, dict[str, Sum]]:
    """What the figures say; the customs value of goods is left to its own test, for it is shared by prices."""
    shared = (Subject.GOODS, Subject.ORIGIN, Subject.PROCEDURE)
    return {
        subject: {key: Sum(one.count) if subject in shared else one for key, one in sums.items()}
        for subject, sums in totals.by_subject.items()
    }


ALL = Wanted(date(2026, 1, 1), date(2026, 6, 1))


@settings(
    max_examples=8,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lives=st.lists(LIFE, min_size=1, max_size=4), since=st.integers(-40, 10), length=st.integers(1, 70))
def test_after_any_history_the_figures_equal_a_direct_count(
    everybody: tuple[Person, Person], lives: list[Any], since: int, length: int
) -> None:
    for life in [*LIKELY[: len(lives)], *lives]:
        live(life, *everybody)
    services.refresh(at=clock.now())
    start = DAY + timedelta(days=since)
    windows = [ALL, Wanted(start, start + timedelta(days=length)), Wanted(ALL.since, ALL.until, (OFFICES[1],)),
               Wanted(start, start + timedelta(days=length), (OFFICES[0], OFFICES[1]), "EX")]  # fmt: skip
    for wanted in windows:
        assert said_by(selectors.totals(wanted)) == counted(wanted), wanted


def rows() -> set[tuple[Any, ...]]:
    named = Cell.objects.values_list(
        "office", "span", "day", "subject", "direction", "regime", "keys", "counts", "amounts"
    )
    return {tuple(tuple(one) if isinstance(one, list) else one for one in row) for row in named}


def test_counting_again_and_rebuilding_give_the_same_rows(everybody: tuple[Person, Person]) -> None:
    services.rebuild(at=clock.now())
    for life in LIKELY:
        live(life, *everybody)
    services.refresh(at=clock.now())
    kept = rows()
    assert kept
    services.refresh(at=clock.now())
    assert rows() == kept
    assert services.rebuild(at=clock.now()) == sum(1 for row in kept if row[0] and row[1] == "day")
    assert rows() == kept


def test_every_month_and_the_whole_service_are_the_sums_of_their_parts(everybody: tuple[Person, Person]) -> None:
    for life in LIKELY:
        live(life, *everybody)
    services.refresh(at=clock.now())
    whole = selectors.totals(ALL)
    offices = selectors.by_office(ALL)
    assert set(offices) == set(OFFICES[:2])
    parts = [one.of(Subject.STANDING) for one in offices.values()]
    assert sum(one.count for sums in parts for one in sums.values()) == 4
    assert selectors.totals(Wanted(ALL.since, ALL.until, tuple(offices))) == whole
    days, months = selectors.by_day(ALL, Subject.REVENUE), selectors.by_month(ALL, Subject.REVENUE)
    due = sum((one.amount for sums in days.values() for one in sums.values()), Decimal(0))
    assert due == sum((one.amount for sums in months.values() for one in sums.values()), Decimal(0))
    assert due == sum(one.amount for one in whole.of(Subject.REVENUE).values())
    ledger = Account.objects.filter(kind="revenue").values_list("balance", flat=True)
    assert due == -sum(ledger)
    assert selectors.by_kind(ALL)["EX", "EXPORT"].count == 1


def test_the_customs_value_of_goods_adds_up_to_that_of_their_declarations(everybody: tuple[Person, Person]) -> None:
    for life in LIKELY:
        live(life, *everybody)
    services.refresh(at=clock.now())
    found = selectors.totals(ALL)
    value = sum(one.amount for one in found.of(Subject.STANDING).values())
    assert value > 0
    for subject in (Subject.GOODS, Subject.ORIGIN, Subject.PROCEDURE):
        assert abs(sum(one.amount for one in found.of(subject).values()) - value) < Decimal("0.20")


def test_a_long_span_is_read_in_one_query_and_from_few_rows(everybody: tuple[Person, Person]) -> None:
    live(LIKELY[0], *everybody)
    services.refresh(at=clock.now())
    wanted = Wanted(date(2025, 2, 15), date(2026, 5, 3))
    assert len(wanted.months()) == 14
    assert len(wanted.days()) == 14 + 2
    with CaptureQueriesContext(connection) as asked:
        assert sum(one.count for one in selectors.totals(wanted).of(Subject.STANDING).values()) == 1
    assert len(asked) == 1


def test_the_sandbox_is_not_counted(everybody: tuple[Person, Person]) -> None:
    broker, _ = everybody
    made = drafts.create_draft(content=content(seed=5, items=1, day=DAY), by=broker, at=NOON, sandbox=True)
    assert clearance.lodge(declaration=made, by=broker, at=NOON).accepted
    clearance.pay_from_account(declaration=made, by=broker, at=NOON)
    services.refresh(at=clock.now())
    assert selectors.totals(ALL) == Totals({})
    assert declarations.get(declaration=made, person=broker, sandbox=True).state is not State.DRAFT


@given(times=st.lists(st.integers(0, 40_000_000), min_size=1, max_size=60))
def test_a_percentile_lies_within_a_tenth_of_the_true_one(times: list[int]) -> None:
    steps: dict[int, Sum] = defaultdict(Sum)
    for seconds in times:
        low, high = bounds_of(step_of(seconds))
        assert low - 1 <= seconds <= high + 1
        steps[step_of(seconds)] += Sum(1, Decimal(seconds))
    found, ordered = percentiles(steps), sorted(times)
    assert found.count == len(times)
    assert math.isclose(found.mean, sum(times) / len(times), rel_tol=1e-9)
    for share, said in ((0.5, found.p50), (0.9, found.p90), (0.99, found.p99)):
        true = ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)]
        assert (1 + true) / 1.1001 <= 1 + said <= (1 + true) * 1.1001


def test_nothing_passed_gives_no_times_and_months_follow_each_other() -> None:
    assert percentiles({}).count == 0
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert Wanted(date(2026, 2, 1), date(2026, 3, 1)).days() == []
