"""Offices: the tree by region with who works there; one office with its working data, shifts and people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import Entry
from gumruk.offices import selectors, services
from gumruk.offices.types import ADMINISTRATOR, SUPERVISOR, ZONES, OfficeRefused
from gumruk.toolkit import audit, clock
from gumruk.toolkit.text import dictionary_key, folded
from gumruk.trust import accounts
from gumruk.trust.types import Role, TrustRefused
from gumruk.web.admin.reading import Unreadable, day_typed, id_typed
from gumruk.web.admin_labels import worded
from gumruk.web.cashier.reading import for_roles
from gumruk.web.labels import ROLES
from gumruk.web.reference.labels import VALUES
from gumruk.web.visits import person_of
from gumruk.web.weekdays import WEEK, days_word

KEEPERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
REGION = "region"


def _offices(text: str, language: str) -> dict[str, list[Entry]]:
    """The offices of today that fit, by region; a region's own directorate stands first."""
    wanted, found = folded(text).split(), dict[str, list[Entry]]()
    for entry in lawbook.code_entries("office", clock.law_day(clock.now())):
        said = folded(f"{entry.key} {' '.join(str(entry.body.get(one, '')) for one in ('tg', 'ru', 'en'))}")
        if all(word in said for word in wanted):
            found.setdefault(str(entry.body.get("region", "")), []).append(entry)
    for rows in found.values():
        rows.sort(
            key=lambda entry: (entry.body.get("kind") != REGION, dictionary_key(str(entry.body.get(language, ""))))
        )
    return dict(sorted(found.items()))


def _roles(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(gettext(ROLES[role]), counts[role]) for role in ROLES if role in counts]


@require_GET
@for_roles(*KEEPERS)
def offices(request: HttpRequest) -> HttpResponse:
    language, text = get_language() or "en", request.GET.get("text", "")[:80]
    at = clock.now()
    day = clock.law_day(at)
    places, counts, today = selectors.workplaces(), accounts.counts_at(day=day), str(day.isoweekday())
    groups = []
    for region, rows in _offices(text, language).items():
        shown = [
            (code_of(entry), str(entry.body.get(language) or entry.body["en"]), _kind(entry),
             places[code_of(entry)].hours.get(today, "") if code_of(entry) in places else "",
             _roles(counts.get(code_of(entry), {})))
            for entry in rows
        ]  # fmt: skip
        groups.append((_region_name(rows, region, language), shown))
    return render(request, "web/admin/offices.html", {"groups": groups, "asked": {"text": text}})


def code_of(entry: Entry) -> str:
    return entry.key.partition("/")[2]


def _kind(entry: Entry) -> str:
    kind = str(entry.body.get("kind", ""))
    if kind == REGION:
        return gettext("regional directorate")
    return gettext(VALUES[kind]) if kind in VALUES else kind


def _region_name(rows: list[Entry], region: str, language: str) -> str:
    head = next((one for one in rows if one.body.get("kind") == REGION), None)
    return str(head.body.get(language) or head.body["en"]) if head else region or gettext("Without a region")


@require_GET
@for_roles(*KEEPERS)
def one_office(request: HttpRequest, code: str) -> HttpResponse:
    return shown(request, code)


def shown(request: HttpRequest, code: str, *, error: str = "") -> HttpResponse:
    """One office: what the law calls it, how it works, its shifts, its people."""
    day, language, by = clock.law_day(clock.now()), get_language() or "en", person_of(request)
    entry = next((one for one in lawbook.code_entries("office", day) if code_of(one) == code), None)
    if entry is None or not services.may(by, code, ADMINISTRATOR, SUPERVISOR):
        raise Http404
    place, said = selectors.workplace(office=code), request.POST
    typed = said.get("act") == "work"
    history, _more = audit.page(wanted=audit.Wanted(subject_kind="office", subject=code), size=10)
    context = {
        "code": code, "name": str(entry.body.get(language) or entry.body["en"]), "entry": entry, "kind": _kind(entry),
        "place": {name: said.get(name, "") if typed else getattr(place, name) for name in ("zone", "phone", "contact", "note")},
        "week": [(str(number), gettext(name), said.get(f"hours-{number}", "") if typed else place.hours.get(str(number), ""))
                 for number, name in enumerate(WEEK, start=1)],
        "zones": [(zone, zone) for zone in ZONES], "shifts": _shifts(code), "error": error, "said": said, "history": history,
        "people": [(str(key), name) for key, name in accounts.at_office(office=code, day=day)],
        "roles": _roles(accounts.counts_at(day=day).get(code, {})), "may_work": services.may(by, code, ADMINISTRATOR),
    }  # fmt: skip
    return render(request, "web/admin/office.html", context, status=422 if error else 200)


