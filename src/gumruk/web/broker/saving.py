"""Keeping what was typed: by a button with what to do next, or by itself while typing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.merging import Merged, chosen, merged
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.web.broker.draft_pages import draft_page
from gumruk.web.broker.drafting import Draft
from gumruk.web.broker.filling import counted
from gumruk.web.broker.mending import onward
from gumruk.web.clock_words import clock_time
from gumruk.web.shared.layout import NAMES, PARTS
from gumruk.web.shared.posting import posted_content, reasons_in, revision_in
from gumruk.web.shared.seen import REFUSED, editable, of_declaration, posted
from gumruk.web.visits import person_of, refusal

_HERE = re.compile(r"(tasks|form|items(/[1-9][0-9]{0,3})?|[a-z]+)\Z", re.ASCII)


@posted
@of_declaration
def save(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Keep what was typed; then go where the button says: check, lodge, the next part, an item more or less."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    here, act, at = _here(request, seen), request.POST.get("act", "save"), clock.now()
    content = arranged(_typed(request.POST, seen), act)
    if act == "count":
        content = counted(content)
    if len(content["items"]) != len(seen.content.get("items", [])):
        content["items_total"] = str(len(content["items"]))
    try:
        if act == "take":
            drafts.hold_draft(declaration=seen.id, by=person_of(request), at=at, take=True)
        clashes = _keep(request, seen, content)
        if clashes:
            refused = DeclarationRefused("changed_meanwhile")
            return draft_page(
                request,
                seen,
                here,
                content=clashes.content,
                error=refusal(refused),
                conflict=clashes.clashes,
                status=422,
            )
        if act in ("lodge", "prelodge"):
            return _lodge(request, seen, here, act)
    except REFUSED as refused:
        return draft_page(request, seen, here, content=content, error=refusal(refused), status=422)
    if request.POST.get("mend"):
        fresh = declarations.get(declaration=seen.id, person=person_of(request))
        draft = Draft.of(seen.id, fresh.content, at, showing=False)
        return HttpResponseRedirect(onward(draft, fresh.reasons, request.POST))
    if act.startswith("choose/"):
        return HttpResponseRedirect(_chooser(seen, act, here, request.POST))
    there = _next(f"/declarations/{seen.id}", here, act, len(content["items"]))
    return HttpResponseRedirect(there + _page_of_grid(request.POST, there))


def _chooser(seen: DeclarationView, act: str, here: str, said: Mapping[str, str]) -> str:
    """The page on which the code of one field is chosen."""
    _, name, path = act.split("/", 2) if act.count("/") > 1 else ("", "goods", "")
    back = here + _page_of_grid(said, f"/{here}")
    return f"/codes/{quote(name, safe='')}/choose?{urlencode({'to': seen.id, 'path': path, 'back': back})}"


def _page_of_grid(said: Mapping[str, str], there: str) -> str:
    """Which page of the grid was seen, where the way leads back to it."""
    page = said.get("page", "")
    kept = page.isdigit() and page != "1" and len(page) < 6 and there.endswith(("/items", "/form"))
    return f"?page={page}&size={said.get('size', '')}" if kept else ""


def _typed(posted: QueryDict, seen: DeclarationView) -> Content:
    """What was typed over what is stored, with what a person chose where somebody else had changed it as well."""
    typed = posted_content(posted, seen.content)
    kept = [
        name.removeprefix("choice/") for name, said in posted.items() if name.startswith("choice/") and said == "stored"
    ]
    return chosen(stored=seen.content, typed=typed, keep_stored=kept) if kept else typed


def _keep(request: HttpRequest, seen: DeclarationView, content: Content) -> Merged | None:
    """Save; when somebody saved meanwhile, put both together and save that; None, or what only a person can decide."""
    by, at, read = person_of(request), clock.now(), revision_in(request.POST)
    reasons = reasons_in(request.POST)
    holder = drafts.hold_draft(declaration=seen.id, by=by, at=at)
    if not holder.mine:
        raise DeclarationRefused("held_by_other", name=holder.by_name)
    made = Merged(content, ())
    if read != seen.revision:
        since = declarations.changes_since(declaration=seen.id, revision=read, upto=seen.revision)
        made = merged(stored=seen.content, typed=content, since=since)
        if made.clashes:
            return made
    drafts.save_draft(declaration=seen.id, content=made.content, revision=seen.revision, by=by, at=at, reasons=reasons)
    return None


def _lodge(request: HttpRequest, seen: DeclarationView, here: str, act: str) -> HttpResponse:
    """Lodge what was just kept; not accepted, every finding is shown, the missing office among them."""
    by, at = person_of(request), clock.now()
    try:
        statement = clearance.prepare(declaration=seen.id, by=by, at=at, reasons=reasons_in(request.POST))
        step = clearance.submit if act == "lodge" else clearance.prelodge
        if step(declaration=seen.id, statement_hash=statement.hash, by=by, at=at).accepted:
            return redirect("declaration", seen.id)
    except ClearanceRefused as refused:
        if refused.code != "office_missing":
            raise
    fresh = declarations.get(declaration=seen.id, person=person_of(request))
    return draft_page(request, fresh, "form" if here == "form" else "finish", status=422)


@require_POST
@of_declaration
def autosave(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Keep the groups of fields that were typed into and say when; a newer text of somebody else is never overwritten.

    `others` are the fields that somebody else changed meanwhile, so that the page can show them.
    """
    at, before = clock.now(), revision_in(request.POST)
    try:
        clashes = _keep(request, seen, posted_content(request.POST, seen.content))
        if clashes:
            raise DeclarationRefused("changed_meanwhile")
    except DeclarationRefused as refused:
        return JsonResponse({"code": refused.code, "message": refusal(refused)}, status=409)
    since = declarations.changes_since(declaration=seen.id, revision=before, upto=seen.revision) or []
    others = {str(one["path"]): str(one["after"]) for one in since}
    said = f"{gettext('Saved')} {clock_time(at)}"
    return JsonResponse({"revision": seen.revision + 1, "message": said, "others": others})


