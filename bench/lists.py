"""Database time of the lists at a million declarations: `python -m bench.lists [--rows 1000000]`.

The declarations are made by one statement a batch from a few real ones, in a database of their own, which is kept for the
next run. Each list is asked for through its selector; what it sent to PostgreSQL is then explained and timed there, warm,
seven times. Goal: every one under 50 ms.
"""

from __future__ import annotations

import argparse
import statistics
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench import _plot, _site

DATABASE = "gumruk_lists"
GOAL = 50.0
BATCH = 100_000

# 32 offices, 400 firms and one that files a tenth of everything; the open work lies among the newest three of a hundred.
_FILL = """
INSERT INTO declarations_declaration ({columns})
SELECT {values}
FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
JOIN bench_pattern AS p ON p.place = n %% (SELECT count(*) FROM bench_pattern)
CROSS JOIN LATERAL (SELECT ('x' || substr(md5(n::text), 1, 7))::bit(28)::int AS h) AS chance
CROSS JOIN LATERAL (SELECT %(since)s::timestamptz + n * interval '25 seconds' AS at) AS moment
CROSS JOIN LATERAL (
  SELECT 'BEN-' || lpad((h / 7 %% 32)::text, 2, '0') AS office,
    CASE WHEN h %% 10 = 3 THEN '100000500' ELSE (100000000 + h / 11 %% 400)::text END AS tin,
    CASE
      WHEN n > %(rows)s * 0.97 AND h %% 13 < 9
      THEN (ARRAY['PAYMENT_DUE', 'UNDER_CONTROL', 'QUERIED', 'RELEASABLE', 'DISCREPANCY', 'DOCS_REQUIRED'])[1 + h / 13 %% 6]
      WHEN h %% 997 < 5 THEN 'DRAFT' WHEN h %% 997 < 12 THEN 'CANCELLED' ELSE 'RELEASED'
    END AS state
) AS f
"""
_OWN = {
    "id": "(lpad(to_hex((extract(epoch FROM moment.at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 5, 15))::uuid",
    "office": "f.office",
    "month": "date_trunc('month', moment.at)::date",
    "state": "f.state",
    "lane": "CASE WHEN f.state = 'DRAFT' THEN '' ELSE (ARRAY['green', 'green', 'green', 'yellow', 'red'])[1 + n % 5] END",
    "stage": "CASE f.state WHEN 'UNDER_CONTROL' THEN 'control' WHEN 'RELEASABLE' THEN 'release' WHEN 'DISCREPANCY' THEN 'discrepancy' ELSE '' END",
    "waits_since": "CASE WHEN f.state IN ('UNDER_CONTROL', 'RELEASABLE', 'DISCREPANCY') THEN moment.at + interval '3 hours' END",
    "officer": "CASE WHEN n % 3 = 0 THEN md5('officer' || f.office || n % 5)::uuid END",
    "officer_name": "CASE WHEN n % 3 = 0 THEN 'Bench ' || n % 5 ELSE '' END",
    "taken_at": "CASE WHEN n % 3 = 0 THEN moment.at + interval '4 hours' END",
    "draft": "'{}'::jsonb",
    "owner": "md5('owner' || f.tin)::uuid",
    "declarant_tin": "f.tin",
    "reference": "'BENCH-' || n",
    "search": "p.search || ' {bench}' || n || ' {tcku}' || lpad((n * 31 % 10000000)::text, 7, '0')",
    "registration_year": "CASE WHEN f.state = 'DRAFT' THEN NULL ELSE extract(year FROM moment.at)::int END",
    "registration_number": "CASE WHEN f.state = 'DRAFT' THEN NULL ELSE n END",
    "registration": "CASE WHEN f.state = 'DRAFT' THEN '' ELSE f.office || '/' || to_char(moment.at, 'DDMMYY') || '/' || lpad(n::text, 7, '0') END",
    "registered_at": "CASE WHEN f.state = 'DRAFT' THEN NULL ELSE moment.at END",
    "released_at": "CASE WHEN f.state = 'RELEASED' THEN moment.at + interval '3 hours' END",
    "made_at": "moment.at",
    "changed_at": "moment.at + interval '3 hours'",
}


