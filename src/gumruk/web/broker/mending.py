"""Mending faults one after the other: which one is in hand, what stands before and after it, and where saving leads.

The faults are found anew at every step, so the list shrinks while it is worked through. The address names the fault in
hand and its place in the list: when it is gone, what stands at its place is the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from gumruk.clearance.types import reason_key
from gumruk.declarations.types import DeclarationView
from gumruk.rules.types import Finding, Severity
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import whole_in
from gumruk.web.broker.drafting import Draft
from gumruk.web.shared.controls import anchor
from gumruk.web.shared.seen import editable, of_declaration
from gumruk.web.visits import person_of


@dataclass(frozen=True, slots=True)
class Mend:
    """The fault in hand, as the bar over its page shows it."""

    finding: Finding
    key: str
    number: int
    count: int
    anchor: str
    previous: str
    following: str
    back: str
    view: str
    wants_reason: bool
    mended: bool
    still: bool


def faults_of(draft: Draft, reasons: Mapping[str, str]) -> list[Finding]:
    """What is to be mended or explained, errors first, each group in the order of the form."""
    warnings = [one for one in draft.warnings if not reasons.get(reason_key(one))]
    return [*draft.errors, *warnings]


def address_of(draft: Draft, finding: Finding, number: int, view: str, **said: str) -> str:
    """The page on which a fault is mended, with the bar that leads on."""
    here = "form" if view == "form" else ""
    asked = urlencode({"mend": reason_key(finding), "at": str(number), **({"view": view} if view else {}), **said})
    return f"{draft.address(draft.page_of(finding, here))}?{asked}#{anchor(finding.path)}"


def list_of(draft: Draft, view: str) -> str:
    """The page that lists every fault."""
    return f"{draft.address('form' if view == 'form' else 'finish')}?check=1"


def mend_in(request: HttpRequest, draft: Draft, reasons: Mapping[str, str]) -> Mend | None:
    """The fault that the address or the form names, when it still stands."""
    said = request.GET if request.method == "GET" else request.POST
    key, view = said.get("mend", ""), "form" if said.get("view") == "form" else ""
    faults = faults_of(draft, reasons) if key else []
    number = next((place for place, one in enumerate(faults, start=1) if reason_key(one) == key), 0)
    if not number:
        return None
    finding = faults[number - 1]
    return Mend(
        finding=finding,
        key=key,
        number=number,
        count=len(faults),
        anchor=anchor(finding.path),
        previous=address_of(draft, faults[number - 2], number - 1, view) if number > 1 else "",
        following=address_of(draft, faults[number], number + 1, view) if number < len(faults) else "",
        back=f"{list_of(draft, view)}#summary",
        view=view,
        wants_reason=finding.severity is Severity.WARNING,
        mended=bool(request.GET.get("mended")),
        still=bool(request.GET.get("still")),
    )


def onward(draft: Draft, reasons: Mapping[str, str], said: Mapping[str, str]) -> str:
    """Where saving leads: to the same fault while it stands, else to the one at its place, at the end to the list."""
    key, view = said.get("mend", ""), "form" if said.get("view") == "form" else ""
    faults = faults_of(draft, reasons)
    number = next((place for place, one in enumerate(faults, start=1) if reason_key(one) == key), 0)
    if number:
        return address_of(draft, faults[number - 1], number, view, still="1")
    if not faults:
        return f"{list_of(draft, view)}&mended=1#summary"
    place = min(max(whole_in(said.get("at", "")) or 1, 1), len(faults))
    return address_of(draft, faults[place - 1], place, view, mended="1")


@require_GET
@of_declaration
def mend(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """To the first fault; to the list, which then says so, when there is none."""
    if not editable(seen, person_of(request)):
        return redirect("declaration", seen.id)
    view = "form" if request.GET.get("view") == "form" else ""
    draft = Draft.of(seen.id, seen.content, clock.now(), showing=False)
    faults = faults_of(draft, seen.reasons)
    there = address_of(draft, faults[0], 1, view) if faults else f"{list_of(draft, view)}#summary"
    return redirect(there)
