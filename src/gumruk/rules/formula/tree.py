"""The closed set of nodes of a formula. Every backend walks this tree; there is no other meaning of a formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Mode = Literal["HALF_UP", "HALF_EVEN", "UP", "DOWN"]
MODES: tuple[Mode, ...] = ("HALF_UP", "HALF_EVEN", "UP", "DOWN")


@dataclass(frozen=True, slots=True)
class Const:
    value: Decimal


@dataclass(frozen=True, slots=True)
class Input:
    """A named number that the caller gives."""

    name: str


@dataclass(frozen=True, slots=True)
class Arithmetic:
    op: Literal["+", "-", "*"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Divide:
    """Division by a constant: exact until a `round`."""

    left: Node
    by: Decimal


@dataclass(frozen=True, slots=True)
class Fold:
    op: Literal["min", "max"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Round:
    part: Node
    digits: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class When:
    """`yes` where `left op right` holds, else `no`."""

    op: Literal["<", "<=", "==", ">", ">="]
    left: Node
    right: Node
    yes: Node
    no: Node


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that the working shows under `name`; it changes nothing."""

    name: str
    part: Node


Node = Const | Input | Arithmetic | Divide | Fold | Round | When | Mark


def parts_of(node: Node) -> Iterator[Node]:
    """The node and everything below it, depth first."""
    yield node
    for part in _children(node):
        yield from parts_of(part)


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Arithmetic(_, left, right):
            return (left, right)
        case Divide(part, _) | Mark(_, part) | Round(part, _, _):
            return (part,)
        case Fold(_, parts):
            return parts
        case When(_, left, right, yes, no):
            return (left, right, yes, no)
        case Const() | Input():  # pragma: no branch - the set of nodes is closed
            return ()


def inputs_of(node: Node) -> Iterator[str]:
    """Names of the inputs that a tree uses, each once or more."""
    return (part.name for part in parts_of(node) if isinstance(part, Input))
