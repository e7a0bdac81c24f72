"""An evidence bundle: signed statements with what they are about and everything needed to judge them, for ever.

    statements/001.json, 001.p7s   a statement and its signature; the next may answer it
    data/…                         the payload and the attachments, found by their hash
    evidence/…                     revocation lists, status answers, certificates
    archive/001.tst                time stamps over all of the above, each before the one before it ages
    META-INF/…                     a manifest and its seal (`manifest`), when the bundle was exported as ASiC-E

Judged at the time of its evidence, without a database and without a connection. The roots come from whoever judges.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cryptography import x509

from gumruk.trust.signing import canonical, container, statement, verifier
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.provider import SignatureProvider
from gumruk.trust.signing.refusing import Reason, SignatureRefused
from gumruk.trust.signing.verifier import Evidence, Trust, Verdict

Files = Mapping[str, bytes]
_PLACES = {
    "statement": re.compile(r"statements/\d{3}\.json"),
    "signature": re.compile(r"statements/\d{3}\.p7s"),
    "data": re.compile(r"data/.+"),
    "crl": re.compile(r"evidence/crl-[0-9a-f]{16}\.der"),
    "ocsp": re.compile(r"evidence/ocsp-[0-9a-f]{16}\.der"),
    "certificate": re.compile(r"evidence/certificate-[0-9a-f]{16}\.der"),
    "archive": re.compile(r"archive/\d{3}\.tst"),
    "manifest": re.compile(r"META-INF/(ASiCManifest001\.xml|signature001\.p7s)"),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement with its time-stamped signature."""

    statement: bytes
    signature: bytes


def pack(signed: Sequence[Signed], data: Files, evidence: Iterable[Evidence]) -> dict[str, bytes]:
    """The files of a bundle."""
    files = {f"data/{name}": content for name, content in data.items()}
    for number, one in enumerate(signed, start=1):
        files[f"statements/{number:03}.json"] = one.statement
        files[f"statements/{number:03}.p7s"] = one.signature
    for held in evidence:
        files.update(_evidence_files(held))
    return files


def _evidence_files(evidence: Evidence) -> dict[str, bytes]:
    kinds = {"crl": evidence.crls, "ocsp": evidence.ocsps, "certificate": evidence.certificates}
    return {f"evidence/{kind}-{statement.sha256(der)[:16]}.der": der for kind, held in kinds.items() for der in held}


def archived(files: Files, provider: SignatureProvider, *, at: datetime) -> dict[str, bytes]:
    """The bundle with fresh lists and one more time stamp over all of it, so that it outlives the stamps before."""
    fresh = dict(files) | _evidence_files(Evidence(crls=provider.answers.lists(at=at)))
    number = len(_of(fresh, "archive")) + 1
    fresh[f"archive/{number:03}.tst"] = provider.stamp_over(covered(fresh, number), at=at)
    return fresh


def covered(files: Files, number: int) -> bytes:
    """What archive time stamp `number` is over: the hashes of all files but itself, later ones and the seal."""
    later = {f"archive/{one:03}.tst" for one in range(number, 1000)}
    kept = files.keys() - later - set(_of(files, "manifest"))
    hashes = [{"name": name, "sha256": statement.sha256(files[name])} for name in sorted(kept)]
    return canonical.bytes_of(hashes)


def judge(
    files: Files, *, trust: Trust, policy_of: Callable[[date], Policy], at: datetime, required: Sequence[str] = ()
) -> tuple[Verdict, ...]:
    """The verdict on every statement of a bundle, in order. Raises SignatureRefused for the first thing that is wrong.

    `required`: roles that must have signed; a removed signature leaves no trace, so the caller says whom it expects.
    """
    _require_places(files)
    evidence = evidence_of(files)
    verdicts: list[Verdict] = []
    for raw, signature in _pairs(files):
        policy = policy_of(container.claimed_time(signature).date())
        verdict = verifier.reverify(statement=raw, signature=signature, trust=trust, evidence=evidence, policy=policy)
        if any(link not in [earlier.link for earlier in verdicts] for link in verdict.statement.prev):
            raise SignatureRefused(Reason.CHAIN_BROKEN)
        if verdict.statement.policy not in policy.policies:
            raise SignatureRefused(Reason.STATEMENT_DIFFERS, field="policy")
        verdicts.append(verdict)
    _require_data(files, verdicts)
    for role in required:
        if role not in [verdict.statement.role for verdict in verdicts]:
            raise SignatureRefused(Reason.SIGNER_MISSING, role=role)
    _require_age(files, verdicts, evidence, trust, policy_of, at)
    return tuple(verdicts)


