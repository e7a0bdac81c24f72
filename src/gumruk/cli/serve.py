"""`gumruk serve`: run the site, and the worker beside it, until Ctrl-C; the last to leave stops the embedded database."""

from __future__ import annotations

import argparse
import json
import socket
import sys
import time
import urllib.error
import urllib.request

from gumruk.cli.supervise import Program, keep_running
from gumruk.toolkit import logs, postgres
from gumruk.toolkit.environment import Environment, current

START_SECONDS = 40.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port to listen on (GUMRUK_PORT, 8000)")
    parser.add_argument("--no-worker", action="store_true", help="only the site; workers run elsewhere")


def run(chosen: argparse.Namespace) -> int:
    environment = current()
    port = chosen.port or environment.port
    if not port_is_free(environment.address, port):
        print(f"gumruk: port {port} is taken. Stop what uses it, or set GUMRUK_PORT to another.", file=sys.stderr)
        return 2
    logs.configure(style=environment.log, level=environment.log_level)
    waiting = pending_migrations()
    if waiting:
        print("gumruk: the database is older than this program. Run `gumruk migrate` first.", file=sys.stderr)
        return 2
    python = [sys.executable, "-m"]
    programs = [Program("site", [*python, *_server_words(environment, port)])]
    if not chosen.no_worker:
        programs.append(Program("worker", [*python, "gumruk.cli.main", "worker"]))
    sign_ins = demo_sign_ins()
    with postgres.in_use(chosen.database.cluster):
        code = keep_running(programs, started=lambda: greet(environment.address, port, sign_ins))
    print("Stopped.", flush=True)
    return code


def port_is_free(address: str, port: int) -> bool:
    """Whether a server may listen there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def _server_words(environment: Environment, port: int) -> list[str]:
    words = ["granian", "--interface", "wsgi", "--host", environment.address, "--port", str(port)]
    return [*words, "--workers", str(environment.workers), "--no-log", "gumruk.site.wsgi:application"]


def pending_migrations() -> tuple[str, ...]:
    """What the database lacks of this version."""
    from gumruk.toolkit import schema

    try:
        return schema.pending()
    finally:
        from django.db import connections

        connections.close_all()


def demo_sign_ins() -> list[str]:
    """The lines that tell a newcomer how to sign in; none where there is no demonstration data."""
    from django.db import connections

    from gumruk.cli.demo import PASSWORD
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    people = [person for person in trust.people(day=clock.law_day(clock.now())) if person.demo]
    connections.close_all()
    if not people:
        return []
    lines = [f"  {person.username:<10} {', '.join(_roles(person)):<12} {person.name}" for person in people]
    return [f"Demonstration people, password {PASSWORD}", *lines]


def _roles(person: object) -> list[str]:
    return sorted({grant.role.value for grant in getattr(person, "grants", ())})


def greet(address: str, port: int, sign_ins: list[str]) -> None:
    """Wait until the site can do its work, then say where it is. Says what is amiss when it cannot."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(address, address)  # noqa: S104 - compared, not listened on
    said: dict[str, object] = {}
    for _ in range(int(START_SECONDS * 5)):
        try:
            with urllib.request.urlopen(f"http://{host}:{port}/readyz", timeout=5) as answer:
                said = json.load(answer)
        except urllib.error.HTTPError as refused:
            said = _faults(refused)
        except OSError:
            time.sleep(0.2)
            continue
        break
    if said.get("ready") is True:
        print("\n".join(["", *sign_ins, f"Gumruk answers at http://{host}:{port}/   Ctrl-C stops it"]), flush=True)
    else:
        amiss = ", ".join(sorted(name for name, value in said.items() if value is False and name != "ready"))
        print(f"gumruk: the site does not answer as it should ({amiss or 'no answer'}).", file=sys.stderr)


def _faults(refused: urllib.error.HTTPError) -> dict[str, object]:
    try:
        found = json.load(refused)
    except ValueError:
        return {"site": False}
    return found if isinstance(found, dict) else {"site": False}
