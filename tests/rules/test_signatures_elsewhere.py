"""Signatures judged by a program that shares no code with ours: OpenSSL."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import cms

from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.providing import provider
from gumruk.trust.signing import container
from gumruk.trust.signing.keys import open_p12
from gumruk.trust.signing.refusing import Reason
from tests.rules import forging
from tests.rules.signing import NOON, PAYLOAD, START, Signed, authority, person, refusal, signed

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")


def openssl(*words: str, given: bytes = b"") -> bool:
    return (
        subprocess.run(["openssl", *words], input=given, capture_output=True, timeout=30, check=False).returncode == 0
    )


def holds(one: Signed, folder: Path, knowing: Authority | None = None, at: datetime = NOON) -> bool:
    """What `openssl cms -verify -cades -crl_check` says."""
    trusted = knowing or authority()
    names = ("root", "issuing")
    lists = [
        subprocess.run(
            ["openssl", "crl", "-inform", "DER"],
            input=trusted.crl(name, at=at),
            capture_output=True,
            check=True,
        ).stdout
        for name in names
    ]
    (folder / "ca.pem").write_bytes(b"".join([trusted["root"].pem, trusted["issuing"].pem, *lists]))
    (folder / "statement.json").write_bytes(one.statement)
    (folder / "signature.p7s").write_bytes(one.signature)
    return openssl(
        "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", str(folder / "signature.p7s"), "-content",
        str(folder / "statement.json"), "-CAfile", str(folder / "ca.pem"), "-crl_check_all", "-attime",
        str(int(at.timestamp())), "-out", str(folder / "out"),
    )  # fmt: skip


def test_openssl_agrees_on_a_good_signature(tmp_path: Path) -> None:
    one = signed()
    one.accept()
    assert holds(one, tmp_path)


def test_openssl_agrees_that_the_time_stamp_is_over_the_signature_value(tmp_path: Path) -> None:
    one = signed()
    token = cms.ContentInfo.load(one.signature)["content"]["signer_infos"][0]["unsigned_attrs"][0]["values"][0]
    (tmp_path / "token.der").write_bytes(token.dump())
    (tmp_path / "value").write_bytes(container.value_of(one.signature))
    (tmp_path / "root.pem").write_bytes(authority()["root"].pem)
    (tmp_path / "services.pem").write_bytes(authority()["services"].pem)
    asked = ("ts", "-verify", "-token_in", "-in", str(tmp_path / "token.der"), "-CAfile", str(tmp_path / "root.pem"))
    asked += ("-untrusted", str(tmp_path / "services.pem"), "-attime", str(int(NOON.timestamp())))
    assert openssl(*asked, "-data", str(tmp_path / "value"))
    (tmp_path / "value").write_bytes(b"other")
    assert not openssl(*asked, "-data", str(tmp_path / "value"))


@pytest.mark.parametrize(
    "forge",
    [
        lambda one: replace(one, statement=one.statement.replace(b"0123", b"0124")),
        forging.swapped_certificate,
        lambda _: forging.with_signer(*forging.by_a_namesake()),
        lambda _: forging.with_signer(authority().issue(forging.wish("Demo", until=NOON - timedelta(days=1)))),
    ],
    ids=["changed", "swapped", "namesake", "expired"],
)
def test_openssl_refuses_what_we_refuse(forge: Callable[[Signed], Signed], tmp_path: Path) -> None:
    one = forge(signed())
    assert isinstance(one.refusal(), Reason)
    assert not holds(one, tmp_path)


def test_openssl_refuses_the_revoked_one_as_we_do(tmp_path: Path) -> None:
    entity = authority().person("Demo revoked", since=START)
    knowing = Authority(authority().entities)
    one = signed(entity)
    assert holds(one, tmp_path, knowing)
    knowing.revoke(entity.serial, at=NOON - timedelta(days=1))
    revoked = replace(one, evidence=provider(knowing).evidence(entity.der, at=NOON))
    assert revoked.refusal() is Reason.CERTIFICATE_REVOKED
    assert not holds(one, tmp_path, knowing)


def test_what_openssl_signs_is_accepted(tmp_path: Path) -> None:
    mine = person()
    raw = signed().statement
    (tmp_path / "s.json").write_bytes(raw)
    (tmp_path / "c.pem").write_bytes(mine.pem)
    (tmp_path / "i.pem").write_bytes(authority()["issuing"].pem)
    (tmp_path / "k.pem").write_bytes(mine.key_pem())
    assert openssl(
        "cms", "-sign", "-cades", "-binary", "-md", "sha256", "-in", str(tmp_path / "s.json"), "-signer",
        str(tmp_path / "c.pem"), "-inkey", str(tmp_path / "k.pem"), "-certfile", str(tmp_path / "i.pem"), "-outform",
        "DER", "-out", str(tmp_path / "s.p7s"),
    )  # fmt: skip
    source = provider(authority())
    one = Signed(raw, source.stamped((tmp_path / "s.p7s").read_bytes(), at=NOON), source.evidence(mine.der, at=NOON))
    assert one.accept().certificate == mine.der


@pytest.mark.parametrize("legacy", [False, True], ids=["modern", "legacy"])
def test_a_key_file_of_either_form_signs(tmp_path: Path, legacy: bool) -> None:  # noqa: FBT001
    mine = person()
    data = mine.p12("demo", [authority()["issuing"]])
    if legacy:
        (tmp_path / "m.p12").write_bytes(data)
        assert openssl(
            "pkcs12", "-in", str(tmp_path / "m.p12"), "-passin", "pass:demo", "-nodes", "-out", str(tmp_path / "m.pem")
        )
        assert openssl("pkcs12", "-export", "-legacy", "-in", str(tmp_path / "m.pem"), "-passout", "pass:demo", "-out", str(tmp_path / "l.p12"))  # fmt: skip
        data = (tmp_path / "l.p12").read_bytes()
    key = open_p12(data, "demo")
    raw = signed().statement
    source = provider(authority())
    plain = key.sign(raw, at=NOON, approval=False)
    one = Signed(raw, source.stamped(plain, at=NOON), source.evidence(key.certificate, at=NOON))
    assert one.accept().certificate == mine.der
    assert refusal(lambda: open_p12(data, "wrong")) is Reason.KEY_FILE
    assert refusal(lambda: open_p12(PAYLOAD, "demo")) is Reason.KEY_FILE
