"""The database knows Tajik as Python does: same search key, same dictionary order, and an index that gives it."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.declarations import selectors
from gumruk.declarations.selectors import Filter
from gumruk.declarations.services import create_draft
from gumruk.rules.form import Content
from gumruk.toolkit.text import ALPHABET, dictionary_key, folded
from gumruk.trust.types import Person

from .conftest import NOON

pytestmark = pytest.mark.django_db

WORDS = [
    "сӣ",
    "сид",
    "сйи",
    "Ҷав",
    "чой",
    "шаб",
    "ҳаво",
    "Хона",
    "Ёқут",
    "Ерозия",
    "ӯзбек",
    "Умар",
    "қанд",
    "кабк",
    "2024",
    "Zebra",
]
# What PostgreSQL cannot hold (NUL, surrogates) and letters younger than its Unicode tables are left out.
LETTERS = st.text(
    st.one_of(
        st.characters(codec="utf-8", max_codepoint=0x2FFF, exclude_categories=["Cs", "Cn"], exclude_characters="\0"),
        st.sampled_from(ALPHABET + ALPHABET.upper() + "їќўњљѓ\u0304\u0306"),
    )
)


@settings(max_examples=300, deadline=None)
@given(text=LETTERS)
def test_python_and_sql_give_the_same_keys(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT gumruk_folded(%s), gumruk_dictionary_key(%s)", [text, text])
        assert cursor.fetchone() == (folded(text), dictionary_key(text))


def test_an_index_gives_dictionary_order() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE word (said text)")
        cursor.execute('CREATE INDEX word_order ON word (gumruk_dictionary_key(said) COLLATE "C")')
        cursor.executemany("INSERT INTO word VALUES (%s)", [[word] for word in WORDS * 40])
        cursor.execute("ANALYZE word")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        query = 'SELECT said FROM word ORDER BY gumruk_dictionary_key(said) COLLATE "C"'
        cursor.execute("EXPLAIN " + query)
        assert "word_order" in "".join(row[0] for row in cursor.fetchall())
        cursor.execute(query)
        found = [row[0] for row in cursor.fetchall()]
    assert list(dict.fromkeys(found)) == sorted(WORDS, key=dictionary_key)


def test_the_keys_are_immutable_so_indexes_may_use_them() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, provolatile FROM pg_proc WHERE proname IN ('gumruk_folded', 'gumruk_dictionary_key')"
        )
        assert dict(cursor.fetchall()) == {"gumruk_folded": "i", "gumruk_dictionary_key": "i"}


def test_an_officer_finds_a_declaration_by_a_tajik_name_typed_in_russian_letters(
    broker: Person, rates: None, said: Content
) -> None:
    said["consignee_name"] = "ҶДММ «Ҳисори Шодмон»"
    said["border_transport_identity"] = "1234АВ01"  # Cyrillic letters
    draft = create_draft(content=said, by=broker, at=NOON)
    for text in ("хисори шодмон", "Ҳисори", "чдмм", "1234ab01"):
        found = selectors.page(person=broker, wanted=Filter(text=text)).rows
        assert [row.id for row in found] == [draft], text
    assert selectors.page(person=broker, wanted=Filter(text="Хусор")).rows == ()
