"""Compile every catalogue of translations; set-up runs it, because the compiled files are not kept."""

from __future__ import annotations

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

for source in Path("src/gumruk/locale").glob("*/LC_MESSAGES/django.po"):
    with source.open("rb") as file:
        catalogue = read_po(file)
    with source.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
