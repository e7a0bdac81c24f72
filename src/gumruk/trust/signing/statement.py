"""The statement, version 1: the few hundred bytes that somebody signs, and their strict reader.

It names the act, the role, the declaration and its version, the hash of the canonical payload and of each attachment,
the statements it answers, and a nonce. The signature is over exactly these bytes, never over a row of the database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gumruk.trust.signing import canonical
from gumruk.trust.signing.refusing import Reason, SignatureRefused

TYPE = "customs-sig-statement/1"
LARGEST = 64 * 1024
MOMENT = "%Y-%m-%dT%H:%M:%SZ"

_SHAPES = {
    "act": re.compile(r"[a-z][a-z0-9_]{0,39}"),
    "aud": re.compile(r"(office|system|party):[A-Za-z0-9._-]{1,40}"),
    "decision": re.compile(r"[A-Z][A-Z0-9_]{0,39}"),
    "iat": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "lrn": re.compile(r"[!-~]{1,64}"),
    "mediaType": re.compile(r"[!-~]{1,100}"),
    "name": re.compile(r"[^\x00-\x1f\x7f/\\\ud800-\udfff]{1,200}"),
    "nonce": re.compile(r"[0-9a-f]{32}"),
    "policy": re.compile(r"urn:[!-~]{1,100}"),
    "role": re.compile(r"[a-z][a-z_]{0,19}"),
    "sha256": re.compile(r"[0-9a-f]{64}"),
    "signature": re.compile(r"[0-9a-f]{64}"),
    "statement": re.compile(r"[0-9a-f]{64}"),
    "typ": re.compile(re.escape(TYPE)),
}
_NUMBERS = ("size", "version")


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Named:
    """A file by its name, hash and size."""

    name: str
    sha256: str
    size: int

    @classmethod
    def of(cls, name: str, data: bytes) -> Named:
        return cls(name, sha256(data), len(data))


@dataclass(frozen=True, slots=True)
class Payload:
    """What the act is about: the kind, hash and size of its canonical bytes."""

    media_type: str
    sha256: str
    size: int

    @classmethod
    def of(cls, media_type: str, data: bytes) -> Payload:
        return cls(media_type, sha256(data), len(data))


@dataclass(frozen=True, slots=True)
class Link:
    """An earlier signed statement: the hash of its bytes and of its signature value (not of its container)."""

    statement: str
    signature: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody signs."""

    act: str
    role: str
    aud: str
    lrn: str
    version: int
    payload: Payload
    policy: str
    iat: datetime
    nonce: str
    attachments: tuple[Named, ...] = ()
    prev: tuple[Link, ...] = ()
    decision: str = ""

    def to_bytes(self) -> bytes:
        """The bytes that are signed. Raises SignatureRefused when a field has not its shape."""
        said: dict[str, Any] = {
            "act": self.act,
            "attachments": [{"name": one.name, "sha256": one.sha256, "size": one.size} for one in self.attachments],
            "aud": self.aud,
            "iat": self.iat.astimezone(UTC).strftime(MOMENT),
            "lrn": self.lrn,
            "nonce": self.nonce,
            "payload": {
                "mediaType": self.payload.media_type,
                "sha256": self.payload.sha256,
                "size": self.payload.size,
            },
            "policy": self.policy,
            "prev": [{"signature": one.signature, "statement": one.statement} for one in self.prev],
            "role": self.role,
            "typ": TYPE,
            "version": self.version,
        }
        if self.decision:
            said["decision"] = self.decision
        raw = canonical.bytes_of(said)
        _require_size(raw)
        _statement(said)
        return raw


def new_nonce() -> str:
    """Sixteen random bytes, so that no two statements are the same."""
    return secrets.token_hex(16)


def read(raw: bytes) -> Statement:
    """The statement that these bytes are. Raises SignatureRefused; every field of it is then of its shape."""
    _require_size(raw)
    return _statement(canonical.value_of(raw))


def _require_size(raw: bytes) -> None:
    if len(raw) > LARGEST:
        raise SignatureRefused(Reason.STATEMENT_TOO_LARGE, limit=str(LARGEST))


_FIELDS = frozenset(
    ("act", "attachments", "aud", "iat", "lrn", "nonce", "payload", "policy", "prev", "role", "typ", "version")
)


def _statement(said: Any) -> Statement:
    fields = _fields(said, _FIELDS, "", optional=frozenset(("decision",)))
    payload = _fields(fields["payload"], frozenset(("mediaType", "sha256", "size")), "payload/")
    attachments = [
        _fields(one, frozenset(("name", "sha256", "size")), "attachments/") for one in _list(fields, "attachments")
    ]
    prev = [_fields(one, frozenset(("signature", "statement")), "prev/") for one in _list(fields, "prev")]
    if len({one["name"] for one in attachments}) != len(attachments):
        raise SignatureRefused(Reason.STATEMENT_FIELD, field="attachments/name")
    return Statement(
        act=fields["act"], role=fields["role"], aud=fields["aud"], lrn=fields["lrn"], version=fields["version"],
        payload=Payload(payload["mediaType"], payload["sha256"], payload["size"]), policy=fields["policy"],
        iat=_moment(fields["iat"]), nonce=fields["nonce"],
        attachments=tuple(Named(one["name"], one["sha256"], one["size"]) for one in attachments),
        prev=tuple(Link(one["statement"], one["signature"]) for one in prev), decision=fields.get("decision", ""),
    )  # fmt: skip


def _fields(said: Any, wanted: frozenset[str], where: str, optional: frozenset[str] = frozenset()) -> Mapping[str, Any]:
    """The object with exactly the wanted fields, each text and number of its shape."""
    if not isinstance(said, dict):
        raise SignatureRefused(Reason.STATEMENT_FIELD, field=where or "/")
    for name in sorted((wanted - said.keys()) | (said.keys() - wanted - optional)):
        raise SignatureRefused(Reason.STATEMENT_FIELD, field=f"{where}{name}"[:60])
    for name, value in said.items():
        shape = _SHAPES.get(name)
        right = shape is None or (isinstance(value, str) and shape.fullmatch(value) is not None)
        if name in _NUMBERS:
            right = type(value) is int and value >= (1 if name == "version" else 0)
        if not right:
            raise SignatureRefused(Reason.STATEMENT_FIELD, field=f"{where}{name}")
    return said


def _list(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = fields[name]
    if not isinstance(value, list):
        raise SignatureRefused(Reason.STATEMENT_FIELD, field=name)
    return value


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=UTC)
    except ValueError:
        raise SignatureRefused(Reason.STATEMENT_FIELD, field="iat") from None
