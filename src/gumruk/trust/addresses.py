"""E-mail addresses that people give themselves or their firm: one counts only after its owner followed a link sent to it.

Until then the old address stays. The link names the claim and is signed by the site; nothing secret is stored. Only who
asked can confirm, signed in, and only the newest claim: a link that went astray opens nothing for its finder.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gumruk.toolkit import audit
from gumruk.trust.administering import searched
from gumruk.trust.models import AddressClaim, FirmAddress, User
from gumruk.trust.types import FirmAct, Person, TrustRefused

HOLDS = timedelta(hours=24)  # how long a link can be followed
MOST, WITHIN = 5, timedelta(hours=1)  # nobody can make the site flood a stranger's box
LONGEST = 254
_SALT = "gumruk.trust.addresses"


@dataclass(frozen=True, slots=True)
class Claim:
    """An address that waits for its link: for the person, or for a firm when `party` is named."""

    id: uuid.UUID
    user: uuid.UUID
    party: str
    address: str
    language: str
    until: datetime


def address_of(*, person: Person, party: str = "") -> str:
    """The confirmed address of a person, or of a firm; empty without one."""
    if party:
        return FirmAddress.objects.filter(party=party).values_list("address", flat=True).first() or ""
    return User.objects.filter(id=person.id).values_list("email", flat=True).first() or ""


def waiting(*, person: Person, party: str = "", at: datetime) -> Claim | None:
    """The claim that still waits for its link."""
    row = AddressClaim.objects.filter(user=person.id, party=party, done=False, until__gt=at).order_by("-id").first()
    return _seen(row) if row else None


@transaction.atomic
def claim(*, address: str, by: Person, at: datetime, party: str = "") -> Claim:
    """Remember an address that is to be confirmed; the newest takes the place of those before it.

    Used by: `clearance.addresses`, which sends the link. Raises TrustRefused `not_head`, `address_malformed`,
    `address_unchanged`, `too_many_addresses`.
    """
    _require(by, party)
    said = address.strip()
    try:
        validate_email(said)
    except ValidationError:
        raise TrustRefused("address_malformed") from None
    if len(said) > LONGEST:
        raise TrustRefused("address_malformed")
    if said == address_of(person=by, party=party):
        raise TrustRefused("address_unchanged")
    user = User.objects.select_for_update().get(id=by.id)  # two requests at once are counted one after the other
    if AddressClaim.objects.filter(user=user.id, made_at__gt=at - WITHIN).count() >= MOST:
        raise TrustRefused("too_many_addresses")
    AddressClaim.objects.filter(user=user.id, until__lte=at - HOLDS).delete()
    AddressClaim.objects.filter(user=user.id, party=party, done=False).update(done=True)
    row = AddressClaim.objects.create(
        user=user.id, party=party, address=said, language=user.language, made_at=at, until=at + HOLDS
    )
    return _seen(row)


@transaction.atomic
def confirm(*, token: str, by: Person, at: datetime) -> Claim:
    """The address of the link counts from now on.

    Raises TrustRefused `claim_unknown`, `claim_expired`, `not_head`, `address_taken`.
    """
    found = claim_in(token=token, person=by)
    row = AddressClaim.objects.select_for_update().get(id=found.id)
    if row.done:
        raise TrustRefused("claim_unknown")
    if row.until <= at:
        raise TrustRefused("claim_expired")
    _require(by, row.party)
    # Said only to who has shown that the box is theirs; else anybody could ask who has an account.
    if not row.party and User.objects.filter(email__iexact=row.address, active=True).exclude(id=by.id).exists():
        raise TrustRefused("address_taken")
    before = address_of(person=by, party=row.party)
    _write(by, row.party, row.address, row.language)
    AddressClaim.objects.filter(id=row.id).update(done=True)
    _record(by, row.party, before, row.address, at)
    return found


@transaction.atomic
def remove(*, by: Person, at: datetime, party: str = "") -> None:
    """No mail is sent any more; what waits for its link is void. Raises TrustRefused `not_head`, `address_unchanged`."""
    _require(by, party)
    before = address_of(person=by, party=party)
    dropped = AddressClaim.objects.filter(user=by.id, party=party, done=False).update(done=True)
    if not before:
        if not dropped:
            raise TrustRefused("address_unchanged")
        return
    _write(by, party, "", "")
    _record(by, party, before, "", at)


def firm_box(*, party: str) -> uuid.UUID | None:
    """The key under which mail to a firm's own address is queued; None without an address."""
    return FirmAddress.objects.filter(party=party).exclude(address="").values_list("id", flat=True).first()


def box(*, key: uuid.UUID) -> tuple[str, str]:
    """The address and language of a firm's box as they are now; empty without one."""
    return FirmAddress.objects.filter(id=key).values_list("address", "language").first() or ("", "tg")


def token_of(*, claim: uuid.UUID) -> str:
    """What the link of a claim carries."""
    return signing.Signer(salt=_SALT).sign(str(claim))


def open_claim(*, claim: uuid.UUID) -> Claim | None:
    """A claim whose link may still be sent."""
    row = AddressClaim.objects.filter(id=claim, done=False).first()
    return _seen(row) if row else None


def claim_in(*, token: str, person: Person) -> Claim:
    """The claim that a link names, for who asked. Raises TrustRefused `claim_unknown`."""
    try:
        key = uuid.UUID(signing.Signer(salt=_SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise TrustRefused("claim_unknown") from None
    row = AddressClaim.objects.filter(id=key, user=person.id).first()
    if row is None:
        raise TrustRefused("claim_unknown")
    return _seen(row)


def _require(by: Person, party: str) -> None:
    if party and not by.may_for(party, FirmAct.DELEGATE):
        raise TrustRefused("not_head")


def _write(by: Person, party: str, address: str, language: str) -> None:
    if party:
        FirmAddress.objects.update_or_create(party=party, defaults={"address": address, "language": language or "tg"})
        return
    user = User.objects.select_for_update().get(id=by.id)
    user.email, user.searched = address, searched(user.username, user.name, address)
    user.save(update_fields=["email", "searched"])


def _record(by: Person, party: str, before: str, after: str, at: datetime) -> None:
    audit.record(
        "firm.address_changed" if party else "person.address_changed", by=by, at=at, kind="firm" if party else "person",
        subject=party or by.id, subject_name=party or by.name, before={"email": before}, after={"email": after},
    )  # fmt: skip


def _seen(row: AddressClaim) -> Claim:
    return Claim(row.id, row.user, row.party, row.address, row.language, row.until)
