"""A draft as its pages show it: parts with their progress, controls, findings and where each is mended."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, gettext

from gumruk.clearance import services as clearance
from gumruk.clearance.types import Checked
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.rules.types import Finding, Severity
from gumruk.web.navigation import Link
from gumruk.web.shared.controls import Control, RowTable, Sheet, by_path
from gumruk.web.shared.layout import BOXES, GRID, ITEM_GROUPS, NAMES, PARTS, RESERVED, part_of
from gumruk.web.shared.working import explained

# What a new draft has before anybody typed: a part with nothing more is not begun.
FILLED_BY_ITSELF = frozenset({"direction", "regime", "declaration_date", "declarant_tin", "declarant_name", "items_total",
                              "packages_total", "forms_number", "forms_total"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """One part of the guided way with how far it is."""

    name: str
    title: str
    hint: str
    href: str
    status: str  # empty, faults, done; of the last part: later, reasons, ready
    faults: int


@dataclass(frozen=True, slots=True)
class Item:
    """One item on a page."""

    number: int
    href: str
    cells: tuple[Control, ...]
    faults: int
    title: str


@dataclass(slots=True)
class Draft:
    """The draft being worked on. `content` is what was typed, stored or not."""

    id: uuid.UUID
    content: Content
    at: datetime
    showing: bool
    sheet: Sheet
    on_page: range = range(1, 10_000)  # the items whose rows the grid of this page shows
    _checked: Checked | None = None

    @classmethod
    def of(cls, declaration: uuid.UUID, content: Content, at: datetime, *, showing: bool) -> Draft:
        draft = cls(declaration, content, at, showing, Sheet(get_language() or "en"))
        if showing:
            draft.sheet.faults = by_path(draft.checked.findings)
        return draft

    @property
    def checked(self) -> Checked:
        """The whole check, made when a page asks for it: two thousand items take a while, and the grid needs none."""
        if self._checked is None:
            self._checked = clearance.check(content=self.content, at=self.at)
        return self._checked

    @property
    def items(self) -> list[Content]:
        found: list[Content] = self.content.get("items", [])
        return found

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.checked.findings if one.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """What may stand when a reason is given; the reasons come with the lodging."""
        return [one for one in self.checked.findings if one.severity is Severity.WARNING]

    @property
    def begun(self) -> bool:
        """True when somebody typed or a file brought something."""
        return any(not self._empty(part.name) for part in PARTS if part.name != "finish")

    def address(self, here: str) -> str:
        """The page of a part, `items`, `items/3` or `form`."""
        start = reverse("declaration", args=[self.id])
        return (
            start
            if here == "tasks"
            else f"{start}/{here}"
            if here.startswith(("items", "form"))
            else f"{start}/part/{here}"
        )

    def tasks(self) -> list[Task]:
        """Every part with its progress."""
        form = lawbook.form()
        wrong: dict[str, int] = {}
        for finding in self.errors:
            part = part_of(form, finding.path)
            wrong[part] = wrong.get(part, 0) + 1
        return [
            Task(
                part.name,
                gettext(part.title),
                gettext(part.hint),
                self.address(part.name),
                self._status(part.name, wrong.get(part.name, 0)),
                wrong.get(part.name, 0),
            )
            for part in PARTS
        ]

    def _status(self, part: str, wrong: int) -> str:
        if part == "finish":
            return "later" if self.errors else "reasons" if self.warnings else "ready"
        return "empty" if self._empty(part) else "faults" if wrong else "done"

    def _empty(self, part: str) -> bool:
        if part == "items":
            return not any(item.get("goods_code") or item.get("description") for item in self.items)
        if part == "documents":
            return not any(item.get("documents") or item.get("previous_documents") for item in self.items)
        form, boxes = lawbook.form(), NAMES[part].boxes
        typed = [field.name for field in form.header.values() if field.box in boxes and self.content.get(field.name)]
        return all(name in FILLED_BY_ITSELF for name in typed)

    def controls(self, boxes: Iterable[str]) -> list[Control]:
        """The header's controls of `boxes`, in that order."""
        fields = lawbook.form().header.values()
        return [
            self.sheet.control(field, self.content)
            for box in boxes
            for field in fields
            if field.box == box and (box not in RESERVED or self.content.get(field.name))
        ]

    def boxes(self, sheet: Iterable[tuple[str, str]]) -> list[tuple[str, str, str, list[Control]]]:
        """The boxes of the form view: number, width, name, controls; a reserved one only when something stands in it."""
        found = [(box, span, gettext(BOXES.get(box, "")), self.controls([box])) for box, span in sheet]
        return [one for one in found if one[0] not in RESERVED or one[3]]

    def groups(self, boxes: Iterable[str]) -> list[tuple[str, str, list[Control]]]:
        """The header's controls by box: a box of several fields stands alone, single fields stand together."""
        groups: list[tuple[str, str, list[Control]]] = []
        for box in boxes:
            found = self.controls([box])
            if len(found) > 1:
                groups.append((box, gettext(BOXES.get(box, "")), found))
            elif found and groups and not groups[-1][0]:
                groups[-1][2].extend(found)
            elif found:
                groups.append(("", "", found))
        return groups

    def tables(self, boxes: Iterable[str]) -> list[RowTable]:
        """The header's repeated groups of `boxes`."""
        wanted = set(boxes)
        groups = lawbook.form().header_lists.values()
        return [self.sheet.table(group, self.content, "") for group in groups if group.box in wanted]

    def grid(self) -> list[Item]:
        """Every item as a row of the grid."""
        return [self._row(number, item) for number, item in enumerate(self.items, start=1)]

    def _row(self, number: int, item: Content) -> Item:
        form, prefix = lawbook.form(), f"items/{number}/"
        cells = []
        for column in GRID:
            group, _, name = column.partition("/1/")
            if name:
                rows = item.get(group) or [{}]
                cells.append(self.sheet.control(form.item_lists[group].fields[name], rows[0], f"{prefix}{group}/1/"))
            else:
                cells.append(self.sheet.control(form.item[column], item, prefix))
        wrong = sum(1 for one in self.errors if one.path.startswith(prefix)) if self.showing else 0
        return Item(number, self.address(f"items/{number}"), tuple(cells), wrong, str(item.get("description", "")))

    def item_groups(self, number: int) -> list[tuple[str, list[Control]]]:
        """The fields of one item, grouped as they are asked."""
        form, item, prefix = lawbook.form(), self.items[number - 1], f"items/{number}/"
        return [
            (
                gettext(title),
                [self.sheet.control(f, item, prefix) for box in boxes for f in form.item.values() if f.box == box],
            )
            for title, boxes in ITEM_GROUPS
        ]

    def item_tables(self, number: int, names: Iterable[str] | None = None) -> list[RowTable]:
        """The repeated groups of one item: packages, containers, documents, previous documents."""
        groups = lawbook.form().item_lists
        chosen = [groups[name] for name in names if name in groups] if names else list(groups.values())
        return [self.sheet.table(group, self.items[number - 1], f"items/{number}/") for group in chosen]

    def places(self, here: str) -> Mapping[str, str]:
        """Path → page where the field is mended; the field's own page when it stands on `here`."""
        form, found = lawbook.form(), {}
        for finding in self.checked.findings:
            there = self._page_of(part_of(form, finding.path), finding.path, here)
            found[finding.path] = "" if there == here else f"{self.address(there)}?check=1"
        return found

    def page_of(self, finding: Finding, here: str) -> str:
        """The page of the draft on which a finding is mended; `here` when it can be done there."""
        return self._page_of(part_of(lawbook.form(), finding.path), finding.path, here)

    def _page_of(self, part: str, path: str, here: str) -> str:
        parts = path.split("/", 2)
        if parts[0] == "items" and len(parts) == 3:
            if here in ("form", "items") and parts[2] in GRID and int(parts[1]) in self.on_page:
                return here
            return here if here == "documents" and part == "documents" else f"items/{parts[1]}"
        return here if here == "form" else part

    def views(self, here: str) -> list[Link]:
        """The two ways of filling one draft, and its items as a table."""
        form = here == "form"
        return [
            Link(gettext("Guided"), self.address("tasks"), not form),
            Link(gettext("Form with boxes"), self.address("form"), form),
        ]

    def estimate(self) -> Mapping[str, object]:
        """What would be owed as the draft stands."""
        made = self.checked.assessment
        return {
            "value": made.value,
            "total": made.total,
            "totals": made.totals,
            "complete": made.complete,
            "lines": explained(made.lines),
        }
