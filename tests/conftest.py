"""The law of tests: the shipped and the demonstration law, from files without a database, else from its rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from gumruk.lawbook import selectors, shipped

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)
# Kept open to the end of the run: some tests make files while they are imported.
WITHOUT_DATABASE = selectors.given(shipped.snapshot())
WITHOUT_DATABASE.__enter__()


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
def law_of_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with a database reads the law from it. One that commits empties every table at its end: load it anew."""
    marker = request.node.get_closest_marker("django_db")
    wanted = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marker is None and not wanted:
        yield
        return
    if wanted - {"db"} or (marker is not None and marker.kwargs.get("transaction")):
        request.getfixturevalue("transactional_db")
        load_law()
    with selectors.given(None):
        yield
