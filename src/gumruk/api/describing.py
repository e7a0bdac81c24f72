"""The OpenAPI description as rows for a page: operations by group, the fields of what they hear and say, an example call."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import Any

REF = "#/components/schemas/"
OF_ADDRESSES = {
    "declaration": "id of the declaration",
    "name": "name of the code list, such as office",
    "day": "a day, such as 2026-01-15",
    "revision": "the revision of the draft that was read",
}
DECLARATION_FILE = "examples/import.json"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field or parameter. `shape` names a schema described further down, when the field holds one."""

    name: str
    kind: str
    shape: str
    required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One status and the schemas that may come with it."""

    status: str
    shapes: tuple[str, ...]
    many: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: what it is for, what it takes, what it answers, how it is called."""

    key: str
    method: str
    path: str
    summary: str
    parameters: tuple[FieldRow, ...]
    takes: str
    takes_kinds: tuple[str, ...]
    fields: tuple[FieldRow, ...]
    answers: tuple[Answer, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A schema with its fields."""

    name: str
    description: str
    fields: tuple[FieldRow, ...]
    values: tuple[str, ...]


def groups(described: dict[str, Any], base: str) -> dict[str, list[Operation]]:
    """The operations by their tag, in the order of the description."""
    found: dict[str, list[Operation]] = {}
    for path, methods in described["paths"].items():
        for method, said in methods.items():
            tag = (said.get("tags") or [""])[0]
            found.setdefault(tag, []).append(_operation(described, base, path, method, said))
    return found


def shapes(described: dict[str, Any]) -> list[Shape]:
    """Every named schema."""
    return [
        Shape(name, said.get("description", ""), _fields(said), tuple(str(one) for one in said.get("enum", ())))
        for name, said in sorted(described["components"]["schemas"].items())
    ]


def _operation(described: dict[str, Any], base: str, path: str, method: str, said: dict[str, Any]) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    takes = next(iter(_shapes_in(content.get("application/json", {}).get("schema", {}))), "")
    fields = _fields(described["components"]["schemas"][takes]) if takes else ()
    parameters = tuple(
        FieldRow(
            one["name"], _kind(one["schema"]), next(iter(_shapes_in(one["schema"])), ""), one.get("required", False),
            one["schema"].get("description", "") or OF_ADDRESSES.get(one["name"], ""), one["in"],
        )
        for one in said.get("parameters", ())
    )  # fmt: skip
    body = {row.name: _example(row) for row in fields if row.required or takes == "PrepareIn"}
    return Operation(
        key=f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        parameters=parameters,
        takes=takes,
        takes_kinds=() if takes else tuple(content),
        fields=fields,
        answers=tuple(_answer(status, answer) for status, answer in said["responses"].items()),
        example=_curl(base, path, method, body if takes else None, file=bool(content) and not takes),
    )


def _curl(base: str, path: str, method: str, body: dict[str, Any] | None, *, file: bool) -> str:
    words = ["curl"] if method == "get" else ["curl", "-X", method.upper()]
    lines = [
        " ".join([*words, shlex.quote(base + path)]),
        '-H "Authorization: Bearer $TOKEN"',
        '-H "Accept-Language: en"',
    ]
    if method != "get":
        lines.append('-H "Idempotency-Key: $(date +%s%N)"')
    if body is not None:
        lines += ['-H "Content-Type: application/json"', "-d " + shlex.quote(json.dumps(body))]
    if file:
        lines += ['-H "Content-Type: application/json"', f"--data-binary @{DECLARATION_FILE}"]
    return " \\\n  ".join(lines)


def _example(row: FieldRow) -> Any:
    return {"boolean": True, "integer": 1, "object": {}}.get(row.kind, "...")


def _answer(status: str, said: dict[str, Any]) -> Answer:
    schemas = [one.get("schema", {}) for one in said.get("content", {}).values()]
    names = dict.fromkeys(name for schema in schemas for name in _shapes_in(schema))
    return Answer(str(status), tuple(names), any(schema.get("type") == "array" for schema in schemas))


def _fields(said: dict[str, Any]) -> tuple[FieldRow, ...]:
    required = said.get("required", ())
    return tuple(
        FieldRow(name, _kind(one), next(iter(_shapes_in(one)), ""), name in required, one.get("description", ""))
        for name, one in said.get("properties", {}).items()
    )


def _shapes_in(schema: dict[str, Any]) -> list[str]:
    """The named schemas that a schema holds."""
    if "$ref" in schema:
        return [schema["$ref"].removeprefix(REF)]
    parts = [*schema.get("anyOf", ()), *schema.get("allOf", ())]
    if isinstance(schema.get("items"), dict):
        parts.append(schema["items"])
    return [name for part in parts for name in _shapes_in(part)]


def _kind(schema: dict[str, Any]) -> str:
    """A type in words of the description: string, array of PaymentLineOut, string or null."""
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(REF))
    if parts := schema.get("anyOf") or schema.get("allOf"):
        return " | ".join(_kind(part) for part in parts)
    if schema.get("type") == "array":
        return f"array of {_kind(schema.get('items', {}))}"
    bound = f", at most {schema['maxLength']}" if "maxLength" in schema else ""
    return f"{schema.get('type', 'any')}{' (' + schema['format'] + ')' if 'format' in schema else ''}{bound}"