def _shifts(code: str) -> list[tuple[Any, str]]:
    found = selectors.shifts(office=code, day=clock.law_day(clock.now()))
    return [(one, days_word(one.days)) for one in found]


@require_POST
@for_roles(*KEEPERS)
def office_act(request: HttpRequest, code: str) -> HttpResponse:
    """One act on an office, named by the button."""
    chosen = ACTS.get(request.POST.get("act", ""))
    if chosen is None or code not in {code_of(one) for one in lawbook.code_entries("office")}:
        raise Http404
    do, done = chosen
    try:
        do(request, code)
    except (OfficeRefused, TrustRefused) as refused:
        return shown(request, code, error=worded(refused))
    except Unreadable as refused:
        return shown(request, code, error=str(refused))
    messages.success(request, gettext(done))
    return redirect("one-office", code)


def _work(request: HttpRequest, code: str) -> None:
    said = request.POST
    hours = {str(day): said.get(f"hours-{day}", "").replace(" ", "").replace("–", "-") for day in range(1, 8)}
    services.set_workplace(
        office=code, zone=said.get("zone", ""), hours=hours, phone=said.get("phone", ""), contact=said.get("contact", ""),
        note=said.get("note", ""), by=person_of(request), at=clock.now(), reason=said.get("reason", ""),
    )  # fmt: skip


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text.strip().rjust(5, "0"))
    except ValueError:
        raise OfficeRefused("shift_hours") from None


def _set_shift(request: HttpRequest, code: str) -> None:
    said = request.POST
    days = [int(day) for day in said.getlist("days") if day in set("1234567")]
    services.set_shift(
        office=code, name=said.get("name", ""), starts=_clock(said.get("starts", "")), ends=_clock(said.get("ends", "")),
        days=days, since=day_typed(said.get("since", "")) or clock.law_day(clock.now()),
        until=day_typed(said.get("until", "")), by=person_of(request), at=clock.now(),
    )  # fmt: skip


def _end_shift(request: HttpRequest, code: str) -> None:  # noqa: ARG001 - every act has this shape
    services.end_shift(shift=id_typed(request.POST.get("shift", "")), by=person_of(request), at=clock.now())


def _join(request: HttpRequest, code: str) -> None:
    day, person = clock.law_day(clock.now()), id_typed(request.POST.get("person", ""))
    names = dict(accounts.at_office(office=code, day=day))
    if person not in names:
        raise TrustRefused("person_unknown")
    services.join_shift(
        shift=id_typed(request.POST.get("shift", "")), person=person, person_name=names[person],
        since=day_typed(request.POST.get("since", "")) or day, until=day_typed(request.POST.get("until", "")),
        by=person_of(request), at=clock.now(),
    )  # fmt: skip


def _leave(request: HttpRequest, code: str) -> None:  # noqa: ARG001 - every act has this shape
    services.leave_shift(member=id_typed(request.POST.get("member", "")), by=person_of(request), at=clock.now())


ACTS: dict[str, tuple[Callable[[HttpRequest, str], None], str]] = {
    "work": (_work, _("The office was changed.")),
    "shift": (_set_shift, _("The shift was set.")),
    "end-shift": (_end_shift, _("The shift was ended.")),
    "join": (_join, _("The person is on the shift.")),
    "leave": (_leave, _("The person was taken off the shift.")),
}