def evidence_of(files: Files) -> Evidence:
    """The evidence in a bundle."""
    return Evidence(*(tuple(_of(files, kind).values()) for kind in ("crl", "ocsp", "certificate")))


def _of(files: Files, kind: str) -> dict[str, bytes]:
    return {name: files[name] for name in sorted(files) if _PLACES[kind].fullmatch(name)}


def _require_places(files: Files) -> None:
    for name in sorted(files):
        if not any(place.fullmatch(name) for place in _PLACES.values()):
            raise SignatureRefused(Reason.BUNDLE_FILE_EXTRA, name=name[:80])
    for kind in ("archive",):
        numbers = [int(name[-7:-4]) for name in _of(files, kind)]
        if numbers != list(range(1, len(numbers) + 1)):
            raise SignatureRefused(Reason.ARCHIVE_WRONG)


def _pairs(files: Files) -> Iterable[tuple[bytes, bytes]]:
    said, signatures = _of(files, "statement"), _of(files, "signature")
    wanted = [f"statements/{number:03}" for number in range(1, max(len(said), len(signatures), 1) + 1)]
    for name in wanted:
        for whole, held in ((f"{name}.json", said), (f"{name}.p7s", signatures)):
            if whole not in held:
                raise SignatureRefused(Reason.BUNDLE_FILE_MISSING, name=whole)
    return [(said[f"{name}.json"], signatures[f"{name}.p7s"]) for name in wanted]


def _require_data(files: Files, verdicts: Sequence[Verdict]) -> None:
    """Every file that a statement names is there, as it was; and nothing else is."""
    held = {statement.sha256(content): name for name, content in _of(files, "data").items()}
    named: set[str] = set()
    for verdict in verdicts:
        said = verdict.statement
        for name, wanted in (("payload", said.payload.sha256), *((one.name, one.sha256) for one in said.attachments)):
            if wanted not in held:
                raise SignatureRefused(Reason.BUNDLE_FILE_MISSING, name=name)
            named.add(wanted)
    if len(held) != len(_of(files, "data")):
        raise SignatureRefused(Reason.BUNDLE_FILE_EXTRA, name="data")
    for wanted in held.keys() - named:
        raise SignatureRefused(Reason.BUNDLE_FILE_EXTRA, name=held[wanted][:80])


def _require_age(
    files: Files, verdicts: Sequence[Verdict], evidence: Evidence, trust: Trust, policy_of: Callable[[date], Policy],
    at: datetime,
) -> None:  # fmt: skip
    """No time stamp stands on a certificate that has ended: an archive stamp was put over it before."""
    ends = min(_ends(verdict.stamp_path) for verdict in verdicts)
    latest = max(verdict.stamped_at for verdict in verdicts)
    for number, data in enumerate(_of(files, "archive").values(), start=1):
        token = verifier.token_of(data)
        try:
            policy = policy_of(container.stamped_at(token).date())
            when, path = verifier.stamp_proof(
                token=token, data=covered(files, number), trust=trust, evidence=evidence, policy=policy
            )
        except (SignatureRefused, *container.BROKEN) as failed:
            raise SignatureRefused(Reason.ARCHIVE_WRONG) from failed
        if not latest <= when <= ends:
            raise SignatureRefused(Reason.ARCHIVE_WRONG)
        latest, ends = when, _ends(path)
    if at > ends:
        raise SignatureRefused(Reason.ARCHIVE_MISSING, until=ends.date().isoformat())


def _ends(path: Sequence[bytes]) -> datetime:
    """When the first certificate of a path ends."""
    return min(x509.load_der_x509_certificate(one).not_valid_after_utc for one in path)
