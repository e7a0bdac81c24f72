"""Who works where a person works, and the one of them that a form names."""

from __future__ import annotations

from django.http import QueryDict

from gumruk.clearance.types import ClearanceRefused
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust.types import Person, Role

ROLES = (Role.OFFICER, Role.SUPERVISOR)


def offices_of(person: Person) -> frozenset[str]:
    """Where the person controls or supervises; the empty string stands for every office."""
    return person.offices(Role.OFFICER) | person.offices(Role.SUPERVISOR)


def colleagues(person: Person) -> tuple[Person, ...]:
    """Officers and supervisors of the person's offices, by name."""
    offices = offices_of(person)
    return trust.working_at(offices=() if "" in offices else offices, roles=ROLES, day=clock.law_day(clock.now()))


def receiver_of(said: QueryDict, by: Person) -> Person:
    """The colleague that a form names as `receiver`. Raises ClearanceRefused `receiver_unknown`."""
    found = next((one for one in colleagues(by) if str(one.id) == said.get("receiver", "")), None)
    if found is None:
        raise ClearanceRefused("receiver_unknown")
    return found
