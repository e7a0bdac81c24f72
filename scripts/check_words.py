"""Every sentence that the program shows is translated into Tajik and Russian: none missing, empty, only guessed or left over.

A sentence in a catalogue that no code names fails too: it is dead, or built where nobody can find it (inside an f-string,
from data). Mark such a one where it stands with `gettext_noop`.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")
SOURCE = Path("src/gumruk")
LANGUAGES = ("tg", "ru")
Sentence = tuple[str, str]  # context, text
KEYWORDS: dict[str, object] = dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"))
KEYWORDS |= {"ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2)}


def sentences() -> dict[Sentence, str]:
    """Each sentence in the code, with its context, and the first place where it stands."""
    found: dict[Sentence, str] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= {text: place for text, place in _in(path, path.read_bytes()) if text not in found}
    from django.utils.translation.template import templatize

    for path in sorted(SOURCE.rglob("*.html")):
        # What is not a sentence becomes a row of X; the space before it must not look like Python's indentation.
        lines = [line.strip() for line in templatize(path.read_text(encoding="utf-8"), str(path)).splitlines()]
        found |= {text: place for text, place in _in(path, "\n".join(lines).encode()) if text not in found}
    return found


def _in(path: Path, source: bytes) -> Iterator[tuple[Sentence, str]]:
    for line, message, _, context in extract("python", io.BytesIO(source), keywords=KEYWORDS):  # type: ignore[arg-type]
        for text in message if isinstance(message, tuple) else (message,):
            if text:
                yield (context or "", text), f"{path}:{line}"


def fault_of(message: Message | None) -> str:
    """What is not right with a translation; empty when it is."""
    if message is None:
        return "is missing"
    if message.fuzzy:
        return "is only guessed (fuzzy)"
    said = message.string
    return "" if all(said if isinstance(said, tuple) else (said,)) else "is empty"


def main() -> int:
    """Compare the code with both catalogues."""
    used = sentences()
    faults = 0
    for language in LANGUAGES:
        path = SOURCE / "locale" / language / "LC_MESSAGES" / "django.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        held = {}
        for message in catalogue:
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                held[message.context or "", text] = message
        for (context, text), place in used.items():
            amiss = fault_of(held.get((context, text)))
            if amiss:
                faults += 1
                about = f" ({context})" if context else ""
                sys.stdout.write(f"{place}: {language}: {text!r}{about} {amiss} in {path}\n")
        unused = [(context, text) for context, text in held if text and (context, text) not in used]
        faults += len(unused)
        sys.stdout.write(f"{language}: {len(used)} sentences used, {len(unused)} in the catalogue that no code names\n")
        for context, text in unused:
            about = f" ({context})" if context else ""
            sys.stdout.write(f"  unused: {text!r}{about}\n")
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
