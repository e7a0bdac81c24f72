"""What the law in the database costs: loading, building the law of a day, looking up as of a change set, publishing.

`python -m bench.lawbook`: uses a database of its own on the benches' server; writes `bench/results/lawbook.txt`.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 7, tzinfo=UTC)


def timed(work: Callable[[int], object], times: int) -> str:
    spent, cpu = [], []
    for number in range(times):
        wall, own = time.perf_counter(), time.process_time()
        work(number)
        spent.append((time.perf_counter() - wall) * 1000)
        cpu.append((time.process_time() - own) * 1000)
    ordered = sorted(spent)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return f"p50 {statistics.median(ordered):9.3f} ms  p99 {last:9.3f} ms  CPU {statistics.median(cpu):9.3f} ms"


def main() -> None:
    from bench._site import prepare

    prepare("gumruk_lawbook")
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE lawbook_entry, lawbook_draftentry, lawbook_load, lawbook_remark, lawbook_changeset")
    lines = report()
    Path("bench/results").mkdir(exist_ok=True)
    Path("bench/results/lawbook.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))


def report() -> list[str]:
    from gumruk.lawbook import files, selectors, services

    lines = [f"CPU is of this process; the database's own is in the wall time. Load average {os.getloadavg()[0]:.1f}."]

    def say(name: str, work: Callable[[int], object], times: int = 1) -> None:
        lines.append(f"{name:<62}{timed(work, times)}")

    say("load the shipped law into an empty database", lambda _: services.load(name=files.SHIPPED, at=AT))
    say("load it again", lambda _: services.load(name=files.SHIPPED, at=AT), 20)
    say("load the demonstration law", lambda _: services.load(name=files.DEMO, at=AT))
    count = len(selectors.snapshot().entries)

    def build(_: int) -> None:
        selectors._kept.cache_clear()
        selectors._on.cache_clear()
        selectors.on(DAY)

    say(f"build the law of a day from {count} rows, nothing kept", build, 7)
    say("the law of a further day of the same epoch", lambda n: selectors.on(DAY + timedelta(n + 1)), 50)
    say("the law of a day, kept (2 queries)", lambda _: selectors.on(DAY), 300)
    say("head of the law (1 query)", lambda _: selectors.head(), 300)
    say("one entry as of day and change set (1 query)", lambda _: selectors.entry("code", "hs6/020712", DAY, 2), 300)
    say("rules of a day, built once", lambda _: selectors.snapshot().epoch(DAY).checks)
    say("form, first time", lambda _: selectors.form(DAY))
    lines += publishing(say)
    return lines


def publishing(say: Callable[..., None]) -> list[str]:
    """13,000 measures drafted, checked, approved and published, then read again by another process's eyes."""
    from gumruk.law.types import Confidence
    from gumruk.lawbook import selectors, services
    from gumruk.lawbook.types import Kind, NewEntry
    from gumruk.trust import selectors as trust
    from gumruk.trust import services as people
    from gumruk.trust.types import Person, Role

    def person(role: Role) -> Person:
        name = f"{role}-{time.time_ns()}"
        user = people.add_user(username=name, name=name, password="a-long-secret", language="en", at=AT)  # noqa: S106
        people.grant(user_id=user, role=role, since=DAY, at=AT)
        found = trust.person(user_id=user, day=DAY)
        assert found is not None
        return found

    editor, approver = person(Role.LAW_EDITOR), person(Role.LAW_APPROVER)
    rows = [
        NewEntry(
            Kind.MEASURE, "", DAY, None, {"kind": "duty", "code": f"{90000000 + n}", "rate": f"{n % 30}%"}, "demo", "", Confidence.DEMO
        )
        for n in range(13_000)
    ]  # fmt: skip
    made = services.draft_change_set(title="bench", reason="", act="demo", by=editor, at=AT).id
    say("draft 13,000 measures", lambda _: services.put_entries(change_set=made, entries=rows, by=editor, at=AT))
    say("check them", lambda _: services.check_change_set(change_set=made, by=editor, at=AT))
    services.approve(change_set=made, by=approver, at=AT)
    say("publish them", lambda _: services.publish(change_set=made, by=approver, at=AT))
    count = len(selectors.snapshot().entries)
    say(f"build the law of a day from {count} rows after it", lambda _: selectors.on(DAY))
    say(
        "one measure as of day and change set (1 query)",
        lambda _: selectors.entry("measure", "duty/90000007/////", DAY, 3),
        300,
    )
    return [*look_up_in_the_database()]


def look_up_in_the_database() -> list[str]:
    """What PostgreSQL itself needs for an as-of look-up, and by which index."""
    from django.db import connection

    asked = """SELECT body FROM lawbook_entry WHERE kind = 'measure' AND key = %s
               AND valid @> %s::date AND recorded @> 3::int4"""
    spent, by = [], ""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE lawbook_entry")
        for number in range(300):
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}", [f"duty/{90000000 + number}/////", DAY])
            plan = cursor.fetchone()[0][0]
            spent.append(plan["Execution Time"])
            by = plan["Plan"].get("Index Name", plan["Plan"]["Node Type"])
    return [f"{'the same inside PostgreSQL, by ' + by:<62}p50 {statistics.median(spent):9.3f} ms"]


if __name__ == "__main__":
    main()
