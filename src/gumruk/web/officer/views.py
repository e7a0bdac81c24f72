"""Saved views of the queue: kept under a name, renamed, deleted, one of them the first page."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.navigation import Link
from gumruk.web.officer.asking import Queue
from gumruk.web.shared.lists import Asked
from gumruk.web.visits import person_of, refusal, signed_in
from gumruk.work import selectors as work
from gumruk.work import services
from gumruk.work.types import WorkRefused


def start_view(request: HttpRequest, person: Person) -> str:
    """Where the person's first page leads: the query of the view that they start with; empty for the whole queue."""
    if request.path != "/":
        return ""
    return next((one.asked for one in work.views(person=person.id) if one.start), "")


def view_links(person: Person, here: Queue) -> dict[str, object]:
    """The person's views as links, and the one that is open."""
    saved, asked = work.views(person=person.id), here.asked.address().removeprefix("?")
    current = next((one for one in saved if one.asked == asked), None)
    links = [Link(f"{'★ ' if one.start else ''}{one.name}", f"/queue?{one.asked}", one == current) for one in saved]
    return {"links": links, "current": current, "asked": asked}


@require_POST
@signed_in
def change(request: HttpRequest) -> HttpResponse:
    """One act on the person's views; then back to the view that it leaves."""
    asked = Asked.of(QueryDict(request.POST.get("asked", "")[:500])).address().removeprefix("?")
    try:
        said = _change(request.POST, person_of(request), asked)
        messages.success(request, said)
    except (WorkRefused, ValueError) as refused:
        messages.error(request, refusal(refused))
    return redirect(f"/queue?{asked}".removesuffix("?"))


def _change(said: QueryDict, by: Person, asked: str) -> str:
    act, name = said.get("act", ""), said.get("name", "")
    if act == "save":
        services.save_view(name=name, asked=asked, by=by, at=clock.now())
        return gettext("The view was saved.")
    view = uuid.UUID(said.get("view", ""))
    if act == "rename":
        services.rename_view(view=view, name=name, by=by)
        return gettext("The view has a new name.")
    if act == "delete":
        services.delete_view(view=view, by=by)
        return gettext("The view was deleted.")
    services.start_with(view=view if act == "start" else None, by=by)
    return (
        gettext("You start with this view now.") if act == "start" else gettext("You start with the whole queue now.")
    )
