"""`gumruk worker`: run the jobs that business changes left for after their commit; list and retry those given up."""

from __future__ import annotations

import argparse

from gumruk.toolkit import logs
from gumruk.toolkit.environment import current


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="stop when nothing waits")
    parser.add_argument("--failed", action="store_true", help="list the jobs that were given up")
    parser.add_argument("--retry", type=int, metavar="JOB", help="put a job that was given up back into the queue")


def run(chosen: argparse.Namespace) -> int:
    if chosen.failed:
        return _list_failed()
    if chosen.retry is not None:
        return _retry(chosen.retry)
    environment = current()
    logs.configure(style=environment.log, level=environment.log_level)
    work(once=chosen.once, concurrency=environment.worker_jobs)
    return 0


def work(*, once: bool, concurrency: int = 2) -> None:
    """Take jobs until told to stop; with `once` until none is left. What a dead worker left is taken up first."""
    from procrastinate.contrib.django import app

    from gumruk.toolkit import jobs
    from gumruk.toolkit.tasks import logged

    stalled = jobs.requeue_stalled()
    logs.event("worker_started", requeued=list(stalled))
    with app.replace_connector(app.connector.get_worker_connector()) as running:  # type: ignore[attr-defined]
        cleanup = running.worker_defaults.get("task_middleware", [])
        running.run_worker(
            wait=not once,
            concurrency=concurrency,
            delete_jobs="successful",
            shutdown_graceful_timeout=20.0,
            task_middleware=[*cleanup, logged],
        )
    logs.event("worker_stopped")


def _list_failed() -> int:
    from gumruk.toolkit import jobs

    found = jobs.failed()
    if not found:
        print("No job was given up.")
    for job in found:
        when = f"{job.at:%Y-%m-%d %H:%M}" if job.at else ""
        print(f"{job.id:>8}  {when:<16}  {job.task:<20}  attempts {job.attempts}  {job.arguments.get('event', '')}")
    if found:
        print("Put one back with: gumruk worker --retry JOB")
    return 1 if found else 0


def _retry(job: int) -> int:
    from gumruk.toolkit import jobs

    if jobs.try_again(job):
        print(f"Job {job} is in the queue again.")
        return 0
    print(f"Job {job} was not given up. List those that were: gumruk worker --failed")
    return 1
