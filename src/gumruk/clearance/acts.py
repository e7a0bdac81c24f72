"""What officers and declarants do to a registered declaration, each guarded by the table of steps and a right."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from gumruk.clearance import papers, second_person
from gumruk.clearance.advancing import advance
from gumruk.clearance.guarding import NOTHING, guarded
from gumruk.clearance.steps import require, require_act
from gumruk.clearance.telling import tell
from gumruk.clearance.types import Acted, ClearanceRefused
from gumruk.declarations import moves, selectors
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import Lane, State
from gumruk.documents.files.types import Use
from gumruk.inspection import selectors as reports
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors as charges
from gumruk.payments import services as payments
from gumruk.payments.types import ReceiptView
from gumruk.risk import services as risk
from gumruk.tariff import services as tariff
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import FirmAct, Person, Role


def ask(
    *,
    declaration: uuid.UUID,
    question: str,
    documents: bool,
    by: Person,
    at: datetime,
    document_kinds: Sequence[str] = (),
) -> None:
    """Ask the declarant a question, or for documents, of which `document_kinds` names the kinds; the answer is awaited.

    Raises ClearanceRefused `document_kind_unknown` for a kind that the list of the day has not.
    """
    _ask(declaration, "documents" if documents else "question", question, by, at, document_kinds)


def ask_for_amendment(*, declaration: uuid.UUID, question: str, by: Person, at: datetime) -> None:
    """Ask the declarant to amend the declaration; `question` says what differs. An amendment is the declarant's own act:
    officers ask for it and decide on it.

    Source: Revised Kyoto Convention, General Annex, standard 3.27: the declarant amends with customs' permission.
    """
    _ask(declaration, "amendment", question, by, at)


ASKED = {"question": "ask", "documents": "ask_for_documents", "amendment": "ask_for_amendment"}


def _ask(
    declaration: uuid.UUID, kind: str, question: str, by: Person, at: datetime, document_kinds: Sequence[str] = ()
) -> None:
    with guarded(declaration, by, ASKED[kind], Role.OFFICER, question) as (row, target):
        kinds = _known_kinds(document_kinds, at) if kind == "documents" else []
        moves.ask(row, kind=kind, question=question, by=by, at=at, document_kinds=kinds)
        row.resume_state = row.state
        details = {"document_kinds": kinds} if kinds else {}
        moves.move(row, target, "asked", by=by, at=at, reason=question, details=details)
        tell(row, "queried", at=at)


def _known_kinds(document_kinds: Sequence[str], at: datetime) -> list[str]:
    known = dict(lawbook.codes("document", "en", law_day(at)))
    kinds = list(dict.fromkeys(document_kinds))
    for kind in kinds:
        if kind not in known:
            raise ClearanceRefused("document_kind_unknown", kind=kind[:17])
    return kinds


def answer(*, declaration: uuid.UUID, text: str, by: Person, at: datetime, files: Collection[uuid.UUID] = ()) -> None:
    """Answer the open question, with staged files; the declaration goes back to where it stood. Raises FileNotTaken."""
    with guarded(declaration, by, "answer", Role.BROKER, text) as (row, _):
        query = moves.answer(row, text=text, by=by, at=at)
        details = papers.bind(row, files, Use.ANSWER, query=query)
        moves.move(row, State(row.resume_state), "answered", by=by, at=at, reason=text, details=details)
        advance(row, at=at)


def reroute(*, declaration: uuid.UUID, lane: Lane, reason: str, by: Person, at: datetime) -> Acted:
    """Put a declaration into another lane, with the reason. Into green it may need a second person: then it is proposed."""
    with guarded(declaration, by, "reroute", Role.OFFICER, reason) as (row, target):
        if row.lane == lane:
            raise ClearanceRefused("same_lane", lane=lane.value)
        if lane is Lane.GREEN and second_person.is_asked(row, second_person.REROUTE_GREEN, at=at):
            said = {"from": row.lane, "to": lane.value}
            second_person.propose(row, second_person.REROUTE_GREEN, said=said, reason=reason, by=by, at=at)
            return Acted.PROPOSED
        put_into_lane(row, target, lane, reason=reason, by=by, at=at)
        return Acted.DONE


def put_into_lane(
    row: Declaration,
    target: State,
    lane: Lane,
    *,
    reason: str,
    by: Person,
    at: datetime,
    details: Mapping[str, str] = NOTHING,
) -> None:
    """Change the lane of a row that is locked; `details` says who proposed it."""
    risk.record_reroute(
        declaration=row.id, office=row.office, month=row.month, lane=lane, reason=reason, by=by.id, at=at
    )
    before, row.lane, row.controlled = row.lane, lane, False
    second_person.overtaken(row, at=at, acts=(second_person.REROUTE_GREEN,))
    said = {"from": before, "to": lane.value, **details}
    moves.move(row, target, "rerouted", by=by, at=at, reason=reason, details=said)
    advance(row, at=at)


def release(*, declaration: uuid.UUID, by: Person, at: datetime) -> None:
    """Release the goods. Refused while a hold stands, an amendment waits or anything is owed."""
    with guarded(declaration, by, "release", Role.OFFICER) as (row, target):
        if moves.standing_holds(row):
            raise ClearanceRefused("hold_stands")
        if moves.proposed(row) is not None:
            raise ClearanceRefused("amendment_waits")
        charge = charges.charge_of(declaration=row.id)
        if charge is not None and not charge.settled:
            raise ClearanceRefused("not_paid", left=str(charge.left))
        row.released_at = at
        second_person.overtaken(row, at=at)
        moves.move(row, target, "released", by=by, at=at)
        tell(row, "released", at=at, registration=row.registration)
        if lawbook.on(law_day(at)).attributes("direction", row.direction).get("awaits_exit") == "1":
            moves.move(row, require(State(row.state), "await_exit"), "exit_awaited", by=None, at=at)


def record_exit(*, declaration: uuid.UUID, note: str, by: Person, at: datetime) -> None:
    """Record that released goods left the territory; `note` says what was seen (vehicle, seals)."""
    with guarded(declaration, by, "exit", Role.OFFICER, note) as (row, target):
        moves.move(row, target, "exited", by=by, at=at, reason=note)
        tell(row, "exited", at=at, registration=row.registration)


def open_audit(*, declaration: uuid.UUID, reason: str, by: Person, at: datetime) -> None:
    """Take a released declaration into post-clearance audit."""
    with guarded(declaration, by, "audit", Role.SUPERVISOR, reason) as (row, target):
        row.resume_state = row.state
        moves.move(row, target, "audit_opened", by=by, at=at, reason=reason)


def close_audit(*, declaration: uuid.UUID, result: str, by: Person, at: datetime) -> None:
    """End an audit with its result; the declaration stands where it stood before."""
    with guarded(declaration, by, "close_audit", Role.SUPERVISOR, result) as (row, _):
        moves.move(row, State(row.resume_state), "audit_closed", by=by, at=at, reason=result)


def reject(*, declaration: uuid.UUID, reason: str, by: Person, at: datetime) -> None:
    """Refuse a declaration by decision with all that was found; what it owed is cancelled, the declarant may lodge again."""
    with guarded(declaration, by, "reject", Role.OFFICER, reason) as (row, target):
        payments.cancel_charges(declaration=row.id, reason=reason, at=at, by=by.id)
        tariff.release_quotas(
            declaration=row.id, office=row.office, month=row.month, reason="rejected", by=by.id, at=at
        )
        moves.close_what_waits(row, at=at)
        second_person.overtaken(row, at=at)
        # Lodged again it may be other goods: it is looked at anew.
        row.lane, row.controlled = "", False
        moves.move(row, target, "rejected", by=by, at=at, reason=reason, details=_all_found(row.id))
        tell(row, "rejected", at=at)


def _all_found(declaration: uuid.UUID) -> dict[str, list[str]]:
    """Codes of the findings that stand and of what control found, which a rejection goes with."""
    attempt = selectors.last_attempt(declaration=declaration)
    closed = (one for one in reports.of_declaration(declaration=declaration, sealed=True) if one.status == "closed")
    found = next((one for one in closed if one.conform is False), None)
    said = {
        "findings": sorted({finding.code for finding in attempt.findings}) if attempt else [],
        "control": sorted({one.result for one in found.said.items}) if found else [],
    }
    return {name: codes for name, codes in said.items() if codes}


def set_hold(
    *, declaration: uuid.UUID, agency: str, reason: str, by: Person, at: datetime, clears: str = ""
) -> uuid.UUID:
    """Stop release until the hold is lifted; `clears` says what has to come first."""
    with guarded(declaration, by, "hold", Role.OFFICER, reason) as (row, target):
        hold = moves.set_hold(row, agency=agency, reason=reason, clears=clears.strip(), by=by, at=at)
        moves.move(row, target, "held", by=by, at=at, reason=reason, details={"agency": agency})
        return hold


def lift_hold(*, declaration: uuid.UUID, hold: uuid.UUID, by: Person, at: datetime) -> None:
    """Lift a hold."""
    with guarded(declaration, by, "hold", Role.OFFICER) as (row, target):
        moves.lift_hold(row, hold, by=by, at=at)
        moves.move(row, target, "hold_lifted", by=by, at=at)


def receive_payment(
    *, declaration: uuid.UUID, amount: Decimal, means: str, source: str, by: Person, at: datetime, held: str = ""
) -> ReceiptView:
    """Record money for a declaration and move it on.

    Cashiers take desk money in an open shift; bank money comes from its statement or the demo bank, where `held`
    names the credit that lies in suspense. Real money never pays a sandbox declaration.
    """
    with moves.changing(declaration) as row:
        if row.sandbox:
            raise ClearanceRefused("play_money", declaration=str(declaration))
        if means != "bank" and not by.may(Role.CASHIER, row.office):
            raise ClearanceRefused("no_right", role=Role.CASHIER.value, office=row.office)
        receipt = payments.receive(
            reference=row.registration, amount=amount, means=means, source=source, office=row.office, at=at, by=by.id,
            held=held,
        )  # fmt: skip
        details = {"receipt": receipt.number, "amount": str(amount)}
        moves.move(row, State(row.state), "payment_received", by=by, at=at, details=details)
        advance(row, at=at)
        return receipt


def reverse_payment(
    *, declaration: uuid.UUID, receipt: uuid.UUID, reason: str, by: Person, at: datetime
) -> ReceiptView:
    """Take a receipt back by a supervisor's reversing entry; a declaration that is not released yet owes again."""
    with moves.changing(declaration) as row:
        made = payments.reverse(receipt=receipt, declaration=declaration, reason=reason, by=by, at=at)
        details = {"receipt": made.number, "amount": str(made.amount)}
        moves.move(row, State(row.state), "payment_reversed", by=by, at=at, reason=reason, details=details)
        advance(row, at=at)
        return made


def pay_from_account(*, declaration: uuid.UUID, by: Person, at: datetime) -> ReceiptView:
    """Pay what is left from the declarant's prepayment account and move on."""
    with moves.changing(declaration) as row:
        require_act(row.declarant_tin, by, FirmAct.PAY, declaration)
        party = moves.payer_of(row)
        if row.sandbox:  # play money: as much as is owed
            charge = charges.charge_of(declaration=row.id)
            if charge is not None and charge.left > 0:
                source = f"sandbox:{row.id}:{row.events}"
                payments.deposit_play_money(account=party, amount=charge.left, source=source, office=row.office, at=at)
        receipt = payments.pay_from_account(reference=row.registration, party=party, at=at, by=by.id)
        details = {"receipt": receipt.number, "amount": str(receipt.amount)}
        moves.move(row, State(row.state), "payment_received", by=by, at=at, details=details)
        advance(row, at=at)
        return receipt
