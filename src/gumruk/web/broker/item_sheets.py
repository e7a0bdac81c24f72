"""Items from a spreadsheet: every row is shown with its faults before anything is written; a workbook with errors goes back.

The upload is kept for its person between the two steps; the page carries only its number and the revision it was shown with.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.exchange import sheets
from gumruk.exchange.sheets import SheetPreview, SheetRow
from gumruk.exchange.sheets.applying import Mode
from gumruk.exchange.types import FileRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.reference import selectors as reference
from gumruk.reference import services as keeping
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import LIMIT, SheetRefused
from gumruk.trust.types import Role
from gumruk.web.broker.draft_pages import draft_page
from gumruk.web.shared.posting import revision_in
from gumruk.web.shared.seen import REFUSED, editable, of_declaration, posted
from gumruk.web.visits import person_of, refusal, signed_in

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 200  # rows on the page; a longer sheet shows those with faults, or its first
MODES: dict[str, Mode] = {"replace": "replace", "append": "append"}


@posted
@of_declaration
def upload(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Keep a file that can be read and go to its preview; else a sentence why it cannot."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    file = request.FILES.get("sheet")
    if file is None:
        return draft_page(request, seen, "items", error=gettext("Choose a file first."), status=422)
    try:
        if (file.size or 0) > LIMIT:
            raise FileRefused("too_large", limit=f"{LIMIT // 1_000_000} MB")
        data = file.read()
        sheets.read_items(data)
    except FileRefused as refused:
        return draft_page(request, seen, "items", error=_words(refused), status=422)
    try:
        kept = keeping.keep_sheet(
            name=str(file.name), data=data, by=person_of(request), at=clock.now(), roles=(Role.BROKER,)
        )
    except SheetRefused as refused:
        return draft_page(request, seen, "items", error=refusal(refused), status=422)
    return redirect("kept-sheet", seen.id, kept)


@require_http_methods(["GET", "POST"])
@of_declaration
def kept(request: HttpRequest, seen: DeclarationView, sheet: uuid.UUID) -> HttpResponse:
    """The rows with their faults; posted, they take the place of the items or stand behind them."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    found = reference.kept_sheet(sheet=sheet, by=person_of(request), at=clock.now())
    if found is None:
        return _gone(request, seen)
    name, data = found
    try:
        preview = _read(request, data)
        if request.method == "GET":
            return _page(request, seen, name, preview)
        return _take(request, seen, sheet, name, preview)
    except FileRefused as refused:
        return draft_page(request, seen, "items", error=_words(refused), status=422)


def _read(request: HttpRequest, data: bytes) -> SheetPreview:
    """The preview of a file; first zeros are put back where the person agreed to it."""
    preview = sheets.read_items(data)
    agreed = request.POST.get("zeros") or request.GET.get("zeros")
    return sheets.with_zeros(preview) if agreed else preview


def _take(
    request: HttpRequest, seen: DeclarationView, sheet: uuid.UUID, name: str, preview: SheetPreview
) -> HttpResponse:
    """All rows or none; a draft that was saved meanwhile stays, and so does the file."""
    act = request.POST.get("act", "")
    to_mend = act == "mend" and sheets.mendable(preview)
    mode: Mode | None = "replace" if to_mend else MODES.get(act)
    if mode is None or (preview.faults and not to_mend):
        return _page(request, seen, name, preview, error="" if preview.faults else gettext("Choose what to do."))
    content = sheets.apply(preview, seen.content, mode, to_mend=to_mend)
    content["items_total"] = str(len(content["items"]))
    person = person_of(request)
    try:
        drafts.save_draft(
            declaration=seen.id, content=content, revision=revision_in(request.POST), by=person, at=clock.now()
        )
    except REFUSED as refused:
        late = isinstance(refused, DeclarationRefused) and refused.code == "changed_meanwhile"
        return _page(request, seen, name, preview, error=_late() if late else refusal(refused))
    messages.success(request, gettext("The items were taken from the file."))
    if to_mend:  # the file stays: its workbook with errors may still be wanted
        return redirect("mend", seen.id)
    keeping.forget_sheet(sheet=sheet, by=person)
    return redirect("items", seen.id)


