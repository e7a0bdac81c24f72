"""Reads the container of a signature (CMS), strictly: one signer, detached, signed attributes, nothing appended.

What it gives is structure only; whether the signature holds is for the verifier. Unsigned attributes can be added by
anybody: the time stamp is read, the rest is ignored.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import cms, core, tsp, x509

from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.refusing import Reason, SignatureRefused

LARGEST = 64 * 1024
CERTIFICATES = 10
# What the ASN.1 reader raises for bytes that are something else.
BROKEN = (
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    IndexError,
    OverflowError,
    NotImplementedError,
    RecursionError,
)
REQUIRED = ("content_type", "message_digest", "signing_certificate_v2")


@dataclass(frozen=True, slots=True)
class Container:
    """The parts of one signature. `signed` and `token` are the library's objects."""

    signed: Any
    certificate: bytes
    certificates: tuple[bytes, ...]
    value: bytes
    digest_name: str
    digest: bytes
    token: Any

    @property
    def value_hash(self) -> str:
        """Names the signature itself, whatever is added to its container later."""
        return hashlib.sha256(self.value).hexdigest()


def open_container(der: bytes, policy: Policy) -> Container:
    """The signature in these bytes. Raises SignatureRefused."""
    if len(der) > LARGEST:
        raise SignatureRefused(Reason.CMS_TOO_LARGE, limit=str(LARGEST))
    try:
        return _opened(der, policy)
    except BROKEN:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None


def _opened(der: bytes, policy: Policy) -> Container:
    info = cms.ContentInfo.load(der, strict=True)
    if info["content_type"].native != "signed_data":
        raise SignatureRefused(Reason.CMS_MALFORMED)
    signed = info["content"]
    inner = signed["encap_content_info"]
    if inner["content_type"].native != "data" or inner["content"].native is not None:
        raise SignatureRefused(Reason.CMS_NOT_DETACHED)
    if len(signed["signer_infos"]) != 1:
        raise SignatureRefused(Reason.CMS_SIGNERS, count=str(len(signed["signer_infos"])))
    signer = signed["signer_infos"][0]
    attributes = _attributes(signer)
    require_algorithms(signer, policy)
    certificates = _certificates(signed)
    return Container(
        signed=signed,
        certificate=_signing_certificate(signer, attributes, certificates),
        certificates=tuple(certificates),
        value=signer["signature"].native,
        digest_name=signer["digest_algorithm"]["algorithm"].native,
        digest=attributes["message_digest"][0].native,
        token=_token(signer),
    )


def _attributes(signer: Any) -> dict[str, Any]:
    """The signed attributes by name: each once, each with one value."""
    if isinstance(signer["signed_attrs"], core.Void) or not len(signer["signed_attrs"]):
        raise SignatureRefused(Reason.ATTRIBUTES_MISSING, attribute="signedAttrs")
    found: dict[str, Any] = {}
    for attribute in signer["signed_attrs"]:
        name = attribute["type"].native
        if name in found or len(attribute["values"]) != 1:
            raise SignatureRefused(Reason.ATTRIBUTE_TWICE, attribute=str(name))
        found[name] = attribute["values"]
    for name in REQUIRED:
        if name not in found:
            raise SignatureRefused(Reason.ATTRIBUTES_MISSING, attribute=name)
    if found["content_type"][0].native != "data":
        raise SignatureRefused(Reason.CMS_NOT_DETACHED)
    return found


def require_algorithms(signer: Any, policy: Policy) -> None:
    """The digest is allowed, and the signature is made over that digest in a known way."""
    digest = signer["digest_algorithm"]["algorithm"].native
    how = signer["signature_algorithm"]
    name = how["algorithm"].native
    right = digest in policy.digests and name in (f"{digest}_ecdsa", f"{digest}_rsa", "rsassa_pkcs1v15", "rsassa_pss")
    if right and name == "rsassa_pss":
        inner = how["parameters"]
        mask = inner["mask_gen_algorithm"]
        right = (
            inner["hash_algorithm"]["algorithm"].native == digest
            and mask["algorithm"].native == "mgf1"
            and mask["parameters"]["algorithm"].native == digest
        )
    if not right:
        raise SignatureRefused(Reason.ALGORITHM_NOT_ALLOWED, algorithm=f"{digest}/{name}")


