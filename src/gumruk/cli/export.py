"""`gumruk export REGISTRATION --as PERSON`: write a declaration as ASYCUDA World XML to standard output, with its
registration, assessment and payment lines. What the format has no place for is named on standard error.
"""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("registration", help="registration number of the declaration")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of who asks")
    parser.add_argument("--as-imported", action="store_true", help="leave out what customs decided here")
    parser.add_argument(
        "--bare", action="store_true", help="leave out the block of fields that the format has no place for"
    )


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
    results = None if chosen.as_imported else asycuda.results_of(seen)
    written = asycuda.write(seen.content, residue, results, extended=not chosen.bare)
    sys.stdout.buffer.write(written + b"\n")
    for path in asycuda.extras(seen.content) if chosen.bare else ():
        print(f"gumruk: not in the file, the format has no place for it: {path}", file=sys.stderr)
    return 0
