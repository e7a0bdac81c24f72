"""Who has a declaration in hand: taken, assigned, handed on, put back; each an event, none of it automatic.

To have it in hand keeps nobody else from acting: it says who is expected to.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from gumruk.clearance.steps import require
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations import selectors as declarations
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import State
from gumruk.trust.types import Person, Role
from gumruk.work import services as work

MOST = 500  # a hand-over is one transaction


@contextmanager
def _open(declaration: uuid.UUID, by: Person, act: str) -> Iterator[Declaration]:
    """The row of open work, when the person may work at its office."""
    with moves.changing(declaration) as row:
        if not works_at(by, row.office):
            raise ClearanceRefused("no_right", role=Role.OFFICER.value, office=row.office)
        require(State(row.state), act)
        yield row


def works_at(person: Person, office: str) -> bool:
    """Whether the person is an officer or supervisor there."""
    return person.may(Role.OFFICER, office) or person.may(Role.SUPERVISOR, office)


def take(*, declaration: uuid.UUID, by: Person, at: datetime) -> None:
    """Take open work that nobody has in hand. Raises ClearanceRefused `in_hands_of`, `yours_already`."""
    with _open(declaration, by, "take") as row:
        if row.officer == by.id:
            raise ClearanceRefused("yours_already")
        if row.officer is not None:
            raise ClearanceRefused("in_hands_of", officer=row.officer_name)
        _hand(row, by, "taken", by=by, at=at)


def assign(*, declaration: uuid.UUID, to: Person, reason: str = "", by: Person, at: datetime) -> None:
    """Give open work to an officer. A supervisor gives anybody's, with the reason; an officer hands on what is theirs.

    Raises ClearanceRefused `not_in_your_hands`, `reason_missing`, `receiver_no_right`, `in_hands_of`.
    """
    with _open(declaration, by, "assign") as row:
        own = row.officer == by.id
        if not own and not by.may(Role.SUPERVISOR, row.office):
            raise ClearanceRefused("not_in_your_hands")
        if not own and row.officer is not None and not reason.strip():
            raise ClearanceRefused("reason_missing", act="assign")
        if not works_at(to, row.office):
            raise ClearanceRefused("receiver_no_right", officer=to.name, office=row.office)
        if row.officer == to.id:
            raise ClearanceRefused("in_hands_of", officer=to.name)
        _hand(row, to, "handed_on" if own else "assigned", by=by, at=at, reason=reason)


def put_back(*, declaration: uuid.UUID, reason: str = "", by: Person, at: datetime) -> None:
    """Put work back to the queue: one's own, or as a supervisor anybody's with the reason.

    Raises ClearanceRefused `in_nobodys_hands`, `not_in_your_hands`, `reason_missing`.
    """
    with _open(declaration, by, "put_back") as row:
        if row.officer is None:
            raise ClearanceRefused("in_nobodys_hands")
        if row.officer != by.id and not by.may(Role.SUPERVISOR, row.office):
            raise ClearanceRefused("not_in_your_hands")
        if row.officer != by.id and not reason.strip():
            raise ClearanceRefused("reason_missing", act="put_back")
        _hand(row, None, "put_back", by=by, at=at, reason=reason)


@transaction.atomic
def end_shift(*, to: Person | None, note: str, by: Person, at: datetime) -> uuid.UUID:
    """Hand over all open work that a person has in hand, to a colleague or (None) back to the queue, with a note.

    All or nothing: one declaration that cannot go (its colleague has no right there) refuses the whole, and names it.
    """
    if not note.strip():
        raise ClearanceRefused("note_missing")
    if to is not None and to.id == by.id:
        raise ClearanceRefused("hand_over_to_self")
    held = declarations.in_hands(officer=by.id, limit=MOST)
    for one in held:
        if to is None:
            put_back(declaration=one.id, reason=note, by=by, at=at)
        else:
            assign(declaration=one.id, to=to, reason=note, by=by, at=at)
    office = held[0].office if held else next(iter(sorted(by.offices(Role.OFFICER) | by.offices(Role.SUPERVISOR))), "")
    return work.record_hand_over(
        office=office, receiver=to, note=note, declarations=[one.id for one in held], by=by, at=at
    )


def _hand(row: Declaration, to: Person | None, name: str, *, by: Person, at: datetime, reason: str = "") -> None:
    details = {"from": str(row.officer or ""), "from_name": row.officer_name}
    moves.hand_to(row, to, at=at)
    details |= {"to": str(row.officer or ""), "to_name": row.officer_name}
    moves.move(row, State(row.state), name, by=by, at=at, reason=reason, details=details)
