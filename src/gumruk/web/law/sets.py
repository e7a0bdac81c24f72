"""Change sets: the list, a new one, one as a difference against the standing law, and each step on its way to law."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk.clearance import services as clearance
from gumruk.law.day import LawRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook import services
from gumruk.lawbook.types import ALWAYS, ChangeSet, LawbookRefused, Status
from gumruk.lawbook.wording import fault_sentence, sentence
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.cashier.reading import for_roles
from gumruk.web.law.differences import differences
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of

LAW = (Role.LAW_EDITOR, Role.LAW_APPROVER)
GROUPS: dict[str, tuple[str, tuple[str, ...], bool | None]] = {
    "open": (_("Drafts"), ("draft",), False),
    "waiting": (_("Waiting for approval"), ("draft",), True),
    "approved": (_("Approved"), ("approved",), None),
    "published": (_("Published"), ("published",), None),
    "withdrawn": (_("Withdrawn"), ("withdrawn",), None),
}
SAMPLE = 200


def worded(refused: LawbookRefused | LawRefused) -> str:
    """A refusal of the lawbook as a sentence in the page's language."""
    return sentence(refused.code, refused.values, get_language() or "en")


@require_GET
@for_roles(*LAW)
def sets(request: HttpRequest) -> HttpResponse:
    """The list, by where change sets stand: what waits for this person comes first."""
    person = person_of(request)
    first = "waiting" if person.may(Role.LAW_APPROVER) and not person.may(Role.LAW_EDITOR) else "open"
    group = request.GET.get("group", "") if request.GET.get("group", "") in GROUPS else first
    _label, statuses, asked = GROUPS[group]
    after = request.GET.get("after", "")
    try:
        rows, more = lawbook.change_set_page(statuses=statuses, asked=asked, after=after)
    except ValueError:
        rows, more, after = (), "", ""
    context = {
        "rows": rows, "next": "?" + urlencode({"group": group, "after": more}) if more else "", "group": group,
        "first": f"?group={group}" if after else "", "may_draft": person.may(Role.LAW_EDITOR),
        "chips": [Link(gettext(label), f"?group={name}", name == group) for name, (label, *_rest) in GROUPS.items()],
        "head": lawbook.head(),
    }  # fmt: skip
    return render(request, "web/law/sets.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LAW_EDITOR)
def new_set(request: HttpRequest) -> HttpResponse:
    """A title, a reason and the act that orders the change; posted, a draft."""
    said = {name: request.POST.get(name, "") for name in ("title", "reason", "act")}
    error = ""
    if request.method == "POST":
        try:
            made = services.draft_change_set(
                title=said["title"], reason=said["reason"], act=said["act"], by=person_of(request), at=clock.now()
            )
        except LawbookRefused as refused:
            error = worded(refused)
        else:
            return redirect("change-set", made.id)
    context = {"said": said, "error": error, "acts": act_options()}
    return render(request, "web/law/new_set.html", context, status=422 if error else 200)


def act_options() -> list[tuple[str, str]]:
    """Legal acts to choose from, newest first."""
    language = get_language() or "en"
    acts = sorted(lawbook.snapshot().acts.values(), key=lambda act: (act.signed_on is None, act.id), reverse=True)
    return [("", gettext("None")), *((act.id, f"{act.id} · {act.title.in_language(language)[:90]}") for act in acts)]


@require_GET
@for_roles(*LAW)
def change_set(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    return shown(request, key)


def found_or_missing(key: uuid.UUID) -> ChangeSet:
    try:
        return lawbook.change_set(key)
    except LawbookRefused:
        raise Http404 from None


def shown(request: HttpRequest, key: uuid.UUID, *, error: str = "") -> HttpResponse:
    """One change set: what it changes, what the check found, what it would have done, and the next steps."""
    one, person, language = found_or_missing(key), person_of(request), get_language() or "en"
    changes, rows = lawbook.changes_of(key), differences(services.compare(key), language)
    past = lawbook.retroactive(key, clock.law_day(clock.now()))
    context = {
        "one": one, "error": error, "rows": rows, "changes": changes, "remarks": lawbook.remarks_of(key),
        "faults": [fault_sentence(fault, language) for fault in one.faults], "act": lawbook.act(one.act) if one.act else None,
        "past": sentence("retroactive", {"count": str(past.count), "day": _day(past.earliest, language)}, language)
        if past and one.status in (Status.DRAFT, Status.APPROVED) else "",
        "steps": steps(one, person, bool(changes)), "may_edit": one.status is Status.DRAFT and person.may(Role.LAW_EDITOR),
        "fresh": one.checked_head == lawbook.head(), "always": ALWAYS, "language": language,
        "said": request.POST,
    }  # fmt: skip
    return render(request, "web/law/change_set.html", context, status=422 if error else 200)


def _day(day: object, language: str) -> str:
    return {"tg": "ҳамеша", "ru": "всегда", "en": "always"}[language] if day == ALWAYS else f"{day:%d.%m.%Y}"


def steps(one: ChangeSet, person: Person, said: bool) -> frozenset[str]:  # noqa: FBT001 - one call, above
    """Which steps this person may take now; the services judge again."""
    editor, approver = person.may(Role.LAW_EDITOR), person.may(Role.LAW_APPROVER)
    second = approver and person.id != one.author
    found: set[str] = set()
    if one.status is Status.DRAFT:
        found |= {"check", "impact"} if said else set()
        found |= {"withdraw"} if editor else set()
        checked = said and one.checked_head is not None and not one.faults
        found |= {"ask"} if editor and checked and one.asked_at is None else set()
        found |= {"approve", "send-back"} if second and one.asked_at is not None else set()
    if one.status is Status.APPROVED:
        found |= {"publish", "send-back"} if second else set()
        found |= {"withdraw"} if editor else set()
    return frozenset(found)


@require_POST
@for_roles(*LAW)
def step(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One step on a change set, named by the button."""
    chosen = STEPS.get(request.POST.get("act", ""))
    if chosen is None:
        raise Http404
    do, done = chosen
    try:
        do(request, key)
    except (LawbookRefused, LawRefused) as refused:
        return shown(request, key, error=worded(refused))
    messages.success(request, gettext(done))
    return redirect("change-set", key)


def _words(request: HttpRequest) -> str:
    return request.POST.get("words", "")


def _check(request: HttpRequest, key: uuid.UUID) -> None:
    services.check_change_set(change_set=key, by=person_of(request), at=clock.now())


def _impact(request: HttpRequest, key: uuid.UUID) -> None:
    clearance.impact(change_set=key, by=person_of(request), sample=SAMPLE)


def _ask(request: HttpRequest, key: uuid.UUID) -> None:
    services.ask_approval(change_set=key, by=person_of(request), at=clock.now(), words=_words(request))


def _send_back(request: HttpRequest, key: uuid.UUID) -> None:
    services.send_back(change_set=key, by=person_of(request), at=clock.now(), words=_words(request))


def _approve(request: HttpRequest, key: uuid.UUID) -> None:
    services.approve(change_set=key, by=person_of(request), at=clock.now())


def _publish(request: HttpRequest, key: uuid.UUID) -> None:
    services.publish(change_set=key, by=person_of(request), at=clock.now())


def _withdraw(request: HttpRequest, key: uuid.UUID) -> None:
    services.withdraw(change_set=key, by=person_of(request), at=clock.now())


STEPS: dict[str, tuple[Callable[[HttpRequest, uuid.UUID], None], str]] = {
    "check": (_check, _("The draft was checked.")),
    "impact": (_impact, _("The newest assessments were computed under both laws.")),
    "ask": (_ask, _("The draft waits for an approver.")),
    "send-back": (_send_back, _("The draft was sent back to its editor.")),
    "approve": (_approve, _("The draft is approved. It becomes law when it is published.")),
    "publish": (_publish, _("The change set is law now. It takes effect by its dates.")),
    "withdraw": (_withdraw, _("The draft was withdrawn. It is kept.")),
}
