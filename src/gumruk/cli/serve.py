"""`gumruk serve`: run the site."""

from __future__ import annotations

import argparse
import os
import socket
import sys

from gumruk.toolkit.environment import current


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="port to listen on (GUMRUK_PORT, 8000)")


def run(chosen: argparse.Namespace) -> int:  # noqa: RET503 - the last line replaces this process
    environment = current()
    port = chosen.port or environment.port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((environment.address, port))
        except OSError:
            print(
                f"gumruk: port {port} is taken. Stop what uses it, or set GUMRUK_PORT to another.",
                file=sys.stderr,
            )
            return 2
    print(f"Gumruk answers at http://{environment.address}:{port}/  (Ctrl-C stops it)", flush=True)
    words = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        environment.address,
        "--port",
        str(port),
    ]
    words += ["--workers", str(environment.workers), "--no-log", "gumruk.site.wsgi:application"]
    os.execv(words[0], words)  # noqa: S606 - the words are ours; the server takes this process over, signals and all
