"""Mutants of rules: the same rule with one operator, parameter or condition changed. Each must break an example."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gumruk.lawbook import files
from gumruk.rules.checks import CheckRule, RuleRefused
from gumruk.rules.checks.scopes import Names, Scope, Written
from gumruk.rules.checks.writing import write
from tests.law.checking import FORM, LAW, facts_of, loaded, outcome

_SWAPPED = {
    "positive": "not_negative", "not_negative": "positive", "required": "forbidden", "forbidden": "required",
    "in_area": "not_in_area", "not_in_area": "in_area", "not_after": "not_before", "not_before": "not_after",
    "equals_sum": "sum_not_above", "sum_not_above": "equals_sum", "together": "mutually_exclusive",
    "mutually_exclusive": "together", "differs": "exists_in",
}  # fmt: skip
_OPPOSITE: dict[type[ast.cmpop], list[type[ast.cmpop]]] = {
    ast.Lt: [ast.LtE, ast.GtE], ast.LtE: [ast.Lt, ast.Gt], ast.Gt: [ast.GtE, ast.LtE], ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq], ast.NotEq: [ast.Eq], ast.In: [ast.NotIn], ast.NotIn: [ast.In], ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}  # fmt: skip


def survives(rule: CheckRule, mutant: CheckRule, writer: Any = write) -> bool:
    """Whether every example of the rule comes out the same under the mutant."""
    mutant = replace(mutant, passes=rule.passes, fails=rule.fails)
    wanted = [(example, False) for example in rule.passes] + [(example, True) for example in rule.fails]
    try:
        return all(outcome(mutant, facts_of(rule, example), writer=writer)[0] == fails for example, fails in wanted)
    except Exception:  # noqa: BLE001 - whatever a mutant does, it was seen
        return False  # a mutant that cannot run is seen


def record_mutants(record: Mapping[str, Any], lists: list[str]) -> Iterator[tuple[str, CheckRule]]:
    """One parameter or condition changed. What the loader refuses is no rule and needs no example."""
    for name, change in _changes(record, lists):
        try:
            yield name, loaded(record, **change)
        except RuleRefused:
            continue


def _changes(record: Mapping[str, Any], lists: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if record["kind"] in _SWAPPED:
        yield "kind", {"kind": _SWAPPED[record["kind"]]}
    for key in ("when", "directions"):
        if key in record:
            yield f"no {key}", {key: None}
    when = record.get("when", {})
    for name, values in when.items():
        yield f"when without {name}", {"when": {key: value for key, value in when.items() if key != name}}
        for value in values if len(values) > 1 else ():
            yield f"when {name} without {value}", {"when": {**when, name: [v for v in values if v != value]}}
        if values not in (["*"], [""]) and _says_more(record, name, values):
            yield f"when {name} any", {"when": {**when, name: ["*"]}}
        elif "." not in name:
            yield f"when {name} turned", {"when": {**when, name: [""] if values == ["*"] else ["*"]}}
    for key in ("directions", "values", "with", "factors"):
        for value in (
            record.get(key, ()) if len(record.get(key, ())) > (key in ("directions", "values", "factors")) else ()
        ):
            yield f"{key} without {value}", {key: [v for v in record[key] if v != value]}
    yield from _limits(record)
    yield from _others(record, lists)


def _says_more(record: Mapping[str, Any], name: str, values: list[str]) -> bool:
    """Whether the list says anything else of a code; where it does not, any value is the same condition."""
    field, _, attribute = name.partition(".")
    ref = next((c.ref for c in loaded(record).conditions if c.ref.name == field), None)
    rows = files.code_lists().get(ref.definition.list, {}) if ref and attribute else None
    return rows is None or bool({str(row.get(attribute) or "") for row in rows.values()} - set(values) - {""})


def _limits(record: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key in ("lowest", "highest", "tolerance", "times"):
        if key in record:
            step = Decimal(1).scaleb(Decimal(record[key]).as_tuple().exponent)  # type: ignore[arg-type]
            if record["kind"] in ("ratio", "outlier"):
                step = max(step, Decimal(record[key]) / 5)
            for moved in (Decimal(record[key]) + step, Decimal(record[key]) - step):
                if record["kind"] == "count" and key == "highest":
                    continue  # a thousand rows or more: tested for the kind, not in every rule
                if moved > 0:
                    yield f"{key} {moved}", {key: format(moved, "f")}
    if "length" in record:
        yield "length + 1", {"length": record["length"] + 1}
        yield "length - 1", {"length": record["length"] - 1}
    for size in record.get("lengths", ()):
        yield "lengths + 1", {"lengths": [size + 1]}
        yield "longer lengths too", {"lengths": [size, size + 1]}


def _others(record: Mapping[str, Any], lists: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if record["kind"] in ("member", "member_with_attribute", "attribute", "attributes_agree"):
        yield from ((f"list {name}", {"list": name}) for name in lists if name != record["list"])
    if "pattern" in record:
        yield "any pattern", {"pattern": "(?s).*"}
        yield "no pattern", {"pattern": "(?!)"}
    if "scheme" in record:
        yield "scheme", {"scheme": "vin" if record["scheme"] == "container" else "container"}
    if "area" in record:
        yield from ((f"area {name}", {"area": name}) for name in files.areas() if name != record["area"])
    if "several" in record:
        yield "several", {"several": "99"}
    if "first" in record:
        yield "turned", {"first": record["then"], "then": record["first"]}
        yield "first", {"first": "packing"}
        yield "then", {"then": "packing"}
    for key in ("attribute", "other_attribute"):
        if key in record:
            yield key, {key: "en"}
    for key in ("other", "owner", "equals", "per", "by"):
        if key in record:
            yield from ((f"{key} {name}", {key: name}) for name in _alike(record, key))


def _alike(record: Mapping[str, Any], key: str) -> list[str]:
    """Two other fields of the same kind in the same row or the header."""
    rule = loaded(record)
    ref = rule.parameters[key]
    if ref.level == "header" or rule.group == "header":
        fields = FORM.header
    elif rule.group == "items" or ref.level == "item":
        fields = FORM.item
    else:
        fields = (
            FORM.item_lists[rule.group.removeprefix("items.")].fields
            if "." in rule.group
            else FORM.header_lists[rule.group].fields
        )
    named = [f.name for f in fields.values() if f.kind == ref.definition.kind and f.name not in (ref.name, rule.field)]
    return named[:2]


def operator_mutants(rule: CheckRule) -> Iterator[tuple[str, Any]]:
    """Writers that write the rule with one operator or number of its test changed, or the answer turned round."""
    scope = Scope(rule.group, FORM, Names())
    written = write(rule, scope, "0")
    yield "negated", _changed(f"not ({written.bad})" if written.bad else "True")
    for name, bad in _mutated(written.bad):
        yield name, _changed(bad)


def _changed(bad: str) -> Any:
    def writer(rule: CheckRule, scope: Scope, mark: str) -> Written:
        return replace(write(rule, scope, mark), bad=bad)

    return writer


def _mutated(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        return
    count = sum(1 for _ in ast.walk(ast.parse(text, mode="eval")))
    for index in range(count):
        for choice in range(2):
            tree = ast.parse(text, mode="eval")
            node = list(ast.walk(tree))[index]
            if isinstance(node, ast.Compare) and len(_OPPOSITE[type(node.ops[0])]) > choice:
                node.ops[0] = _OPPOSITE[type(node.ops[0])][choice]()
            elif isinstance(node, ast.BoolOp) and choice == 0 and ".add(" not in text:
                node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
            elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and choice == 0:
                node.op = ast.UAdd()
            else:
                continue
            yield f"{ast.unparse(tree)}", ast.unparse(ast.fix_missing_locations(tree))


__all__ = ["LAW", "operator_mutants", "record_mutants", "survives"]
