"""Figures at a million declarations: `python -m bench.figures [--rows 1000000]`.

A year of declarations over 32 offices with their events, items and postings is made in a database of its own, which is kept
for the next run; the figures are counted from it by the program's own `rebuild`, then asked for: by the selectors and as the
whole page. Goal: a year over all offices under 150 ms.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench import _plot, _site

DATABASE = "gumruk_figures"
GOAL = 150.0
BATCH = 100_000
TABLES = (
    "declarations_declaration",
    "declarations_event",
    "declarations_item",
    "payments_transaction",
    "payments_entry",
)

_ID = "(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5({seed}), 1, 3) || '8' || substr(md5({seed}), 5, 15))::uuid"

# Half an hour between two registrations of an office; the rest of a declaration follows from its number.
_DECLARATIONS = f"""
INSERT INTO declarations_declaration ({{columns}})
SELECT {{values}}
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
CROSS JOIN (SELECT * FROM declarations_declaration WHERE registration <> '' ORDER BY id LIMIT 1) AS p
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS h) AS chance
CROSS JOIN LATERAL (SELECT %(since)s::timestamptz + n * %(step)s AS at) AS moment
CROSS JOIN LATERAL (SELECT 'BEN-' || lpad((h / 7 %% 32)::text, 2, '0') AS office,
  CASE WHEN h %% 100 < 78 THEN 'green' WHEN h %% 100 < 95 THEN 'yellow' WHEN h %% 100 < 98 THEN 'red' ELSE 'blue' END AS lane,
  {_ID.format(at="moment.at", seed="n::text")} AS id) AS f
"""
_OWN = {
    "id": "f.id", "office": "f.office", "month": "date_trunc('month', moment.at)::date", "lane": "f.lane", "draft": "'{}'::jsonb",
    "state": "CASE WHEN h %% 50 = 0 THEN 'RELEASABLE' WHEN h %% 61 = 0 THEN 'CANCELLED' ELSE 'RELEASED' END",
    "direction": "CASE WHEN h %% 5 = 0 THEN 'EX' ELSE 'IM' END",
    "regime": "CASE WHEN h %% 5 = 0 THEN 'EXPORT' WHEN h %% 5 = 1 THEN 'TEMP_IMP' ELSE 'FREE_CIRC' END",
    "consignee_name": "'Demo firm ' || (h / 11 %% 5000)", "search": "''", "reference": "'BENCH-' || n", "version": "1",
    "value": "(1000 + h %% 900000)::numeric", "due": "(100 + h %% 90000)::numeric", "sandbox": "false",
    "registration_year": "extract(year FROM moment.at)::int", "registration_number": "n", "registration": "f.office || '/' || n",
    "registered_at": "moment.at", "released_at": "moment.at + interval '3 hours'", "made_at": "moment.at", "changed_at": "moment.at",
}  # fmt: skip
_REST = (
    f"""
INSERT INTO declarations_event (id, root, office, month, number, name, at, by_name, before, after, reason, details, signed)
SELECT {_ID.format(at="d.registered_at", seed="d.id::text || s.number")}, d.id, d.office, d.month, s.number, s.name,
  d.registered_at + s.after_minutes * interval '1 minute' * (1 + ('x' || substr(md5(d.id::text), 1, 4))::bit(16)::int %% 40), '', '',
  s.state, '', '{{}}'::jsonb, false
FROM declarations_declaration d CROSS JOIN (VALUES (1, 'registered', 0, 'REGISTERED'), (2, 'assessed', 0, 'ASSESSED'),
  (3, 'demand_payment', 0, 'PAYMENT_DUE'), (4, 'secure', 5, 'SECURED'), (5, 'take_under_control', 5, 'UNDER_CONTROL'),
  (6, 'make_releasable', 9, 'RELEASABLE'), (7, 'released', 10, 'RELEASED')) AS s (number, name, after_minutes, state)
