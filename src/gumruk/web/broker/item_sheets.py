"""Items from a spreadsheet: every row is shown with its faults before anything is written; a workbook with errors goes back.

The file itself travels in the page between the two steps, so nothing of it is stored until it is taken.
"""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationView
from gumruk.exchange import sheets
from gumruk.exchange.sheets import SheetPreview
from gumruk.exchange.sheets.applying import Mode
from gumruk.exchange.types import FileRefused
from gumruk.toolkit import clock
from gumruk.web.broker.draft_pages import draft_page
from gumruk.web.shared.seen import REFUSED, editable, of_declaration, posted
from gumruk.web.visits import person_of, refusal, signed_in

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 1_500_000  # bytes that may travel in the page and back


@posted
@of_declaration
def upload(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The rows of the file with their faults, or a sentence why it cannot be read."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    file = request.FILES.get("sheet")
    if file is None or (file.size or 0) > LARGEST:
        words = gettext("Choose a file first.") if file is None else gettext("The file is too large. Split it.")
        return draft_page(request, seen, "items", error=words, status=422)
    data = file.read()
    try:
        preview = sheets.read_sheet(data)
    except FileRefused as refused:
        return draft_page(request, seen, "items", error=_words(refused), status=422)
    return _page(request, seen, preview, base64.b64encode(data).decode())


@posted
@of_declaration
def take(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Put the rows that were shown in place of the items, or behind them."""
    mode: Mode = "append" if request.POST.get("act") == "append" else "replace"
    try:
        content = sheets.apply(sheets.read_sheet(_sent(request)), seen.content, mode)
        content["items_total"] = str(len(content["items"]))
        drafts.save_draft(
            declaration=seen.id, content=content, revision=seen.revision, by=person_of(request), at=clock.now()
        )
    except FileRefused as refused:
        return draft_page(request, seen, "items", error=_words(refused), status=422)
    except REFUSED as refused:
        return draft_page(request, seen, "items", error=refusal(refused), status=422)
    return redirect("items", seen.id)


@posted
@of_declaration
def marked(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The same workbook with a column that says what is wrong in each row."""
    try:
        book = sheets.workbook_with_errors(sheets.read_sheet(_sent(request)), get_language() or "en")
    except FileRefused as refused:
        return draft_page(request, seen, "items", error=_words(refused), status=422)
    return _download(book, "items-with-errors.xlsx")


@require_GET
@signed_in
def template(_: HttpRequest) -> HttpResponse:
    """An empty workbook with every column."""
    return _download(sheets.template(get_language() or "en"), "items.xlsx")


def _page(request: HttpRequest, seen: DeclarationView, preview: SheetPreview, sent: str) -> HttpResponse:
    keys = [cell for cell in preview.header if cell.key]
    rows = [
        (
            row.number,
            [_cell(row.item, cell.key) for cell in keys],
            [one.worded(get_language() or "en") for one in row.faults],
        )
        for row in preview.rows
    ]
    context = {
        "seen": seen,
        "preview": preview,
        "heads": [cell.text for cell in keys],
        "left_out": [cell.text for cell in preview.header if not cell.key and cell.text],
        "rows": rows,
        "head_faults": [one.worded(get_language() or "en") for one in preview.head_faults],
        "sent": sent,
    }
    return render(request, "web/broker/item_sheet.html", context, status=422 if preview.faults else 200)


def _cell(item: dict[str, object], key: str) -> str:
    """What stands in a column: a field of the item, or of a row of one of its lists (`packages/1/count`)."""
    value: object = item
    for part in key.replace(".", "/").split("/"):
        if isinstance(value, list):
            value = value[int(part) - 1] if part.isdigit() and int(part) <= len(value) else ""
        elif isinstance(value, dict):
            value = value.get(part, "")
    return value if isinstance(value, str) else ""


def _sent(request: HttpRequest) -> bytes:
    try:
        return base64.b64decode(request.POST.get("sent", ""), validate=True)
    except binascii.Error as broken:
        raise FileRefused("empty") from broken


def _words(refused: FileRefused) -> str:
    return FileRefused.worded(refused.code, get_language() or "en", refused.values)


def _download(book: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(book, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
