"""The law of tests: the shipped and the demonstration law, from files without a database, else from its rows."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from pytest_django.plugin import blocking_manager_key

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
    with connection.cursor() as cursor:  # the tables of jobs are not ours: emptying every table leaves them full
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        load_law()
    yield
    # A browser that keeps its line open keeps a thread of the live server, and that thread its connection.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


# Set once a test that commits has emptied every table: the law went with them.
law_is_lost = False


def _commits(item: pytest.Item) -> bool:
    """Whether a test commits what it does, so that every table is emptied at its end."""
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or (marker is not None and bool(marker.kwargs.get("transaction")))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a test that only reads the law of the database: load it again, outside of the test's transaction."""
    global law_is_lost  # noqa: PLW0603 - one database a process
    reads = item.get_closest_marker("django_db") is not None or "db" in getattr(item, "fixturenames", ())
    if law_is_lost and reads and not _commits(item):
        with item.config.stash[blocking_manager_key].unblock():
            load_law()
        law_is_lost = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    global law_is_lost  # noqa: PLW0603 - same
    yield
    law_is_lost = law_is_lost or _commits(item)


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
