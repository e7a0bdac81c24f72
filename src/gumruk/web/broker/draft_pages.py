"""The pages on which a draft is filled: tasks, parts, items, the form view, check and lodge."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationView, Difference, State
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.web.broker.drafting import Draft
from gumruk.web.broker.grid import make_grid, place_in
from gumruk.web.broker.mending import faults_of, mend_in
from gumruk.web.shared.layout import NAMES, SHEET_AFTER, SHEET_BEFORE
from gumruk.web.shared.posting import reasons_in
from gumruk.web.shared.seen import editable, of_declaration
from gumruk.web.shared.viewing import section_page, worded_changes
from gumruk.web.visits import person_of

TEMPLATES = {"tasks": "tasks", "items": "items", "form": "form", "documents": "documents", "finish": "finish"}
CHECKED = frozenset({"tasks", "form", "finish"})  # pages that say how the whole draft stands


def draft_page(
    request: HttpRequest,
    seen: DeclarationView,
    here: str,
    *,
    content: Content | None = None,
    error: str = "",
    conflict: tuple[Difference, ...] = (),
    status: int = 200,
) -> HttpResponse:
    """The page `here` of a draft: as stored, or with what was typed when saving was refused."""
    at = clock.now()
    asked_to_mend = bool(request.GET.get("mend") or request.POST.get("mend"))
    showing = bool(request.GET.get("check")) or asked_to_mend or (status == 422 and not error)
    draft = Draft.of(seen.id, seen.content if content is None else content, at, showing=showing)
    place = place_in(request, request.POST if request.method == "POST" else request.GET)
    draft.on_page = place.numbers
    reasons = {**seen.reasons, **reasons_in(request.POST)}
    mend = mend_in(request, draft, seen.reasons)
    holder = drafts.hold_draft(declaration=seen.id, by=person_of(request), at=at)
    context = {
        "seen": seen,
        "summary": seen.summary,
        "draft": draft,
        "here": here,
        "error": error,
        # What was refused for another reason than a clash still comes from the revision that was read.
        "revision": request.POST.get("revision") if error and not conflict and request.POST else seen.revision,
        "conflict": worded_changes(conflict),
        "asking": here in ("finish", "form"),
        "reasons": {f"reason/{key}": text for key, text in reasons.items()},
        "mend": mend,
        "all_mended": bool(request.GET.get("mended")) and not asked_to_mend,
        "holder": holder,
        "held": not holder.mine and request.method == "GET",
        "rejection": declarations.last_rejection(declaration=seen.id) if seen.state is State.REJECTED else None,
        "faults": len(faults_of(draft, seen.reasons)) if showing or here in CHECKED else 0,
        "showing": showing,
        "day": clock.law_day(at),
        "places": draft.places(here) if showing or here in CHECKED else {},
        "draft_home": draft.address("tasks"),
        "views": draft.views(here),
        **_content_of(draft, here),
    }
    if here in ("items", "form"):
        findings = draft.checked.findings if showing else None
        context["grid"] = make_grid(seen.id, draft.content, place, here=here, at=at, findings=findings)
    context["findings"] = [] if mend else _findings(draft, here, showing=showing)
    return render(request, f"web/broker/{_template(here)}.html", context, status=status)


def _template(here: str) -> str:
    return TEMPLATES.get(here, "item" if here.startswith("items/") else "part")


def _findings(draft: Draft, here: str, *, showing: bool) -> list[Any]:
    """The findings that the summary of this page names: all of them on the last page and the form, else the page's own."""
    if here == "finish" and not showing and not draft.errors:
        return list(draft.warnings)  # the reasons are asked at once when nothing else is in the way
    if not showing:
        return []
    everything = here in ("finish", "form", "tasks")
    places = draft.places(here)
    return [one for one in draft.checked.findings if everything or places[one.path] == ""]


def _content_of(draft: Draft, here: str) -> dict[str, Any]:
    """What one page shows beside what all of them do."""
    if here == "tasks":
        return {"tasks": draft.tasks(), "attempt": declarations.last_attempt(declaration=draft.id)}
    if here == "items":
        return {}
    if here == "form":
        before, after = draft.boxes(SHEET_BEFORE), draft.boxes(SHEET_AFTER)
        tables = draft.tables(["51"])
        return {"before": before, "after": after, "tables": tables}
    if here.startswith("items/"):
        number = int(here.partition("/")[2])
        last = len(draft.items)
        return {
            "number": number,
            "number_text": str(number),
            "last": last,
            "groups": draft.item_groups(number),
            "tables": draft.item_tables(number),
            "previous": draft.address(f"items/{number - 1}") if number > 1 else "",
            "following": draft.address(f"items/{number + 1}") if number < last else "",
        }
    if here == "documents":
        names = ("documents", "previous_documents")
        return {"items": [(row, draft.item_tables(row.number, names)) for row in draft.grid()], "part": NAMES[here]}
    part = NAMES[here]
    return {"part": part, "groups": draft.groups(part.boxes), "tables": draft.tables(part.boxes)}


@require_GET
@of_declaration
def declaration(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The draft's list of tasks for who fills it, else the overview."""
    if editable(seen, person_of(request)):
        return draft_page(request, seen, "tasks")
    return section_page(request, seen, "overview")


@require_GET
@of_declaration
def items(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The item grid of a draft, else the items as they were declared."""
    if editable(seen, person_of(request)):
        return draft_page(request, seen, "items")
    return section_page(request, seen, "items")


@require_GET
@of_declaration
def part(request: HttpRequest, seen: DeclarationView, name: str) -> HttpResponse:
    if name not in NAMES or name == "items":
        raise Http404
    return _or_away(request, seen, name)


@require_GET
@of_declaration
def form(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    return _or_away(request, seen, "form")


@require_GET
@of_declaration
def item(request: HttpRequest, seen: DeclarationView, number: int) -> HttpResponse:
    if not 1 <= number <= len(seen.content.get("items", [])):
        raise Http404
    return _or_away(request, seen, f"items/{number}")


def _or_away(request: HttpRequest, seen: DeclarationView, here: str) -> HttpResponse:
    """The page, while the declaration is a draft of this person; else the declaration itself."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    return draft_page(request, seen, here)
