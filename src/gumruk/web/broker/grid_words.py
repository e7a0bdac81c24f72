"""Words about acts in the grid: why one was refused, and what a paste did and could not do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext

from gumruk.declarations.rows import RowsRefused
from gumruk.exchange.types import FileRefused
from gumruk.web.broker.grid_ops import Done, Op


def row_refusal(refused: RowsRefused | FileRefused) -> str:
    """Why nothing was done."""
    if isinstance(refused, FileRefused):
        return FileRefused.worded(refused.code, get_language() or "en", refused.values)
    if refused.code == "too_many_items":
        return gettext("A declaration holds {limit} items at most. Nothing was changed.").format(**refused.values)
    return gettext("These rows are not there any more. Nothing was changed; open the page again.")


def told(op: Op, done: Done) -> dict[str, Any]:
    """What the page says after an act: `notes`, and `zeros` when first zeros of goods codes were probably lost."""
    notes: list[str] = []
    if op.name == "paste" and done.pasted is not None:
        rows = len(done.pasted.rows)
        last = done.focus + rows - 1
        if rows:
            notes.append(gettext("Pasted into rows {first} to {last}.").format(first=done.focus, last=last))
        if done.pasted.headed:
            notes.append(gettext("The first row was a head: each column went where its head says."))
        if done.pasted.beyond:
            notes.append(
                gettext("Cells that had no column: {count}. Show more columns, then paste again.").format(
                    count=done.pasted.beyond
                )
            )
        unread = sum(1 for _, _, code in done.pasted.faults if code != "lost_zero")
        if unread:
            notes.append(
                gettext("Cells that could not be read: {count}. They stand as they were and are marked.").format(
                    count=unread
                )
            )
    return {"notes": notes, "zeros": len(done.zeros)}
