"""Known errors: one list made from the rules of the day, the faults of assessment and the refusals, never a copy of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.exchange.file_refusals import FILE_REFUSALS
from gumruk.exchange.refusals import REFUSALS
from gumruk.exchange.sheets.types import FAULTS
from gumruk.exchange.types import MESSAGES
from gumruk.exchange.wording import ASSESSMENT
from gumruk.law.types import Words
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.checks import CheckRule, message_for
from gumruk.rules.types import Finding
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import whole_in
from gumruk.toolkit.text import folded
from gumruk.web.admin_labels import REFUSALS as ADMINISTRATION
from gumruk.web.cash_labels import DESK_REFUSALS, DETAILS
from gumruk.web.help.pages import show
from gumruk.web.help.why import COMPUTED, DEGREES, KINDS, REFUSED
from gumruk.web.help.words import place_of
from gumruk.web.labels import SEVERITIES
from gumruk.web.navigation import Link

LANGUAGES = ("tg", "ru", "en")
GROUPS = {
    "rules": _("Rules"),
    "payments": _("Computing payments"),
    "refusals": _("Refusals"),
    "files": _("Files and sheets"),
    "desk": _("Cash desk and bank"),
    "acts": _("Administration"),
}
PAGE = 100
LEFT_OPEN = "…"  # stands where the value found will stand


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that the service may say is wrong. `why` and `degree` are marked for translation."""

    code: str
    group: str
    box: str
    words: Words
    why: str
    degree: str
    cites: str
    severity: str = ""
    field: str = ""
    passes: tuple[str, ...] = ()
    fails: tuple[str, ...] = ()


def known_errors(day: date) -> list[Known]:
    """Everything: rules by box, then what stops a computation, then refusals by code."""
    rules = sorted(lawbook.checks_on(day).rules, key=lambda rule: (place_of(rule.box), rule.code))
    return [*map(_of_rule, rules), *_others()]


def _of_rule(rule: CheckRule) -> Known:
    finding = Finding(rule.code, rule.severity, "", rule.box, LEFT_OPEN, LEFT_OPEN, rule.cites, {})
    words = Words(*(message_for(finding, rule, language) for language in LANGUAGES))
    return Known(
        rule.code, "rules", rule.box, words, KINDS.get(rule.kind, ""), DEGREES[str(rule.severity)], rule.cites,
        str(rule.severity), _field(rule), _samples(rule.passes), _samples(rule.fails),
    )  # fmt: skip


def _field(rule: CheckRule) -> str:
    """The path of the first such field, as help knows it; empty for a rule about rows."""
    if rule.definition is None:
        return ""
    group = rule.group.replace("items", "items/1", 1).replace(".", "/")
    return (
        rule.field
        if rule.group == "header"
        else f"{group}/{rule.field}"
        if group == "items/1"
        else f"{group}/1/{rule.field}"
    )


def _samples(said: Iterable[Any]) -> tuple[str, ...]:
    """Examples that are one value of the field; those of several fields would need the whole declaration."""
    return tuple(one for one in said if isinstance(one, str) and one.strip())[:4]


def _others() -> Iterator[Known]:
    for code, words in sorted(ASSESSMENT.items()):
        yield Known(code, "payments", _box(words), _open(words), COMPUTED, "", "")
    for group, worded in (("refusals", REFUSALS), ("files", FILE_REFUSALS), ("files", MESSAGES), ("files", FAULTS)):
        for code, words in sorted(worded.items()):
            yield Known(code, group, "", _open(words), REFUSED, "", "")
    for group, said in (("desk", {**DETAILS, **DESK_REFUSALS}), ("acts", ADMINISTRATION)):
        for code, msgid in sorted(said.items()):
            yield Known(code, group, "", _open(_translated(msgid)), REFUSED, "", "")


def _box(words: Words) -> str:
    """The box that the sentence begins with."""
    found = words.en.partition(":")[0].partition("Box ")[2].strip()
    return found if found and len(found) <= 2 else ""


class _LeftOpen(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return LEFT_OPEN


def _open(words: Words) -> Words:
    return Words(*(words.in_language(language).format_map(_LeftOpen()) for language in LANGUAGES))


def _translated(msgid: str) -> Words:
    said = []
    for language in LANGUAGES:
        with translation.override(language):
            said.append(gettext(msgid))
    return Words(*said)


@require_GET
def errors(request: HttpRequest) -> HttpResponse:
    """The list; `q` is searched in code, box and the words of three languages; `group` chooses one kind."""
    asked, group = request.GET.get("q", "")[:80].strip(), request.GET.get("group", "")
    every, language = with_words(known_errors(_today()), asked), get_language() or "en"
    chosen = [one for one in every if group not in GROUPS or one.group == group]
    page = min(max(whole_in(request.GET.get("page", "")) or 1, 1), max(1, -(-len(chosen) // PAGE)))
    rows = [
        (one, one.words.in_language(language), gettext(SEVERITIES[one.severity]) if one.severity else "")
        for one in chosen[(page - 1) * PAGE : page * PAGE]
    ]
    kept = {name: said for name, said in (("group", group), ("q", asked)) if said}
    context = {
        "rows": rows, "asked": asked, "groups": _groups(every, asked, group),
        "next": "?" + urlencode({**kept, "page": page + 1}) if page * PAGE < len(chosen) else "",
        "first": "?" + urlencode(kept) if page > 1 else "",
    }  # fmt: skip
    return render(request, "web/help/errors.html", context)


def _groups(every: list[Known], asked: str, chosen: str) -> list[Link]:
    links = [Link(gettext("All"), f"?q={asked}", chosen not in GROUPS, len(every))]
    for name, words in GROUPS.items():
        count = sum(1 for one in every if one.group == name)
        links.append(Link(gettext(words), f"?group={name}&q={asked}", chosen == name, count))
    return links


def with_words(every: Iterable[Known], asked: str) -> list[Known]:
    wanted = folded(asked).split()
    return [one for one in every if all(word in _text(one) for word in wanted)]


def _text(one: Known) -> str:
    return folded(f"{one.code} {one.box} {one.words.tg} {one.words.ru} {one.words.en}")


@require_GET
def error(request: HttpRequest, code: str) -> HttpResponse:
    """One code in three languages: why, what to do, citation, box. A code of two lists is shown with both."""
    found = [one for one in known_errors(_today()) if one.code == code]
    if not found:
        raise Http404
    back = reverse("help-errors")
    language = get_language() or "en"
    order = (language, *(other for other in LANGUAGES if other != language))
    shown = [(one, [(code, one.words.in_language(code)) for code in order]) for one in found]
    return show(request, "web/help/error.html", {"code": code, "found": shown, "back": back})


def _today() -> date:
    return clock.law_day(clock.now())
