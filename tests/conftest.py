"""Every test that uses the database finds the shipped law and the demonstration law in it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def load_law() -> None:
    from gumruk.lawbook import files, services
    from gumruk.toolkit.models import OutboxEvent

    services.load(name=files.SHIPPED, at=LOADED_AT)
    services.load(name=files.DEMO, at=LOADED_AT)
    OutboxEvent.objects.all().delete()  # tests count what they tell themselves


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load_law()


@pytest.fixture(autouse=True)
def law_after_a_flush(request: pytest.FixtureRequest) -> None:
    """A test that commits empties every table at its end: the law is loaded anew for the next one."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("transactional_db")
        load_law()
