"""Where certificates, revocation and time stamps come from: one interface, so that the national provider fits in later.

`Answers` is the other side of the wire: the demonstration answers in the same process or over the loopback, a national
provider over the network. The addresses are the operator's; those inside a certificate are never followed.
"""

from __future__ import annotations

import hashlib
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509 import ocsp

from gumruk.trust.signing import container
from gumruk.trust.signing.container import BROKEN
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence, Trust

LARGEST_ANSWER = 4 * 1024 * 1024
SECONDS = 5.0


class Answers(Protocol):
    """Answers of a provider's services. Raise SignatureRefused `source_silent` when one does not answer."""

    def lists(self, *, at: datetime) -> tuple[bytes, ...]:
        """The revocation lists of the root and of the authorities, as DER."""
        ...

    def status(self, request: bytes, *, at: datetime) -> bytes:
        """The answer to an OCSP request."""
        ...

    def stamp(self, request: bytes, *, at: datetime) -> bytes:
        """The answer to a request for a time stamp."""
        ...


@dataclass(frozen=True, slots=True)
class SignatureProvider:
    """One provider of signatures. `test` says that it is no real one: going live is refused while it is used."""

    name: str
    test: bool
    trust: Trust
    answers: Answers

    def evidence(self, signature_certificate: bytes, *, at: datetime) -> Evidence:
        """Fresh revocation for a signature by this certificate. Raises SignatureRefused when a source is silent."""
        issuer = self._issuer_of(signature_certificate)
        statuses: tuple[bytes, ...] = ()
        if issuer is not None:
            statuses = (self.answers.status(status_request(signature_certificate, issuer), at=at),)
        return Evidence(crls=self.answers.lists(at=at), ocsps=statuses)

    def stamped(self, signature: bytes, *, at: datetime) -> bytes:
        """The signature with a time stamp over its value: CAdES-B raised to T."""
        token = self.stamp_over(container.value_of(signature), at=at)
        return container.with_token(signature, token)

    def stamp_over(self, data: bytes, *, at: datetime) -> bytes:
        """A time stamp token over these bytes. The verifier judges it; here it only has to answer what was asked."""
        nonce = secrets.randbits(63)
        imprint = hashlib.sha256(data).digest()
        asked = tsp.TimeStampReq(
            {
                "version": "v1",
                "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": imprint},
                "nonce": nonce,
                "cert_req": True,
            }
        )
        said = self.answers.stamp(asked.dump(), at=at)
        try:
            answer = tsp.TimeStampResp.load(said, strict=True)
            if answer["status"]["status"].native not in ("granted", "granted_with_mods"):
                raise SignatureRefused(Reason.SOURCE_SILENT, source="time stamps")
            token = answer["time_stamp_token"]
            info = token["content"]["encap_content_info"]["content"].parsed
            same = info["nonce"].native == nonce and info["message_imprint"]["hashed_message"].native == imprint
            found = bytes(token.dump())
        except BROKEN:
            raise SignatureRefused(Reason.TIMESTAMP_WRONG) from None
        if not same:
            raise SignatureRefused(Reason.TIMESTAMP_WRONG)
        return found

    def _issuer_of(self, der: bytes) -> bytes | None:
        """The authority of ours that a certificate names as its issuer."""
        try:
            wanted = x509.load_der_x509_certificate(der).issuer
        except ValueError:
            raise SignatureRefused(Reason.CMS_MALFORMED) from None
        found = (one for one in self.trust.issuers if x509.load_der_x509_certificate(one).subject == wanted)
        return next(found, None)


def status_request(certificate: bytes, issuer: bytes) -> bytes:
    """The OCSP question about one certificate."""
    asked = ocsp.OCSPRequestBuilder().add_certificate(
        x509.load_der_x509_certificate(certificate), x509.load_der_x509_certificate(issuer), hashes.SHA256()
    )
    return asked.build().public_bytes(serialization.Encoding.DER)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """An answer that sends us elsewhere is no answer."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class HttpAnswers:
    """A provider over HTTP. `addresses`: `status`, `stamp` and any number of `list…`, all on allowed hosts."""

    addresses: Mapping[str, str]
    hosts: frozenset[str]

    def lists(self, *, at: datetime) -> tuple[bytes, ...]:  # noqa: ARG002 - a real list says its own time
        return tuple(
            self._ask(where, None, "") for name, where in sorted(self.addresses.items()) if name.startswith("list")
        )

    def status(self, request: bytes, *, at: datetime) -> bytes:  # noqa: ARG002
        return self._ask(self.addresses["status"], request, "application/ocsp-request")

    def stamp(self, request: bytes, *, at: datetime) -> bytes:  # noqa: ARG002
        return self._ask(self.addresses["stamp"], request, "application/timestamp-query")

    def _ask(self, address: str, body: bytes | None, kind: str) -> bytes:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or (parts.hostname or "") not in self.hosts:
            raise SignatureRefused(Reason.SOURCE_REFUSED, host=parts.hostname or "")
        asked = urllib.request.Request(address, data=body, headers={"Content-Type": kind} if kind else {})  # noqa: S310
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect())
        try:
            with opener.open(asked, timeout=SECONDS) as answer:
                said: bytes = answer.read(LARGEST_ANSWER + 1)
        except (OSError, urllib.error.HTTPError, ValueError) as failed:
            raise SignatureRefused(Reason.SOURCE_SILENT, source=parts.hostname or "") from failed
        if len(said) > LARGEST_ANSWER:
            raise SignatureRefused(Reason.SOURCE_SILENT, source=parts.hostname or "")
        return said
