"""Every word of a page is translated into Tajik and Russian."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import gumruk

ROOT = Path(gumruk.__file__).parent


def used() -> set[str]:
    """Every text that templates and labels mark for translation."""
    texts: set[str] = set()
    for page in (ROOT / "web" / "templates").rglob("*.html"):
        texts |= set(re.findall(r"""{% trans ["'](.+?)["'](?: context ["'].+?["'])? %}""", page.read_text()))
        texts |= set(re.findall(r'_\("(.+?)"\)', page.read_text()))
    for module in (ROOT / "web").rglob("*.py"):
        texts |= set(re.findall(r'_\("(.+?)"\)', module.read_text()))
        texts |= set(re.findall(r'gettext\("(.+?)"\)', module.read_text()))
    return texts


@pytest.mark.parametrize("language", ["tg", "ru"])
def test_every_text_has_a_translation(language: str) -> None:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        said = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    assert len(used()) > 100
    assert {text for text in used() if not said.get(text)} == set()
