"""`gumruk pki`: the demonstration's own authorities, for trying signatures. Never for real use."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gumruk.cli import demo
from gumruk.toolkit import clock
from gumruk.toolkit.environment import current

SAID = {
    "no_demonstration": "{folder} holds no demonstration. Make one: gumruk pki demo {folder}",
    "nobody_of_that_name": "There is no key file {name} here. They are in the folder people.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    made = acts.add_parser("demo", help="make authorities and key files for the demonstration's people")
    made.add_argument("folder", nargs="?", type=Path, help="where to keep them (pki in the state folder)")
    made.add_argument("--serve", action="store_true", help="answer status, lists and time stamps on the loopback")
    made.add_argument("--port", type=int, default=8318, help="port of the answers (8318)")
    for name, purpose in (("issue", "make another key file"), ("revoke", "revoke the certificate of a key file")):
        act = acts.add_parser(name, help=purpose)
        act.add_argument("name", help="name of the key file, without its ending")
        act.add_argument("--folder", type=Path)


def run(chosen: argparse.Namespace) -> int:
    from gumruk.trust.pki import folder as folders

    folder: Path = chosen.folder or current().state / "pki"
    try:
        return {"demo": _demo, "issue": _issue, "revoke": _revoke}[chosen.act](folder, chosen)
    except folders.FolderRefused as refused:
        print(f"gumruk: {SAID[refused.code].format(**refused.values)}", file=sys.stderr)
        return 2


def _demo(folder: Path, chosen: argparse.Namespace) -> int:
    from gumruk.trust.pki import folder as folders
    from gumruk.trust.pki import site

    made = folders.make(folder, people=[(one[0], one[0]) for one in demo.PEOPLE], at=clock.now())
    print(f"{'Made' if made else 'Already there'}: {folder}")
    print(f"Key files: {folder / 'people'}, password {folders.PASSWORD}. These authorities prove nothing in real life.")
    if not chosen.serve:
        return 0
    with site.server(folder, chosen.port, clock.now) as answering:
        for name, where in site.addresses(answering.server_port).items():
            print(f"  {name:<14} {where}", flush=True)
        answering.serve_forever()
    return 0


def _issue(folder: Path, chosen: argparse.Namespace) -> int:
    from gumruk.trust.pki import folder as folders

    if not chosen.name.replace("-", "").replace("_", "").isalnum() or not chosen.name.isascii():
        print("gumruk: a name of a key file has letters, digits and dashes.", file=sys.stderr)
        return 2
    folders.issue(folder, file=chosen.name, name=chosen.name, at=clock.now())
    print(folder / "people" / f"{chosen.name}.p12")
    return 0


def _revoke(folder: Path, chosen: argparse.Namespace) -> int:
    from gumruk.trust.pki import folder as folders

    print(f"Revoked: {folders.revoke(folder, file=chosen.name, at=clock.now())}")
    return 0
