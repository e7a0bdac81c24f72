"""The rules that other validators can say, said in their way: JSON Schema, pydantic and msgspec.

A translation says exactly what the rule says, or is left out and counted as left out. Hand-written validators inside a
peer would be our own code again, so they are not counted as the peer's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from gumruk.law.day import Law
from gumruk.rules.checks import CheckRule
from gumruk.rules.checks.records import Condition
from gumruk.rules.form import Field, Form

Schema = dict[str, Any]
DIGITS = "^[0-9]{%s}$"


def _valid(law: Law, rule: CheckRule) -> list[str] | None:
    """The codes that a rule of membership allows."""
    ask = rule.parameters
    match rule.kind:
        case "member" if "length" not in ask:
            return sorted(law.codes[ask["list"]])
        case "member_with_attribute":
            said = {
                code: str(law.attributes(ask["list"], code).get(ask["attribute"])) for code in law.codes[ask["list"]]
            }
            return sorted(code for code, word in said.items() if word in ask["values"])
        case "in_area":
            return sorted(law.areas[ask["area"]])
    return None


def _bounds(rule: CheckRule) -> tuple[int | None, int | None] | None:
    """Least and greatest whole number in a field, or characters of a text."""
    scale = rule.definition.scale if rule.definition and rule.kind == "range" else 0
    match rule.kind:
        case "positive":
            return 1, None
        case "not_negative":
            return 0, None
        case "range" | "length":
            limits = (rule.parameters.get(name) for name in ("lowest", "highest"))
            low, high = (None if limit is None else int(Decimal(limit).scaleb(scale)) for limit in limits)
            return low, high
    return None


def field_schema(rule: CheckRule, law: Law) -> Schema | None:
    """What a rule says of the value of its own field, as JSON Schema."""
    codes, bounds = _valid(law, rule), _bounds(rule)
    if codes is not None:
        return {"enum": codes}
    if bounds is not None:
        low, high = ("minLength", "maxLength") if rule.kind == "length" else ("minimum", "maximum")
        return {name: value for name, value in ((low, bounds[0]), (high, bounds[1])) if value is not None}
    match rule.kind:
        case "pattern" if "(?" not in rule.parameters["pattern"]:
            return {"pattern": f"^(?:{rule.parameters['pattern']})$"}
        case "digits":
            return {"pattern": DIGITS % rule.parameters["lengths"][0]}
        case "not_in_area":
            return {"not": {"enum": sorted(law.areas[rule.parameters["area"]])}}
        case "whole":
            return {"multipleOf": 10 ** (rule.definition.scale if rule.definition else 0)}
    return None


def _own_row(rule: CheckRule, law: Law) -> Schema | None:
    name = rule.field
    value = field_schema(rule, law)
    if value is not None:
        return {"properties": {name: value}}
    match rule.kind:
        case "required":
            return {"required": [name]}
        case "required_rows":
            return {"required": [name], "properties": {name: {"minItems": 1}}}
        case "forbidden":
            return {"not": {"required": [name]}} if rule.definition else {"properties": {name: {"maxItems": 0}}}
        case "together" if rule.parameters["other"].level == "row":
            return {"dependentRequired": {rule.parameters["other"].name: [name]}}
        case "mutually_exclusive":
            return {"not": {"required": [name, rule.parameters["other"].name]}}
    return None


def _asked(condition: Condition, law: Law) -> Schema:
    name, wanted = condition.ref.name, condition.wanted
    if wanted == ("",):
        return {"not": {"required": [name]}}
    if wanted == ("*",) and not condition.attribute:
        return {"required": [name]}
    if condition.attribute:
        said = law.attributes
        codes = law.codes[condition.ref.definition.list]
        words = {code: str(said(condition.ref.definition.list, code).get(condition.attribute) or "") for code in codes}
        values: list[Any] = sorted(
            code for code, word in words.items() if word and (word in wanted or wanted == ("*",))
        )
    else:
        values = [int(word) if condition.ref.definition.kind in ("flag", "integer") else word for word in wanted]
    return {"properties": {name: {"enum": values}}, "required": [name]}


def json_schema(rule: CheckRule, law: Law) -> Schema | None:
    """A rule as JSON Schema over the whole declaration; None where it cannot be said."""
    said = _own_row(rule, law)
    if said is None:
        return None
    here = [c for c in rule.conditions if not (c.ref.level == "header" and rule.group != "header")]
    if any(c.ref.level == "item" for c in here):
        return None
    if here:
        said = {"if": {"allOf": [_asked(c, law) for c in here]}, "then": said}
    for name in reversed(() if rule.group == "header" else rule.group.split(".")):
        said = {"properties": {name: {"items": said}}}
    above = [c for c in rule.conditions if c not in here]
    return {"if": {"allOf": [_asked(c, law) for c in above]}, "then": said} if above else said


def whole_schema(rules: Sequence[CheckRule], law: Law) -> tuple[Schema, list[CheckRule]]:
    """One schema of all the rules that can be said, and which those are."""
    said = [(rule, json_schema(rule, law)) for rule in rules]
    kept = [(rule, schema) for rule, schema in said if schema is not None]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "allOf": [s for _, s in kept]}, [
        r for r, _ in kept
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """What types and their constraints can say of one field."""

    field: Field
    required: bool
    constraints: Mapping[str, Any]
    codes: tuple[str, ...]


def typed(rules: Sequence[CheckRule], form: Form, law: Law) -> tuple[dict[str, dict[str, Typed]], list[CheckRule]]:
    """Group → field → constraints, and the rules used: those without conditions that speak of one field."""
    groups = {"header": dict(form.header), "items": dict(form.item)}
    groups |= {f"items.{name}": dict(rows.fields) for name, rows in form.item_lists.items()}
    used: list[CheckRule] = []
    found: dict[str, dict[str, Typed]] = {}
    for group, fields in groups.items():
        found[group] = {}
        for name, field in fields.items():
            mine = [r for r in rules if r.group == group and r.field == name and not r.conditions]
            constraints: dict[str, Any] = {}
            codes: tuple[str, ...] = ()
            for rule in mine:
                said, valid = _constraint(rule), _valid(law, rule)
                if valid is not None and not codes:
                    codes = tuple(valid)
                    used.append(rule)
                elif said and not said.keys() & constraints.keys():
                    constraints |= said
                    used.append(rule)
            needed = [r for r in mine if r.kind == "required"]
            used += needed
            found[group][name] = Typed(field, bool(needed), constraints if not codes else {}, codes)
    return found, used


def _constraint(rule: CheckRule) -> dict[str, Any] | None:
    bounds = _bounds(rule)
    if bounds is not None:
        low, high = ("min_length", "max_length") if rule.kind == "length" else ("ge", "le")
        return {name: value for name, value in ((low, bounds[0]), (high, bounds[1])) if value is not None}
    match rule.kind:
        case "pattern" if "(?" not in rule.parameters["pattern"]:
            return {"pattern": f"^(?:{rule.parameters['pattern']})$"}
        case "digits":
            return {"pattern": DIGITS % rule.parameters["lengths"][0]}
    return None


_KINDS: dict[str, Any] = {"integer": int, "decimal": int, "flag": int, "text": str, "code": str, "date": str}


def pydantic_model(fields: Mapping[str, Mapping[str, Typed]]) -> Any:
    from pydantic import ConfigDict, create_model
    from pydantic import Field as Constraint

    def model(group: str, lists: Mapping[str, Any]) -> Any:
        made: dict[str, Any] = {}
        for name, said in fields[group].items():
            kind: Any = Literal[said.codes] if said.codes else _KINDS[said.field.kind]
            annotated = Annotated[kind, Constraint(**said.constraints)] if said.constraints else kind
            made[name] = (annotated, ...) if said.required else (annotated | None, None)
        made |= {name: (list[inner], []) for name, inner in lists.items()}
        return create_model(group.replace(".", "_"), __config__=ConfigDict(extra="ignore"), **made)

    inner = {group.removeprefix("items."): model(group, {}) for group in fields if group.startswith("items.")}
    return model("header", {"items": model("items", inner)})


def msgspec_struct(fields: Mapping[str, Mapping[str, Typed]]) -> Any:
    import msgspec

    def struct(group: str, lists: Mapping[str, Any]) -> Any:
        must: list[Any] = []
        may: list[Any] = []
        for name, said in fields[group].items():
            kind: Any = Literal[said.codes] if said.codes else _KINDS[said.field.kind]
            annotated = Annotated[kind, msgspec.Meta(**said.constraints)] if said.constraints else kind
            if said.required:
                must.append((name, annotated))
            else:
                may.append((name, annotated | msgspec.UnsetType, msgspec.UNSET))
        may += [(name, list[inner], msgspec.field(default_factory=list)) for name, inner in lists.items()]
        return msgspec.defstruct(group.replace(".", "_"), [*must, *may])

    inner = {group.removeprefix("items."): struct(group, {}) for group in fields if group.startswith("items.")}
    return struct("header", {"items": struct("items", inner)})
