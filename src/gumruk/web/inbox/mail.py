"""Which notices a person gets by e-mail, in which language, to which address, and the firm's own address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gumruk.clearance import addresses as asking
from gumruk.notices import mailing
from gumruk.toolkit import clock
from gumruk.trust import addresses
from gumruk.trust import selectors as people
from gumruk.trust import services as trust
from gumruk.trust.types import FirmAct, Person, TrustRefused
from gumruk.web.inbox.pages import TOLD
from gumruk.web.visits import person_of, refusal, signed_in

LANGUAGES = (("tg", "Тоҷикӣ"), ("ru", "Русский"), ("en", "English"))


@require_http_methods(["GET", "POST"])
@signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """The choices; posted, kept."""
    person = person_of(request)
    if request.method == "POST":
        mailing.choose(user=person.id, kinds=request.POST.getlist("kind"))
        language = request.POST.get("language", "")
        if language in dict(LANGUAGES):
            trust.set_language(user_id=person.id, language=language)
        messages.success(request, gettext("Your choice was kept."))
        return redirect("mail-choices")
    return _page(request)


@require_http_methods(["GET", "POST"])
@signed_in
def address(request: HttpRequest) -> HttpResponse:
    """A link is sent to a new address, or the address is taken away."""
    if request.method == "GET":  # the language was changed while a refusal was shown
        return redirect("mail-choices")
    person, at, party = person_of(request), clock.now(), request.POST.get("party", "")
    said = request.POST.get("address", "").strip()
    try:
        if request.POST.get("act") == "remove":
            addresses.remove(by=person, at=at, party=party)
            messages.success(request, gettext("The address was taken away. No mail is sent to it any more."))
        else:
            asking.ask(address=said, by=person, at=at, party=party)
            words = gettext("A link was sent to %(address)s. Follow it within a day; until then nothing changes.")
            messages.success(request, words % {"address": said})
    except TrustRefused as refused:
        return _page(request, wrong=party, said=said, error=refusal(refused))
    return redirect("mail-choices")


@require_http_methods(["GET", "POST"])
@signed_in
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads. Only the button confirms: programs that look into mail follow links too."""
    person = person_of(request)
    try:
        found = addresses.claim_in(token=token, person=person)
        if request.method == "GET":
            return render(request, "web/inbox/confirm.html", {"claim": found})
        addresses.confirm(token=token, by=person, at=clock.now())
    except TrustRefused as refused:
        return render(request, "web/inbox/confirm.html", {"error": refusal(refused)}, status=422)
    messages.success(request, gettext("The address is confirmed. Notices are sent to it from now on."))
    return redirect("mail-choices")


def _page(request: HttpRequest, *, wrong: str | None = None, said: str = "", error: str = "") -> HttpResponse:
    person = person_of(request)
    _, language = people.mail_address(user_id=person.id)
    wanted = mailing.wanted_kinds(user=person.id)
    parties = ("", *sorted(person.parties_for(FirmAct.DELEGATE)))
    context = {
        "enabled": mailing.enabled(),
        "boxes": [
            _box(person, party, said if party == wrong else "", error if party == wrong else "") for party in parties
        ],
        "error": error,
        "language": language,
        "languages": LANGUAGES,
        "kinds": [(kind, *_words(kind), kind in wanted) for kind in mailing.SHIPPED],
    }
    return render(request, "web/inbox/mail.html", context, status=422 if error else 200)


def _box(person: Person, party: str, said: str, error: str) -> dict[str, Any]:
    """One address on the page: the person's own, or that of a firm whose head they are."""
    waits = addresses.waiting(person=person, party=party, at=clock.now())
    standing = addresses.address_of(person=person, party=party)
    return {
        "party": party, "address": standing, "waits": waits, "said": said, "error": error,
        "field": f"address-{party}" if party else "address",
    }  # fmt: skip


def _words(kind: str) -> tuple[str, str]:
    word, sentence, _tone = TOLD[kind]
    return gettext(word), gettext(sentence)