WHERE d.reference LIKE 'BENCH-%%' AND (s.number <> 5 OR d.lane IN ('yellow', 'red')) AND (s.number <> 7 OR d.state = 'RELEASED')
""",
    f"""
INSERT INTO declarations_item (id, root, office, month, version, number, goods_code, origin_country, procedure, preference,
  description, price, currency)
SELECT {_ID.format(at="d.registered_at", seed="d.id::text || 'i' || s.number")}, d.id, d.office, d.month, 1, s.number,
  lpad((('x' || substr(md5(d.id::text || s.number), 1, 6))::bit(24)::int %% 1200 + 101)::text, 4, '0') || '000000',
  (ARRAY['CN', 'RU', 'KZ', 'UZ', 'TR', 'IR', 'DE', 'BR', 'IN', 'JP'])[1 + ('x' || substr(md5(d.id::text), 1, 4))::bit(16)::int %% 10],
  CASE WHEN d.direction = 'EX' THEN '1000' ELSE '4000' END, '', '', 100 * s.number, 'USD'
FROM declarations_declaration d CROSS JOIN (VALUES (1), (2)) AS s (number) WHERE d.reference LIKE 'BENCH-%%'
""",
    f"""
INSERT INTO payments_transaction (id, root, office, month, kind, source, reason, at)
SELECT {_ID.format(at="d.registered_at", seed="d.id::text || 't'")}, d.id, d.office, d.month, 'charge', 'bench:' || d.id, '', d.registered_at
FROM declarations_declaration d WHERE d.reference LIKE 'BENCH-%%'
""",
    """
INSERT INTO payments_account (id, kind, holder, balance)
SELECT gen_random_uuid(), 'revenue', kind || '@BEN-' || lpad(n::text, 2, '0'), 0
FROM generate_series(0, 31) AS n CROSS JOIN (VALUES ('duty'), ('vat')) AS k (kind) ON CONFLICT DO NOTHING
""",
    f"""
INSERT INTO payments_entry (id, root, office, month, transaction, account, amount)
SELECT {_ID.format(at="t.at", seed="t.id::text || a.id")}, t.root, t.office, t.month, t.id, a.id, -(100 + length(a.holder))
FROM payments_transaction t JOIN payments_account a ON a.kind = 'revenue' AND a.holder IN ('duty@' || t.office, 'vat@' || t.office)
WHERE t.source LIKE 'bench:%%'
""",
)


def fill(rows: int, since: date) -> None:
    """Bring the tables to `rows` declarations; indexes and guards are set aside meanwhile, as a bulk load does."""
    from django.db import connection, transaction

    from gumruk.cli import demo_stories
    from gumruk.declarations.models import Declaration

    if Declaration.objects.filter(reference__startswith="BENCH-").count() >= rows:
        return
    began = time.monotonic()
    _site.people()
    if not Declaration.objects.exists():
        demo_stories.tell(4, _site.now())
        _site.forget_jobs()
    columns = [column.column for column in Declaration._meta.concrete_fields]
    values = ", ".join(_OWN.get(name, f'p."{name}"') for name in columns)
    statement = _DECLARATIONS.format(columns=", ".join(f'"{name}"' for name in columns), values=values)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        indexes = _without_indexes(cursor)
        for first in range(1, rows + 1, BATCH):
            said = {"first": first, "last": min(first + BATCH - 1, rows), "since": f"{since}T00:00:00+05:00",
                    "step": timedelta(days=365) / rows}  # fmt: skip
            cursor.execute(statement, said)
        print(f"{rows:,} declarations after {time.monotonic() - began:.0f} s", flush=True)
        for one in _REST:
            cursor.execute(one, {})
            print(f"   {cursor.rowcount:,} rows after {time.monotonic() - began:.0f} s", flush=True)
        for definition in indexes:
            cursor.execute(definition)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
    print(f"made in {time.monotonic() - began:.0f} s", flush=True)


def _without_indexes(cursor: Any) -> list[str]:
    """Drop what can be made again, and say how."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [list(TABLES)],
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _, definition in found]


