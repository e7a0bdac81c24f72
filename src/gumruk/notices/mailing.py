"""Notices by e-mail: the texts, what each person wants, and mails that are sent once or not at all.

A mail says what happened to which declaration and where to look, nothing about goods, firms or persons. It is marked as
being sent before the server is asked, so that a program that dies meanwhile never sends it a second time; a server that
refuses leaves it in the queue for the next try.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.notices.models import Mail, MailChoice, MailText
from gumruk.toolkit import logs
from gumruk.toolkit.rows import month_of, new_id

SEND = "notices.send_mail"  # the task that calls `send`
_DEFER = f"""
SELECT procrastinate_defer_jobs_v1(
  ARRAY[ROW('default', '{SEND}', 0, NULL, NULL, %s::jsonb, NULL)::procrastinate_job_to_defer_v1])
"""
_END = _("Open it: {address}\n\nWhich notices are sent to you, you choose here: {choices}")
# Kind → shipped subject and body. `{number}`, `{address}` and `{choices}` are filled in.
SHIPPED: Mapping[str, tuple[str, str]] = {
    "declaration.registered": (_("Declaration {number}: registered"), _("The declaration {number} was registered.")),
    "declaration.queried": (
        _("Declaration {number}: customs asks"), _("Customs asked a question about the declaration {number}. Answer it.")
    ),
    "declaration.rejected": (
        _("Declaration {number}: rejected"), _("Customs rejected the declaration {number}. See why, mend it and lodge it again.")
    ),
    "declaration.released": (_("Declaration {number}: released"), _("The goods of the declaration {number} are released.")),
    "declaration.cancelled": (_("Declaration {number}: cancelled"), _("The declaration {number} was cancelled.")),
    "declaration.prior_lodging_expired": (
        _("Declaration is a draft again"), _("The goods did not arrive in time. The declaration is a draft again.")
    ),
}  # fmt: skip
CONFIRM = "address.confirm"  # a mail with the link that confirms an address; its words are not the service's to change
_CONFIRM = (
    _("Confirm your e-mail address"),
    _(
        "Somebody gave this address for notices of the customs platform. If it was you, open this link while you are "
        "signed in and confirm it: {address}\n\nIf it was not you, do nothing: no notices will be sent here."
    ),
)
LANGUAGES = ("tg", "ru", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body of a kind in a language; `own` when the service wrote it."""

    kind: str
    language: str
    subject: str
    body: str
    own: bool


class MailRefused(Exception):
    """A text was not kept. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def enabled() -> bool:
    """Whether this site sends mail at all."""
    return bool(settings.MAIL_FROM)


def text_of(*, kind: str, language: str) -> Text:
    """The text of a kind: the service's own, else the shipped one; one query."""
    if kind == CONFIRM:
        with translation.override(language):
            return Text(kind, language, gettext(_CONFIRM[0]), gettext(_CONFIRM[1]), own=False)
    row = MailText.objects.filter(kind=kind, language=language).first()
    if row:
        return Text(kind, language, row.subject, row.body, own=True)
    subject, body = SHIPPED[kind]
    with translation.override(language):
        return Text(kind, language, gettext(subject), f"{gettext(body)}\n\n{gettext(_END)}", own=False)


def set_text(*, kind: str, language: str, subject: str, body: str, by: uuid.UUID, at: datetime) -> None:
    """Keep a text of the service's own; an empty subject and body bring the shipped one back.

    Raises MailRefused `kind_unknown`, `language_unknown`, `text_missing`. The caller has checked who may.
    """
    if kind not in SHIPPED:
        raise MailRefused("kind_unknown", kind=kind)
    if language not in LANGUAGES:
        raise MailRefused("language_unknown", language=language)
    said = {"subject": " ".join(subject.split())[:200], "body": body.strip()}
    if not any(said.values()):
        MailText.objects.filter(kind=kind, language=language).delete()
        return
    if not all(said.values()):
        raise MailRefused("text_missing")
    values = {**said, "changed_at": at, "changed_by": by}
    MailText.objects.update_or_create(kind=kind, language=language, defaults=values)


