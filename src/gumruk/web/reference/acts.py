"""Legal acts: the list, and one act with everything in the law data that cites it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.law.types import LegalAct
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import Entry, Kind
from gumruk.toolkit.text import dictionary_key, folded
from gumruk.web.visits import signed_in

KINDS = {
    Kind.MEASURE: _("Rates"), Kind.FORMULA: _("Formulas"), Kind.PARAMETER: _("Parameters"), Kind.BRACKETS: _("Fee tables"),
    Kind.AREA: _("Country groups"), Kind.CODE: _("Code lists"), Kind.CHECK: _("Rules"), Kind.FIELD: _("Fields of the form"),
    Kind.MESSAGE: _("Messages"),
}  # fmt: skip
MOST = 100


@dataclass(frozen=True, slots=True)
class ActShown:
    """One act as a page shows it."""

    id: str
    title: str
    number: str
    signed_on: date | None
    confidence: str
    source: str
    note: str
    link: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What of one kind cites the act."""

    label: str
    count: int
    rows: tuple[tuple[str, str, Entry], ...]


def act_shown(act: LegalAct, language: str) -> ActShown:
    """An act in the page's language."""
    titles = {"tg": act.title.tg, "ru": act.title.ru, "en": act.title.en}
    return ActShown(
        act.id,
        act.title.in_language(language),
        act.number,
        act.signed_on,
        str(act.confidence),
        act.source,
        act.note,
        act.source if act.source.startswith(("https://", "http://")) else "",
        tuple((one, text) for one, text in titles.items() if one != language),
    )


@require_GET
@signed_in
def acts(request: HttpRequest) -> HttpResponse:
    """Every act, searched by number, title or id; newest first."""
    language, text = get_language() or "en", request.GET.get("text", "")[:80]
    wanted = folded(text).split()
    found = []
    for act in lawbook.snapshot().acts.values():
        said = folded(f"{act.id} {act.number} {act.title.tg} {act.title.ru} {act.title.en}")
        if all(word in said for word in wanted):
            found.append(act_shown(act, language))
    found.sort(key=lambda one: (-(one.signed_on or date.min).toordinal(), dictionary_key(one.title)))
    return render(request, "web/reference/acts.html", {"acts": found, "asked": {"text": text}})


@require_GET
@signed_in
def act(request: HttpRequest, name: str) -> HttpResponse:
    """One act and what cites it."""
    found = lawbook.act(name)
    if found is None:
        raise Http404
    cited: dict[str, list[tuple[str, str, Entry]]] = {}
    for entry in lawbook.snapshot().entries:
        whole, _sign, place = entry.cites.partition("#")
        if whole == name:
            cited.setdefault(entry.kind, []).append((entry.key.rstrip("/"), place, entry))
    groups = [
        Cited(gettext(label), len(cited[kind]), tuple(cited[kind][:MOST]))
        for kind, label in KINDS.items()
        if kind in cited
    ]
    context = {"act": act_shown(found, get_language() or "en"), "groups": groups, "most": MOST}
    return render(request, "web/reference/act.html", context)
