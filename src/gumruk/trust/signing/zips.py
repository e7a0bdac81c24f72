"""Reads and writes the zip of a bundle. The reader believes nothing that a zip says of itself.

Refused: names that climb, twice the same name, links and secrets, other methods, bytes before, between or after, more
than the limits unpacked, and a first file that is not the type.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO

from gumruk.trust.signing.refusing import Reason, SignatureRefused

MEDIA_TYPE = b"application/vnd.etsi.asic-e+zip"
FIRST = "mimetype"
LARGEST, LARGEST_ZIP, MOST = 64 * 1024 * 1024, 32 * 1024 * 1024, 2_000
_PART = re.compile(r"[^\x00-\x1f\x7f/\\:\ud800-\udfff]{1,200}")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OverflowError,
)
WHEN = (2020, 1, 1, 0, 0, 0)  # the same files make the same bytes


def require_name(name: str) -> None:
    """A path below the folder, spelled in one way. Raises SignatureRefused."""
    if len(name) > 400 or not all(
        _PART.fullmatch(part) and part.strip(". ") == part.strip() != "" for part in name.split("/")
    ):
        raise SignatureRefused(Reason.BUNDLE_NAME, name=name[:80].encode("ascii", "replace").decode())


def write(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, the type first and not packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(FIRST, WHEN), MEDIA_TYPE, zipfile.ZIP_STORED)
        for name in sorted(files.keys() - {FIRST}):
            require_name(name)
            archive.writestr(zipfile.ZipInfo(name, WHEN), files[name], zipfile.ZIP_DEFLATED)
    return made.getvalue()


def read(data: bytes) -> dict[str, bytes]:
    """Every file of a zip by its name, without the type. Raises SignatureRefused."""
    if len(data) > LARGEST_ZIP:
        raise SignatureRefused(Reason.BUNDLE_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, data)
    except _BROKEN:
        raise SignatureRefused(Reason.BUNDLE_UNREADABLE) from None


def _read(archive: zipfile.ZipFile, data: bytes) -> dict[str, bytes]:
    held = archive.infolist()
    _require_whole(archive, held, data)
    found: dict[str, bytes] = {}
    room = LARGEST
    for one in held:
        if one.orig_filename != one.filename or one.is_dir():
            raise SignatureRefused(Reason.BUNDLE_NAME, name=one.filename[:80])
        require_name(one.filename)
        if one.filename.casefold() in {name.casefold() for name in found}:
            raise SignatureRefused(Reason.BUNDLE_NAME, name=one.filename[:80])
        kind = stat.S_IFMT(one.external_attr >> 16)
        if one.flag_bits & 0x41 or kind not in (0, stat.S_IFREG):
            raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
        if one.file_size > room:
            raise SignatureRefused(Reason.BUNDLE_TOO_LARGE)
        with archive.open(one) as file:
            found[one.filename] = _bounded(file, room)
        room -= len(found[one.filename])
    if not held or held[0].filename != FIRST or found.pop(FIRST) != MEDIA_TYPE or held[0].compress_type:
        raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
    return found


def _bounded(file: IO[bytes], room: int) -> bytes:
    read = file.read(room + 1)
    if len(read) > room:
        raise SignatureRefused(Reason.BUNDLE_TOO_LARGE)
    return read


def _require_whole(archive: zipfile.ZipFile, held: list[zipfile.ZipInfo], data: bytes) -> None:
    """Entries follow each other from the first byte to the directory, and nothing comes after it."""
    if len(held) > MOST:
        raise SignatureRefused(Reason.BUNDLE_TOO_LARGE)
    place = 0
    for one in sorted(held, key=lambda info: info.header_offset):
        if one.header_offset != place or data[place : place + 4] != b"PK\x03\x04":
            raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
        name, extra = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (26, 28))
        place += 30 + name + extra + one.compress_size
    end = len(data) - 22
    if place != archive.start_dir or data[end : end + 4] != b"PK\x05\x06" or archive.comment:
        raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
    if int.from_bytes(data[end + 12 : end + 16], "little") + place != end:
        raise SignatureRefused(Reason.BUNDLE_UNREADABLE)
