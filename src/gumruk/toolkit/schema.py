"""Whether the database has the tables that this version of the program expects."""

from __future__ import annotations

from functools import cache

from django.db import ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader


@cache
def expected() -> frozenset[tuple[str, str]]:
    """Every migration that this version ships; read from disk once in a process."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return frozenset(loader.disk_migrations)


def pending() -> tuple[str, ...]:
    """Names of migrations that the database does not have yet; one query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except ProgrammingError:  # the table of migrations itself is not there
        applied = set()
    return tuple(sorted(f"{app}.{name}" for app, name in expected() - applied))
