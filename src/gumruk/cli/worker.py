"""`gumruk worker`: run the jobs that were enqueued with business changes."""

from __future__ import annotations

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="stop when nothing waits")


def run(chosen: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("procrastinate", "worker", *(["--one-shot"] if chosen.once else []))
    return 0
