"""The table of steps: from which states an act may happen and where it leads. Pure; nothing else decides this."""

from __future__ import annotations

import uuid

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations.types import State
from gumruk.trust.types import FirmAct, Person

S = State
_OPEN = (S.REGISTERED, S.ASSESSED, S.PAYMENT_DUE, S.SECURED, S.UNDER_CONTROL, S.RELEASABLE)

# act: (states it may start from, state it leads to; None keeps the state or is computed by the act)
STEPS: dict[str, tuple[tuple[State, ...], State | None]] = {
    "lodge": ((S.DRAFT, S.REJECTED), S.REGISTERED),
    "discard": ((S.DRAFT,), S.CANCELLED),
    "prelodge": ((S.DRAFT,), S.PRELODGED),
    "present": ((S.PRELODGED,), S.REGISTERED),
    "withdraw": ((S.PRELODGED,), S.DRAFT),
    "expire": ((S.PRELODGED,), S.DRAFT),
    "reject": ((*_OPEN, S.QUERIED, S.DOCS_REQUIRED, S.DISCREPANCY), S.REJECTED),
    "assess": ((S.REGISTERED,), S.ASSESSED),
    "demand_payment": ((S.ASSESSED, S.SECURED, S.UNDER_CONTROL, S.RELEASABLE, S.PAYMENT_DUE), S.PAYMENT_DUE),
    "secure": ((S.ASSESSED, S.PAYMENT_DUE), S.SECURED),
    "take_under_control": ((S.SECURED, S.RELEASABLE), S.UNDER_CONTROL),
    "make_releasable": ((S.SECURED, S.UNDER_CONTROL, S.DISCREPANCY), S.RELEASABLE),
    "find_discrepancy": ((S.UNDER_CONTROL, S.DISCREPANCY), S.DISCREPANCY),
    "inspect": ((S.UNDER_CONTROL, S.DISCREPANCY), None),
    "ask": (_OPEN, S.QUERIED),
    "ask_for_documents": (_OPEN, S.DOCS_REQUIRED),
    "ask_for_amendment": ((*_OPEN, S.DISCREPANCY), S.QUERIED),
    "answer": ((S.QUERIED, S.DOCS_REQUIRED), None),
    "reroute": (_OPEN, None),
    "take": ((*_OPEN, S.QUERIED, S.DOCS_REQUIRED, S.DISCREPANCY, S.CANCEL_REQUESTED), None),
    "assign": ((*_OPEN, S.QUERIED, S.DOCS_REQUIRED, S.DISCREPANCY, S.CANCEL_REQUESTED), None),
    "put_back": ((*_OPEN, S.QUERIED, S.DOCS_REQUIRED, S.DISCREPANCY, S.CANCEL_REQUESTED), None),
    "hold": ((*_OPEN, S.QUERIED, S.DOCS_REQUIRED, S.DISCREPANCY), None),
    "propose_amendment": ((*_OPEN, S.DISCREPANCY, S.QUERIED), None),
    "accept_amendment": ((*_OPEN, S.DISCREPANCY), None),
    "reassess": ((*_OPEN, S.DISCREPANCY), None),
    "release": ((S.RELEASABLE,), S.RELEASED),
    "request_cancellation": ((*_OPEN, S.DISCREPANCY), S.CANCEL_REQUESTED),
    "cancel": ((S.CANCEL_REQUESTED,), S.CANCELLED),
    "refuse_cancellation": ((S.CANCEL_REQUESTED,), None),
    "await_exit": ((S.RELEASED,), S.AWAITING_EXIT),
    "exit": ((S.AWAITING_EXIT,), S.EXITED),
    "audit": ((S.RELEASED, S.EXITED), S.UNDER_AUDIT),
    "close_audit": ((S.UNDER_AUDIT,), None),
}


def require(state: State, act: str) -> State:
    """The state that `act` leads to. Raises ClearanceRefused `not_now` when it may not start from `state`."""
    sources, target = STEPS[act]
    if state not in sources:
        raise ClearanceRefused("not_now", act=act, state=state.value)
    return target or state


def require_act(party: str, by: Person, act: FirmAct, declaration: uuid.UUID) -> None:
    """Raise ClearanceRefused `not_yours` when the person is none of the firm's, `act_not_granted` when not for this."""
    if party not in by.parties:
        raise ClearanceRefused("not_yours", declaration=str(declaration))
    if not by.may_for(party, act):
        raise ClearanceRefused("act_not_granted", act=act.value)
