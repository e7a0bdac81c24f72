"""One person: facts, rights, tokens, history, and every act an administrator may do on them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from gumruk.toolkit import audit, clock
from gumruk.trust import accounts, services
from gumruk.trust.types import Role, TrustRefused
from gumruk.web.admin.reading import Unreadable, day_typed, id_typed, office_options, role_options
from gumruk.web.admin_labels import LANGUAGES, worded
from gumruk.web.cashier.reading import for_roles
from gumruk.web.visits import person_of

SHOWN_ACTS = 20


@require_GET
@for_roles(Role.ADMINISTRATOR)
def person(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    return shown(request, user)


def shown(request: HttpRequest, user: uuid.UUID, *, error: str = "", secret: str = "") -> HttpResponse:
    """The page of a person; `secret` is a first password, told this once."""
    found, by, at = accounts.account(user_id=user), person_of(request), clock.now()
    if found is None:
        raise Http404
    day = clock.law_day(at)
    own = by.id == user
    history, more = audit.page(wanted=audit.Wanted(subject_kind="person", subject=str(user)), size=SHOWN_ACTS)
    standing = [one for one in found.rights if one.stands(day) in ("holds", "coming", "waits")]
    context = {
        "one": found, "error": error, "secret": secret, "day": day, "said": request.POST, "act": request.POST.get("act", ""),
        "own": own, "may": not own and services.administered(user_id=user, by=by, at=at), "history": history, "more": more,
        "standing": standing, "earlier": [one for one in found.rights if one not in standing], "by": by,
        "tokens": [(token, token.holds_at(at)) for token in found.tokens],
        "roles": role_options(), "languages": [(code, gettext(name)) for code, name in LANGUAGES.items()],
        "offices": [*([("", gettext("every office"))] if services.everywhere(by) else []), *office_options(by)],
    }  # fmt: skip
    answer = render(request, "web/admin/person.html", context, status=422 if error else 200)
    answer["Cache-Control"] = "no-store"  # a first password is in no cache
    return answer


@require_POST
@for_roles(Role.ADMINISTRATOR)
def act(request: HttpRequest, user: uuid.UUID) -> HttpResponse:
    """One act on a person, named by the button."""
    chosen = ACTS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404
    do, done = chosen
    try:
        secret = do(request, user)
    except (TrustRefused, Unreadable) as refused:
        return shown(request, user, error=str(refused) if isinstance(refused, Unreadable) else worded(refused))
    if secret:
        return shown(request, user, secret=secret)
    messages.success(request, gettext(done))
    return redirect("person", user)


def _since(request: HttpRequest) -> date:
    return day_typed(request.POST.get("since", "")) or clock.law_day(clock.now())


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _change(request: HttpRequest, user: uuid.UUID) -> str:
    said = {name: request.POST.get(name, "") for name in ("name", "email", "language")}
    services.change_person(user_id=user, **said, by=person_of(request), at=clock.now(), reason=_reason(request))
    return ""


def _give(request: HttpRequest, user: uuid.UUID) -> str:
    said = request.POST
    if said.get("role") not in set(Role):
        raise Unreadable(gettext("Choose a role."))
    services.give_right(
        user_id=user, role=Role(said["role"]), office=said.get("office", ""), party=said.get("party", "").strip(),
        since=_since(request), until=day_typed(said.get("until", "")), by=person_of(request), at=clock.now(),
        reason=_reason(request),
    )  # fmt: skip
    return ""


def _end(request: HttpRequest, user: uuid.UUID) -> str:  # noqa: ARG001 - every act has this shape
    services.end_right(
        grant=id_typed(request.POST.get("grant", "")), by=person_of(request), at=clock.now(), reason=_reason(request)
    )
    return ""


def _decide(agree: bool) -> Callable[[HttpRequest, uuid.UUID], str]:  # noqa: FBT001 - bound once, below
    def decide(request: HttpRequest, user: uuid.UUID) -> str:  # noqa: ARG001 - every act has this shape
        grant = id_typed(request.POST.get("grant", ""))
        services.decide_right(grant=grant, agree=agree, by=person_of(request), at=clock.now(), reason=_reason(request))
        return ""

    return decide


def _lend(request: HttpRequest, user: uuid.UUID) -> str:
    until, username = day_typed(request.POST.get("until", "")), request.POST.get("deputy", "").strip()
    if until is None:
        raise Unreadable(gettext("Write the day on which the person is back."))
    day = clock.law_day(clock.now())
    found, _more = accounts.page(wanted=accounts.Wanted(text=username), day=day, size=20) if username else ((), "")
    deputy = next((one for one in found if one.username == username), None)
    if deputy is None:
        raise Unreadable(gettext("There is nobody with this sign-in name. Look it up in the list of people."))
    services.lend_rights(
        absent=user, deputy=deputy.id, since=_since(request), until=until, by=person_of(request), at=clock.now(),
        reason=_reason(request),
    )  # fmt: skip
    return ""


def _active(active: bool) -> Callable[[HttpRequest, uuid.UUID], str]:  # noqa: FBT001 - bound once, below
    def change(request: HttpRequest, user: uuid.UUID) -> str:
        services.set_active(user_id=user, active=active, by=person_of(request), at=clock.now(), reason=_reason(request))
        return ""

    return change


def _reset(request: HttpRequest, user: uuid.UUID) -> str:
    return services.reset_password(user_id=user, by=person_of(request), at=clock.now(), reason=_reason(request))


def _end_token(request: HttpRequest, user: uuid.UUID) -> str:  # noqa: ARG001 - every act has this shape
    token = id_typed(request.POST.get("token", ""))
    services.end_token_of(token=token, by=person_of(request), at=clock.now(), reason=_reason(request))
    return ""


ACTS: dict[str, tuple[Callable[[HttpRequest, uuid.UUID], str], str]] = {
    "change": (_change, _("The person was changed.")),
    "give": (_give, _("The right was recorded.")),
    "end": (_end, _("The right was ended.")),
    "agree": (_decide(agree=True), _("The right was confirmed. It holds from its first day.")),
    "refuse": (_decide(agree=False), _("The right was refused.")),
    "lend": (_lend, _("The rights were lent. Each act of the deputy is marked.")),
    "stop": (_active(active=False), _("The person was stopped: no session and no token opens anything any more.")),
    "let-in": (_active(active=True), _("The person may sign in again.")),
    "reset": (_reset, ""),
    "end-token": (_end_token, _("The token was ended. Programs that still show it are refused.")),
}
