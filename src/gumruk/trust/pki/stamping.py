"""Answers requests for time stamps (RFC 3161) with the demonstration's key."""

from __future__ import annotations

import hashlib
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from gumruk.trust.pki.issuing import Entity

POLICY = "2.999.1"  # the arc for examples


def answer(request: bytes, stamper: Entity, at: datetime) -> bytes:
    """A TimeStampResp for a TimeStampReq; a request that is none is refused in the protocol's own form."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        known = imprint["hash_algorithm"]["algorithm"].native in ("sha256", "sha384", "sha512")
        nonce = asked["nonce"].native
    except (ValueError, TypeError, KeyError):
        known = False
    if not known:
        return bytes(tsp.TimeStampResp({"status": {"status": "rejection"}}).dump())
    token = token_of(imprint, stamper, at, nonce=nonce)
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())


def token_of(imprint: tsp.MessageImprint, stamper: Entity, at: datetime, nonce: int | None) -> cms.ContentInfo:
    """The signed token that says: these bytes were there at `at`."""
    info: dict[str, object] = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": imprint,
        "serial_number": certificates.random_serial_number(),
        "gen_time": at.replace(microsecond=0),
    }
    if nonce is not None:
        info["nonce"] = nonce
    content = tsp.TSTInfo(info).dump()
    own = x509.Certificate.load(stamper.der)
    attributes = cms.CMSAttributes(
        [
            _attribute("content_type", "tst_info"),
            _attribute("message_digest", hashlib.sha256(content).digest()),
            _attribute(
                "signing_certificate_v2",
                tsp.SigningCertificateV2(
                    {"certs": [tsp.ESSCertIDv2({"cert_hash": hashlib.sha256(stamper.der).digest()})]}
                ),
            ),
        ]
    )
    attributes = cms.CMSAttributes(sorted(attributes, key=lambda one: one.dump()))
    if not isinstance(stamper.key, ec.EllipticCurvePrivateKey):
        raise TypeError("the demonstration stamps with a key on a curve")
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": {"issuer": own.issuer, "serial_number": own.serial_number}}
            ),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
            "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
            "signature": stamper.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
            "signed_attrs": attributes,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
            "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
            "certificates": [own],
            "signer_infos": [signer],
        }
    )
    return cms.ContentInfo({"content_type": "signed_data", "content": signed})


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})
