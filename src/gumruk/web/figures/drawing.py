"""Charts as SVG, drawn on the server: bars, columns, times. Colours and fonts are classes, so both themes and paper fit.

What a colour says is said by a pattern or a shape too. Every drawing has a title and a description; the numbers stand in
the table under it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

WIDTH, LINE = 400, 34
WIDE, HIGH = 640, 220


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its length, the number as shown, its look, and a mark to compare with (a plan)."""

    label: str
    value: float
    shown: str
    look: str = ""
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One column: what stands under it, its height, and a mark to compare with."""

    label: str
    value: float
    mark: float | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """The times of one stage in seconds: half, nine of ten, ninety-nine of a hundred took no longer."""

    label: str
    shown: str
    p50: float
    p90: float
    p99: float
    look: str = ""


def element(name: str, *inside: str, **attributes: object) -> str:
    """An element; underscores in names of attributes are hyphens, `class_` is a class."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_short(value))}"'
        for key, value in attributes.items()
        if value != ""
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def _short(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def text(said: str, x: float, y: float, **attributes: object) -> str:
    return element("text", str(escape(said)), x=x, y=y, **attributes)


def drawing(name: str, title: str, description: str, width: float, height: float, *parts: str) -> SafeString:
    """The whole picture, named for those who do not see it."""
    # Every part was escaped by `element` and `text`.
    return mark_safe(  # noqa: S308
        element(
            "svg",
            element("title", str(escape(title)), id=f"{name}-title"),
            element("desc", str(escape(description)), id=f"{name}-desc"),
            *parts,
            class_=f"gm-chart gm-chart--{'wide' if width > WIDTH else 'small'}",
            viewBox=f"0 0 {_short(width)} {_short(height)}",
            role="img",
            aria_labelledby=f"{name}-title {name}-desc",
            focusable="false",
        )
    )


def _patterns(name: str) -> str:
    """The looks of lanes: hatched, crossed and dotted, so that they differ without colour."""
    strokes = {
        "yellow": element("path", d="M-1 1l2-2M0 6l6-6M5 7l2-2", class_="gm-chart__hatch"),
        "red": element("path", d="M0 0l6 6M6 0l-6 6", class_="gm-chart__hatch"),
        "blue": element("circle", cx=3, cy=3, r=1.3, class_="gm-chart__dot"),
        "declarant": element("path", d="M-1 1l2-2M0 6l6-6M5 7l2-2", class_="gm-chart__hatch"),
    }
    return element(
        "defs",
        *(
            element(
                "pattern",
                element("rect", width=6, height=6, class_=f"gm-chart__{look}"),
                stroke,
                id=f"{name}-{look}",
                width=6,
                height=6,
                patternUnits="userSpaceOnUse",
            )
            for look, stroke in strokes.items()
        ),
    )


def _fill(name: str, look: str) -> dict[str, str]:
    patterned = look in ("yellow", "red", "blue", "declarant")
    return {"fill": f"url(#{name}-{look})"} if patterned else {"class_": f"gm-chart__{look or 'bar'}"}


MOST_LETTERS = 46


def shortened(label: str) -> str:
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"


def bars(name: str, title: str, description: str, rows: Sequence[Bar]) -> SafeString:
    """Lying bars, each under its label and number."""
    longest = max((max(row.value, row.mark or 0) for row in rows), default=0) or 1
    parts = [_patterns(name)]
    for place, row in enumerate(rows):
        y, length = place * LINE, max(row.value, 0) / longest * WIDTH
        parts += [
            text(shortened(row.label), 0, y + 13, class_="gm-chart__label"),
            text(row.shown, WIDTH, y + 13, class_="gm-chart__number", text_anchor="end"),
            element("rect", x=0, y=y + 19, width=WIDTH, height=8, rx=2, class_="gm-chart__track"),
        ]
        if length:
            parts.append(
                element("rect", x=0, y=y + 19, width=max(length, 2.0), height=8, rx=2, **_fill(name, row.look))
            )
        if row.mark is not None:
            parts.append(
                element(
                    "rect",
                    x=min(row.mark / longest * WIDTH, WIDTH - 2),
                    y=y + 16,
                    width=2.5,
                    height=14,
                    class_="gm-chart__mark",
                )
            )
    return drawing(name, title, description, WIDTH, max(len(rows), 1) * LINE, *parts)


def nice(most: float) -> float:
    """A round number not below: where an axis ends."""
    if most <= 0:
        return 1
    power = math.pow(10, math.floor(math.log10(most)))
    return next(step * power for step in (1, 2, 2.5, 4, 5, 8, 10) if step * power >= most)


def columns(
    name: str, title: str, description: str, points: Sequence[Point], *, shown: Iterable[str] = ()
) -> SafeString:
    """Standing columns over time; `shown` words the four lines of the axis from the bottom up, a mark is a short line."""
    left, top, bottom = 58, 12, 28
    height, width = HIGH - top - bottom, WIDE - left
    most = nice(max((max(one.value, one.mark or 0) for one in points), default=0))
    parts = []
    for line, words in enumerate(shown):
        y = top + height - height * line / 4
        parts.append(
            element("line", x1=left, x2=WIDE, y1=y, y2=y, class_="gm-chart__axis" if not line else "gm-chart__grid")
        )
        parts.append(text(words, left - 8, y + 4, class_="gm-chart__tick", text_anchor="end"))
    step = width / max(len(points), 1)
    every = max(1, math.ceil(len(points) / (width / 54)))
    for place, one in enumerate(points):
        x, tall = left + place * step, max(one.value, 0) / most * height
        broad = max(1.5, min(step * 0.72, 46))
        parts.append(
            element(
                "rect",
                x=x + (step - broad) / 2,
                y=top + height - tall,
                width=broad,
                height=tall,
                rx=min(2, broad / 4),
                class_="gm-chart__bar",
            )
        )
        if one.mark is not None:
            y = top + height - one.mark / most * height
            parts.append(
                element("rect", x=x + step * 0.06, y=y - 1.2, width=step * 0.88, height=2.4, class_="gm-chart__mark")
            )
        if place % every == 0:
            parts.append(text(one.label, x + step / 2, HIGH - 10, class_="gm-chart__tick", text_anchor="middle"))
    return drawing(name, title, description, WIDE, HIGH, *parts)


# Where lines of the axis of times stand: a minute, ten, an hour, six, a day, a week, four weeks; in seconds.
TIMES = (60, 600, 3600, 21_600, 86_400, 604_800, 2_419_200)


def ranges(name: str, title: str, description: str, rows: Sequence[Range], *, ticks: Sequence[str]) -> SafeString:
    """Times from half to ninety-nine of a hundred: a dot, a diamond and a stroke, on an axis where each step is longer."""
    most = max((row.p99 for row in rows), default=0)
    last = next((place for place, time in enumerate(TIMES) if time >= most), len(TIMES) - 1)
    top, end = 18, math.log1p(max(most, TIMES[last]))
    height = top + len(rows) * 40

    def x_of(seconds: float) -> float:
        return 6 + math.log1p(min(seconds, math.expm1(end))) / end * (WIDTH - 12)

    parts, free = [_patterns(name)], float(WIDTH)
    for time, words in reversed(list(zip(TIMES[: last + 1], ticks, strict=False))):
        x = x_of(time)
        parts.append(element("line", x1=x, x2=x, y1=top, y2=height, class_="gm-chart__grid"))
        last_word, wide = x > WIDTH - 20, len(words) * 6
        left = x - (wide if last_word else wide / 2)
        if left + wide > free:
            continue  # two words would stand in each other
        free = left - 8
        anchor = "end" if last_word else "middle"
        parts.append(text(words, min(x, WIDTH - 2), 11, class_="gm-chart__tick", text_anchor=anchor))
    for place, row in enumerate(rows):
        y = top + place * 40
        a, b, c = x_of(row.p50), x_of(row.p90), x_of(row.p99)
        look = f"gm-chart__{row.look or 'bar'}"
        parts += [
            text(shortened(row.label), 0, y + 14, class_="gm-chart__label gm-chart__halo"),
            text(row.shown, WIDTH, y + 14, class_="gm-chart__number gm-chart__halo", text_anchor="end"),
            element("rect", x=a, y=y + 25, width=max(b - a, 1.0), height=6, **_fill(name, row.look)),
            element("line", x1=b, x2=c, y1=y + 28, y2=y + 28, class_="gm-chart__whisker"),
            element("circle", cx=a, cy=y + 28, r=5, class_=look),
            element("path", d=f"M{b:.1f} {y + 22}l6 6-6 6-6-6z", class_=look),
            element("rect", x=c - 1.2, y=y + 22, width=2.4, height=12, class_="gm-chart__mark"),
        ]
    return drawing(name, title, description, WIDTH, height, *parts)
