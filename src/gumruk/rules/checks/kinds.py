"""The closed set of kinds: what each kind of rule may look at, and which parameters it needs and may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TEXT: Final = frozenset({"text", "code"})
NUMBER: Final = frozenset({"integer", "decimal"})
DATE: Final = frozenset({"date"})
ROWS: Final = frozenset({"rows"})
FIELD: Final = TEXT | NUMBER | DATE | {"flag"}
ANY: Final = FIELD | ROWS


@dataclass(frozen=True, slots=True)
class Kind:
    """`on`: kinds of field it may stand on. `in_groups`: empty for every group."""

    on: frozenset[str]
    needs: frozenset[str] = frozenset()
    may: frozenset[str] = frozenset()
    in_groups: tuple[str, ...] = ()
    conditional: bool = True


def _kind(on: frozenset[str], needs: str = "", may: str = "", groups: str = "", *, conditional: bool = True) -> Kind:
    return Kind(on, frozenset(needs.split()), frozenset(may.split()), tuple(groups.split()), conditional)


KINDS: Final[dict[str, Kind]] = {
    "malformed": _kind(frozenset(), "reason", conditional=False),
    # presence
    "required": _kind(FIELD),
    "forbidden": _kind(ANY),
    "required_rows": _kind(ROWS),
    "together": _kind(FIELD, "other"),
    "mutually_exclusive": _kind(FIELD, "other"),
    # one value
    "pattern": _kind(TEXT, "pattern"),
    "length": _kind(TEXT, "", "lowest highest"),
    "digits": _kind(TEXT, "lengths"),
    "check_digit": _kind(TEXT, "scheme"),
    "positive": _kind(NUMBER),
    "not_negative": _kind(NUMBER),
    "whole": _kind(NUMBER),
    "range": _kind(NUMBER, "", "lowest highest"),
    "not_after_today": _kind(DATE),
    # a value and a code list
    "member": _kind(TEXT, "list", "length"),
    "member_with_attribute": _kind(TEXT, "list attribute values"),
    "attribute": _kind(TEXT, "list attribute equals"),
    "attributes_agree": _kind(TEXT, "list attribute other other_attribute"),
    "starts_with_attribute": _kind(TEXT, "owner attribute"),
    "pattern_by_attribute": _kind(TEXT, "owner attribute"),
    "in_area": _kind(TEXT, "area"),
    "not_in_area": _kind(TEXT, "area"),
    # two values
    "differs": _kind(TEXT, "other"),
    "not_above": _kind(NUMBER, "other"),
    "not_after": _kind(DATE, "other"),
    "not_before": _kind(DATE, "other"),
    "ratio": _kind(NUMBER, "per", "lowest highest"),
    "equals_product": _kind(NUMBER, "factors tolerance"),
    # many rows
    "equals_sum": _kind(NUMBER, "of"),
    "sum_not_above": _kind(NUMBER, "of"),
    "equals_count": _kind(NUMBER, "of"),
    "count": _kind(ANY, "of", "lowest highest"),
    "exists_row": _kind(ANY, "of attribute values"),
    "exists_in": _kind(TEXT, "of"),
    "ordered_rows": _kind(DATE, "by attribute first then"),
    "numbered": _kind(NUMBER, groups="items"),
    "unique": _kind(FIELD, "with", groups="items items.*", conditional=False),
    "same_in_all_items": _kind(TEXT, "", "length", groups="items", conditional=False),
    "summary_of_items": _kind(TEXT, "of several", groups="header"),
    "outlier": _kind(NUMBER, "per with times", groups="items", conditional=False),
}
