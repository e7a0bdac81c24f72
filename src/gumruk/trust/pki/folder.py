"""Keeps the demonstration's authorities in a folder of the operator, never in the repository: keys, what was revoked."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gumruk.trust.pki.authority import ENTITIES, Authority
from gumruk.trust.pki.issuing import Entity

PASSWORD = "demo"  # noqa: S105 - of the demonstration's key files, and says so
BACKDATED = timedelta(days=1)  # so that clocks which differ a little agree


class FolderRefused(Exception):
    """The folder holds no demonstration, or there is nobody of that name. `code` says which."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def make(folder: Path, *, people: Iterable[tuple[str, str]], at: datetime) -> bool:
    """Write a demonstration into a folder; one that is there already stays as it is. True when it was made.

    `people`: a file name and a name each; everybody gets a key file.
    """
    if (folder / "register.json").exists():
        return False
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = Authority.make((at - BACKDATED).replace(microsecond=0))
    for name in ENTITIES:
        _write(folder / "keys" / f"{name}.pem", authority[name].key_pem())
        _write(folder / "certificates" / f"{name}.pem", authority[name].pem)
    client = authority.client("Demo office", since=at - BACKDATED)
    _write(folder / "clients" / "office.p12", client.p12(PASSWORD, [authority["clients"]]))
    _write(folder / "register.json", json.dumps({"issued": {}, "revoked": {}}).encode())
    for file, name in people:
        issue(folder, file=file, name=name, at=at)
    return True


def issue(folder: Path, *, file: str, name: str, at: datetime) -> Entity:
    """A certificate for a person, as the key file `people/FILE.p12`."""
    authority = load(folder)
    entity = authority.person(f"{name} (demo)", since=(at - BACKDATED).replace(microsecond=0), identifier=file)
    _write(folder / "people" / f"{file}.p12", entity.p12(PASSWORD, [authority["issuing"]]))
    _write(folder / "people" / f"{file}.pem", entity.pem)
    said = _register(folder)
    said["issued"][file] = f"{entity.serial:x}"
    _write(folder / "register.json", json.dumps(said, indent=1).encode())
    return entity


def revoke(folder: Path, *, file: str, at: datetime) -> str:
    """From now on the certificate of this key file is revoked; gives its number."""
    said = _register(folder)
    serial = said["issued"].get(file)
    if serial is None:
        raise FolderRefused("nobody_of_that_name", name=file)
    said["revoked"].setdefault(serial, at.astimezone(UTC).replace(microsecond=0).isoformat())
    _write(folder / "register.json", json.dumps(said, indent=1).encode())
    return str(serial)


def load(folder: Path) -> Authority:
    """The authorities in a folder, with what was revoked so far."""
    said = _register(folder)
    try:
        found = {name: _entity(folder, name) for name in ENTITIES}
    except (OSError, ValueError):
        raise FolderRefused("no_demonstration", folder=str(folder)) from None
    revoked = {int(one, 16): (datetime.fromisoformat(at), "issuing") for one, at in said["revoked"].items()}
    return Authority(found, revoked)


def _entity(folder: Path, name: str) -> Entity:
    key = serialization.load_pem_private_key((folder / "keys" / f"{name}.pem").read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise ValueError(name)
    return Entity(x509.load_pem_x509_certificate((folder / "certificates" / f"{name}.pem").read_bytes()), key)


def _register(folder: Path) -> dict[str, dict[str, str]]:
    try:
        said = json.loads((folder / "register.json").read_text())
        return {"issued": dict(said["issued"]), "revoked": dict(said["revoked"])}
    except (OSError, ValueError, KeyError, TypeError):
        raise FolderRefused("no_demonstration", folder=str(folder)) from None


def _write(path: Path, data: bytes) -> None:
    """Replaced whole, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
    new.replace(path)
