"""Database time of what an officer's page asks of the past, at a million declarations: `python -m bench.histories [--rows 1000000]`.

Uses the declarations of `bench.lists` and gives each of the newest ones one item: histories of the three parties, prices
of the same goods before, notes, reports, what waits for a second person. Goal: every one under 50 ms.
"""

from __future__ import annotations

import argparse
from typing import Any

from bench import _plot, _site, lists

ITEMS = """
INSERT INTO declarations_item (id, root, office, month, version, number, goods_code, origin_country, procedure, preference,
  description, gross_mass, net_mass, price, currency)
SELECT said.id, said.id, said.office, said.month, said.version, 1,
  (ARRAY['0207120000', '1701990000', '8517130000', '6403990000'])[1 + abs(hashtext(said.id::text)) % 4],
  (ARRAY['CN', 'RU', 'UZ'])[1 + abs(hashtext(said.reference)) % 3], '4000', '', said.goods, 110, 100,
  50 + abs(hashtext(said.id::text)) % 900, 'USD'
FROM declarations_declaration AS said WHERE said.registration <> '' AND said.reference LIKE 'BENCH-%'
ON CONFLICT DO NOTHING
"""


def fill(rows: int) -> None:
    """One item for each declaration, of four goods from three countries: many of each."""
    from django.db import connection

    lists.fill(rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM declarations_item")
        if cursor.fetchone()[0] < rows // 2:
            cursor.execute(ITEMS)
            cursor.execute("VACUUM ANALYZE declarations_item")


def asked() -> list[lists.Timing]:
    """What the page of one declaration asks of the past."""
    from gumruk.clearance import selectors as waiting
    from gumruk.declarations import history, noting
    from gumruk.declarations.models import Declaration
    from gumruk.inspection import selectors as reports

    who = lists.people()
    here = Declaration.objects.exclude(registration="").filter(reference__startswith="BENCH-").order_by("-id").first()
    assert here is not None
    busy = (
        Declaration.objects.filter(reference__startswith="BENCH-").values_list("consignee_key", "exporter_key").first()
    )
    assert busy is not None
    item = {"item_origin_country": "CN", "price": "700", "net_mass": "100"}
    codes = ("0207120000", "1701990000", "8517130000", "6403990000")
    content: dict[str, Any] = {
        "consignee_tin": busy[0],
        "exporter_tin": busy[1],
        "declarant_tin": "100000500",
        "currency": "USD",
        "items": [{**item, "goods_code": code} for code in codes],
    }
    return [
        lists.timed(
            "histories of three parties",
            lambda: history.of_parties(declaration=here.id, content=content, person=who["officer"]),
        ),
        lists.timed("prices of four goods before", lambda: history.price_ranges(declaration=here.id, content=content)),
        lists.timed("notes", lambda: noting.notes(declaration=here.id, sealed=False)),
        lists.timed("reports", lambda: reports.of_declaration(declaration=here.id)),
        lists.timed("what waits for a second person", lambda: waiting.waiting_for(person=who["officer"])),
    ]


def main() -> None:
    """Fill, measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    _site.prepare(lists.DATABASE)
    fill(chosen.rows)
    found = asked()
    missed = [one.name for one in found if one.median >= lists.GOAL]
    text = [_site.machine(), f"{chosen.rows:,} declarations, PostgreSQL's own time for planning and running, warm"]
    text.append(f"{'':<40}{'queries':>8}{'median ms':>11}{'worst ms':>10}{'rows':>6}  plan")
    text += [f"{t.name:<40}{t.queries:>8}{t.median:>11.2f}{t.worst:>10.2f}{t.rows:>6}  {t.plan}" for t in found]
    text.append(f"goal under {lists.GOAL:.0f} ms each: {'met' if not missed else 'missed by ' + ', '.join(missed)}")
    print("\n".join(text))
    _plot.save(
        "histories", text, "milliseconds of database time", [(one.name, one.median) for one in found], goal=lists.GOAL
    )


if __name__ == "__main__":
    main()
