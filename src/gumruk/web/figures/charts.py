"""Each chart with its table: the same rows are drawn, shown and downloaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from gumruk.declarations.types import Lane, State
from gumruk.figures.types import Subject, Sum
from gumruk.lawbook import selectors as lawbook
from gumruk.web.figures import drawing, places
from gumruk.web.figures.asking import REGIONS, at_office, office_rows
from gumruk.web.figures.drawing import Bar, Point, Range
from gumruk.web.figures.seen import Seen, largest, named, parted, periods
from gumruk.web.figures.wording import COLUMNS, MARKS, SIZES, STAGES, TICKS, definition_of, duration, title_of
from gumruk.web.labels import LANES, STATES

Cell = str | int | float | Decimal | None
MOST = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its word and what stands in it: `text`, `count`, `money`, `share` (0 to 1), `time` (seconds)."""

    word: str
    kind: str = "text"

    @property
    def number(self) -> bool:
        return self.kind not in ("text", "day", "month")


@dataclass(frozen=True, slots=True)
class Said:
    """A cell as people read it."""

    said: str
    number: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as people read it, and where its first cell leads."""

    cells: list[Said]
    link: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its picture, the table under it, and what it counts. `links` lead on from the rows."""

    name: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    picture: SafeString
    wide: bool = False
    note: str = ""
    links: tuple[str, ...] = ()
    map: SafeString | None = None

    @property
    def lines(self) -> list[Line]:
        """The table as people read it."""
        return [
            Line(
                [Said(shown(cell, column.kind), column.number) for cell, column in zip(row, self.columns, strict=True)],
                self.links[place] if place < len(self.links) else "",
            )
            for place, row in enumerate(self.rows)
        ]


def shown(value: Cell, kind: str) -> str:
    """A cell as people read it."""
    if value is None:
        return "–"
    if kind == "money":
        return number_format(Decimal(str(value)), 2, use_l10n=True, force_grouping=True)
    if kind == "count":
        return number_format(int(value), 0, use_l10n=True, force_grouping=True)
    if kind == "share":
        return f"{number_format(round(float(value) * 100, 1), 1, use_l10n=True)} %"
    if kind in ("day", "month"):  # files keep 2026-11-25; people read it as everywhere
        parts = str(value).split("-")
        return ".".join(reversed(parts)) if get_language() != "en" else str(value)
    return duration(float(value)) if kind == "time" else str(value)


def _columns(**kinds: str) -> tuple[Column, ...]:
    return tuple(Column(gettext(COLUMNS[name]), kind) for name, kind in kinds.items())


def _chart(
    name: str, columns: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], picture: SafeString,
    *, wide: bool = False, note: str = "", links: tuple[str, ...] = (), shapes: SafeString | None = None,
) -> Chart:  # fmt: skip
    return Chart(
        name,
        title_of(name),
        definition_of(name),
        columns,
        tuple(rows),
        picture,
        wide,
        note,
        links,
        shapes,
    )


def _bars(
    name: str, rows: Sequence[tuple[str, Sum | int]], looks: Sequence[str] = (), *, by_amount: bool = False
) -> SafeString:
    """Lying bars of counts, or of amounts."""
    found = []
    for place, (label, one) in enumerate(rows):
        value: Decimal | int = one if isinstance(one, int) else (one.amount if by_amount else one.count)
        words = shown(value, "count") if not by_amount else short_money(value)
        found.append(Bar(label, float(value), words, looks[place] if looks else ""))
    return drawing.bars(name, title_of(name), definition_of(name), found)


def short_money(value: Decimal | float) -> str:
    """An amount for an axis or a bar: thousands and millions."""
    amount = float(value)
    for size, words in SIZES:
        if abs(amount) >= size:
            return gettext(words) % {"amount": _brief(round(amount / size, 1))}
    return _brief(round(amount, 2))


def _brief(number: float) -> str:
    return number_format(int(number) if number == int(number) else number, use_l10n=True)


def _share(part: Decimal | int, whole: Decimal | int) -> float | None:
    return float(part) / float(whole) if whole else None


def standing(seen: Seen) -> Chart:
    states = parted(seen.totals.of(Subject.STANDING), 0)
    rows = [(gettext(STATES[state.value]), states[state]) for state in State if state in states]
    table = [(label, one.count, _share(one.count, seen.declarations), one.amount) for label, one in rows]
    columns = _columns(state="text", declarations="count", share="share", value="money")
    return _chart("standing", columns, table, _bars("standing", rows))


def lanes(seen: Seen) -> Chart:
    found = parted(seen.totals.of(Subject.STANDING), 1)
    order = [*(lane for lane in Lane if lane in found), *([""] if "" in found else [])]
    rows = [(gettext(LANES[lane]) if lane else gettext("None chosen"), found[lane]) for lane in order]
    table = [(label, one.count, _share(one.count, seen.declarations)) for label, one in rows]
    columns = _columns(lane="text", declarations="count", share="share")
    return _chart("lanes", columns, table, _bars("lanes", rows, [lane or "none" for lane in order]))


