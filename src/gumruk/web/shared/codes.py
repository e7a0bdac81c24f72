"""Code lists for the pickers: `/codes/country?q=точик` answers codes and names, the firm's own use first, paged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.declarations.used import Used, used_codes, used_goods
from gumruk.lawbook import searching
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.searching import Found
from gumruk.toolkit.sheets import whole_in
from gumruk.toolkit.text import folded
from gumruk.trust.types import Person, Role
from gumruk.web.visits import person_of, signed_in

PAGE = 20
PUBLIC = frozenset({"country", "currency", "goods", "unit", "package", "document", "previous_document", "office", "regime",
                    "preference", "transport_mode", "delivery_terms", "transaction_nature", "valuation_method",
                    "apportionment", "direction", "procedure"})  # fmt: skip
OF_A_FIELD = "form-"  # a field that takes a code of a list or one of its own


def found(name: str, text: str, language: str) -> list[Found]:
    """Rows of a list that answer the text, the best first. `form.FIELD`: the field's own codes, then those of its list."""
    if not name.startswith(OF_A_FIELD):
        return searching.index_of(name).find(text, language)
    field = lawbook.form().header.get(name.removeprefix(OF_A_FIELD))
    if field is None:
        return []
    wanted = folded(text.strip())
    choices = [Found(code, words.in_language(language)) for code, words in field.choices]
    own = [one for one in choices if one.code.startswith(wanted) or wanted in folded(one.name)]
    return own + (searching.index_of(field.picks).find(text, language) if field.picks else [])


def own(person: Person, name: str, text: str) -> list[Used]:
    """What the person's firms used lately and the text may mean: all of it while nothing is typed."""
    if not person.may(Role.BROKER) or not person.parties:
        return []
    rows = used_goods(person=person) if name == "goods" else used_codes(person=person, name=name, form=lawbook.form())
    wanted = folded(text.strip())
    digits = wanted.replace(" ", "")
    return [
        one
        for one in rows
        if folded(one.code).startswith(digits) or all(word in folded(one.words) for word in wanted.split())
    ]


@require_GET
@signed_in
def codes(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the rows that answer `q`: own ones first, marked, then those of the list."""
    if name not in PUBLIC and not name.startswith(OF_A_FIELD):
        return JsonResponse({"rows": [], "more": False}, status=404)
    start = whole_in(request.GET.get("start", "")) or 0
    language, text = get_language() or "en", request.GET.get("q", "")[:80]
    rows = found(name, text, language)
    mine = [] if start else own(person_of(request), name, text)[:5]
    shown = [_own_row(one, name, language) for one in mine]
    taken = {one.code for one in mine}
    page = [_row(one) for one in rows[start : start + PAGE] if one.code not in taken]
    return JsonResponse({"rows": [*shown, *page], "more": len(rows) > start + PAGE})


def _row(one: Found) -> dict[str, object]:
    row: dict[str, object] = {"code": one.code, "name": one.name}
    return {**row, "above": one.above[-2]} if len(one.above) > 1 else row


def _own_row(one: Used, name: str, language: str) -> dict[str, object]:
    return {"code": one.code, "name": one.words[:120] or name_of(name, one.code, language), "own": True}


def name_of(name: str, code: str, language: str) -> str:
    """The name of a code; of a goods code that the list does not have, the name of its subheading."""
    rows = {one.code: one.name for one in found(name, code[:6] if name == "goods" else code, language)[:40]}
    return rows.get(code) or (rows.get(code[:6], "") if name == "goods" else "")
