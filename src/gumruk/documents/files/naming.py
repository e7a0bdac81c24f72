"""The name of a file as it is kept: what people see of it, without folders, hidden letters or a false ending."""

from __future__ import annotations

import re
import unicodedata

from gumruk.documents.files.types import JPEG, PDF, PNG, TEXT, XLSX, XML

LONGEST = 120
ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), TEXT: (".txt", ".csv", ".md", ".log"), XML: (".xml",),
           XLSX: (".xlsx",)}  # fmt: skip
_FORBIDDEN = re.compile(r'[<>:"|?*%;]')


def clean_name(said: str, media_type: str) -> str:
    """`said` as one plain file name of at most LONGEST letters that ends as its content asks.

    Letters that are not seen (controls, changes of direction) are dropped: a name must not read otherwise than it is.
    """
    last = re.split(r"[/\\]", said)[-1]
    kinds = ((letter, unicodedata.category(letter)[0]) for letter in unicodedata.normalize("NFC", last))
    seen = "".join(" " if kind == "Z" else letter for letter, kind in kinds if kind != "C")
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("_", seen)).strip(" .")
    endings = ENDINGS.get(media_type, ("",))
    ending = next((one for one in endings if name.lower().endswith(one) and len(name) > len(one)), "")
    stem = (name[: -len(ending)] if ending else name).strip(" .") or "document"
    ending = name[-len(ending) :] if ending else endings[0]
    return stem[: LONGEST - len(ending)].rstrip(" .") + ending
