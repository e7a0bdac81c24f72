"""The job that makes a large register. A door: it asks the clock and calls one function. Running twice leaves one file."""

from __future__ import annotations

import uuid
from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gumruk.documents import ordering, services
from gumruk.documents.types import OrderState
from gumruk.toolkit import clock, jobs
from gumruk.web.registers.asking import again
from gumruk.web.registers.printing import lines_of, sheet

MAKE = "registers.make"


def make(order: uuid.UUID, at: datetime) -> None:
    """Read, typeset, keep; how far it is can be seen meanwhile."""
    known = ordering.order_known(order=order)
    if known is None or known.state is OrderState.READY:
        return
    asked = again(known.asked)
    lines = list(lines_of(asked, lambda done: ordering.say(order=order, state=OrderState.READING, done=done)))
    ordering.say(order=order, state=OrderState.TYPESETTING, done=len(lines))
    made = services.print_sheet(
        sheet=sheet(asked, lines, language=known.asked["language"], at=known.ordered_at),
        address=known.asked["address"], by=known.by, at=at,
    )  # fmt: skip
    ordering.finish(order=order, file=made.pdf, file_name=made.file_name, at=at)


@app.task(name=MAKE, retry=RetryStrategy(max_attempts=jobs.MAX_ATTEMPTS, exponential_wait=2))
def make_register(order: str, request: str = "") -> None:  # noqa: ARG001 - the request is read by `logged`
    """Make one register that was ordered."""
    try:
        make(uuid.UUID(order), clock.now())
    except Exception:
        ordering.fail(order=uuid.UUID(order), at=clock.now())
        raise
