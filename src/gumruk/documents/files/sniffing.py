"""What a file is, found from its bytes and never from its name. Nothing is run; every loop and every inflation is bounded."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

from lxml import etree

from gumruk.documents.files.types import JPEG, PDF, PNG, TEXT, XLSX, XML, Caution, Found

# Known by their first bytes alone: named in the refusal, so that people know what they sent.
_OTHERS = ((b"II*\x00", "image/tiff"), (b"MM\x00*", "image/tiff"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
           (b"PK\x03\x04", "application/zip"), (b"MZ", "application/x-msdownload"), (b"\x7fELF", "application/x-executable"),
           (b"Rar!\x1a\x07", "application/x-rar"), (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
           (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"))  # fmt: skip
_INFLATED = 16_000_000  # bytes that are looked through inside compressed parts of one PDF
_STREAMS = 10_000  # compressed parts that are looked into
_SCRIPTS = (b"JavaScript", b"JS", b"Launch", b"RichMedia", b"XFA", b"SubmitForm", b"ImportData")


def _named(*words: bytes) -> re.Pattern[bytes]:
    """One of these PDF names; any letter of a name may be written as #xx."""
    spelt = [b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in word) for word in words]
    return re.compile(b"/(?:" + b"|".join(spelt) + b")(?![A-Za-z0-9#])")


_MARKS = ((Caution.SCRIPT, _named(*_SCRIPTS)), (Caution.ATTACHMENT, _named(b"EmbeddedFile", b"EmbeddedFiles", b"Filespec")),
          (Caution.ENCRYPTED, _named(b"Encrypt")))  # fmt: skip
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG markers that carry the size
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG markers without a length


def recognised(data: bytes) -> Found | None:
    """What the bytes are; None when they are nothing that is known here. A kind that is known may still not be taken."""
    for look in _LOOKS:
        found = look(data)
        if found is not None:
            return found
    other = next((name for start, name in _OTHERS if data.startswith(start)), None)
    if other is None and data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        other = "image/webp"
    return Found(other) if other else _words(data)


def _pdf(data: bytes) -> Found | None:
    """A PDF, which starts at its first byte. What names it holds is looked for in its plain and its packed objects."""
    if not re.match(rb"%PDF-[12]\.[0-9]", data):
        return None
    parts = [data, *_packed_objects(data)]
    cautions = [caution for caution, name in _MARKS if any(name.search(part) for part in parts)]
    if b"%%EOF" not in data[-2048:]:
        cautions.append(Caution.BROKEN)
    return Found(PDF, tuple(cautions))


def _packed_objects(data: bytes) -> list[bytes]:
    """The objects that lie in compressed streams, as far as the bounds allow."""
    parts: list[bytes] = []
    seen = memoryview(data)
    left, place, end = _INFLATED, 0, 0
    for _ in range(_STREAMS):
        place = data.find(b"/ObjStm", place) + 1
        start = data.find(b"stream", place, place + 2000)
        if not place or left <= 0:
            break
        if start < 0:
            continue
        start = start + 8 if data[start + 6 : start + 8] == b"\r\n" else start + 7
        end = end if end >= start else data.find(b"endstream", start)  # looked for once, however many begin before it
        if end < 0:
            break
        try:
            part = zlib.decompressobj().decompress(seen[start:end], left)
        except zlib.error:
            continue
        left -= len(part)
        parts.append(part)
        place = end
    return parts


def _png(data: bytes) -> Found | None:
    if not data.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") or len(data) < 33:
        return None
    if zlib.crc32(data[12:29]) != int.from_bytes(data[29:33], "big"):
        return None
    pixels = int.from_bytes(data[16:20], "big") * int.from_bytes(data[20:24], "big")
    whole = data.endswith(b"IEND\xaeB`\x82")
    return Found(PNG, () if whole else (Caution.BROKEN,), pixels) if pixels else None


def _jpeg(data: bytes) -> Found | None:
    """A JPEG: its segments are walked to the one that says how large the picture is."""
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while place + 4 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF or marker in _ALONE:
            place += 1 if marker == 0xFF else 2
            continue
        if marker in _SOF and place + 9 <= len(data):
            pixels = int.from_bytes(data[place + 5 : place + 7], "big") * int.from_bytes(
                data[place + 7 : place + 9], "big"
            )
            whole = b"\xff\xd9" in data[-64:]
            return Found(JPEG, () if whole else (Caution.BROKEN,), pixels) if pixels else None
        place += 2 + max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
    return None


def _xlsx(data: bytes) -> Found | None:
    """A workbook; only the list of its parts is read. One with macros is known by their part."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    try:
        names = {one.filename for one in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError, UnicodeError):
        return None
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        return None
    return Found(XLSX, (Caution.SCRIPT,) if "xl/vbaProject.bin" in names else ())


def _xml(data: bytes) -> Found | None:
    """Well-formed XML. Entities are not expanded, nothing is fetched; a page for browsers is not taken for data."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    local = etree.QName(root).localname.lower()
    if local == "html":
        return Found("text/html")
    return Found(XML, (Caution.SCRIPT,) if local == "svg" or b"<?xml-stylesheet" in data else ())


def _words(data: bytes) -> Found | None:
    """Plain text in UTF-8 without anything that controls a screen; text that begins like a page for browsers is not."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if text.lstrip().startswith(("<", "%PDF", "%!PS")):
        return None
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") and letter not in "\t\r\n\f" for letter in set(text)):
        return None
    return Found(TEXT)


_LOOKS: tuple[Callable[[bytes], Found | None], ...] = (_pdf, _png, _jpeg, _xlsx, _xml)
