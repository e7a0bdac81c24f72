"""Files that tests make themselves: a PDF, a PNG, a JPEG, a workbook, and some that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib


def pdf(*words: str, extra: bytes = b"") -> bytes:
    """A PDF of one page that says `words`, one a line."""
    lines = b" ".join(b"(%s) Tj T*" % word.encode() for word in words)
    content = b"BT /F1 18 Tf 60 760 Td 24 TL " + lines + b" ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R" + extra + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    return made + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)


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
