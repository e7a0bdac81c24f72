"""Declarations of every shape for property tests: a clean one with anything in it changed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from gumruk.cli.demo_content import content
from gumruk.lawbook import files
from gumruk.rules.form import Field
from tests.law.checking import DAY, FORM

_TEXTS = [
    "A",
    "Namuna",
    "1234AA01",
    "51234567",
    "CSQU3054383",
    "1M8GDM9AXKP042788",
    "010012345",
    "№",
    "x" * 300,
    "4000",
    "1071",
]
_NUMBERS = ["0", "1", "2", "-1", "0.01", "3.5", "10", "1000000", "ten", "0.0000001"]
_DATES = ["2026-01-15", "2026-01-16", "2025-12-31", "2030-01-01", "15.01.2026"]
_BLANKS = ["", "  ", None]


def _values(field: Field) -> st.SearchStrategy[Any]:
    if field.list:
        pool = [*sorted(files.code_lists().get(field.list, ()))[:40], "??"]
    elif field.kind in ("integer", "decimal"):
        pool = _NUMBERS
    else:
        pool = {"date": _DATES, "flag": ["0", "1", "2"]}.get(field.kind, _TEXTS)
    return st.sampled_from([*pool, *_BLANKS])


def _row(fields: dict[str, Field]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={name: _values(field) for name, field in fields.items()})


_BASES = [content(seed=seed, items=items, day=DAY) for seed in range(3) for items in (0, 1, 3)]
_LISTS = {name: st.lists(_row(dict(rows.fields)), max_size=3) for name, rows in FORM.item_lists.items()}
_HEADER_LISTS = {name: st.lists(_row(dict(rows.fields)), max_size=3) for name, rows in FORM.header_lists.items()}
_HEADER = sorted(FORM.header)
_ITEM = sorted(FORM.item)


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Any]:
    """A declaration with some fields, rows and items changed, dropped or repeated."""
    said: dict[str, Any] = deepcopy(draw(st.sampled_from(_BASES)))
    for name in draw(st.lists(st.sampled_from(_HEADER), max_size=12)):
        said[name] = draw(_values(FORM.header[name]))
    for name in draw(st.lists(st.sampled_from(sorted(_HEADER_LISTS)), max_size=1)):
        said[name] = draw(_HEADER_LISTS[name])
    if draw(st.booleans()) and said["items"]:
        said["items"] += deepcopy(said["items"][:1])
    for item in said["items"]:
        for name in draw(st.lists(st.sampled_from(_ITEM), max_size=6)):
            item[name] = draw(_values(FORM.item[name]))
        for name in draw(st.lists(st.sampled_from(sorted(_LISTS)), max_size=2)):
            item[name] = draw(_LISTS[name])
    return said
