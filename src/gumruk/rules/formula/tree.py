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


Node = Const | Input | Arithmetic | Divide | Fold | Round | When


def inputs_of(node: Node) -> Iterator[str]:
    """Names of the inputs that a tree uses, each once or more."""
    match node:
        case Input(name):
            yield name
        case Arithmetic(_, left, right):
            yield from inputs_of(left)
            yield from inputs_of(right)
        case Divide(left, _):
            yield from inputs_of(left)
        case Fold(_, parts):
            for part in parts:
                yield from inputs_of(part)
        case Round(part, _, _):
            yield from inputs_of(part)
        case When(_, left, right, yes, no):
            for part in (left, right, yes, no):
                yield from inputs_of(part)
        case Const():
            pass
