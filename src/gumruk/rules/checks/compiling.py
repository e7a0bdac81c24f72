"""Writes the rules that a declaration meets as one Python function a scope, and binds them to a Law once.

A function gets the facts and two callbacks: `F` for a rule that failed at a row, `N` for rules that had nothing to
judge there. Code lists, attributes and country groups are globals of the functions, filled per Law; literals, sets and
patterns are bound when compiling. The text is kept in `Program.source` for people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import CodeType
from typing import Any, Final

from gumruk.law.day import Law
from gumruk.rules.checks.digits import SCHEMES
from gumruk.rules.checks.records import CheckRule
from gumruk.rules.checks.scopes import Names, Scope, Written, condition
from gumruk.rules.checks.writing import write
from gumruk.rules.form import Facts, Form

# What a function hands over: the rule's number and the numbers of the item and the row.
Call = Callable[[Facts, Callable[[Any], None], Callable[[Any], None]], None]
WriteRule = Callable[[CheckRule, Scope, str], Written]
_KEPT_LAWS: Final = 8


@dataclass(frozen=True, slots=True)
class Program:
    """The rules of a day and direction, compiled. `rules` are numbered as the source numbers them."""

    rules: tuple[CheckRule, ...]
    groups: tuple[str, ...]
    source: str
    code: CodeType
    constants: Mapping[str, Any]
    bound: Mapping[tuple[Any, ...], str]
    _laws: dict[int, tuple[Law, tuple[tuple[str, Call], ...]]] = field(default_factory=dict)

    def under(self, law: Law) -> tuple[tuple[str, Call], ...]:
        """The functions with the code lists of `law`, by scope; made once for each Law and kept while it is in use."""
        known = self._laws.get(id(law))
        if known is not None:
            return known[1]
        names: dict[str, Any] = {**self.constants}
        names |= {name: _from_law(law, what) for what, name in self.bound.items()}
        exec(self.code, names)  # noqa: S102 - the source is written below from a closed set of kinds and checked names
        calls = tuple((group, names[_name(group)]) for group in self.groups)
        while len(self._laws) >= _KEPT_LAWS:
            self._laws.pop(next(iter(self._laws)))
        self._laws[id(law)] = (law, calls)  # the Law is kept with its id, so the id cannot come to mean another
        return calls


def compile_rules(rules: Sequence[CheckRule], form: Form, *, writer: WriteRule = write) -> Program:
    """One function for the header, the items and each list that any rule looks at."""
    names = Names()
    groups = tuple(dict.fromkeys(rule.group for rule in rules))
    numbered = list(enumerate(rules))
    parts = [
        _function(Scope(group, form, names), [(n, rule) for n, rule in numbered if rule.group == group], writer)
        for group in groups
    ]
    source = "\n\n".join("\n".join(part) for part in parts) + "\n"
    constants = {name: _CONSTANTS[kind](value) for (kind, value), name in names.constants.items()}
    code = compile(source, "<format-logical rules>", "exec")
    return Program(tuple(rules), groups, source, code, constants, names.bound)


_CONSTANTS: Final[dict[str, Callable[[Any], Any]]] = {
    "pattern": lambda text: re.compile(text, re.ASCII).fullmatch,
    "scheme": SCHEMES.__getitem__,
}


def _from_law(law: Law, what: tuple[Any, ...]) -> Any:
    """What a global stands for under a Law. None where the Law has no such list: the rule then stumbles and is named."""
    match what:
        case ("day",):
            return law.day
        case ("area", name):
            return law.areas.get(name)
        case ("codes", name):
            return law.codes.get(name)
        case (_, name, *_) if name not in law.codes:
            return None
        case ("attributed", name, attribute, wanted):
            said = _said(law, name, attribute)
            return frozenset(said if wanted == ("*",) else (code for code, word in said.items() if word in wanted))
        case ("patterns", name, attribute):
            said = _said(law, name, attribute)
            return {code: re.compile(pattern, re.ASCII).fullmatch for code, pattern in said.items()}
    return _said(law, *what[1:])


def _said(law: Law, name: str, attribute: str) -> dict[str, str]:
    """Code → what the list says of it, for the codes of which it says anything."""
    found = {code: law.attributes(name, code).get(attribute) for code in law.codes[name]}
    return {code: str(word) for code, word in found.items() if word is not None and str(word)}


def _name(group: str) -> str:
    return "check_" + group.replace(".", "_")


def _function(scope: Scope, rules: Sequence[tuple[int, CheckRule]], writer: WriteRule) -> list[str]:
    """The source of one scope: loops, the fields it loads, then the rules of each field."""
    setup: list[str] = []
    blocks: list[str] = []
    fields = list(dict.fromkeys(rule.field for _, rule in rules))
    for name in fields:
        blocks += _field(scope, [(n, rule) for n, rule in rules if rule.field == name], setup, writer)
    loads = {owner: [f'{o}_{n} = {o}["{n}"]' for o, n in scope.loaded if o == owner] for owner in "hir"}
    lines = [f"def {_name(scope.group)}(h, F, N):", *_in(1, loads["h"])]
    if scope.group == "header":
        return [*lines, *_in(1, setup), *_in(1, blocks)]
    if scope.group == "items":
        lines += [*_in(1, setup), '    for n, i in enumerate(h["items"], 1):']
        return [*lines, *_in(2, loads["i"]), *_in(2, blocks)]
    depth = 1
    if scope.group.startswith("items."):
        depth = 2
        lines += ['    for n, i in enumerate(h["items"], 1):', f"        if not {scope.rows}:", "            continue"]
    lines += [*_in(depth, loads["i"]), *_in(depth, setup), f"{'    ' * depth}for m, r in enumerate({scope.rows}, 1):"]
    return [*lines, *_in(depth + 1, loads["r"]), *_in(depth + 1, blocks)]


def _in(depth: int, lines: Sequence[str]) -> list[str]:
    return ["    " * depth + line for line in lines]


def _field(scope: Scope, rules: Sequence[tuple[int, CheckRule]], setup: list[str], writer: WriteRule) -> list[str]:
    """The rules of one field: those that do not look at it, then what is said when it is empty and when it is not."""
    always: list[str] = []
    empty: list[str] = []
    filled: list[str] = []
    silent: list[int] = []
    for number, rule in rules:
        written = writer(rule, scope, str(number))
        setup += written.setup
        when = " and ".join(
            [condition(asked, scope) for asked in rule.conditions] + [written.only] * bool(written.only)
        )
        test = _when(when, list(_test(scope, number, written, written.bad)))
        if written.blank == "ask":
            always += test
            continue
        filled += test
        if written.blank == "silent" and not when:
            silent.append(number)
        elif written.blank == "silent":
            empty += _when(when, [_silent(scope, (number,))])
        elif written.blank == "fail":
            empty += _when(when, list(_test(scope, number, Written(needs=written.needs), "True")))
    if silent:
        empty.insert(0, _silent(scope, tuple(silent)))
    return [*always, *_branches(scope, rules[0][1], empty, filled)]


def _branches(scope: Scope, rule: CheckRule, empty: list[str], filled: list[str]) -> list[str]:
    if not empty and not filled:
        return []
    value = scope.load("row", rule.field)
    if not empty:
        return [f"if {value} is not None:", *_in(1, filled)]
    return [f"if {value} is None:", *_in(1, empty), *(["else:", *_in(1, filled)] if filled else [])]


def _when(when: str, lines: list[str]) -> list[str]:
    return [f"if {when}:", *_in(1, lines)] if when and lines else lines


def _test(scope: Scope, number: int, written: Written, bad: str) -> Iterator[str]:
    """One rule on a field: not evaluated while an input is missing, else failed where `bad` is true."""
    fail = f"F({_place(scope, str(number))})"
    missing = " or ".join(f"{name} is None" for name in written.needs)
    depth = 0
    if missing:
        yield f"if {missing}: {_silent(scope, (number,))}"
        if not bad:
            return
        yield "else:"
        depth = 1
    yield from _in(depth, written.before)
    if written.silent:
        yield from _in(depth, [f"if {written.silent}: {_silent(scope, (number,))}", f"elif {bad}: {fail}"])
    elif bad == "True":
        yield from _in(depth, [fail])
    elif bad:
        yield from _in(depth, [f"if {bad}: {fail}"])


def _silent(scope: Scope, numbers: tuple[int, ...]) -> str:
    return f"N({_place(scope, repr(numbers))})"


def _place(scope: Scope, first: str) -> str:
    """What was met, and where: item number, row number."""
    if scope.group == "header":
        return f"({first},)"
    if scope.group == "items":
        return f"({first}, n)"
    return f"({first}, n, m)" if scope.group.startswith("items.") else f"({first}, m)"
