"""Every count of declarations under the subject that it is kept as. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from gumruk.declarations import counting as declarations
from gumruk.declarations.counting import Count, Scope
from gumruk.figures.types import STEP, Subject
from gumruk.toolkit.clock import OFFICE_ZONE


def start_of(day: date) -> datetime:
    """The moment at which a law day begins."""
    return datetime.combine(day, time(), OFFICE_ZONE)


def counted(scope: Scope) -> Iterator[tuple[Subject, Count]]:
    """Every count of the declarations of a scope with its subject; five queries."""
    for one in declarations.standing(scope):
        yield Subject.STANDING, one
    for one in declarations.marks(scope):
        yield Subject.MARK, one
    for one in declarations.consignees(scope):
        yield Subject.CONSIGNEE, one
    for one in declarations.passages(scope, step=STEP):
        yield Subject.STAGE, one
    for one in declarations.goods(scope):
        subject, _, key = one.key.partition("|")
        yield Subject(subject), one._replace(key=key)
