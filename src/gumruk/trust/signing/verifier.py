"""The strict verifier: the only place that says whether a signature holds.

Two questions, one way. `accept` asks at the moment of arrival, with fresh revocation. `reverify` asks later, at the
time of the evidence (the time stamp), with what was kept. Neither opens a connection: whoever calls brings the
certificate lists and status answers, from addresses that the operator named, never from a certificate. The library's
own functions are called from nowhere else, because their defaults let several attacks through.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed, AdESSubIndic
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.validation.ades import ades_basic_validation, ades_timestamp_validation
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    LocalKnowledge,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer, OCSPContainer

from gumruk.trust.signing import container as containers
from gumruk.trust.signing import statement as statements
from gumruk.trust.signing.container import BROKEN, Container
from gumruk.trust.signing.finishing import finished
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.statement import Link, Statement

SIGNING_PURPOSES = {"1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12", "1.3.6.1.5.5.7.3.4"}  # documents, mail
_FAILED = (*BROKEN, SignatureValidationError, CMSStructuralError, CMSExtractionError)

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they log people's names with each refusal; ours have codes


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom a provider vouches for: its roots, and the authorities that may issue to people and to time stampers."""

    roots: tuple[bytes, ...]
    issuers: tuple[bytes, ...]
    stamp_issuers: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Revocation lists, status answers and further certificates, as DER."""

    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What the caller knows the statement must say. `attachments`: hash by name."""

    act: str
    role: str
    aud: str
    lrn: str
    version: int
    payload: bytes
    attachments: Mapping[str, str]
    prev: tuple[Link, ...] = ()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A signature that holds: over which bytes, by which certificate, at what proven time, by which path."""

    statement_hash: str
    signature_hash: str
    certificate: bytes
    certificate_hash: str
    subject: str
    issuer: str
    serial: str
    stamped_at: datetime
    path: tuple[bytes, ...]
    stamp_path: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Verdict(Proof):
    """A signed statement that holds."""

    statement: Statement

    @property
    def link(self) -> Link:
        return Link(self.statement_hash, self.signature_hash)


def accept(
    *, statement: bytes, signature: bytes, expected: Expected, trust: Trust, evidence: Evidence, policy: Policy,
    at: datetime,
) -> Verdict:  # fmt: skip
    """The verdict at the moment of arrival. Raises SignatureRefused; whoever stores it also refuses a replay."""
    said = statements.read(statement)
    require_expected(said, expected, policy)
    return _verdict(said, _judged(statement, signature, trust, evidence, policy, at, arriving=True))


def reverify(*, statement: bytes, signature: bytes, trust: Trust, evidence: Evidence, policy: Policy) -> Verdict:
    """The verdict at the time of the evidence. `policy` is that of the day of the time stamp."""
    said = statements.read(statement)
    return _verdict(said, proof(raw=statement, signature=signature, trust=trust, evidence=evidence, policy=policy))


def proof(*, raw: bytes, signature: bytes, trust: Trust, evidence: Evidence, policy: Policy) -> Proof:
    """The same for any bytes, such as the manifest that a container is sealed by."""
    when = _stamped(containers.open_container(signature, policy))
    return _judged(raw, signature, trust, evidence, policy, when, arriving=False)


def _verdict(said: Statement, found: Proof) -> Verdict:
    return Verdict(**{one.name: getattr(found, one.name) for one in fields(Proof)}, statement=said)


def require_expected(said: Statement, expected: Expected, policy: Policy) -> None:
    """The statement says what the caller expects of it, of this payload and these files."""
    for name in ("act", "role", "aud", "lrn", "version", "decision"):
        if getattr(said, name) != getattr(expected, name):
            raise SignatureRefused(Reason.STATEMENT_DIFFERS, field=name)
    if said.policy not in policy.policies:
        raise SignatureRefused(Reason.STATEMENT_DIFFERS, field="policy")
    if said.payload.sha256 != statements.sha256(expected.payload) or said.payload.size != len(expected.payload):
        raise SignatureRefused(Reason.PAYLOAD_DIFFERS)
    if {one.name: one.sha256 for one in said.attachments} != dict(expected.attachments):
        raise SignatureRefused(Reason.ATTACHMENTS_DIFFER)
    if said.prev != expected.prev:
        raise SignatureRefused(Reason.CHAIN_BROKEN)


def _judged(
    raw: bytes, signature: bytes, trust: Trust, evidence: Evidence, policy: Policy, at: datetime, *,
    arriving: bool,
) -> Proof:  # fmt: skip
    opened = containers.open_container(signature, policy)
    if hashlib.new(opened.digest_name, raw).digest() != opened.digest:
        raise SignatureRefused(Reason.DIGEST_DIFFERS)
    certificate = _certificate(opened.certificate)
    _require_certificate(certificate, policy, at)
    if certificate.issuer.dump() not in [_certificate(one).subject.dump() for one in trust.issuers]:
        raise SignatureRefused(Reason.CERTIFICATE_UNTRUSTED)
    when = _stamped(opened)
    if arriving and abs(at - when) > policy.arrival:
        raise SignatureRefused(Reason.TIMESTAMP_FAR, at=when.isoformat())
    spec = validation_spec(trust, evidence, opened.certificates, arriving=arriving)
    try:
        path, stamp_path = finished(_path(opened, spec, policy, at, when, trust, raw, arriving=arriving))
    except _FAILED as failed:
        raise SignatureRefused(Reason.SIGNATURE_WRONG) from failed
    return Proof(
        statement_hash=statements.sha256(raw),
        signature_hash=opened.value_hash,
        certificate=opened.certificate,
        certificate_hash=statements.sha256(opened.certificate),
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:x}",
        stamped_at=when,
        path=path,
        stamp_path=stamp_path,
    )


async def _path(
    opened: Container, spec: SignatureValidationSpec, policy: Policy, at: datetime, when: datetime, trust: Trust,
    raw: bytes, *, arriving: bool,
) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:  # fmt: skip
    timing = ValidationTimingInfo(at, at, point_in_time_validation=not arriving)
    signer = await ades_basic_validation(
        opened.signed, spec, timing_info=timing, raw_digest=hashlib.new(opened.digest_name, raw).digest()
    )
    _require_passed(signer.ades_subindic, signer.failure_msg)
    path = _chain(signer.api_status, policy, trust.issuers, Reason.CERTIFICATE_UNTRUSTED)
    stamp_timing = ValidationTimingInfo(at if arriving else when, at if arriving else when, not arriving)
    return path, await _stamp_path(opened.token, opened.value, spec, policy, stamp_timing, trust)


def stamp_proof(
    *, token: Any, data: bytes, trust: Trust, evidence: Evidence, policy: Policy
) -> tuple[datetime, tuple[bytes, ...]]:
    """The moment of a time stamp over `data` that stands alone, and its path, at its own time."""
    try:
        when: datetime = containers.stamped_at(token)
        timing = ValidationTimingInfo(when, when, point_in_time_validation=True)
        spec = validation_spec(trust, evidence, arriving=False)
        return when, finished(_stamp_path(token, data, spec, policy, timing, trust))
    except BROKEN as failed:
        raise SignatureRefused(Reason.TIMESTAMP_WRONG) from failed


async def _stamp_path(
    token: Any, data: bytes, spec: SignatureValidationSpec, policy: Policy, timing: ValidationTimingInfo, trust: Trust
) -> tuple[bytes, ...]:
    """A time stamp token is over `data` and by a time stamper of the provider. Gives the stamper's path."""
    containers.require_algorithms(token["content"]["signer_infos"][0], policy)
    try:
        stamp = await ades_timestamp_validation(
            token["content"], spec, lambda name: hashlib.new(_digest(name, policy), data).digest(), timing_info=timing
        )
    except _FAILED as failed:
        raise SignatureRefused(Reason.TIMESTAMP_UNTRUSTED) from failed
    if stamp.ades_subindic is AdESFailure.HASH_FAILURE:
        raise SignatureRefused(Reason.TIMESTAMP_WRONG)
    if stamp.ades_subindic is not AdESPassed.OK:
        raise SignatureRefused(Reason.TIMESTAMP_UNTRUSTED)
    return _chain(stamp.api_status, policy, trust.stamp_issuers, Reason.TIMESTAMP_UNTRUSTED)