def timed(ask: Callable[[], object]) -> tuple[float, float, float]:
    """Median, best of seven and the program's own processor time, warm, in milliseconds."""
    ask()
    spent, busy = [], []
    for _ in range(7):
        began, worked = time.perf_counter(), time.process_time()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return statistics.median(spent), min(spent), statistics.median(busy)


def asked(since: date) -> list[tuple[str, Callable[[], object]]]:
    """What a head asks for."""
    from django.test import Client

    from gumruk.figures import selectors
    from gumruk.figures.types import Subject, Wanted
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust
    from gumruk.trust.middleware import SESSION_KEY

    after = since + timedelta(days=365)
    year, odd = Wanted(since, after), Wanted(since + timedelta(days=14), after - timedelta(days=17))
    region = tuple(f"BEN-{number:02}" for number in range(10))
    head = trust.person_named(username="head", day=law_day(_site.now()))
    assert head is not None
    client = Client(headers={"accept-language": "en"})
    session = client.session
    session[SESSION_KEY] = str(head.id)
    session.save()

    def page(query: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(f"/figures?{query}")
            assert answer.status_code == 200, answer.status_code
            assert b"gm-chart" in answer.content
            return answer

        return ask

    days = f"since={since}&until={after - timedelta(days=1)}"
    return [
        ("all figures, a year, every office", lambda: selectors.totals(year)),
        ("all figures, eleven months and odd days", lambda: selectors.totals(odd)),
        ("all figures, a year, one office", lambda: selectors.totals(Wanted(year.since, year.until, ("BEN-07",)))),
        ("all figures, a year, ten offices", lambda: selectors.totals(Wanted(year.since, year.until, region))),
        ("declarations and revenue of each office, a year", lambda: selectors.by_office(year)),
        ("revenue month by month", lambda: selectors.by_month(year, Subject.REVENUE)),
        ("the page, a year, every office", page(days)),
        ("the page, a year, one office", page(f"{days}&place=BEN-07")),
        ("the page, thirty days", page(f"since={after - timedelta(days=40)}&until={after - timedelta(days=11)}")),
    ]


def main() -> None:
    """Fill, count, measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--keep", action="store_true", help="take the figures as they were counted before")
    chosen = parser.parse_args()
    _site.prepare(DATABASE)
    from django.conf import settings
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    from gumruk.figures import services
    from gumruk.figures.models import Cell

    since = date(2025, 11, 1)
    fill(chosen.rows, since)
    text = [
        _site.machine(),
        f"{chosen.rows:,} declarations of one year at 32 offices, embedded PostgreSQL, warm, median of seven",
    ]
    if not chosen.keep or not Cell.objects.exists():
        began = time.monotonic()
        cells = services.rebuild(at=_site.now())
        text.append(
            f"counted anew in {time.monotonic() - began:.0f} s: {cells:,} rows of days, {Cell.objects.count():,} in all"
        )
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE figures_cell")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('figures_cell'))")
        text.append(f"the figures take {cursor.fetchone()[0]}")
    found = [(name, *timed(ask)) for name, ask in asked(since)]
    text.append(f"{'':<50}{'median ms':>11}{'best ms':>10}{'program ms':>12}")
    text += [f"{name:<50}{median:>11.1f}{best:>10.1f}{busy:>12.1f}" for name, median, best, busy in found]
    missed = [name for name, median, *_ in found if median >= GOAL]
    text.append(f"goal under {GOAL:.0f} ms each: {'met' if not missed else 'missed by ' + ', '.join(missed)}")
    print("\n".join(text))
    _plot.save("figures", text, "milliseconds", [(name, median) for name, median, *_ in found], goal=GOAL)


if __name__ == "__main__":
    main()
