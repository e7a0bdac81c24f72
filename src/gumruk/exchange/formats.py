"""Which format a file has, and its reader: the one door for files. Nothing but FileRefused ever escapes."""

from __future__ import annotations

from gumruk.exchange import asycuda, json_files, sheets, wco
from gumruk.exchange.types import FileRefused, ParsedFile, Unused
from gumruk.exchange.xml_door import root_of

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parse(data: bytes) -> ParsedFile:
    """Content from the bytes of a file, whatever its name. Raises FileRefused."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if not data.strip():
        raise FileRefused("empty")
    if start.startswith(b"{"):
        return json_files.parse(data)
    if start.startswith(b"<"):
        return _xml(data)
    if start.startswith(b"PK\x03\x04"):
        return sheets.parse(data)
    if data.startswith(_OLD_EXCEL):
        raise FileRefused("old_excel")
    return _csv(data)


def unused_of(residue: bytes) -> tuple[Unused, ...]:
    """What of a stored file was not used, for a page that shows it again."""
    return parse(residue).unused


def _xml(data: bytes) -> ParsedFile:
    root = root_of(data)
    message = wco.envelope(root)
    return asycuda.read(root, data) if message is None else wco.read(message, data)


def _csv(data: bytes) -> ParsedFile:
    """Anything else may be a CSV of items: it is one when its head is known."""
    try:
        return sheets.parse(data)
    except FileRefused as refused:
        if refused.code in ("no_header", "control_character", "wrong_encoding", "not_csv"):
            raise FileRefused("unknown_format") from refused
        raise
