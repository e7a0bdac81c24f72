"""Reads of declarations. Lists page by cursor on the time-ordered id, so they stay fast however long the table is."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from gumruk.declarations import canonical, listing
from gumruk.declarations.models import OPEN_STATES, Attempt, Declaration, DraftChange, Event, Hold, Query, Version
from gumruk.declarations.types import (
    AttemptView,
    DeclarationRefused,
    DeclarationView,
    Difference,
    Done,
    EventView,
    HoldView,
    Lane,
    Order,
    Page,
    Place,
    QueryView,
    State,
    Summary,
    VersionView,
    Waiting,
)
from gumruk.rules.types import Finding, Severity
from gumruk.trust.types import Person, Role

PAGE_SIZE = 50
_LISTED = (
    "id", "office", "state", "lane", "direction", "regime", "registration", "reference", "declarant_tin", "declarant_name",
    "consignee_name", "goods", "items", "value", "due", "made_at", "changed_at", "registered_at", "template_name",
    "template_used_at", "stage", "waits_since", "officer", "officer_name", "taken_at", "events",
)  # fmt: skip


Filter = listing.Filter


def _summary(row: Mapping[str, Any]) -> Summary:
    return Summary(
        **{name: row[name] for name in _LISTED if name not in ("state", "lane")},
        state=State(row["state"]),
        lane=Lane(row["lane"]) if row["lane"] else None,
        cursor=str(row["id"]),
    )


def _page(found: list[dict[str, Any]], size: int, order: Order) -> Page:
    more, found = len(found) > size, found[:size]
    return Page(tuple(_summary(row) for row in found), listing.cursor(found[-1], order) if more else "")


def page(*, person: Person, wanted: Filter, after: str = "", size: int = PAGE_SIZE) -> Page:
    """The newest declarations that the person may see; one query."""
    return ordered(person=person, wanted=wanted, order=Order.NEWEST, after=after, size=size)


def near(*, person: Person, wanted: Filter, besides: Page, size: int = 20) -> tuple[Summary, ...]:
    """Declarations that hold something one wrong letter away from the text, newest first, without those of `besides`.

    One query for each firm or office of the person; among the newest few thousand of each.
    """
    known = [row.id for row in besides.rows]
    return tuple(_summary(row) for row in listing.near(person, wanted, _LISTED, size=size, besides=known))


def queue(*, person: Person, wanted: Filter, after: str = "", size: int = PAGE_SIZE) -> Page:
    """The officer's queue: oldest first; one query."""
    return ordered(person=person, wanted=wanted, order=Order.OLDEST, after=after, size=size)


def ordered(*, person: Person, wanted: Filter, order: Order, after: str = "", size: int = PAGE_SIZE) -> Page:
    """A list in an order; one query. Raises ValueError when `after` is no cursor of it."""
    return _page(listing.read(person, wanted, _LISTED, after=after, size=size + 1, order=order), size, order)


def marks(
    *, person: Person, wanted: Filter, order: Order, after: str = "", size: int
) -> tuple[tuple[uuid.UUID, int], ...]:
    """The rows of a list and how much happened to each, to see later what is new or changed; one query."""
    columns = ("id", "waits_since", "events")
    rows = listing.read(person, wanted, columns, after=after, size=size, order=order)
    return tuple((row["id"], row["events"]) for row in rows)


def place(*, person: Person, wanted: Filter, order: Order, declaration: uuid.UUID) -> Place:
    """Where a declaration stands in a list, for going to the next and back; at most six short queries.

    What has left the list (decided meanwhile) still has neighbours; in the order of waiting the next is then the first.
    """
    row = Declaration.objects.filter(listing.visible_to(person), id=declaration).values("id", "waits_since").first()
    here = listing.cursor(row, order) if row else ""
    after = listing.read(person, wanted, _LISTED, after=here, size=1, order=order)
    back = listing.read(person, wanted, _LISTED, after=here, size=1, order=order, back=True) if here else []
    total = listing.count_of(person, wanted)
    earlier = listing.count_of(person, wanted, order=order, before=here) if back else 0
    following = _summary(after[0]) if after and after[0]["id"] != declaration else None
    inside = bool(here) and _holds(person, wanted, order, declaration)
    return Place(_summary(back[0]) if back else None, following, earlier + 1 if inside else 0, total)


def _holds(person: Person, wanted: Filter, order: Order, declaration: uuid.UUID) -> bool:
    only = replace(wanted, only=declaration)
    return bool(listing.read(person, only, ("id", "waits_since"), after="", size=1, order=order))


def counts(*, person: Person, states: Iterable[State]) -> dict[State, int]:
    """How many visible declarations stand in each of `states`; one query. COUNT_LIMIT means that many or more."""
    return listing.count(person, states)


