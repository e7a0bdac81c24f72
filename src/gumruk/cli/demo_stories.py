"""The lives of demonstration declarations: each story leads through the services of everybody to one state.

Stories are told in turn, so that every state is there however few declarations are made, and a seed decides the rest.
"""

from __future__ import annotations

import random
import sys
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from gumruk.clearance import selectors as waiting
from gumruk.clearance import services as clearance
from gumruk.cli import demo_papers
from gumruk.cli.demo_content import BROKER_TIN, OFFICES, SECOND_TIN, content, export_content
from gumruk.declarations import noting
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import Lane, State
from gumruk.documents.files.types import Paper
from gumruk.inspection.types import ItemResult, Kind, Said
from gumruk.rules.form import Content
from gumruk.toolkit.clock import OFFICE_ZONE, law_day
from gumruk.trust import selectors as trust
from gumruk.trust.types import Person


@dataclass(slots=True)
class Life:
    """One declaration and who acts on it; `at` is its present moment, which never passes `end`."""

    declaration: uuid.UUID
    said: Content
    broker: Person
    head: Person
    deputy: Person
    at: datetime
    end: datetime
    chance: random.Random

    def later(self, minutes: int) -> datetime:
        """Let about so many minutes pass: mostly a little less, seldom much more."""
        passed = timedelta(seconds=round(60 * minutes * self.chance.lognormvariate(-0.2, 0.7)))
        self.at = min(self.at + passed, self.end)
        return self.at

    def state(self) -> State:
        return declarations.get(declaration=self.declaration, person=self.broker).state


def lodged(life: Life) -> None:
    """Lodged; the lane is drawn."""
    answer = clearance.lodge(declaration=life.declaration, by=life.broker, at=life.at)
    if not answer.accepted:
        codes = ", ".join(finding.code for finding in answer.findings)
        raise ValueError(f"the demonstration content has faults: {codes}")


def in_lane(lane: Lane, life: Life) -> None:
    """Lodged, and put into `lane` when it was not drawn."""
    lodged(life)
    summary = declarations.get(declaration=life.declaration, person=life.broker).summary
    if summary.lane is not lane:
        clearance.reroute(
            declaration=life.declaration, lane=lane, reason="Демо: намуна", by=life.head, at=life.later(4)
        )
        confirmed(life)


def confirmed(life: Life) -> None:
    """What waits for a second person is confirmed by one."""
    for one in waiting.waiting_on(declaration=life.declaration):
        clearance.confirm(proposal=one.id, by=life.deputy, at=life.later(20))


def paid(life: Life, lane: Lane = Lane.GREEN) -> None:
    in_lane(lane, life)
    if life.state() is State.PAYMENT_DUE:
        clearance.pay_from_account(declaration=life.declaration, by=life.broker, at=life.later(100))


def under_control(life: Life) -> None:
    paid(life, Lane.RED)


def looked_through(life: Life) -> None:
    paid(life, Lane.YELLOW)
    clearance.record_control(
        declaration=life.declaration, conform=True, note="Демо: ҳуҷҷатҳо дурустанд", by=life.head, at=life.later(70)
    )


def report(life: Life, items: tuple[ItemResult, ...], text: str, measures: tuple[str, ...] = ()) -> uuid.UUID:
    """An inspection report on the goods, written to its end."""
    made = clearance.begin_inspection(declaration=life.declaration, kind=Kind.GOODS, by=life.head, at=life.later(60))
    said = Said(
        place="Демо: терминал, рампа 2", started_at=life.at, ended_at=life.later(35),
        officers=("Demo Supervisor", "Нозири Намоишӣ"), declarant_present=True, items=items, packages_opened="4",
        seals_removed=("DEMO-0041",), seals_applied=("DEMO-0042",), measures=measures, text=text,
    )  # fmt: skip
    clearance.save_inspection(report=made.id, said=said, revision=made.revision, by=life.head, at=life.at)
    return made.id


def discrepancy(life: Life) -> None:
    under_control(life)
    found = (ItemResult(1, "QUANTITY", "Демо: на 12 мест больше", "Демо: пересчитано дважды"),)
    made = report(life, found, "Демо: количество мест больше заявленного", ("AMEND",))
    clearance.record_inspection(declaration=life.declaration, report=made, by=life.head, at=life.later(30))
    noting.add_note(
        declaration=life.declaration, text="Демо: водитель говорит, что паллета чужая", by=life.head, at=life.at
    )


