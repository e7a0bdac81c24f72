"""Texts of mail as an administrator writes them: only places that are filled in, the link never lost, each change recorded."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db import transaction

from gumruk.notices import mailing
from gumruk.notices.mailing import MailRefused, Text
from gumruk.toolkit import audit
from gumruk.toolkit.text import is_plain

PLACES = ("{number}", "{address}", "{choices}")
NEEDED = "{address}"
LONGEST_SUBJECT, LONGEST_BODY = 200, 5000
SAMPLE = {
    "{number}": "26TJ0000000000DEMO",
    "{address}": "https://example.org/declarations/…",
    "{choices}": "https://example.org/inbox/mail",
}
_PLACE = re.compile(r"\{[^{}\s]{0,40}\}?|\}")


class _Granted(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def office(self) -> str: ...


class Acting(Protocol):
    """Who writes texts: anybody with an id, a name and grants that hold today (`trust.Person` is one)."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def grants(self) -> Sequence[_Granted]: ...


def refuse_text(*, subject: str, body: str) -> None:
    """Raises MailRefused `text_missing`, `text_long`, `place_unknown`, `place_missing`."""
    if not subject.strip() or not body.strip():
        raise MailRefused("text_missing")
    if len(subject) > LONGEST_SUBJECT or len(body) > LONGEST_BODY or not is_plain([subject, body]):
        raise MailRefused("text_long")
    for found in _PLACE.findall(f"{subject}\n{body}"):
        if found not in PLACES:
            raise MailRefused("place_unknown", place=found)
    if NEEDED not in body:
        raise MailRefused("place_missing", place=NEEDED)


def preview(text: str) -> str:
    """A text with invented values in its places."""
    for place, value in SAMPLE.items():
        text = text.replace(place, value)
    return text


@transaction.atomic
def write_text(*, kind: str, language: str, subject: str, body: str, by: Acting, at: datetime, reason: str) -> None:
    """Keep a text of the service's own; an empty subject and body bring the shipped one back.

    Raises MailRefused: `not_an_administrator`, `kind_unknown`, `language_unknown`, `reason_missing`, `unchanged`, and as
    `refuse_text`.
    """
    if not any(grant.role == "administrator" and not grant.office for grant in by.grants):
        raise MailRefused("not_an_administrator")
    if kind not in mailing.SHIPPED:
        raise MailRefused("kind_unknown", kind=kind)
    if language not in mailing.LANGUAGES:
        raise MailRefused("language_unknown", language=language)
    if not reason.strip():
        raise MailRefused("reason_missing")
    subject, body = " ".join(subject.split()), body.replace("\r\n", "\n").strip()
    if subject or body:
        refuse_text(subject=subject, body=body)
    before = mailing.text_of(kind=kind, language=language)
    mailing.set_text(kind=kind, language=language, subject=subject, body=body, by=by.id, at=at)
    after = mailing.text_of(kind=kind, language=language)
    if (before.subject, before.body, before.own) == (after.subject, after.body, after.own):
        raise MailRefused("unchanged")
    audit.record(
        "text.changed", by=by, at=at, kind="text", subject=kind, subject_name=f"{kind} · {language}", reason=reason.strip(),
        before={"subject": before.subject, "body": before.body}, after={"subject": after.subject, "body": after.body},
    )  # fmt: skip


def texts() -> tuple[Text, ...]:
    """Every text in every language."""
    return tuple(
        mailing.text_of(kind=kind, language=language) for kind in mailing.SHIPPED for language in mailing.LANGUAGES
    )
