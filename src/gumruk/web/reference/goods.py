"""Goods codes as a tree and one by one: the path in three languages, what the law of a day asks of them, with citations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.law.day import Law, LawRefused
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import PROBLEMS, Condition, Rate, rating_of
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import day_in
from gumruk.web.shared.working import Act, act
from gumruk.web.visits import signed_in

LEVELS = (("hs_chapter", 2), ("hs_heading", 4), ("hs6", 6), ("goods", 10))
CARRIED = ("to", "path", "back", "origin", "regime", "day")


@dataclass(frozen=True, slots=True)
class Node:
    """One level of the tree: its code and its names in the three languages."""

    code: str
    name: str
    names: tuple[tuple[str, str], ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RateShown:
    """One payment kind of the code: a rate, or in words why there is none."""

    rate: Rate
    problem: str
    acts: tuple[Act, ...]

    @property
    def demo(self) -> bool:
        return any(cite.partition("#")[0] == "demo" for cite in self.rate.cites)


@dataclass(frozen=True, slots=True)
class ConditionShown:
    condition: Condition
    act: Act


def row_of(code: str, day: date | None = None) -> dict[str, Any]:
    """The row of a code of any level, with its list; empty when there is none."""
    for name, length in LEVELS:
        if len(code) == length:
            found = lawbook.code_rows(name, day).get(code)
            return {**found, "list": name} if found else {}
    return {}


def node_of(code: str, row: dict[str, Any], language: str) -> Node:
    names = [(one, str(row.get(one) or "")) for one in ("tg", "ru", "en") if one != language]
    english_only = row.get("named") == "en"
    return Node(
        code,
        str(row.get(language) or row.get("en") or ""),
        () if english_only else tuple(names),
        str(row.get("list", "")),
    )


def path_to(code: str, language: str) -> list[Node]:
    """Section, chapter, heading, subheading and the code itself, as far as they are known."""
    path = []
    chapter = lawbook.code_rows("hs_chapter").get(code[:2])
    section = str(chapter.get("section", "")) if chapter else ""
    said = lawbook.code_rows("hs_section").get(section)
    if said:
        path.append(node_of(section, {**said, "list": "hs_section"}, language))
    for _, length in LEVELS:
        if len(code) >= length:
            row = row_of(code[:length])
            if row:
                path.append(node_of(code[:length], row, language))
    return path


def below(code: str, language: str) -> list[Node]:
    """The codes one level down; of nothing, the sections; of a section, its chapters."""
    if not code:
        first: dict[str, str] = {}  # sections in the order of their chapters: Roman numbers do not sort
        for chapter, row in sorted(lawbook.code_rows("hs_chapter").items()):
            first.setdefault(str(row.get("section", "")), chapter)
        sections = sorted(lawbook.code_rows("hs_section").items(), key=lambda one: (first.get(one[0], "99"), one[0]))
        return [node_of(one, {**row, "list": "hs_section"}, language) for one, row in sections]
    if not code.isdigit():
        rows = lawbook.code_rows("hs_chapter")
        return [node_of(one, dict(row), language) for one, row in sorted(rows.items()) if row.get("section") == code]
    name = next((name for name, length in LEVELS if length > len(code)), "")
    rows = lawbook.code_rows(name) if name else {}
    return [node_of(one, dict(row), language) for one, row in sorted(rows.items()) if one.startswith(code)]


def law_of(day: date) -> Law | None:
    """The law of a day; None when it does not reach that day."""
    try:
        return lawbook.on(day)
    except LawRefused:
        return None


def facts_of(code: str, day: date, origin: str, regime: str) -> dict[str, Any]:
    """What the law of a day asks of a code: rates, conditions, unit; what is not known is said, never left out."""
    language, law = get_language() or "en", law_of(day)
    row = row_of(code) or row_of(code[:6])
    facts: dict[str, Any] = {"code": code, "day": day, "origin": origin, "regime": regime, "law": law is not None}
    facts["unit"] = str(row.get("unit", ""))
    facts["unit_name"] = str(lawbook.code_rows("unit").get(facts["unit"], {}).get(language, ""))
    if law is None:
        return facts
    made = rating_of(law, code, origin=origin, regime=regime)
    deeper = {one.code for one in law.every_measure() if len(one.code) > len(code) and one.code.startswith(code)}
    facts["rates"] = [_rate(one, language) for one in made.rates]
    facts["conditions"] = [ConditionShown(one, act(one.cites)) for one in made.conditions]
    facts["documents"] = sorted({kind for one in made.conditions for kind in one.documents})
    facts["deeper"] = sorted(deeper)
    return facts


def _rate(rate: Rate, language: str) -> RateShown:
    words = PROBLEMS[rate.problem].in_language(language).format(**dict(rate.values)) if rate.problem else ""
    return RateShown(rate, words, tuple(act(cite) for cite in dict.fromkeys(rate.cites)))


def asked_in(request: HttpRequest) -> tuple[date, str, str]:
    """Day, origin and regime that a page asks about; today and the free circulation when it does not say."""
    said = request.GET
    day = day_in(said.get("day", "")) or clock.law_day(clock.now())
    origin = said.get("origin", "").strip().upper()[:2]
    regime = said.get("regime", "") or "FREE_CIRC"
    return day, origin, regime if regime in lawbook.code_rows("regime") else "FREE_CIRC"


@require_GET
@signed_in
def facts(request: HttpRequest) -> HttpResponse:
    """What stands under the field of a goods code while it is chosen."""
    code = request.GET.get("code", "").replace(" ", "")[:10]
    if not code.isdigit() or not code.isascii() or len(code) < 6:
        return HttpResponse("")
    day, origin, regime = asked_in(request)
    language = get_language() or "en"
    context = {**facts_of(code, day, origin, regime), "tree": path_to(code, language)}
    return render(request, "web/reference/goods_facts.html", context)


@require_GET
@signed_in
def goods(request: HttpRequest, code: str = "") -> HttpResponse:
    """One level of the tree with what lies below it, and for a code of six digits or more its rates."""
    language = get_language() or "en"
    section = bool(code) and not code.isdigit()
    if section and code not in lawbook.code_rows("hs_section"):
        raise Http404
    if code.isdigit() and not (row_of(code) or (len(code) > 6 and row_of(code[:6]))):
        raise Http404
    day, origin, regime = asked_in(request)
    said = lawbook.code_rows("hs_section").get(code, {}) if section else {}
    path = (
        [node_of(code, {**said, "list": "hs_section"}, language)]
        if section
        else path_to(code, language)
        if code
        else []
    )
    carried = {name: request.GET[name] for name in CARRIED if request.GET.get(name)}
    context: dict[str, Any] = {
        "code": code,
        "tree": path,
        "here": path[-1] if path else None,
        "known": bool(row_of(code)) or section or not code,
        "below": below(code, language),
        "carried": f"?{urlencode(carried)}" if carried else "",
        "choosing": carried if carried.get("to") else {},
        "regimes": [(one, str(row.get(language) or row["en"])) for one, row in lawbook.code_rows("regime").items()],
        "said_day": request.GET.get("day", ""),
    }
    if code.isdigit() and len(code) >= 6:
        context |= facts_of(code, day, origin, regime)
    return render(request, "web/reference/goods.html", context)
