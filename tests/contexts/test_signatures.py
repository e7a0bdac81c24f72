"""Signatures as they are kept: once, for the person whose certificate it is, with their evidence; nothing moves otherwise."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import Error, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gumruk.cli.demo_keys import give_keys
from gumruk.law.day import Law
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.trust import selectors, services
from gumruk.trust.models import Signature, SignatureEvidence, SigningCertificate
from gumruk.trust.pki import folder as folders
from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.providing import InProcess, provider
from gumruk.trust.providers import provider_of
from gumruk.trust.signatures import Accepted
from gumruk.trust.signing import verifier
from gumruk.trust.signing.keys import open_p12
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence
from gumruk.trust.types import TrustRefused
from tests.rules import forging
from tests.rules.signing import EXPECTED, NOON, POLICY, START, authority, key_of, person, signed, stated

ROOT, MONTH = uuid.UUID(int=5), date(2026, 11, 1)


@pytest.fixture
def broker(db: None) -> uuid.UUID:
    user = services.add_user(username="signer", name="Demo", password="x", language="tg", at=NOON, demo=True)
    services.register_certificate(user_id=user, certificate=person().der, provider=provider(authority()), at=NOON)
    return user


def verify(user: uuid.UUID, *, signature: bytes | None = None, raw: bytes | None = None, **other: object) -> Accepted:
    raw = raw or stated().to_bytes()
    said = {
        "user_id": user, "statement": raw, "expected": EXPECTED, "provider": provider(authority()),
        "law": lawbook.on(NOON.date()), "at": NOON,
        "signature": signature or key_of(person()).sign(raw, at=NOON, approval=False),
    }  # fmt: skip
    return services.verify_signature(**{**said, **other})  # type: ignore[arg-type]


def record(accepted: Accepted) -> uuid.UUID:
    return services.record_signature(accepted=accepted, root=ROOT, office="ZZ001", month=MONTH, at=NOON)


def refused(ask: Callable[[], object]) -> Reason:
    """The reason, after nothing was kept."""
    before = (Signature.objects.count(), SignatureEvidence.objects.count())
    with pytest.raises(SignatureRefused) as caught, transaction.atomic():
        ask()
    assert (Signature.objects.count(), SignatureEvidence.objects.count()) == before
    return caught.value.code


def test_the_law_says_what_a_signature_may_be_made_of(db: None) -> None:
    assert Policy.of(lawbook.on(NOON.date())) == POLICY


def test_a_signature_is_kept_with_its_evidence_and_holds_years_later(
    broker: uuid.UUID, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    accepted = verify(broker)
    key = record(accepted)
    with django_assert_num_queries(2):
        (kept,) = selectors.signatures_of(root=ROOT)
    assert (kept.id, kept.act, kept.role, kept.stamped_at) == (key, "lodge", "broker", NOON)
    assert (len(kept.crls), len(kept.ocsps), len(kept.certificates)) == (3, 1, 3)
    again = verifier.reverify(
        statement=kept.statement, signature=kept.signature, trust=provider(authority()).trust,
        evidence=Evidence(kept.crls, kept.ocsps, kept.certificates), policy=POLICY,
    )  # fmt: skip
    assert again == accepted.verdict


def test_the_same_evidence_is_kept_once(broker: uuid.UUID) -> None:
    record(verify(broker))
    before = SignatureEvidence.objects.filter(kind="certificate").count()
    record(verify(broker))
    assert SignatureEvidence.objects.filter(kind="certificate").count() == before
    assert Signature.objects.count() == 2


def test_a_statement_is_signed_once_and_its_twin_is_the_same(broker: uuid.UUID) -> None:
    raw = stated().to_bytes()
    first = verify(broker, raw=raw)
    record(first)
    assert refused(lambda: record(first)) is Reason.REPLAYED
    assert refused(lambda: record(verify(broker, raw=raw))) is Reason.REPLAYED
    twin = forging.twin(replace(signed(raw=raw), signature=first.signature))
    other = verify(broker, raw=raw, signature=twin.signature)
    assert other.verdict.signature_hash != first.verdict.signature_hash
    assert refused(lambda: record(other)) is Reason.REPLAYED


def test_a_certificate_of_somebody_else_signs_nothing(broker: uuid.UUID) -> None:
    other = services.add_user(username="other", name="Demo", password="x", language="tg", at=NOON, demo=True)
    assert refused(lambda: verify(other)) is Reason.CERTIFICATE_UNKNOWN
    with pytest.raises(TrustRefused, match="certificate_taken"):
        services.register_certificate(user_id=other, certificate=person().der, provider=provider(authority()), at=NOON)
    assert SigningCertificate.objects.get().user_id == broker


def test_an_ended_certificate_signs_nothing_even_when_it_was_judged_before(broker: uuid.UUID) -> None:
    accepted = verify(broker)
    services.end_certificate(certificate=accepted.verdict.certificate_hash, at=NOON)
    assert refused(lambda: record(accepted)) is Reason.CERTIFICATE_UNKNOWN
    assert refused(lambda: verify(broker)) is Reason.CERTIFICATE_UNKNOWN
    with pytest.raises(TrustRefused, match="certificate_unknown"):
        services.end_certificate(certificate=accepted.verdict.certificate_hash, at=NOON)


def test_a_person_sees_their_certificates(broker: uuid.UUID, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        (held,) = selectors.certificates_of(user_id=broker)
    assert (held.serial, held.provider, held.ended_at) == (f"{person().serial:x}", "test", None)
    assert held.holds_at(NOON)
    services.end_certificate(certificate=held.hash, at=NOON)
    (ended,) = selectors.certificates_of(user_id=broker)
    assert not ended.holds_at(NOON)
    assert selectors.certificates_of(user_id=uuid.UUID(int=1)) == ()


def test_a_strangers_certificate_is_not_registered(broker: uuid.UUID) -> None:
    stranger = Authority.make(START).person("Demo stranger", since=START)
    before = SigningCertificate.objects.count()
    for data, at, reason in (
        (stranger.der, NOON, Reason.CERTIFICATE_UNTRUSTED),
        (b"no certificate", NOON, Reason.CMS_MALFORMED),
        (authority().person("Demo late", since=START).der, NOON + timedelta(days=900), Reason.CERTIFICATE_EXPIRED),
    ):
        with pytest.raises(SignatureRefused) as caught:
            services.register_certificate(user_id=broker, certificate=data, provider=provider(authority()), at=at)
        assert caught.value.code is reason
    assert SigningCertificate.objects.count() == before


@dataclass(frozen=True)
class Stopped(InProcess):
    """A status service that does not answer; it counts who asked for a time stamp."""

    def status(self, request: bytes, *, at: datetime) -> bytes:  # noqa: ARG002
        raise SignatureRefused(Reason.SOURCE_SILENT, source="status")


def test_a_silent_source_refuses_and_it_works_when_it_is_back(broker: uuid.UUID) -> None:
    silent = provider(authority(), Stopped(authority()))
    raw = stated().to_bytes()
    assert refused(lambda: record(verify(broker, raw=raw, provider=silent))) is Reason.SOURCE_SILENT
    record(verify(broker, raw=raw))
    assert Signature.objects.count() == 1


def test_a_revoked_certificate_is_refused_and_nothing_is_kept(broker: uuid.UUID) -> None:
    knowing = Authority(authority().entities)
    knowing.revoke(person().serial, at=NOON - timedelta(days=1))
    assert refused(lambda: record(verify(broker, provider=provider(knowing)))) is Reason.CERTIFICATE_REVOKED


def test_a_statement_about_something_else_asks_nobody(broker: uuid.UUID) -> None:
    silent = provider(authority(), Stopped(authority()))
    other = replace(EXPECTED, act="release")
    assert refused(lambda: verify(broker, expected=other, provider=silent)) is Reason.STATEMENT_DIFFERS


@pytest.mark.parametrize(
    "words",
    [
        "UPDATE trust_signature SET act = 'release'",
        "DELETE FROM trust_signature",
        "UPDATE trust_signatureevidence SET kind = 'crl'",
        "DELETE FROM trust_signatureevidence",
        "DELETE FROM trust_signingcertificate",
        "UPDATE trust_signingcertificate SET hash = 'x'",
    ],
)
def test_the_database_keeps_what_was_signed(broker: uuid.UUID, words: str) -> None:
    record(verify(broker))
    with pytest.raises(Error, match=r"append-only|only ended"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(words)


def test_going_live_is_refused_while_the_provider_is_a_test(db: None) -> None:
    for demo in (True, False):
        found = [gap for gap in lawbook.gaps_on(NOON.date(), demo=demo) if gap.kind == "signature provider"]
        assert [gap.name for gap in found] == ["accredited"]


def test_demonstration_people_sign_with_their_key_files(db: None, tmp_path: Path) -> None:
    at, law = clock.now(), lawbook.on(clock.law_day(clock.now()))
    user = services.add_user(username="broker", name="Demo", password="x", language="tg", at=at, demo=True)
    names = ["broker", "nobody"]
    assert give_keys(usernames=names, folder=tmp_path / "pki", at=at) == 1
    assert give_keys(usernames=names, folder=tmp_path / "pki", at=at) == 0
    key = open_p12((tmp_path / "pki" / "people" / "broker.p12").read_bytes(), folders.PASSWORD)
    raw = stated(iat=at).to_bytes()

    def judged() -> Accepted:
        return services.verify_signature(
            user_id=user, statement=raw, signature=key.sign(raw, at=at, approval=False), expected=EXPECTED,
            provider=provider_of(law, tmp_path / "pki"), law=law, at=clock.now(),
        )  # fmt: skip

    assert "broker (demo)" in judged().verdict.subject
    folders.revoke(tmp_path / "pki", file="broker", at=clock.now())
    assert refused(judged) is Reason.CERTIFICATE_REVOKED
    assert refused(lambda: provider_of(law, tmp_path / "elsewhere")) is Reason.PROVIDER_UNKNOWN


def test_an_unknown_provider_is_no_provider(tmp_path: Path) -> None:
    with pytest.raises(SignatureRefused) as caught:
        provider_of(Law.build(day=NOON.date()), tmp_path)
    assert caught.value.code is Reason.PROVIDER_UNKNOWN
    with pytest.raises(SignatureRefused) as caught:
        Policy.of(Law.build(day=NOON.date()))
    assert caught.value.code is Reason.POLICY_UNKNOWN
