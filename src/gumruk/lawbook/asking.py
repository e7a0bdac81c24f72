"""Between an editor and an approver: asking for approval, sending back with words, and settings that one person changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gumruk.law.day import ParameterUnknown
from gumruk.lawbook import selectors
from gumruk.lawbook.bodies import UNWRITABLE
from gumruk.lawbook.drafting import locked, require
from gumruk.lawbook.models import ChangeSet as ChangeSetRow
from gumruk.lawbook.models import Remark
from gumruk.lawbook.publishing import next_number, refuse_unchecked, write
from gumruk.lawbook.rows import change_set_of
from gumruk.lawbook.types import APPROVER, EDITOR, Acting, Change, ChangeSet, Kind, LawbookRefused, Status
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day

LONGEST_WORDS = 5000
ONE_PERSON = "settings_of_one_person"  # the parameter that names the settings which need no second person


def _noted(row: ChangeSetRow, what: Remark.What, words: str, by: Acting, at: datetime) -> None:
    said = words.strip()
    if len(said) > LONGEST_WORDS or UNWRITABLE.search(said):
        raise LawbookRefused("text_refused", name="words", most=str(LONGEST_WORDS))
    Remark.objects.create(change_set=row, what=what, words=said, by=by.id, by_name=by.username, at=at)


@transaction.atomic
def ask_approval(*, change_set: uuid.UUID, by: Acting, at: datetime, words: str = "") -> ChangeSet:
    """Send a checked draft to the approvers. Any edit after it takes the question back.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `asked_already`, `check_missing`, `check_failed`,
    `check_expired`, `text_refused`.
    """
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT)
    if row.asked_at is not None:
        raise LawbookRefused("asked_already")
    refuse_unchecked(row, selectors.head())
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    _noted(row, Remark.What.ASKED, words, by, at)
    outbox.add("law.approval_asked", office="", at=at, root=row.id)
    return change_set_of(row)


@transaction.atomic
def send_back(*, change_set: uuid.UUID, by: Acting, at: datetime, words: str) -> ChangeSet:
    """Give a draft that waits, or one that was agreed to, back to its editor, with words that say why.

    Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `not_asked`, `words_missing`, `text_refused`.
    """
    require(by, APPROVER)
    row = locked(change_set, Status.DRAFT, Status.APPROVED)
    if row.status == Status.DRAFT and row.asked_at is None:
        raise LawbookRefused("not_asked")
    if not words.strip():
        raise LawbookRefused("words_missing")
    row.status, row.asked_at, row.approver, row.approver_name, row.approved_at = Status.DRAFT, None, None, "", None
    row.save(update_fields=["status", "asked_at", "approver", "approver_name", "approved_at"])
    _noted(row, Remark.What.SENT_BACK, words, by, at)
    outbox.add("law.sent_back", office="", at=at, root=row.id)
    return change_set_of(row)


@transaction.atomic
def publish_setting(*, change_set: uuid.UUID, by: Acting, at: datetime) -> ChangeSet:
    """Make a checked draft law without a second person, where the law of today says so of every setting in it.

    Only settings, only from today on. Raises LawbookRefused: `not_allowed`, `not_in_that_state`, `second_person_needed`,
    `check_missing`, `check_failed`, `check_expired`.
    """
    require(by, EDITOR)
    row = locked(change_set, Status.DRAFT)
    number = next_number()
    refuse_unchecked(row, number - 1)
    changes = selectors.changes_of(row.id)
    if not one_person_may(changes, at):
        raise LawbookRefused("second_person_needed", author=row.author_name)
    write(row, number, changes, at)
    return change_set_of(row)


def one_person_may(changes: Iterable[Change], at: datetime) -> bool:
    """Whether every change is of a setting that one person changes, from today or a later day, and the list is not one."""
    day = law_day(at)
    try:
        said = selectors.on(day).value(ONE_PERSON)
    except ParameterUnknown:
        return False
    named = set(said) if isinstance(said, list | tuple) else set(str(said or "").split())
    named.discard(ONE_PERSON)
    return all(one.kind == Kind.PARAMETER and one.key in named and one.since >= day for one in changes)
