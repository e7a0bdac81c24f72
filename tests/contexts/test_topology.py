"""The arrangement of compose.yaml with plain processes: a database with two roles, migrated by its owner, served and worked by
the program's role, which owns nothing; a declaration lodged over HTTP is told to its declarant by the worker."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gumruk.cli.demo_content import content
from gumruk.toolkit import clock, postgres

from .test_serving import free_port

pytestmark = pytest.mark.full
ROOT = Path(__file__).parent.parent.parent
_TOKEN = """
from gumruk.cli import main
main.prepare()
from gumruk.toolkit import clock
from gumruk.trust import selectors, services
at = clock.now()
person = selectors.person_named(username="broker", day=clock.law_day(at))
print(services.issue_token(user_id=person.id, label="topology", at=at))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[postgres.Cluster]:
    """A PostgreSQL that knows nothing of us."""
    cluster = postgres.open_cluster(tmp_path / "other" / "postgres", durable=False)
    yield cluster
    postgres.stop(cluster)
    postgres.forget(tmp_path / "other" / "postgres")


@pytest.fixture
def settings(server: postgres.Cluster, tmp_path: Path) -> dict[str, str]:
    """Roles and database made by scripts/roles.sh, and the settings that compose.yaml gives."""
    superuser = f"psql -h 127.0.0.1 -p {server.port} -U postgres"
    password = (server.folder / "postgres.password").read_text()
    tools = str(postgres.binaries())
    # Back to a server that was never ours: no database, no roles, no extensions in the template.
    for database, statement in (
        ("postgres", "DROP DATABASE gumruk"),
        ("template1", "DROP OWNED BY gumruk_owner"),
        ("template1", "DROP OWNED BY gumruk_app"),
        ("template1", "DROP EXTENSION btree_gist, pg_trgm"),
        ("postgres", "DROP ROLE gumruk_app, gumruk_owner"),
    ):
        _as_superuser(superuser, password, tools, statement, database=database)
    done = subprocess.run(
        ["bash", str(ROOT / "scripts" / "roles.sh")], capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PSQL": superuser, "PGPASSWORD": password,
             "OWNER_PASSWORD": "owner's word", "PROGRAM_PASSWORD": "program word"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    base = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {
        **base, "PYTHONPATH": "src", "GUMRUK_STATE": str(tmp_path / "state"), "GUMRUK_SECRET_KEY": "k" * 50, "GUMRUK_LOG": "json",
        "DATABASE_URL": f"postgresql://gumruk_app:program%20word@127.0.0.1:{server.port}/gumruk",
        "GUMRUK_OWNER_URL": f"postgresql://gumruk_owner:owner%27s%20word@127.0.0.1:{server.port}/gumruk",
    }  # fmt: skip


def _as_superuser(superuser: str, password: str, tools: str, statement: str, *, database: str) -> None:
    done = subprocess.run(
        [*superuser.split(), "-d", database, "-v", "ON_ERROR_STOP=1", "-qc", statement],
        env={**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PGPASSWORD": password}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def gumruk(settings: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "gumruk.cli.main", *words],
        env=settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def call(port: int, path: str, token: str, said: object = None) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", data=None if said is None else json.dumps(said).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )  # fmt: skip
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own address
        return json.load(answer)


def ready(port: int) -> Any:
    for _ in range(200):
        try:
            return call(port, "/readyz", "")
        except OSError:
            time.sleep(0.2)
    raise AssertionError("not ready")


def test_two_roles_site_and_worker_as_processes(server: postgres.Cluster, settings: dict[str, str]) -> None:
    said = gumruk(settings, "migrate")
    assert re.fullmatch(
        r"The database is at this version\.\nThe shipped law is change set 1: [1-9]\d* entries\.\n", said
    ), said
    assert gumruk(settings, "migrate") == (
        "The database is at this version already.\nThe shipped law stands as it was loaded.\n"
    )
    gumruk(settings, "demo", "--declarations", "0", "--quiet")
    token = subprocess.run(
        [sys.executable, "-c", _TOKEN], env=settings, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    port = free_port()
    words = [sys.executable, "-m", "gumruk.cli.main"]
    site = subprocess.Popen([*words, "serve", "--no-worker", "--port", str(port)], env=settings, cwd=ROOT)
    worker = subprocess.Popen([*words, "worker"], env=settings, cwd=ROOT)
    try:
        assert ready(port)["ready"] is True
        draft = call(port, "/api/v1/declarations", token, content(seed=5, items=2, day=clock.law_day(clock.now())))[
            "id"
        ]
        statement = call(port, f"/api/v1/declarations/{draft}/prepare", token, {})["hash"]
        lodged = call(port, f"/api/v1/declarations/{draft}/submit", token, {"hash": statement})
        assert lodged["accepted"] is True
        with psycopg.connect(settings["DATABASE_URL"]) as opened:
            told = None
            for _ in range(100):
                told = opened.execute("SELECT name, root::text, subject FROM notices_notice").fetchone()
                if told is not None:
                    break
                opened.rollback()
                time.sleep(0.2)
            assert told == ("declaration.registered", draft, lodged["registration"])
            owned = "SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE r.rolname = current_user"
            assert opened.execute(owned).fetchone() == (0,)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                opened.execute("ALTER TABLE notices_notice ADD COLUMN more int")
        assert ready(port)["outbox_lag_seconds"] == 0.0
    finally:
        for one in (site, worker):
            one.terminate()
        codes = [one.wait(40) for one in (site, worker)]
    assert codes == [0, 0]
    assert postgres.is_up(server)  # not ours: it is left running
