"""The parameters of a rule record, each read and checked against the form, the code lists and the country groups."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from gumruk.rules.checks.digits import SCHEMES
from gumruk.rules.checks.kinds import NUMBER, TEXT
from gumruk.rules.checks.records import Condition, Path, Ref, RuleRefused
from gumruk.rules.form import MALFORMED_REASONS, Field, Form


@dataclass(frozen=True, slots=True)
class Spot:
    """What a parameter is read against."""

    code: str
    kind: str
    form: Form
    group: str
    definition: Field | None
    lists: Collection[str] | None
    areas: Collection[str] | None


def plain_words(code: str, name: str, said: Any) -> tuple[str, ...]:
    """Distinct texts."""
    if not isinstance(said, list | tuple) or not said or any(not isinstance(word, str) for word in said):
        raise RuleRefused(f"{code}: {name} must be a list of texts")
    if len(set(said)) != len(said):
        raise RuleRefused(f"{code}: {name} names something twice")
    return tuple(said)


def _values(spot: Spot, said: Any) -> tuple[str, ...]:
    words = plain_words(spot.code, "values", said)
    if "" in words:
        raise RuleRefused(f"{spot.code}: an empty value is no attribute")
    return words


def read_ref(spot: Spot, said: Any) -> Ref:
    """The field of that name nearest to the rule: its row, then its item, then the header."""
    form, name = spot.form, str(said)
    inside = spot.group.removeprefix("items.")
    if spot.group.startswith("items."):
        levels: list[tuple[Any, Mapping[str, Field]]] = [("row", form.item_lists[inside].fields), ("item", form.item)]
    elif spot.group == "items":
        levels = [("row", form.item)]
    else:
        levels = [("row", form.header_lists[inside].fields)] if inside in form.header_lists else []
    levels.append(("row" if spot.group == "header" else "header", form.header))
    for level, fields in levels:
        if name in fields:
            return Ref(level, name, fields[name])
    raise RuleRefused(f"{spot.code}: the form has no field {name}")


def _other(spot: Spot, said: Any) -> Ref:
    ref = read_ref(spot, said)
    if spot.definition is not None and ref.name == spot.definition.name and ref.level == "row":
        raise RuleRefused(f"{spot.code}: {ref.name} cannot be held against itself")
    if spot.kind in _COMPARING and spot.definition and _family(ref.definition) != _family(spot.definition):
        raise RuleRefused(f"{spot.code}: {ref.name} is a {ref.definition.kind} and cannot be compared")
    if spot.kind == "attributes_agree" and not ref.definition.list:
        raise RuleRefused(f"{spot.code}: {ref.name} takes its codes from no list")
    return ref


_COMPARING = {"differs", "attribute", "not_above", "not_after", "not_before"}


def _family(field: Field) -> str:
    return "text" if field.kind in TEXT else "number" if field.kind in NUMBER else field.kind


def _number_ref(spot: Spot, said: Any) -> Ref:
    ref = read_ref(spot, said)
    if ref.definition.kind not in NUMBER:
        raise RuleRefused(f"{spot.code}: {ref.name} is no number")
    return ref


def _owner(spot: Spot, said: Any) -> Ref:
    ref = read_ref(spot, said)
    if not ref.definition.list:
        raise RuleRefused(f"{spot.code}: {ref.name} takes its codes from no list")
    return ref


def _factors(spot: Spot, said: Any) -> tuple[Ref, ...]:
    return tuple(_number_ref(spot, name) for name in plain_words(spot.code, "factors", said))


def _with(spot: Spot, said: Any) -> tuple[Ref, ...]:
    refs = tuple(_other(spot, name) for name in (plain_words(spot.code, "with", said) if said else ()))
    if any(ref.level != "row" for ref in refs):
        raise RuleRefused(f"{spot.code}: with names a field outside the row")
    return refs


def _path(spot: Spot, said: Any) -> Path:
    form, (first, *rest) = spot.form, str(said).split(".")
    if spot.group.startswith("items") and first in form.item_lists:
        return _inside(spot, "item", (first,), form.item_lists[first].fields, rest)
    if first == "items" and rest and rest[0] in form.item_lists:
        return _inside(spot, "root", (first, rest[0]), form.item_lists[rest[0]].fields, rest[1:])
    if first == "items":
        return _inside(spot, "root", (first,), form.item, rest)
    if first in form.header_lists:
        return _inside(spot, "root", (first,), form.header_lists[first].fields, rest)
    raise RuleRefused(f"{spot.code}: the form has no rows {said}")


_GATHERED = {
    "equals_sum": NUMBER,
    "sum_not_above": NUMBER,
    "exists_in": TEXT,
    "exists_row": TEXT,
    "summary_of_items": TEXT,
}


def _inside(
    spot: Spot, anchor: Literal["root", "item"], lists: tuple[str, ...], fields: Mapping[str, Field], rest: list[str]
) -> Path:
    wanted = _GATHERED.get(spot.kind)
    field = fields.get(rest[0]) if len(rest) == 1 else None
    if (rest and field is None) or (wanted is None) != (not rest):
        raise RuleRefused(f"{spot.code}: {'.'.join((*lists, *rest))} is not what a {spot.kind} gathers")
    if field is not None and (field.kind not in (wanted or ()) or (spot.kind == "exists_row" and not field.list)):
        raise RuleRefused(f"{spot.code}: {field.name} is not what a {spot.kind} gathers")
    return Path(anchor, lists, field)


def _list(spot: Spot, said: Any) -> str:
    if not isinstance(said, str) or (spot.lists is not None and said not in spot.lists):
        raise RuleRefused(f"{spot.code}: there is no code list {said}")
    return said


def _area(spot: Spot, said: Any) -> str:
    if not isinstance(said, str) or (spot.areas is not None and said not in spot.areas):
        raise RuleRefused(f"{spot.code}: there is no country group {said}")
    return said


def _pattern(spot: Spot, said: Any) -> str:
    try:
        re.compile(str(said), re.ASCII)
    except re.error as error:
        raise RuleRefused(f"{spot.code}: the pattern {said} is no regular expression: {error}") from error
    return str(said)


def _name(spot: Spot, said: Any) -> str:
    if not isinstance(said, str) or not said:
        raise RuleRefused(f"{spot.code}: {said!r} is not a name")
    return said


def _limit(spot: Spot, said: Any) -> Decimal:
    if not isinstance(said, str) or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", said, re.ASCII):
        raise RuleRefused(f"{spot.code}: the limit {said!r} must be a decimal number written as text")
    return Decimal(said)


def _size(spot: Spot, said: Any) -> int:
    if not isinstance(said, int) or said < 1:
        raise RuleRefused(f"{spot.code}: {said!r} is not a length")
    return said


def _sizes(spot: Spot, said: Any) -> tuple[int, ...]:
    if not isinstance(said, list) or not said or len(set(said)) != len(said):
        raise RuleRefused(f"{spot.code}: lengths must be a list without repetition")
    return tuple(_size(spot, size) for size in said)


def _from(names: Collection[str], what: str) -> Callable[[Spot, Any], str]:
    def reader(spot: Spot, said: Any) -> str:
        if said not in names:
            raise RuleRefused(f"{spot.code}: the {what} {said} is not one of {', '.join(sorted(names))}")
        return str(said)

    return reader


READERS: dict[str, Callable[[Spot, Any], Any]] = {
    "reason": _from(MALFORMED_REASONS, "reason"),
    "scheme": _from(SCHEMES, "scheme"),
    "other": _other,
    "equals": _other,
    "owner": _owner,
    "by": _owner,
    "per": _number_ref,
    "factors": _factors,
    "with": _with,
    "of": _path,
    "list": _list,
    "area": _area,
    "pattern": _pattern,
    "attribute": _name,
    "other_attribute": _name,
    "first": _name,
    "then": _name,
    "several": _name,
    "values": _values,
    "lowest": _limit,
    "highest": _limit,
    "tolerance": _limit,
    "times": _limit,
    "length": _size,
    "lengths": _sizes,
}


def read_condition(spot: Spot, said: str, values: Any) -> Condition:
    """`field: [values]`, or `field.attribute: [values]` where the field takes its codes from a list."""
    name, _, attribute = said.partition(".")
    ref = read_ref(spot, name)
    wanted = plain_words(spot.code, f"when {said}", values)
    if "*" in wanted and len(wanted) > 1:
        raise RuleRefused(f"{spot.code}: * stands alone")
    if attribute:
        if not ref.definition.list or "" in wanted:
            raise RuleRefused(f"{spot.code}: {name} takes its codes from no list, or the attribute is empty")
    elif ref.definition.kind in ("decimal", "date"):
        if set(wanted) - {"", "*"}:
            raise RuleRefused(f"{spot.code}: when can only ask whether {name} is filled")
    elif ref.definition.kind in ("integer", "flag"):
        for value in set(wanted) - {"", "*"}:
            if not re.fullmatch(r"0|-?[1-9][0-9]*", value, re.ASCII):
                raise RuleRefused(f"{spot.code}: {value} is not what {name} can hold")
    return Condition(ref, attribute, wanted)
