"""Which format a file has, and its reader."""

from __future__ import annotations

from gumruk.exchange import asycuda, json_files
from gumruk.exchange.types import FileRefused, ParsedFile


def parse(data: bytes) -> ParsedFile:
    """Content from the bytes of a file, whatever its name. Raises FileRefused."""
    start = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start.startswith(b"{"):
        return json_files.parse(data)
    if start.startswith(b"<"):
        return asycuda.parse(data)
    raise FileRefused("unknown_format")