@posted
@of_declaration
def hold(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Take the draft over from who has it; the other is told at the next attempt to save."""
    if editable(seen, person_of(request)):
        drafts.hold_draft(declaration=seen.id, by=person_of(request), at=clock.now(), take=True)
    there = request.POST.get("next", "")
    return redirect(there if there.startswith(f"/declarations/{seen.id}") else f"/declarations/{seen.id}")


def arranged(content: Content, act: str) -> Content:
    """Items after a button of the grid: one more, one copied, one removed; box 32 counts them anew."""
    name, _, place = act.partition("/")
    items, number = content["items"], int(place) if place.isdigit() else 0
    if name == "add_item":
        items.append({})
    elif name == "copy_item" and 1 <= number <= len(items):
        items.insert(number, {**items[number - 1]})
    elif name == "remove_item" and 1 <= number <= len(items):
        items.pop(number - 1)
    else:
        return content
    content["items"] = [{**item, "item_number": str(place)} for place, item in enumerate(items, start=1)]
    return content


def _here(request: HttpRequest, seen: DeclarationView) -> str:
    """The page from which was saved, when there is such a page."""
    said = request.POST.get("here", "tasks")
    if not _HERE.match(said) or (said not in NAMES and said not in ("tasks", "form") and not said.startswith("items/")):
        return "tasks"
    number = said.partition("/")[2]
    return "items" if number and int(number) > len(seen.content.get("items", [])) else said


def _next(start: str, here: str, act: str, items: int) -> str:
    """Where a button leads."""
    page = (
        start
        if here == "tasks"
        else f"{start}/{here}"
        if here.startswith(("items", "form"))
        else f"{start}/part/{here}"
    )
    if act == "check":
        return f"{start}/form?check=1#summary" if here == "form" else f"{start}/part/finish?check=1#summary"
    if act == "tasks":
        return start
    if act == "next":
        names = [part.name for part in PARTS]
        at = names.index("items" if here.startswith("items") else here) + 1 if here != "tasks" else 0
        following = names[min(at, len(names) - 1)]
        return f"{start}/items" if following == "items" else f"{start}/part/{following}"
    if act == "add_item" and here != "form":
        return f"{start}/items" if here == "items" else f"{start}/items/{items}"
    return page
