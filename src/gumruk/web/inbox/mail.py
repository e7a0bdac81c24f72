"""Which notices a person gets by e-mail, in which language, to which address; and whether this site sends any."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gumruk.notices import mailing
from gumruk.trust import selectors as people
from gumruk.trust import services as trust
from gumruk.web.inbox.pages import TOLD
from gumruk.web.visits import person_of, signed_in

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
    address, language = people.mail_address(user_id=person.id)
    wanted = mailing.wanted_kinds(user=person.id)
    context = {
        "enabled": mailing.enabled(),
        "address": address,
        "language": language,
        "languages": LANGUAGES,
        "kinds": [(kind, *_words(kind), kind in wanted) for kind in mailing.SHIPPED],
    }
    return render(request, "web/inbox/mail.html", context)


def _words(kind: str) -> tuple[str, str]:
    word, sentence, _tone = TOLD[kind]
    return gettext(word), gettext(sentence)
