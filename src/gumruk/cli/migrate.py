"""`gumruk migrate`: bring the database to this version, as the owner of its tables, and load the shipped law."""

from __future__ import annotations

import argparse


def add_arguments(_: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(chosen: argparse.Namespace) -> int:
    from django.core.management import call_command

    from gumruk.cli.law import load
    from gumruk.toolkit import schema

    missing = schema.pending()
    call_command("migrate", interactive=False, verbosity=0)
    grant_rows(chosen.database.program_role)
    print(f"The database is at this version{' already' if not missing else ''}.")
    print(load())
    return 0


def grant_rows(role: str) -> None:
    """Let the program's role use rows and numbers; it owns nothing. Nothing to do when the owner runs the program."""
    from django.db import connection
    from psycopg import sql

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        if not role or role == owner:
            return
        names = {"role": sql.Identifier(role), "owner": sql.Identifier(owner)}
        for text in _GRANTS:
            cursor.execute(sql.SQL(text).format(**names))


_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)
