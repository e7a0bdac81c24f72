"""The command `gumruk`: reads its words, prepares the database address, hands over to one command."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gumruk.toolkit import postgres
from gumruk.toolkit.environment import SettingsRefused, current

# name: (module under gumruk.cli, what it does, whether it needs the database)
COMMANDS: dict[str, tuple[str, str, bool]] = {
    "serve": ("serve", "run the site", True),
    "worker": ("worker", "run the jobs that others wait for", True),
    "migrate": ("migrate", "bring the database to this version", True),
    "declare": ("declare", "lodge a declaration from a file", True),
    "document": ("document", "files of a declaration: add, list, save, withdraw", True),
    "bank": ("bank", "take a statement of the bank in", True),
    "calc": ("calc", "compute payments of JSON lines", False),
    "rate": ("rate", "read rate texts, one a line", False),
    "law": ("law", "load, look into and change the law", True),
    "check": ("check", "list what the law data does not know for sure", True),
    "replay": ("replay", "compute a stored assessment again and compare", True),
    "export": ("export", "write a declaration as ASYCUDA World XML", True),
    "tariff": ("tariff", "read the national tariff from a sheet into a draft", True),
    "exchange-rates": ("exchange_rates", "enter or list official rates of exchange", True),
    "figures": ("figures", "print the figures, or count them anew", True),
    "administrator": ("administrator", "make somebody administrator of the whole service", True),
    "pki": ("pki", "make authorities and keys for trying signatures", False),
    "sign": ("sign", "sign a statement with a key file", False),
    "verify": ("verify", "judge a bundle of signatures, without database and network", False),
    "token": ("token", "make a secret for a client program", True),
    "demo": ("demo", "load demonstration data", True),
    "stop": ("stop", "stop the embedded database", False),
    "manage": ("manage", "any command of the framework underneath", True),
}


LEFT_EARLY = 141  # what a shell says of a command whose reader left


def main(words: list[str] | None = None) -> int:
    """Run one command; returns its exit code. A reader that leaves early, as `head` does, is no fault."""
    try:
        try:
            return chosen_command(words)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return LEFT_EARLY


def chosen_command(words: list[str] | None) -> int:
    """Read the words, prepare what the command needs, hand over."""
    parser = argparse.ArgumentParser(prog="gumruk", description="Open customs administration platform.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, purpose, _) in COMMANDS.items():
        command = commands.add_parser(name, help=purpose, description=purpose)
        importlib.import_module(f"gumruk.cli.{module}").add_arguments(command)
    chosen = parser.parse_args(words)
    module, _, needs_database = COMMANDS[chosen.command]
    try:
        if needs_database:
            chosen.database = prepare(as_owner=chosen.command == "migrate")
        return int(importlib.import_module(f"gumruk.cli.{module}").run(chosen))
    except (SettingsRefused, postgres.PostgresRefused) as refused:
        print(f"gumruk: {refused}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = _of_the_database(error)
        if sentence is None:
            raise
        print(f"gumruk: {sentence}", file=sys.stderr)
        return 2


@dataclass(frozen=True, slots=True)
class Database:
    """What was prepared: the embedded server, when it is one, and the role that the program uses."""

    cluster: postgres.Cluster | None
    program_role: str


def prepare(*, as_owner: bool = False) -> Database:
    """Put the database address into the environment, starting the embedded server when none was given."""
    environment = current()
    owner = environment.owner_url or environment.database_url
    program = environment.database_url
    cluster = None
    if not program:
        cluster = postgres.open_cluster(environment.state / "postgres")
        owner, program = cluster.url(postgres.OWNER), cluster.url(postgres.PROGRAM)
    os.environ["DATABASE_URL"] = owner if as_owner else program
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")
    current.cache_clear()
    import django

    django.setup()
    return Database(cluster, unquote(urlsplit(program).username or ""))


def _of_the_database(error: Exception) -> str | None:
    """A plain sentence for a database that does not answer or has not the tables of this version; else None."""
    from django.db import OperationalError, ProgrammingError

    if isinstance(error, OperationalError):
        where = urlsplit(os.environ.get("DATABASE_URL", ""))
        said = str(error).strip().splitlines()
        return f"the database at {where.hostname}:{where.port or 5432} refused: {said[-1] if said else 'no answer'}"
    if isinstance(error, ProgrammingError) and "does not exist" in str(error):
        return "the database is older than this program. Run `gumruk migrate` first."
    return None


if __name__ == "__main__":
    sys.exit(main())
