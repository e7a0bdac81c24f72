"""A chart's table as a file: numbers as numbers, times in minutes, a share as a share."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext

from gumruk.toolkit.sheets import write_sheet
from gumruk.web.figures.charts import Cell, Chart, Column

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def heading(column: Column) -> str:
    return gettext("%(column)s, minutes") % {"column": column.word} if column.kind == "time" else column.word


def plain(value: Cell, kind: str) -> str:
    """A cell as machines read it: a point before decimals, no grouping."""
    if value is None:
        return ""
    if kind == "time":
        return str(round(Decimal(str(value)) / 60, 1))
    return str(round(Decimal(str(value)), 4)) if kind == "share" else str(value)


def rows_of(chart: Chart) -> list[list[str]]:
    """The table with its heading."""
    return [
        [heading(column) for column in chart.columns],
        *([plain(cell, column.kind) for cell, column in zip(row, chart.columns, strict=True)] for row in chart.rows),
    ]


def as_csv(rows: list[list[str]]) -> bytes:
    """UTF-8 with the mark by which spreadsheets know it. What could be taken for a formula is text."""
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows([_harmless(cell) for cell in row] for row in rows)
    return ("\ufeff" + kept.getvalue()).encode()


def _harmless(cell: str) -> str:
    numeric = cell.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell and not numeric else cell


def answer(name: str, rows: list[list[str]], kind: str, *, numbers: frozenset[int], widths: list[int]) -> HttpResponse:
    """The file as a download."""
    if kind == "xlsx":
        said = HttpResponse(write_sheet(rows, widths=widths, numbers=numbers), content_type=XLSX)
    else:
        said = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    said["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return said


def chart_file(chart: Chart, kind: str, days: str) -> HttpResponse:
    """One chart's table."""
    numbers = frozenset(place for place, column in enumerate(chart.columns) if column.number)
    widths = [14 if column.number else 34 for column in chart.columns]
    return answer(f"{chart.name}-{days}", rows_of(chart), kind, numbers=numbers, widths=widths)
