"""How lists of declarations are asked for, so that each stays an ordered walk along one index at millions of rows.

What a person may see is the union of a few simple parts (each firm, each office, what the person made). Every part is
read in order up to a page and the parts are merged, because no index serves an OR. Counting stops at a limit.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from gumruk.declarations.models import OPEN_STATES, Declaration
from gumruk.declarations.types import COUNT_LIMIT, Cutoff, Order, State
from gumruk.toolkit.text import folded
from gumruk.trust.types import Person, Role

MOST_PARTS = 6  # more firms or offices than this are one part
_SERIAL = re.compile(r"[0-9]{1,7}\Z", re.ASCII)
NOBODY = "nobody"
SHORTEST_NEAR, LONGEST_NEAR = 5, 40  # of what is searched with one wrong letter: a shorter text is near to anything
NEAR_AMONG = 1500  # the newest of each firm or office among which it is looked for
SHORTEST = 3  # letters of a searched text: the index knows runs of three


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows: any empty part filters nothing. A text of one or two letters finds whole registration numbers
    only; digits alone also find their serial part."""

    states: tuple[State, ...] = ()
    lane: str = ""
    office: str = ""
    direction: str = ""
    text: str = ""
    templates: bool = False
    faulty: bool | None = None  # with faults that the last attempt to lodge found, or without
    released_since: datetime | None = None
    sandbox: bool = False
    regime: str = ""
    officer: str = ""  # the id of who has it in hand, or NOBODY
    late: tuple[Cutoff, ...] | None = None  # only what is overdue: nothing when no target is set
    stage: str = ""
    only: uuid.UUID | None = None  # this one, when it belongs to the list


def parts(person: Person) -> tuple[Q, ...]:
    """What a person may see: brokers what their firms declare, officers their offices, without drafts."""
    found: list[Q] = []
    if person.may(Role.BROKER):
        found += _each("declarant_tin", person.parties)
    offices: set[str] = set()
    for role in (Role.OFFICER, Role.SUPERVISOR, Role.CASHIER):
        offices |= person.offices(role)
    registered = ~Q(state=State.DRAFT)
    if "" in offices:
        found.append(registered)
    else:
        found += [registered & one for one in _each("office", offices)]
    return tuple(found)


def _each(field: str, values: Iterable[str]) -> list[Q]:
    said = sorted(values)
    return [Q(**{field: value}) for value in said] if len(said) <= MOST_PARTS else [Q(**{f"{field}__in": said})]


def visible_to(person: Person) -> Q:
    """The same as one condition, for a single row."""
    visible = Q(pk__in=[])
    for part in parts(person):
        visible |= part
    return visible


def _filtered(rows: QuerySet[Declaration], wanted: Filter) -> QuerySet[Declaration]:
    rows = rows.filter(sandbox=wanted.sandbox)
    if wanted.states:
        rows = rows.filter(state__in=[state.value for state in wanted.states])
    if wanted.lane:
        rows = rows.filter(lane=wanted.lane)
    if wanted.office:
        rows = rows.filter(office=wanted.office)
    if wanted.direction:
        rows = rows.filter(direction=wanted.direction)
    rows = _of_task(rows, wanted)
    if wanted.only:
        rows = rows.filter(id=wanted.only)
    if wanted.regime:
        rows = rows.filter(regime=wanted.regime)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.officer:
        rows = rows.filter(officer=None) if wanted.officer == NOBODY else rows.filter(officer=_id(wanted.officer))
    if wanted.late is not None:
        rows = rows.filter(overdue(wanted.late))
    if wanted.text.strip():
        rows = _searched(rows, wanted.text.strip(), few=set(wanted.states) <= OPEN_STATES and bool(wanted.states))
    return rows.exclude(template_name="") if wanted.templates else rows.filter(template_name="")


