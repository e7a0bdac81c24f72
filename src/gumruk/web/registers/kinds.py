"""The registers there are: their columns, and how their lines and sums are read."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations import registers as declarations
from gumruk.declarations.registers import Moment
from gumruk.declarations.types import SANDBOX
from gumruk.inspection import registers as inspections
from gumruk.payments import registers as payments
from gumruk.trust.types import Role
from gumruk.web.cash_labels import OPERATIONS
from gumruk.web.figures.charts import Column
from gumruk.web.figures.seen import named
from gumruk.web.labels import LANES, STATES
from gumruk.web.templatetags.gumruk_format import moment

Cell = str | int | Decimal | None
Cursor = tuple[datetime, uuid.UUID]


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment up to another, at these offices; None is every one."""

    since: datetime
    until: datetime
    offices: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells, where it stands, and the declaration that it leads to."""

    cells: tuple[Cell, ...]
    cursor: Cursor
    declaration: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Register:
    """One register. `widths` are parts of the sheet's width; the columns in `summed` are added up."""

    name: str
    title: str
    roles: frozenset[Role]
    words: tuple[str, ...]
    kinds: tuple[str, ...]
    widths: tuple[float, ...]
    summed: tuple[int, ...]
    read: Callable[[Span, Cursor | None, int], list[Line]]
    sums: Callable[[Span], tuple[int, list[Decimal]]]

    @property
    def columns(self) -> tuple[Column, ...]:
        return tuple(Column(gettext(word), kind) for word, kind in zip(self.words, self.kinds, strict=True))


def _declared(by: Moment) -> Callable[[Span, Cursor | None, int], list[Line]]:
    def read(span: Span, after: Cursor | None, size: int) -> list[Line]:
        found = declarations.entries(
            by=by, since=span.since, until=span.until, offices=span.offices, after=after, size=size
        )
        regimes = named("regime", {one.regime for one in found})
        lines = []
        for one in found:
            at = one.released_at if by == "released_at" else one.registered_at
            assert at is not None  # noqa: S101 - read by this moment
            cells: tuple[Cell, ...] = (
                one.registration, moment(at), one.direction, regimes[one.regime], one.declarant_name, one.consignee_name,
                one.goods, gettext(LANES[one.lane]) if one.lane else "", gettext(STATES[one.state]), one.items,
                one.value, one.due,
            )  # fmt: skip
            lines.append(Line(cells, (at, one.id), one.id))
        return lines

    return read


def _declared_sums(by: Moment) -> Callable[[Span], tuple[int, list[Decimal]]]:
    def sums(span: Span) -> tuple[int, list[Decimal]]:
        number, found = declarations.sums(by=by, since=span.since, until=span.until, offices=span.offices)
        return number, [found["value"], found["due"]]

    return sums


def _receipts(span: Span, after: Cursor | None, size: int) -> list[Line]:
    found = payments.entries(
        since=span.since, until=span.until, offices=span.offices, after=after, size=size, apart=SANDBOX
    )
    means = named("payment_means", {one.means for one in found})
    return [
        Line(
            (one.number, moment(one.at), gettext(OPERATIONS[one.operation.value]), one.reference, one.payer, means[one.means],
             one.cashier, one.purpose or one.reason, one.signed),
            (one.at, one.id), one.declaration,
        )
        for one in found
    ]  # fmt: skip


def _receipt_sums(span: Span) -> tuple[int, list[Decimal]]:
    number, found = payments.sums(since=span.since, until=span.until, offices=span.offices, apart=SANDBOX)
    return number, [found["amount"]]


INSPECTED = {"documents": _("Documents"), "goods": _("Goods"), "scan": _("Scan")}


def _inspections(span: Span, after: Cursor | None, size: int) -> list[Line]:
    found = inspections.entries(
        since=span.since, until=span.until, offices=span.offices, after=after, size=size, apart=SANDBOX
    )
    numbers = declarations.numbers_of({one.root for one in found})
    lines = []
    for one in found:
        assert one.closed_at is not None  # noqa: S101 - read by this moment
        cells: tuple[Cell, ...] = (
            numbers.get(one.root, ""), moment(one.closed_at), f"{one.number}.{one.version}", gettext(INSPECTED[one.kind.value]),
            one.closed_by, gettext("Conform") if one.conform else gettext("Discrepancy"), one.said.place, one.said.text,
        )  # fmt: skip
        lines.append(Line(cells, (one.closed_at, one.id), one.root))
    return lines


def _inspection_sums(span: Span) -> tuple[int, list[Decimal]]:
    return inspections.count(since=span.since, until=span.until, offices=span.offices, apart=SANDBOX), []


_LEADERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_DECLARED = (_("Declaration"), _("Registered"), _("Direction"), _("Regime"), _("Declarant"), _("Consignee"), _("Goods"),
             _("Lane"), _("State"), _("Items"), _("Customs value, TJS"), _("Assessed, TJS"))  # fmt: skip
_RELEASED = (_DECLARED[0], _("Released"), *_DECLARED[2:])
_DECLARED_KINDS = (*["text"] * 9, "count", "money", "money")
_DECLARED_WIDTHS = (3.6, 2.5, 1.5, 3, 3.1, 3.3, 3.8, 1.5, 2.3, 1.1, 2.4, 2.2)
REGISTERS = {
    one.name: one
    for one in (
        Register("declarations", _("Register of declarations"), _LEADERS | {Role.OFFICER}, _DECLARED, _DECLARED_KINDS,
                 _DECLARED_WIDTHS, (10, 11), _declared("registered_at"), _declared_sums("registered_at")),
        Register("releases", _("Register of releases"), _LEADERS | {Role.OFFICER}, _RELEASED, _DECLARED_KINDS,
                 _DECLARED_WIDTHS, (10, 11), _declared("released_at"), _declared_sums("released_at")),
        Register("receipts", _("Register of receipts"), _LEADERS | {Role.CASHIER},
                 (_("Receipt"), _("Time"), _("Operation"), _("Reference"), _("Payer"), _("Means of payment"), _("Cashier"),
                  _("Purpose or reason"), _("Amount, TJS")),
                 (*["text"] * 8, "money"), (3, 2.3, 3, 3.2, 2.2, 2.6, 2.8, 4, 2.4), (8,), _receipts, _receipt_sums),
        Register("inspections", _("Register of inspections"), _LEADERS | {Role.OFFICER},
                 (_("Declaration"), _("Closed"), _("Report"), _("Kind"), _("Officer"), _("Result"), _("Place"), _("Text")),
                 ("text",) * 8, (3, 2.2, 1.2, 2, 3, 2, 3, 7), (), _inspections, _inspection_sums),
    )
}  # fmt: skip
