"""What `gumruk verify` does; a module of its own, so that other commands start without its libraries."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from gumruk.lawbook import shipped
from gumruk.toolkit import clock
from gumruk.toolkit.environment import current
from gumruk.trust.pki.issuing import MARK
from gumruk.trust.signing import bundle, manifest, wording, zips
from gumruk.trust.signing.container import claimed_time
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Trust


def answer(chosen: argparse.Namespace) -> int:
    """Judge the bundle and print the verdict."""
    folder: Path = chosen.trust or current().state / "pki" / "certificates"
    try:
        trust = Trust(*((_certificate(folder / f"{name}.pem"),) for name in ("root", "issuing", "services")))
        files = _files(chosen.bundle)
    except (OSError, ValueError) as failed:
        print(f"gumruk: {getattr(failed, 'filename', None) or folder}: {failed}", file=sys.stderr)
        return 2
    except SignatureRefused as refused:
        return _refused(refused, chosen.language)
    try:
        lines = _verdicts(files, trust, chosen)
    except SignatureRefused as refused:
        return _refused(refused, chosen.language)
    print("\n".join(lines))
    if MARK.encode() in trust.roots[0]:
        print(wording.said(wording.TEST, chosen.language))
    return 0


def _verdicts(files: bundle.Files, trust: Trust, chosen: argparse.Namespace) -> list[str]:
    language: str = chosen.language
    found = bundle.judge(files, trust=trust, policy_of=_policy, at=clock.now(), required=chosen.require)
    lines = [wording.said(wording.HOLDS, language)]
    for number, one in enumerate(found, start=1):
        said = one.statement
        lines.append(
            wording.said(
                wording.SIGNED, language, number=number, act=said.act, role=said.role, lrn=said.lrn,
                version=said.version, subject=one.subject, at=one.stamped_at.isoformat(),
            )
        )  # fmt: skip
    if chosen.sealed or any(name.startswith("META-INF/") for name in files):
        policy = _policy(claimed_time(files.get(manifest.SEAL, b"")).date())
        seal = manifest.require_sealed(files, trust=trust, evidence=bundle.evidence_of(files), policy=policy)
        lines.append(wording.said(wording.SEALED, language, subject=seal.subject, at=seal.stamped_at.isoformat()))
    return lines


def _refused(refused: SignatureRefused, language: str) -> int:
    code = wording.said(wording.REFUSED, language, code=refused.code.value)
    print(f"{code} {wording.sentence(refused.code, refused.values, language)}")
    return 1


def _certificate(path: Path) -> bytes:
    return x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(serialization.Encoding.DER)


@lru_cache
def _policy(day: date) -> Policy:
    return Policy.of(shipped.on(day))


def _files(place: Path) -> dict[str, bytes]:
    """The files of a zip or of a folder, under the same limits."""
    if not place.is_dir():
        if place.stat().st_size > zips.LARGEST_ZIP:
            raise SignatureRefused(Reason.BUNDLE_TOO_LARGE)
        return zips.read(place.read_bytes())
    found: dict[str, bytes] = {}
    room = zips.LARGEST
    for path in sorted(place.rglob("*")):
        name = path.relative_to(place).as_posix()
        if path.is_dir() or name == zips.FIRST:
            continue
        zips.require_name(name)
        room -= path.stat().st_size
        if path.is_symlink() or not path.is_file() or room < 0 or len(found) >= zips.MOST:
            raise SignatureRefused(Reason.BUNDLE_TOO_LARGE if room < 0 else Reason.BUNDLE_NAME, name=name[:80])
        found[name] = path.read_bytes()
    return found
