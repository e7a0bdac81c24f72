"""Makes the sheet of a statement of account, from the same view and the same formatting as its page."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.documents.marks import masked
from gumruk.documents.types import Form, Sheet, Subject
from gumruk.payments.statements import Statement
from gumruk.payments.types import Movement
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.web.cash_labels import MOVEMENTS
from gumruk.web.templatetags.gumruk_format import moment, money


def statement_sheet(*, statement: Statement, account: uuid.UUID, made: datetime, language: str) -> Sheet:
    """The statement of a firm's account over a period."""
    with translation.override(language):
        period = f"{moment(statement.since)} – {moment(statement.until)}"
        number = f"{statement.party}/{statement.since:%Y%m%d}-{statement.until:%Y%m%d}"
        return Sheet(
            form=Form.STATEMENT,
            language=language,
            subject=Subject(account, "", month_of(made), number, 1),
            dated=law_day(made),
            title=gettext("Statement of account"),
            content={
                "rows": [
                    [gettext("Firm"), statement.party],
                    [gettext("Period"), period],
                    [gettext("Opening balance"), f"{money(statement.opening)} TJS"],
                    [gettext("Made"), moment(made)],
                ],
                "heads": [gettext("Time"), gettext("What"), gettext("Amount, TJS"), gettext("Balance, TJS")],
                "movements": [
                    [moment(row.at), _what(row), money(row.amount), money(row.balance)] for row in statement.rows
                ],
                "sums": [
                    [gettext("Received"), f"{money(statement.received)} TJS"],
                    [gettext("Taken"), f"{money(statement.taken)} TJS"],
                    [gettext("Closing balance"), f"{money(statement.closing)} TJS"],
                ],
            },
            facts=(
                (_("Firm"), masked(statement.party)),
                (_("Period"), period),
                (_("Closing balance"), masked(money(statement.closing))),
            ),
        )


def _what(row: Movement) -> str:
    """The kind of a movement, and the declaration that it pays."""
    kind = gettext(MOVEMENTS.get(row.kind, row.kind))
    return f"{kind} · {row.number}" if row.number else kind
