"""The item grid: its page, and saving only what changed. Everything works by plain forms too; scripts only make it quicker.

A save carries the revision that the page was made from. When somebody saved in between, nothing is written: the answer
names the cells that differ, and the page keeps what was typed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.clearance import services as clearance
from gumruk.declarations import rows as acts
from gumruk.declarations import services as drafts
from gumruk.declarations.rows import RowsRefused, Splice
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.exchange.types import FileRefused
from gumruk.rules.form import Content
from gumruk.rules.types import Finding
from gumruk.toolkit import clock
from gumruk.web.broker.draft_pages import draft_page
from gumruk.web.broker.grid import ALWAYS, COOKIE, Place, make_grid, place_in, targets
from gumruk.web.broker.grid_ops import Done, Op, op_of, perform, typed_cells
from gumruk.web.broker.grid_words import row_refusal, told
from gumruk.web.broker.totals import summed
from gumruk.web.clock_words import clock_time
from gumruk.web.shared.posting import posted_content, revision_in
from gumruk.web.shared.seen import editable, of_declaration, posted
from gumruk.web.templatetags.gumruk_format import worded
from gumruk.web.visits import person_of, refusal

MOST_BYTES = 8_000_000
REFUSED = (RowsRefused, FileRefused)


@require_POST
@of_declaration
def patch(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Keep typed cells and do one act, all or nothing; answers the new revision and what the page has to show."""
    if not editable(seen, person_of(request)):
        return JsonResponse({"code": "not_a_draft", "message": gettext("This is no draft any more.")}, status=409)
    said = _body(request)
    if said is None:
        return JsonResponse({"code": "unreadable", "message": gettext("This could not be read.")}, status=400)
    revision, cells = said.get("revision"), said.get("cells")
    if revision != seen.revision:
        return _late(seen, cells)
    try:
        items, touched = typed_cells(seen.content.get("items", []), cells)
        op = op_of(said.get("op"))
        done = perform(items, op) if op else None
    except REFUSED as refused:
        return JsonResponse({"code": refused.code, "message": row_refusal(refused)}, status=422)
    items = done.items if done else items
    at, number = clock.now(), seen.revision
    content = _with_items(seen.content, items)
    if touched or done:
        try:
            number = drafts.save_draft(
                declaration=seen.id, content=content, revision=seen.revision, by=person_of(request), at=at
            )
        except DeclarationRefused as refused:
            return JsonResponse({"code": refused.code, "message": refusal(refused)}, status=409)
    answer: dict[str, Any] = {"revision": number, "message": f"{gettext('Saved')} {clock_time(at)}"}
    return JsonResponse(answer | _shown(request, seen, content, said, touched, done, op))


def _body(request: HttpRequest) -> dict[str, Any] | None:
    """What the page sent; None when it is no object of JSON."""
    if len(request.body) > MOST_BYTES:
        return None
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _late(seen: DeclarationView, cells: Any) -> JsonResponse:
    """Somebody saved meanwhile: what stands now in the cells that were typed."""
    items = seen.content.get("items", [])
    differs = []
    for row, said in cells.items() if isinstance(cells, Mapping) else ():
        if not str(row).isdigit() or not isinstance(said, Mapping):
            continue
        item = items[int(row) - 1] if 1 <= int(row) <= len(items) else {}
        for path, mine in said.items():
            theirs = acts.cell(item, str(path))
            if theirs != mine:
                differs.append({"row": int(row), "path": str(path), "mine": str(mine), "theirs": theirs})
    message = gettext("Somebody saved this draft after you opened this page. Nothing of yours was written or lost.")
    body = {"code": "changed_meanwhile", "message": message, "revision": seen.revision, "differs": differs}
    return JsonResponse(body, status=409)


def _with_items(content: Content, items: list[Content]) -> Content:
    """Content with these items; box 5 counts them when their number changed."""
    made: Content = {**content, "items": items}
    if len(items) != len(content.get("items", [])):
        made["items_total"] = str(len(items))
    return made


