"""`gumruk export REGISTRATION --as PERSON`: write a declaration as ASYCUDA World XML to standard output."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("registration", help="registration number of the declaration")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of who asks")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.declarations import selectors as declarations
    from gumruk.exchange import asycuda
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    person = trust.person_named(username=chosen.person, day=clock.law_day(clock.now()))
    found = declarations.find(registration=chosen.registration, person=person) if person else None
    if person is None or found is None:
        print(f"gumruk: {chosen.person} sees no declaration {chosen.registration}.", file=sys.stderr)
        return 2
    seen = declarations.get(declaration=found, person=person)
    residue = declarations.residue_of(declaration=found) if seen.source_format == "asycuda" else None
    sys.stdout.buffer.write(asycuda.write(seen.content, residue) + b"\n")
    return 0
