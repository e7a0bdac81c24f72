"""What nobody should have to type: totals that can be counted from the items, the firm that files, today's date."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from gumruk.declarations import selectors as declarations
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import State
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.trust.types import Person


def counted(content: Content) -> Content:
    """Content with boxes 3, 5 and 6 counted from its items. Packages that are no numbers leave box 6 as it stands."""
    items = content.get("items", [])
    made: Content = {**content, "items_total": str(len(items))}
    field = lawbook.form().header.get("forms_total")
    if field is not None and field.sheet_items is not None:
        first, following = field.sheet_items
        sheets = 1 + max(0, -(-(len(items) - first) // following))
        made |= {"forms_number": "1", "forms_total": str(sheets)}
    packages = _packages(items)
    return {**made, "packages_total": packages} if packages else made


def _packages(items: list[Content]) -> str:
    """The sum of packages as content keeps it; empty when there are none or one is no number."""
    said = [str(row.get("count") or "").strip() for item in items for row in item.get("packages") or []]
    try:
        total = sum((Decimal(text) for text in said if text), Decimal(0))
    except InvalidOperation:
        return ""
    return f"{total.normalize():f}" if total.is_finite() and total else ""


def known(person: Person, content: Content, day: date) -> Content:
    """Content with today's date, and the declarant when the person files for one firm; what stands is not touched."""
    made: Content = {**content, "declaration_date": content.get("declaration_date") or day.isoformat()}
    if not made.get("declarant_tin") and len(person.parties) == 1:
        made["declarant_tin"] = next(iter(person.parties))
    if made.get("declarant_tin") and not made.get("declarant_name"):
        made["declarant_name"] = _name_used(person, str(made["declarant_tin"]))
    return made


def _name_used(person: Person, tin: str) -> str:
    """The name under which the firm filed last; empty when it never did."""
    page = declarations.page(person=person, wanted=Filter(tuple(State)), after="", size=20)
    return next((row.declarant_name for row in page.rows if row.declarant_tin == tin and row.declarant_name), "")
