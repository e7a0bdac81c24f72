"""Writes docs/reference/glossary.md from law/data/help/glossary.yaml, the one source of the words; `--check` only compares."""

from __future__ import annotations

import sys
from pathlib import Path

from gumruk.lawbook.helping import glossary

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "glossary.md"
HEAD = "| English | Русский | Тоҷикӣ | meaning | source |\n|---|---|---|---|---|\n"


def page() -> str:
    """The page as it should stand."""
    known = glossary()
    text = f"# Glossary\n\n{known.intro}"
    for name in known.sections:
        text += f"\n## {name}\n\n{HEAD}"
        for term in known.terms:
            if term.section == name:
                words = term.words
                text += f"| {words.en} | {words.ru} | {words.tg} | {term.meaning.en} | {term.source} |\n"
    return text


def main() -> int:
    if "--check" in sys.argv:
        return 0 if PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
