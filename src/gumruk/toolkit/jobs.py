"""The state of the jobs: what waits, what failed for good, what a dead worker left, and what runs every hour.

Jobs live in the same database as the business rows (Procrastinate). A worker says every ten seconds that it lives;
a job whose worker has fallen silent is put back, and after too many deaths it is laid aside for a person to look at.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

MAX_ATTEMPTS = 8  # with a wait that doubles: about ten minutes from the first try to the last
SILENT_SECONDS = 30.0

_HOURLY: dict[str, Callable[[datetime], object]] = {}


@dataclass(frozen=True, slots=True)
class Failed:
    """A job that was given up."""

    id: int
    task: str
    attempts: int
    arguments: dict[str, str]
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Health:
    """How far the jobs are behind."""

    waiting: int
    failed: int
    oldest_event: datetime | None


def every_hour(name: str, function: Callable[[datetime], object]) -> None:
    """Call `function` with the time once an hour, for what expires. Called when the program starts."""
    _HOURLY[name] = function


def run_hourly(at: datetime) -> tuple[str, ...]:
    """Run all that was asked for; returns the names."""
    for function in _HOURLY.values():
        function(at)
    return tuple(_HOURLY)


_STALLED = """
SELECT job.id, job.attempts FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing'
  AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))
ORDER BY job.id FOR UPDATE OF job SKIP LOCKED
"""


def requeue_stalled(*, silent_seconds: float = SILENT_SECONDS) -> tuple[int, ...]:
    """Put back the jobs of workers that died; a job that was put back too often is laid aside. Returns their ids."""
    with connection.cursor() as cursor:
        cursor.execute(_STALLED, [silent_seconds])
        found = cursor.fetchall()
        for job, attempts in found:
            if attempts + 1 >= MAX_ATTEMPTS:
                cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'failed', false)", [job])
            else:
                cursor.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [job])
    return tuple(job for job, _ in found)


def failed() -> tuple[Failed, ...]:
    """The jobs that were given up, oldest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, attempts, args, (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id) "
            "FROM procrastinate_jobs job WHERE status = 'failed' ORDER BY id"
        )
        rows = cursor.fetchall()
    return tuple(Failed(job, task, attempts, _texts(args), at) for job, task, attempts, args, at in rows)


def _texts(args: object) -> dict[str, str]:
    read = json.loads(args) if isinstance(args, str) else args
    return {key: str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def try_again(job: int) -> bool:
    """Put a job that was given up back into the queue with all its attempts; false when there is none of that id."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL "
            "WHERE id = %s AND status = 'failed'",
            [job],
        )
        return bool(cursor.rowcount == 1)


_HEALTH = """
SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')), count(*) FILTER (WHERE status = 'failed'),
       (SELECT happened_at FROM toolkit_outboxevent WHERE sent_at IS NULL ORDER BY id LIMIT 1)
FROM procrastinate_jobs
"""


def health() -> Health:
    """How many jobs wait or failed and the oldest event not yet told; one query. Finished jobs are not kept."""
    with connection.cursor() as cursor:
        cursor.execute(_HEALTH)
        waiting, given_up, oldest = cursor.fetchone()
    return Health(waiting, given_up, oldest)
