"""A quota is never overdrawn, whoever takes from it and in whatever order; what was taken is given back once."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.declarations import services as declarations
from gumruk.law.types import Citation, Confidence, Quota
from gumruk.rules.duty import Assessment, QuotaUse
from gumruk.rules.form import Content
from gumruk.tariff import selectors, services
from gumruk.tariff.models import QuotaEntry
from gumruk.tariff.types import QuotaRefused
from gumruk.trust.types import Person
from tests.contexts.conftest import DAY, NOON

SINCE = date(2026, 1, 1)
MONTH = date(2026, 3, 1)


def quota(name: str = "Q1", volume: str = "100") -> Quota:
    return Quota(name, Decimal(volume), "KGM", SINCE, None, Citation("demo"), Confidence.DEMO)


def using(amount: str | Decimal, name: str = "Q1") -> Assessment:
    use = QuotaUse(name, "KGM", Decimal(100), Decimal(amount))
    zero = Decimal("0.00")
    return Assessment("2", DAY, 1, "", "TJS", (), zero, (), (), zero, zero, (), (use,))


def reserve(declaration: uuid.UUID, amount: str | Decimal, law: Quota | None = None) -> None:
    law = law or quota()
    services.reserve_quotas(
        declaration=declaration, office="PRV-R01", month=MONTH, quotas=[law], result=using(amount, law.id),
        assessment=None, by=None, at=NOON,
    )  # fmt: skip


def release(declaration: uuid.UUID) -> None:
    services.release_quotas(
        declaration=declaration, office="PRV-R01", month=MONTH, reason="cancelled", by=None, at=NOON
    )


def left(law: Quota | None = None, declaration: uuid.UUID | None = None) -> Decimal:
    law = law or quota()
    return selectors.quota_balances(quotas=[law], declaration=declaration)[law.id].left


def test_a_quota_that_nobody_used_holds_what_the_law_allots(db: None) -> None:
    assert left() == 100
    assert selectors.quota_balances(quotas=[]) == {}


def test_an_amendment_moves_only_the_difference_and_what_it_holds_counts_as_left_for_it(db: None) -> None:
    one = uuid.uuid4()
    reserve(one, "60")
    reserve(one, "60")
    reserve(one, "75.5")
    reserve(one, "20")
    assert [(move.amount, move.left) for move in selectors.quota_moves(quota="Q1")] == [
        (Decimal(60), Decimal(40)),
        (Decimal("15.5"), Decimal("24.5")),
        (Decimal("-55.5"), Decimal(80)),
    ]
    assert (left(), left(declaration=one)) == (Decimal(80), Decimal(100))


def test_more_than_is_left_is_refused_and_nothing_moves(db: None) -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    reserve(one, "60")
    with pytest.raises(QuotaRefused) as refused:
        reserve(two, "40.000001")
    assert refused.value.code == "quota_overdrawn"
    assert refused.value.values == {"quota": "Q1", "needed": "40.000001", "left": "40.000000"}
    assert left() == 40
    assert selectors.held_by(declaration=two) == {}
    reserve(two, "40")
    assert left() == 0


def test_a_release_gives_back_once(db: None) -> None:
    one = uuid.uuid4()
    reserve(one, "60")
    release(one)
    release(one)
    assert left() == 100
    assert [move.reason for move in selectors.quota_moves(quota="Q1")] == ["assessed", "cancelled"]


def test_a_law_that_allots_more_or_less_moves_the_balance_but_never_below_what_is_used(db: None) -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    reserve(one, "60")
    assert services.hold_quotas(quotas=[quota(volume="150")], declaration=two)["Q1"].left == 90
    assert services.hold_quotas(quotas=[quota(volume="60")], declaration=two)["Q1"].left == 0
    assert services.hold_quotas(quotas=[quota(volume="59")], declaration=two)["Q1"].left == -1
    assert services.hold_quotas(quotas=[quota(volume="59")], declaration=one)["Q1"].left == 59
    assert selectors.held_by(declaration=one) == {("Q1", SINCE): 60}


def test_the_database_itself_refuses_a_change_of_the_ledger_and_an_overdrawn_quota(db: None) -> None:
    reserve(uuid.uuid4(), "60")
    for statement in (
        "UPDATE tariff_quotaentry SET amount = 1",
        "DELETE FROM tariff_quotaentry",
        "UPDATE tariff_quota SET used = 101",
        "UPDATE tariff_quota SET used = -1",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert left() == 40


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["reserve", "release"]), st.integers(0, 3), st.decimals(min_value=0, max_value=70, places=3), st.sampled_from(["A", "B"])
    ),
    max_size=25,
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_order_of_acts_keeps_every_balance(acts: list[tuple[str, int, Decimal, str]]) -> None:
    people = [uuid.uuid4() for _ in range(4)]
    model: dict[tuple[str, int], Decimal] = {}
    with transaction.atomic():
        for act, who, amount, name in acts:
            law = quota(name)
            others = sum((held for (q, w), held in model.items() if q == name and w != who), Decimal(0))
            if act == "release":
                release(people[who])
                model = {key: held for key, held in model.items() if key[1] != who}
            elif others + amount > 100:
                with pytest.raises(QuotaRefused):
                    reserve(people[who], amount, law)
            else:
                # An assessment says all that a declaration uses: what it no longer names is given back.
                reserve(people[who], amount, law)
                model = {key: held for key, held in model.items() if key[1] != who}
                model[name, who] = amount
            for q in ("A", "B"):
                expected = 100 - sum((held for (one, _), held in model.items() if one == q), Decimal(0))
                assert left(quota(q)) == expected >= 0
                entries = QuotaEntry.objects.filter(quota=q).aggregate(total=Sum("amount"))["total"] or 0
                assert entries == 100 - expected
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_that_want_the_last_of_it_at_once_do_not_both_get_it() -> None:
    start = threading.Barrier(2)
    ends: list[str] = []

    def take() -> None:
        try:
            start.wait(timeout=20)
            reserve(uuid.uuid4(), "60")
            ends.append("got")
        except QuotaRefused as refused:
            ends.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["got", "quota_overdrawn"]
    assert left() == 40


def sugar(said: Content, mass: str) -> Content:
    item: dict[str, Any] = {
        **said["items"][0], "goods_code": "1701990000", "item_origin_country": "BR", "relief": "DEMOQUOTA", "beneficiary": "Demo Sugar Works",
        "net_mass": mass, "gross_mass": mass,
    }  # fmt: skip
    item.pop("preference", None)
    items = [item, *said["items"][1:]]
    total = sum(Decimal(row["price"]) for row in items)
    origins = {row["item_origin_country"] for row in items}
    return {
        **said,
        "items": items,
        "invoice_total": str(total),
        "origin_country": min(origins) if len(origins) == 1 else "00",
    }


def duty(declaration: uuid.UUID) -> tuple[str, list[str]]:
    stored = selectors.latest(declaration=declaration)
    assert stored is not None
    line = next(line for line in stored.result.lines if line.kind == "duty" and line.item == 1)
    return line.measure, [put.reason for put in line.rejected if put.reason.startswith("quota")]


def sugar_left() -> Decimal:
    law = Quota("DEMO-SUGAR", Decimal(500000), "KGM", date(2013, 1, 1), None, Citation("demo"), Confidence.DEMO)
    return left(law)


def test_lodging_reserves_the_next_one_pays_the_general_rate_and_a_cancellation_gives_back(
    broker: Person, officer: Person, rates: None, said: Content
) -> None:
    first = declarations.create_draft(content=sugar(said, "300000"), by=broker, at=NOON)
    assert clearance.lodge(declaration=first, by=broker, at=NOON).accepted
    assert duty(first) == ("DEMO-QUOTA-1701", [])
    assert sugar_left() == 200000

    second = declarations.create_draft(content=sugar(said, "200001"), by=broker, at=NOON)
    assert clearance.lodge(declaration=second, by=broker, at=NOON).accepted
    assert duty(second) == ("DEMO-DUTY-17", ["quota_not_enough"])
    assert sugar_left() == 200000

    clearance.request_cancellation(declaration=first, reason="sent back", by=broker, at=NOON)
    clearance.decide_cancellation(declaration=first, accept=True, reason="sent back", by=officer, at=NOON)
    assert sugar_left() == 500000


def test_a_replay_uses_the_balance_that_stood_when_it_was_assessed(broker: Person, rates: None, said: Content) -> None:
    first = declarations.create_draft(content=sugar(said, "300000"), by=broker, at=NOON)
    clearance.lodge(declaration=first, by=broker, at=NOON)
    second = declarations.create_draft(content=sugar(said, "300000"), by=broker, at=datetime(2026, 3, 2, 8, tzinfo=UTC))
    clearance.lodge(declaration=second, by=broker, at=NOON)
    assert [duty(one)[0] for one in (first, second)] == ["DEMO-QUOTA-1701", "DEMO-DUTY-17"]
    assert clearance.replay(declaration=first).same
    assert clearance.replay(declaration=second).same


def test_an_amended_quantity_is_judged_with_what_the_declaration_holds(
    broker: Person, officer: Person, rates: None, said: Content
) -> None:
    first = declarations.create_draft(content=sugar(said, "300000"), by=broker, at=NOON)
    clearance.lodge(declaration=first, by=broker, at=NOON)
    clearance.propose_amendment(declaration=first, content=sugar(said, "450000"), reason="weighed", by=broker, at=NOON)
    clearance.decide_amendment(declaration=first, accept=True, reason="weighed", by=officer, at=NOON)
    assert duty(first) == ("DEMO-QUOTA-1701", [])
    assert sugar_left() == 50000
