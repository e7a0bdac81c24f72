"""Help in the language of a page: what a field's hint, its side panel and the page of boxes show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.helping import FieldHelp, field_help, key_of
from gumruk.rules.form import Field


@dataclass(frozen=True, slots=True)
class Hint:
    """Help with one field, in one language."""

    key: str
    label: str
    box: str
    what: str
    where: str
    example: str
    wrong: str
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Box:
    """The fields of one box of the form."""

    number: str
    hints: tuple[Hint, ...]


def hint_at(path: str, language: str) -> Hint | None:
    """Help with the field at a path of content (`items/2/net_mass`); None when the form has no such field."""
    key = key_of(path)
    field = dict(_fields()).get(key)
    return _hint(key, field, language) if field else None


def boxes(language: str) -> list[Box]:
    """Every box with its fields: first letters, then numbers, as on the form."""
    found: dict[str, list[Hint]] = {}
    for key, field in _fields():
        hint = _hint(key, field, language)
        if hint:
            found.setdefault(field.box, []).append(hint)
    return [Box(number, tuple(found[number])) for number in sorted(found, key=place_of)]


def place_of(box: str) -> tuple[bool, int, str]:
    """Numbers first, by number; then the boxes A to D."""
    return (not box.isdigit(), int(box) if box.isdigit() else 0, box)


def hint_of(field: Field, path: str, language: str) -> Hint | None:
    """Help with a field whose place on a page is known."""
    return _hint(key_of(path), field, language)


def _hint(key: str, field: Field, language: str) -> Hint | None:
    said: FieldHelp | None = field_help().get(key)
    if said is None:
        return None
    return Hint(
        key,
        field.label.in_language(language),
        field.box,
        said.what.in_language(language),
        said.where.in_language(language),
        said.example.in_language(language),
        said.wrong.in_language(language),
        said.source,
        str(said.confidence),
    )


def _fields() -> Iterator[tuple[str, Field]]:
    form = lawbook.form()
    yield from ((f"header/{name}", field) for name, field in form.header.items())
    yield from ((f"item/{name}", field) for name, field in form.item.items())
    for section, lists in (("header_lists", form.header_lists), ("item_lists", form.item_lists)):
        for group in lists.values():
            yield from ((f"{section}/{group.name}/{name}", field) for name, field in group.fields.items())