def what_waits(*, person: Person, groups: Mapping[str, Filter]) -> dict[str, Waiting]:
    """How many declarations stand in each of `groups` and which of them stands longest; empty groups are left out.

    Two queries. COUNT_LIMIT means that many or more.
    """
    return {
        name: Waiting(count, row["id"], row["registration"] or row["reference"], row["changed_at"])
        for name, (count, row) in listing.waiting(person, groups).items()
    }


def get(*, declaration: uuid.UUID, person: Person, sandbox: bool = False) -> DeclarationView:
    """One declaration; three queries. Raises DeclarationRefused `not_found`, also when the person may not see it.

    Sandbox and real declarations never see each other: `sandbox` says on which side the caller stands.
    """
    row = Declaration.objects.filter(listing.visible_to(person), id=declaration, sandbox=sandbox).first()
    if row is None:
        raise DeclarationRefused("not_found", declaration=str(declaration))
    proposal = Version.objects.filter(root=row.id, status=Version.Status.PROPOSED).order_by("-number").first()
    return DeclarationView(
        summary=_summary({name: getattr(row, name) for name in _LISTED}),
        content=row.draft,
        version=row.version,
        revision=row.revision,
        owner=row.owner,
        origin=row.origin,
        sandbox=row.sandbox,
        source_format=row.source_format,
        proposal=_version(proposal) if proposal else None,
        sealed=not any(person.may(role, row.office) for role in (Role.OFFICER, Role.SUPERVISOR)),
        reasons=row.draft_reasons,
        draft_changed_at=row.draft_changed_at,
        holds=tuple(
            HoldView(hold.id, hold.agency, hold.reason, hold.set_at, hold.lifted_at, hold.clears, hold.set_by_name)
            for hold in Hold.objects.filter(root=row.id).order_by("id")
        ),
    )


def waiting(*, state: State, since_before: datetime, limit: int = 1000) -> tuple[uuid.UUID, ...]:
    """Declarations that stand in `state` unchanged since before a moment, oldest first; one query."""
    rows = Declaration.objects.filter(state=state, changed_at__lt=since_before).order_by("id")
    return tuple(rows.values_list("id", flat=True)[:limit])


def require_visible(*, declaration: uuid.UUID, person: Person, sandbox: bool = False) -> None:
    """Raise DeclarationRefused `not_found` when the person may not see it on this side of the sandbox; one query."""
    if not Declaration.objects.filter(listing.visible_to(person), id=declaration, sandbox=sandbox).exists():
        raise DeclarationRefused("not_found", declaration=str(declaration))


def find(*, registration: str, person: Person) -> uuid.UUID | None:
    """The visible declaration with this registration number."""
    row = Declaration.objects.filter(listing.visible_to(person), registration=registration).only("id").first()
    return row.id if row else None


def find_serial(*, text: str, office: str, person: Person) -> uuid.UUID | None:
    """The newest visible declaration of `office` with this serial part of its registration number; one query."""
    serial = listing.serial_of(text)
    if serial is None:
        return None
    rows = Declaration.objects.filter(listing.visible_to(person), registration_number=serial, office=office)
    return rows.order_by("-id").values_list("id", flat=True).first()


def addressee(*, declaration: uuid.UUID) -> tuple[str, str]:
    """The firm that a declaration's news go to and its registration number; one query. Raises DeclarationRefused `not_found`."""
    row = Declaration.objects.filter(id=declaration).values_list("declarant_tin", "registration").first()
    if row is None:
        raise DeclarationRefused("not_found", declaration=str(declaration))
    return row


