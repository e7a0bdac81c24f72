"""Changing what was lodged: amendment, cancellation, and throwing away what never was."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from gumruk.clearance import papers, second_person
from gumruk.clearance.advancing import advance
from gumruk.clearance.guarding import NOTHING, guarded
from gumruk.clearance.judging import judge
from gumruk.clearance.lodging import assess_and_charge, unanswered
from gumruk.clearance.steps import require, require_act
from gumruk.clearance.telling import tell
from gumruk.clearance.types import Acted, ClearanceRefused
from gumruk.declarations import canonical, moves
from gumruk.declarations.moves import Declaration, Version
from gumruk.declarations.types import State
from gumruk.documents.files.types import Use
from gumruk.payments import selectors as charges
from gumruk.payments import services as payments
from gumruk.rules.form import Content
from gumruk.tariff import services as tariff
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import FirmAct, Person, Role


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
    with guarded(declaration, by, "propose_amendment", Role.BROKER, reason) as (row, target):
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
    with guarded(declaration, by, "accept_amendment", Role.OFFICER, reason) as (row, target):
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
    with guarded(declaration, by, "request_cancellation", Role.BROKER, reason) as (row, target):
        row.resume_state = row.state
        details = papers.bind(row, files, Use.CANCELLATION)
        moves.move(row, target, "cancellation_requested", by=by, at=at, reason=reason, details=details)


def decide_cancellation(*, declaration: uuid.UUID, accept: bool, reason: str, by: Person, at: datetime) -> Acted:
    """Cancel, with what was paid going to the prepayment account; or refuse and go on.

    To cancel what is paid may need a second person: then it is proposed.
    """
    with guarded(declaration, by, "cancel" if accept else "refuse_cancellation", Role.OFFICER, reason) as (row, target):
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
