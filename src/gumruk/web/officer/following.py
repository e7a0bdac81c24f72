"""What stands beside a declaration on its page: the next one and the one before in the queue, and whose it is.

The queue is the one that the person looked at last in this browser; an act does not lose the place in it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import COUNT_LIMIT, DeclarationView, Place
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.labels import OPEN_STATES
from gumruk.web.officer.asking import GROUPS, Queue, remembered, targets_at
from gumruk.web.officer.times import Wait, wait_of
from gumruk.web.shared.colleagues import colleagues
from gumruk.web.visits import person_of
from gumruk.work import selectors as work

HELD_STATES = OPEN_STATES | {"CANCEL_REQUESTED"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything that the bar of a declaration says."""

    queue: Queue
    name: str
    place: Place
    total: str
    wait: Wait | None
    open: bool
    mine: bool
    acted: bool
    supervises: bool
    receivers: tuple[tuple[str, str], ...]


def beside(request: HttpRequest, seen: DeclarationView) -> Beside | None:
    """For officers and supervisors of the declaration's office; None for anybody else."""
    person, at, row = person_of(request), clock.now(), seen.summary
    if not clearance.works_at(person, row.office):
        return None
    queue = remembered(request, person, at)
    place = declarations.place(person=person, wanted=queue.wanted, order=queue.order, declaration=seen.id)
    mine, supervises = row.officer == person.id, person.may(Role.SUPERVISOR, row.office)
    gives = row.state in HELD_STATES and (mine or supervises)
    return Beside(
        queue=queue,
        name=_named(queue, person),
        place=place,
        total=f"{COUNT_LIMIT}+" if place.total >= COUNT_LIMIT else str(place.total),
        wait=wait_of(row, targets_at(at), at),
        open=row.state in HELD_STATES,
        mine=mine,
        acted="acted" in request.GET,
        supervises=supervises,
        receivers=_receivers(person, seen) if gives else (),
    )


def _receivers(person: Person, seen: DeclarationView) -> tuple[tuple[str, str], ...]:
    row = seen.summary
    others = (one for one in colleagues(person) if clearance.works_at(one, row.office) and one.id != row.officer)
    return (("", ""), *((str(one.id), one.name) for one in others))


def _named(queue: Queue, person: Person) -> str:
    """The queue in words: the name that the person saved it under, else its group."""
    asked = queue.asked.address().removeprefix("?")
    saved = next((one.name for one in work.views(person=person.id) if one.asked == asked), "")
    group = GROUPS.get(queue.asked.get("group"), GROUPS["waiting"])[0]
    return saved or gettext(group)
