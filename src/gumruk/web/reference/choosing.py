"""Choosing a code on a page of its own, for whoever has no scripts or wants to look around: nothing of a draft is lost.

The draft is saved before one comes here; choosing writes one field, with the revision check, and leads back to it.
"""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.reference.lists import title_of
from gumruk.web.shared.codes import PUBLIC, found, name_of, own
from gumruk.web.shared.controls import anchor
from gumruk.web.shared.posting import posted_content
from gumruk.web.shared.seen import editable
from gumruk.web.visits import person_of, refusal, signed_in

MOST = 100
PATH = re.compile(r"(items/([1-9][0-9]{0,3})/)?([a-z_]+/[1-9][0-9]{0,3}/)?[a-z_0-9]+\Z", re.ASCII)


def draft_of(said: Any, person: Person) -> DeclarationView:
    """The draft that a code is chosen for. Raises Http404."""
    try:
        seen = declarations.get(declaration=uuid.UUID(str(said)), person=person)
    except (ValueError, DeclarationRefused):
        raise Http404 from None
    if not editable(seen, person):
        raise Http404
    return seen


def target_of(said: Any) -> tuple[str, str]:
    """Path of the field and the page that one comes from; only what looks like them."""
    path, back = str(said.get("path", "")), str(said.get("back", ""))
    if not PATH.match(path):
        raise Http404
    return path, back if re.fullmatch(r"[a-z]+(/[a-z0-9]+)?(\?page=[0-9]{1,4}(&size=[0-9]{1,3})?)?", back) else "tasks"


@require_GET
@signed_in
def choose(request: HttpRequest, name: str) -> HttpResponse:
    """A search with a button beside each answer; the firm's own codes stand first."""
    if name not in PUBLIC:
        raise Http404
    person, language = person_of(request), get_language() or "en"
    seen = draft_of(request.GET.get("to"), person)
    path, back = target_of(request.GET)
    text = request.GET.get("q", "")[:80]
    rows = found(name, text, language)
    mine = own(person, name, text)
    item = re.match(r"items/([0-9]+)/", path)
    carried = {"to": seen.id, "path": path, "back": back, **_asked(seen.content, int(item[1]) if item else 0)}
    context = {
        "name": name,
        "title": gettext("Goods code") if name == "goods" else title_of("regime" if name == "procedure" else name),
        "text": text,
        "mine": [(one, one.words or name_of(name, one.code, language)) for one in mine],
        "rows": rows[:MOST],
        "more": len(rows) > MOST,
        "to": seen.id,
        "path": path,
        "back": back,
        "back_href": _address(seen, back, path),
        "tree_href": f"/reference/goods?{urlencode(carried)}" if name == "goods" else "",
        "carried": f"?{urlencode(carried)}",
    }
    return render(request, "web/reference/choose.html", context)


def _asked(content: Content, item: int) -> dict[str, str]:
    """Origin and regime of the draft: rates are shown for them."""
    items = content.get("items", [])
    row = items[item - 1] if 1 <= item <= len(items) else {}
    said = {"origin": row.get("item_origin_country") or "", "regime": content.get("regime") or ""}
    return {name: str(value) for name, value in said.items() if value}


@require_POST
@signed_in
def chosen(request: HttpRequest) -> HttpResponse:
    """Write the chosen code into its field and go back to it."""
    person = person_of(request)
    seen = draft_of(request.POST.get("to"), person)
    path, back = target_of(request.POST)
    code = request.POST.get("code", "")[:20]
    item = re.match(r"items/([0-9]+)/", path)
    if item and int(item[1]) > len(seen.content.get("items", [])):
        raise Http404
    content = posted_content({path: code}, seen.content)
    try:
        drafts.save_draft(declaration=seen.id, content=content, revision=seen.revision, by=person, at=clock.now())
    except DeclarationRefused as refused:
        return render(
            request,
            "web/reference/choose_refused.html",
            {"error": refusal(refused), "back": _address(seen, back, path)},
            status=409,
        )
    return redirect(_address(seen, back, path))


def _address(seen: DeclarationView, back: str, path: str) -> str:
    page = "" if back == "tasks" else f"/{back}" if back.startswith(("items", "form")) else f"/part/{back}"
    return f"/declarations/{seen.id}{page}#{anchor(path)}"
