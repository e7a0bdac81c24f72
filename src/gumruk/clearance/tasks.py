"""What clearance does outside a request: tells the declarant after commit, and ends what expires."""

from __future__ import annotations

import uuid
from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gumruk.clearance.expiring import expire_prior_lodgings
from gumruk.declarations import selectors as declarations
from gumruk.notices import mailing
from gumruk.notices import services as notices
from gumruk.toolkit import clock, jobs, logs, outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.outbox import Event
from gumruk.trust import addresses
from gumruk.trust import selectors as people

TOLD = tuple(
    f"declaration.{name}"
    for name in ("registered", "queried", "rejected", "released", "cancelled", "prior_lodging_expired")
)  # fmt: skip


def tell_declarant(event: Event, at: datetime) -> None:
    """Put the event into the inbox of the firm that declared."""
    if event.root is None:
        return
    party, registration = declarations.addressee(declaration=event.root)
    told = notices.tell(
        party=party, name=event.name, root=event.root, office=event.office, subject=registration, event=event.id,
        happened_at=event.happened_at, at=at,
    )  # fmt: skip
    if told is None or not mailing.enabled():
        return
    users = people.agents_of(party=party, day=law_day(at))
    firm = addresses.firm_box(party=party)
    users = (*users, firm) if firm else users
    mailing.queue(
        notice=told, root=event.root, office=event.office, kind=event.name, subject=registration, users=users, at=at
    )


@app.task(name=mailing.SEND, retry=RetryStrategy(max_attempts=jobs.MAX_ATTEMPTS, exponential_wait=2))
def send_mail(mail: str, request: str = "") -> None:  # noqa: ARG001 - the request is read by `logged`
    """Send one mail to the address that its reader has now, in that reader's language."""
    at, key = clock.now(), uuid.UUID(mail)
    found = mailing.taken(mail=key, at=at)
    if found is None:
        return
    owner, kind = found
    link = ""
    if kind == mailing.CONFIRM:
        claim = addresses.open_claim(claim=owner)  # none when a newer one took its place: the mail is dropped
        address, language = (claim.address, claim.language) if claim else ("", "tg")
        link = f"/inbox/mail/confirm/{addresses.token_of(claim=owner)}"
    else:
        address, language = people.mail_address(user_id=owner)
        if not address:
            address, language = addresses.box(key=owner)
    if mailing.send(mail=key, to=address, language=language, at=at, link=link):
        logs.event("mail_sent", mail_id=mail, kind=kind)


def listen() -> None:
    """Hear what the declarant is to be told. Called when the program starts."""
    for name in TOLD:
        outbox.listen(name, "declarant", tell_declarant)
    jobs.every_hour("expire_prior_lodgings", expire_prior_lodgings)
