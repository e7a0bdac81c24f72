"""`gumruk stop`: stop the embedded database, which outlives the server so that the next start is quick."""

from __future__ import annotations

import argparse

from gumruk.toolkit import postgres
from gumruk.toolkit.environment import current


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--forget", action="store_true", help="also remove the embedded database with all it holds")


def run(chosen: argparse.Namespace) -> int:
    folder = current().state / "postgres"
    cluster = postgres.known(folder)
    if cluster is None or not postgres.is_up(cluster):
        print("No embedded database is running here.")
    else:
        postgres.stop(cluster)
        print("The embedded database is stopped.")
    if chosen.forget and folder.exists():
        postgres.forget(folder)
        print("The embedded database is removed.")
    return 0
