"""Turns content into the rows of a frozen version: items, packages, containers, documents, previous documents."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from gumruk.declarations.models import Container, Declaration, Document, Item, Package, PreviousDocument
from gumruk.rules.form import Content
from gumruk.toolkit import rows
from gumruk.toolkit.text import folded


def decimal_or_none(text: str, digits: int, scale: int) -> Decimal | None:
    """The number that `text` says when a column of `digits` before and `scale` after the point can hold it."""
    try:
        number = Decimal(text)
    except (InvalidOperation, TypeError):
        return None
    if not number.is_finite() or abs(number) >= Decimal(10) ** digits:
        return None
    return number.quantize(Decimal(1).scaleb(-scale))


def date_or_none(text: str) -> date | None:
    """The ISO date that `text` says, if it says one."""
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        return None


def write_rows(declaration: Declaration, version: int, content: Content) -> None:
    """Write the rows of one version; what a column cannot hold, findings name."""
    common = {
        "root": declaration.id,
        "office": declaration.office,
        "month": declaration.month,
        "version": version,
    }
    rows.add(
        *(
            row
            for number, item in enumerate(content.get("items", []), start=1)
            for row in _rows_of_item(common, number, item, str(content.get("currency", ""))[:3])
        )
    )


def _rows_of_item(common: dict[str, Any], number: int, item: dict[str, Any], currency: str) -> Iterable[models.Model]:
    yield Item(
        **common,
        number=number,
        goods_code=item.get("goods_code", "")[:10],
        origin_country=item.get("item_origin_country", "")[:2],
        procedure=item.get("procedure", "")[:4],
        preference=item.get("preference", "")[:20],
        description=item.get("description", ""),
        gross_mass=decimal_or_none(item.get("gross_mass", ""), 14, 6),
        net_mass=decimal_or_none(item.get("net_mass", ""), 14, 6),
        price=decimal_or_none(item.get("price", ""), 15, 2),
        currency=currency,
    )
    part = {**common, "item": number}
    for row in item.get("packages", []):
        yield Package(
            **part,
            kind=row.get("kind", "")[:17],
            count=decimal_or_none(row.get("count", ""), 8, 3),
            marks=row.get("marks", "")[:70],
        )
    for row in item.get("containers", []):
        yield Container(**part, number=row.get("number", "")[:17], size_type=row.get("size_type", "")[:4])
    for row in item.get("documents", []):
        yield Document(
            **part,
            kind=row.get("kind", "")[:17],
            number=row.get("number", "")[:70],
            date=date_or_none(row.get("date", "")),
        )
    for row in item.get("previous_documents", []):
        previous = row.get("item", "")
        yield PreviousDocument(
            **part,
            kind=row.get("kind", "")[:17],
            reference=row.get("reference", "")[:70],
            previous_item=int(previous) if previous.isascii() and previous.isdigit() and len(previous) < 6 else None,
        )


def listed_facts(content: Content, registration: str = "") -> dict[str, Any]:
    """The few facts that lists show, taken from content; its number once it has one."""
    items = content.get("items", [])
    first = items[0].get("description", "") if items else ""
    return {
        "direction": content.get("direction", "")[:2],
        "regime": content.get("regime", "")[:20],
        "reference": content.get("reference", "")[:35],
        "declarant_name": content.get("declarant_name", "")[:175],
        "consignee_name": content.get("consignee_name", "")[:175],
        "consignee_key": party_key(content, "consignee"),
        "exporter_key": party_key(content, "exporter"),
        "goods": first[:200],
        "items": len(items),
        "search": search_text(content, registration),
    }


def party_key(content: Content, party: str) -> str:
    """What a party is known by across declarations: its taxpayer number, else its name without case and Tajik letters."""
    return (content.get(f"{party}_tin") or folded(content.get(f"{party}_name", "")))[:60]


# What is searched of the header and of each item; documents and containers are rows of an item.
SEARCHED = ("reference", "manifest_reference", "consignee_name", "consignee_tin", "exporter_name", "exporter_tin",
            "declarant_name", "border_transport_identity", "arrival_transport_identity", "seals_identity",
            "guarantee_reference")  # fmt: skip
SEARCHED_ITEM = ("goods_code", "description", "commercial_description", "vehicle_vin", "licence_number")
SEARCHED_ROWS = (("containers", "number"), ("documents", "number"), ("previous_documents", "reference"))


def search_text(content: Content, registration: str = "") -> str:
    """What a person may look for: numbers, parties, transport, goods; folded, so that `Хисор` finds `Ҳисор`."""
    words = [registration, *(content.get(name, "") for name in SEARCHED)]
    for item in content.get("items", [])[:50]:
        words += [item.get(name, "")[:120] for name in SEARCHED_ITEM]
        words += [row.get(name, "") for group, name in SEARCHED_ROWS for row in item.get(group) or []]
    return folded(" ".join(dict.fromkeys(word for word in words if word)))[:6000]


def part_of(declaration: Declaration) -> dict[str, uuid.UUID | str | date]:
    """What every row of the aggregate carries."""
    return {"root": declaration.id, "office": declaration.office, "month": declaration.month}
