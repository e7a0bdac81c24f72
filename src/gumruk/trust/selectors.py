"""Who somebody is and what they may do today."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Prefetch, Q, prefetch_related_objects

from gumruk.toolkit import clock
from gumruk.trust.models import ApiToken, Signature, SignatureEvidence, SigningCertificate, User
from gumruk.trust.models import Grant as GrantRow
from gumruk.trust.types import ALL_ACTS, Certificate, FirmAct, Grant, KeptSignature, Person, Role, Token


def _grants_on(day: date) -> Prefetch[str]:
    holding = GrantRow.objects.filter(
        Q(until__isnull=True) | Q(until__gt=day), since__lte=day, ended_at__isnull=True, state=GrantRow.State.GIVEN
    )
    return Prefetch("grants", queryset=holding.order_by("id"))


def acts_of(row: GrantRow) -> frozenset[FirmAct]:
    """What a grant allows for its firm; one that names no acts allows all but delegating."""
    return frozenset(FirmAct(act) for act in row.acts) | {FirmAct.SEE} if row.acts else ALL_ACTS


def _grant(row: GrantRow) -> Grant:
    return Grant(Role(row.role), row.office, row.party, row.since, row.until, acts_of(row), row.deputy_for_name)


def _person(user: User) -> Person:
    return Person(
        id=user.id,
        username=user.username,
        name=user.name,
        language=user.language,
        demo=user.demo,
        must_change=user.must_change,
        grants=tuple(_grant(row) for row in user.grants.all()),
    )


def person(*, user_id: uuid.UUID, day: date, opened: datetime | None = None) -> Person | None:
    """The active person with this id and the grants that hold on `day`; two queries.

    With `opened`, the moment of a sign-in: nobody, when the person was signed out everywhere after it.
    """
    found = User.objects.filter(id=user_id, active=True)
    if opened is not None:
        found = found.filter(Q(signed_out_at__isnull=True) | Q(signed_out_at__lte=opened))
    user = found.prefetch_related(_grants_on(day)).first()
    return _person(user) if user else None


def person_named(*, username: str, day: date) -> Person | None:
    """The active person with this sign-in name; two queries."""
    user = User.objects.filter(username=username, active=True).prefetch_related(_grants_on(day)).first()
    return _person(user) if user else None


def hash_of(secret: str) -> str:
    """What is stored of an API secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_holder(*, secret: str, at: datetime) -> tuple[Person, Token] | None:
    """The person behind an API secret and its token; None when it does not hold; two queries."""
    row = (
        ApiToken.objects.filter(Q(until__isnull=True) | Q(until__gt=at), hash=hash_of(secret), user__active=True)
        .select_related("user")
        .first()
    )
    if row is None:
        return None
    prefetch_related_objects([row.user], _grants_on(clock.law_day(at)))
    return _person(row.user), _token(row)


def tokens_of(*, user_id: uuid.UUID) -> tuple[Token, ...]:
    """Every token that the person ever made, newest first; one query."""
    return tuple(_token(row) for row in ApiToken.objects.filter(user_id=user_id).order_by("-id"))


def _token(row: ApiToken) -> Token:
    return Token(row.id, row.label, row.sandbox, row.made_at, row.until, row.used_at)


def working_at(*, offices: Collection[str], roles: Collection[Role], day: date) -> tuple[Person, ...]:
    """Everybody with one of `roles` at one of `offices` (none named: at any), by name; two queries."""
    held = Q(until__isnull=True) | Q(until__gt=day)
    grants = GrantRow.objects.filter(held, since__lte=day, role__in=[role.value for role in roles])
    if offices:
        grants = grants.filter(office__in=["", *offices])
    rows = User.objects.filter(active=True, id__in=grants.values("user")).prefetch_related(_grants_on(day))
    return tuple(_person(row) for row in rows.order_by("name", "id"))


def people(*, day: date) -> tuple[Person, ...]:
    """Everybody who can sign in, by name; two queries."""
    rows = User.objects.filter(active=True).prefetch_related(_grants_on(day)).order_by("username")
    return tuple(_person(row) for row in rows)


def agents_of(*, party: str, day: date) -> tuple[uuid.UUID, ...]:
    """The active people who may see what a firm declares on `day`; two queries."""
    named = User.objects.filter(active=True, grants__party=party, grants__role=GrantRow.Role.BROKER).distinct()
    rows = named.prefetch_related(_grants_on(day)).order_by("id")[:100]
    return tuple(row.id for row in rows if any(one.party == party for one in row.grants.all()))


def mail_address(*, user_id: uuid.UUID) -> tuple[str, str]:
    """The e-mail address of an active person, empty without one, and the language they read; one query."""
    row = User.objects.filter(id=user_id, active=True).values_list("email", "language").first()
    return row or ("", "tg")


def certificates_of(*, user_id: uuid.UUID) -> tuple[Certificate, ...]:
    """Every certificate that was ever registered for a person, newest first; one query."""
    return tuple(
        Certificate(row.hash, row.subject, row.issuer, row.serial, row.provider, row.since, row.until, row.ended_at)
        for row in SigningCertificate.objects.filter(user_id=user_id).defer("der").order_by("-id")
    )


def signatures_of(*, root: uuid.UUID) -> tuple[KeptSignature, ...]:
    """Every signature about one aggregate with its evidence, in the order in which they came; two queries."""
    rows = list(Signature.objects.filter(root=root).order_by("id"))
    wanted = {name for row in rows for name in row.evidence}
    found = {one.hash: one for one in SignatureEvidence.objects.filter(hash__in=wanted)} if wanted else {}
    return tuple(_kept_signature(row, [found[name] for name in row.evidence]) for row in rows)


def _kept_signature(row: Signature, evidence: list[SignatureEvidence]) -> KeptSignature:
    def of(kind: str) -> tuple[bytes, ...]:
        return tuple(bytes(one.der) for one in evidence if one.kind == kind)

    return KeptSignature(
        row.id, row.user, row.act, row.role, row.version, bytes(row.statement), bytes(row.signature),
        row.statement_hash, row.signature_hash, row.certificate_hash, row.subject, row.stamped_at, row.provider,
        of("crl"), of("ocsp"), of("certificate"),
    )  # fmt: skip