@dataclass(frozen=True, slots=True)
class Timing:
    """One list: its queries, and the database's own milliseconds for planning and running them."""

    name: str
    queries: int
    median: float
    worst: float
    rows: int
    plan: str


def fill(rows: int) -> None:
    """Bring the table to `rows` declarations; indexes are made afterwards, as a bulk load does."""
    from django.db import connection, transaction

    from gumruk.cli import demo_stories
    from gumruk.declarations.models import Declaration
    from gumruk.toolkit.text import folded

    if Declaration.objects.count() >= rows:
        return
    began = time.monotonic()
    _site.people()
    if not Declaration.objects.exists():
        demo_stories.tell(60, _site.now())
        _site.forget_jobs()
    columns = [column.column for column in Declaration._meta.concrete_fields]
    quoted = ", ".join(f'"{name}"' for name in columns)
    words = {"bench": folded("bench-"), "tcku": folded("tcku")}  # the search text is kept folded
    own = {name: text.format(**words) if name == "search" else text for name, text in _OWN.items()}
    values = ", ".join(own.get(name, f'p."{name}"') for name in columns).replace("%", "%%")
    statement = _FILL.format(columns=quoted, values=values)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE bench_pattern AS SELECT row_number() OVER () - 1 AS place, d.* "
            "FROM declarations_declaration d WHERE registration <> ''"
        )
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'declarations_declaration' AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)"
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        done = Declaration.objects.count()
        since = "2026-01-01T00:00:00Z"
        while done < rows:
            last = min(done + BATCH, rows)
            cursor.execute(statement, {"first": done + 1, "last": last, "since": since, "rows": rows})
            done = last
        for _, definition in indexes:
            cursor.execute(definition)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE declarations_declaration")
    print(f"{rows:,} declarations made in {time.monotonic() - began:.0f} s")


def people() -> dict[str, Any]:
    """Persons as the selectors see them: a firm's broker, an officer of one office, a supervisor of all."""
    from datetime import date

    from gumruk.trust.types import Grant, Person, Role

    since = date(2026, 1, 1)

    def person(role: Role, office: str = "", party: str = "") -> Person:
        return Person(uuid.uuid4(), role.value, role.value, "en", (Grant(role, office, party, since, None),))

    return {
        "broker": person(Role.BROKER, party="100000007"),
        "big": person(Role.BROKER, party="100000500"),
        "officer": person(Role.OFFICER, office="BEN-07"),
        "supervisor": person(Role.SUPERVISOR),
    }


