"""Who acts for a firm: its head allows colleagues, ends what was allowed, and sees who did what."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.declarations import selectors as declarations
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import day_in
from gumruk.trust import delegations
from gumruk.trust.types import FirmAct, Person, TrustRefused
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of, refusal, signed_in

ACTS = {
    FirmAct.SEE: _("See declarations and accounts"),
    FirmAct.PREPARE: _("Prepare drafts"),
    FirmAct.LODGE: _("Lodge, amend, answer, cancel"),
    FirmAct.PAY: _("Pay and ask for refunds"),
    FirmAct.DELEGATE: _("Head: allows colleagues"),
}
GIVEN = (FirmAct.SEE, FirmAct.PREPARE, FirmAct.LODGE, FirmAct.PAY)


@require_http_methods(["GET", "POST"])
@signed_in
def firm(request: HttpRequest) -> HttpResponse:
    """The people of one firm; posted, one more of them."""
    person = person_of(request)
    party = _party(request, person)
    if request.method == "GET" or not party:
        return _page(request, person, party)
    at, said = clock.now(), {name: request.POST.get(name, "").strip() for name in ("who", "since", "until")}
    since = day_in(said["since"]) if said["since"] else clock.law_day(at)
    until = day_in(said["until"])
    acts = [act for act in GIVEN if act.value in request.POST.getlist("acts")]
    if since is None or (said["until"] and until is None) or (until is not None and until.year == date.max.year):
        return _page(request, person, party, said=said, error=gettext("Write the days as 25.11.2026."))
    try:
        delegations.allow(
            party=party,
            who=said["who"],
            acts=acts,
            since=since,
            until=until + timedelta(days=1) if until else None,
            by=person,
            at=at,
        )
    except TrustRefused as refused:
        return _page(request, person, party, said=said, error=refusal(refused))
    messages.success(request, gettext("The colleague may act for the firm from the day you chose."))
    return redirect(f"/firm?party={party}")


@require_POST
@signed_in
def end(request: HttpRequest, grant: uuid.UUID) -> HttpResponse:
    """From now on the colleague may do nothing for the firm."""
    try:
        delegations.end_delegation(grant=grant, by=person_of(request), at=clock.now())
    except TrustRefused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, gettext("The permission was ended. It stays in the list."))
    return redirect(f"/firm?party={_party(request, person_of(request))}")


def _party(request: HttpRequest, person: Person) -> str:
    """The firm that is asked for, of those whose head the person is."""
    headed = sorted(person.parties_for(FirmAct.DELEGATE))
    said = request.POST.get("party") or request.GET.get("party", "")
    return said if said in headed else next(iter(headed), "")


def _page(
    request: HttpRequest, person: Person, party: str, *, said: Mapping[str, str] | None = None, error: str = ""
) -> HttpResponse:
    day = clock.law_day(clock.now())
    found = delegations.delegates(party=party) if party else ()
    chosen = request.POST.getlist("acts") if error else [act.value for act in GIVEN[:2]]
    context = {
        "party": party,
        "firms": [Link(one, f"?party={one}", one == party) for one in sorted(person.parties_for(FirmAct.DELEGATE))],
        "own": [(grant.party, _words(grant.acts)) for grant in person.grants if grant.party],
        "people": [(one, _words(one.acts), one.standing_on(day), one.last_day) for one in found],
        "done": declarations.done_for(party=party, people=[one.user for one in found], size=15) if party else (),
        "acts": [(act.value, gettext(ACTS[act]), act.value in chosen) for act in GIVEN],
        "said": said or {"since": f"{day:%d.%m.%Y}"},
        "error": error,
    }
    return render(request, "web/account/firm.html", context, status=422 if error else 200)


def _words(acts: frozenset[FirmAct]) -> list[str]:
    return [gettext(words) for act, words in ACTS.items() if act in acts]
