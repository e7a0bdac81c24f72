"""An address for notices is asked for: the claim and the mail with its link are one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gumruk.notices import mailing
from gumruk.trust import addresses
from gumruk.trust.addresses import Claim
from gumruk.trust.types import Person, TrustRefused


@transaction.atomic
def ask(*, address: str, by: Person, at: datetime, party: str = "") -> Claim:
    """Send a link to a new address of the person, or of a firm whose head they are; the old one stays until it is followed.

    Raises TrustRefused `mail_off` on a site that sends no mail, and as `trust.addresses.claim`.
    """
    if not mailing.enabled():
        raise TrustRefused("mail_off")
    made = addresses.claim(address=address, by=by, at=at, party=party)
    mailing.queue(notice=made.id, root=made.id, office="", kind=mailing.CONFIRM, subject="", users=[made.id], at=at)
    return made