def inspected(life: Life) -> None:
    under_control(life)
    count = len(life.said["items"])
    made = report(life, tuple(ItemResult(one, "CONFORM") for one in range(1, count + 1)), "Demo: goods as declared")
    clearance.record_inspection(declaration=life.declaration, report=made, by=life.head, at=life.later(30))
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(25))


def being_inspected(life: Life) -> None:
    under_control(life)
    report(life, (ItemResult(1, "CONFORM"),), "")


def amendment_asked(life: Life) -> None:
    discrepancy(life)
    clearance.ask_for_amendment(
        declaration=life.declaration, question="Демо: пересчитайте графы 6 и 31.", by=life.head, at=life.later(40)
    )


def asked(life: Life) -> None:
    paid(life)
    clearance.ask(
        declaration=life.declaration, question="Демо: какая модель?", documents=False, by=life.head, at=life.later(25)
    )


def documents_asked(life: Life) -> None:
    paid(life)
    clearance.ask(
        declaration=life.declaration,
        question="Демо: шартномаро замима кунед.",
        documents=True,
        by=life.head,
        at=life.later(30),
        document_kinds=("CON",),
    )


def answered(life: Life) -> None:
    asked(life)
    paper = demo_papers.attach(life.declaration, Paper("SPC"), "demo-specification.pdf", life.broker, life.later(490))
    clearance.answer(
        declaration=life.declaration, text="Demo: model 7, as invoiced", by=life.broker, at=life.later(500),
        files=(paper,),
    )  # fmt: skip


def held(life: Life) -> None:
    paid(life)
    clearance.set_hold(
        declaration=life.declaration, agency="Демо: ветеринария", reason="Demo: certificate awaited", by=life.head,
        clears="Демо: сертификат ветеринарии", at=life.later(15),
    )  # fmt: skip
    noting.add_note(declaration=life.declaration, text="Demo: the agency was called at ten", by=life.head, at=life.at)


def amendment_proposed(life: Life) -> None:
    paid(life)
    changed = {**life.said, "delivery_place": "Хуҷанд"}
    clearance.propose_amendment(
        declaration=life.declaration, content=changed, reason="Демо: место поставки", by=life.broker, at=life.later(45)
    )


def amended(life: Life) -> None:
    amendment_proposed(life)
    clearance.decide_amendment(
        declaration=life.declaration, accept=True, reason="Demo", by=life.head, at=life.later(60)
    )


def cancellation_requested(life: Life) -> None:
    paid(life)
    clearance.request_cancellation(
        declaration=life.declaration, reason="Демо: моли дигар", by=life.broker, at=life.later(40)
    )


def cancelled(life: Life) -> None:
    cancellation_requested(life)
    cancellation_proposed(life)
    confirmed(life)


def cancellation_proposed(life: Life) -> None:
    """An official agreed; where the service wants two, another has to confirm."""
    clearance.decide_cancellation(
        declaration=life.declaration, accept=True, reason="Demo", by=life.head, at=life.later(120)
    )


def waits_for_second(life: Life) -> None:
    cancellation_requested(life)
    cancellation_proposed(life)


def rejected(life: Life) -> None:
    lodged(life)
    clearance.reject(declaration=life.declaration, reason="Демо: не тот орган", by=life.head, at=life.later(60))


def released(life: Life) -> None:
    paid(life)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def released_after_control(life: Life) -> None:
    under_control(life)
    clearance.record_control(declaration=life.declaration, conform=True, note="Demo", by=life.head, at=life.later(160))
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def released_after_an_answer(life: Life) -> None:
    answered(life)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(30))


def blue(life: Life) -> None:
    paid(life, Lane.BLUE)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def audited(life: Life) -> None:
    blue(life)
    clearance.open_audit(declaration=life.declaration, reason="Демо: роҳрави кабуд", by=life.head, at=life.later(4000))


def exited(life: Life) -> None:
    released(life)
    clearance.record_exit(declaration=life.declaration, note="Демо: ворота 1", by=life.head, at=life.later(300))


def prelodged(life: Life) -> None:
    statement = clearance.prepare(declaration=life.declaration, by=life.broker, at=life.at)
    clearance.prelodge(declaration=life.declaration, statement_hash=statement.hash, by=life.broker, at=life.at)


def template(life: Life) -> None:
    drafts.name_template(declaration=life.declaration, name="Демо: намуна", by=life.broker, at=life.at)


def refused(life: Life) -> None:
    """Its lodging was tried and found faulty: it waits to be mended."""
    clearance.lodge(declaration=life.declaration, by=life.broker, at=life.at)


def draft(_: Life) -> None:
    """Left as it was made."""


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
