"""The job that keeps the figures: every minute it counts what was written since. A door: it asks the clock."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gumruk.figures import services
from gumruk.toolkit import clock, jobs, logs


@app.periodic(cron="* * * * *")
@app.task(name="figures.refresh", queueing_lock="figures.refresh", retry=RetryStrategy(max_attempts=jobs.MAX_ATTEMPTS))
def refresh(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic task
    """Count anew what changed."""
    counted = services.refresh(at=clock.now())
    if counted:
        logs.event("figures_counted", office_days=counted)