def _digest(name: str, policy: Policy) -> str:
    if name not in policy.digests:
        raise SignatureRefused(Reason.ALGORITHM_NOT_ALLOWED, algorithm=name)
    return name


def _stamped(opened: Container) -> datetime:
    if opened.token is None:
        raise SignatureRefused(Reason.TIMESTAMP_MISSING)
    try:
        moment: datetime = containers.stamped_at(opened.token)
    except BROKEN:
        raise SignatureRefused(Reason.TIMESTAMP_WRONG) from None
    return moment


def _require_certificate(certificate: x509.Certificate, policy: Policy, at: datetime) -> None:
    """Dates, key and purpose of the signer's own certificate: each refusal by its own name."""
    try:
        if at > certificate.not_valid_after:
            raise SignatureRefused(Reason.CERTIFICATE_EXPIRED, until=certificate.not_valid_after.date().isoformat())
        if at < certificate.not_valid_before:
            raise SignatureRefused(Reason.CERTIFICATE_NOT_YET, since=certificate.not_valid_before.date().isoformat())
        _require_key(certificate, policy)
        usage = certificate.key_usage_value
        purposes = certificate.extended_key_usage_value
        wanted = usage is not None and "non_repudiation" in usage.native and not certificate.ca
        others = {one.dotted for one in purposes} - SIGNING_PURPOSES if purposes is not None else set()
    except BROKEN:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None
    if not wanted or others:
        raise SignatureRefused(Reason.CERTIFICATE_USAGE)


