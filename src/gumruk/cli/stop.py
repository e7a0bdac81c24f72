"""`gumruk stop`: stop the embedded database, which outlives the server so that the next start is quick."""

from __future__ import annotations

import argparse

from gumruk.toolkit import postgres
from gumruk.toolkit.environment import current


def add_arguments(_: argparse.ArgumentParser) -> None:
    """No arguments."""


def run(_: argparse.Namespace) -> int:
    folder = current().state / "postgres"
    cluster = postgres.known(folder)
    if cluster is None or not postgres.is_up(cluster):
        print("No embedded database is running here.")
        return 0
    postgres.stop(cluster)
    print("The embedded database is stopped.")
    return 0
