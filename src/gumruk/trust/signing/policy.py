"""What the dated law allows a signature to be made of. Nothing here is a value: the rows are in `law/data/parameters/signing`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gumruk.law.day import Law, ParameterUnknown
from gumruk.trust.signing.refusing import Reason, SignatureRefused

PARAMETERS = ("signature_digests", "signature_keys", "signature_arrival_seconds", "signature_policies")


@dataclass(frozen=True, slots=True)
class Policy:
    """Allowed digests (`sha256`), keys (`ec:secp256r1`, `rsa:3072` for at least), policy names, distance of the stamp."""

    digests: frozenset[str]
    keys: frozenset[str]
    policies: frozenset[str]
    arrival: timedelta

    @classmethod
    def of(cls, law: Law) -> Policy:
        """What the law of its day says. Raises SignatureRefused `policy_unknown`: unknown allows nothing."""
        try:
            digests, keys, seconds, names = (law.value(name) for name in PARAMETERS)
        except ParameterUnknown:
            raise SignatureRefused(Reason.POLICY_UNKNOWN) from None
        return cls(_set(digests), _set(keys), _set(names), timedelta(seconds=_whole(seconds)))

    def allows_key(self, algorithm: str, curve: str, bits: int) -> bool:
        """Whether a public key may be used: a curve by its name, RSA by its length."""
        if algorithm == "ec":
            return f"ec:{curve}" in self.keys
        if algorithm != "rsa":
            return False
        least = [int(one.removeprefix("rsa:")) for one in self.keys if one.startswith("rsa:")]
        return bool(least) and bits >= min(least)


def _set(value: object) -> frozenset[str]:
    return (
        frozenset(str(one) for one in value)
        if isinstance(value, Sequence) and not isinstance(value, str)
        else frozenset()
    )


def _whole(value: object) -> int:
    return int(str(value))
