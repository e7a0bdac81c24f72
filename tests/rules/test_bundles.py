"""Evidence bundles: judged offline and for years, refused when anything of them was touched; ASiC-E; the console."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.cli import main
from gumruk.toolkit import clock
from gumruk.trust.pki import folder as folders
from gumruk.trust.pki import site
from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.providing import InProcess, provider
from gumruk.trust.signing import bundle, manifest, wording, zips
from gumruk.trust.signing.keys import open_p12
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.provider import HttpAnswers
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Verdict
from tests.rules.signing import FILES, NOON, PAYLOAD, POLICY, Signed, authority, key_of, person, refusal, signed, stated

DATA = {"declaration.json": PAYLOAD, **FILES}
TRUST = provider(authority()).trust


@cache
def chain() -> tuple[Signed, Signed]:
    """A broker's lodging and the officer's answer."""
    broker = signed()
    officer = signed(
        person("Demo officer"), act="release", role="officer", decision="RELEASED", prev=(broker.accept().link,)
    )
    return broker, officer


def packed() -> dict[str, bytes]:
    pairs = [bundle.Signed(one.statement, one.signature) for one in chain()]
    return bundle.pack(pairs, DATA, [one.evidence for one in chain()])


def judged(
    files: bundle.Files, at: datetime = NOON, *, policy_of: Callable[[date], Policy] = lambda _: POLICY,
    required: tuple[str, ...] = ("broker", "officer"),
) -> tuple[Verdict, ...]:  # fmt: skip
    return bundle.judge(files, trust=TRUST, policy_of=policy_of, at=at, required=required)


def sealed() -> dict[str, bytes]:
    files = packed()
    office = person("Demo office seal")
    source = provider(authority())
    evidence = source.evidence(office.der, at=NOON)
    files |= bundle.pack([], {}, [evidence])
    return manifest.sealed(files, key_of(office), source, at=NOON)


def whole(files: bundle.Files) -> str:
    return manifest.require_sealed(files, trust=TRUST, evidence=bundle.evidence_of(files), policy=POLICY).subject


def test_a_bundle_is_judged_without_asking_anybody() -> None:
    lodged, released = judged(zips.read(zips.write(packed())))
    assert (lodged.statement.act, released.statement.act) == ("lodge", "release")
    assert released.statement.prev == (lodged.link,)


def without(name: str) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {key: data for key, data in files.items() if key != name}


def having(name: str, data: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, name: data}


def officer_removed(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if not name.startswith("statements/002")}


def broker_removed(files: dict[str, bytes]) -> dict[str, bytes]:
    kept = {name: data for name, data in files.items() if not name.startswith("statements/")}
    return kept | {f"statements/001.{end}": files[f"statements/002.{end}"] for end in ("json", "p7s")}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (having("data/declaration.json", PAYLOAD + b" "), Reason.BUNDLE_FILE_MISSING),
        (without("data/invoice.pdf"), Reason.BUNDLE_FILE_MISSING),
        (having("data/more.pdf", b"more"), Reason.BUNDLE_FILE_EXTRA),
        (having("data/twice.pdf", FILES["invoice.pdf"]), Reason.BUNDLE_FILE_EXTRA),
        (having("readme.txt", b"more"), Reason.BUNDLE_FILE_EXTRA),
        (without("statements/001.p7s"), Reason.BUNDLE_FILE_MISSING),
        (without("statements/001.json"), Reason.BUNDLE_FILE_MISSING),
        (lambda _: {}, Reason.BUNDLE_FILE_MISSING),
        (officer_removed, Reason.SIGNER_MISSING),
        (broker_removed, Reason.CHAIN_BROKEN),
        (having("statements/001.json", stated().to_bytes()), Reason.DIGEST_DIFFERS),
        (having("archive/002.tst", b""), Reason.ARCHIVE_WRONG),
        (having("archive/001.tst", b"0"), Reason.TIMESTAMP_WRONG),
        (lambda files: {name: data for name, data in files.items() if "crl" not in name}, Reason.REVOCATION_UNKNOWN),
    ],
)  # fmt: skip
def test_a_touched_bundle_is_refused_by_name(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], reason: Reason
) -> None:
    assert refusal(lambda: judged(change(packed()))) is reason


def test_a_bundle_holds_in_2035_by_its_archive_time_stamp_and_not_without() -> None:
    renewing = Authority({**authority().entities, "stamper": authority()["archiver"]})
    source = provider(authority(), InProcess(renewing))
    old = bundle.archived(packed(), source, at=datetime(2030, 6, 1, tzinfo=NOON.tzinfo))
    later = datetime(2035, 1, 1, tzinfo=NOON.tzinfo)
    assert [one.stamped_at for one in judged(old, later)] == [NOON, NOON]
    assert refusal(lambda: judged(packed(), later)) is Reason.ARCHIVE_MISSING
    assert refusal(lambda: judged(without("archive/001.tst")(old), later)) is Reason.ARCHIVE_MISSING
    late = bundle.archived(packed(), source, at=datetime(2032, 6, 1, tzinfo=NOON.tzinfo))
    assert refusal(lambda: judged(late, later)) is Reason.ARCHIVE_WRONG
    touched = {**old, "archive/001.tst": bundle.archived(packed(), source, at=NOON)["archive/001.tst"]}
    assert refusal(lambda: judged(touched, later)) is Reason.ARCHIVE_WRONG


def test_an_algorithm_that_ended_later_leaves_old_evidence_standing() -> None:
    ended = replace(POLICY, keys=POLICY.keys - {"ec:secp256r1"})

    def by_day(day: date) -> Policy:
        return POLICY if day < date(2027, 1, 1) else ended

    assert len(judged(packed(), policy_of=by_day)) == 2
    assert refusal(lambda: judged(packed(), policy_of=lambda _: ended)) is Reason.KEY_NOT_ALLOWED


def test_the_export_is_whole_and_each_part_is_checked_elsewhere(tmp_path: Path) -> None:
    if not shutil.which("unzip") or not shutil.which("openssl"):
        pytest.skip("unzip or openssl is not installed")
    files = sealed()
    assert "Demo office seal" in whole(zips.read(zips.write(files)))
    assert len(judged(files)) == 2
    (tmp_path / "e.asice").write_bytes(zips.write(files))
    (tmp_path / "ca.pem").write_bytes(authority()["root"].pem + authority()["issuing"].pem)
    subprocess.run(["unzip", "-q", "e.asice"], cwd=tmp_path, check=True, timeout=30)
    pairs = [(manifest.SEAL, manifest.MANIFEST)]
    pairs += [(f"statements/{one}.p7s", f"statements/{one}.json") for one in ("001", "002")]
    for signature, content in pairs:
        subprocess.run(
            ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", signature, "-content", content,
             "-CAfile", "ca.pem", "-attime", str(int(NOON.timestamp())), "-out", "out"],
            cwd=tmp_path, check=True, capture_output=True, timeout=30,
        )  # fmt: skip
    assert (tmp_path / "mimetype").read_bytes() == zips.MEDIA_TYPE


def manifest_with(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], dict[str, bytes]]:
    return lambda files: {**files, manifest.MANIFEST: files[manifest.MANIFEST].replace(old, new, 1)}


ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><asic:'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (having("data/invoice.pdf", b"other"), Reason.MANIFEST_WRONG),
        (having("data/more.pdf", b"more"), Reason.MANIFEST_WRONG),
        (without("data/invoice.pdf"), Reason.MANIFEST_WRONG),
        (without(manifest.SEAL), Reason.BUNDLE_FILE_MISSING),
        (manifest_with(b"<asic:", ENTITY), Reason.MANIFEST_WRONG),
        (manifest_with(b"xmlenc#sha256", b"xmlenc#sha1"), Reason.MANIFEST_WRONG),
        (manifest_with(b"data/invoice.pdf", b"data/declaration.json"), Reason.MANIFEST_WRONG),
        (manifest_with(b"signature001", b"signature002"), Reason.MANIFEST_WRONG),
        (manifest_with(b"?>\n", b"?>\n<!-- x -->"), Reason.MANIFEST_WRONG),
        (manifest_with(b"/asic:ASiC", b" /asic:ASiC"), Reason.MANIFEST_WRONG),
        (manifest_with(b"UTF-8'?>", b"UTF-8' ?>"), Reason.DIGEST_DIFFERS),
    ],
)  # fmt: skip
def test_a_touched_container_is_refused(change: Callable[[dict[str, bytes]], dict[str, bytes]], reason: Reason) -> None:
    assert refusal(lambda: whole(change(sealed()))) is reason


def zipped(
    *entries: tuple[str | zipfile.ZipInfo, bytes], first: bool = True, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), zips.MEDIA_TYPE)
        for name, data in entries:
            archive.writestr(name, data, method)
    return made.getvalue()


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("data/link")
    info.external_attr = 0o120777 << 16
    return info


def zips_that_lie() -> list[tuple[str, bytes, Reason]]:
    plain = zipped(("data/a", b"a" * 50))
    found = [
        ("climbs", zipped(("../a", b"a")), Reason.BUNDLE_NAME),
        ("climbs inside", zipped(("data/../../a", b"a")), Reason.BUNDLE_NAME),
        ("absolute", zipped(("/etc/a", b"a")), Reason.BUNDLE_NAME),
        ("backslash", plain.replace(b"data/a", b"data\\a"), Reason.BUNDLE_NAME),
        ("drive", zipped(("c:a", b"a")), Reason.BUNDLE_NAME),
        ("zero byte", plain.replace(b"data/a", b"data/\x00"), Reason.BUNDLE_NAME),
        ("folder", zipped(("data/", b"")), Reason.BUNDLE_NAME),
        ("other case", zipped(("data/a", b"a"), ("data/A", b"b")), Reason.BUNDLE_NAME),
        ("link", zipped((link(), b"/etc/hostname")), Reason.BUNDLE_UNREADABLE),
        ("bomb", zipped(("data/a", bytes(70 * 1024 * 1024))), Reason.BUNDLE_TOO_LARGE),
        ("many", zipped(*((f"data/{number}", b"") for number in range(2100))), Reason.BUNDLE_TOO_LARGE),
        ("other method", zipped(("data/a", b"a"), method=zipfile.ZIP_BZIP2), Reason.BUNDLE_UNREADABLE),
        ("no type", zipped(("data/a", b"a"), first=False), Reason.BUNDLE_UNREADABLE),
        ("bytes before", b"MZ" + plain, Reason.BUNDLE_UNREADABLE),
        ("bytes after", plain + b"more", Reason.BUNDLE_UNREADABLE),
        ("wrong sum", zipped(("data/a", b"b" * 50), method=zipfile.ZIP_STORED).replace(b"b" * 50, b"c" * 50), Reason.BUNDLE_UNREADABLE),
        ("no zip", b"statement", Reason.BUNDLE_UNREADABLE),
        ("large", bytes(33 * 1024 * 1024), Reason.BUNDLE_TOO_LARGE),
    ]  # fmt: skip
    with pytest.warns(UserWarning, match="Duplicate"):
        found.append(("twice", zipped(("data/a", b"a"), ("data/a", b"b")), Reason.BUNDLE_NAME))
    return found


def test_a_zip_that_lies_is_refused() -> None:
    told = {name: refusal(lambda data=data: zips.read(data)) for name, data, _ in zips_that_lie()}
    assert told == {name: reason for name, _, reason in zips_that_lie()}


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_changed_byte_of_a_zip_is_refused_or_changes_nothing(data: st.DataObject) -> None:
    made = _small()
    place, byte = data.draw(st.integers(0, len(made) - 1)), data.draw(st.integers(0, 255))
    try:
        files = zips.read(made[:place] + bytes([byte]) + made[place + 1 :])
    except SignatureRefused:
        return
    assert set(files.values()) == set(zips.read(made).values())


@cache
def _small() -> bytes:
    return zips.write({"data/a": b"a" * 40, "statements/001.json": stated().to_bytes()})


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_every_refusal_has_words_in_every_language(language: str) -> None:
    for reason in Reason:
        text = wording.sentence(reason, {}, language)
        assert len(text) > 15
        assert "{" not in text


def console(*words: str | Path) -> int:
    return main.main([str(word) for word in words])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demonstration as the console makes it."""
    monkeypatch.setenv("GUMRUK_KEY_PASSWORD", folders.PASSWORD)
    assert console("pki", "demo", tmp_path / "pki") == 0
    return tmp_path / "pki"


