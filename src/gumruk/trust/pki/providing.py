"""The demonstration as a provider of signatures: it answers in the same process, from keys in its folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gumruk.trust.pki.authority import Authority
from gumruk.trust.signing.provider import Answers, SignatureProvider
from gumruk.trust.signing.verifier import Trust

NAME = "test"


@dataclass(frozen=True, slots=True)
class InProcess:
    """Answers of an authority that is at hand."""

    authority: Authority

    def lists(self, *, at: datetime) -> tuple[bytes, ...]:
        return self.authority.crls(at=at)

    def status(self, request: bytes, *, at: datetime) -> bytes:
        return self.authority.status(request, at=at)

    def stamp(self, request: bytes, *, at: datetime) -> bytes:
        return self.authority.stamp(request, at=at)


def provider(authority: Authority, answers: Answers | None = None) -> SignatureProvider:
    """The test provider; with `answers`, over another way than the same process."""
    trust = Trust(
        roots=(authority["root"].der,),
        issuers=(authority["issuing"].der,),
        stamp_issuers=(authority["services"].der,),
    )
    return SignatureProvider(NAME, test=True, trust=trust, answers=answers or InProcess(authority))
