"""The real worker with listeners that take their time: run by the kill test as a process of its own."""

from __future__ import annotations

import os
import sys
import time
import uuid
from datetime import datetime
from pathlib import Path

from gumruk.cli import main


def _tell(name: str, event: object, at: datetime) -> None:
    from gumruk.notices import services as notices
    from gumruk.toolkit.outbox import Event

    assert isinstance(event, Event)
    # Every call would leave a row of its own: only the note of the outbox makes it count once.
    notices.tell(
        party="010000001", name=name, root=uuid.uuid4(), office=event.office, subject="", event=uuid.uuid4(),
        happened_at=event.happened_at, at=at,
    )  # fmt: skip


def quick(event: object, at: datetime) -> None:
    """Done before the kill."""
    _tell("quick", event, at)


def slow(event: object, at: datetime) -> None:
    """In the middle of its work when the kill comes: the row is written, the transaction is open."""
    _tell("slow", event, at)
    begun = Path(os.environ["SLOW_BEGUN"])
    if not begun.exists():
        begun.touch()
        time.sleep(60)


if __name__ == "__main__":
    main.prepare()
    from gumruk.toolkit import outbox

    outbox.listen("tried.kill", "quick", quick)
    outbox.listen("tried.kill", "slow", slow)
    sys.exit(main.main(["worker", *sys.argv[1:]]))
