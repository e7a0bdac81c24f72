"""The jobs of the toolkit itself: deliver an event, put back what dead workers left, run what is due every hour.

Each may run twice without a second effect. Tasks are doors: they ask the clock and call one function.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gumruk.toolkit import clock, joblist, jobs, logs, outbox

_RETRY = RetryStrategy(max_attempts=jobs.MAX_ATTEMPTS, exponential_wait=2)


@app.task(name=outbox.DELIVER, retry=_RETRY)
def deliver(event: str, request: str = "") -> None:  # noqa: ARG001 - the request is read by `logged`
    """Tell the listeners of one event."""
    for listener in outbox.deliver(event=uuid.UUID(event), at=clock.now()):
        logs.event("event_delivered", event_id=event, listener=listener)


@app.periodic(cron="* * * * *")
@app.task(name="jobs.sweep", queueing_lock="jobs.sweep")
def sweep(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Put back the jobs of dead workers."""
    with transaction.atomic():
        found = jobs.requeue_stalled()
    if found:
        logs.event("stalled_jobs_requeued", jobs=list(found))


@app.periodic(cron="23 * * * *")
@app.task(name="jobs.hourly", queueing_lock="jobs.hourly", retry=_RETRY)
def hourly(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Run what expires."""
    logs.event("hourly_tasks_ran", tasks=list(jobs.run_hourly(clock.now())))


def _note(job: Any, error: Exception) -> None:
    """Keep what failed for the administrator; a database that does not answer must not hide the error itself."""
    try:
        joblist.note_failure(job=job.id, task=job.task_name, attempt=job.attempts + 1, error=error, at=clock.now())
    except DatabaseError as trouble:
        logs.trouble("job_failure_not_noted", trouble, job=job.id)


def logged(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:  # noqa: ARG001 - the shape of a middleware
    """Around each job: say that it finished or failed, under the id of the request that caused it."""
    job, began = context.job, time.monotonic()
    said = {"job": job.id, "task": job.task_name, "attempt": job.attempts + 1}
    with logs.answering(str(job.task_kwargs.get("request", ""))):
        try:
            result = call_next()
        except Exception as error:
            _note(job, error)
            logs.trouble("job_failed", error, **said, ms=round((time.monotonic() - began) * 1000))
            raise
        logs.event("job_finished", **said, ms=round((time.monotonic() - began) * 1000))
        return result
