"""Code pickers: database time of a firm's own codes, and processor time of a search: `python -m bench.pickers [--rows 200000]`.

Declarations are made as in `bench.lists`; one firm files a tenth of them, with ten items each. The two questions of a
picker are explained and timed by PostgreSQL itself, warm, seven times. Goal: each under 50 ms. A search of the list asks
no database: its time is this process's.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from bench import _plot, _site
from bench.lists import fill, people, timed

DATABASE = "gumruk_pickers"
GOAL = 50.0
_ITEMS = """
INSERT INTO declarations_item ({columns})
SELECT {values}
FROM declarations_declaration d CROSS JOIN generate_series(1, 10) AS n
CROSS JOIN (SELECT * FROM declarations_item ORDER BY id LIMIT 1) AS p
WHERE d.declarant_tin = ANY(%s) AND d.version > 0
"""
_OWN = {
    "id": "md5(d.id::text || n)::uuid", "root": "d.id", "office": "d.office", "month": "d.month", "version": "d.version",
    "number": "n", "description": "'Goods ' || n",
    "goods_code": "lpad((('x' || substr(md5(d.id::text || n), 1, 7))::bit(28)::int %% 99999)::text, 10, '0')",
}  # fmt: skip
_DRAFTS = """
UPDATE declarations_declaration d SET draft = p.draft, items = 10
FROM (SELECT draft FROM declarations_declaration WHERE draft <> '{}'::jsonb ORDER BY id LIMIT 1) p
WHERE d.id IN (SELECT id FROM declarations_declaration WHERE declarant_tin = ANY(%s) ORDER BY id DESC LIMIT 2000)
"""
FIRMS = ["100000500", "100000007"]


def items() -> None:
    """Items and contents for the two firms that are asked about."""
    from django.apps import apps
    from django.db import connection

    names = [column.column for column in apps.get_model("declarations.Item")._meta.concrete_fields]
    statement = _ITEMS.format(
        columns=", ".join(f'"{name}"' for name in names),
        values=", ".join(_OWN.get(name, f'p."{name}"') for name in names),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM declarations_item i JOIN declarations_declaration d ON d.id = i.root WHERE d.declarant_tin = ANY(%s)",
            [FIRMS],
        )
        if cursor.fetchone()[0]:
            return
        cursor.execute(statement, [FIRMS])
        cursor.execute(_DRAFTS, [FIRMS])
        cursor.execute("VACUUM ANALYZE declarations_item")
        cursor.execute("VACUUM ANALYZE declarations_declaration")


def searches() -> list[tuple[str, float, int]]:
    """Processor milliseconds of searches in the goods list, the index already made."""
    from gumruk.lawbook.searching import index_of

    index = index_of("goods")
    found = []
    for name, text in (("digits", "8517"), ("a word", "сахар"), ("two words", "frozen meat"), ("one wrong letter", "цитруссовые"),
                       ("nothing like it", "qqqwwweee")):  # fmt: skip
        spent, rows = [], 0
        for _ in range(9):
            index.near_words.clear()
            began = time.process_time()
            rows = len(index.find(text, "ru"))
            spent.append(1000 * (time.process_time() - began))
        found.append((name, statistics.median(spent), rows))
    return found


def main() -> None:
    """Fill, measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    chosen = parser.parse_args()
    _site.prepare(DATABASE)
    fill(chosen.rows)
    items()
    from gumruk.declarations.used import used_codes, used_goods
    from gumruk.lawbook import selectors as lawbook

    who, form = people(), lawbook.form()
    asked: list[tuple[str, Any]] = [
        ("goods codes of a firm", lambda: used_goods(person=who["broker"])),
        ("goods codes of a big firm", lambda: used_goods(person=who["big"])),
        ("countries of a big firm", lambda: used_codes(person=who["big"], name="country", form=form)),
        ("documents of a big firm", lambda: used_codes(person=who["big"], name="document", form=form)),
        ("delivery terms of a firm", lambda: used_codes(person=who["broker"], name="delivery_terms", form=form)),
    ]
    found = [timed(name, ask) for name, ask in asked]
    text = [_site.machine(), f"{chosen.rows:,} declarations; a big firm files a tenth, ten items each; PostgreSQL's own time, warm",
            f"{'':<30}{'queries':>8}{'median ms':>11}{'worst ms':>10}{'codes':>7}  plan"]  # fmt: skip
    text += [f"{t.name:<30}{t.queries:>8}{t.median:>11.2f}{t.worst:>10.2f}{t.rows:>7}  {t.plan}" for t in found]
    missed = [one.name for one in found if one.median >= GOAL]
    text.append(f"goal under {GOAL:.0f} ms each: {'met' if not missed else 'missed by ' + ', '.join(missed)}")
    text.append(f"{'search of 5,600 goods texts':<30}{'CPU ms':>8}{'found':>8}")
    text += [f"{name:<30}{spent:>8.2f}{rows:>8}" for name, spent, rows in searches()]
    print("\n".join(text))
    _plot.save("pickers", text, "milliseconds of database time", [(one.name, one.median) for one in found], goal=GOAL)


if __name__ == "__main__":
    main()
