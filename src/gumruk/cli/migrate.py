"""`gumruk migrate`: bring the database to this version, as the owner of its tables, and load the shipped law."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_: argparse.Namespace) -> int:
    from django.core.management import call_command

    from gumruk.cli.law import load

    call_command("migrate", interactive=False, verbosity=0)
    print("The database is at this version.")
    print(load())
    return 0