def _require_key(certificate: x509.Certificate, policy: Policy) -> None:
    public = certificate.public_key
    curve = str(public.curve[1]) if public.algorithm == "ec" else ""
    if not policy.allows_key(public.algorithm, curve, public.bit_size):
        raise SignatureRefused(Reason.KEY_NOT_ALLOWED, key=f"{public.algorithm} {public.bit_size}")


def _chain(status: Any, policy: Policy, issuers: tuple[bytes, ...], reason: Reason) -> tuple[bytes, ...]:
    """The path from the root: its first issuer is one that may issue this, and every key and signature is allowed."""
    path = list(status.validation_path.iter_certs(include_root=True)) if status and status.validation_path else []
    if len(path) < 2 or bytes(path[-2].dump()) not in issuers:
        raise SignatureRefused(reason)
    for certificate in path:
        _require_key(certificate, policy)
        if certificate.hash_algo not in policy.digests:
            raise SignatureRefused(Reason.ALGORITHM_NOT_ALLOWED, algorithm=str(certificate.hash_algo))
    return tuple(bytes(one.dump()) for one in path)


_REASONS: dict[AdESSubIndic, Reason] = {
    AdESFailure.HASH_FAILURE: Reason.DIGEST_DIFFERS,
    AdESFailure.SIG_CRYPTO_FAILURE: Reason.SIGNATURE_WRONG,
    AdESFailure.FORMAT_FAILURE: Reason.CMS_MALFORMED,
    AdESFailure.REVOKED: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.REVOKED_NO_POE: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.REVOKED_CA_NO_POE: Reason.CERTIFICATE_REVOKED,
    AdESIndeterminate.CERTIFICATE_CHAIN_GENERAL_FAILURE: Reason.REVOCATION_UNKNOWN,  # the issuer is ours, its word missing
    AdESIndeterminate.TRY_LATER: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.REVOCATION_OUT_OF_BOUNDS_NO_POE: Reason.REVOCATION_UNKNOWN,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Reason.ALGORITHM_NOT_ALLOWED,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Reason.ALGORITHM_NOT_ALLOWED,
}


def _require_passed(found: AdESSubIndic, said: str | None) -> None:
    if found is not AdESPassed.OK:
        reason = _REASONS.get(found, Reason.CERTIFICATE_UNTRUSTED)
        raise SignatureRefused(reason, why=str(said or found.standard_name)[:200])


def validation_spec(
    trust: Trust, evidence: Evidence, further: tuple[bytes, ...] = (), *, arriving: bool
) -> SignatureValidationSpec:
    """How the library looks: at what was brought, nothing is fetched, and everyone on the path needs a status.

    Later evidence counts back to the time of the stamp; on arrival it must be fresh.
    """
    known = {*trust.roots, *trust.issuers, *trust.stamp_issuers, *evidence.certificates, *further}
    try:
        knowledge = LocalKnowledge(
            known_certs=[_certificate(one) for one in sorted(known)],
            known_crls=[_crl(one) for one in evidence.crls],
            known_ocsps=[_ocsp(one) for one in evidence.ocsps],
        )
    except BROKEN:
        raise SignatureRefused(Reason.REVOCATION_UNKNOWN) from None
    return SignatureValidationSpec(
        cert_validation_policy=CertValidationPolicySpec(
            trust_manager=_anchors(trust.roots),
            revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO, retroactive_revinfo=not arriving),
        ),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
            certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
        ),
        local_knowledge=knowledge,
        key_usage_settings=KeyUsageConstraints(key_usage={"non_repudiation"}),
    )


@lru_cache(maxsize=256)
def _certificate(der: bytes) -> x509.Certificate:
    return x509.Certificate.load(der, strict=True)


@lru_cache(maxsize=64)
def _crl(der: bytes) -> CRLContainer:
    found = CRLContainer(crl.CertificateList.load(der, strict=True))
    if found.issuance_date is None:
        raise ValueError("a list without its day")
    return found


def _ocsp(der: bytes) -> OCSPContainer:
    found = OCSPContainer(ocsp.OCSPResponse.load(der, strict=True))
    if found.extract_single_response() is None:
        raise ValueError("an answer that says nothing")
    return found


@lru_cache(maxsize=8)
def _anchors(roots: tuple[bytes, ...]) -> SimpleTrustManager:
    return SimpleTrustManager.build([_certificate(root) for root in roots])


def token_of(data: bytes) -> Any:
    """A time stamp token that stands alone."""
    try:
        return cms.ContentInfo.load(data, strict=True)
    except BROKEN:
        raise SignatureRefused(Reason.TIMESTAMP_WRONG) from None
