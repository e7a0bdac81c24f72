"""Makes keys and certificates for the demonstration. Every name says that it is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
MARK = "DEMO - not a real authority"
USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entity:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: Key

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def serial(self) -> int:
        return self.certificate.serial_number

    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def p12(self, password: str, chain: Sequence[Entity] = ()) -> bytes:
        """The key with its certificates as a PKCS#12 file, in the modern form (PBES2 with AES)."""
        authorities = [one.certificate for one in chain]
        secret = serialization.BestAvailableEncryption(password.encode())
        return pkcs12.serialize_key_and_certificates(b"demo", self.key, self.certificate, authorities, secret)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a certificate is to say."""

    name: str
    since: datetime
    until: datetime
    usage: tuple[str, ...] = ("digital_signature", "content_commitment")
    purposes: tuple[x509.ObjectIdentifier, ...] = ()
    purposes_critical: bool = False
    authority: bool = False
    path_length: int | None = None
    identifier: str = ""
    no_check: bool = False
    issuer_address: str = ""
    status_address: str = ""
    list_address: str = ""


def new_key() -> Key:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def authority(name: str, since: datetime, years: int, *, path_length: int = 0) -> Wish:
    """The wish for a certificate of an authority."""
    until = since + timedelta(days=365 * years)
    return Wish(name, since, until, usage=("key_cert_sign", "crl_sign"), authority=True, path_length=path_length)


def service(name: str, since: datetime, years: int, purpose: x509.ObjectIdentifier) -> Wish:
    """The wish for a certificate of a service: OCSP answers or time stamps."""
    wish = Wish(name, since, since + timedelta(days=365 * years), usage=("digital_signature",), purposes=(purpose,))
    if purpose == ExtendedKeyUsageOID.OCSP_SIGNING:
        return replace(wish, no_check=True)
    return replace(wish, purposes_critical=True)


def issue(wish: Wish, issuer: Entity | None, key: Key | None = None) -> Entity:
    """A certificate as wished; without an issuer it signs itself."""
    key = key or new_key()
    subject = _name(wish)
    signer = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(wish.since)
        .not_valid_after(wish.until)
        .add_extension(x509.BasicConstraints(ca=wish.authority, path_length=wish.path_length), critical=True)
        .add_extension(x509.KeyUsage(**{one: one in wish.usage for one in USAGES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    return Entity(_with_wishes(builder, wish).sign(signer, hashes.SHA256()), key)


def _with_wishes(builder: x509.CertificateBuilder, wish: Wish) -> x509.CertificateBuilder:
    if wish.purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(wish.purposes), critical=wish.purposes_critical)
    if wish.no_check:
        builder = builder.add_extension(x509.OCSPNoCheck(), critical=False)
    places = (
        (AuthorityInformationAccessOID.CA_ISSUERS, wish.issuer_address),
        (AuthorityInformationAccessOID.OCSP, wish.status_address),
    )
    told = [x509.AccessDescription(how, x509.UniformResourceIdentifier(where)) for how, where in places if where]
    if told:
        builder = builder.add_extension(x509.AuthorityInformationAccess(told), critical=False)
    if wish.list_address:
        where = [x509.UniformResourceIdentifier(wish.list_address)]
        point = x509.DistributionPoint(where, relative_name=None, reasons=None, crl_issuer=None)
        builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    return builder


def _name(wish: Wish) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "TJ"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, MARK),
        x509.NameAttribute(NameOID.COMMON_NAME, wish.name[:64]),
    ]
    if wish.identifier:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, wish.identifier))
    return x509.Name(parts)
