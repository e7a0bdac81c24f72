"""The browser of code lists: every row with three names, period, source and confidence; searched without mistakes of keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import Entry
from gumruk.toolkit.sheets import day_in, whole_in
from gumruk.toolkit.text import dictionary_key, folded
from gumruk.web.reference.labels import ATTRIBUTES, LISTS, VALUES
from gumruk.web.visits import signed_in

PAGE = 50
FIRST = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class ListShown:
    """One list in the index."""

    name: str
    title: str
    count: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class RowShown:
    """One row of a list."""

    code: str
    name: str
    others: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, str], ...]
    note: str
    since: date | None
    until: date | None
    source: str
    confidence: str
    cites: str
    english_only: bool


@require_GET
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Every list with how many rows it has and how many of them are confirmed."""
    shown = []
    for name in lawbook.code_list_names():
        rows = lawbook.code_entries(name)
        confirmed = sum(1 for row in rows if row.confidence == "confirmed")
        shown.append(ListShown(name, title_of(name), len(rows), confirmed))
    shown.sort(key=lambda one: dictionary_key(one.title))
    return render(request, "web/reference/index.html", {"lists": shown})


def title_of(name: str) -> str:
    """The name of a list in the page's language."""
    return gettext(LISTS[name]) if name in LISTS else name


@require_GET
@signed_in
def listed(request: HttpRequest, name: str) -> HttpResponse:
    """One page of a list, in dictionary order, with what was searched."""
    asked_day, text = request.GET.get("day", ""), request.GET.get("text", "")[:80]
    day = day_in(asked_day)
    entries = lawbook.code_entries(name, day)
    if not entries and name not in lawbook.code_list_names():
        raise Http404
    language = get_language() or "en"
    found = ordered([entry for entry in entries if fits(entry, text)], language)
    page = min(max(whole_in(request.GET.get("page", "")) or 1, 1), max(1, -(-len(found) // PAGE)))
    rows = [shown(entry, language) for entry in found[(page - 1) * PAGE : page * PAGE]]
    asked = {key: said for key, said in (("text", text), ("day", asked_day)) if said}
    context = {
        "name": name,
        "title": title_of(name),
        "rows": rows,
        "asked": {"text": text, "day": asked_day},
        "wrong_day": bool(asked_day and day is None),
        "count": len(found),
        "from": (page - 1) * PAGE + 1 if rows else 0,
        "to": (page - 1) * PAGE + len(rows),
        "first": "?" + urlencode(asked) if page > 1 else "",
        "next": "?" + urlencode({**asked, "page": page + 1}) if page * PAGE < len(found) else "",
    }
    return render(request, "web/reference/list.html", context)


def code_of(entry: Entry) -> str:
    """The code of a row: what follows the list's name in its key."""
    return entry.key.partition("/")[2]


def fits(entry: Entry, text: str) -> bool:
    """Whether the code begins with the text, or its names hold every word of it, however they were typed."""
    wanted = folded(text).split()
    if not wanted:
        return True
    code = folded(code_of(entry))
    if code.startswith("".join(wanted)):
        return True
    names = folded(" ".join(str(entry.body.get(language, "")) for language in ("tg", "ru", "en")))
    return all(word in names for word in wanted)


def ordered(entries: list[Entry], language: str) -> list[Entry]:
    """By number when codes are numbers, else as a dictionary of the language has the names."""
    if all(code_of(entry).isdigit() for entry in entries):
        return sorted(entries, key=code_of)
    return sorted(entries, key=lambda entry: (dictionary_key(str(entry.body.get(language, ""))), entry.key))


def shown(entry: Entry, language: str) -> RowShown:
    """A row as the page shows it."""
    body = entry.body
    others = tuple((one, str(body[one])) for one in ("tg", "ru", "en") if one != language and body.get(one))
    return RowShown(
        code_of(entry),
        str(body.get(language) or body.get("en", "")),
        () if body.get("named") == "en" else others,
        tuple(_attributes(body)),
        str(body.get("note", "")),
        None if entry.since <= FIRST else entry.since,
        entry.until,
        entry.source,
        str(entry.confidence),
        entry.cites.partition("#")[0],
        body.get("named") == "en",
    )


def _attributes(body: Mapping[str, object]) -> list[tuple[str, str]]:
    """What the row says beside its names, in the order of our words for it."""
    said = []
    for key, label in ATTRIBUTES.items():
        value = str(body.get(key, ""))
        if value:
            said.append((gettext(label), gettext(VALUES[value]) if value in VALUES else value))
    return said
