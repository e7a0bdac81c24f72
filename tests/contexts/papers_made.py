"""Files that tests make themselves, beside the PDF of the demonstration: a PNG, a JPEG, a workbook."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from gumruk.cli.demo_papers import pdf

__all__ = ["jpeg", "pdf", "png", "xlsx"]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 8, height: int = 8, *, shade: int = 120) -> bytes:
    """A grey picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (b"\x00" + bytes([shade]) * width) * height if width * height < 10_000_000 else b""
    body = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """The frame of a JPEG: what tells its size, without the picture itself."""
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    return head + b"\xff\xc0\x00\x0b\x08" + struct.pack(">HH", height, width) + b"\x01\x01\x11\x00" + b"\xff\xd9"


def xlsx(*more: str) -> bytes:
    """A workbook's parts, as far as they are looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name in ("[Content_Types].xml", "xl/workbook.xml", *more):
            book.writestr(name, "<x/>")
    return out.getvalue()
