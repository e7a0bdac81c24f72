"""The steps of the guided first day, and which of them a person has really done: read from events, never from clicks."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from gumruk.clearance import services as clearance
from gumruk.declarations import doings
from gumruk.declarations import selectors as declarations
from gumruk.declarations.doings import Doing
from gumruk.declarations.types import DeclarationRefused, Lane
from gumruk.documents import selectors as documents
from gumruk.documents.types import Form
from gumruk.rules.types import Severity
from gumruk.trust.types import Person, Role


@dataclass(frozen=True, slots=True)
class Past:
    """What a person did since the guided way began. `draft` is the newest draft made since then."""

    doings: tuple[Doing, ...]
    printed: frozenset[uuid.UUID] = frozenset()
    draft: uuid.UUID | None = None
    clean: bool = False
    names: Mapping[str, frozenset[uuid.UUID]] = field(default_factory=dict)

    def did(self, *names: str) -> bool:
        return any(self.names.get(name) for name in names)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do, where, and the test of it. Words are marked for translation."""

    name: str
    title: str
    words: str
    link: str
    place: Callable[[Past], str]
    done: Callable[[Past], bool]


@dataclass(frozen=True, slots=True)
class Ticked:
    """A step with its tick and its address, as the page shows it."""

    step: Step
    done: bool
    href: str


def _page(past: Past, section: str = "") -> str:
    """A page of the draft of this day; the list while there is none."""
    start = reverse("declaration", args=[past.draft]) if past.draft else reverse("home")
    return f"{start}/{section}" if section and past.draft else start


def _lane_met(past: Past) -> bool:
    return any(doing.lane in (Lane.YELLOW, Lane.RED) for doing in past.doings)


BROKER = (
    Step("draft", _("Open the demonstration draft"),
         _("One button makes a draft of your firm with two faults in it. Look through its parts."),
         _("Open the draft"), _page, lambda past: past.draft is not None),
    Step("faults", _("Find the faults"),
         _("Lodge it as it stands. It is refused, and every fault is named with its box and rule."),
         _("To check and lodge"), lambda past: _page(past, "part/finish"), lambda past: past.did("attempt_failed")),
    Step("mend", _("Mend them"),
         _("Open each place from the summary. The net mass is 1191 kg, the invoice total equals the price."),
         _("To the draft"), lambda past: _page(past, "part/finish"),
         lambda past: past.did("attempt_failed") and (past.clean or past.did("registered"))),
    Step("lodge", _("Lodge the declaration"),
         _("Lodge again. It gets its number, its payments and its lane."),
         _("To check and lodge"), lambda past: _page(past, "part/finish"), lambda past: past.did("registered")),
    Step("read", _("Read a payment"),
         _("Open the payments, see how an amount was computed, and print the notice."),
         _("To the payments"), lambda past: _page(past, "payments"), lambda past: bool(past.printed)),
    Step("pay", _("Pay"),
         _("Pay from the prepayment account of the firm."),
         _("To the payments"), lambda past: _page(past, "payments"), lambda past: past.did("payment_received")),
    Step("answer", _("Answer a question"),
         _("An officer has asked something about one of your declarations. Open it and answer."),
         _("To what waits for you"), lambda _past: f"{reverse('own-list')}?group=waiting",
         lambda past: past.did("answered")),
)  # fmt: skip
OFFICER = (
    Step("queue", _("Open the queue and begin with the oldest"),
         _("The queue is your first page. This step is ticked by your first act on a declaration."),
         _("To the queue"), lambda _past: reverse("home"), lambda past: bool(past.doings)),
    Step("lane", _("Read a lane"),
         _("Yellow asks for documents, red for the goods; the reason stands beside it. Act on such a declaration."),
         _("To red declarations"), lambda _past: f"{reverse('home')}?lane=red", _lane_met),
    Step("ask", _("Ask the declarant"),
         _("Open a declaration under control and ask one question. It waits for the answer."),
         _("To what is to be controlled"), lambda _past: f"{reverse('home')}?group=control",
         lambda past: past.did("asked")),
    Step("control", _("Record a control"),
         _("Write what you found. Without a difference the declaration goes on."),
         _("To what is to be controlled"), lambda _past: f"{reverse('home')}?group=control",
         lambda past: past.did("controlled")),
    Step("release", _("Release goods"),
         _("Open a declaration that is ready and release it."),
         _("To what is to be released"), lambda _past: f"{reverse('home')}?group=release",
         lambda past: past.did("released")),
)  # fmt: skip
WALKS: Mapping[str, tuple[Step, ...]] = {"broker": BROKER, "officer": OFFICER}


def kind_for(person: Person) -> str:
    """Which guided way a demonstration person may take; empty for everybody else: nobody practises on real goods."""
    if not person.demo:
        return ""
    if person.may(Role.OFFICER) or person.may(Role.SUPERVISOR):
        return "officer"
    return "broker" if person.may(Role.BROKER) else ""


def ticked(kind: str, past: Past) -> list[Ticked]:
    return [Ticked(step, step.done(past), step.place(past)) for step in WALKS[kind]]


def past_of(person: Person, since: datetime | None, at: datetime) -> Past:
    """What the person did since the beginning; nothing before it counts."""
    if since is None:
        return Past(())
    done = doings.done_by(person=person.id, since=since)
    names: dict[str, set[uuid.UUID]] = {}
    for doing in done:
        names.setdefault(doing.name, set()).add(doing.declaration)
    made = [doing.declaration for doing in done if doing.name == "draft_made"]
    draft = made[-1] if made else None
    return Past(
        done,
        documents.printed_by(person=person.id, form=Form.ASSESSMENT, since=since),
        draft,
        draft is not None and _clean(draft, person, at),
        {name: frozenset(which) for name, which in names.items()},
    )


def _clean(draft: uuid.UUID, person: Person, at: datetime) -> bool:
    """Whether the draft has no fault that blocks, as it stands now."""
    try:
        seen = declarations.get(declaration=draft, person=person)
    except DeclarationRefused:
        return False
    found = clearance.check(content=seen.content, at=at).findings
    return not any(one.severity is Severity.ERROR for one in found)
