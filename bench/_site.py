"""A database of its own for benches that need the whole program: made once, owned by nobody else."""

from __future__ import annotations

import os
import platform
import uuid
from datetime import UTC, datetime
from pathlib import Path

STATE = Path(".state") / "bench"


def prepare(database: str) -> str:
    """Start the embedded server, make `database` when it is not there, migrate it; returns its address."""
    os.environ["GUMRUK_STATE"] = str(STATE)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")
    import psycopg

    from gumruk.toolkit import postgres
    from gumruk.toolkit.environment import current

    cluster = postgres.open_cluster(STATE / "postgres")
    with psycopg.connect(cluster.url(postgres.OWNER), autocommit=True) as opened:
        found = opened.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone()
        if found is None:
            opened.execute(f"CREATE DATABASE {database}")
    os.environ["DATABASE_URL"] = cluster.url(postgres.OWNER, database)
    current.cache_clear()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)

    from gumruk.lawbook import files, services

    for name in (files.SHIPPED, files.DEMO):
        services.load(name=name, at=datetime.now(UTC))  # noqa: TID251
    return os.environ["DATABASE_URL"]


def forget_jobs() -> None:
    """The bench measures the door, not what workers do afterwards."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_events CASCADE")


def now() -> datetime:
    """The present moment: benches are doors."""
    return datetime.now(UTC)  # noqa: TID251


def machine() -> str:
    """What the figures were made on."""
    model = ""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    loads = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{platform.machine()} {model}, {os.cpu_count()} cores, Python {platform.python_version()}, load {loads}"


def people() -> tuple[object, str]:
    """The demonstration broker and the secret of an API token of his."""
    from gumruk.cli import demo
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust
    from gumruk.trust import services

    at = now()
    day = law_day(at)
    demo.enter_rates(day, at)
    if trust.person_named(username="broker", day=day) is None:
        demo.add_people(day, at)
    broker = trust.person_named(username="broker", day=day)
    assert broker is not None
    secret = services.issue_token(user_id=broker.id, label=f"bench {uuid.uuid4().hex[:6]}", at=at)
    return broker, secret
