"""The marks that a machine reads: the QR of the address, the Code 128 of the number, and the code that people type."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import re

import segno
from barcode.codex import Code128

# Letters and digits that are not mistaken for each other, and what people write in place of them.
_MISREAD = str.maketrans({"0": "O", "1": "I", "8": "B", "9": "G"})


def verification_code(*words: str, key: str) -> str:
    """A code that follows from what is printed and cannot be guessed: four groups of four letters and digits."""
    digest = hmac.new(key.encode(), "\x1f".join(words).encode(), hashlib.sha256).digest()
    text = base64.b32encode(digest[:10]).decode()
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def read_code(typed: str) -> str:
    """The code as it is stored, from what somebody typed; empty when it is none."""
    text = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum()).translate(_MISREAD)
    return "-".join(text[start : start + 4] for start in range(0, 16, 4)) if len(text) == 16 else ""


def qr(text: str) -> str:
    """A QR code as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", border=0, xmldecl=False)
    return out.getvalue().decode()


def modules(text: str) -> str:
    """The modules of a Code 128 as 1 (bar) and 0 (space); empty when the text has letters that it cannot carry."""
    if not text or any(not " " <= letter <= "~" for letter in text):
        return ""
    return str(Code128(text).build()[0])


def bars(text: str) -> str:
    """A Code 128 as SVG, one unit a module; empty when there is none."""
    bits = modules(text)
    if not bits:
        return ""
    path = "".join(f"M{found.start()} 0h{len(found[0])}v1h-{len(found[0])}z" for found in re.finditer("1+", bits))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(bits)} 1" preserveAspectRatio="none">'
    return f'{head}<path d="{path}"/></svg>'


def masked(text: str) -> str:
    """A name or a number of a person so that its holder knows it and nobody else learns it."""
    shown = [letter if place < 2 or place >= len(text) - 2 else "•" for place, letter in enumerate(text)]
    return "".join(shown) if len(text) > 5 else "•" * len(text)
