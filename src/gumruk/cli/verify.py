"""`gumruk verify`: judges an evidence bundle without a database and without a network. Exit 0 when it holds, 1 when not.

The authorities that are believed come from a folder of yours (`root.pem`, `issuing.pem`, `services.pem`), never from the
bundle; what a signature may be made of comes from the law that ships with the program.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("bundle", type=Path, help="a zip (ASiC-E) or an unpacked folder")
    parser.add_argument("--trust", type=Path, help="folder of authorities (certificates of the pki folder)")
    parser.add_argument("--require", action="append", default=[], metavar="ROLE", help="a role that must have signed")
    parser.add_argument("--sealed", action="store_true", help="the bundle must be sealed as a whole")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of the verdict")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.cli.verify_bundle import answer

    return answer(chosen)
