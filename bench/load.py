"""How many declarations a second the submit endpoint lodges: `python -m bench.load`.

Ten items, all checks, payments, one transaction, spread over 32 offices, from a second process, the server with two
processes on two cores; beside it, in the same run and on the same database, bare Django with django-ninja that writes the
same rows (bench/plain_app.py). Rounds alternate, so that both see the same neighbours on the machine. No signature: there
is none yet. Goal: at least half of the bare rate, and 100 a second.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import socket
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench import _plot, _site

OFFICES = 32
GRANIAN = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-log", "--blocking-threads", "4"]


@dataclass(slots=True)
class Result:
    """What one side took over all rounds."""

    name: str
    requests: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    spent: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def add(self, seconds: float, spent: list[float], cpu: float) -> None:
        self.requests += len(spent)
        self.seconds += seconds
        self.cpu += cpu
        self.spent += spent
        self.rates.append(len(spent) / seconds)

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    def line(self) -> str:
        ordered = sorted(self.spent)
        p50, p99 = (1000 * ordered[int(len(ordered) * share)] for share in (0.5, 0.99))
        best = max(self.rates)
        cpu = 1000 * self.cpu / self.requests
        return f"{self.name:<34}{self.rate:>8.1f}{best:>8.1f}{p50:>9.1f}{p99:>9.1f}{cpu:>9.2f}"


def contents(count: int, offices: list[str]) -> list[dict[str, Any]]:
    """Invented declarations of ten items, one office after another."""
    from gumruk.cli.demo_content import content
    from gumruk.toolkit.clock import law_day

    day = law_day(_site.now())
    return [content(seed=1000 + n, items=10, day=day, office=offices[n % len(offices)]) for n in range(count)]


def offices() -> list[str]:
    """Offices under which an invented declaration is without faults."""
    from gumruk.clearance import services as clearance
    from gumruk.lawbook import selectors as lawbook

    at = _site.now()
    found = []
    for code, _ in lawbook.codes("office", "en"):
        if len(found) == OFFICES:
            break
        if not clearance.check(content=contents(1, [code])[0], at=at).findings:
            found.append(code)
    return found


def prepared(count: int, places: list[str]) -> list[str]:
    """Make drafts and freeze them; returns the lines that lodge them."""
    from gumruk.clearance import services as clearance
    from gumruk.clearance.types import reason_key
    from gumruk.declarations import services as declarations
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust

    at = _site.now()
    broker = trust.person_named(username="broker", day=law_day(at))
    assert broker is not None
    lines = []
    for said in contents(count, places):
        draft = declarations.create_draft(content=said, by=broker, at=at, origin="api")
        answers = {reason_key(finding): "bench" for finding in clearance.check(content=said, at=at).findings}
        statement = clearance.prepare(declaration=draft, by=broker, at=at, reasons=answers)
        lines.append(f"/api/v1/declarations/{draft}/submit\t{json.dumps({'hash': statement.hash})}")
    return lines


def rows_of_a_lodging(line: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Lodge one declaration and read back every row that the submit wrote, as plain values."""
    from django.apps import apps

    from gumruk.clearance import services as clearance
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust

    path, _, body = line.partition("\t")
    root = uuid.UUID(path.split("/")[4])
    at = _site.now()
    broker = trust.person_named(username="broker", day=law_day(at))
    assert broker is not None
    models = [model for model in apps.get_models() if "root" in {f.name for f in model._meta.concrete_fields}]
    models = [model for model in models if model._meta.app_label != "notices"]
    before = {model: set(model.objects.filter(root=root).values_list("pk", flat=True)) for model in models}  # type: ignore[attr-defined]
    clearance.submit(declaration=root, statement_hash=json.loads(body)["hash"], by=broker, at=at)
    found = []
    for model in [*models, apps.get_model("declarations.Declaration"), apps.get_model("declarations.Version")]:
        whole = model._meta.label in ("declarations.Declaration", "declarations.Version")  # changed, not added
        key = {"id": root} if model._meta.label == "declarations.Declaration" else {"root": root}
        if whole and model in models:
            before[model] = set()
            if any(label == model._meta.label for label, _ in found):
                continue
        kept = [row for row in model.objects.filter(**key) if row.pk not in before.get(model, set())]  # type: ignore[attr-defined]
        if kept:
            found.append((model._meta.label, [_plain(row) for row in kept]))
    accounts = apps.get_model("payments.Account")
    used = accounts.objects.filter(
        id__in=[row["account"] for label, rows in found if label == "payments.Entry" for row in rows]
    )  # type: ignore[attr-defined]
    return [*found, ("payments.Account", [_plain(row) for row in used])]


