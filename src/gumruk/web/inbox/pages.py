"""What the firms of a broker were told, newest first, each with its declaration; and what of it was read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from gumruk.notices import selectors as notices
from gumruk.notices import services
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of, signed_in

SIZE = 50
# What each event means to the declarant, and the look of its badge. A test holds it against what clearance tells.
TOLD = {
    "declaration.registered": (_("Registered"), _("The declaration was registered."), "calm"),
    "declaration.queried": (_("Question asked"), _("Customs asked a question or wants documents. Answer it."), "care"),
    "declaration.rejected": (
        _("Rejected"), _("Customs rejected the declaration. See why, mend it and lodge it again."), "wrong"
    ),
    "declaration.released": (_("Released"), _("The goods are released."), "good"),
    "declaration.cancelled": (_("Cancelled"), _("The declaration was cancelled."), ""),
    "declaration.prior_lodging_expired": (
        _("Draft again"), _("The goods did not arrive in time. The declaration is a draft again."), "care"
    ),
}  # fmt: skip


def waiting(person: Person) -> str:
    """What is unread, as the bar shows it; nothing for none. One query."""
    count = notices.unread(parties=person.parties)
    return f"{count - 1}+" if count >= notices.UNREAD_LIMIT else str(count or "")


@require_GET
@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    person, unread = person_of(request), request.GET.get("show") == "unread"
    try:
        page = notices.page(parties=person.parties, after=request.GET.get("after", ""), size=SIZE, unread_only=unread)
    except ValueError:
        return redirect("inbox")
    context = {
        "rows": [(one, *_said(one.name)) for one in page.rows],
        "unread": [one.id for one in page.rows if one.read_at is None],
        "firms": len(person.parties) > 1,
        "show": "unread" if unread else "",
        "views": [
            Link(gettext("All"), "?", not unread),
            Link(gettext("Unread"), "?show=unread", unread, waiting(person)),
        ],
        "first": _address(unread=unread) if request.GET.get("after") else "",
        "next": _address(unread=unread, after=page.next) if page.next else "",
    }
    return render(request, "web/inbox/inbox.html", context)


def _said(name: str) -> tuple[str, str, str]:
    word, sentence, tone = TOLD.get(name, (name, "", ""))
    return gettext(word), gettext(sentence) if sentence else "", tone


def _address(*, unread: bool, after: str = "") -> str:
    said = {"show": "unread" if unread else "", "after": after}
    return "?" + urlencode({name: value for name, value in said.items() if value})


@require_POST
@signed_in
def read(request: HttpRequest) -> HttpResponse:
    """One notice, or all that the page showed, are read."""
    chosen = request.POST.getlist("notice") or request.POST.getlist("shown")
    services.mark_read(notices=_ids(chosen[:SIZE]), parties=person_of(request).parties, at=clock.now())
    return redirect(f"/inbox{_address(unread=request.POST.get('show') == 'unread')}".rstrip("?"))


def _ids(texts: Iterable[str]) -> list[uuid.UUID]:
    found = []
    for text in texts:
        try:
            found.append(uuid.UUID(text))
        except ValueError:
            continue
    return found
