"""How each kind of rule is written as Python: what it needs, when it has nothing to judge, when it fails.

Generated code only decides. What was found and what was expected is worded by `interpreting`, for rules that failed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final, Literal

from gumruk.rules.checks.records import CheckRule
from gumruk.rules.checks.scopes import Scope, Written

Writer = Callable[[CheckRule, Scope, str], Written]


def write(rule: CheckRule, scope: Scope, mark: str) -> Written:
    """The rule as Python. `mark` makes its local names its own."""
    return _WRITERS[rule.kind](rule, scope, mark)


def _v(rule: CheckRule, scope: Scope) -> str:
    return scope.load("row", rule.field)


def _scale(rule: CheckRule) -> int:
    return rule.definition.scale if rule.definition else 0


def _times(name: str, factor: int) -> str:
    return name if factor == 1 else f"{name} * {factor}"


def _plain(template: str, **fixed: Any) -> Writer:
    """A rule that only looks at its own value."""

    def written(rule: CheckRule, scope: Scope, _: str) -> Written:
        return Written(template.format(v=_v(rule, scope), **fixed))

    return written


def _compared(sign: str) -> Writer:
    def written(rule: CheckRule, scope: Scope, _: str) -> Written:
        other = rule.parameters["other"]
        name, gap = scope.ref(other), other.definition.scale - _scale(rule)
        value, against = _times(_v(rule, scope), 10 ** max(gap, 0)), _times(name, 10 ** max(-gap, 0))
        return Written(f"{value} {sign} {against}", needs=(name,))

    return written


def _presence(blank: Literal["fail", "pass"], bad: str) -> Writer:
    def written(rule: CheckRule, scope: Scope, _: str) -> Written:
        value = _v(rule, scope)
        return Written(value, blank="ask") if rule.definition is None else Written(bad, blank=blank)

    return written


def _required_rows(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(f"not {_v(rule, scope)}", blank="ask")


def _together(rule: CheckRule, scope: Scope, _: str) -> Written:
    _v(rule, scope)
    return Written(needs=(scope.ref(rule.parameters["other"]),), blank="fail")


def _mutually_exclusive(rule: CheckRule, scope: Scope, _: str) -> Written:
    _v(rule, scope)
    return Written(f"{scope.ref(rule.parameters['other'])} is not None", blank="pass")


def _pattern(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(f"{scope.names.constant('pattern', rule.parameters['pattern'])}({_v(rule, scope)}) is None")


def _outside(rule: CheckRule, number: str, *, scale: int = 0, over: str = "") -> str:
    """`number` outside the rule's limits, all in whole numbers. `over` is what the limits are multiplied with."""
    tests = []
    for name, sign in (("lowest", "<"), ("highest", ">")):
        if name in rule.parameters:
            limit = Fraction(rule.parameters[name])
            whole = str(limit.numerator * 10**scale)
            tests.append(f"{_times(number, limit.denominator)} {sign} {f'{over} * {whole}' if over else whole}")
    return " or ".join(tests)