def _late() -> str:
    return gettext(
        "Somebody saved this draft after you opened this page. Nothing was written and your file is kept. "
        "Look at the items as they stand now, then choose once more."
    )


@require_GET
@of_declaration
def marked(request: HttpRequest, seen: DeclarationView, sheet: uuid.UUID) -> HttpResponse:
    """The same workbook with a column that says what is wrong in each row."""
    found = reference.kept_sheet(sheet=sheet, by=person_of(request), at=clock.now())
    if found is None:
        return _gone(request, seen)
    return _download(sheets.workbook_with_errors(_read(request, found[1]), _language()), "items-with-errors.xlsx")


@require_GET
@signed_in
def template(_: HttpRequest) -> HttpResponse:
    """An empty workbook with every column."""
    return _download(sheets.template(_language()), "items.xlsx")


def _page(
    request: HttpRequest, seen: DeclarationView, name: str, preview: SheetPreview, *, error: str = ""
) -> HttpResponse:
    rows = [row for row in preview.rows if row.faults] if preview.faults else []
    rows = (rows if len(preview.rows) > MOST and rows else list(preview.rows))[:MOST]
    columns = _columns(preview, rows)
    context = {
        "seen": seen,
        "file": name,
        "preview": preview,
        "error": error,
        "heads": [head for _, _, head in columns],
        "notes": [one.worded(_language()) for one in preview.notes],
        "tone": "care" if any(one.code != "delimiter" for one in preview.notes) else "calm",
        "rows": [_row(preview, row, columns) for row in rows],
        "more": len(preview.rows) - len(rows),
        "standing": len(seen.content.get("items", [])),
        "effect": sheets.effect(preview, seen.content.get("items", [])),
        "mendable": sheets.mendable(preview),
        "zeros_lost": sheets.zeros_lost(preview),
        "zeros": request.POST.get("zeros") or request.GET.get("zeros") or "",
        "head_faults": [one.worded(_language()) for one in preview.head_faults],
        "fields": _fields(preview),
    }
    status = 422 if error or (preview.faults and request.method == "POST") else 200
    return render(request, "web/broker/item_sheet.html", context, status=status)


def _columns(preview: SheetPreview, rows: list[SheetRow]) -> list[tuple[int, str, str]]:
    """Place, key and head of the columns in which anything stands or is wrong."""
    wrong = {fault.column for row in rows for fault in row.faults}
    known = [(cell.column, cell.key, cell.text) for cell in preview.header if cell.key]
    return [one for one in known if one[0] in wrong or any(_cell(preview, row, one[0], one[1]) for row in rows)]


def _row(preview: SheetPreview, row: SheetRow, columns: list[tuple[int, str, str]]) -> tuple[Any, ...]:
    cells = [_cell(preview, row, column, key) for column, key, _ in columns]
    return row.number, cells, [one.worded(_language()) for one in row.faults]


def _cell(preview: SheetPreview, row: SheetRow, column: int, key: str) -> str:
    """A field as it was read; of packages, documents and the like, what stands in the sheet."""
    if "." not in key:
        return str(row.item.get(key, ""))
    raw = preview.table[row.number - 1]
    return str(raw[column - 1]) if column <= len(raw) and raw[column - 1] is not None else ""


def _fields(preview: SheetPreview) -> list[tuple[str, str, str]]:
    """Box, label and value of each field that the sheet of the declaration sets."""
    header = lawbook.form().header
    return [
        (header[name].box, header[name].label.in_language(_language()), str(value))
        for name, value in preview.declaration.items()
        if name in header
    ]


def _gone(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    words = gettext("This file is not kept any longer. Choose it again; nothing was written.")
    return draft_page(request, seen, "items", error=words, status=404)


def _language() -> str:
    return get_language() or "en"


def _words(refused: FileRefused) -> str:
    return FileRefused.worded(refused.code, _language(), refused.values)


def _download(book: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(book, content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
