"""Turns a template and data into PDF with Typst. The same input gives the same bytes: date and fonts are given, not found.

Fonts come from the folder that set-up fills from a package; without it the serif that Typst carries is used, which has
every Tajik letter too. Fonts of the machine are never looked at.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
FORMS = HERE / "forms"
FONTS = HERE / "fonts"


@cache
def _compiler(form: str) -> typst.Compiler:
    return typst.Compiler(
        str(FORMS / f"{form}.typ"), root=str(FORMS), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def typeset(form: str, data: dict[str, Any], *, dated: date) -> bytes:
    """The PDF of a form. It is made for archives (PDF/A-2b) unless it holds a letter that no font of ours has."""
    inputs = {"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}
    stamp = int(datetime.combine(dated, time(), UTC).timestamp())
    try:
        made = _compiler(form).compile(format="pdf", sys_inputs=inputs, timestamp=stamp, pdf_standards=["a-2b"])
    except typst.TypstError as wrong:
        if "could not be displayed" not in str(wrong):
            raise
        made = _compiler(form).compile(format="pdf", sys_inputs=inputs, timestamp=stamp)
    if not isinstance(made, bytes):  # pragma: no cover - one file was asked for
        raise TypeError("typst gave no single file")
    return made
