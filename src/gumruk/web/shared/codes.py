"""Code lists for the pickers: `/codes/country?q=точик` answers codes and names, folded and paged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.sheets import whole_in
from gumruk.toolkit.text import folded
from gumruk.web.visits import signed_in

PAGE = 20
PUBLIC = frozenset({"country", "currency", "goods", "unit", "package", "document", "previous_document", "office", "regime",
                    "preference", "transport_mode", "delivery_terms", "transaction_nature", "valuation_method",
                    "apportionment", "direction"})  # fmt: skip


def rows_of(name: str, language: str) -> tuple[tuple[str, str], ...]:
    """The rows of a list. Goods: the codes of the tariff, then the six-digit headings of the Harmonized System."""
    if name.startswith("form."):  # a field that takes a code of a list or one of its own
        field = lawbook.form().header.get(name.removeprefix("form."))
        own = [(code, words.in_language(language)) for code, words in field.choices] if field else []
        return (*own, *(lawbook.codes(field.picks, language) if field and field.picks else ()))
    if name != "goods":
        return lawbook.codes(name, language)
    return (*lawbook.codes("goods", language), *lawbook.codes("hs6", language))


def found(name: str, text: str, language: str) -> list[tuple[str, str]]:
    """Rows whose code starts with the text, then rows whose name has every word of it."""
    wanted = folded(text.strip())
    rows = rows_of(name, language)
    if not wanted:
        return list(rows)
    first = [row for row in rows if folded(row[0]).startswith(wanted.replace(" ", ""))]
    words = wanted.split()
    chosen = {code for code, _ in first}
    return first + [row for row in rows if row[0] not in chosen and all(word in folded(row[1]) for word in words)]


@require_GET
@signed_in
def codes(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the rows that answer `q`."""
    if name not in PUBLIC and not name.startswith("form."):
        return JsonResponse({"rows": [], "more": False}, status=404)
    start = whole_in(request.GET.get("start", "")) or 0
    rows = found(name, request.GET.get("q", "")[:80], get_language() or "en")
    page = [{"code": code, "name": words} for code, words in rows[start : start + PAGE]]
    return JsonResponse({"rows": page, "more": len(rows) > start + PAGE})
