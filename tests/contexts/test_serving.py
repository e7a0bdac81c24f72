"""One command runs site, worker and database, keeps them running, and leaves nothing behind when it is stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from gumruk.cli import serve
from gumruk.cli.supervise import Program, keep_running
from gumruk.toolkit import clock, postgres

Gumruk = Callable[..., subprocess.Popen[str]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "state"
    cluster = postgres.known(tmp_path / "state" / "postgres")
    if cluster is not None:
        postgres.stop(cluster)
    postgres.forget(tmp_path / "state" / "postgres")


@pytest.fixture
def gumruk(state: Path) -> Iterator[Gumruk]:
    """Starts the command with a state of its own; what still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "GUMRUK_STATE": str(state), "PYTHONPATH": "src", "GUMRUK_LOG": "json"}
    environment.pop("DATABASE_URL", None)

    def start(*words: str, **more: str) -> subprocess.Popen[str]:
        began = subprocess.Popen(
            [sys.executable, "-m", "gumruk.cli.main", *words], env={**environment, **more}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(began)
        return began

    yield start
    for one in started:
        one.kill()
        one.wait()
        if one.stdout:
            one.stdout.close()


def read_until(started: subprocess.Popen[str], words: str) -> str:
    assert started.stdout is not None
    said = ""
    for line in started.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(said)


def worker_of(started: subprocess.Popen[str], *, but: int = 0) -> psutil.Process:
    """The worker that `serve` runs, another one than `but`."""
    for _ in range(100):
        for child in psutil.Process(started.pid).children():
            if child.pid != but and child.is_running() and "worker" in child.cmdline():
                return child
        time.sleep(0.1)
    raise AssertionError("no worker")


def test_serve_runs_all_mends_what_falls_and_the_last_to_leave_stops_the_database(state: Path, gumruk: Gumruk) -> None:
    assert gumruk("migrate").wait(60) == 0
    cluster = postgres.known(state / "postgres")
    assert cluster is not None
    ports = [free_port(), free_port()]
    first, second = gumruk("serve", "--port", str(ports[0])), gumruk("serve", "--port", str(ports[1]), "--no-worker")
    for started, port in ((first, ports[0]), (second, ports[1])):
        said = read_until(started, "Gumruk answers")
        assert f"http://127.0.0.1:{port}/" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
            assert json.load(answer)["ready"] is True

    fallen = worker_of(first)
    fallen.kill()
    read_until(first, "program_fell")
    worker_of(first, but=fallen.pid)
    children = psutil.Process(first.pid).children(recursive=True)

    first.send_signal(signal.SIGINT)
    assert first.wait(30) == 0
    assert not any(child.is_running() for child in children)
    assert postgres.is_up(cluster)  # the second still uses it
    second.send_signal(signal.SIGTERM)
    assert second.wait(30) == 0
    assert not postgres.is_up(cluster)


def test_programs_of_a_killed_serve_do_not_stay(state: Path, gumruk: Gumruk) -> None:
    assert gumruk("migrate").wait(60) == 0
    started = gumruk("serve", "--port", str(free_port()))
    read_until(started, "Gumruk answers")
    children = psutil.Process(started.pid).children(recursive=True)
    assert len(children) >= 2
    started.kill()
    _, alive = psutil.wait_procs(children, timeout=25)
    assert alive == []


def test_a_database_that_somebody_is_connected_to_is_not_stopped(state: Path) -> None:
    cluster = postgres.open_cluster(state / "postgres", durable=False)
    with psycopg.connect(cluster.url(postgres.OWNER)):
        with postgres.in_use(cluster):
            pass
        assert postgres.is_up(cluster)
    with postgres.in_use(cluster):
        pass
    assert not postgres.is_up(cluster)
    with postgres.in_use(cluster):
        assert postgres.is_up(cluster)


def test_serve_refuses_a_taken_port_and_a_database_without_tables(gumruk: Gumruk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        started = gumruk("serve", "--port", str(port))
        said, _ = started.communicate(timeout=60)
    assert started.returncode == 2
    assert said.endswith(f"gumruk: port {port} is taken. Stop what uses it, or set GUMRUK_PORT to another.\n")
    started = gumruk("serve", "--port", str(free_port()))
    said, _ = started.communicate(timeout=60)
    assert started.returncode == 2
    assert said == "gumruk: the database is older than this program. Run `gumruk migrate` first.\n"


def test_a_database_that_does_not_answer_is_named_without_its_password(gumruk: Gumruk) -> None:
    port = free_port()
    started = gumruk("serve", DATABASE_URL=f"postgresql://somebody:hidden-word@127.0.0.1:{port}/gumruk")
    said, _ = started.communicate(timeout=60)
    assert started.returncode == 2
    assert re.match(rf"gumruk: the database at 127\.0\.0\.1:{port} refused: ", said)
    assert "hidden-word" not in said


def test_a_program_that_cannot_be_kept_running_ends_the_rest() -> None:
    steady = Program("steady", [sys.executable, "-c", "import time; time.sleep(60)"])
    broken = Program("broken", [sys.executable, "-c", "raise SystemExit(3)"])
    assert keep_running([steady, broken], started=lambda: None) == 1
    assert broken.falls == 3
    assert steady.running is not None
    assert steady.running.returncode == -signal.SIGTERM


def test_a_site_that_never_answers_is_told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "START_SECONDS", 0.4)
    serve.greet("127.0.0.1", free_port(), [])
    assert capsys.readouterr().err == "gumruk: the site does not answer as it should (no answer).\n"


def to_nobody(state: Path, *words: str) -> tuple[int, str]:
    """Run a command whose reader has left; its exit code and what it complained."""
    read, write = os.pipe()
    os.close(read)
    environment = {**os.environ, "GUMRUK_STATE": str(state), "PYTHONPATH": "src"}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "gumruk.cli.main", *words], env=environment, stdout=write, stderr=subprocess.PIPE,
        text=True, check=False,
    )  # fmt: skip
    os.close(write)
    return done.returncode, done.stderr


def test_a_reader_that_leaves_early_is_no_fault_of_any_command(state: Path, gumruk: Gumruk) -> None:
    assert gumruk("demo", "--declarations", "0", "--quiet").wait(120) != 0  # no tables yet
    assert gumruk("migrate").wait(120) == 0
    assert gumruk("demo", "--declarations", "0", "--quiet").wait(120) == 0
    day = clock.law_day(clock.now()).isoformat()
    for words in (["exchange-rates", "--list", day], ["check", "--go-live"], ["law", "list"]):
        assert to_nobody(state, *words) == (141, ""), words
    assert to_nobody(state, "--help") == (0, "")
