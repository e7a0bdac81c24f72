"""Two hundred officers click through their queues at a million declarations: `python -m bench.officers [--rows 1000000]`.

The rows of the table are made as in bench/lists.py; what the officers open are declarations of ten items that went through
every step, in 27 offices, so that each page is whole. Each officer reads a page, thinks (four seconds on average), and clicks
on. Server with two processes and the officers on the same machine. Goal: 95 of 100 pages under 150 ms of wall time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import uuid
from typing import Any

from bench import _plot, _site, lists, load

DATABASE, GOAL = "gumruk_lists", 150.0


def sessions(count: int, offices: list[str]) -> list[str]:
    """Signed-in officers, one office each; returns the keys of their sessions."""
    from importlib import import_module

    from django.conf import settings

    from gumruk.toolkit.clock import law_day
    from gumruk.trust import services as trust
    from gumruk.trust.middleware import SESSION_KEY
    from gumruk.trust.types import Role

    store = import_module(settings.SESSION_ENGINE).SessionStore
    at = _site.now()
    keys = []
    for number in range(count):
        user = trust.add_user(
            username=f"bench-{uuid.uuid4().hex[:10]}", name="Bench", password="", at=at, demo=True, language="ru"
        )
        office = offices[number % len(offices)]
        trust.grant(user_id=user, role=Role.OFFICER, office=office, since=law_day(at), by=None, at=at)
        session = store()
        session[SESSION_KEY] = str(user)
        session.create()
        keys.append(session.session_key)
    return keys


def stock(offices: list[str], each: int) -> None:
    """Lodge and pay declarations so that every queue has `each`."""
    from gumruk.clearance import services as clearance
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust

    at = _site.now()
    broker = trust.person_named(username="broker", day=law_day(at))
    assert broker is not None
    for line in load.prepared(each * len(offices), offices):
        path, _, body = line.partition("\t")
        root = uuid.UUID(path.split("/")[4])
        clearance.submit(declaration=root, statement_hash=json.loads(body)["hash"], by=broker, at=at)
    _site.forget_jobs()


def row(name: str, spent: list[float]) -> str:
    ordered = sorted(1000 * one for one in spent)
    p50, p95, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.95, 0.99))
    return f"{name:<16}{len(ordered):>8}{p50:>9.1f}{p95:>9.1f}{p99:>9.1f}"


def main() -> None:
    """Measure, print, plot."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--officers", type=int, default=200)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--think", type=float, default=4.0)
    chosen = options.parse_args()
    _site.prepare(DATABASE)
    lists.fill(chosen.rows)
    _site.people()
    places = load.offices()
    stock(places, 12)
    keys = sessions(chosen.officers, places)
    kept = _site.STATE / "sessions.txt"
    kept.write_text("\n".join(keys), encoding="utf-8")
    from django.db import connections

    connections.close_all()
    with load.server("gumruk.site.wsgi:application") as (port, process):
        words = [sys.executable, "-m", "bench._officers", str(port), str(kept)]
        subprocess.run([*words, "8", "1"], capture_output=True, check=True, timeout=120)  # warm
        before = load.cpu_of(process)
        done = subprocess.run(
            [*words, str(chosen.seconds), str(chosen.think)], capture_output=True, text=True, check=True, timeout=500
        )
        cpu = load.cpu_of(process) - before
    said: dict[str, Any] = json.loads(done.stdout)
    if said["bad"]:
        raise SystemExit(f"{len(said['bad'])} pages failed, the first: {said['bad'][0]}")
    by_page: dict[str, list[float]] = {}
    for name, spent in said["spent"]:
        by_page.setdefault(name, []).append(spent)
    everything = [spent for _, spent in said["spent"]]
    worst = sorted(1000 * one for one in everything)[int(len(everything) * 0.95)]
    text = [
        _site.machine(),
        f"{chosen.rows:,} declarations, {chosen.officers} officers in {len(places)} offices, {chosen.think:g} s between clicks",
        f"{len(everything) / chosen.seconds:.1f} pages a second, {1000 * cpu / len(everything):.1f} ms CPU of the server a page",
        f"{'page':<16}{'asked':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}",
        *(row(name, spent) for name, spent in sorted(by_page.items())),
        row("all", everything),
        f"goal {GOAL:g} ms for 95 of 100: {'met' if worst < GOAL else 'missed'}",
    ]
    print("\n".join(text))
    bars = [
        (name, sorted(1000 * one for one in spent)[int(len(spent) * 0.95)]) for name, spent in sorted(by_page.items())
    ]
    _plot.save("officers", text, "milliseconds that 95 of 100 pages stay under", bars, goal=GOAL)


if __name__ == "__main__":
    main()
