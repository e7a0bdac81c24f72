"""`gumruk replay REGISTRATION --as PERSON`: compute a stored assessment again and compare, line by line when it differs."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gumruk.rules.duty import PaymentLine
    from gumruk.tariff.types import Replay


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("registration", help="registration number of the declaration")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of who asks")
    parser.add_argument("--now", action="store_true", help="under the newest law in place of the one it was made with")
    parser.add_argument("--change-set", type=int, help="under the law as known at this change set")
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.clearance import services as clearance
    from gumruk.clearance.types import ClearanceRefused
    from gumruk.declarations import selectors as declarations
    from gumruk.lawbook.types import LawbookRefused
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    person = trust.person_named(username=chosen.person, day=clock.law_day(clock.now()))
    found = declarations.find(registration=chosen.registration, person=person) if person else None
    if found is None:
        print(f"gumruk: {chosen.person} sees no declaration {chosen.registration}.", file=sys.stderr)
        return 2
    try:
        if chosen.now or chosen.change_set is not None:
            answer = clearance.what_if(declaration=found, change_set=chosen.change_set)
        else:
            answer = clearance.replay(declaration=found)
    except (ClearanceRefused, LawbookRefused) as refused:
        print(f"gumruk: {refused.code} {refused.values or ''}".rstrip(), file=sys.stderr)
        return 2
    print(json.dumps(said(answer)) if chosen.json else text(answer))
    return 0 if answer.same else 1


def text(answer: Replay) -> str:
    """The comparison for people."""
    rules = "the same" if answer.same_rules else "another"
    engine = "the same" if answer.same_engine else "another"
    sets = f"{answer.stored.change_set} and {answer.now.change_set}"
    lines = [
        f"stored {answer.stored.total}, now {answer.now.total}: {'equal bytes' if answer.same else 'DIFFERENT'}",
        f"change sets {sets}, {rules} ruleset, {engine} engine",
    ]
    lines += [
        f"  item {one.item} {one.kind}: {_amount(one.stored)} -> {_amount(one.now)}" for one in answer.differences
    ]
    return "\n".join(lines)


def said(answer: Replay) -> dict[str, Any]:
    """The comparison as JSON says it."""
    return {
        "same": answer.same,
        "same_rules": answer.same_rules,
        "same_engine": answer.same_engine,
        "stored": {"total": str(answer.stored.total), "change_set": answer.stored.change_set},
        "now": {"total": str(answer.now.total), "change_set": answer.now.change_set},
        "differences": [
            {"item": one.item, "kind": one.kind, "stored": _amount(one.stored), "now": _amount(one.now)}
            for one in answer.differences
        ],
    }


def _amount(line: PaymentLine | None) -> str:
    return "nothing" if line is None else f"{line.amount} ({line.rate})"
