"""What a queue was asked for: from the words of its address to the filter and the order of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_noop as _

from gumruk.declarations.selectors import Filter
from gumruk.declarations.targets import Targets
from gumruk.declarations.types import Order, State
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Person
from gumruk.web.shared.colleagues import offices_of
from gumruk.web.shared.lists import Asked

S = State
WAITING = (S.RELEASABLE, S.UNDER_CONTROL, S.DISCREPANCY, S.CANCEL_REQUESTED, S.REGISTERED, S.ASSESSED, S.SECURED,
           S.PAYMENT_DUE, S.QUERIED, S.DOCS_REQUIRED)  # fmt: skip
GROUPS: Mapping[str, tuple[str, tuple[State, ...]]] = {
    "waiting": (_("All open"), WAITING),
    "control": (_("To control"), (S.UNDER_CONTROL, S.DISCREPANCY)),
    "release": (_("To release"), (S.RELEASABLE,)),
    "decide": (_("Cancellations"), (S.CANCEL_REQUESTED,)),
    "declarant": (_("Waiting for the declarant"), (S.PAYMENT_DUE, S.QUERIED, S.DOCS_REQUIRED)),
    "done": (_("Released"), (S.RELEASED, S.AWAITING_EXIT, S.EXITED)),
    "closed": (_("Rejected and cancelled"), (S.REJECTED, S.CANCELLED)),
}  # fmt: skip
COOKIE, ME = "gumruk_queue", "me"


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: as asked, its states, filter and order."""

    asked: Asked
    states: tuple[State, ...]
    wanted: Filter
    order: Order

    @property
    def address(self) -> str:
        """Its address, without the page that was turned to."""
        return f"/queue{self.asked.address()}".removesuffix("?")


def targets_at(at: datetime) -> Targets:
    """What the law of the day says about how long work may wait."""
    return Targets.of(lawbook.on(law_day(at)))


def queue_of(query: QueryDict, person: Person, at: datetime) -> Queue:
    """The queue that an address asks for."""
    asked = Asked.of(query)
    states = GROUPS.get(asked.get("group"), GROUPS["waiting"])[1]
    officer = str(person.id) if asked.get("officer") == ME else asked.get("officer")
    late = targets_at(at).cutoffs(at) if asked.get("overdue") else None
    # What is overdue is read by its wait unless another order is asked for: the index of waits has it in order.
    usual = Order.WAITING if asked.get("overdue") else Order.OLDEST
    order = Order(asked.get("order")) if asked.get("order") in list(Order) else usual
    return Queue(asked, states, replace(asked.filter(states), officer=officer, late=late), order)


def remember(answer: HttpResponse, queue: Queue) -> HttpResponse:
    """Keep the queue in this browser, so that a declaration knows its next one, also after an act."""
    said = quote(queue.asked.address().removeprefix("?"))
    if len(said) <= 1000:
        answer.set_cookie(COOKIE, said, httponly=True, samesite="Lax")
    return answer


def remembered(request: HttpRequest, person: Person, at: datetime) -> Queue:
    """The queue that the person looked at last; all open work when there was none."""
    return queue_of(QueryDict(unquote(request.COOKIES.get(COOKIE, ""))[:1000]), person, at)


def many_offices(person: Person) -> bool:
    """True when the person sees more than one office: then the list shows and filters it."""
    offices = offices_of(person)
    return "" in offices or len(offices) > 1
