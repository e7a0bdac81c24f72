"""Codes that a firm used lately, newest first: what a picker shows before anything else.

Both questions look at the newest declarations of the firm along one index and no further, so they take the same time
after ten declarations and after a million.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from gumruk.rules.form import Form
from gumruk.trust.types import Person

DECLARATIONS, ITEMS = 60, 40  # how many of the newest are looked at, and how many items of each
SMALL, FEW = 200, 25  # codes of other lists stand inside the content: of that many small declarations
MOST_FIRMS = 3

_GOODS = """
SELECT item.goods_code, item.description FROM (
  SELECT id, version FROM declarations_declaration
  WHERE declarant_tin = %s AND version > 0 AND NOT sandbox ORDER BY id DESC LIMIT %s
) AS recent CROSS JOIN LATERAL (
  SELECT goods_code, description, number FROM declarations_item
  WHERE root = recent.id AND version = recent.version AND goods_code <> '' ORDER BY number LIMIT %s
) AS item ORDER BY recent.id DESC, item.number
"""
_OTHERS = """
SELECT found.code FROM (
  SELECT id, draft FROM declarations_declaration
  WHERE declarant_tin = %s AND version > 0 AND NOT sandbox AND items <= %s ORDER BY id DESC LIMIT %s
) AS recent CROSS JOIN LATERAL (
  SELECT DISTINCT code #>> '{{}}' AS code FROM ({paths}) AS said(code)
) AS found WHERE found.code <> '' ORDER BY recent.id DESC
"""


@dataclass(frozen=True, slots=True)
class Used:
    """One code with the words that the firm itself wrote beside it (goods only) and how often it was seen."""

    code: str
    words: str
    times: int


def used_goods(*, person: Person, most: int = 20) -> tuple[Used, ...]:
    """Goods codes of the person's firms, newest first; one short query for each firm."""
    rows: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for tin in sorted(person.parties)[:MOST_FIRMS]:
            cursor.execute(_GOODS, [tin, DECLARATIONS, ITEMS])
            rows += cursor.fetchall()
    return _counted(rows)[:most]


def used_codes(*, person: Person, name: str, form: Form, most: int = 10) -> tuple[Used, ...]:
    """Codes of a list in whatever box of the firm's newest declarations, newest first; one short query for each firm."""
    paths = _paths(form, name)
    if not paths:
        return ()
    rows: list[tuple[str, str]] = []
    asked = " UNION ALL ".join("SELECT jsonb_path_query(recent.draft, %s::jsonpath)" for _ in paths)
    with connection.cursor() as cursor:
        for tin in sorted(person.parties)[:MOST_FIRMS]:
            cursor.execute(_OTHERS.format(paths=asked), [tin, SMALL, FEW, *paths])
            rows += [(code, "") for (code,) in cursor.fetchall()]
    return _counted(rows)[:most]


def _paths(form: Form, name: str) -> list[str]:
    """Where a code of the list may stand in content."""
    if name == "procedure":
        return ["$.items[*].procedure"]
    found = [f"$.{field.name}" for field in form.header.values() if field.list == name]
    found += [f"$.items[*].{field.name}" for field in form.item.values() if field.list == name]
    for group in form.item_lists.values():
        found += [f"$.items[*].{group.name}[*].{field.name}" for field in group.fields.values() if field.list == name]
    return found


def _counted(rows: list[tuple[str, str]]) -> tuple[Used, ...]:
    words: dict[str, str] = {}
    times: dict[str, int] = {}
    for code, said in rows:
        words.setdefault(code, said)
        times[code] = times.get(code, 0) + 1
    return tuple(Used(code, said, times[code]) for code, said in words.items())