def _axis(most: float, words: Callable[[float], str]) -> list[str]:
    top = drawing.nice(most)
    return [words(top * line / 4) for line in range(5)]


def _period(seen: Seen, day: date) -> str:
    if seen.monthly:
        return date_format(day, "m.Y")
    return date_format(day, "d.m")


def _span(seen: Seen) -> str:
    return "month" if seen.monthly else "day"


def flow(seen: Seen) -> Chart:
    days = periods(seen)
    sums = {day: sum(seen.flow.get(day, {}).values(), Sum()) for day in days}
    points = [Point(_period(seen, day), one.count) for day, one in sums.items()]
    axis = _axis(
        max((point.value for point in points), default=0),
        lambda value: shown(value, "count") if value == int(value) else "",
    )
    table = [
        (day.strftime("%Y-%m") if seen.monthly else day.isoformat(), one.count, one.amount) for day, one in sums.items()
    ]
    columns = _columns(**{_span(seen): _span(seen)}, declarations="count", value="money")
    picture = drawing.columns("flow", title_of("flow"), definition_of("flow"), points, shown=axis)
    return _chart("flow", columns, table, picture, wide=True)


def _plan_note(seen: Seen) -> str:
    if not seen.plan.amounts:
        return gettext("No plan is set for these days and offices.")
    return gettext("The plan is invented for demonstration.") if seen.plan.demo else ""


def revenue(seen: Seen) -> Chart:
    found, language = seen.totals.of(Subject.REVENUE), get_language() or "en"
    kinds = sorted({*found, *(kind for _, kind in seen.plan.amounts)}, key=lambda kind: -found.get(kind, Sum()).amount)
    table: list[tuple[Cell, ...]] = []
    bars = []
    for kind in kinds:
        amount, plan = found.get(kind, Sum()).amount, seen.plan.of_kind(kind)
        label = lawbook.payment_label(kind, language) or (
            gettext("Other receipts") if kind.startswith("other/") else kind
        )
        table.append((label, amount, plan, _share(amount, plan) if plan else None))
        bars.append(Bar(label, float(amount), short_money(amount), mark=None if plan is None else float(plan)))
    plans = [plan for _, _, plan, _ in table if isinstance(plan, Decimal)]
    total = seen.sum_of(Subject.REVENUE)
    table.append(
        (gettext("Total"), total, sum(plans, Decimal(0)) if plans else None, _share(total, sum(plans, Decimal(0))))
    )
    picture = drawing.bars("revenue", title_of("revenue"), definition_of("revenue"), bars)
    columns = _columns(kind="text", revenue="money", plan="money", of_plan="share")
    return _chart("revenue", columns, table, picture, note=_plan_note(seen))


def revenue_flow(seen: Seen) -> Chart:
    table: list[tuple[Cell, ...]] = []
    points = []
    inside = {day.replace(day=1): 0 for day in periods(seen)}
    for day in periods(seen):
        inside[day.replace(day=1)] += 1
    for day in periods(seen):
        amount = sum(seen.revenue.get(day, {}).values(), Sum()).amount
        month = day.replace(day=1)
        plan = seen.plan.of_month(month)
        plan = None if plan is None else round(plan / (1 if seen.monthly else inside[month]), 2)
        points.append(Point(_period(seen, day), float(amount), None if plan is None else float(plan)))
        table.append((day.strftime("%Y-%m") if seen.monthly else day.isoformat(), amount, plan))
    most = max((max(point.value, point.mark or 0) for point in points), default=0)
    title, words = title_of("revenue_flow"), definition_of("revenue_flow")
    picture = drawing.columns("revenue_flow", title, words, points, shown=_axis(most, short_money))
    columns = _columns(**{_span(seen): _span(seen)}, revenue="money", plan="money")
    return _chart("revenue_flow", columns, table, picture, wide=True, note=_plan_note(seen))


def received(seen: Seen) -> Chart:
    found = seen.totals.of(Subject.RECEIVED)
    words = named("payment_means", found)
    rows = [(words[code], one) for code, one in sorted(found.items(), key=lambda row: -row[1].amount)]
    total = seen.sum_of(Subject.RECEIVED)
    table = [(label, one.count, one.amount, _share(one.amount, total)) for label, one in rows]
    columns = _columns(means="text", receipts="count", amount="money", share="share")
    return _chart("received", columns, table, _bars("received", rows, by_amount=True))


def stages(seen: Seen) -> Chart:
    table: list[tuple[Cell, ...]] = []
    rows = []
    for name, words in STAGES.items():
        found = seen.totals.stage(name)
        if not found.count:
            continue
        label = gettext(words)
        table.append((label, found.count, found.mean, found.p50, found.p90, found.p99))
        look = "declarant" if name in ("declarant", "pay", "answer") else ("ink" if name == "whole" else "")
        said = f"{duration(found.p50)} · {duration(found.p90)}"
        rows.append(Range(label, said, found.p50, found.p90, found.p99, look))
    ticks = [gettext(word) for word in TICKS]
    picture = drawing.ranges("stages", title_of("stages"), definition_of("stages"), rows, ticks=ticks)
    columns = _columns(stage="text", declarations="count", mean="time", p50="time", p90="time", p99="time")
    note = gettext("Dot: p50 · diamond: p90 · stroke: p99. Hatched: with the declarant.")
    return _chart("stages", columns, table, picture, note=note)


