"""Totals of the items beside what the header declares: exact sums, the difference in words, the box where it is mended."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from gumruk.declarations.rows import cell
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.web.shared.controls import anchor
from gumruk.web.shared.layout import part_of

# Path in an item, field of the header that says the same (or none).
SUMMED = (
    ("packages", "packages_total"),
    ("gross_mass", "gross_mass_total"),
    ("net_mass", ""),
    ("price", "invoice_total"),
)
OPTIONAL = frozenset({"gross_mass_total"})  # the form does not ask for it: compared when a file brought it


@dataclass(frozen=True, slots=True)
class Total:
    """One sum. `state`: agrees, differs, empty (the header says nothing), alone (nothing to compare with)."""

    name: str
    label: str
    box: str
    found: str
    declared: str
    state: str
    words: str
    href: str
    unread: int


def totals(declaration: uuid.UUID, content: Content) -> tuple[Total, ...]:
    """The number of items, packages, masses and the invoice, each beside its box."""
    items: Sequence[Content] = content.get("items", [])
    language, form = get_language() or "en", lawbook.form()
    made = [_total(declaration, content, "items", "items_total", form.header["items_total"].label.in_language(language),
                   Decimal(len(items)), 0)]  # fmt: skip
    for name, header in SUMMED:
        label = (
            form.header[header].label if header else form.item[name].label
        ).in_language(language)  # fmt: skip
        found, unread = _sum(items, name)
        shown = header if header not in OPTIONAL or content.get(header) else ""
        made.append(_total(declaration, content, name, shown, label, found, unread))
    return tuple(made)


def summed(content: Content) -> dict[str, str]:
    """The totals of the header as the items have them; nothing for what is not there or cannot be read."""
    items: Sequence[Content] = content.get("items", [])
    made = {"items_total": str(len(items))}
    for name, header in SUMMED:
        found, unread = _sum(items, name)
        if header and found and not unread and (header not in OPTIONAL or content.get(header)):
            made[header] = f"{found:f}"
    return made


def _sum(items: Iterable[Content], name: str) -> tuple[Decimal, int]:
    """The sum and how many cells are no numbers."""
    total, unread = Decimal(0), 0
    for item in items:
        said = (
            [str(row.get("count") or "") for row in item.get("packages") or []]
            if name == "packages"
            else [cell(item, name)]
        )
        for text in said:
            number = _number(text)
            if number is not None:
                total += number
            elif text.strip():
                unread += 1
    return total, unread


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def _total(
    declaration: uuid.UUID, content: Content, name: str, header: str, label: str, found: Decimal, unread: int
) -> Total:
    form = lawbook.form()
    field = form.header.get(header)
    box = field.box if field else ""
    text = str(content.get(header) or "") if header else ""
    declared = _number(text)
    state = "alone" if not header else "empty" if not text else "agrees" if declared == found else "differs"
    href = ""
    if header:
        part = reverse("part", args=[declaration, part_of(form, header)])
        href = f"{part}#{anchor(header)}"
    values = {"found": shown(found), "box": box, "said": shown(declared) if declared is not None else text}
    return Total(
        name, label, box, values["found"], values["said"], state, _words(state, values, found, declared), href, unread
    )


def _words(state: str, values: dict[str, str], found: Decimal, declared: Decimal | None) -> str:
    if state == "agrees":
        return gettext("Agrees with box {box}.").format(**values)
    if state == "empty":
        return gettext("Box {box} is empty.").format(**values)
    if state == "differs" and declared is None:
        return gettext("Box {box} says “{said}”, which is no number.").format(**values)
    if state == "differs" and declared is not None:
        gap = shown(abs(found - declared))
        if found > declared:
            return gettext("Box {box} says {said}: the items have {gap} more.").format(**values, gap=gap)
        return gettext("Box {box} says {said}: the items have {gap} less.").format(**values, gap=gap)
    return ""


def shown(number: Decimal) -> str:
    """A number in the page's language, with the decimals it has."""
    plain = number.normalize()
    exponent = plain.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return str(number_format(plain, places, use_l10n=True, force_grouping=True))
