"""Signing in and out, the language of the pages, and the guard of pages that need a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.exchange.refusals import refusal_sentence
from gumruk.toolkit import clock
from gumruk.trust import selectors as people
from gumruk.trust import services as trust
from gumruk.trust import sessions
from gumruk.trust.middleware import OPENED, SESSION_KEY
from gumruk.trust.types import Person, TrustRefused
from gumruk.web.labels import ROLES

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
            if request.headers.get("X-Requested-With") == "autosave":
                words = gettext("You are signed out. What you typed is kept in this browser. Sign in to go on.")
                return JsonResponse({"code": "signed_out", "message": words}, status=401)
            return redirect(f"/sign-in?next={request.path}")
        if person_of(request).must_change and request.path != reverse("password"):
            return redirect("password")  # a password that somebody else set opens this one door
        return view(request, *args, **kwargs)

    return guarded


def refusal(refused: Exception) -> str:
    """A refusal as a sentence in the page's language."""
    code, values = getattr(refused, "code", ""), getattr(refused, "values", {})
    return refusal_sentence(code, translation.get_language() or "en", values)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One demonstration person on the sign-in page."""

    username: str
    name: str
    roles: str
    place: str


def demo_people() -> list[DemoPerson]:
    """The demonstration people, if this site has any: they sign in with one button."""
    found = [one for one in people.people(day=clock.law_day(clock.now())) if one.demo]
    return [
        DemoPerson(
            one.username,
            one.name,
            ", ".join(dict.fromkeys(gettext(ROLES[grant.role]) for grant in one.grants)),
            ", ".join(dict.fromkeys(grant.office or grant.party or gettext("every office") for grant in one.grants)),
        )
        for one in found
    ]


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """Seconds until the sign-out for inactivity. Asked with the header of background requests it moves nothing."""
    if not request.person:  # type: ignore[attr-defined]
        return JsonResponse({"left": 0}, status=401)
    answer = JsonResponse({"left": sessions.left(request.session, clock.now())})
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            person = trust.sign_in(
                username=request.POST.get("username", ""), password=request.POST.get("password", ""), at=clock.now(),
                address=request.META.get("REMOTE_ADDR", ""),
            )  # fmt: skip
        except TrustRefused as refused:
            error = refusal(refused)
        else:
            return _welcome(request, person)
    page = {
        "error": error,
        "demo": demo_people(),
        "next": request.POST.get("next") or request.GET.get("next", "/"),
        "idle": bool(request.GET.get("idle")),
        "username": request.POST.get("username", ""),
    }
    return render(request, "web/sign_in.html", page, status=422 if error else 200)


@require_POST
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """Sign in as a demonstration person, whose password everybody knows; nobody else can be chosen."""
    day = clock.law_day(clock.now())
    person = people.person_named(username=request.POST.get("username", ""), day=day)
    if person is None or not person.demo:
        return redirect("sign-in")
    trust.note_sign_in(user_id=person.id, at=clock.now())
    return _welcome(request, person)


def open_session(request: HttpRequest, person: Person) -> None:
    """From now on the session is this person's."""
    request.session.cycle_key()
    request.session[SESSION_KEY], request.session[OPENED] = str(person.id), clock.now().timestamp()


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    open_session(request, person)
    there = request.POST.get("next", "/")
    return redirect(there if url_has_allowed_host_and_scheme(there, None) else "/")


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


@require_POST
def set_keys(request: HttpRequest) -> HttpResponse:
    """Single-letter keys on or off, kept in this browser."""
    there = request.POST.get("next", "/")
    answer = redirect(there if there.startswith("/") and not there.startswith("//") else "/")
    chosen = "off" if request.POST.get("keys") == "off" else "on"
    answer.set_cookie("gumruk_keys", chosen, max_age=365 * 86400, samesite="Lax", httponly=True)
    return answer