def test_the_console_makes_keys_signs_and_judges(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.json").write_bytes(stated(iat=clock.now()).to_bytes())
    assert console("sign", tmp_path / "s.json", "--key", place / "people" / "broker.p12") == 0
    source = provider(folders.load(place))
    at = clock.now()
    made = source.stamped((tmp_path / "s.p7s").read_bytes(), at=at)
    key = open_p12((place / "people" / "broker.p12").read_bytes(), folders.PASSWORD)
    files = bundle.pack(
        [bundle.Signed((tmp_path / "s.json").read_bytes(), made)], DATA, [source.evidence(key.certificate, at=at)]
    )
    (tmp_path / "b.zip").write_bytes(zips.write(files))
    for name, data in files.items():
        (tmp_path / "b" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "b" / name).write_bytes(data)
    capsys.readouterr()
    trust = ("--trust", place / "certificates")
    for language, words in (
        ("tg", "Имзоҳо дурустанд."),
        ("ru", "Подписи действительны."),
        ("en", "The signatures hold."),
    ):
        assert console("verify", tmp_path / "b.zip", *trust, "--language", language) == 0
        assert capsys.readouterr().out.startswith(words)
    assert console("verify", tmp_path / "b", *trust, "--require", "broker") == 0
    assert "prove nothing" in capsys.readouterr().out
    assert console("verify", tmp_path / "b", *trust, "--require", "officer") == 1
    assert "(signer_missing)" in capsys.readouterr().out
    assert console("verify", tmp_path / "b.zip", *trust, "--sealed") == 1
    (tmp_path / "b" / "data" / "invoice.pdf").write_bytes(b"other")
    assert console("verify", tmp_path / "b", *trust) == 1
    assert "(bundle_file_missing)" in capsys.readouterr().out
    assert console("verify", tmp_path / "b", "--trust", tmp_path / "nothing") == 2


def test_the_console_signs_nothing_but_a_statement(place: Path, tmp_path: Path) -> None:
    (tmp_path / "order.txt").write_bytes(b"pay 1000")
    assert console("sign", tmp_path / "order.txt", "--key", place / "people" / "broker.p12") == 1
    assert not (tmp_path / "order.p7s").exists()


def test_keys_are_their_owners_only_and_are_not_made_twice(place: Path) -> None:
    before = (place / "keys" / "root.pem").read_bytes()
    assert console("pki", "demo", place) == 0
    assert (place / "keys" / "root.pem").read_bytes() == before
    assert {oct(os.stat(path).st_mode & 0o777) for path in place.rglob("*.p*")} == {"0o600"}  # noqa: PTH116


def test_authorities_answer_on_the_loopback_and_a_revocation_holds_at_once(place: Path) -> None:
    at = clock.now()
    key = open_p12((place / "people" / "broker.p12").read_bytes(), folders.PASSWORD)
    server = site.server(place, 0, clock.now)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    answers = HttpAnswers(site.addresses(server.server_port), frozenset({"127.0.0.1"}))
    source = provider(folders.load(place), answers)
    try:
        one = replace(signed(), statement=(raw := stated().to_bytes()), at=clock.now())
        made = source.stamped(key.sign(raw, at=at, approval=False), at=at)
        held = bundle.pack([bundle.Signed(raw, made)], DATA, [source.evidence(key.certificate, at=at)])
        judge = {"trust": source.trust, "policy_of": lambda _: POLICY, "at": clock.now()}
        assert len(bundle.judge(held, **judge)) == 1  # type: ignore[arg-type]
        assert console("pki", "revoke", "broker", "--folder", place) == 0
        later = source.evidence(key.certificate, at=at)
        assert later.crls != one.evidence.crls
        assert folders.load(place).revoked
        assert (
            refusal(lambda: HttpAnswers(answers.addresses, frozenset({"elsewhere"})).lists(at=at))
            is Reason.SOURCE_REFUSED
        )
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert refusal(lambda: source.evidence(key.certificate, at=at)) is Reason.SOURCE_SILENT
    assert console("pki", "revoke", "nobody", "--folder", place) == 2
