"""How costs of the header are shared among the items: the exact parts, what they are shared by, and the sum that agrees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.clearance import services as clearance
from gumruk.declarations.types import DeclarationView
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.duty import Addition, ItemValue
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import whole_in
from gumruk.web.shared.seen import of_declaration

PAGE = 100
ADDITIONS = ("external_freight", "insurance", "other_costs", "deductions")
ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Cost:
    """One cost of the header: what was declared, in TJS, and what its parts come to."""

    name: str
    label: str
    original: Decimal
    currency: str
    exchange: Decimal
    whole: Decimal
    parts: Decimal

    @property
    def agrees(self) -> bool:
        return self.whole == self.parts


@dataclass(frozen=True, slots=True)
class Share:
    """One item: its invoice price, its basis, its part of each cost, its value, all in TJS but the basis."""

    number: int
    title: str
    basis: str
    invoice: Decimal | None
    parts: tuple[Decimal | None, ...]
    value: Decimal
    method: str


@require_GET
@of_declaration
def shares(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The items with their parts, a page at a time, under the totals of all."""
    content = seen.content
    made = clearance.check(content=content, at=clock.now()).assessment
    costs = _costs(made.items)
    by_weight = content.get("apportionment") == "WEIGHT"
    page = min(max(whole_in(request.GET.get("page", "")) or 1, 1), max(1, -(-len(made.items) // PAGE)))
    rows = [_share(one, content, costs, by_weight=by_weight) for one in made.items[(page - 1) * PAGE : page * PAGE]]
    context = {
        "seen": seen,
        "costs": costs,
        "rows": rows,
        "value": made.value,
        "invoice": sum((one.amount for item in made.items for one in item.rows if one.kind == "invoice"), ZERO),
        "by_weight": by_weight,
        "method": _method(by_weight=by_weight),
        "method_href": f"{reverse('part', args=[seen.id, 'valuation'])}#f-apportionment",
        "count": len(made.items),
        "page": page,
        "next": f"?page={page + 1}" if page * PAGE < len(made.items) else "",
        "first": "?page=1" if page > 1 else "",
        "complete": made.complete,
    }
    return render(request, "web/broker/shares.html", context)


def _method(*, by_weight: bool) -> str:
    if by_weight:
        return gettext(
            "Costs are shared by gross mass (box 35), exactly: what is left over goes to the largest remainders."
        )
    return gettext("Costs are shared by price (box 42), exactly: what is left over goes to the largest remainders.")


def _costs(items: tuple[ItemValue, ...]) -> tuple[Cost, ...]:
    form, language = lawbook.form(), get_language() or "en"
    found = []
    for name in ADDITIONS:
        rows = [one for item in items for one in item.rows if one.kind == name]
        if rows:
            first = rows[0]
            label = form.header[name].label.in_language(language)
            whole = first.whole if first.whole is not None else ZERO
            parts = sum((one.amount for one in rows), ZERO)
            found.append(Cost(name, label, first.original, first.currency, first.exchange, whole, parts))
    return tuple(found)


def _share(item: ItemValue, content: Content, costs: tuple[Cost, ...], *, by_weight: bool) -> Share:
    said = content["items"][item.item - 1]
    return Share(
        item.item,
        str(said.get("description", "")),
        str(said.get("gross_mass" if by_weight else "price", "")),
        _amount(item.rows, "invoice"),
        tuple(_amount(item.rows, cost.name) for cost in costs),
        item.value,
        item.method,
    )


def _amount(rows: tuple[Addition, ...], kind: str) -> Decimal | None:
    found = [one.amount for one in rows if one.kind == kind]
    return sum(found, ZERO) if found else None