def timed(name: str, ask: Callable[[], object]) -> Timing:
    """Ask once through the selector, then explain what it sent."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        found = ask()
    sent = [query["sql"] for query in captured.captured_queries]
    spent, plan = [], ""
    for _ in range(7):
        total = 0.0
        for query in sent:
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) " + query.replace("%", "%%"), [])
                [explained] = cursor.fetchone()[0]
            total += explained["Planning Time"] + explained["Execution Time"]
            plan = _shape(explained["Plan"])
        spent.append(total)
    rows = len(getattr(found, "rows", found))  # type: ignore[arg-type]
    return Timing(name, len(sent), statistics.median(spent[1:]), max(spent[1:]), rows, plan)


def _shape(plan: dict[str, Any]) -> str:
    here = plan["Node Type"] + (f" {plan['Index Name']}" if "Index Name" in plan else "")
    below = [_shape(one) for one in plan.get("Plans", [])]
    return here + (f"({', '.join(dict.fromkeys(below))})" if below else "")


def lists() -> list[Timing]:
    """Every list that a page or the API shows."""
    from gumruk.declarations import selectors
    from gumruk.declarations.models import Declaration
    from gumruk.declarations.selectors import Filter
    from gumruk.declarations.types import Page, State

    who, nothing = people(), Page((), "")
    waiting = (State.PAYMENT_DUE, State.UNDER_CONTROL, State.QUERIED, State.RELEASABLE)
    middle = str(
        Declaration.objects.filter(reference="BENCH-500000").values_list("id", flat=True).first() or uuid.uuid4()
    )
    some = Declaration.objects.exclude(registration="").order_by("-id").values_list("registration", flat=True)[1234]
    words = Declaration.objects.get(reference="BENCH-500000").search.split()
    document = next(word for word in reversed(words[:-1]) if len(word) > 5 and word[-1].isdigit())
    asked: list[tuple[str, Callable[[], object]]] = [
        ("queue of one office", lambda: selectors.queue(person=who["officer"], wanted=Filter(states=waiting))),
        ("queue of every office", lambda: selectors.queue(person=who["supervisor"], wanted=Filter(states=waiting))),
        (
            "queue, next page",
            lambda: selectors.queue(person=who["supervisor"], wanted=Filter(states=waiting), after=middle),
        ),
        (
            "queue, one lane",
            lambda: selectors.queue(person=who["supervisor"], wanted=Filter(states=waiting, lane="red")),
        ),
        (
            "office and state",
            lambda: selectors.page(person=who["supervisor"], wanted=Filter(states=(State.RELEASED,), office="BEN-11")),
        ),
        (
            "queue, serial part",
            lambda: selectors.queue(person=who["officer"], wanted=Filter(states=waiting, text=some[-7:])),
        ),
        ("all, serial part", lambda: selectors.page(person=who["officer"], wanted=Filter(text=some[-7:]))),
        ("all of one office", lambda: selectors.page(person=who["officer"], wanted=Filter())),
        ("all, newest", lambda: selectors.page(person=who["supervisor"], wanted=Filter())),
        ("all, from the middle", lambda: selectors.page(person=who["supervisor"], wanted=Filter(), after=middle)),
        ("a firm's own", lambda: selectors.page(person=who["broker"], wanted=Filter())),
        ("a firm's own, next page", lambda: selectors.page(person=who["broker"], wanted=Filter(), after=middle)),
        ("a firm's own drafts", lambda: selectors.page(person=who["broker"], wanted=Filter(states=(State.DRAFT,)))),
        ("a big firm's own", lambda: selectors.page(person=who["big"], wanted=Filter())),
        ("a big firm's own, next page", lambda: selectors.page(person=who["big"], wanted=Filter(), after=middle)),
        ("a big firm's drafts", lambda: selectors.page(person=who["big"], wanted=Filter(states=(State.DRAFT,)))),
        ("search: registration", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text=some))),
        ("search: a container", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text="TCKU0155000"))),
        (
            "search: a reference, a firm's",
            lambda: selectors.page(person=who["broker"], wanted=Filter(text="bench-77777")),
        ),
        ("search: a word of many", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text="смартфон"))),
        (
            "search: a word of many, in the queue",
            lambda: selectors.queue(person=who["officer"], wanted=Filter(text="шакари", states=waiting)),
        ),
        ("search: a document of many", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text=document))),
        ("search: a document, one office", lambda: selectors.page(person=who["officer"], wanted=Filter(text=document))),
        (
            "search: a reference, a big firm's",
            lambda: selectors.page(person=who["big"], wanted=Filter(text="bench-77777")),
        ),
        ("search: nothing like it", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text="qqqwwweee"))),
        ("search: two letters", lambda: selectors.page(person=who["supervisor"], wanted=Filter(text="zq"))),
        *(
            (
                f"near {text}, {name}",
                lambda text=text, name=name: selectors.near(
                    person=who[name], wanted=Filter(text=text), besides=nothing
                ),
            )
            for name in ("broker", "big", "officer", "supervisor")
            for text in ("bench-77787", "TCKU0155100", "0155100", "смартфан", "шакори", "qqqwwweee")
        ),
        ("counts of one office", lambda: selectors.counts(person=who["officer"], states=list(State))),
        ("counts of every office", lambda: selectors.counts(person=who["supervisor"], states=list(State))),
        ("counts of a big firm", lambda: selectors.counts(person=who["big"], states=list(State))),
        ("counts of a firm", lambda: selectors.counts(person=who["broker"], states=list(State))),
    ]
    return [timed(name, ask) for name, ask in [*asked, *work_lists(who, waiting)]]


def work_lists(who: dict[str, Any], waiting: tuple[Any, ...]) -> list[tuple[str, Callable[[], object]]]:
    """Lists of the officer's queue and the supervisor's page: by wait, by hands, overdue, the place of one in them."""
    import hashlib
    from datetime import timedelta

    from gumruk.declarations import selectors, workload
    from gumruk.declarations.models import Declaration
    from gumruk.declarations.selectors import Filter
    from gumruk.declarations.types import Cutoff, Order, Stage

    newest = Declaration.objects.exclude(stage="").order_by("-waits_since").values_list("waits_since", flat=True)[0]
    cutoffs = tuple(
        Cutoff(stage, lane, office, newest - timedelta(hours=hours))
        for office, hours in (("BEN-07", 20), ("", 40))
        for stage in (Stage.CONTROL, Stage.RELEASE, Stage.DISCREPANCY)
        for lane in ("red", "yellow", "green")
    )
    none = tuple(Cutoff(stage, "", "", newest - timedelta(days=9999)) for stage in Stage)
    holder = str(uuid.UUID(hashlib.md5(b"officerBEN-070", usedforsecurity=False).hexdigest()))
    officer, head = who["officer"], who["supervisor"]
    middle = (
        Declaration.objects.filter(stage="release", office="BEN-07").order_by("id").values_list("id", flat=True)[10]
    )

    def queue(person: Any, order: Order = Order.OLDEST, **wanted: Any) -> Callable[[], object]:
        return lambda: selectors.ordered(person=person, wanted=Filter(states=waiting, **wanted), order=order)

    def place(person: Any, order: Order) -> Callable[[], object]:
        wanted = Filter(states=waiting)
        return lambda: (selectors.place(person=person, wanted=wanted, order=order, declaration=middle),)

    return [
        ("queue by wait, one office", queue(officer, Order.WAITING)),
        ("queue by wait, every office", queue(head, Order.WAITING)),
        ("queue, overdue, one office", queue(officer, late=cutoffs)),
        ("queue, overdue, every office", queue(head, late=cutoffs)),
        ("queue by wait, overdue, every office", queue(head, Order.WAITING, late=cutoffs)),
        ("queue by wait, nothing overdue", queue(head, Order.WAITING, late=none)),
        ("queue, in one officer's hands", queue(officer, officer=holder)),
        ("queue, in nobody's hands", queue(head, officer="nobody")),
        (
            "queue, news",
            lambda: selectors.marks(person=officer, wanted=Filter(states=waiting), order=Order.OLDEST, size=200),
        ),
        ("place in the queue, one office", place(officer, Order.OLDEST)),
        ("place in the queue, every office", place(head, Order.OLDEST)),
        ("place in the queue by wait", place(head, Order.WAITING)),
        ("work by stage, one office", lambda: workload.by_stage(offices=["BEN-07"], cutoffs=cutoffs)),
        ("work by stage, every office", lambda: workload.by_stage(offices=[], cutoffs=cutoffs)),
        ("work by officer, one office", lambda: workload.by_officer(offices=["BEN-07"], cutoffs=cutoffs)),
        ("work by officer, every office", lambda: workload.by_officer(offices=[], cutoffs=cutoffs)),
    ]


def main() -> None:
    """Fill, measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    _site.prepare(DATABASE)
    fill(chosen.rows)
    found = lists()
    missed = [one.name for one in found if one.median >= GOAL]
    text = [_site.machine(), f"{chosen.rows:,} declarations, PostgreSQL's own time for planning and running, warm"]
    text.append(f"{'':<40}{'queries':>8}{'median ms':>11}{'worst ms':>10}{'rows':>6}  plan")
    text += [f"{t.name:<40}{t.queries:>8}{t.median:>11.2f}{t.worst:>10.2f}{t.rows:>6}  {t.plan}" for t in found]
    text.append(f"goal under {GOAL:.0f} ms each: {'met' if not missed else 'missed by ' + ', '.join(missed)}")
    print("\n".join(text))
    _plot.save("lists", text, "milliseconds of database time", [(one.name, one.median) for one in found], goal=GOAL)


if __name__ == "__main__":
    main()