def offices(seen: Seen) -> Chart:
    counted = {code: sum(one.of(Subject.STANDING).values(), Sum()) for code, one in seen.offices.items()}
    money = {code: sum(one.of(Subject.REVENUE).values(), Sum()).amount for code, one in seen.offices.items()}
    order = sorted(seen.offices, key=lambda code: (-counted[code].count, code))
    names, known = named("office", order), office_rows()
    table: list[tuple[Cell, ...]] = []
    for code in order:
        region = gettext(REGIONS.get(str(known.get(code, {}).get("region", "")), "")) if known.get(code) else ""
        table.append((code, names[code], region, counted[code].count, counted[code].amount, money[code]))
    rows = [(f"{code} · {names[code]}", counted[code]) for code in order[:MOST]]
    columns = _columns(code="text", office="text", region="text", declarations="count", value="money", revenue="money")
    links = tuple(at_office(seen.asked, code).address() for code in order)
    shapes = places.picture({code: one.count for code, one in counted.items()}, names)
    return _chart("offices", columns, table, _bars("offices", rows), links=links, shapes=shapes)


def regimes(seen: Seen) -> Chart:
    directions = named("direction", {direction for direction, _ in seen.kinds})
    words = named("regime", {regime for _, regime in seen.kinds})
    order = sorted(seen.kinds.items(), key=lambda row: -row[1].count)
    table = [
        (directions[a] or "–", words[b] or "–", one.count, _share(one.count, seen.declarations), one.amount)
        for (a, b), one in order
    ]
    rows = [(f"{a} · {words[b]}", one) for (a, b), one in order[:MOST]]
    columns = _columns(direction="text", regime="text", declarations="count", share="share", value="money")
    return _chart("regimes", columns, table, _bars("regimes", rows))


def _top(seen: Seen, name: str, subject: Subject, codes: str, columns: tuple[Column, ...]) -> Chart:
    """The largest by customs value with their share, under their names."""
    found = largest(seen.totals.of(subject), by_amount=True, most=MOST)
    total = seen.sum_of(subject)
    words = named(codes, [key for key, _ in found]) if codes else {key: key for key, _ in found}
    rest = gettext("All others")
    table = [
        ((key,) if codes else ()) + ((words[key] if key else rest), one.count, one.amount, _share(one.amount, total))
        for key, one in found
    ]
    rows = [(_labelled(key, words[key]) if key else rest, one) for key, one in found]
    looks = ["" if key else "rest" for key, _ in found]
    return _chart(name, columns, table, _bars(name, rows, looks, by_amount=True))


def _labelled(key: str, word: str) -> str:
    return key if key == word else f"{key} · {word}"


def goods(seen: Seen) -> Chart:
    return _top(
        seen,
        "goods",
        Subject.GOODS,
        "hs_heading",
        _columns(code="text", heading="text", items="count", value="money", share="share"),
    )


def origins(seen: Seen) -> Chart:
    return _top(
        seen,
        "origins",
        Subject.ORIGIN,
        "country",
        _columns(code="text", country="text", items="count", value="money", share="share"),
    )


def procedures(seen: Seen) -> Chart:
    columns = _columns(code="text", procedure="text", items="count", value="money", share="share")
    return _top(seen, "procedures", Subject.PROCEDURE, "customs_procedure", columns)


def consignees(seen: Seen) -> Chart:
    columns = _columns(consignee="text", declarations="count", value="money", share="share")
    return _top(seen, "consignees", Subject.CONSIGNEE, "", columns)


def marks(seen: Seen) -> Chart:
    rows = [(gettext(words), seen.marked(mark)) for mark, words in MARKS.items()]
    table: list[tuple[Cell, ...]] = []
    for mark, (label, count) in zip(MARKS, rows, strict=True):
        whole = seen.marked("inspected") if mark == "discrepancy" else seen.declarations
        table.append((label, count, _share(count, whole)))
    columns = _columns(what="text", declarations="count", share="share")
    note = gettext("The share of discrepancies is of inspected declarations, every other share of all.")
    return _chart("marks", columns, table, _bars("marks", rows), note=note)


LEADERS: dict[str, Callable[[Seen], Chart]] = {
    "flow": flow, "revenue_flow": revenue_flow, "standing": standing, "lanes": lanes, "received": received, "stages": stages,
    "regimes": regimes, "marks": marks, "revenue": revenue, "procedures": procedures, "goods": goods, "origins": origins,
    "consignees": consignees, "offices": offices,
}  # fmt: skip
FIRMS: dict[str, Callable[[Seen], Chart]] = {
    "standing": standing, "lanes": lanes, "stages": stages, "goods": goods, "origins": origins, "marks": marks,
}  # fmt: skip


def of(seen: Seen) -> dict[str, Callable[[Seen], Chart]]:
    """The charts that are shown to who asked."""
    return FIRMS if seen.asked.parties else LEADERS
