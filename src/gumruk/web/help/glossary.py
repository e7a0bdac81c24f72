"""The glossary: customs words in three languages side by side, in dictionary order, searched with folded letters."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.lawbook.helping import Term, glossary
from gumruk.toolkit.text import dictionary_key, folded
from gumruk.web.navigation import Link

ORDERS = {"tg": _("Tajik"), "ru": _("Russian"), "en": _("English")}


@require_GET
def words(request: HttpRequest) -> HttpResponse:
    """Every word, or those that have all of `q`; in the order of Tajik unless another is asked for."""
    asked, order = request.GET.get("q", "")[:80].strip(), request.GET.get("order", "tg")
    order = order if order in ORDERS else "tg"
    language, known = get_language() or "en", glossary()
    found = in_order(with_words(known.terms, asked), order)
    rows = [
        (
            term.words,
            term.meaning.in_language(language),
            known.sections[term.section].in_language(language),
            term.source,
        )
        for term in found
    ]
    orders = [Link(gettext(name), f"?order={code}&q={asked}", code == order) for code, name in ORDERS.items()]
    return render(request, "web/help/glossary.html", {"rows": rows, "asked": asked, "orders": orders, "order": order})


def with_words(terms: Iterable[Term], asked: str) -> list[Term]:
    """Terms in which every word asked for stands, in any of the three languages; `Хисор` finds `Ҳисор`."""
    wanted = folded(asked).split()
    return [term for term in terms if all(word in _text(term) for word in wanted)]


def in_order(terms: Iterable[Term], language: str) -> list[Term]:
    return sorted(terms, key=lambda term: (dictionary_key(term.words.in_language(language)), term.words.en))


def _text(term: Term) -> str:
    said = (term.words.tg, term.words.ru, term.words.en, term.meaning.tg, term.meaning.ru, term.meaning.en)
    return folded(" ".join(said))
