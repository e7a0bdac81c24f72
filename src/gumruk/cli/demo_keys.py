"""Key files for the demonstration's people, and their certificates registered for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path


def give_keys(*, usernames: Iterable[str], folder: Path, at: datetime) -> int:
    """Make what is missing in the folder and register each certificate; returns how many were registered now."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors, services
    from gumruk.trust.pki import folder as folders
    from gumruk.trust.pki.providing import provider
    from gumruk.trust.types import TrustRefused

    people = list(usernames)
    folders.make(folder, people=[(name, name) for name in people], at=at)
    source, given = provider(folders.load(folder)), 0
    for name in people:
        person = selectors.person_named(username=name, day=law_day(at))
        path = folder / "people" / f"{name}.pem"
        if person is None or not path.exists():
            continue
        der = x509.load_pem_x509_certificate(path.read_bytes()).public_bytes(Encoding.DER)
        try:
            services.register_certificate(user_id=person.id, certificate=der, provider=source, at=at)
        except TrustRefused:  # registered at an earlier run
            continue
        given += 1
    return given
