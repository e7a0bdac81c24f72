"""The Python that a rule is written into: the names it may use and the fields it loads once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from gumruk.rules.checks.records import Condition, Path, Ref
from gumruk.rules.form import Form


@dataclass(frozen=True, slots=True)
class Written:
    """One rule as Python. `blank` says what an empty field of its own means; `ask`: the field plays no part."""

    bad: str = ""
    needs: tuple[str, ...] = ()
    silent: str = ""
    before: tuple[str, ...] = ()
    setup: tuple[str, ...] = ()
    only: str = ""
    blank: Literal["fail", "pass", "silent", "ask"] = "silent"


@dataclass(slots=True)
class Names:
    """The names that generated code uses: what is bound per law, what is constant."""

    bound: dict[tuple[Any, ...], str] = field(default_factory=dict)
    constants: dict[tuple[str, Any], str] = field(default_factory=dict)

    def bind(self, *what: Any) -> str:
        """A global that every Law fills: `codes`, `attributed`, `attributes`, `patterns`, `area` or `day`."""
        return self.bound.setdefault(what, f"L{len(self.bound)}_{what[0]}")

    def constant(self, kind: str, value: Any) -> str:
        """A global that is the same under every Law."""
        return self.constants.setdefault((kind, value), f"C{len(self.constants)}_{kind}")


@dataclass(slots=True)
class Scope:
    """The function that a rule is written into, and the fields it loads once."""

    group: str
    form: Form
    names: Names
    loaded: dict[tuple[str, str], None] = field(default_factory=dict)

    @property
    def row(self) -> str:
        return {"header": "h", "items": "i"}.get(self.group, "r")

    @property
    def rows(self) -> str:
        """The rows of a list scope."""
        return f'i["{self.group[6:]}"]' if self.group.startswith("items.") else f'h["{self.group}"]'

    def load(self, level: str, name: str) -> str:
        """The local variable that holds a field."""
        owner = {"row": self.row, "item": "i", "header": "h"}[level]
        self.loaded[owner, name] = None
        return f"{owner}_{name}"

    def ref(self, ref: Ref) -> str:
        return self.load(ref.level, ref.name)

    def gathered(self, path: Path, *, also_header: bool = False) -> str:
        """A list expression of the values, or a count-able one of the rows, of a path."""
        name = path.lists[-1]
        value = f'b["{path.definition.name}"]' if path.definition else "b"
        if path.anchor == "item":
            here = f'[{value} for b in i["{name}"]]'
            extra = also_header and name in self.form.header_lists
            return f'{here} + [{value} for b in h["{name}"]]' if extra else here
        if path.lists[0] == "items" and len(path.lists) == 2:
            return f'[{value} for a in h["items"] for b in a["{name}"]]'
        return f'[{value} for b in h["{name}"]]'


def condition(asked: Condition, scope: Scope) -> str:
    """`when` as an expression."""
    value = scope.ref(asked.ref)
    if asked.attribute:
        return f"{value} in {scope.names.bind('attributed', asked.ref.definition.list, asked.attribute, asked.wanted)}"
    if asked.wanted == ("*",):
        return f"{value} is not None"
    if asked.wanted == ("",):
        return f"{value} is None"
    whole = asked.ref.definition.kind in ("integer", "flag")
    wanted = [None if word == "" else int(word) if whole else word for word in asked.wanted]
    return f"{value} == {wanted[0]!r}" if len(wanted) == 1 else f"{value} in {{{', '.join(map(repr, wanted))}}}"