def _plain(row: Any) -> dict[str, Any]:
    values = {
        f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key or f.name == "id"
    }
    return {
        name: value if isinstance(value, bool | int | dict | list) or value is None else str(value)
        for name, value in values.items()
        if not isinstance(value, bytes | memoryview)
    }


@contextlib.contextmanager
def server(application: str, **more: str) -> Iterator[tuple[int, int]]:
    """Two server processes on a free loopback port; yields the port and the process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "PYTHONPATH": f"src{os.pathsep}.", "GUMRUK_LOG": "json", **more}
    log = (_site.STATE / f"{application.partition(':')[0]}.log").open("w")
    words = [sys.executable, *GRANIAN, "--port", str(port), "--workers", "2", application]
    started = subprocess.Popen(words, env=environment, stdout=log, stderr=log)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port, started.pid
    finally:
        started.terminate()
        started.wait(20)
        log.close()


def cpu_of(process: int) -> float:
    """Seconds of processor time of a server and its children."""
    import psutil

    parent = psutil.Process(process)
    return sum(one.cpu_times().user + one.cpu_times().system for one in [parent, *parent.children(recursive=True)])


def fire(port: int, process: int, lines: list[str], token: str, connections: int, into: Result) -> None:
    """One round: the second process posts the lines."""
    place = _site.STATE / "lines.tsv"
    place.write_text("\n".join(lines), encoding="utf-8")
    before = cpu_of(process)
    words = [sys.executable, "-m", "bench._client", str(port), str(place), token, str(connections)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=300)
    said = json.loads(done.stdout)
    if len(said["spent"]) != len(lines):
        raise SystemExit(f"{into.name}: no answer; see the logs in {_site.STATE}. {done.stderr[-400:]}")
    if said["bad"]:
        raise SystemExit(f"{into.name}: {len(said['bad'])} refused, the first: {said['bad'][0]}")
    into.add(said["seconds"], said["spent"], cpu_of(process) - before)


def main() -> None:
    """Measure, print, plot."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=400, help="in each round (400)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=8)
    chosen = parser.parse_args()
    _site.prepare("gumruk_load")
    _, token = _site.people()
    places = offices()
    warm = 40
    lines = prepared(chosen.rounds * chosen.requests + warm + 1, places)
    rows = rows_of_a_lodging(lines.pop())
    kept = _site.STATE / "rows.json"
    kept.write_text(json.dumps(rows), encoding="utf-8")
    plain_lines = [f"/api/lodge\t{json.dumps(said)}" for said in contents(chosen.requests, places)]
    _site.forget_jobs()
    ours, plain = Result("submit, all checks and payments"), Result("bare Django and django-ninja")
    from django.db import connections

    connections.close_all()
    with (
        server("gumruk.site.wsgi:application") as (port, process),
        server(
            "bench.plain_app:application", PLAIN_ROWS=str(kept.resolve()), DJANGO_SETTINGS_MODULE="bench.plain_settings"
        ) as (
            plain_port,
            plain_process,
        ),
    ):
        for _ in range(2):
            fire(port, process, [lines.pop() for _ in range(warm // 2)], token, 4, Result("warm"))
        fire(plain_port, plain_process, plain_lines[:warm], token, 4, Result("warm"))
        for _ in range(chosen.rounds):
            fire(port, process, [lines.pop() for _ in range(chosen.requests)], token, chosen.connections, ours)
            fire(plain_port, plain_process, plain_lines, token, chosen.connections, plain)
    ratio = ours.rate / plain.rate
    rounds = statistics.median(a / b for a, b in zip(ours.rates, plain.rates, strict=True))
    written = sum(len(found) for _, found in rows)
    said = f"{written} rows in {len(rows)} tables a lodging, 10 items, {len(places)} offices, no signature"
    how = (
        f"{chosen.connections} connections, {chosen.rounds} rounds of {chosen.requests}, server 2 processes x 4 threads"
    )
    goals = [f"half: {'met' if ratio >= 0.5 else 'missed'}", f"100 a second: {'met' if ours.rate >= 100 else 'missed'}"]
    text = [
        _site.machine(),
        said,
        how,
        f"{'':<34}{'a second':>8}{'best':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}",
        ours.line(),
        plain.line(),
        f"ratio {ratio:.2f} of the bare rate, median of rounds {rounds:.2f}; of CPU {plain.cpu / ours.cpu:.2f}. Goals: {', '.join(goals)}",
    ]
    print("\n".join(text))
    _plot.save("load", text, "declarations lodged a second", [(one.name, one.rate) for one in (ours, plain)], goal=100)


if __name__ == "__main__":
    main()