def _id(text: str) -> uuid.UUID | None:
    """The id that an address says; one that is none finds nothing."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.UUID(int=0)


def overdue(cutoffs: tuple[Cutoff, ...]) -> Q:
    """What waits longer than its target: the most particular cutoff of a row counts, so each excludes those before it."""
    if not cutoffs:
        return Q(pk__in=[])
    found, taken = Q(), Q()
    for one in cutoffs:  # the most particular come first
        here = Q(stage=one.stage.value)
        if one.lane:
            here &= Q(lane=one.lane)
        if one.office:
            here &= Q(office=one.office)
        found |= here & Q(waits_since__lt=one.moment) & (~taken if taken else Q())
        taken |= here
    # Said twice, so that the index of what waits is walked no further than the latest cutoff.
    return ~Q(stage="") & Q(waits_since__lt=max(one.moment for one in cutoffs)) & found


def _of_task(rows: QuerySet[Declaration], wanted: Filter) -> QuerySet[Declaration]:
    """Rows of one of the broker's tasks: drafts with or without faults, what was released since a moment."""
    if wanted.faulty is not None:
        rows = rows.filter(faults__gt=0) if wanted.faulty else rows.filter(faults=0)
    return rows.filter(released_at__gte=wanted.released_since) if wanted.released_since else rows


def serial_of(text: str) -> int | None:
    """The serial part of a registration number, when the text is one: `0000091` or `91`."""
    return int(text) if _SERIAL.match(text) else None


def _searched(rows: QuerySet[Declaration], text: str, *, few: bool) -> QuerySet[Declaration]:
    """Rows that hold `text`. Where only a few can match, those are read: the index of words would bring every year's."""
    exact = Q(registration=text)
    if (serial := serial_of(text)) is not None:
        exact |= Q(registration_number=serial)
    if len(folded(text)) < SHORTEST:
        return rows.filter(exact)
    if few:
        return rows.annotate(words=Concat("search", Value(""), output_field=TextField())).filter(
            exact | Q(words__contains=folded(text))
        )
    return rows.filter(exact | Q(search__contains=folded(text)))


def read(
    person: Person, wanted: Filter, columns: Iterable[str], *, after: str, size: int, order: Order, back: bool = False
) -> list[dict[str, Any]]:
    """Up to `size` rows that the person may see, in `order` from the cursor `after` on; `back`: towards the start."""
    keys = _keys(order, back=back)
    asked = []
    for part in parts(person):
        rows = _filtered(Declaration.objects.filter(part), wanted)
        if order is Order.WAITING:
            rows = rows.exclude(stage="")
        if after:
            rows = rows.filter(_beyond(order, after, back=back))
        asked.append(rows.order_by(*keys).values(*columns)[:size])
    if not asked:
        return []
    if len(asked) == 1:
        return list(asked[0])
    return list(asked[0].union(*asked[1:]).order_by(*keys)[:size])


def _keys(order: Order, *, back: bool) -> tuple[str, ...]:
    keys = ("waits_since", "id") if order is Order.WAITING else ("id",)
    return tuple(f"-{key}" for key in keys) if (order is Order.NEWEST) != back else keys


def cursor(row: Mapping[str, Any], order: Order) -> str:
    """The place of a row in a list; empty when it has none there."""
    if order is not Order.WAITING:
        return str(row["id"])
    return f"{row['waits_since'].isoformat()}~{row['id']}" if row["waits_since"] else ""


def _beyond(order: Order, after: str, *, back: bool) -> Q:
    """What comes after a cursor. Raises ValueError when it is none."""
    said, _, name = after.rpartition("~")
    one = uuid.UUID(name)
    if order is not Order.WAITING:
        return Q(id__lt=one) if (order is Order.NEWEST) != back else Q(id__gt=one)
    moment, sign = datetime.fromisoformat(said), "lt" if back else "gt"
    if moment.tzinfo is None:
        raise ValueError(after)
    # The first condition alone says where the index starts; the second leaves out what stands there already.
    edge = Q(**{f"waits_since__{sign}e": moment})
    return edge & (Q(**{f"waits_since__{sign}": moment}) | Q(waits_since=moment, **{f"id__{sign}": one}))


def count_of(person: Person, wanted: Filter, *, order: Order = Order.OLDEST, before: str = "") -> int:
    """How many rows a list has, or how many stand before a cursor, counted up to COUNT_LIMIT; one query."""
    return len(
        read(person, wanted, ("id", "waits_since"), after=before, size=COUNT_LIMIT, order=order, back=bool(before))
    )


