"""Certificates of people, and the signatures that were accepted from them.

Two steps, because the first asks the provider (revocation, time stamp) and must not hold a transaction open while it
waits: `verify_signature` judges and writes nothing, `record_signature` writes in the transaction of the act itself.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version as version_of

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from django.db import IntegrityError, transaction

from gumruk.law.day import Law
from gumruk.trust.models import Signature, SignatureEvidence, SigningCertificate
from gumruk.trust.signing import container, verifier
from gumruk.trust.signing import statement as statements
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.provider import SignatureProvider
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence, Expected, Verdict
from gumruk.trust.types import TrustRefused

JUDGES = ("pyhanko", "pyhanko-certvalidator", "cryptography", "asn1crypto")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A signature that holds, with its time stamp and what it rested on; not stored yet."""

    verdict: Verdict
    statement: bytes
    signature: bytes
    evidence: Evidence
    provider: str
    user: uuid.UUID


def register_certificate(
    *, user_id: uuid.UUID, certificate: bytes, provider: SignatureProvider, at: datetime, by: uuid.UUID | None = None
) -> str:
    """Let a person sign with this certificate; gives its hash. Once a person's, it is never another's.

    Raises SignatureRefused for one that the provider's authorities did not issue, TrustRefused `certificate_taken`.
    """
    try:
        read = x509.load_der_x509_certificate(certificate)
    except ValueError:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None
    if not any(_issued(read, authority) for authority in provider.trust.issuers):
        raise SignatureRefused(Reason.CERTIFICATE_UNTRUSTED)
    if read.not_valid_after_utc <= at:
        raise SignatureRefused(Reason.CERTIFICATE_EXPIRED, until=read.not_valid_after_utc.date().isoformat())
    name = hashlib.sha256(certificate).hexdigest()
    row = SigningCertificate(
        user_id=user_id, hash=name, der=certificate, subject=read.subject.rfc4514_string()[:500],
        issuer=read.issuer.rfc4514_string()[:500], serial=f"{read.serial_number:x}", provider=provider.name,
        since=read.not_valid_before_utc, until=read.not_valid_after_utc, registered_at=at, registered_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise TrustRefused("certificate_taken") from None
    return name


@transaction.atomic
def end_certificate(*, certificate: str, at: datetime, by: uuid.UUID | None = None) -> None:
    """From now on nobody signs with it here, whatever its authority says. Raises TrustRefused `certificate_unknown`."""
    row = SigningCertificate.objects.select_for_update().filter(hash=certificate, ended_at__isnull=True).first()
    if row is None:
        raise TrustRefused("certificate_unknown")
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])


def verify_signature(
    *, user_id: uuid.UUID, statement: bytes, signature: bytes, expected: Expected, provider: SignatureProvider,
    law: Law, at: datetime,
) -> Accepted:  # fmt: skip
    """Judge a signature that arrived: raised to a time-stamped one, with fresh revocation. Writes nothing.

    What needs nobody is looked at first, so that a stranger cannot make us ask others. Raises SignatureRefused.
    """
    policy = Policy.of(law)
    verifier.require_expected(statements.read(statement), expected, policy)
    opened = container.open_container(signature, policy)
    _require_own(user_id, statements.sha256(opened.certificate), at)
    stamped = provider.stamped(signature, at=at)
    evidence = provider.evidence(opened.certificate, at=at)
    verdict = verifier.accept(
        statement=statement, signature=stamped, expected=expected, trust=provider.trust, evidence=evidence,
        policy=policy, at=at,
    )  # fmt: skip
    return Accepted(verdict, statement, stamped, evidence, provider.name, user_id)


@transaction.atomic
def record_signature(*, accepted: Accepted, root: uuid.UUID, office: str, month: date, at: datetime) -> uuid.UUID:
    """Keep an accepted signature with its evidence, in the transaction of the act. Raises SignatureRefused `replayed`."""
    verdict = accepted.verdict
    _require_own(accepted.user, verdict.certificate_hash, at)
    kept = _keep_evidence(accepted.evidence, verdict.path)
    row = Signature(
        root=root, office=office, month=month, user=accepted.user, act=verdict.statement.act,
        role=verdict.statement.role, version=verdict.statement.version, statement=accepted.statement,
        statement_hash=verdict.statement_hash, signature=accepted.signature, signature_hash=verdict.signature_hash,
        certificate_hash=verdict.certificate_hash, subject=verdict.subject[:500], stamped_at=verdict.stamped_at,
        recorded_at=at, provider=accepted.provider, evidence=kept,
        programs={name: version_of(name) for name in JUDGES},
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise SignatureRefused(Reason.REPLAYED) from None
    return row.id


def _issued(certificate: x509.Certificate, authority: bytes) -> bool:
    try:
        certificate.verify_directly_issued_by(x509.load_der_x509_certificate(authority))
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _require_own(user_id: uuid.UUID, certificate: str, at: datetime) -> None:
    """The certificate is registered for this person and not ended."""
    found = SigningCertificate.objects.filter(user_id=user_id, hash=certificate, ended_at__isnull=True)
    if not found.filter(registered_at__lte=at).exists():
        raise SignatureRefused(Reason.CERTIFICATE_UNKNOWN)


def _keep_evidence(evidence: Evidence, path: Sequence[bytes]) -> list[str]:
    kinds = SignatureEvidence.Kind
    held = [(kinds.CRL, one) for one in evidence.crls] + [(kinds.OCSP, one) for one in evidence.ocsps]
    held += [(kinds.CERTIFICATE, one) for one in (*evidence.certificates, *path)]
    rows = {
        name: SignatureEvidence(hash=name, kind=kind, der=der)
        for kind, der in held
        for name in (hashlib.sha256(der).hexdigest(),)
    }
    SignatureEvidence.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return list(rows)
