"""Signing in and out, the language of the pages, and the guard of pages that need a person."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.toolkit import clock
from gumruk.trust import selectors as people
from gumruk.trust import services as trust
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person, TrustRefused
from gumruk.web.labels import OTHER_REFUSAL, REFUSALS

View = Callable[..., HttpResponse]


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; pages that need one are behind `signed_in`."""
    found: Person = request.person  # type: ignore[attr-defined]
    return found


def signed_in(view: View) -> View:
    """Sends who is not signed in to the sign-in page, and back afterwards."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.person:  # type: ignore[attr-defined]
            return redirect(f"/sign-in?next={request.path}")
        return view(request, *args, **kwargs)

    return guarded


def refusal(refused: Exception) -> str:
    """A refusal as a sentence in the page's language."""
    return gettext(REFUSALS.get(getattr(refused, "code", ""), OTHER_REFUSAL))


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            person = trust.sign_in(
                username=request.POST.get("username", ""), password=request.POST.get("password", ""), at=clock.now()
            )
        except TrustRefused as refused:
            error = refusal(refused)
        else:
            request.session.cycle_key()
            request.session[SESSION_KEY] = str(person.id)
            there = request.POST.get("next", "/")
            return redirect(there if there.startswith("/") and not there.startswith("//") else "/")
    demo = [one for one in people.people(day=clock.law_day(clock.now())) if one.demo]
    page = {
        "error": error,
        "demo": demo,
        "next": request.GET.get("next", "/"),
        "username": request.POST.get("username", ""),
    }
    return render(request, "web/sign_in.html", page, status=422 if error else 200)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect("sign-in")


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    there = request.POST.get("next", "/")
    answer = redirect(there if there.startswith("/") and not there.startswith("//") else "/")
    if translation.check_for_language(language) and language in ("tg", "ru", "en"):
        answer.set_cookie("django_language", language, max_age=365 * 86400, samesite="Lax")
        if request.person:  # type: ignore[attr-defined]
            trust.set_language(user_id=person_of(request).id, language=language)
    return answer
