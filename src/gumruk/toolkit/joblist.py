"""The jobs as an administrator sees them: by where they stand, what failed and where in the program, what runs by the clock.

A failure is kept as the kind of error and the place in the program, never as its text: texts of errors quote what people
wrote. Job arguments are ids.
"""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app

from gumruk.toolkit import audit
from gumruk.toolkit.jobs import SILENT_SECONDS
from gumruk.toolkit.models import JobFailure

PAGE = 50


class Standing(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    LATER = "later"
    RUNNING = "running"
    STALLED = "stalled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One job that is not done. `since` is when it was asked for."""

    id: int
    task: str
    queue: str
    standing: Standing
    attempts: int
    arguments: dict[str, str]
    since: datetime | None
    due: datetime | None
    error: str
    where: str
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Periodic:
    """What runs by the clock."""

    task: str
    cron: str
    last: datetime | None
    next: datetime


class JobRefused(Exception):
    """An act on a job was refused. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


_STANDING = f"""
CASE WHEN job.status = 'failed' THEN 'failed'
     WHEN job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => {SILENT_SECONDS}))
       THEN 'stalled'
     WHEN job.status = 'doing' THEN 'running'
     WHEN job.scheduled_at > now() THEN 'later'
     ELSE 'waiting' END
"""
_FROM = "FROM procrastinate_jobs job LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id"
_OPEN = "job.status IN ('todo', 'doing', 'failed')"
_PAGE = f"""
SELECT job.id, job.task_name, job.queue_name, {_STANDING}, job.attempts, job.args,
       (SELECT min(at) FROM procrastinate_events WHERE job_id = job.id), job.scheduled_at, last.error, last.place, last.at
{_FROM} LEFT JOIN LATERAL (SELECT error, place, at FROM toolkit_jobfailure WHERE job = job.id ORDER BY id DESC LIMIT 1) last
  ON true
WHERE {_OPEN} AND job.id > %s AND (%s = '' OR {_STANDING} = %s) ORDER BY job.id LIMIT %s
"""  # noqa: S608 - only words of this module
_COUNTS = f"SELECT job.queue_name, {_STANDING}, count(*) {_FROM} WHERE {_OPEN} GROUP BY 1, 2 ORDER BY 1, 2"


def page(*, standing: str = "", after: int = 0, size: int = PAGE) -> tuple[tuple[Job, ...], int]:
    """Jobs that are not done, oldest first, and the cursor of those after (0: none); one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [after, standing, standing, size + 1])
        rows = cursor.fetchall()
    more, rows = len(rows) > size, rows[:size]
    found = tuple(
        Job(
            row[0],
            row[1],
            row[2],
            Standing(row[3]),
            row[4],
            _texts(row[5]),
            row[6],
            row[7],
            row[8] or "",
            row[9] or "",
            row[10],
        )
        for row in rows
    )
    return found, found[-1].id if more else 0


def counts() -> tuple[tuple[str, Standing, int], ...]:
    """Queue, standing, how many; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return tuple((queue, Standing(standing), count) for queue, standing, count in cursor.fetchall())


def periodic(at: datetime) -> tuple[Periodic, ...]:
    """What runs by the clock, with its last and its next run; one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, max(defer_timestamp) FROM procrastinate_periodic_defers GROUP BY task_name")
        last = dict(cursor.fetchall())
    found = []
    for one in app.periodic_registry.periodic_tasks.values():
        stamp = last.get(one.task.name)
        coming = datetime.fromtimestamp(one.croniter.get_next(start_time=at.timestamp()), UTC)
        found.append(Periodic(one.task.name, one.cron, datetime.fromtimestamp(stamp, UTC) if stamp else None, coming))
    return tuple(sorted(found, key=lambda one: one.task))


def workers() -> tuple[int, datetime | None]:
    """How many workers live, and when one was last heard; one query."""
    text = "SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %s)), max(last_heartbeat) "
    with connection.cursor() as cursor:
        cursor.execute(text + "FROM procrastinate_workers", [SILENT_SECONDS])
        living, heard = cursor.fetchone()
    return living, heard


def note_failure(*, job: int, task: str, attempt: int, error: BaseException, at: datetime) -> None:
    """Remember that a job failed: the kind of error and where, no text. Used by: the middleware around each job."""
    JobFailure.objects.create(
        job=job, task=task, attempt=attempt, error=type(error).__name__[:80], place=_place(error)[:200], at=at
    )


def _place(error: BaseException) -> str:
    """The last place in this program that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/gumruk/" in frame.filename] or frames
    if not own:
        return ""
    return f"gumruk/{own[-1].filename.rpartition('/gumruk/')[2]}:{own[-1].lineno} {own[-1].name}"


def forget_failures(at: datetime) -> int:
    """Remove notes of jobs that are gone. Used by: the hourly task."""
    del at
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM toolkit_jobfailure note WHERE NOT EXISTS "
            "(SELECT 1 FROM procrastinate_jobs job WHERE job.id = note.job AND job.status IN ('todo', 'doing', 'failed'))"
        )
        return int(cursor.rowcount)


@transaction.atomic
def retry(*, job: int, by: audit.Acting, at: datetime, reason: str) -> None:
    """Put a failed job back into its queue with all its attempts. Raises JobRefused `job_unknown`, `reason_missing`."""
    text = "UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL "
    _act(
        "job.retried", text + "WHERE id = %s AND status = 'failed' RETURNING task_name, queue_name", job, by, at, reason
    )


@transaction.atomic
def give_up(*, job: int, by: audit.Acting, at: datetime, reason: str) -> None:
    """Take a failed or waiting job out of its queue for good. Raises JobRefused `job_unknown`, `reason_missing`."""
    text = "UPDATE procrastinate_jobs SET status = 'cancelled' "
    _act(
        "job.given_up",
        text + "WHERE id = %s AND status IN ('failed', 'todo') RETURNING task_name, queue_name",
        job,
        by,
        at,
        reason,
    )


def _act(name: str, text: str, job: int, by: audit.Acting, at: datetime, reason: str) -> None:
    if not reason.strip():
        raise JobRefused("reason_missing")
    with connection.cursor() as cursor:
        cursor.execute(text, [job])
        row = cursor.fetchone()
    if row is None:
        raise JobRefused("job_unknown", job=str(job))
    audit.record(
        name, by=by, at=at, kind="job", subject=job, subject_name=row[0], after={"task": row[0], "queue": row[1]},
        reason=reason.strip(),
    )  # fmt: skip


def _texts(args: Any) -> dict[str, str]:
    read = json.loads(args) if isinstance(args, str) else args
    return {key: str(value)[:80] for key, value in read.items() if key != "timestamp"} if isinstance(read, dict) else {}
