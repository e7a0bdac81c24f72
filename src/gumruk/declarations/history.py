"""What is known of parties and goods from declarations before: plain figures, judged by nobody here.

Each question walks one index from the newest row back and stops at a limit, so that it stays fast at millions of rows.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from statistics import median

from django.db import connection

from gumruk.declarations.freezing import decimal_or_none, party_key
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import COUNT_LIMIT, Lane, PartyHistory, PastDeclaration, PriceRange, State
from gumruk.rules.form import Content
from gumruk.trust.types import Person, Role

SHOWN = 5  # the last declarations that are listed
MOST_GOODS = 12  # pairs of goods code and origin that are looked at
MOST_PRICES = 200  # earlier items of each pair
_CENTS = Decimal("0.01")
_READ = (
    "id",
    "office",
    "registration",
    "state",
    "lane",
    "goods",
    "registered_at",
    "released_at",
    "discrepancies",
    "amendments",
)

_PRICES = """
SELECT wanted.code, wanted.origin, wanted.currency, before.price / before.net_mass
FROM unnest(%s::text[], %s::text[], %s::text[]) AS wanted (code, origin, currency)
CROSS JOIN LATERAL (
  SELECT item.root, item.version, item.currency, item.price, item.net_mass
  FROM declarations_item AS item
  WHERE item.goods_code = wanted.code AND item.origin_country = wanted.origin AND item.id < %s AND item.root <> %s
  ORDER BY item.id DESC LIMIT %s
) AS before
JOIN declarations_declaration AS said ON said.id = before.root AND said.version = before.version
WHERE before.currency = wanted.currency AND before.net_mass > 0 AND before.price > 0
  AND said.registered_at IS NOT NULL AND NOT said.sandbox
"""


def of_parties(*, declaration: uuid.UUID, content: Content, person: Person) -> dict[str, PartyHistory]:
    """The history of consignee, exporter and declarant before this declaration; one query each, none for who is not named."""
    keys = {
        "consignee": ("consignee_key", party_key(content, "consignee")),
        "exporter": ("exporter_key", party_key(content, "exporter")),
        "declarant": ("declarant_tin", str(content.get("declarant_tin", ""))),
    }
    return {party: _history(column, key, declaration, person) for party, (column, key) in keys.items() if key}


def _history(column: str, key: str, before: uuid.UUID, person: Person) -> PartyHistory:
    found = list(
        Declaration.objects.filter(**{column: key}, id__lt=before, sandbox=False, registered_at__isnull=False)
        .order_by("-id")
        .values(*_READ)[: COUNT_LIMIT + 1]
    )
    rows = found[:COUNT_LIMIT]
    last = tuple(
        PastDeclaration(
            row["id"], row["registration"], State(row["state"]), Lane(row["lane"]) if row["lane"] else None, row["goods"],
            row["registered_at"], any(person.may(role, row["office"]) for role in (Role.OFFICER, Role.SUPERVISOR)),
        )
        for row in rows[:SHOWN]
    )  # fmt: skip
    return PartyHistory(
        declarations=len(rows),
        released=sum(row["released_at"] is not None for row in rows),
        with_discrepancy=sum(row["discrepancies"] > 0 for row in rows),
        amended=sum(row["amendments"] > 0 for row in rows),
        more=len(found) > COUNT_LIMIT,
        since=rows[-1]["registered_at"] if rows else None,
        last=last,
    )


def price_ranges(*, declaration: uuid.UUID, content: Content) -> tuple[PriceRange, ...]:
    """Prices of a kilogram of the same goods code, origin and currency before, beside what is said here; one query."""
    currency = str(content.get("currency", ""))
    here = _here(content.get("items", []))
    if not here or not currency:
        return ()
    codes, origins = [code for code, _ in here], [origin for _, origin in here]
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, [codes, origins, [currency] * len(here), declaration, declaration, MOST_PRICES])
        rows = cursor.fetchall()
    return tuple(
        _range(code, origin, currency, own, [price for c, o, _, price in rows if (c, o) == (code, origin)])
        for (code, origin), own in here.items()
    )


def _here(items: Iterable[Content]) -> dict[tuple[str, str], Decimal | None]:
    """Goods code and origin → price of a kilogram over all items of this declaration that share them."""
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for item in items:
        pair = (str(item.get("goods_code", "")), str(item.get("item_origin_country", "")))
        price = decimal_or_none(str(item.get("price", "")), 15, 2)
        mass = decimal_or_none(str(item.get("net_mass", "")), 14, 6)
        if all(pair) and price and mass:
            before = sums.get(pair, (Decimal(0), Decimal(0)))
            sums[pair] = (before[0] + price, before[1] + mass)
    return {pair: (price / mass).quantize(_CENTS) for pair, (price, mass) in list(sums.items())[:MOST_GOODS]}


def _range(code: str, origin: str, currency: str, here: Decimal | None, before: list[Decimal]) -> PriceRange:
    if not before:
        return PriceRange(code, origin, currency, here, None, None, None, 0)
    lowest, middle, highest = (one.quantize(_CENTS) for one in (min(before), median(before), max(before)))
    return PriceRange(code, origin, currency, here, lowest, middle, highest, len(before))