def _certificates(signed: Any) -> list[bytes]:
    held = signed["certificates"]
    if isinstance(held, core.Void):
        raise SignatureRefused(Reason.CERTIFICATE_UNTRUSTED)
    if len(held) > CERTIFICATES or any(one.name != "certificate" for one in held):
        raise SignatureRefused(Reason.CMS_MALFORMED)
    return [bytes(one.chosen.dump()) for one in held]


def _signing_certificate(signer: Any, attributes: dict[str, Any], certificates: list[bytes]) -> bytes:
    """The certificate that the signed attribute names by its hash, and the signer by issuer and number."""
    if signer["sid"].name != "issuer_and_serial_number":
        raise SignatureRefused(Reason.CMS_MALFORMED)
    named = attributes["signing_certificate_v2"][0]["certs"][0]
    how = named["hash_algorithm"]["algorithm"].native
    if how not in ("sha256", "sha384", "sha512"):
        raise SignatureRefused(Reason.ALGORITHM_NOT_ALLOWED, algorithm=str(how))
    wanted = named["cert_hash"].native
    place = signer["sid"].chosen
    for der in certificates:
        found = x509.Certificate.load(der)
        if found.serial_number != place["serial_number"].native or found.issuer != place["issuer"]:
            continue
        if hashlib.new(how, der).digest() == wanted:
            return der
    raise SignatureRefused(Reason.CERTIFICATE_SWAPPED)


def _token(signer: Any) -> Any:
    """The time stamp token among the unsigned attributes, None without one; more than one is refused."""
    found: list[Any] = []
    if not isinstance(signer["unsigned_attrs"], core.Void):
        for attribute in signer["unsigned_attrs"]:
            if attribute["type"].native == "signature_time_stamp_token":
                found += list(attribute["values"])
    if len(found) > 1:
        raise SignatureRefused(Reason.TIMESTAMP_TWICE)
    return found[0] if found else None


def stamped_at(token: Any) -> Any:
    """The moment that a token names."""
    return _info(token)["gen_time"].native


def _info(token: Any) -> Any:
    inner = token["content"]["encap_content_info"]
    if inner["content_type"].native != "tst_info":
        raise SignatureRefused(Reason.TIMESTAMP_WRONG)
    parsed = inner["content"].parsed
    if not isinstance(parsed, tsp.TSTInfo):
        raise SignatureRefused(Reason.TIMESTAMP_WRONG)
    return parsed


def with_token(der: bytes, token: bytes) -> bytes:
    """The same signature with a time stamp token beside it: CAdES-B becomes CAdES-T."""
    try:
        info = cms.ContentInfo.load(der, strict=True)
        added = cms.CMSAttribute(
            {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token, strict=True)]}
        )
        info["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([added])
        return bytes(info.dump())
    except BROKEN:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None


def value_of(der: bytes) -> bytes:
    """The signature value: what a time stamp is asked for."""
    try:
        return bytes(cms.ContentInfo.load(der, strict=True)["content"]["signer_infos"][0]["signature"].native)
    except BROKEN:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None


def claimed_time(der: bytes) -> datetime:
    """The moment that the time stamp of a signature names, before anything is believed of it: whose policy to ask."""
    try:
        token = _token(cms.ContentInfo.load(der, strict=True)["content"]["signer_infos"][0])
        if token is None:
            raise SignatureRefused(Reason.TIMESTAMP_MISSING)
        moment: datetime = stamped_at(token)
    except BROKEN:
        raise SignatureRefused(Reason.CMS_MALFORMED) from None
    return moment
