"""Entries of a draft: found in the standing law, changed in a typed form or as JSON, closed, taken out again."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook import services
from gumruk.lawbook.types import ALWAYS, Entry, Kind, LawbookRefused, NewEntry, Status
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import day_in, whole_in
from gumruk.toolkit.text import folded
from gumruk.trust.types import Role
from gumruk.web.cashier.reading import for_roles
from gumruk.web.law.differences import title_of
from gumruk.web.law.forms import UNDATED, EntryForm, FieldRefused, confidence_options, shown_day, why_words
from gumruk.web.law.rule_fields import places
from gumruk.web.law.sets import LAW, act_options, found_or_missing, shown, worded
from gumruk.web.law.settings import value_words
from gumruk.web.law.specs import KEYS, KINDS, WHYS
from gumruk.web.visits import person_of

PAGE = 50


def kind_options() -> list[tuple[str, str]]:
    return [(kind.value, gettext(word)) for kind, word in KINDS.items()]


@require_GET
@for_roles(*LAW)
def entries(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The standing law, to choose what the draft changes: by kind, words, key."""
    one, language = found_or_missing(key), get_language() or "en"
    kind, text = request.GET.get("kind", Kind.MEASURE), request.GET.get("text", "")[:80]
    if kind not in KINDS:
        kind = Kind.MEASURE
    rows = [entry for entry in lawbook.snapshot().of(Kind(kind)) if fits(entry, text, language)]
    rows.sort(key=lambda entry: (entry.key, entry.since))
    page = min(max(whole_in(request.GET.get("page", "")) or 1, 1), max(1, -(-len(rows) // PAGE)))
    asked = {"kind": kind, "text": text}
    context = {
        "one": one, "kind": kind, "asked": asked, "kinds": kind_options(), "count": len(rows),
        "rows": [(entry, title_of(entry, language), says(entry)) for entry in rows[(page - 1) * PAGE : page * PAGE]],
        "always": ALWAYS,
        "next": "?" + urlencode({**asked, "page": page + 1}) if page * PAGE < len(rows) else "",
        "first": "?" + urlencode(asked) if page > 1 else "",
    }  # fmt: skip
    return render(request, "web/law/entries.html", context)


def says(entry: Entry) -> str:
    """What an entry says, in short: its rate, or the value of a setting."""
    if entry.kind == Kind.PARAMETER:
        return value_words(entry) or "–"
    return str(entry.body.get("rate") or "")


def fits(entry: Entry, text: str, language: str) -> bool:
    """Whether the key or the name of an entry holds every word, however typed."""
    wanted = folded(text).split()
    said = (
        folded(f"{entry.key} {title_of(entry, language)} {entry.cites} {entry.body.get('rate', '')}") if wanted else ""
    )
    return all(word in said for word in wanted)


@require_http_methods(["GET", "POST"])
@for_roles(Role.LAW_EDITOR)
def edit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The form of one entry; posted, it is put into the draft."""
    one = found_or_missing(key)
    # A body may have a `kind` and a `key` of its own: in the posted form the entry's stand apart.
    posted = request.method == "POST"
    kind = request.POST.get("entry_kind", "") if posted else request.GET.get("kind", "")
    name = request.POST.get("entry_key", "") if posted else request.GET.get("key", "")
    if kind not in KINDS or one.status is not Status.DRAFT:
        raise Http404
    if request.method == "GET":
        return _form(request, key, _form_of(request, key, kind, name))
    form = EntryForm.typed(kind, "" if kind == Kind.MEASURE else name.strip(), request.POST)
    if request.POST.get("act") == "kind":  # only the fields of another kind are asked for
        return _form(request, key, form)
    try:
        said = form.entry()
        tried = _tried(key, said)
        if request.POST.get("act") == "try":
            return _form(request, key, form, tried=tried)
        if any(not one.right for one in tried):
            return _form(
                request,
                key,
                form,
                tried=tried,
                error=gettext("The rule does otherwise than its examples say. Correct the rule or the examples."),
            )
        services.put_entry(change_set=key, entry=said, by=person_of(request), at=clock.now())
    except FieldRefused as refused:
        form.faults = {refused.where: why_words(refused.why)}
        return _form(request, key, form, error=gettext("The entry cannot be read. Correct the marked field."))
    except LawbookRefused as refused:
        return _refused(request, key, form, refused)
    messages.success(request, gettext("The draft says it now. Check the draft before it goes to the approver."))
    return redirect("change-set", key)


def _tried(key: uuid.UUID, said: NewEntry) -> tuple[services.Tried, ...]:
    """What a rule does with its own examples; nothing for entries of other kinds. Raises LawbookRefused `rule_refused`."""
    return services.try_rule(change_set=key, entry=said) if said.kind == Kind.CHECK else ()


def _refused(request: HttpRequest, key: uuid.UUID, form: EntryForm, refused: LawbookRefused) -> HttpResponse:
    """The form again, with the fault at its field where the lawbook named one."""
    values: Mapping[str, str] = refused.values
    if refused.code == "body_refused":
        why = values["why"] if values["where"] != "rate" or values["why"] in WHYS else "no_rate"
        form.faults = {values["where"]: why_words(why)}
        return _form(request, key, form, error=gettext("The entry cannot be read. Correct the marked field."))
    fields = {"key_missing": "key", "citation_missing": "cites", "ends_before_it_starts": "until"}
    if refused.code in fields:
        form.faults = {fields[refused.code]: worded(refused)}
    return _form(request, key, form, error=worded(refused))


def _form_of(request: HttpRequest, key: uuid.UUID, kind: str, name: str) -> EntryForm:
    """The form of what the draft says of the key, else of what stands on the day asked for, else an empty one."""
    language, day = get_language() or "en", day_in(request.GET.get("day", "")) or clock.law_day(clock.now())
    entry: NewEntry | None = None
    drafted = [one for one in lawbook.changes_of(key) if (one.kind, one.key) == (kind, name) and one.entry]
    if drafted and not request.GET.get("standing"):
        entry = drafted[-1].entry
    elif name:
        entry = next((one for one in lawbook.snapshot().of(Kind(kind)) if one.key == name and one.holds_on(day)), None)
    form = EntryForm.of(kind, name, entry, language)
    if entry is not None and not drafted:
        # A change begins on a new day; what stands keeps its own.
        form.said["since"] = shown_day(clock.law_day(clock.now()), language) if kind != Kind.ACT else ""
        form.said["until"] = shown_day(entry.until, language)
    return form


def _form(
    request: HttpRequest, key: uuid.UUID, form: EntryForm, *, error: str = "", tried: tuple[services.Tried, ...] = ()
) -> HttpResponse:
    expert = (request.POST.get("view") or request.GET.get("view", "")) == "json"
    context = {
        "one": found_or_missing(key), "form": form, "error": error, "expert": expert, "controls": form.controls(),
        "steps": form.steps(), "conditions": form.conditions(), "tried": tried,
        "places": places() if form.kind == Kind.CHECK else (), "kind_word": gettext(KINDS[Kind(form.kind)]),
        "said": form.said, "faults": form.faults,
        "key_label": gettext(KEYS.get(Kind(form.kind), "")) if form.kind in KEYS else "", "acts": act_options(),
        "confidences": confidence_options(), "undated": form.kind in UNDATED,
        "named": bool(request.GET.get("key") or request.POST.get("named")),
        "other": "?" + urlencode({"kind": form.kind, "key": form.key, "view": "" if expert else "json"}),
    }  # fmt: skip
    return render(request, "web/law/entry.html", context, status=422 if error else 200)


@require_POST
@for_roles(Role.LAW_EDITOR)
def close(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say in the draft that an entry holds no more from a day."""
    since, until = (day_in(request.POST.get(name, "")) for name in ("since", "until"))
    if since is None:
        return shown(request, key, error=gettext("Write the first day without this entry, as 25.11.2026."))
    try:
        services.close_entry(
            change_set=key, kind=request.POST.get("kind", ""), key=request.POST.get("key", ""), since=since, until=until,
            by=person_of(request), at=clock.now(),
        )  # fmt: skip
    except LawbookRefused as refused:
        return shown(request, key, error=worded(refused))
    messages.success(request, gettext("The draft closes it from that day."))
    return redirect("change-set", key)


@require_POST
@for_roles(Role.LAW_EDITOR)
def drop(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one change out of the draft."""
    try:
        since = date.fromisoformat(request.POST.get("since", ""))
    except ValueError:
        raise Http404 from None
    try:
        services.drop_change(
            change_set=key,
            kind=request.POST.get("kind", ""),
            key=request.POST.get("key", ""),
            since=since,
            by=person_of(request),
        )
    except LawbookRefused as refused:
        return shown(request, key, error=worded(refused))
    messages.success(request, gettext("The change was taken out of the draft."))
    return redirect("change-set", key)
