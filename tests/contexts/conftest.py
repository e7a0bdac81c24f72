"""People, rates and a clean declaration, for tests that read like sentences."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from gumruk.clearance import selectors as waiting
from gumruk.clearance import services as clearance
from gumruk.cli.demo import enter_rates
from gumruk.cli.demo_content import BROKER_TIN, OFFICE, content
from gumruk.declarations import services as declarations
from gumruk.rules.form import Content
from gumruk.trust import selectors, services
from gumruk.trust.types import Person, Role

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@pytest.fixture
def person_with(db: None) -> Callable[..., Person]:
    """Makes a person with one grant."""

    def make(role: Role, *, office: str = "", party: str = "") -> Person:
        name = f"{role}-{uuid.uuid4().hex[:8]}"
        user = services.add_user(username=name, name=f"Demo {role}", password="a-long-secret", language="en", at=NOON)
        services.grant(user_id=user, role=role, since=DAY - timedelta(days=9), at=NOON, office=office, party=party)
        found = selectors.person(user_id=user, day=DAY)
        assert found is not None
        return found

    return make


@pytest.fixture
def broker(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.BROKER, party=BROKER_TIN)


@pytest.fixture
def officer(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.OFFICER, office=OFFICE)


@pytest.fixture
def colleague(person_with: Callable[..., Person]) -> Person:
    """Another officer of the same office: the second person."""
    return person_with(Role.OFFICER, office=OFFICE)


@pytest.fixture
def cashier(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.CASHIER, office=OFFICE)


@pytest.fixture
def rates(db: None) -> None:
    enter_rates(DAY, NOON)


@pytest.fixture
def said() -> Content:
    return content(seed=5, items=2, day=DAY)


@pytest.fixture
def lodged(broker: Person, rates: None, said: Content) -> uuid.UUID:
    """A declaration that was lodged and is in the green lane."""
    draft = declarations.create_draft(content=said, by=broker, at=NOON)
    assert clearance.lodge(declaration=draft, by=broker, at=NOON).findings == ()
    return draft


@pytest.fixture
def paid(lodged: uuid.UUID, broker: Person) -> uuid.UUID:
    """A lodged declaration whose payments are settled."""
    from gumruk.payments import selectors as payments

    charge = payments.charge_of(declaration=lodged)
    assert charge is not None
    clearance.receive_payment(declaration=lodged, amount=charge.left, means="bank", source="B-1", by=broker, at=NOON)
    return lodged


def confirmed(by: Person) -> None:
    """Somebody else does what waits for a second person."""
    for one in waiting.waiting_for(person=by):
        clearance.confirm(proposal=one.id, by=by, at=NOON)


CENT = Decimal("0.01")
