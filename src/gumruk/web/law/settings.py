"""Settings of the service: every parameter in words with its value today, its source, what comes next, and a small change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.law.types import Citation
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook import services
from gumruk.lawbook.types import Change, Entry, Kind, LawbookRefused
from gumruk.lawbook.wording import fault_sentence
from gumruk.toolkit import clock
from gumruk.toolkit.text import dictionary_key, folded
from gumruk.trust.types import Person, Role
from gumruk.web.cashier.reading import for_roles
from gumruk.web.labels import KINDS
from gumruk.web.law.forms import EntryForm, FieldRefused, confidence_options, shown_day, why_words
from gumruk.web.law.sets import act_options, worded
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of

READERS = (Role.LAW_EDITOR, Role.LAW_APPROVER, Role.ADMINISTRATOR, Role.SUPERVISOR)
# A setting is a choice of the service; what follows from an act of law is a period or a limit of the law.
GROUPS = {"settings": _("Choices of the service"), "law": _("Periods and limits of the law"), "all": _("Everything")}
OWN = ("technical", "demo", "project-setting")
UNITS = {
    "day": _("days"), "days": _("days"), "working day": _("working days"), "hour": _("hours"), "hours": _("hours"),
    "minute": _("minutes"), "month": _("months"), "year": _("years"), "bytes": _("bytes"), "pixels": _("pixels"),
    "percent": _("percent"), "piece": _("pieces"), "yes or no": "", "moment": "", "names": "", "km per month": _("km a month"),
    "media types": "", "text": "", "files": _("files"), "TJS a month": _("TJS a month"),
}  # fmt: skip
# What a kind of file is called by people; another one is shown as it is written.
MEDIA = {
    "application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG", "application/xml": "XML", "text/plain": "TXT",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
}  # fmt: skip
WORDS = {"yes": _("Yes"), "no": _("No"), "before_payment": _("before payment"), "after_payment": _("after payment")}


@dataclass(frozen=True, slots=True)
class Setting:
    """One parameter as the page shows it."""

    key: str
    title: str
    value: str
    unit: str
    since: date | None
    cites: str
    confidence: str
    note: str
    own: bool
    next_value: str
    next_day: date | None
    alone: bool
    raw: str
    rows: tuple[tuple[str, str], ...] = ()


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value in WORDS:
        return gettext(WORDS[value])
    if isinstance(value, Mapping):
        return "; ".join(f"{name} {said}" for name, said in _rows(value))
    if isinstance(value, list | tuple):
        return ", ".join(MEDIA.get(str(one), str(one)) for one in value)
    return amount(value)


def value_words(entry: Entry) -> str:
    """The value of a setting with its unit; empty when it is not set."""
    said = _value(entry.body.get("value"))
    return f"{said} {_unit(str(entry.body.get('unit', '')))}".strip() if said else ""


def _rows(value: Any) -> tuple[tuple[str, str], ...]:
    """A value for each of several names, such as a plan by office and kind of payment."""
    if not isinstance(value, Mapping):
        return ()
    return tuple((str(name), _parts(said)) for name, said in value.items())


def _parts(said: Any) -> str:
    if not isinstance(said, Mapping):
        return amount(said)
    return " · ".join(f"{_payment(str(name))} {amount(one)}" for name, one in said.items())


def _payment(kind: str) -> str:
    return lawbook.payment_label(kind, get_language() or "en") or gettext(KINDS.get(kind, kind))


def amount(said: Any) -> str:
    """A large whole number with its thousands apart; anything else, a year too, as it is written."""
    text = str(said)
    large = text.isdigit() and len(text) > 4
    return number_format(int(text), 0, use_l10n=True, force_grouping=True) if large else text


def _raw(standing: Entry | None) -> str:
    """The value as it is typed."""
    return EntryForm.of(Kind.PARAMETER, standing.key, standing, "en").said["value"] if standing else ""


def _unit(unit: str) -> str:
    word = UNITS.get(unit, unit)
    return gettext(word) if word else ""


def all_settings(day: date, language: str) -> Iterator[Setting]:
    """Every parameter that has an entry today or later."""
    by_key: dict[str, list[Entry]] = {}
    for entry in lawbook.snapshot().of(Kind.PARAMETER):
        by_key.setdefault(entry.key, []).append(entry)
    at = clock.now()
    for key, entries in by_key.items():
        entries.sort(key=lambda entry: entry.since)
        standing = next((entry for entry in entries if entry.holds_on(day)), None)
        coming = next((entry for entry in entries if entry.since > day), None)
        known = standing or coming
        if known is None:
            continue
        label = known.body["label"]
        yield Setting(
            key, str(label.get(language) or label["en"]), _value(standing.body.get("value")) if standing else "",
            _unit(str(known.body.get("unit", ""))), standing.since if standing else None, known.cites, str(known.confidence),
            str(known.body.get("note", "")), Citation.read(known.cites).act in OWN,
            _value(coming.body.get("value")) if coming else "", coming.since if coming else None,
            services.one_person_may([Change(Kind.PARAMETER, key, day, None, None)], at), _raw(standing),
            _rows(standing.body.get("value")) if standing else (),
        )  # fmt: skip


@require_GET
@for_roles(*READERS)
def settings(request: HttpRequest) -> HttpResponse:
    """The list, by group and words."""
    language, text, group = (
        get_language() or "en",
        request.GET.get("text", "")[:80],
        request.GET.get("group", "settings"),
    )
    group = group if group in GROUPS else "settings"
    wanted, day = folded(text).split(), clock.law_day(clock.now())
    rows = [
        one for one in all_settings(day, language)
        if (group == "all" or one.own is (group == "settings"))
        and all(word in folded(f"{one.key} {one.title} {one.cites}") for word in wanted)
    ]  # fmt: skip
    rows.sort(key=lambda one: dictionary_key(one.title))
    context = {
        "rows": rows, "asked": {"text": text, "group": group}, "may": person_of(request).may(Role.LAW_EDITOR),
        "chips": [Link(gettext(word), f"?group={name}", name == group) for name, word in GROUPS.items()],
    }  # fmt: skip
    return render(request, "web/law/settings.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*READERS)
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """One setting with its history; posted by an editor, a small change set that goes on by itself as far as it may."""
    day, language = clock.law_day(clock.now()), get_language() or "en"
    found = next((one for one in all_settings(day, language) if one.key == key), None)
    if found is None:
        raise Http404
    if request.method == "GET":
        return _page(
            request, found, {"since": shown_day(day, language), "confidence": found.confidence, "cites": found.cites}
        )
    said = {
        name: request.POST.get(name, "").strip() for name in ("value", "since", "cites", "confidence", "reason", "note")
    }
    try:
        with transaction.atomic():
            done = _changed(found, said, person_of(request))
    except FieldRefused as refused:
        return _page(request, found, said, fault={refused.where: why_words(refused.why)}, error=why_words(refused.why))
    except LawbookRefused as refused:
        return _page(request, found, said, error=_faults(refused, language) or worded(refused))
    messages.success(request, gettext(done))
    return redirect("setting", key)


class _Faulty(LawbookRefused):
    """The check found faults: nothing is kept."""


def _faults(refused: LawbookRefused, language: str) -> str:
    found = refused.args[1] if isinstance(refused, _Faulty) else ()
    return " ".join(fault_sentence(fault, language) for fault in found)


def _changed(found: Setting, said: dict[str, str], by: Person) -> str:
    """A draft with the one change, checked; published when one person may, else sent to the approvers. Returns what to say."""
    at, day = clock.now(), clock.law_day(clock.now())
    standing = lawbook.entry(Kind.PARAMETER, found.key, day) or lawbook.history(Kind.PARAMETER, found.key)[-1][0]
    form = EntryForm.of(Kind.PARAMETER, found.key, standing, "en")
    form.said |= {name: said[name] for name in ("value", "since", "cites", "confidence", "note")} | {"until": ""}
    entry = form.entry()
    if entry.since < day:
        raise FieldRefused("since", gettext("Choose today or a later day."))
    title = f"{found.key}: {said['value'] or '–'}"[:200]
    act = Citation.read(entry.cites).act
    made = services.draft_change_set(
        title=title, reason=said["reason"], act=act if lawbook.act(act) else "", by=by, at=at
    )
    services.put_entry(change_set=made.id, entry=entry, by=by, at=at)
    faults = services.check_change_set(change_set=made.id, by=by, at=at)
    if faults:
        refused = _Faulty("check_failed")
        refused.args = ("check_failed", faults)
        raise refused
    if services.one_person_may(lawbook.changes_of(made.id), at):
        services.publish_setting(change_set=made.id, by=by, at=at)
        return _("The setting is changed. It takes effect by its date.")
    services.ask_approval(change_set=made.id, by=by, at=at, words=said["reason"])
    return _("The change waits for an approver. Until then the old value stands.")


def _page(
    request: HttpRequest, found: Setting, said: dict[str, str], *, fault: dict[str, str] | None = None, error: str = ""
) -> HttpResponse:
    history = [(entry, _value(entry.body.get("value"))) for entry, _number, closed in
               lawbook.history(Kind.PARAMETER, found.key) if closed is None]  # fmt: skip
    history.sort(key=lambda row: row[0].since, reverse=True)
    context = {
        "one": found, "said": {"value": found.raw, **said}, "fault": fault or {}, "error": error, "history": history,
        "acts": [(f"{act}", words) for act, words in act_options()][1:], "confidences": confidence_options(),
        "may": person_of(request).may(Role.LAW_EDITOR),
    }  # fmt: skip
    return render(request, "web/law/setting.html", context, status=422 if error else 200)
