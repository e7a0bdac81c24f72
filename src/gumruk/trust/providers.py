"""The provider of signatures that the law of the day names. The test one answers from its folder in the same process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gumruk.law.day import Law, ParameterUnknown
from gumruk.trust.pki import folder as folders
from gumruk.trust.pki import providing
from gumruk.trust.signing.provider import SignatureProvider
from gumruk.trust.signing.refusing import Reason, SignatureRefused


def provider_of(law: Law, place: Path) -> SignatureProvider:
    """The provider in use; `place` is the folder of the test provider. Raises SignatureRefused `provider_unknown`."""
    try:
        name = law.value("signature_provider")
    except ParameterUnknown:
        name = None
    if name != providing.NAME:
        raise SignatureRefused(Reason.PROVIDER_UNKNOWN, name=str(name or "–"))
    try:
        return _test(place, (place / "register.json").stat().st_mtime_ns)
    except (OSError, folders.FolderRefused):
        raise SignatureRefused(Reason.PROVIDER_UNKNOWN, name=providing.NAME) from None


@lru_cache(maxsize=2)
def _test(place: Path, changed: int) -> SignatureProvider:  # noqa: ARG001 - a revocation changes the register
    return providing.provider(folders.load(place))
