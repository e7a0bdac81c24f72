"""Who takes part in a declaration, what they declared before, and prices of the same goods before: figures, no judgement."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations import history
from gumruk.declarations.types import DeclarationView
from gumruk.trust.types import Person
from gumruk.web.shared.controls import Sheet

PARTIES = {"consignee": _("Consignee"), "exporter": _("Exporter"), "declarant": _("Declarant")}


def parties(seen: DeclarationView, person: Person) -> dict[str, Any]:
    """Who takes part, what they declared before, and prices of the same goods before: figures only."""
    sheet = Sheet(get_language() or "en")
    histories = history.of_parties(declaration=seen.id, content=seen.content, person=person)
    named = [
        {
            "title": gettext(title),
            "name": seen.content.get(f"{party}_name", ""),
            "tin": seen.content.get(f"{party}_tin", ""),
            "place": " · ".join(
                text
                for text in (
                    sheet.name_of("country", str(seen.content.get(f"{party}_country", ""))),
                    str(seen.content.get(f"{party}_address", "")),
                )
                if text
            ),
            "history": histories.get(party),
        }
        for party, title in PARTIES.items()
    ]
    prices = [
        {"range": one, "goods": sheet.name_of("goods", one.goods_code), "origin": sheet.name_of("country", one.origin)}
        for one in history.price_ranges(declaration=seen.id, content=seen.content)
    ]
    return {"parties": named, "prices": prices}