def events_of(*, declarations: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many events each of the declarations has; one query."""
    return dict(Declaration.objects.filter(id__in=list(declarations)).values_list("id", "events"))


def state_of(*, declaration: uuid.UUID) -> State | None:
    """Where a declaration stands; None when there is none; one query. Used by: the page that vouches for prints."""
    state = Declaration.objects.filter(id=declaration).values_list("state", flat=True).first()
    return State(state) if state else None


def changes_since(*, declaration: uuid.UUID, revision: int, upto: int) -> list[dict[str, Any]] | None:
    """What savings after `revision` changed, oldest first; None when one of them was not kept; one query."""
    rows = DraftChange.objects.filter(root=declaration, number__gt=revision, number__lte=upto).order_by("number")
    found = list(rows.values_list("number", "changes"))
    if revision < 0 or [number for number, _ in found] != list(range(revision + 1, upto + 1)):
        return None
    known = [changes for _, changes in found if changes is not None]
    return [change for changes in known for change in changes] if len(known) == len(found) else None


def last_saved_by(*, declaration: uuid.UUID) -> tuple[str, datetime] | None:
    """Who saved a draft last and when; one query."""
    row = DraftChange.objects.filter(root=declaration).order_by("-number").values_list("by_name", "at").first()
    return row or None


def done_for(*, party: str, people: Iterable[uuid.UUID], size: int = 40) -> tuple[Done, ...]:
    """What these people did to a firm's declarations, newest first; one query for the acts and one for the numbers."""
    own = Declaration.objects.filter(declarant_tin=party).values("id")
    rows = list(Event.objects.filter(by__in=list(people), root__in=own).order_by("-at", "-id")[:size])
    named = Declaration.objects.filter(id__in={row.root for row in rows}).values_list("id", "registration", "reference")
    numbers = {key: registration or reference for key, registration, reference in named}
    return tuple(Done(row.at, row.by_name, row.name, row.root, numbers.get(row.root, "")) for row in rows)


def last_rejection(*, declaration: uuid.UUID) -> EventView | None:
    """The officer's newest decision to reject, with the reason; one query."""
    row = Event.objects.filter(root=declaration, name="rejected").order_by("-number").first()
    return event_view(row, sealed=True) if row else None


def residue_of(*, declaration: uuid.UUID) -> bytes | None:
    """What an imported file said beyond the content, for export."""
    row = Declaration.objects.filter(id=declaration).only("residue").first()
    return bytes(row.residue) if row and row.residue is not None else None


def _version(row: Version) -> VersionView:
    return VersionView(
        number=row.number,
        content=json.loads(row.snapshot),
        hash=row.hash,
        made_at=row.made_at,
        by=row.by,
        reason=row.reason,
        status=row.status,
        statement=row.statement,
        statement_hash=row.statement_hash,
    )


def versions(*, declaration: uuid.UUID) -> tuple[VersionView, ...]:
    """Every version, oldest first; one query."""
    return tuple(_version(row) for row in Version.objects.filter(root=declaration).order_by("number"))


def version(*, declaration: uuid.UUID, number: int) -> VersionView:
    """One version; one query. Raises DeclarationRefused `version_unknown`."""
    row = Version.objects.filter(root=declaration, number=number).first()
    if row is None:
        raise DeclarationRefused("version_unknown", version=str(number))
    return _version(row)


def difference(*, declaration: uuid.UUID, before: int, after: int) -> tuple[Difference, ...]:
    """What changed between two versions; two queries."""
    return canonical.difference(
        version(declaration=declaration, number=before).content,
        version(declaration=declaration, number=after).content,
    )


# Why a lane was changed is for officers only: it may tell what risk looks for.
_SEALED = ("rerouted", "act_proposed", "act_refused", "control_assigned")
# Who of the officers has the work in hand is not the declarant's affair.
INTERNAL = ("taken", "assigned", "handed_on", "put_back")


def timeline(*, declaration: uuid.UUID, sealed: bool = True, since: int = 0) -> tuple[EventView, ...]:
    """Everything that happened, oldest first, or what came after number `since`; one query.

    Reasons that may tell what risk looks for are left out unless the caller, as `DeclarationView.sealed` says, may see
    them; so is how officers share their work.
    """
    rows = Event.objects.filter(root=declaration, number__gt=since).order_by("number")
    return tuple(event_view(row, sealed=sealed) for row in rows if not (sealed and row.name in INTERNAL))


def event_view(row: Event, *, sealed: bool) -> EventView:
    """One event, without what is sealed."""
    hidden = sealed and row.name in _SEALED
    return EventView(
        number=row.number,
        name=row.name,
        at=row.at,
        by=row.by,
        by_name=row.by_name,
        before=row.before,
        after=row.after,
        reason="" if hidden else row.reason,
        details={} if hidden else row.details,
        signed=row.signed,
        waited=row.waited,
    )


def last_attempt(*, declaration: uuid.UUID) -> AttemptView | None:
    """The newest attempt to lodge, with its findings; one query."""
    row = Attempt.objects.filter(root=declaration).order_by("-id").first()
    if row is None:
        return None
    findings = tuple(Finding(**{**data, "severity": Severity(data["severity"])}) for data in row.findings)
    return AttemptView(row.at, row.version, row.passed, findings)


def queries(*, declaration: uuid.UUID) -> tuple[QueryView, ...]:
    """Questions and answers, oldest first; one query."""
    return tuple(
        QueryView(
            row.number,
            row.kind,
            row.question,
            row.asked_by_name,
            row.asked_at,
            row.answer,
            row.answered_at,
            tuple(row.document_kinds),
        )
        for row in Query.objects.filter(root=declaration).order_by("number")
    )


def in_hands(*, officer: uuid.UUID, limit: int) -> tuple[Summary, ...]:
    """The open work that an officer has in hand, oldest first; one query."""
    rows = Declaration.objects.filter(officer=officer, state__in=sorted(OPEN_STATES)).order_by("id")
    return tuple(_summary(row) for row in rows.values(*_LISTED)[:limit])


def summaries(*, person: Person, ids: Iterable[uuid.UUID]) -> tuple[Summary, ...]:
    """Those of some declarations that the person may see, oldest first; one query."""
    rows = Declaration.objects.filter(listing.visible_to(person), id__in=list(ids), sandbox=False).order_by("id")
    return tuple(_summary(row) for row in rows.values(*_LISTED))
