"""The demonstration's authorities: a root, one that issues to people, one for services, one for TLS clients.

Pure: time comes in, nothing is read from the disk or the network. `folder` keeps it, `site` lets it answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from gumruk.trust.pki import stamping
from gumruk.trust.pki.issuing import Entity, Key, Wish, authority, issue, service

LIST_HOLDS, ANSWER_HOLDS = timedelta(days=1), timedelta(hours=1)
ISSUERS = ("root", "issuing", "services", "clients")
ENTITIES = (*ISSUERS, "ocsp", "stamper", "archiver")


@dataclass(slots=True)
class Authority:
    """Every key of the demonstration, and what was revoked: serial number, moment, by which authority."""

    entities: dict[str, Entity]
    revoked: dict[int, tuple[datetime, str]] = field(default_factory=dict)

    @classmethod
    def make(cls, since: datetime) -> Authority:
        """Fresh keys for everything. The stamper's certificate ends before the archiver's, as in real life."""
        root = issue(authority("Demo root", since, 25, path_length=1), None)
        issuing = issue(authority("Demo issuing authority", since, 20), root)
        services = issue(authority("Demo services authority", since, 20), root)
        clients = issue(authority("Demo TLS clients authority", since, 20), root)
        answering = issue(service("Demo OCSP", since, 10, ExtendedKeyUsageOID.OCSP_SIGNING), issuing)
        stamper = issue(service("Demo time stamps", since, 5, ExtendedKeyUsageOID.TIME_STAMPING), services)
        archiver = issue(service("Demo archive time stamps", since, 15, ExtendedKeyUsageOID.TIME_STAMPING), services)
        found = (root, issuing, services, clients, answering, stamper, archiver)
        return cls(dict(zip(ENTITIES, found, strict=True)))

    def __getitem__(self, name: str) -> Entity:
        return self.entities[name]

    def issue(self, wish: Wish, *, issuer: str = "issuing", key: Key | None = None) -> Entity:
        """A certificate from one of the authorities."""
        return issue(wish, self.entities[issuer], key)

    def person(self, name: str, *, since: datetime, days: int = 365, identifier: str = "") -> Entity:
        """A certificate with which a person signs."""
        return self.issue(Wish(name, since, since + timedelta(days=days), identifier=identifier))

    def client(self, name: str, *, since: datetime, days: int = 365) -> Entity:
        """A certificate with which an office opens a connection; from an authority of its own."""
        wish = Wish(
            name, since, since + timedelta(days=days), usage=("digital_signature",),
            purposes=(ExtendedKeyUsageOID.CLIENT_AUTH,),
        )  # fmt: skip
        return self.issue(wish, issuer="clients")

    def revoke(self, serial: int, *, at: datetime, issuer: str = "issuing") -> None:
        """From `at` on the certificate is good for nothing. The first moment stays."""
        self.revoked.setdefault(serial, (at.replace(microsecond=0), issuer))

    def crl(self, name: str, *, at: datetime) -> bytes:
        """The list of what one authority revoked, fresh at `at`."""
        issuer = self.entities[name]
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.certificate.subject)
            .last_update(at.replace(microsecond=0))
            .next_update(at.replace(microsecond=0) + LIST_HOLDS)
            .add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False)
        )
        for serial, (moment, by) in sorted(self.revoked.items()):
            if by == name and moment <= at:
                entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(moment)
                builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def crls(self, *, at: datetime) -> tuple[bytes, ...]:
        """The lists that a signature or a time stamp needs."""
        return tuple(self.crl(name, at=at) for name in ("root", "issuing", "services"))

    def status(self, request: bytes, *, at: datetime) -> bytes:
        """The OCSP answer about a certificate of the authority that issues to people."""
        issuing, answering = self.entities["issuing"], self.entities["ocsp"]
        try:
            asked = ocsp.load_der_ocsp_request(request)
            serial, digest = asked.serial_number, asked.hash_algorithm
        except ValueError:
            failed = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
            return failed.public_bytes(serialization.Encoding.DER)
        known = ocsp.OCSPRequestBuilder().add_certificate(issuing.certificate, issuing.certificate, digest).build()
        if asked.issuer_key_hash != known.issuer_key_hash:
            failed = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
            return failed.public_bytes(serialization.Encoding.DER)
        moment = next((when for one, (when, _) in self.revoked.items() if one == serial and when <= at), None)
        now = at.replace(microsecond=0)
        builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
            asked.issuer_name_hash, asked.issuer_key_hash, serial, digest,
            ocsp.OCSPCertStatus.REVOKED if moment else ocsp.OCSPCertStatus.GOOD,
            now, now + ANSWER_HOLDS, moment, None,
        )  # fmt: skip
        builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, answering.certificate)
        answer = builder.certificates([answering.certificate]).sign(answering.key, hashes.SHA256())
        return answer.public_bytes(serialization.Encoding.DER)

    def stamp(self, request: bytes, *, at: datetime, by: str = "stamper") -> bytes:
        """The answer to a request for a time stamp."""
        return stamping.answer(request, self.entities[by], at)
