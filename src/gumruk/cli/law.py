"""`gumruk law`: load, list, look into, draft, check, compare, approve and publish the law of the database."""

from __future__ import annotations

import argparse
import json
import sys
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from gumruk.cli.law_shown import change_set_text, difference_text, entry_text, plain, table
from gumruk.lawbook.types import Retroactive

# name: (what it does, has it a change set as its word, does somebody act)
STEPS: dict[str, tuple[str, bool, bool]] = {
    "load": ("load the law shipped with the program; changed files become a draft", False, False),
    "list": ("list change sets, newest first", False, False),
    "acts": ("list legal acts", False, False),
    "show": ("show a change set", True, False),
    "diff": ("show what a change set changes", True, False),
    "draft": ("begin a draft and fill it from JSON lines on standard input", False, True),
    "put": ("add JSON lines on standard input to a draft", True, True),
    "check": ("check a draft against the newest law", True, True),
    "impact": ("compute the last stored assessments under a draft", True, True),
    "approve": ("agree to a checked draft, as a second person", True, True),
    "publish": ("make an approved draft law", True, True),
    "withdraw": ("give a draft up", True, True),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    for name, (purpose, has_set, acts) in STEPS.items():
        step = steps.add_parser(name, help=purpose, description=purpose)
        step.add_argument("--json", action="store_true", help="write JSON, one object a line")
        if has_set:
            step.add_argument("change_set", help="a number, or the short name of a draft that `list` shows")
        if acts:
            step.add_argument("--as", dest="person", required=True, help="sign-in name of who acts")
    steps.choices["load"].add_argument("--demo", action="store_true", help="load the invented demonstration rows too")
    steps.choices["draft"].add_argument("title")
    steps.choices["draft"].add_argument("--act", default="", help="id of the legal act that orders the change")
    steps.choices["draft"].add_argument("--reason", default="")
    steps.choices["impact"].add_argument("--sample", type=int, default=200, help="how many assessments (200)")
    entry = steps.add_parser("entry", help="show the entry that holds on a day", description="show one entry")
    entry.add_argument("--json", action="store_true", help="write JSON")
    entry.add_argument("kind")
    entry.add_argument("key")
    entry.add_argument("--day", type=date.fromisoformat, help="the day (today)")
    entry.add_argument("--change-set", dest="known", type=int, help="as known at this change set (the newest)")
    entry.add_argument("--history", action="store_true", help="every row that this key ever had")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.law.day import LawRefused
    from gumruk.lawbook.types import LawbookRefused
    from gumruk.lawbook.wording import sentence

    try:
        return _RUN[chosen.step](chosen)
    except (LawbookRefused, LawRefused) as refused:
        print(f"gumruk: {sentence(refused.code, refused.values, 'en')}", file=sys.stderr)
        return 2


def load(*, demo: bool = False) -> str:
    """Load shipped law that was not loaded yet; says in one sentence what happened."""
    from gumruk.lawbook import files, services
    from gumruk.toolkit import clock

    said = []
    for name in (files.SHIPPED, *([files.DEMO] if demo else [])):
        done = services.load(name=name, at=clock.now())
        if done.change_set is None:
            said.append(f"The {name} law stands as it was loaded.")
        elif done.change_set.number is not None:
            said.append(f"The {name} law is change set {done.change_set.number}: {done.entries} entries.")
        else:
            said.append(
                f"The {name} files changed: {done.entries} changes wait in the draft {short(done.change_set.id)}. "
                f"Look with `gumruk law diff {short(done.change_set.id)}`; nothing was overwritten."
            )
    return "\n".join(said)


def short(key: uuid.UUID) -> str:
    """The name of a draft that people type: the end of its id (the beginning is the time)."""
    return key.hex[-8:]


def _found(text: str) -> uuid.UUID:
    """The change set that a number or a short name means. Raises LawbookRefused `change_set_unknown`."""
    from gumruk.lawbook import selectors
    from gumruk.lawbook.types import LawbookRefused

    if text.isascii() and text.isdecimal() and len(text) < 8:
        return selectors.change_set(int(text)).id
    for known in selectors.change_sets(limit=1000):
        if text in (short(known.id), str(known.id), known.id.hex):
            return known.id
    raise LawbookRefused("change_set_unknown", number=text)


def _person(chosen: argparse.Namespace) -> Any:
    from gumruk.lawbook.types import LawbookRefused
    from gumruk.toolkit import clock
    from gumruk.trust import selectors

    found = selectors.person_named(username=chosen.person, day=clock.law_day(clock.now()))
    if found is None:
        raise LawbookRefused("not_allowed", role=f"law_editor ({chosen.person} is not known)")
    return found


def _out(chosen: argparse.Namespace, rows: Iterable[Mapping[str, Any]], shown: Callable[[], str]) -> int:
    if chosen.json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    else:
        print(shown())
    return 0


def _load(chosen: argparse.Namespace) -> int:
    said = load(demo=chosen.demo)
    return _out(chosen, [{"said": line} for line in said.splitlines()], lambda: said)


def _list(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import selectors

    found = selectors.change_sets()
    columns = ("NUMBER", "STATUS", "ORIGIN", "MADE", "AUTHOR", "TITLE")
    rows = [
        (
            str(one.number or short(one.id)),
            one.status,
            one.origin,
            f"{one.made_at:%Y-%m-%d}",
            one.author_name,
            one.title,
        )
        for one in found
    ]
    return _out(chosen, [plain(one) for one in found], lambda: table(columns, rows))


def _acts(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import selectors

    found = sorted(selectors.snapshot().acts.values(), key=lambda act: act.id)
    rows = [(act.id, act.number, str(act.signed_on or ""), act.confidence, act.title.en) for act in found]
    return _out(
        chosen, [plain(act) for act in found], lambda: table(("ID", "NO", "SIGNED", "CONFIDENCE", "TITLE"), rows)
    )


def _show(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import selectors

    found = selectors.change_set(_found(chosen.change_set))
    past = _retroactive(found.id)
    said = {**plain(found), "retroactive": plain(past) if past else None}
    return _out(chosen, [said], lambda: "\n".join([change_set_text(found, short(found.id)), *_warned(past)]))


def _retroactive(change_set: uuid.UUID) -> Retroactive | None:
    from gumruk.lawbook import selectors
    from gumruk.toolkit import clock

    return selectors.retroactive(change_set, clock.law_day(clock.now()))


def _warned(past: Retroactive | None) -> list[str]:
    """What an approver must know before the past changes: a sentence, or nothing."""
    from gumruk.lawbook.types import ALWAYS
    from gumruk.lawbook.wording import sentence

    if past is None:
        return []
    day = "always" if past.earliest == ALWAYS else past.earliest.isoformat()
    return [sentence("retroactive", {"count": str(past.count), "day": day}, "en")]


def _diff(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import services

    found = services.compare(_found(chosen.change_set))
    return _out(
        chosen, [plain(one) for one in found], lambda: "\n".join(map(difference_text, found)) or "No difference."
    )


def _entry(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import selectors
    from gumruk.toolkit import clock

    day = chosen.day or clock.law_day(clock.now())
    if chosen.history:
        rows = selectors.history(chosen.kind, chosen.key)
        said = [{**plain(entry), "known_from": since, "known_until": until} for entry, since, until in rows]
        return _out(chosen, said, lambda: "\n".join(entry_text(entry, since, until) for entry, since, until in rows))
    found = selectors.entry(chosen.kind, chosen.key, day, chosen.known)
    if found is None:
        print(f"gumruk: no {chosen.kind} {chosen.key} holds on {day.isoformat()}.", file=sys.stderr)
        return 1
    return _out(chosen, [plain(found)], lambda: entry_text(found))


def _draft(chosen: argparse.Namespace) -> int:
    from django.db import transaction

    from gumruk.cli.law_lines import put_lines
    from gumruk.lawbook import services
    from gumruk.toolkit import clock

    with transaction.atomic():
        by, at = _person(chosen), clock.now()
        made = services.draft_change_set(title=chosen.title, reason=chosen.reason, act=chosen.act, by=by, at=at)
        put_lines(sys.stdin, made.id, by, at)
    return _out(chosen, [plain(made)], lambda: f"Draft {short(made.id)}: {made.title}")


def _put(chosen: argparse.Namespace) -> int:
    from gumruk.cli.law_lines import put_lines
    from gumruk.toolkit import clock

    count = put_lines(sys.stdin, _found(chosen.change_set), _person(chosen), clock.now())
    return _out(chosen, [{"changes": count}], lambda: f"{count} changes are in the draft.")


def _check(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import services
    from gumruk.lawbook.wording import fault_sentence
    from gumruk.toolkit import clock

    key = _found(chosen.change_set)
    faults = services.check_change_set(change_set=key, by=_person(chosen), at=clock.now())
    said = [{**plain(fault), "message": fault_sentence(fault, "en")} for fault in faults]
    _out(chosen, said, lambda: "\n".join(str(row["message"]) for row in said) or "The draft is fit to be approved.")
    for line in _warned(_retroactive(key)):
        print(line, file=sys.stderr)
    return 1 if faults else 0


def _impact(chosen: argparse.Namespace) -> int:
    from gumruk.clearance import services as clearance

    found = clearance.impact(change_set=_found(chosen.change_set), by=_person(chosen), sample=chosen.sample)
    kinds = [(kind, row["before"], row["after"]) for kind, row in found["kinds"].items()]
    text = f"{found['changed']} of {found['looked_at']} assessments change."
    return _out(chosen, [found], lambda: "\n".join([text, table(("PAYMENT", "STANDING LAW", "WITH DRAFT"), kinds)]))


def _step(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import services
    from gumruk.toolkit import clock

    act = {"approve": services.approve, "publish": services.publish, "withdraw": services.withdraw}[chosen.step]
    done = act(change_set=_found(chosen.change_set), by=_person(chosen), at=clock.now())
    for line in _warned(_retroactive(done.id) if chosen.step == "approve" else None):
        print(line, file=sys.stderr)
    return _out(chosen, [plain(done)], lambda: change_set_text(done, short(done.id)))


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "load": _load,
    "list": _list,
    "acts": _acts,
    "show": _show,
    "diff": _diff,
    "entry": _entry,
    "draft": _draft,
    "put": _put,
    "check": _check,
    "impact": _impact,
    "approve": _step,
    "publish": _step,
    "withdraw": _step,
}
