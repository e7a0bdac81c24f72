"""Jobs outlive the workers that run them: killed in the middle, put back, done once; given up, listed, tried again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from gumruk.cli import main
from gumruk.notices.models import Notice
from gumruk.toolkit import jobs, outbox, postgres, tasks
from gumruk.toolkit.models import OutboxEvent

from . import slow_worker
from .conftest import NOON


def url() -> str:
    at = connection.settings_dict
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


@pytest.fixture
def no_jobs(transactional_db: None) -> Iterator[None]:
    """The tables of jobs are not the framework's: emptied by hand, before and after."""
    emptied = "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
    with connection.cursor() as cursor:
        cursor.execute(emptied)
    yield
    with connection.cursor() as cursor:
        cursor.execute(emptied)


def start_worker(begun: Path, *words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATABASE_URL": url(), "SLOW_BEGUN": str(begun), "PYTHONPATH": "src:."}
    return subprocess.Popen([sys.executable, "-m", "tests.contexts.slow_worker", *words], env=environment)


def test_a_job_whose_worker_is_killed_is_finished_by_another_with_its_effect_once(
    no_jobs: None, tmp_path: Path
) -> None:
    outbox.listen("tried.kill", "quick", slow_worker.quick)  # here only so that the event takes a job along
    event = outbox.add("tried.kill", office="PRV-R01", at=NOON)
    begun = tmp_path / "begun"
    worker = start_worker(begun)
    for _ in range(300):
        if begun.exists() or worker.poll() is not None:
            break
        time.sleep(0.1)
    assert begun.exists()
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    [(job, status)] = rows("SELECT id, status::text FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'")
    assert status == "doing"
    assert list(Notice.objects.values_list("name", flat=True)) == ["quick"]  # what was committed before the kill
    time.sleep(1.1)
    assert job in jobs.requeue_stalled(silent_seconds=1)
    assert jobs.requeue_stalled(silent_seconds=1) == ()
    assert start_worker(begun, "--once").wait(60) == 0
    assert sorted(Notice.objects.values_list("name", flat=True)) == ["quick", "slow"]
    assert OutboxEvent.objects.get(id=event).sent_at is not None
    assert rows("SELECT task_name FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'") == []


def test_a_job_that_kills_its_worker_each_time_is_laid_aside(no_jobs: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts) "
            "VALUES ('default', 'outbox.deliver', 'doing', %s)",
            [jobs.MAX_ATTEMPTS - 1],
        )
    assert len(jobs.requeue_stalled()) == 1
    assert [(job.task, job.attempts) for job in jobs.failed()] == [("outbox.deliver", jobs.MAX_ATTEMPTS)]


def test_the_job_of_a_worker_that_lives_is_left_to_it(no_jobs: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id) "
            "VALUES ('default', 'outbox.deliver', 'doing', %s)",
            cursor.fetchone(),
        )
    assert jobs.requeue_stalled() == ()


def test_a_job_that_was_given_up_is_listed_and_can_be_tried_again(
    no_jobs: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url())
    assert main.main(["worker", "--failed"]) == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, args) "
            "VALUES ('default', 'outbox.deliver', 'failed', 8, '{\"event\": \"e-1\"}') RETURNING id"
        )
        job = cursor.fetchone()[0]
    assert jobs.health().failed == 1
    assert main.main(["worker", "--failed"]) == 1
    assert main.main(["worker", "--retry", str(job)]) == 0
    assert main.main(["worker", "--retry", str(job)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("No job was given up.")
    assert f"{job:>8}" in said
    assert "e-1" in said
    assert rows("SELECT status::text, attempts FROM procrastinate_jobs") == [("todo", 0)]


@pytest.mark.django_db
def test_what_expires_is_called_every_hour() -> None:
    called: list[datetime] = []
    jobs.every_hour("tried", called.append)
    try:
        assert "tried" in jobs.run_hourly(NOON)
        tasks.hourly(0)
    finally:
        del jobs._HOURLY["tried"]
    assert called[0] == NOON
    assert len(called) == 2


def test_the_programs_role_runs_jobs_on_tables_that_the_owner_made(tmp_path: Path) -> None:
    environment = {**os.environ, "GUMRUK_STATE": str(tmp_path), "PYTHONPATH": "src:."}
    environment.pop("DATABASE_URL")

    def gumruk(*words: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "gumruk.cli.main", *words], env=environment, check=False
        ).returncode

    cluster = postgres.open_cluster(tmp_path / "postgres", durable=False)
    try:
        assert gumruk("migrate") == 0
        assert gumruk("demo", "--declarations", "3") == 0
        with psycopg.connect(cluster.url(postgres.PROGRAM)) as opened:
            owned = "SELECT count(*) FROM pg_class JOIN pg_roles r ON r.oid = relowner WHERE r.rolname = current_user"
            assert opened.execute(owned).fetchone() == (0,)
            waiting = opened.execute("SELECT count(*) FROM procrastinate_jobs").fetchone()
            assert waiting is not None
            assert waiting[0] >= 1
        assert gumruk("worker", "--once") == 0
        with psycopg.connect(cluster.url(postgres.PROGRAM)) as opened:
            left = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'outbox.deliver'"
            assert opened.execute(left).fetchone() == (0,)
            assert opened.execute("SELECT count(*) FROM notices_notice").fetchone() == waiting
    finally:
        postgres.stop(cluster)
        postgres.forget(tmp_path / "postgres")
