"""A key with its certificate that signs statements: from a PKCS#12 file, or handed over. Detached CAdES-B by pyHanko."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from asn1crypto import algos, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.sign.ades.api import CAdESSignedAttrSpec, GenericCommitment
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gumruk.trust.signing.finishing import finished
from gumruk.trust.signing.refusing import Reason, SignatureRefused

LARGEST_FILE = 256 * 1024
DIGEST = "sha256"
PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class _Cached(Signer):
    """Signs with a key that is parsed once; the library's own signer parses it again for every signature."""

    def __init__(self, key: PrivateKey, certificate: x509.Certificate, chain: SimpleCertificateStore) -> None:
        self._key = key
        mechanism = algos.SignedDigestAlgorithm(
            {"algorithm": f"{DIGEST}_{'ecdsa' if isinstance(key, ec.EllipticCurvePrivateKey) else 'rsa'}"}
        )
        super().__init__(
            signing_cert=certificate, cert_registry=chain, signature_mechanism=mechanism, embed_roots=False
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002, FBT001, FBT002 - the library's form
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


class Key:
    """Somebody's key and certificate."""

    def __init__(self, key: PrivateKey, certificate: bytes, chain: Sequence[bytes] = ()) -> None:
        self.certificate = certificate
        self.chain = tuple(chain)
        own = x509.Certificate.load(certificate)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([own, *(x509.Certificate.load(one) for one in chain)])
        self._signer = _Cached(key, own, store)

    def sign(self, statement: bytes, *, at: datetime, approval: bool) -> bytes:
        """A detached CAdES-B signature; `approval`: of an official's decision, else of where it comes from."""
        return finished(self.signed(statement, at=at, approval=approval))

    async def signed(self, statement: bytes, *, at: datetime, approval: bool) -> bytes:
        """The same, inside a running loop."""
        commitment = GenericCommitment.PROOF_OF_APPROVAL if approval else GenericCommitment.PROOF_OF_ORIGIN
        settings = PdfCMSSignedAttributes(
            signing_time=at.replace(microsecond=0),
            cades_signed_attrs=CAdESSignedAttrSpec(commitment_type=commitment.asn1),
        )
        made = await self._signer.async_sign_general_data(
            statement, DIGEST, detached=True, use_cades=True, signed_attr_settings=settings
        )
        return bytes(made.dump())


def open_p12(data: bytes, password: str) -> Key:
    """The key in a PKCS#12 file, of the modern form or the older one (RC2, 3DES). Raises SignatureRefused."""
    if len(data) > LARGEST_FILE:
        raise SignatureRefused(Reason.KEY_FILE)
    try:
        key, certificate, chain = pkcs12.load_key_and_certificates(data, password.encode())
    except (ValueError, TypeError, NotImplementedError):
        raise SignatureRefused(Reason.KEY_FILE) from None
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) or certificate is None:
        raise SignatureRefused(Reason.KEY_FILE)
    form = serialization.Encoding.DER
    return Key(key, certificate.public_bytes(form), [one.public_bytes(form) for one in chain])
