"""Help beside the fields and the glossary: whole in three languages, and nothing that no field has."""

from __future__ import annotations

import importlib.util
import re
from itertools import chain
from pathlib import Path

import pytest

from gumruk.law.types import Confidence, Words
from gumruk.lawbook import files
from gumruk.lawbook.helping import field_help, glossary, key_of
from gumruk.rules.checks.kinds import KINDS

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("tg", "ru", "en")
ONLY_TAJIK = re.compile("[ғӣқӯҳҷҒӢҚӮҲҶ]")
NOT_TAJIK = re.compile("[цщыьЦЩЫЬ]")


def every_field() -> set[str]:
    form = files.form()
    found = {f"header/{name}" for name in form.header} | {f"item/{name}" for name in form.item}
    for section, lists in (("header_lists", form.header_lists), ("item_lists", form.item_lists)):
        found |= {f"{section}/{group.name}/{name}" for group in lists.values() for name in group.fields}
    return found


def test_every_field_has_help_and_nothing_else_has() -> None:
    assert set(field_help()) == every_field()


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_whole_in_each_language(language: str) -> None:
    for key, one in field_help().items():
        said = [getattr(words, language) for words in (one.what, one.where, one.wrong, one.example)]
        assert all(text.strip() == text and text for text in said), key
        sentences = " ".join(said[:3])
        assert all(text.endswith(".") for text in said[:3]), key
        assert len(sentences) <= 520, key  # four short sentences, not a manual
        assert one.source, key


def test_each_language_is_that_language() -> None:
    for key, one in field_help().items():
        tajik = f"{one.what.tg} {one.where.tg} {one.wrong.tg}"
        russian = f"{one.what.ru} {one.where.ru} {one.wrong.ru}"
        english = f"{one.what.en} {one.where.en} {one.wrong.en}"
        assert ONLY_TAJIK.search(tajik), key
        assert not NOT_TAJIK.search(tajik), key
        assert not ONLY_TAJIK.search(russian), key
        assert not re.search("[а-яА-Я]", english), key


def test_what_no_tajik_text_confirms_says_so() -> None:
    confirmed = {key for key, one in field_help().items() if one.confidence is Confidence.CONFIRMED}
    # Only where an international text says all of it: the methods of value, the marks of containers.
    assert confirmed == {
        "item/valuation_method",
        "item_lists/containers/number",
        "item_lists/containers/size_type",
    }


def test_examples_of_numbers_are_read_by_their_fields() -> None:
    form = files.form()
    fields = {f"header/{name}": field for name, field in form.header.items()}
    fields |= {f"item/{name}": field for name, field in form.item.items()}
    for key, field in fields.items():
        example = field_help()[key].example.en
        if field.kind in ("integer", "decimal") and example != "empty":
            assert re.fullmatch(r"[0-9]+(\.[0-9]+)?", example), key
        if field.kind == "text" and field.length:
            assert len(example) <= field.length, key


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("office", "header/office"),
        ("transit_offices/2/country", "header_lists/transit_offices/country"),
        ("items/12/net_mass", "item/net_mass"),
        ("items/1/documents/3/kind", "item_lists/documents/kind"),
        ("items/1", ""),
        ("items/1/documents/3", ""),
        ("", "header/"),
    ],
)
def test_a_path_names_its_field(path: str, key: str) -> None:
    assert key_of(path) == key


def test_help_is_no_law() -> None:
    keys = {entry.key for entry in files.entries()}
    assert "header/office" in keys  # the field itself is
    assert not any("where" in entry.body or "wrong" in entry.body for entry in files.entries())


def test_every_word_of_the_glossary_stands_in_three_languages() -> None:
    known = glossary()
    for term in known.terms:
        for words in (term.words, term.meaning):
            assert all(getattr(words, language).strip() for language in LANGUAGES), term
        assert not ONLY_TAJIK.search(term.words.ru + term.meaning.ru), term
        assert not NOT_TAJIK.search(term.words.tg + term.meaning.tg), term
        assert term.source, term
    english = [term.words.en for term in known.terms]
    assert len(english) == len(set(english))


def test_the_page_of_the_glossary_is_made_from_its_source() -> None:
    place = ROOT / "scripts" / "glossary.py"
    spec = importlib.util.spec_from_file_location("glossary_page", place)
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    assert (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8") == made.page()


def test_each_kind_of_rule_has_its_reason() -> None:
    from gumruk.web.help.why import DEGREES
    from gumruk.web.help.why import KINDS as WHY

    assert set(WHY) == set(KINDS)
    used = {str(rule.severity) for rule in files.check_rules()}
    assert used <= set(DEGREES)


def test_words_in_three_languages_are_words() -> None:
    said = chain.from_iterable((one.what, one.where, one.wrong, one.example) for one in field_help().values())
    assert all(isinstance(one, Words) for one in said)
