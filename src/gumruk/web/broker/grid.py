"""The item grid as a page shows it: some of the items, some of their fields, faults in cells, totals beside the header.

A page of fifty rows is made on the server however many items there are; the browser never holds more.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from gumruk.clearance import services as clearance
from gumruk.declarations.rows import cell as said_in
from gumruk.exchange.sheets.pasting import Target
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.rules.types import Finding, Severity
from gumruk.web.broker.totals import Total, totals
from gumruk.web.shared.controls import Control, Sheet, by_path
from gumruk.web.shared.layout import GRID

SIZES = (50, 100, 200)
COOKIE = "gumruk_columns"
ALWAYS = "goods_code"
FIRST_LISTS = ("packages", "documents")  # the first row of these may stand in the grid
HIDDEN = frozenset({"item_number"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its path in an item, and how its cells look."""

    target: Target
    label: str
    look: str

    @property
    def path(self) -> str:
        return self.target.path

    @property
    def box(self) -> str:
        return self.target.field.box


@dataclass(frozen=True, slots=True)
class Row:
    """One item."""

    number: int
    href: str
    cells: tuple[tuple[Column, Control], ...]
    faults: int
    title: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of the grid is asked for."""

    page: int = 1
    size: int = SIZES[0]
    columns: tuple[str, ...] = GRID

    @property
    def numbers(self) -> range:
        """The items that this part shows, were there enough of them."""
        return range((self.page - 1) * self.size + 1, self.page * self.size + 1)


@dataclass(frozen=True)
class Grid:
    """What the template needs."""

    declaration: uuid.UUID
    columns: tuple[Column, ...]
    choices: tuple[tuple[Column, bool], ...]
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    place: Place
    count: int
    pages: int
    here: str
    showing: bool

    sizes = SIZES

    @property
    def first(self) -> int:
        return (self.place.page - 1) * self.place.size + 1

    @property
    def last(self) -> int:
        return min(self.first + self.place.size - 1, self.count)

    @property
    def links(self) -> list[tuple[int, str]]:
        """The pages near this one, the first and the last."""
        here, last = self.place.page, self.pages
        near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
        return [(page, self.address(page)) for page in near]

    def address(self, page: int) -> str:
        """The address of another page of the same grid."""
        start = reverse("form" if self.here == "form" else "items", args=[self.declaration])
        check = "&check=1" if self.showing else ""
        return f"{start}?page={page}&size={self.place.size}{check}#grid"

    @property
    def previous(self) -> str:
        return self.address(self.place.page - 1) if self.place.page > 1 else ""

    @property
    def following(self) -> str:
        return self.address(self.place.page + 1) if self.place.page < self.pages else ""


def targets() -> dict[str, Target]:
    """Every column that there may be, by path."""
    form = lawbook.form()
    found = {name: Target(name, field) for name, field in form.item.items() if name not in HIDDEN}
    for group in FIRST_LISTS:
        for name, field in form.item_lists[group].fields.items():
            found[f"{group}/1/{name}"] = Target(f"{group}/1/{name}", field)
    return found


def place_in(request: HttpRequest, said: Mapping[str, str] | None = None) -> Place:
    """The part of the grid that a request names; whatever it says wrong is the ordinary."""
    given: Mapping[str, str] = request.GET if said is None else said
    page, size = given.get("page", ""), given.get("size", "")
    known = targets()
    kept = [path for path in request.COOKIES.get(COOKIE, "").split("|") if path in known]
    return Place(
        int(page) if page.isdigit() and len(page) < 6 else 1,
        int(size) if size in {str(one) for one in SIZES} else SIZES[0],
        tuple(dict.fromkeys(kept)) or GRID,
    )


def make_grid(
    declaration: uuid.UUID,
    content: Content,
    place: Place,
    *,
    here: str = "items",
    at: datetime,
    findings: Iterable[Finding] | None = None,
) -> Grid:
    """The grid of a draft. Without `findings` of a whole check, only what is typed wrong on this page is marked."""
    language = get_language() or "en"
    items: Sequence[Content] = content.get("items", [])
    pages = max(1, -(-len(items) // place.size))
    place = Place(min(max(place.page, 1), pages), place.size, place.columns)
    numbers = range((place.page - 1) * place.size + 1, min(place.page * place.size, len(items)) + 1)
    showing = findings is not None
    if findings is None:
        findings = typed_wrong(content, numbers, at)
    faults = by_path(findings)
    sheet = Sheet(language, faults)
    known = targets()
    columns = tuple(_column(known[path], language) for path in place.columns)
    wrong = _wrong_rows(faults) if showing else {}
    start = reverse("declaration", args=[declaration])
    rows = tuple(
        Row(
            number,
            f"{start}/items/{number}{'?check=1' if showing else ''}",
            tuple((one, _control(sheet, one, items[number - 1], number)) for one in columns),
            wrong.get(number, 0),
            str(items[number - 1].get("description", "")),
        )
        for number in numbers
    )
    choices = tuple((_column(target, language), path in place.columns) for path, target in known.items())
    return Grid(
        declaration, columns, choices, rows, totals(declaration, content), place, len(items), pages, here, showing
    )


def typed_wrong(content: Content, numbers: Iterable[int], at: datetime) -> list[Finding]:
    """The faults of cells in which something stands: what is still empty is asked for when the draft is checked."""
    items = content.get("items", [])
    found = clearance.check_rows(content=content, rows=list(numbers), at=at)
    return [one for one in found if one.severity is Severity.ERROR and _stands(items, one.path)]


def _stands(items: Sequence[Content], path: str) -> bool:
    _, number, rest = path.split("/", 2)
    return bool(said_in(items[int(number) - 1], rest))


def _wrong_rows(faults: Mapping[str, tuple[Finding, ...]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for path, said in faults.items():
        parts = path.split("/", 2)
        if parts[0] == "items" and len(parts) > 1 and parts[1].isdigit():
            count = sum(1 for one in said if one.severity is Severity.ERROR)
            if count:
                found[int(parts[1])] = found.get(int(parts[1]), 0) + count
    return found


def _column(target: Target, language: str) -> Column:
    field, group = target.field, target.path.partition("/1/")[0]
    label = field.label.in_language(language)
    if "/1/" in target.path and group != "packages":
        label = f"{lawbook.form().item_lists[group].label.in_language(language)}: {label}"
    look = "goods" if field.list == "goods" else "number" if field.kind in ("decimal", "integer") else "wide"
    if look == "wide" and field.length <= 35:
        look = "code"
    return Column(target, label, look)


def _control(sheet: Sheet, column: Column, item: Content, number: int) -> Control:
    group, _, name = column.path.partition("/1/")
    prefix = f"items/{number}/"
    if not name:
        return sheet.control(column.target.field, item, prefix)
    rows = item.get(group) or [{}]
    return sheet.control(column.target.field, rows[0], f"{prefix}{group}/1/")
