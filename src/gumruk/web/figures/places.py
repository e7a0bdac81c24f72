"""The schematic map of offices: regions from shapes that set-up brought, offices as circles as large as their number.

Without the shapes there is no map, and the list beside it says the same. Nothing is asked of a server of maps.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gumruk.web.figures.asking import REGIONS, office_rows
from gumruk.web.figures.drawing import drawing, element, text
from gumruk.web.figures.wording import definition_of, title_of

SHAPES = Path(__file__).parent.parent / "static" / "vendor" / "regions.topo.json"
# The package's codes of regions and ours; its names are of another time and are not used.
CODES = {"TJ.BK": "TJ-GB", "TJ.KL": "TJ-KT", "TJ.RR": "TJ-RA", "TJ.LE": "TJ-SU", "TJ.DU": "TJ-DU"}
WIDTH = 640.0
Point = tuple[float, float]


@cache
def rings() -> dict[str, tuple[tuple[Point, ...], ...]]:
    """The outlines of each region in degrees; nothing when set-up brought no shapes."""
    if not SHAPES.exists():
        return {}
    said = json.loads(SHAPES.read_text(encoding="utf-8"))
    arcs = [_degrees(arc, said["transform"]) for arc in said["arcs"]]
    (layer,) = said["objects"].values()
    found = {}
    for shape in layer["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        found[CODES.get(shape["id"], shape["id"])] = tuple(
            _joined(ring, arcs) for polygon in polygons for ring in polygon
        )
    return found


def _degrees(arc: list[list[int]], transform: Mapping[str, Any]) -> list[Point]:
    """An arc is kept as steps from point to point, in whole numbers."""
    (sx, sy), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * sx + dx, y * sy + dy))
    return points


def _joined(ring: list[int], arcs: list[list[Point]]) -> tuple[Point, ...]:
    """Arcs one after the other; one with its sign turned is walked backwards."""
    points: list[Point] = []
    for number in ring:
        walked = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += walked if not points else walked[1:]
    return tuple(points)


@cache
def frame() -> tuple[float, float, float, float]:
    """West, north, units a degree of longitude and of latitude."""
    every = [point for shape in rings().values() for ring in shape for point in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    north, south = max(y for _, y in every), min(y for _, y in every)
    wide = (WIDTH - 20) / (east - west)
    return west, north, wide, wide / math.cos(math.radians((north + south) / 2))


def on_paper(longitude: float, latitude: float) -> Point:
    west, north, wide, high = frame()
    return 10 + (longitude - west) * wide, 10 + (north - latitude) * high


@cache
def middles() -> dict[str, Point]:
    """About the middle of each region: where its name stands, and offices whose place is not known."""
    found = {}
    for code, shape in rings().items():
        ring = max(shape, key=len)
        found[code] = on_paper(sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
    return found


def picture(counts: Mapping[str, int], names: Mapping[str, str]) -> SafeString | None:
    """The map with these offices; None when there are no shapes."""
    if not rings():
        return None
    parts = [element("path", d=_outline(shape), class_="gm-map__region") for shape in rings().values()]
    for code, (x, y) in middles().items():
        if code != "TJ-DU":  # the smallest region: its name would cover its neighbours
            parts.append(text(gettext(REGIONS[code]), x, y, class_="gm-map__name", text_anchor="middle"))
    most = max(counts.values(), default=0) or 1
    taken: dict[Point, int] = {}
    for code in sorted(counts, key=lambda code: -counts[code]):
        place = _place(code)
        if place is None or not counts[code]:
            continue
        turn = taken[place] = taken.get(place, -1) + 1
        radius = 4 + 20 * math.sqrt(counts[code] / most)
        x, y = place[0] + turn * 9, place[1] + turn * 9  # offices of one town stand beside each other
        label = element("title", f"{code} · {names[code]}: {counts[code]}")
        parts.append(element("circle", label, cx=x, cy=y, r=radius, class_="gm-map__office"))
        parts.append(text(code.removeprefix("PRV-"), x, y + 3.5, class_="gm-map__code", text_anchor="middle"))
    bottom = max(on_paper(x, y)[1] for shape in rings().values() for ring in shape for x, y in ring)
    return drawing("map", title_of("offices"), definition_of("offices"), WIDTH, bottom + 10, *parts)


def _outline(shape: tuple[tuple[Point, ...], ...]) -> str:
    return "".join(
        "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (on_paper(*point) for point in ring)) + "z" for ring in shape
    )


def _place(code: str) -> Point | None:
    """Where an office stands: its own place when a source says it, else the middle of its region."""
    row = office_rows().get(code, {})
    if row.get("latitude") and row.get("longitude"):
        return on_paper(float(row["longitude"]), float(row["latitude"]))
    return middles().get(str(row.get("region", "")))
