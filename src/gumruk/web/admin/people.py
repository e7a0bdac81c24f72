"""The list of people, what waits for a second administrator, and a new person."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.toolkit import clock
from gumruk.trust import accounts, services
from gumruk.trust.types import Role, TrustRefused
from gumruk.web.admin.person import shown
from gumruk.web.admin.reading import office_options, role_options
from gumruk.web.admin_labels import LANGUAGES, worded
from gumruk.web.cashier.reading import for_roles
from gumruk.web.visits import person_of

ACTIVE = {"yes": True, "no": False}


@require_GET
@for_roles(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in, searched by name, sign-in name or address."""
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("text", "role", "office", "active")}
    day = clock.law_day(clock.now())
    wanted = accounts.Wanted(asked["text"], asked["role"], asked["office"], ACTIVE.get(asked["active"]))
    after = request.GET.get("after", "")
    try:
        rows, more = accounts.page(wanted=wanted, day=day, after=after)
    except ValueError:
        rows, more, after = (), "", ""
    kept = {name: said for name, said in asked.items() if said}
    by = person_of(request)
    context = {
        "rows": rows, "asked": asked, "day": day,
        "next": "?" + urlencode({**kept, "after": more}) if more else "",
        "first": "?" + urlencode(kept) if after else "",
        "roles": [("", gettext("Any")), *role_options()],
        "offices": [("", gettext("Any")), *office_options()],
        "actives": [("", gettext("Any")), ("yes", gettext("May sign in")), ("no", gettext("Stopped"))],
        "waiting": [one for one in accounts.waiting() if one.user_id != by.id],
    }  # fmt: skip
    return render(request, "web/admin/people.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.ADMINISTRATOR)
def new_person(request: HttpRequest) -> HttpResponse:
    """A form; posted, the new person with the first password, this once."""
    said = {name: request.POST.get(name, "") for name in ("username", "name", "email", "language")}
    context = {"said": said, "languages": [(code, gettext(name)) for code, name in LANGUAGES.items()], "error": ""}
    if request.method == "GET":
        return render(request, "web/admin/new_person.html", {**context, "said": {"language": "tg"}})
    try:
        made, secret = services.add_person(**said, by=person_of(request), at=clock.now())
    except TrustRefused as refused:
        return render(request, "web/admin/new_person.html", {**context, "error": worded(refused)}, status=422)
    return shown(request, made, secret=secret)
