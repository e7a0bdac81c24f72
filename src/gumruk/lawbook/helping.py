"""Words that explain: help beside each field of the form, and the glossary. Read from `law/data/help`.

They are no law: a mended sentence makes no change set, and no stored result names another ruleset for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import gumruk.law
from gumruk.law.types import Confidence, Words

HELP = Path(gumruk.law.__file__).parent / "data" / "help"


@dataclass(frozen=True, slots=True)
class FieldHelp:
    """What goes into a field, where it is found, an example (invented), what is often wrong; and who says so."""

    key: str
    what: Words
    where: Words
    example: Words
    wrong: Words
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the glossary in three languages, with its meaning and where the meaning comes from."""

    section: str
    words: Words
    meaning: Words
    source: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """The sections in order, each with its name in three languages, and the terms of all of them."""

    intro: str
    sections: Mapping[str, Words]
    terms: tuple[Term, ...]


def key_of(path: str) -> str:
    """The field that a path of content names: `items/2/packages/1/kind` is `item_lists/packages/kind`."""
    parts = path.split("/")
    section, rest = ("item", parts[2:]) if parts[0] == "items" else ("header", parts)
    if len(rest) == 1:
        return f"{section}/{rest[0]}"
    return f"{section}_lists/{rest[0]}/{rest[-1]}" if len(rest) == 3 else ""


@cache
def field_help() -> Mapping[str, FieldHelp]:
    """Help by field: `header/office`, `item/net_mass`, `item_lists/documents/kind`."""
    return {one.key: one for path in sorted((HELP / "fields").glob("*.yaml")) for one in _fields(_read(path))}


@cache
def glossary() -> Glossary:
    """The glossary as it is kept: by section, in the order in which its file lists the words."""
    said = _read(HELP / "glossary.yaml")
    sections = {row["name"]["en"]: Words(**row["name"]) for row in said["sections"]}
    terms = (
        Term(row["name"]["en"], Words(tg, ru, en), Words(**meaning), source)
        for row in said["sections"]
        for en, ru, tg, meaning, source in row["terms"]
    )
    return Glossary(said["intro"], sections, tuple(terms))


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _fields(said: Mapping[str, Any]) -> Iterator[FieldHelp]:
    for key, row in said["fields"].items():
        yield FieldHelp(
            key,
            Words(**row["what"]),
            Words(**row["where"]),
            _everywhere(row["example"]),
            Words(**row["wrong"]),
            row.get("source", said["source"]),
            Confidence(row.get("confidence", said["confidence"])),
        )


def _everywhere(said: str | Mapping[str, str]) -> Words:
    """A code or a number is the same in every language."""
    return Words(said, said, said) if isinstance(said, str) else Words(**said)