def _length(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(_outside(rule, f"len({_v(rule, scope)})"))


def _digits(rule: CheckRule, scope: Scope, _: str) -> Written:
    value, lengths = _v(rule, scope), ", ".join(map(str, rule.parameters["lengths"]))
    return Written(f"not (len({value}) in {{{lengths}}} and {value}.isascii() and {value}.isdecimal())")


def _check_digit(rule: CheckRule, scope: Scope, _: str) -> Written:
    value = _v(rule, scope)
    return Written(f"{scope.names.constant('scheme', rule.parameters['scheme'])}({value}) != {value}")


def _range(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(_outside(rule, _v(rule, scope), scale=_scale(rule)))


def _whole(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(f"{_v(rule, scope)} % {10 ** _scale(rule)} != 0")


def _ratio(rule: CheckRule, scope: Scope, _: str) -> Written:
    per = rule.parameters["per"]
    other, gap = scope.ref(per), _scale(rule) - per.definition.scale
    bad = _outside(rule, _times(_v(rule, scope), 10 ** max(-gap, 0)), scale=max(gap, 0), over=other)
    return Written(bad, needs=(other,), silent=f"{other} <= 0")


def _not_after_today(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(f"{_v(rule, scope)} > {scope.names.bind('day')}")


def _member(rule: CheckRule, scope: Scope, _: str) -> Written:
    value, codes = _v(rule, scope), scope.names.bind("codes", rule.parameters["list"])
    length = rule.parameters.get("length")
    return Written(f"{value}[:{length}] not in {codes}" if length else f"{value} not in {codes}")


def _member_with_attribute(rule: CheckRule, scope: Scope, _: str) -> Written:
    ask, value = rule.parameters, _v(rule, scope)
    right = scope.names.bind("attributed", ask["list"], ask["attribute"], ask["values"])
    return Written(f"{value} not in {right}", silent=f"{value} not in {scope.names.bind('codes', ask['list'])}")


def _attribute(rule: CheckRule, scope: Scope, mark: str) -> Written:
    ask, wanted = rule.parameters, scope.ref(rule.parameters["equals"])
    said = f"{scope.names.bind('attributes', ask['list'], ask['attribute'])}.get({_v(rule, scope)})"
    return Written(f"a{mark} != {wanted}", needs=(wanted,), before=(f"a{mark} = {said}",), silent=f"a{mark} is None")


def _attributes_agree(rule: CheckRule, scope: Scope, mark: str) -> Written:
    ask, other = rule.parameters, rule.parameters["other"]
    mine = f"{scope.names.bind('attributes', ask['list'], ask['attribute'])}.get({_v(rule, scope)})"
    theirs = f"{scope.names.bind('attributes', other.definition.list, ask['other_attribute'])}.get({scope.ref(other)})"
    before = (f"a{mark} = {mine}", f"b{mark} = {theirs}")
    return Written(f"a{mark} != b{mark}", before=before, silent=f"a{mark} is None or b{mark} is None")


def _owned(kind: str, bad: str) -> Writer:
    def written(rule: CheckRule, scope: Scope, mark: str) -> Written:
        owner = rule.parameters["owner"]
        table = scope.names.bind(kind, owner.definition.list, rule.parameters["attribute"])
        before = (f"a{mark} = {table}.get({scope.ref(owner)})",)
        return Written(bad.format(a=f"a{mark}", v=_v(rule, scope)), before=before, silent=f"a{mark} is None")

    return written


def _area(sign: str) -> Writer:
    def written(rule: CheckRule, scope: Scope, _: str) -> Written:
        return Written(f"{_v(rule, scope)} {sign} {scope.names.bind('area', rule.parameters['area'])}")

    return written


def _equals_product(rule: CheckRule, scope: Scope, _: str) -> Written:
    factors, tolerance = rule.parameters["factors"], Fraction(rule.parameters["tolerance"])
    names = tuple(scope.ref(ref) for ref in factors)
    product, own = sum(ref.definition.scale for ref in factors), _scale(rule)
    scale = max(product, own)
    value, made = _times(_v(rule, scope), 10 ** (scale - own)), _times(" * ".join(names), 10 ** (scale - product))
    return Written(f"abs({value} - {made}) * {tolerance.denominator} > {tolerance.numerator * 10**scale}", needs=names)


def _sum(sign: str) -> Writer:
    def written(rule: CheckRule, scope: Scope, mark: str) -> Written:
        path = rule.parameters["of"]
        gap = path.definition.scale - _scale(rule)
        value, total = _times(_v(rule, scope), 10 ** max(gap, 0)), _times(f"sum(p{mark})", 10 ** max(-gap, 0))
        before = (f"p{mark} = {scope.gathered(path)}",)
        return Written(f"{total} {sign} {value}", before=before, silent=f"not p{mark} or None in p{mark}")

    return written


def _equals_count(rule: CheckRule, scope: Scope, _: str) -> Written:
    count = f"len({scope.gathered(rule.parameters['of'])})"
    return Written(f"{_v(rule, scope)} != {_times(count, 10 ** _scale(rule))}")


def _count(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(_outside(rule, f"len({scope.gathered(rule.parameters['of'])})"), blank="ask")


def _exists_row(rule: CheckRule, scope: Scope, _: str) -> Written:
    ask, path = rule.parameters, rule.parameters["of"]
    right = scope.names.bind("attributed", path.definition.list, ask["attribute"], ask["values"])
    return Written(f"{right}.isdisjoint({scope.gathered(path, also_header=True)})", blank="ask")


def _exists_in(rule: CheckRule, scope: Scope, _: str) -> Written:
    return Written(f"{_v(rule, scope)} not in {scope.gathered(rule.parameters['of'], also_header=True)}")


def _ordered_rows(rule: CheckRule, scope: Scope, mark: str) -> Written:
    ask, by = rule.parameters, rule.parameters["by"]
    bind = scope.names.bind
    first, then = (bind("attributed", by.definition.list, ask["attribute"], (ask[name],)) for name in ("first", "then"))
    later = f'[b["{rule.field}"] for b in {scope.rows} if b["{by.name}"] in {then} and b["{rule.field}"] is not None]'
    value = _v(rule, scope)
    return Written(
        f"{value} > min(p{mark})",
        before=(f"p{mark} = {later}",),
        silent=f"{value} is None or not p{mark}",
        only=f"{scope.ref(by)} in {first}",
        blank="ask",
    )


def _unique(rule: CheckRule, scope: Scope, mark: str) -> Written:
    key = f"({_v(rule, scope)}, {''.join(f'{scope.ref(ref)}, ' for ref in rule.parameters['with'])})"
    seen = f"s{mark}"
    return Written(
        f"k{mark} in {seen} or {seen}.add(k{mark})",
        setup=(f"{seen} = set()",),
        before=(f"k{mark} = {key}",),
        silent=f"None in k{mark}",
    )


def _same_in_all_items(rule: CheckRule, scope: Scope, mark: str) -> Written:
    length = rule.parameters.get("length")
    cut = f"[:{length}]" if length else ""
    first = f'f{mark} = next((a["{rule.field}"]{cut} for a in h["items"] if a["{rule.field}"] is not None), None)'
    return Written(f"{_v(rule, scope)}{cut} != f{mark}", setup=(first,))


def _summary_of_items(rule: CheckRule, scope: Scope, mark: str) -> Written:
    before = (f"p{mark} = set({scope.gathered(rule.parameters['of'])})",)
    expected = f"(next(iter(p{mark})) if len(p{mark}) == 1 else {rule.parameters['several']!r})"
    return Written(f"{_v(rule, scope)} != {expected}", before=before, silent=f"not p{mark} or None in p{mark}")


def _outlier(rule: CheckRule, scope: Scope, mark: str) -> Written:
    """Sums of values and units by key, once; then each row against the sums without itself."""
    per, value = scope.ref(rule.parameters["per"]), _v(rule, scope)
    names = [ref.name for ref in rule.parameters["with"]]
    inside = "".join(f'a["{name}"], ' for name in names)
    mine = "".join(f"{scope.load('row', name)}, " for name in names)
    own, unit, times = rule.field, rule.parameters["per"].name, Fraction(rule.parameters["times"])
    setup = (
        f"t{mark} = {{}}",
        'for a in h["items"]:',
        f"    k = ({inside})",
        f'    if None not in k and (a["{own}"] or 0) > 0 and (a["{unit}"] or 0) > 0:',
        f"        s = t{mark}.setdefault(k, [0, 0, 0])",
        f'        s[0] += a["{own}"]; s[1] += a["{unit}"]; s[2] += 1',
    )
    left, right = f"{value} * (s[1] - {per})", f"(s[0] - {value}) * {per}"
    return Written(
        f"{left} * {times.denominator} > {right} * {times.numerator}"
        f" or {right} * {times.denominator} > {left} * {times.numerator}",
        needs=(per,),
        setup=setup,
        before=(f"s = t{mark}.get(({mine}))",),
        silent=f"s is None or s[2] < 3 or {value} <= 0 or {per} <= 0",
    )


_WRITERS: Final[dict[str, Writer]] = {
    "required": _presence("fail", ""),
    "forbidden": _presence("pass", "True"),
    "required_rows": _required_rows,
    "together": _together,
    "mutually_exclusive": _mutually_exclusive,
    "pattern": _pattern,
    "length": _length,
    "digits": _digits,
    "check_digit": _check_digit,
    "positive": _plain("{v} <= 0"),
    "not_negative": _plain("{v} < 0"),
    "whole": _whole,
    "range": _range,
    "not_after_today": _not_after_today,
    "member": _member,
    "member_with_attribute": _member_with_attribute,
    "attribute": _attribute,
    "attributes_agree": _attributes_agree,
    "starts_with_attribute": _owned("attributes", "not {v}.startswith({a})"),
    "pattern_by_attribute": _owned("patterns", "{a}({v}) is None"),
    "in_area": _area("not in"),
    "not_in_area": _area("in"),
    "differs": _compared("=="),
    "not_above": _compared(">"),
    "not_after": _compared(">"),
    "not_before": _compared("<"),
    "ratio": _ratio,
    "equals_product": _equals_product,
    "equals_sum": _sum("!="),
    "sum_not_above": _sum(">"),
    "equals_count": _equals_count,
    "count": _count,
    "exists_row": _exists_row,
    "exists_in": _exists_in,
    "ordered_rows": _ordered_rows,
    "numbered": _plain("{v} != n"),
    "unique": _unique,
    "same_in_all_items": _same_in_all_items,
    "summary_of_items": _summary_of_items,
    "outlier": _outlier,
}
