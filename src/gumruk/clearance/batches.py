"""One act on many declarations, each in a transaction of its own: what is refused for one keeps none of the others."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations.types import DeclarationRefused
from gumruk.payments.types import PaymentRefused

MOST = 200
REFUSED = (ClearanceRefused, DeclarationRefused, PaymentRefused)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did to one declaration: done, or why it was refused."""

    declaration: uuid.UUID
    refused: Exception | None

    @property
    def done(self) -> bool:
        return self.refused is None


def each(
    *, seen: Iterable[tuple[uuid.UUID, int]], act: Callable[[uuid.UUID], object], rehearse: bool = False
) -> tuple[Outcome, ...]:
    """Do `act` to each declaration whose events are still those that were `seen`.

    `rehearse` does it and takes it back, to tell beforehand what would be refused; nothing of it stays.
    """
    return tuple(_one(declaration, events, act, rehearse=rehearse) for declaration, events in list(seen)[:MOST])


def _one(declaration: uuid.UUID, events: int, act: Callable[[uuid.UUID], object], *, rehearse: bool) -> Outcome:
    try:
        with transaction.atomic(), moves.as_seen(declaration, events):
            act(declaration)
            if rehearse:
                transaction.set_rollback(True)
    except REFUSED as refused:
        return Outcome(declaration, refused)
    return Outcome(declaration, None)
