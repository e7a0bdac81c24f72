"""Which lives demonstration declarations have: stories told in turn, and when and where each is told.

Stories are told in turn, so that every state is there however few declarations are made, and a seed decides the rest.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gumruk.clearance import services as clearance
from gumruk.cli import demo_papers
from gumruk.cli.demo_content import BROKER_TIN, OFFICES, SECOND_TIN, content, export_content
from gumruk.cli.demo_control import amendment_asked, being_inspected, discrepancy, inspected
from gumruk.cli.demo_ends import audited, blue, exited, released, released_after_an_answer, released_after_control
from gumruk.cli.demo_life import (
    Life,
    draft,
    lodged,
    looked_through,
    paid,
    prelodged,
    refused,
    rejected,
    template,
    under_control,
)
from gumruk.cli.demo_talk import (
    amended,
    amendment_proposed,
    answered,
    asked,
    cancellation_requested,
    cancelled,
    documents_asked,
    held,
    waits_for_second,
)
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import State
from gumruk.toolkit.clock import OFFICE_ZONE, law_day
from gumruk.trust import selectors as trust


@dataclass(frozen=True, slots=True)
class Story:
    """What happens to a declaration; `faulty` ones start with a fault to find, `out` are exports, `items` long ones."""

    tell: Callable[[Life], None]
    faulty: bool = False
    out: bool = False
    items: int = 0  # how many; 0 lets the seed decide


LONG = 300  # items of the one draft that shows what the grid is for
OPEN = (State.RELEASABLE, State.UNDER_CONTROL, State.DISCREPANCY, State.CANCEL_REQUESTED)
STORIES = (
    Story(released), Story(lodged), Story(refused, faulty=True), Story(paid), Story(under_control, items=24),
    Story(released_after_control),
    Story(looked_through), Story(asked), Story(exited, out=True), Story(released), Story(documents_asked), Story(draft),
    Story(discrepancy), Story(released_after_an_answer), Story(held), Story(amendment_proposed), Story(cancellation_requested),
    Story(released), Story(prelodged), Story(rejected), Story(blue), Story(released, out=True), Story(answered),
    Story(amended), Story(cancelled), Story(audited), Story(released), Story(lodged, out=True), Story(lodged),
    Story(template), Story(inspected), Story(being_inspected), Story(amendment_asked), Story(waits_for_second),
)  # fmt: skip


def place_of(seed: int) -> tuple[str, str, str]:
    """Who declares and where: sign-in name, taxpayer number, office.

    Every other telling of a story is at the office of the demonstration officer and cashier, by one broker and then by
    the other, so that whoever signs in finds each state among the people that are there.
    """
    turn, story = divmod(seed, len(STORIES))
    name, tin = (("broker", BROKER_TIN), ("broker2", SECOND_TIN))[(story // 2 + turn // 2) % 2]
    here = (story + turn) % 2 == 0
    return name, tin, OFFICES[0] if here else OFFICES[1 + (story + turn // 4) % 2]


# What has come to its end may lie months back; what waits for somebody is of these days.
ENDED = frozenset(
    {released, inspected, released_after_control, released_after_an_answer, exited, rejected, blue, cancelled, audited}
)


def story_of(seed: int) -> Story:
    """The stories in turn; after a few turns only those that end, so that not everything waits for somebody."""
    story = STORIES[seed % len(STORIES)]
    if seed <= 4 * len(STORIES) or story.tell in ENDED:
        return story
    ended = [one for one in STORIES if one.tell in ENDED]
    return ended[seed % len(ended)]


def moments(count: int, at: datetime, days: int) -> list[tuple[datetime, int]]:
    """When each declaration was made, by its seed, the earliest first: up to `days` back, more of them lately."""
    found = []
    for seed in range(1, count + 1):
        moment = at - timedelta(minutes=(16 if days else 7) * (count - seed))
        if days and story_of(seed).tell in ENDED and seed % 6:
            chance = random.Random(seed)  # noqa: S311 - demonstration data, the same on every run
            back = timedelta(days=2 + int((days - 2) * chance.random() ** 1.4), minutes=chance.randrange(540))
            moment = datetime.combine(law_day(at), time(17, 30), OFFICE_ZONE).astimezone(UTC) - back
        found.append((moment, seed))
    return sorted(found)


def tell(count: int, at: datetime, *, days: int = 0) -> int:
    """Make `count` declarations up to the moment `at`, the newest last; returns how many.

    With `days`, those that ended are spread over that many days; each needs rates of exchange.
    """
    day = law_day(at)
    found = {name: trust.person_named(username=name, day=day) for name in ("broker", "broker2", "head", "deputy")}
    people = {name: person for name, person in found.items() if person}
    long = next((seed for seed in range(1, count + 1) if _plain_draft_of_broker(seed)), 0)
    for place, (moment, seed) in enumerate(moments(count, at, days), start=1):
        story = story_of(seed)
        name, tin, office = place_of(seed)
        broker = people[name]
        make = export_content if story.out else content
        said = make(
            seed=seed,
            items=LONG if seed == long else story.items or 1 + seed % 5,
            day=law_day(moment),
            office=office,
            tin=tin,
        )
        if story.faulty:
            said["invoice_total"] = "1.00"
        made = drafts.create_draft(content=said, by=broker, at=moment, origin="demo")
        paper = demo_papers.first_paper(said)
        if paper and seed % 2:  # documents are asked for only when risk asks: some are only named
            demo_papers.attach(made, paper, f"demo-{paper.kind.lower()}-{seed}.pdf", broker, moment)
        chance = random.Random(seed)  # noqa: S311 - same
        story.tell(Life(made, said, broker, people["head"], people["deputy"], moment, at, chance))
        if sys.stderr.isatty() and place % 10 == 0:
            sys.stderr.write(f"\r   {place} of {count} declarations")
    share_out(at)
    return count


def _plain_draft_of_broker(seed: int) -> bool:
    """Whether this one stays a draft without faults in the hands of the first demonstration broker."""
    story = story_of(seed)
    return story.tell is draft and not story.faulty and place_of(seed)[0] == "broker"


def share_out(at: datetime) -> None:
    """Work in hands, as after a morning: a third of the officer's office is taken, a sixth is a colleague's."""
    day = law_day(at)
    officer, other = (trust.person_named(username=name, day=day) for name in ("officer", "officer2"))
    if officer is None or other is None:
        return
    open_work = declarations.queue(person=officer, wanted=Filter(states=OPEN), size=500).rows
    for place, row in enumerate(open_work):
        by = (officer, None, other, officer, None, None)[place % 6]
        if by is not None and row.waits_since is not None:
            taken_at = min(at, row.waits_since + timedelta(minutes=20))
            clearance.take(declaration=row.id, by=by, at=taken_at)
