"""What clearance does outside a request: tells the declarant after commit, and ends what expires."""

from __future__ import annotations

from datetime import datetime

from gumruk.clearance.expiring import expire_prior_lodgings
from gumruk.declarations import selectors as declarations
from gumruk.notices import services as notices
from gumruk.toolkit import jobs, outbox
from gumruk.toolkit.outbox import Event

TOLD = tuple(
    f"declaration.{name}"
    for name in ("registered", "queried", "rejected", "released", "cancelled", "prior_lodging_expired")
)  # fmt: skip


def tell_declarant(event: Event, at: datetime) -> None:
    """Put the event into the inbox of the firm that declared."""
    if event.root is None:
        return
    party, registration = declarations.addressee(declaration=event.root)
    notices.tell(
        party=party, name=event.name, root=event.root, office=event.office, subject=registration, event=event.id,
        happened_at=event.happened_at, at=at,
    )  # fmt: skip


def listen() -> None:
    """Hear what the declarant is to be told. Called when the program starts."""
    for name in TOLD:
        outbox.listen(name, "declarant", tell_declarant)
    jobs.every_hour("expire_prior_lodgings", expire_prior_lodgings)
