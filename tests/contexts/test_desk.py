"""What the officer's page asks: notes, histories of parties, prices before, assessing again; with refusals."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import content
from gumruk.declarations import history, noting, selectors
from gumruk.declarations import services as drafts
from gumruk.declarations.models import Note
from gumruk.declarations.types import DeclarationRefused, Lane, State
from gumruk.payments import selectors as payments
from gumruk.tariff import selectors as tariff
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import draft, measure, publish


def lodge(said: dict[str, object], broker: Person) -> uuid.UUID:
    made = drafts.create_draft(content=said, by=broker, at=NOON)
    assert clearance.lodge(declaration=made, by=broker, at=NOON).accepted
    return made


def test_notes_are_for_officials_only_and_only_added(lodged: uuid.UUID, officer: Person, broker: Person) -> None:
    noting.add_note(declaration=lodged, text=" seal looks new ", by=officer, at=NOON)
    noting.add_note(declaration=lodged, text="checked", by=officer, at=NOON + timedelta(minutes=1))
    assert [(one.text, one.by) for one in noting.notes(declaration=lodged, sealed=False)] == [
        ("checked", officer.name),
        ("seal looks new", officer.name),
    ]
    sealed = selectors.get(declaration=lodged, person=broker).sealed
    assert noting.notes(declaration=lodged, sealed=sealed) == ()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Note.objects.update(text="other")


@pytest.mark.parametrize(("text", "code"), [(" ", "reason_missing"), ("x" * 2001, "text_too_long")])
def test_an_empty_or_endless_note_is_refused(lodged: uuid.UUID, officer: Person, text: str, code: str) -> None:
    with pytest.raises(DeclarationRefused, match=code):
        noting.add_note(declaration=lodged, text=text, by=officer, at=NOON)
    assert not Note.objects.exists()


def test_who_does_not_work_on_it_writes_no_note(
    lodged: uuid.UUID, broker: Person, person_with: Callable[..., Person]
) -> None:
    for stranger in (broker, person_with(Role.OFFICER, office="PRV-R02"), person_with(Role.CASHIER, office="PRV-R01")):
        with pytest.raises(DeclarationRefused, match="not_found"):
            noting.add_note(declaration=lodged, text="x", by=stranger, at=NOON)
    assert not Note.objects.exists()


def test_a_hold_says_who_set_it_and_what_clears_it(lodged: uuid.UUID, officer: Person) -> None:
    clearance.set_hold(
        declaration=lodged, agency="Demo veterinary", reason="no certificate", clears="the certificate", by=officer, at=NOON
    )  # fmt: skip
    hold = selectors.get(declaration=lodged, person=officer).holds[0]
    assert (hold.agency, hold.reason, hold.clears, hold.set_by) == (
        "Demo veterinary",
        "no certificate",
        "the certificate",
        officer.name,
    )


def test_the_history_of_a_party_counts_what_it_declared_before(
    broker: Person, officer: Person, rates: None, person_with: Callable[..., Person]
) -> None:
    first, second, third = (lodge(content(seed=5, items=1, day=DAY), broker) for _ in range(3))
    changed = {**content(seed=5, items=1, day=DAY), "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(declaration=first, content=changed, reason="place", by=broker, at=NOON)
    clearance.decide_amendment(declaration=first, accept=True, reason="right", by=officer, at=NOON)
    seen = selectors.get(declaration=third, person=officer)
    found = history.of_parties(declaration=third, content=seen.content, person=officer)
    assert set(found) == {"consignee", "exporter", "declarant"}
    for one in found.values():
        assert (one.declarations, one.released, one.with_discrepancy, one.amended, one.more) == (2, 0, 0, 1, False)
        assert [(row.id, row.open) for row in one.last] == [(second, True), (first, True)]
    stranger = person_with(Role.OFFICER, office="PRV-R02")
    far = history.of_parties(declaration=third, content=seen.content, person=stranger)
    assert [row.open for row in far["consignee"].last] == [False, False]


def test_a_party_without_a_number_is_known_by_its_folded_name(broker: Person, officer: Person, rates: None) -> None:
    named = content(seed=5, items=1, day=DAY)
    lodge({**named, "exporter_name": "Ҷамшед ҶДММ"}, broker)
    later = lodge({**named, "exporter_name": "ҷамшед ҷдмм"}, broker)
    seen = selectors.get(declaration=later, person=officer)
    assert history.of_parties(declaration=later, content=seen.content, person=officer)["exporter"].declarations == 1


def test_prices_of_the_same_goods_before_stand_beside_this_one(broker: Person, officer: Person, rates: None) -> None:
    said = content(seed=5, items=1, day=DAY)
    item = said["items"][0]

    def priced(price: str) -> uuid.UUID:
        total = str((Decimal(price) * Decimal(item["net_mass"])).quantize(Decimal("0.01")))
        return lodge({**said, "invoice_total": total, "items": [{**item, "price": total}]}, broker)

    for price in ("10.00", "14.00", "12.00"):
        priced(price)
    last = priced("9.00")
    found = history.price_ranges(declaration=last, content=selectors.get(declaration=last, person=officer).content)
    assert [(one.here, one.lowest, one.middle, one.highest, one.declared, one.currency) for one in found] == [
        (Decimal("9.00"), Decimal("10.00"), Decimal("12.00"), Decimal("14.00"), 3, "USD")
    ]


def test_goods_that_nobody_declared_before_have_no_range(lodged: uuid.UUID, officer: Person) -> None:
    seen = selectors.get(declaration=lodged, person=officer)
    found = history.price_ranges(declaration=lodged, content=seen.content)
    assert {(one.lowest, one.declared) for one in found} == {(None, 0)}


def test_assessing_again_with_nothing_new_is_refused_and_nothing_moved(lodged: uuid.UUID, officer: Person) -> None:
    seen = selectors.get(declaration=lodged, person=officer)
    assert seen.summary.registered_at is not None
    shown = clearance.reassessment(declaration=lodged, registered_at=seen.summary.registered_at)
    assert shown.same
    before = selectors.timeline(declaration=lodged)
    for code, change in (
        ("nothing_differs", {}),
        ("reason_missing", {"reason": " "}),
    ):
        asked = {"seal": shown.seal, "reason": "asked", **change}
        with pytest.raises(ClearanceRefused, match=code):
            clearance.reassess(declaration=lodged, by=officer, at=NOON, **asked)
    assert selectors.timeline(declaration=lodged) == before
    assert len(tariff.assessments(declaration=lodged)) == 1


def test_assessing_again_posts_the_difference_with_the_reason_and_keeps_the_old_result(
    lodged: uuid.UUID, officer: Person, person_with: Callable[..., Person]
) -> None:
    publish(
        draft(person_with(Role.LAW_EDITOR), measure("77%", DAY - timedelta(days=900), code="")),
        *(person_with(role) for role in (Role.LAW_EDITOR, Role.LAW_APPROVER)),
    )
    seen = selectors.get(declaration=lodged, person=officer)
    assert seen.summary.registered_at is not None
    shown = clearance.reassessment(declaration=lodged, registered_at=seen.summary.registered_at)
    assert shown.differences
    before = payments.charge_of(declaration=lodged)
    with pytest.raises(ClearanceRefused, match="other_result"):
        clearance.reassess(declaration=lodged, seal="another", reason="new rate", by=officer, at=NOON)
    assert payments.charge_of(declaration=lodged) == before
    clearance.reassess(declaration=lodged, seal=shown.seal, reason="new rate", by=officer, at=NOON)
    charge = payments.charge_of(declaration=lodged)
    assert before is not None
    assert charge is not None
    assert (before.due, charge.due) == (shown.stored.result.total, shown.now.total)
    assert [one.result.total for one in tariff.assessments(declaration=lodged)] == [charge.due, before.due]
    event = next(one for one in selectors.timeline(declaration=lodged) if one.name == "reassessed")
    assert (event.reason, event.by, event.details["after"]) == ("new rate", officer.id, str(charge.due))
    assert payments.out_of_balance() == ()


def test_brokers_do_not_assess_again(lodged: uuid.UUID, broker: Person) -> None:
    with pytest.raises(ClearanceRefused, match="no_right"):
        clearance.reassess(declaration=lodged, seal="x", reason="cheaper", by=broker, at=NOON)


def test_the_lane_stays_when_an_act_is_only_looked_at(lodged: uuid.UUID, officer: Person) -> None:
    seen = selectors.get(declaration=lodged, person=officer)
    assert (seen.state, seen.summary.lane) == (State.PAYMENT_DUE, Lane.GREEN)