def wanted_kinds(*, user: uuid.UUID) -> frozenset[str]:
    """The kinds of mail that a person gets; one query."""
    refused = set(MailChoice.objects.filter(user=user, wanted=False).values_list("kind", flat=True))
    return frozenset(SHIPPED) - refused


@transaction.atomic
def choose(*, user: uuid.UUID, kinds: Collection[str]) -> None:
    """Remember which kinds of mail a person wants."""
    for kind in SHIPPED:
        MailChoice.objects.update_or_create(user=user, kind=kind, defaults={"wanted": kind in kinds})


def queue(
    *,
    notice: uuid.UUID,
    root: uuid.UUID,
    office: str,
    kind: str,
    subject: str,
    users: Collection[uuid.UUID],
    at: datetime,
) -> int:
    """Put a mail about a notice into the queue for each person who wants it; returns how many. In the caller's transaction.

    A site that sends no mail queues none; a notice is queued once for a person.
    """
    if not enabled():
        return 0
    made = 0
    for user in users:
        if kind != CONFIRM and kind not in wanted_kinds(user=user):
            continue
        row = Mail(
            id=new_id(), root=root, office=office, month=month_of(at), notice=notice, user=user, kind=kind, subject=subject,
            made_at=at, changed_at=at,
        )  # fmt: skip
        Mail.objects.bulk_create([row], ignore_conflicts=True)
        if not Mail.objects.filter(id=row.id).exists():
            continue
        with connection.cursor() as cursor:
            cursor.execute(_DEFER, [json.dumps({"mail": str(row.id), "request": logs.request_id()})])
        made += 1
    return made


def taken(*, mail: uuid.UUID, at: datetime) -> tuple[uuid.UUID, str] | None:
    """Mark a queued mail as being sent; returns its person and kind, or None when there is nothing to send.

    One that is being sent already belongs to a program that died: it is laid aside as unsure.
    """
    with transaction.atomic():
        row = Mail.objects.select_for_update().filter(id=mail).first()
        if row is None or row.state not in (Mail.State.QUEUED, Mail.State.SENDING):
            return None
        row.state = Mail.State.SENDING if row.state == Mail.State.QUEUED else Mail.State.UNSURE
        row.tries, row.changed_at = row.tries + 1, at
        row.save()
        return (row.user, row.kind) if row.state == Mail.State.SENDING else None


def send(*, mail: uuid.UUID, to: str, language: str, at: datetime, link: str = "") -> bool:
    """Send a mail that was `taken`; True when the server took it. Without an address it is dropped.

    `link` is a path of the site that the mail leads to, in place of the declaration.

    A server that refuses puts it back into the queue and raises, so that the job is tried again.
    """
    row = Mail.objects.get(id=mail)
    if not to:
        _note(row, Mail.State.DROPPED, at)
        return False
    text = text_of(kind=row.kind, language=language)
    filled = {
        "{number}": row.subject, "{address}": f"{settings.SITE_ADDRESS}{link or f'/declarations/{row.root}'}",
        "{choices}": f"{settings.SITE_ADDRESS}/inbox/mail",
    }  # fmt: skip
    message = EmailMessage(_filled(text.subject, filled), _filled(text.body, filled), settings.MAIL_FROM, [to])
    message.extra_headers["Message-ID"] = f"<{row.id}@{settings.MAIL_FROM.rpartition('@')[2].strip('> ')}>"
    message.extra_headers["Auto-Submitted"] = "auto-generated"
    try:
        message.send()
    except OSError:  # every refusal of the server and of the line
        _note(row, Mail.State.QUEUED, at)
        raise
    _note(row, Mail.State.SENT, at)
    return True


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _note(row: Mail, state: str, at: datetime) -> None:
    Mail.objects.filter(id=row.id).update(state=state, changed_at=at)
