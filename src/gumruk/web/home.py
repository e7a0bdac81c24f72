"""The first page of a person: the queue for who controls, the list for who files, the change sets for who keeps the law,
else the first entry of the bar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from gumruk.trust.types import Role
from gumruk.web.broker.lists import own_list
from gumruk.web.law.sets import sets
from gumruk.web.navigation import entries_for
from gumruk.web.officer.queue import queue
from gumruk.web.visits import person_of, signed_in


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person.may(Role.OFFICER) or person.may(Role.SUPERVISOR):
        return queue(request)
    if person.may(Role.BROKER):
        return own_list(request)
    if person.may(Role.LAW_EDITOR) or person.may(Role.LAW_APPROVER):
        return sets(request)
    others = [entry for entry in entries_for(person) if entry.address != "home" and not entry.own]
    return redirect(others[0].address) if others else render(request, "web/shared/nothing.html")
