"""Every attack that was tried on signatures, refused by its name; and the good ones, accepted."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.providing import provider
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence
from tests.rules import forging
from tests.rules.forging import wish, with_signer
from tests.rules.signing import (
    EXPECTED,
    NOON,
    PAYLOAD,
    POLICY,
    START,
    Signed,
    authority,
    linked,
    person,
    refusal,
    signed,
    stated,
)  # fmt: skip

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.fixture(scope="module")
def good() -> Signed:
    return signed()


def test_a_good_signature_is_accepted_and_says_who_what_and_when(good: Signed) -> None:
    verdict = good.accept()
    assert verdict.certificate == person().der
    assert verdict.serial == f"{person().serial:x}"
    assert (verdict.stamped_at, verdict.statement.lrn) == (NOON, "26ZZBRK0001000123")
    assert verdict.path == (authority()["root"].der, authority()["issuing"].der, person().der)
    assert good.reverify() == verdict


def test_a_certificate_for_signing_documents_only_is_accepted() -> None:
    only = authority().issue(wish("Demo commitment", usage=("content_commitment",)))
    assert with_signer(only).accept().certificate == only.der


def test_a_long_rsa_key_is_accepted() -> None:
    entity = authority().issue(wish("Demo RSA"), key=rsa.generate_private_key(65537, 3072))
    assert with_signer(entity).accept().certificate == entity.der


def test_an_officer_answers_the_brokers_statement(good: Signed) -> None:
    broker = good.accept()
    officer = signed(
        person("Demo officer"), act="release", role="officer", version=1, decision="RELEASED", prev=linked(broker)
    )
    expected = replace(EXPECTED, act="release", role="officer", decision="RELEASED", prev=linked(broker))
    assert replace(officer, expected=expected).accept().statement.prev == linked(broker)
    other = linked(signed().accept())
    assert replace(officer, expected=replace(expected, prev=other)).refusal() is Reason.CHAIN_BROKEN
    assert replace(officer, expected=replace(expected, prev=())).refusal() is Reason.CHAIN_BROKEN


def expecting(**changed: object) -> Callable[[Signed], Signed]:
    return lambda one: replace(one, expected=replace(EXPECTED, **changed))  # type: ignore[arg-type]


def statement(change: Callable[[bytes], bytes]) -> Callable[[Signed], Signed]:
    return lambda one: replace(one, statement=change(one.statement))


def appended(one: Signed) -> Signed:
    return replace(one, signature=one.signature + b"\x00")


def twice_the_key(_: Signed) -> Signed:
    raw = stated().to_bytes()
    return signed(raw=raw.replace(b'"act":"lodge"', b'"act":"release","act":"lodge"'))


FORGED: list[tuple[str, Callable[[Signed], Signed], Reason]] = [
    ("payload byte changed", expecting(payload=PAYLOAD.replace(b"10.5", b"10.6")), Reason.PAYLOAD_DIFFERS),
    ("payload spelled anew", expecting(payload=json.dumps(json.loads(PAYLOAD)).encode()), Reason.PAYLOAD_DIFFERS),
    ("attachment changed", expecting(attachments={"invoice.pdf": "0" * 64}), Reason.ATTACHMENTS_DIFFER),
    ("attachment left out", expecting(attachments={}), Reason.ATTACHMENTS_DIFFER),
    ("statement byte changed", statement(lambda raw: raw.replace(b"0123", b"0124")), Reason.STATEMENT_DIFFERS),
    ("nonce changed", statement(lambda _: stated().to_bytes()), Reason.DIGEST_DIFFERS),
    ("statement spelled anew", statement(lambda raw: json.dumps(json.loads(raw)).encode()), Reason.STATEMENT_NOT_CANONICAL),
    ("key twice, validly signed", twice_the_key, Reason.STATEMENT_KEY_TWICE),
    ("lodging shown as release", expecting(act="release"), Reason.STATEMENT_DIFFERS),
    ("another role", expecting(role="officer"), Reason.STATEMENT_DIFFERS),
    ("another declaration", expecting(lrn="26ZZBRK0001000999"), Reason.STATEMENT_DIFFERS),
    ("an older version", expecting(version=2), Reason.STATEMENT_DIFFERS),
    ("another office", expecting(aud="office:ZZ002"), Reason.STATEMENT_DIFFERS),
    ("another decision", expecting(decision="RELEASED"), Reason.STATEMENT_DIFFERS),
    ("unknown policy", lambda one: replace(one, policy=replace(POLICY, policies=frozenset())), Reason.STATEMENT_DIFFERS),
    ("key for encryption", lambda _: with_signer(authority().issue(wish("Demo", usage=("key_encipherment",)))), Reason.CERTIFICATE_USAGE),
    ("TLS server", lambda _: with_signer(authority().issue(wish("Demo", purposes=(ExtendedKeyUsageOID.SERVER_AUTH,)))), Reason.CERTIFICATE_USAGE),
    ("an authority signs", lambda _: with_signer(authority()["issuing"]), Reason.CERTIFICATE_USAGE),
    ("TLS client's authority", lambda _: with_signer(authority().issue(wish("Demo"), issuer="clients"), authority()["clients"]), Reason.CERTIFICATE_UNTRUSTED),
    ("straight from the root", lambda _: with_signer(authority().issue(wish("Demo"), issuer="root"), authority()["root"]), Reason.CERTIFICATE_UNTRUSTED),
    ("signed and stamped after expiry", lambda _: with_signer(authority().issue(wish("Demo", until=NOON - DAY))), Reason.CERTIFICATE_EXPIRED),
    ("not yet valid", lambda _: with_signer(authority().issue(wish("Demo", since=NOON + DAY))), Reason.CERTIFICATE_NOT_YET),
    ("issued by a leaf", lambda _: with_signer(*forging.by_a_leaf(), authority()["issuing"]), Reason.CERTIFICATE_UNTRUSTED),
    ("authority of the same name", lambda _: with_signer(*forging.by_a_namesake()), Reason.CERTIFICATE_UNTRUSTED),
    ("certificate of the same key", forging.swapped_certificate, Reason.CERTIFICATE_SWAPPED),
    ("attributes shown as content", forging.attributes_as_content, Reason.STATEMENT_NOT_JSON),
    ("no signed attributes", forging.without_attributes, Reason.ATTRIBUTES_MISSING),
    ("no certificate attribute", forging.lacking("signing_certificate_v2"), Reason.ATTRIBUTES_MISSING),
    ("no digest attribute", forging.lacking("message_digest"), Reason.ATTRIBUTES_MISSING),
    ("attribute twice", forging.doubled_attribute, Reason.ATTRIBUTE_TWICE),
    ("attacker's signature added", forging.second_signer, Reason.CMS_SIGNERS),
    ("other content inside", forging.other_content_inside, Reason.CMS_NOT_DETACHED),
    ("bytes appended", appended, Reason.CMS_MALFORMED),
    ("too large", lambda one: replace(one, signature=one.signature + bytes(70_000)), Reason.CMS_TOO_LARGE),
    ("time stamp of another signature", forging.stamp_of_another, Reason.TIMESTAMP_WRONG),
    ("time stamp by a signer", lambda one: forging.stamped_by(one, person()), Reason.TIMESTAMP_UNTRUSTED),
    ("time stamp by a stranger", lambda one: forging.stamped_by(one, Authority.make(START)["stamper"]), Reason.TIMESTAMP_UNTRUSTED),
    ("two time stamps", forging.stamp_twice, Reason.TIMESTAMP_TWICE),
    ("no time stamp", forging.without_stamp, Reason.TIMESTAMP_MISSING),
    ("ten minutes old", lambda one: replace(one, at=NOON + timedelta(minutes=10)), Reason.TIMESTAMP_FAR),
    ("from the future", lambda one: replace(one, at=NOON - timedelta(minutes=10)), Reason.TIMESTAMP_FAR),
    ("SHA-1", forging.sha1, Reason.ALGORITHM_NOT_ALLOWED),
    ("short RSA key", lambda _: with_signer(forging.weak_key()), Reason.KEY_NOT_ALLOWED),
    ("no revocation known", lambda one: replace(one, evidence=Evidence()), Reason.REVOCATION_UNKNOWN),
    ("only the status, not the authority's", lambda one: replace(one, evidence=Evidence(ocsps=one.evidence.ocsps)), Reason.REVOCATION_UNKNOWN),
    ("revocation of last week", lambda one: replace(one, evidence=provider(authority()).evidence(person().der, at=NOON - 7 * DAY)), Reason.REVOCATION_UNKNOWN),
    ("broken list", lambda one: replace(one, evidence=Evidence(crls=(b"\x30\x03abc",))), Reason.REVOCATION_UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("forge", "reason"), [case[1:] for case in FORGED], ids=[case[0] for case in FORGED])
def test_an_attack_is_refused_by_its_name(good: Signed, forge: Callable[[Signed], Signed], reason: Reason) -> None:
    assert forge(good).refusal() is reason


def revoked_at(moment: object, at: object = NOON) -> tuple[Signed, Authority]:
    """A signature of NOON and an authority that knows of the revocation."""
    entity = authority().person("Demo revoked", since=START)
    knowing = Authority(authority().entities)
    knowing.revoke(entity.serial, at=moment)  # type: ignore[arg-type]
    one = signed(entity)
    return replace(one, evidence=provider(knowing).evidence(entity.der, at=at)), knowing  # type: ignore[arg-type]


def test_a_revoked_certificate_is_refused() -> None:
    assert revoked_at(NOON - DAY)[0].refusal() is Reason.CERTIFICATE_REVOKED


def test_a_certificate_on_the_list_only_is_refused_as_well() -> None:
    one, _ = revoked_at(NOON - DAY)
    assert replace(one, evidence=Evidence(crls=one.evidence.crls)).refusal() is Reason.CERTIFICATE_REVOKED


def test_a_revoked_authority_is_refused(good: Signed) -> None:
    knowing = Authority(authority().entities)
    knowing.revoke(authority()["issuing"].serial, at=NOON - DAY, issuer="root")
    assert (
        replace(good, evidence=provider(knowing).evidence(person().der, at=NOON)).refusal()
        is Reason.CERTIFICATE_REVOKED
    )


def test_a_revoked_time_stamper_is_refused(good: Signed) -> None:
    knowing = Authority(authority().entities)
    knowing.revoke(authority()["stamper"].serial, at=NOON - DAY, issuer="services")
    assert (
        replace(good, evidence=provider(knowing).evidence(person().der, at=NOON)).refusal()
        is Reason.TIMESTAMP_UNTRUSTED
    )


def test_expired_and_revoked_with_a_fresh_time_stamp_is_refused() -> None:
    entity = authority().issue(wish("Demo", until=NOON - DAY))
    knowing = Authority(authority().entities)
    knowing.revoke(entity.serial, at=NOON - 2 * DAY)
    one = replace(signed(entity), evidence=provider(knowing).evidence(entity.der, at=NOON))
    assert one.refusal() is Reason.CERTIFICATE_EXPIRED
    assert refusal(one.reverify) is Reason.CERTIFICATE_EXPIRED


@pytest.mark.parametrize(("distance", "holds"), [(SECOND, True), (-SECOND, False)])
def test_later_evidence_tells_revoked_before_from_revoked_after(distance: timedelta, *, holds: bool) -> None:
    one, _ = revoked_at(NOON + distance, at=NOON + timedelta(hours=3))
    if holds:
        assert one.reverify().stamped_at == NOON
    else:
        assert refusal(one.reverify) is Reason.CERTIFICATE_REVOKED


def test_the_twin_of_a_signature_has_the_same_replay_key(good: Signed) -> None:
    first, second = good.accept(), forging.twin(good).accept()
    assert (first.certificate_hash, first.statement_hash) == (second.certificate_hash, second.statement_hash)
    assert first.signature_hash != second.signature_hash


@pytest.mark.parametrize("key", ["ec:secp256r1"])
def test_an_algorithm_that_ended_is_refused_from_its_day_on_and_old_evidence_stays(good: Signed, key: str) -> None:
    later = replace(POLICY, keys=POLICY.keys - {key})
    assert replace(good, policy=later).refusal() is Reason.KEY_NOT_ALLOWED
    assert good.reverify().stamped_at == NOON  # by the policy of its own day


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """An address that must never be asked."""
    hits: list[str] = []

    class Canary(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the name that the server looks for

        def log_message(self, *_: object) -> None:
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_addresses_inside_a_strangers_certificate_are_never_asked(canary: tuple[str, list[str]]) -> None:
    where, hits = canary
    told = wish(
        "Demo stranger", issuer_address=f"{where}/ca", status_address=f"{where}/ocsp", list_address=f"{where}/crl"
    )
    for stranger in (Authority.make(START).issue(told), authority().issue(told)):
        one = signed(stranger, chain=(stranger,))
        bare = replace(one, evidence=Evidence())
        assert bare.refusal() in (Reason.CERTIFICATE_UNTRUSTED, Reason.REVOCATION_UNKNOWN)
        refusal(lambda bare=bare: bare.reverify(Evidence()))
    assert hits == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_changed_byte_never_makes_another_signature(data: st.DataObject) -> None:
    one = _kept()
    place = data.draw(st.integers(0, len(one.signature) - 1))
    byte = data.draw(st.integers(0, 255))
    changed = one.signature[:place] + bytes([byte]) + one.signature[place + 1 :]
    try:
        verdict = replace(one, signature=changed).accept()
    except SignatureRefused:
        return
    assert (verdict.statement_hash, verdict.certificate) == (one.accept().statement_hash, person().der)


_KEPT: list[Signed] = []


def _kept() -> Signed:
    if not _KEPT:
        _KEPT.append(signed())
    return _KEPT[0]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused(raw: bytes) -> None:
    assert isinstance(replace(_kept(), signature=raw).refusal(), Reason)
