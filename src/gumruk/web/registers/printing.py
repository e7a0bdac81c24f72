"""A register on paper: lines are cut into pages here, each with its sums and the sums so far, so that totals are proved."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from gumruk.documents.types import Form, Sheet, Subject
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.web.figures.charts import Column, shown
from gumruk.web.figures.seen import named
from gumruk.web.registers.asking import Asked
from gumruk.web.registers.kinds import Cursor, Line
from gumruk.web.templatetags.gumruk_format import moment

FIRST_PAGE, OTHER_PAGES = 36, 46  # lines that surely fit, with a heading of two lines
BATCH = 1000
PAPER = 279 / 1.3  # letters that fit beside each other on the sheet
ZERO = Decimal("0.00")


def lines_of(asked: Asked, told: Callable[[int], object] = lambda _: None) -> Iterator[Line]:
    """Every line, read a batch at a time; `told` hears how many were read."""
    after: Cursor | None = None
    done = 0
    while True:
        batch = asked.register.read(asked.span, after, BATCH)
        yield from batch
        done += len(batch)
        told(done)
        if len(batch) < BATCH:
            return
        after = batch[-1].cursor


def pages_of(
    lines: Sequence[Line], summed: Sequence[int]
) -> Iterator[tuple[Sequence[Line], list[Decimal], list[Decimal]]]:
    """The lines of each page with the page's sums and the sums so far. An empty register has one empty page."""
    so_far = [ZERO] * len(summed)
    start, size = 0, FIRST_PAGE
    while start < len(lines) or start == 0:
        page = lines[start : start + size]
        sums = [sum((_amount(line.cells[place]) for line in page), ZERO) for place in summed]
        so_far = [before + more for before, more in zip(so_far, sums, strict=True)]
        yield page, sums, so_far
        start, size = start + size, OTHER_PAGES


def _amount(cell: object) -> Decimal:
    return cell if isinstance(cell, Decimal) else ZERO


def sheet(asked: Asked, lines: Sequence[Line], *, language: str, at: datetime) -> Sheet:
    """The sheet that `documents` prints."""
    register = asked.register
    with translation.override(language):
        columns = register.columns
        limits = [round(width / sum(register.widths) * PAPER) for width in register.widths]
        pages = [
            {"rows": [_texts(line, columns, limits) for line in page], "sums": _sums(sums), "so_far": _sums(so_far)}
            for page, sums, so_far in pages_of(lines, register.summed)
        ]
        *_, (_, _, totals) = pages_of(lines, register.summed)
        office = f"{asked.office} {named('office', [asked.office])[asked.office]}" if asked.office else (
            gettext("The whole service") if asked.offices is None else ", ".join(asked.offices)
        )  # fmt: skip
        counted = [[gettext("Lines"), shown(len(lines), "count")]]
        content: dict[str, Any] = {
            "columns": [
                {"word": column.word, "number": column.number, "width": width}
                for column, width in zip(columns, register.widths, strict=True)
            ],
            "label_span": len(columns) - len(register.summed),
            "pages": pages,
            "totals": counted
            + [[columns[place].word, shown(one, "money")] for place, one in zip(register.summed, totals, strict=True)],
            "rows": [
                [gettext("Office"), office],
                [gettext("Days"), f"{moment(asked.since)} – {moment(asked.last)}"],
                [gettext("Made"), moment(at)],
                *counted,
            ],
            "demo": False,
        }
        number = f"{register.name[:3].upper()}-{asked.office or 'ALL'}-{asked.since:%y%m%d}-{asked.last:%y%m%d}"
        # A register says what stood at one moment: each is a document of its own, so none is a copy of another.
        subject = Subject(
            uuid.uuid5(uuid.NAMESPACE_OID, f"{number}/{at.isoformat()}/{language}"),
            asked.office,
            month_of(at),
            number,
            1,
        )
        facts = ((gettext_noop("Register"), number), (gettext_noop("Lines"), str(len(lines))))
        return Sheet(
            form=Form.REGISTER, language=language, subject=subject, dated=law_day(at), title=gettext(register.title),
            content=content, facts=facts,
        )  # fmt: skip


def _sums(sums: Sequence[Decimal]) -> list[str]:
    return [shown(one, "money") for one in sums]


def _texts(line: Line, columns: Sequence[Column], limits: Sequence[int]) -> list[str]:
    """Cells in one line each: a longer text is cut with a sign that it was."""
    found = []
    for cell, column, limit in zip(line.cells, columns, limits, strict=True):
        text = shown(cell, column.kind) if column.number else " ".join(str(cell or "").split())
        found.append(text if len(text) <= limit or column.number else f"{text[: limit - 1].rstrip()}…")
    return found
