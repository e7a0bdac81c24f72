"""What tests of signatures share: a real infrastructure of keys, made once, and a signed statement in one call."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.issuing import Entity
from gumruk.trust.pki.providing import provider
from gumruk.trust.signing import statement as statements
from gumruk.trust.signing import verifier
from gumruk.trust.signing.keys import Key
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.provider import SignatureProvider
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.statement import Link, Named, Payload, Statement
from gumruk.trust.signing.verifier import Evidence, Expected, Verdict

START = datetime(2026, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
POLICY = Policy(
    digests=frozenset({"sha256", "sha384", "sha512"}),
    keys=frozenset({"ec:secp256r1", "ec:secp384r1", "ec:secp521r1", "rsa:3072"}),
    policies=frozenset({"urn:gumruk:sigpolicy:1"}),
    arrival=timedelta(minutes=5),
)
PAYLOAD = b'{"items":[{"goods_code":"0207120000","net_mass":"10.5"}]}'
FILES = {"invoice.pdf": b"%PDF-1.7 an invoice"}


@cache
def authority() -> Authority:
    return Authority.make(START)


@cache
def person(name: str = "Demo broker") -> Entity:
    return authority().person(name, since=START)


def key_of(entity: Entity, *chain: Entity) -> Key:
    return Key(entity.key, entity.der, [one.der for one in chain or (authority()["issuing"],)])


def stated(**changed: object) -> Statement:
    made = Statement(
        act="lodge", role="broker", aud="office:ZZ001", lrn="26ZZBRK0001000123", version=1,
        payload=Payload.of("application/vnd.customs.decl+json;v=1", PAYLOAD), policy="urn:gumruk:sigpolicy:1",
        iat=NOON, nonce=statements.new_nonce(),
        attachments=tuple(Named.of(name, data) for name, data in FILES.items()),
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


EXPECTED = Expected(
    act="lodge", role="broker", aud="office:ZZ001", lrn="26ZZBRK0001000123", version=1, payload=PAYLOAD,
    attachments={name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()},
)  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """One signature ready to be judged; a test changes a part of it."""

    statement: bytes
    signature: bytes
    evidence: Evidence
    expected: Expected = EXPECTED
    at: datetime = NOON
    policy: Policy = POLICY

    def accept(self) -> Verdict:
        return verifier.accept(
            statement=self.statement, signature=self.signature, expected=self.expected,
            trust=provider(authority()).trust, evidence=self.evidence, policy=self.policy, at=self.at,
        )  # fmt: skip

    def reverify(self, evidence: Evidence | None = None) -> Verdict:
        return verifier.reverify(
            statement=self.statement, signature=self.signature, trust=provider(authority()).trust,
            evidence=evidence or self.evidence, policy=self.policy,
        )  # fmt: skip

    def refusal(self) -> Reason:
        return refusal(self.accept)


def refusal(ask: object) -> Reason:
    try:
        found = ask()  # type: ignore[operator]
    except SignatureRefused as refused:
        return refused.code
    raise AssertionError(f"accepted: {found}")


def signed(
    signer: Entity | None = None, *, raw: bytes | None = None, at: datetime = NOON, by: SignatureProvider | None = None,
    chain: tuple[Entity, ...] = (), **changed: object,
) -> Signed:  # fmt: skip
    """A statement signed, stamped and with its evidence, as the server would have it."""
    signer = signer or person()
    raw = raw if raw is not None else stated(**changed).to_bytes()
    source = by or provider(authority())
    plain = key_of(signer, *chain).sign(raw, at=at, approval=False)
    return Signed(raw, source.stamped(plain, at=at), source.evidence(signer.der, at=at), at=at)


def linked(verdict: Verdict) -> tuple[Link, ...]:
    return (verdict.link,)