def _shown(
    request: HttpRequest, seen: DeclarationView, content: Content, said: dict[str, Any], touched: list[int],
    done: Done | None, op: Op | None,
) -> dict[str, Any]:  # fmt: skip
    """The page after an act or another page; after typing only totals and the faults of the rows that were typed in."""
    showing, at = bool(said.get("check")), clock.now()
    place = place_in(request, {name: str(said.get(name, "")) for name in ("page", "size")})
    here = "form" if said.get("here") == "form" else "items"
    if done is not None:
        place = Place((done.focus - 1) // place.size + 1, place.size, place.columns)
    findings = _whole_check(content) if showing else None
    grid = make_grid(seen.id, content, place, here=here, at=at, findings=findings)
    context = {"grid": grid, "day": clock.law_day(at), "seen": seen}
    answer: dict[str, Any] = {"totals": render_to_string("web/broker/grid_totals.html", context, request)}
    if done is None and not said.get("page_only"):
        rows = {row.number: row for row in grid.rows}
        return answer | {"faults": {number: _faults(rows[number]) for number in touched if number in rows}}
    answer["html"] = render_to_string("web/broker/item_grid.html", context, request)
    if done is not None and op is not None:
        answer |= {"focus": done.focus, "undo": _wire(done.undo), **told(op, done)}
    return answer


def _whole_check(content: Content) -> tuple[Finding, ...]:
    return clearance.check(content=content, at=clock.now()).findings


def _faults(row: Any) -> dict[str, str]:
    """Path → words of what is wrong in the cells of a row; cells without a fault are not named."""
    day = clock.law_day(clock.now())
    return {
        control.path: " ".join(str(worded(one, day)) for one in control.faults)
        for _, control in row.cells
        if control.faults
    }


def _wire(splice: Splice | None) -> dict[str, Any] | None:
    return {"at": splice.at, "count": splice.count, "rows": list(splice.rows)} if splice else None


@posted
@of_declaration
def act(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The same acts by a plain form: what was typed is kept first, then the act is done to the rows that were chosen."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    place = place_in(request, request.POST)
    here = "form" if request.POST.get("here") == "form" else "items"
    content = posted_content(request.POST, seen.content)
    try:
        content, done = _act(content, request, place)
        drafts.save_draft(
            declaration=seen.id,
            content=content,
            revision=revision_in(request.POST),
            by=person_of(request),
            at=clock.now(),
        )
    except (*REFUSED, DeclarationRefused) as refused:
        words = refusal(refused) if isinstance(refused, DeclarationRefused) else row_refusal(refused)
        return _again(request, seen, content, words, here)
    if done is not None:
        place = Place((done.focus - 1) // place.size + 1, place.size, place.columns)
        for words in told(_op_posted(request, place), done).get("notes", []):
            messages.info(request, words)
    name = request.POST.get("grid", "")
    if name.startswith("size"):
        place = place_in(request, {"size": name.removeprefix("size")})
    grid = make_grid(seen.id, content, place, here=here, at=clock.now())
    return _with_columns(redirect(grid.address(grid.place.page)), name, request.POST.getlist("columns"))


def _with_columns(answer: HttpResponse, name: str, chosen: list[str]) -> HttpResponse:
    """Which columns this person sees in grids, kept in this browser. The goods code always stands."""
    if name == "usual":
        answer.delete_cookie(COOKIE)
    elif name == "columns":
        kept = [path for path in targets() if path in chosen or path == ALWAYS]
        ordered = [path for path in Place().columns if path in kept]
        ordered += [path for path in kept if path not in ordered]
        answer.set_cookie(COOKIE, "|".join(ordered), max_age=365 * 86400, samesite="Lax", httponly=True)
    return answer


def _act(content: Content, request: HttpRequest, place: Place) -> tuple[Content, Done | None]:
    name = request.POST.get("grid", "")
    if name == "totals":
        return {**content, **summed(content)}, None
    if name in ("columns", "usual") or name.startswith("size"):
        return content, None
    done = perform(content["items"], _op_posted(request, place))
    return _with_items(content, done.items), done


def _op_posted(request: HttpRequest, place: Place) -> Op:
    """The act of a plain form: chosen rows are one stretch from the first to the last."""
    said = request.POST
    chosen = sorted(int(one) for one in said.getlist("rows") if one.isdigit() and len(one) < 6)
    first, last = (chosen[0], chosen[-1]) if chosen else (0, 0)
    columns = list(place.columns)
    if said.get("grid") == "paste":
        first = int(said["at_row"]) if said.get("at_row", "").isdigit() and len(said["at_row"]) < 6 else 1
        start = said.get("from", "")
        columns = columns[columns.index(start) :] if start in columns else columns
    elif said.get("from") in columns:
        columns = [said["from"]]
    return Op(said.get("grid", ""), first, last, tuple(columns), said.get("text", ""))


def _again(request: HttpRequest, seen: DeclarationView, content: Content, words: str, here: str) -> HttpResponse:
    return draft_page(request, seen, here, content=content, error=words, status=422)


@require_GET
@of_declaration
def next_fault(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The next cell with a fault after a row (or before it), wherever it stands; a whole check."""
    after = request.GET.get("after", "0")
    back = request.GET.get("back") == "1"
    found = fault_rows(seen.content)
    place = place_in(request)
    start = int(after) if after.isdigit() and len(after) < 6 else 0
    ordered = [one for one in reversed(found) if one < start] if back else [one for one in found if one > start]
    if not found:
        return JsonResponse({"message": gettext("No item has a fault.")})
    row = (ordered or (list(reversed(found)) if back else found))[0]
    return JsonResponse({"row": row, "page": (row - 1) // place.size + 1})


def fault_rows(content: Content) -> list[int]:
    """The items in which the check finds an error."""
    numbers = set()
    for finding in _whole_check(content):
        parts = finding.path.split("/", 2)
        if parts[0] == "items" and len(parts) > 1 and parts[1].isdigit() and finding.severity == "error":
            numbers.add(int(parts[1]))
    return sorted(numbers)
