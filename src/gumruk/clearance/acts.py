"""What officers and declarants do to a registered declaration, each guarded by the table of steps and a right."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from gumruk.clearance import papers, second_person
from gumruk.clearance.advancing import advance
from gumruk.clearance.judging import judge
from gumruk.clearance.lodging import assess_and_charge, unanswered
from gumruk.clearance.steps import require, require_act
from gumruk.clearance.telling import tell
from gumruk.clearance.types import Acted, ClearanceRefused
from gumruk.declarations import canonical, moves, selectors
from gumruk.declarations.moves import Declaration, Version
from gumruk.declarations.types import Lane, State
from gumruk.documents.files.types import Use
from gumruk.inspection import selectors as reports
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors as charges
from gumruk.payments import services as payments
from gumruk.payments.types import ReceiptView
from gumruk.risk import services as risk
from gumruk.rules.form import Content
from gumruk.tariff import services as tariff
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import FirmAct, Person, Role

NOTHING: Mapping[str, str] = MappingProxyType({})


@contextmanager
def _for(
    declaration: uuid.UUID, by: Person, act: str, role: Role, reason: str | None = "-"
) -> Iterator[tuple[Declaration, State]]:
    """The row and the state that `act` leads to, when the person may do it. `reason` None or empty is refused."""
    with moves.changing(declaration) as row:
        if role is Role.BROKER:
            require_act(row.declarant_tin, by, FirmAct.LODGE, declaration)
        elif not (by.may(role, row.office) or by.may(Role.SUPERVISOR, row.office)):
            raise ClearanceRefused("no_right", role=role.value, office=row.office)
        if not (reason or "").strip():
            raise ClearanceRefused("reason_missing", act=act)
        yield row, require(State(row.state), act)


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
    with _for(declaration, by, ASKED[kind], Role.OFFICER, question) as (row, target):
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
    with _for(declaration, by, "answer", Role.BROKER, text) as (row, _):
        query = moves.answer(row, text=text, by=by, at=at)
        details = papers.bind(row, files, Use.ANSWER, query=query)
        moves.move(row, State(row.resume_state), "answered", by=by, at=at, reason=text, details=details)
        advance(row, at=at)


def reroute(*, declaration: uuid.UUID, lane: Lane, reason: str, by: Person, at: datetime) -> Acted:
    """Put a declaration into another lane, with the reason. Into green it may need a second person: then it is proposed."""
    with _for(declaration, by, "reroute", Role.OFFICER, reason) as (row, target):
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
    with _for(declaration, by, "release", Role.OFFICER) as (row, target):
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
    with _for(declaration, by, "exit", Role.OFFICER, note) as (row, target):
        moves.move(row, target, "exited", by=by, at=at, reason=note)
        tell(row, "exited", at=at, registration=row.registration)


def open_audit(*, declaration: uuid.UUID, reason: str, by: Person, at: datetime) -> None:
    """Take a released declaration into post-clearance audit."""
    with _for(declaration, by, "audit", Role.SUPERVISOR, reason) as (row, target):
        row.resume_state = row.state
        moves.move(row, target, "audit_opened", by=by, at=at, reason=reason)


def close_audit(*, declaration: uuid.UUID, result: str, by: Person, at: datetime) -> None:
    """End an audit with its result; the declaration stands where it stood before."""
    with _for(declaration, by, "close_audit", Role.SUPERVISOR, result) as (row, _):
        moves.move(row, State(row.resume_state), "audit_closed", by=by, at=at, reason=result)


def reject(*, declaration: uuid.UUID, reason: str, by: Person, at: datetime) -> None:
    """Refuse a declaration by decision with all that was found; what it owed is cancelled, the declarant may lodge again."""
    with _for(declaration, by, "reject", Role.OFFICER, reason) as (row, target):
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
    with _for(declaration, by, "hold", Role.OFFICER, reason) as (row, target):
        hold = moves.set_hold(row, agency=agency, reason=reason, clears=clears.strip(), by=by, at=at)
        moves.move(row, target, "held", by=by, at=at, reason=reason, details={"agency": agency})
        return hold


def lift_hold(*, declaration: uuid.UUID, hold: uuid.UUID, by: Person, at: datetime) -> None:
    """Lift a hold."""
    with _for(declaration, by, "hold", Role.OFFICER) as (row, target):
        moves.lift_hold(row, hold, by=by, at=at)
        moves.move(row, target, "hold_lifted", by=by, at=at)


def propose_amendment(
    *,
    declaration: uuid.UUID,
    content: Content,
    reason: str,
    by: Person,
    at: datetime,
    reasons: Mapping[str, str] | None = None,
    files: Collection[uuid.UUID] = (),
) -> int:
    """Ask to change a registered declaration, to add staged files, or both; an officer decides.

    `reasons` say why warnings may stand, by `reason_key`.

    Raises ClearanceRefused `nothing_changed`, `key_field_changed`, `not_clean`, `reasons_missing`; FileNotTaken.
    """
    with _for(declaration, by, "propose_amendment", Role.BROKER, reason) as (row, target):
        if moves.proposed(row) is not None:
            raise ClearanceRefused("amendment_waits")
        changed = canonical.difference(row.draft, canonical.clean(content))
        if not changed and not files:
            raise ClearanceRefused("nothing_changed")
        for name in ("office", "declarant_tin", "direction"):
            if any(difference.path == name for difference in changed):
                raise ClearanceRefused("key_field_changed", field=name)
        judgement = judge(canonical.clean(content), law_day(row.registered_at or at), declaration=row.id)
        if judgement.blocking:
            raise ClearanceRefused("not_clean", findings=", ".join(sorted({f.code for f in judgement.findings})))
        answers = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
        if unexplained := unanswered(judgement.findings, answers):
            raise ClearanceRefused("reasons_missing", findings=", ".join(sorted({one.code for one in unexplained})))
        version = moves.freeze(
            row, content, by=by, at=at, act="amend", reason=reason, reasons=answers, status="proposed",
            files=papers.stated(row, files),
        )  # fmt: skip
        details: dict[str, Any] = {"version": version.number, "fields": len(changed)}
        details |= papers.bind(row, files, Use.AMENDMENT, version=version.number)
        moves.move(row, target, "amendment_proposed", by=by, at=at, reason=reason, details=details)
        if row.state == State.QUERIED:  # the amendment is the answer
            moves.answer(row, text=reason, by=by, at=at)
            moves.move(row, State(row.resume_state), "answered", by=by, at=at, reason=reason)
        return version.number


def decide_amendment(*, declaration: uuid.UUID, accept: bool, reason: str, by: Person, at: datetime) -> None:
    """Accept a proposed version, which is assessed under the law of the registration day and posts deltas; or refuse it."""
    with _for(declaration, by, "accept_amendment", Role.OFFICER, reason) as (row, target):
        version = moves.proposed(row)
        if version is None:
            raise ClearanceRefused("nothing_proposed")
        details = {"version": version.number}
        if not accept:
            moves.close_version(version, "refused")
            moves.move(row, target, "amendment_refused", by=by, at=at, reason=reason, details=details)
            return
        _accept(row, version, by, at)
        moves.move(row, State(row.state), "amendment_accepted", by=by, at=at, reason=reason, details=details)
        advance(row, at=at)


def _accept(row: Declaration, version: Version, by: Person, at: datetime) -> None:
    judgement = judge(moves.content_of(version), law_day(row.registered_at or at), declaration=row.id, hold=True)
    if judgement.blocking:  # the law known today may say more than when it was proposed
        raise ClearanceRefused("not_clean", findings=", ".join(sorted({f.code for f in judgement.findings})))
    moves.make_standing(row, version)
    row.amendments += 1
    row.controlled = False  # what was looked at has changed: it is looked at again
    assess_and_charge(row, version.number, judgement, by=by, at=at)


def discard(*, declaration: uuid.UUID, by: Person, at: datetime) -> None:
    """Throw away a draft or template that never had a number. It is closed, not deleted.

    Raises ClearanceRefused `not_yours`, `act_not_granted`, `not_now`.
    """
    with moves.changing(declaration) as row:
        require_act(row.declarant_tin, by, FirmAct.PREPARE, declaration)
        target = require(State(row.state), "discard")
        row.template_name = ""
        moves.move(row, target, "discarded", by=by, at=at)


def request_cancellation(
    *, declaration: uuid.UUID, reason: str, by: Person, at: datetime, files: Collection[uuid.UUID] = ()
) -> None:
    """Ask to cancel a declaration, with staged files that show why. Raises FileNotTaken."""
    with _for(declaration, by, "request_cancellation", Role.BROKER, reason) as (row, target):
        row.resume_state = row.state
        details = papers.bind(row, files, Use.CANCELLATION)
        moves.move(row, target, "cancellation_requested", by=by, at=at, reason=reason, details=details)


def decide_cancellation(*, declaration: uuid.UUID, accept: bool, reason: str, by: Person, at: datetime) -> Acted:
    """Cancel, with what was paid going to the prepayment account; or refuse and go on.

    To cancel what is paid may need a second person: then it is proposed.
    """
    with _for(declaration, by, "cancel" if accept else "refuse_cancellation", Role.OFFICER, reason) as (row, target):
        if not accept:
            second_person.overtaken(row, at=at, acts=(second_person.CANCEL_PAID,))
            moves.move(row, State(row.resume_state), "cancellation_refused", by=by, at=at, reason=reason)
            advance(row, at=at)  # money may have come or gone meanwhile
            return Acted.DONE
        charge = charges.charge_of(declaration=row.id)
        if charge and charge.paid > 0 and second_person.is_asked(row, second_person.CANCEL_PAID, at=at):
            said = {"paid": str(charge.paid)}
            second_person.propose(row, second_person.CANCEL_PAID, said=said, reason=reason, by=by, at=at)
            return Acted.PROPOSED
        cancel(row, target, reason=reason, by=by, at=at)
        return Acted.DONE


def cancel(
    row: Declaration, target: State, *, reason: str, by: Person, at: datetime, details: Mapping[str, str] = NOTHING
) -> None:
    """Cancel a row that is locked; `details` says who proposed it."""
    payments.cancel_charges(declaration=row.id, reason=reason, at=at, by=by.id)
    tariff.release_quotas(declaration=row.id, office=row.office, month=row.month, reason="cancelled", by=by.id, at=at)
    moves.close_what_waits(row, at=at)
    second_person.overtaken(row, at=at)
    moves.move(row, target, "cancelled", by=by, at=at, reason=reason, details=dict(details))
    tell(row, "cancelled", at=at)


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
