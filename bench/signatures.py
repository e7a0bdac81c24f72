"""Signatures, CPU time on one core: `python -m bench.signatures`. Goals: strict verify 60/s, seal 80/s, statement of 200 items under 5 ms.

Strict verify is everything that acceptance asks for: statement, signature, path, revocation of all on it (lists and
status read anew each time from bytes, lists kept parsed), time stamp and its path. Beside it, what its parts cost.
Text goes to `bench/results/`.
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from cryptography.hazmat.primitives.asymmetric import rsa

from gumruk.cli.demo_content import content
from gumruk.lawbook import shipped
from gumruk.trust.pki.authority import Authority
from gumruk.trust.pki.issuing import Wish
from gumruk.trust.pki.providing import provider
from gumruk.trust.signing import bundle, canonical, statement, verifier, zips
from gumruk.trust.signing.keys import Key
from gumruk.trust.signing.policy import Policy
from gumruk.trust.signing.statement import Payload, Statement
from gumruk.trust.signing.verifier import Expected

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
POLICY_NAME = "urn:gumruk:sigpolicy:1"
ROUNDS, BATCH = 7, 30
RESULTS = Path(__file__).parent / "results"


def measured(ask: Callable[[], object], batch: int = BATCH) -> float:
    """Milliseconds of CPU for one call: the median of batches."""
    ask()
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(batch):
            ask()
        found.append((time.process_time() - began) / batch * 1000)
    return statistics.median(found)


def said(payload: bytes) -> Statement:
    return Statement(
        act="lodge", role="broker", aud="office:ZZ001", lrn="26ZZBRK0001000123", version=1,
        payload=Payload.of("application/vnd.customs.decl+json;v=1", payload), policy=POLICY_NAME, iat=AT,
        nonce=statement.new_nonce(),
    )  # fmt: skip


def lines() -> list[tuple[str, float]]:
    """Every figure: a name and the milliseconds of one."""
    authority = Authority.make(AT - timedelta(days=300))
    source, policy = provider(authority), Policy.of(shipped.on(AT.date()))
    broker = authority.person("Demo broker", since=AT - timedelta(days=10))
    wish = Wish("Demo RSA", AT - timedelta(days=10), AT + timedelta(days=100))
    long = authority.issue(wish, key=rsa.generate_private_key(65537, 3072))
    key, long_key = (Key(one.key, one.der, [authority["issuing"].der]) for one in (broker, long))
    payload = canonical.bytes_of(content(seed=1, items=10, day=date(2026, 11, 25)))
    large = content(seed=1, items=200, day=date(2026, 11, 25))
    raw = said(payload).to_bytes()
    made = source.stamped(key.sign(raw, at=AT, approval=False), at=AT)
    evidence = source.evidence(broker.der, at=AT)
    expected = Expected(
        act="lodge",
        role="broker",
        aud="office:ZZ001",
        lrn="26ZZBRK0001000123",
        version=1,
        payload=payload,
        attachments={},
    )

    def accept() -> object:
        return verifier.accept(
            statement=raw,
            signature=made,
            expected=expected,
            trust=source.trust,
            evidence=evidence,
            policy=policy,
            at=AT,
        )

    def again() -> object:
        return verifier.reverify(statement=raw, signature=made, trust=source.trust, evidence=evidence, policy=policy)

    files = bundle.pack([bundle.Signed(raw, made)], {"declaration.json": payload}, [evidence])
    whole = zips.write(files)
    return [
        ("strict verify on arrival", measured(accept)),
        ("strict verify later, from kept evidence", measured(again)),
        ("a bundle from its zip, one signature", measured(lambda: bundle.judge(zips.read(whole), trust=source.trust, policy_of=lambda _: policy, at=AT))),
        ("seal: sign P-256", measured(lambda: key.sign(raw, at=AT, approval=True))),
        ("seal: sign RSA-3072", measured(lambda: long_key.sign(raw, at=AT, approval=True))),
        ("time stamp: ask, answer, add (in process)", measured(lambda: source.stamped(made, at=AT))),
        ("statement of a declaration of 10 items", measured(lambda: said(payload).to_bytes())),
        ("canonical payload and statement, 200 items", measured(lambda: said(canonical.bytes_of(large)).to_bytes(), 10)),
        ("read the statement strictly", measured(lambda: statement.read(raw))),
    ]  # fmt: skip


def main() -> None:
    """Print the table and keep it."""
    found = lines()
    rows = [f"{name:<45} {ms:8.2f} ms {1000 / ms:10.0f}/s" for name, ms in found]
    head = f"CPU time on one core, median of {ROUNDS} batches, Python {platform.python_version()}, {platform.machine()}"
    goals = "Goals: strict verify 60/s, seal 80/s, statement of 200 items under 5 ms"
    text = "\n".join([head, *rows, goals])
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "signatures.txt").write_text(text + "\n")


if __name__ == "__main__":
    main()
