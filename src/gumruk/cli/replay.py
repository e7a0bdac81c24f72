"""`gumruk replay REGISTRATION --as PERSON`: compute a stored assessment again and compare the bytes."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("registration", help="registration number of the declaration")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of who asks")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.clearance import services as clearance
    from gumruk.declarations import selectors as declarations
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    person = trust.person_named(username=chosen.person, day=clock.law_day(clock.now()))
    found = declarations.find(registration=chosen.registration, person=person) if person else None
    if found is None:
        print(f"gumruk: {chosen.person} sees no declaration {chosen.registration}.", file=sys.stderr)
        return 2
    answer = clearance.replay(declaration=found)
    print(f"stored {answer.stored.total}, now {answer.now.total}: {'equal bytes' if answer.same else 'DIFFERENT'}")
    return 0 if answer.same else 1