def near(
    person: Person, wanted: Filter, columns: Iterable[str], *, size: int, besides: Iterable[uuid.UUID] = ()
) -> list[dict[str, Any]]:
    """Up to `size` of the newest rows that hold something one wrong letter away from the text; one query a part.

    A letter more, less, other, or two that changed places. Among the newest `NEAR_AMONG` of each part, so that the time
    is bounded whatever was typed.
    """
    text = folded(wanted.text.strip())
    if not SHORTEST_NEAR <= len(text) <= LONGEST_NEAR:
        return []
    # An expression of the column: the index of words would read every year's for each of fifty patterns.
    words = Concat("search", Value(""), output_field=TextField())
    alike = _two_thirds(text) & Q(words__regex=one_letter_off(text))
    found: list[dict[str, Any]] = []
    for part in parts(person):
        newest = _filtered(Declaration.objects.filter(part), replace(wanted, text="")).order_by("-id")
        rows = Declaration.objects.filter(id__in=newest.values("id")[:NEAR_AMONG]).exclude(id__in=list(besides))
        found += rows.annotate(words=words).filter(alike).order_by("-id").values(*columns)[:size]
    unique = {row["id"]: row for row in found}
    return sorted(unique.values(), key=lambda row: row["id"], reverse=True)[:size]


def _two_thirds(text: str) -> Q:
    """One error leaves two of three pieces whole, which is cheap to ask; only what passes is compared letter by letter.

    Two letters that changed places over a seam spoil two pieces: these two texts are asked for as they are.
    """
    third = max(1, len(text) // 3)
    first, middle, last = text[:third], text[third : 2 * third], text[2 * third :]
    whole = Q(words__contains=first + middle) | Q(words__contains=middle + last)
    apart = Q(words__contains=first) & Q(words__contains=last)
    seams = (third, 2 * third)
    swapped = [text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :] for at in seams]
    return whole | apart | Q(words__contains=swapped[0]) | Q(words__contains=swapped[1])


def one_letter_off(text: str) -> str:
    """A pattern of the database for every text that is one letter away from `text`."""
    signs = [re.escape(sign) for sign in text]
    whole = range(len(signs))
    other = ["".join([*signs[:at], ".", *signs[at + 1 :]]) for at in whole]
    less = ["".join([*signs[:at], *signs[at + 1 :]]) for at in whole]
    more = ["".join([*signs[:at], ".", *signs[at:]]) for at in whole[1:]]
    swapped = ["".join([*signs[:at], signs[at + 1], signs[at], *signs[at + 2 :]]) for at in whole[:-1]]
    return "|".join(dict.fromkeys([*other, *less, *more, *swapped]))


def count(person: Person, states: Iterable[State]) -> dict[State, int]:
    """How many visible declarations stand in each state, counted up to COUNT_LIMIT; one query."""
    texts, values = [], []
    seen = parts(person)
    for state in states if seen else ():
        wanted = Filter(states=(state,))
        asked = [
            _filtered(Declaration.objects.filter(part), wanted).order_by().values("id")[:COUNT_LIMIT] for part in seen
        ]
        whole = asked[0] if len(asked) == 1 else asked[0].union(*asked[1:])
        text, given = whole.query.sql_with_params()
        texts.append(f"SELECT %s, count(*) FROM ({text}) AS seen")  # noqa: S608 - the text is the framework's own
        values += [state.value, *given]
    if not texts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(texts), values)
        return {State(state): min(number, COUNT_LIMIT) for state, number in cursor.fetchall() if number}


def waiting(person: Person, groups: Mapping[str, Filter]) -> dict[str, tuple[int, dict[str, Any]]]:
    """How many stand in each group, counted up to COUNT_LIMIT, and the one that stands longest; two queries."""
    counted, first = [], []
    for name, wanted in groups.items():
        for part in parts(person):
            rows = _filtered(Declaration.objects.filter(part), wanted).annotate(group=Value(name, TextField()))
            counted.append(rows.order_by().values("group", "id")[:COUNT_LIMIT])
            first.append(rows.order_by("id").values("group", "id", "registration", "reference", "changed_at")[:1])
    if not counted:
        return {}
    oldest: dict[str, dict[str, Any]] = {}
    for row in _joined(first):
        known = oldest.get(row["group"])
        oldest[row["group"]] = row if known is None or row["id"] < known["id"] else known
    text, values = _joined(counted).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "group", count(*) FROM ({text}) AS seen GROUP BY 1', values)  # noqa: S608
        counts = dict(cursor.fetchall())
    return {name: (min(counts[name], COUNT_LIMIT), oldest[name]) for name in groups if name in counts}


def _joined(asked: list[Any]) -> Any:
    return asked[0] if len(asked) == 1 else asked[0].union(*asked[1:])
