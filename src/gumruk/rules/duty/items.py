"""The payments of one item, kind after kind: later kinds see the amounts of earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gumruk.law.day import Law
from gumruk.rules.duty.choosing import Asked
from gumruk.rules.duty.lines import LinePlan, Trace
from gumruk.rules.duty.planning import KindPlan, item_plan, law_plan
from gumruk.rules.duty.texts import decimal_from, plain
from gumruk.rules.duty.types import CURRENCY, Pairs, PaymentLine, Problem, QuotaBalance, QuotaUse, Rejected
from gumruk.rules.form import Facts, Form
from gumruk.rules.formula.reading import SMALLER_UNIT
from gumruk.rules.types import Severity

GREATEST_MONEY = 10**13
GREATEST_QUANTITY = 10**16  # ten thousand million units, six places
_SUFFIXES = ("", "_2", "_3")


class Quotas:
    """What is left of each quota while one declaration is assessed: an earlier item of it comes first."""

    def __init__(self, balances: Mapping[str, QuotaBalance]) -> None:
        self.balances = balances
        self.used: dict[str, Decimal] = {}

    def left(self, quota: str) -> Decimal:
        return self.balances[quota].left - self.used[quota]

    def look(self, quota: str) -> QuotaBalance | None:
        """The balance, remembered as looked at; None when nothing keeps such a quota."""
        balance = self.balances.get(quota)
        if balance is not None:
            self.used.setdefault(quota, Decimal(0))
        return balance

    def uses(self) -> tuple[QuotaUse, ...]:
        """Every quota that was looked at, by name."""
        return tuple(
            QuotaUse(quota, self.balances[quota].unit, self.balances[quota].left, used)
            for quota, used in sorted(self.used.items())
        )


class Missing(Exception):
    """A number that a rate needs is not there or not usable; carries the problem's parts."""

    def __init__(self, code: str, field: str, values: Pairs) -> None:
        super().__init__(code)
        self.code, self.field, self.values = code, field, values


class ItemRun:
    """One item under one law. `run.lines()` once; afterwards `problems` says what stood in the way."""

    def __init__(
        self, item: Facts, number: int, value: int, form: Form, law: Law, asked: Asked, quotas: Quotas, *, payable: bool
    ) -> None:  # fmt: skip
        self.item, self.number, self.form, self.law = item, number, form, law
        self.asked, self.quotas, self.payable = asked, quotas, payable
        self.values = dict(law_plan(law).names)
        self.values["value"] = value
        self.problems: list[Problem] = []
        self.needs: dict[str, Decimal] = {}
        self.refused: dict[str, tuple[str, Pairs]] = {}

    def lines(self) -> list[PaymentLine]:
        """The payment lines, up to the first kind that cannot be computed: later ones have no base then.

        Their own problems are still looked for.
        """
        kinds = item_plan(self.law, self.asked, frozenset())
        if any(kind.quotas for kind in kinds):
            self.ask_quotas(kinds)
            if self.refused:
                kinds = item_plan(self.law, self.asked, frozenset(self.refused))
        lines: list[PaymentLine] = []
        for kind in kinds:
            if self.problems or kind.problem is not None:
                self.only_problems(kind)
                continue
            try:
                lines.append(self.line(kind, kind.general))  # type: ignore[arg-type]
            except Missing as missing:
                self.problem(missing)
        return lines

    def only_problems(self, kind: KindPlan) -> None:
        """What else stands in the way, so that all of it is mended at once."""
        for unit in kind.units:
            try:
                self.quantity(unit)
            except Missing as missing:
                self.problem(missing)
        if kind.problem is not None:
            self.problem(Missing(kind.problem[0], "goods_code", kind.problem[1]))

    def problem(self, missing: Missing) -> None:
        path = f"items/{self.number}/{missing.field}"
        problem = Problem(missing.code, Severity.ERROR, path, missing.values)
        if problem not in self.problems:
            self.problems.append(problem)

    def line(self, kind: KindPlan, general: LinePlan) -> PaymentLine:
        """The lowest of the general and the claimed measures; the others are kept as rejected, with their amounts."""
        chosen, trace, rejected = general, self.traced(general), kind.rejected
        if kind.quotas:
            rejected += tuple(Rejected(name, *self.refused[q]) for q, name in kind.quotas if q in self.refused)
        for other in kind.others:
            found = self.traced(other)
            if found[-1] <= trace[-1]:
                rejected += (_put_aside(chosen, trace, other),)
                chosen, trace = other, found
            else:
                rejected += (_put_aside(other, found, chosen),)
        quota = chosen.measure.quota
        if quota and quota not in self.refused and quota in self.needs:
            self.quotas.used[quota] += self.needs.pop(quota)
        name, scale = kind.formula.kind, chosen.program.scale
        if abs(trace[-1]) > GREATEST_MONEY * 10**scale:
            raise Missing("number_too_large", "goods_code", _values(name=name, value=str(chosen.amount(trace))))
        self.values[name] = trace[-1]
        return chosen.line(self.number, trace, self.values, rejected, payable=self.payable)

    def traced(self, plan: LinePlan) -> Trace:
        for name in plan.units:
            if name not in self.values:
                self.values[name] = self.quantity(name.removeprefix("quantity_"))
        return plan.trace(self.values)

    def quantity(self, unit: str) -> int:
        """The declared quantity in a unit, scaled to six places. Raises Missing, never guesses."""
        field, number = self.declared(unit)
        if number < 0:
            raise Missing("number_negative", field, ())
        if number > GREATEST_QUANTITY:
            raise Missing("number_too_large", field, _values(name=unit, value=plain(number, 6)))
        return number

    def declared(self, unit: str) -> tuple[str, int]:
        if unit == "KGM" and self.item.get("net_mass") is not None:
            return "net_mass", int(self.item["net_mass"] * 10 ** (6 - self.form.item["net_mass"].scale))
        scale = self.form.item["supplementary_quantity"].scale
        for suffix in _SUFFIXES:
            quantity = self.item.get(f"supplementary_quantity{suffix}")
            named = self.item.get(f"supplementary_unit{suffix}")
            if quantity is None or not named:
                continue
            small, times = SMALLER_UNIT.get(named, (named, Decimal(1)))
            if named == unit or small == unit:
                exact = Decimal(quantity).scaleb(6 - scale) * (times if named != unit else 1)
                if exact != int(exact):
                    raise Missing("quantity_too_fine", f"supplementary_quantity{suffix}", _values(unit=unit))
                return f"supplementary_quantity{suffix}", int(exact)
        field = "net_mass" if unit == "KGM" else "supplementary_quantity"
        raise Missing("quantity_missing", field, _values(unit=unit))

    def ask_quotas(self, kinds: tuple[KindPlan, ...]) -> None:
        """Whether the whole of the item fits what is left of each quota; one that does not is refused with numbers."""
        for quota in dict.fromkeys(quota for kind in kinds for quota, _ in kind.quotas):
            balance = self.quotas.look(quota)
            if balance is None:
                self.refused[quota] = ("quota_unknown", _values(quota=quota))
                continue
            need = self.need(balance.unit)
            left = self.quotas.left(quota)
            if need is None:
                self.refused[quota] = ("quota_quantity_missing", _values(quota=quota, unit=balance.unit))
            elif need > left or left <= 0:
                reason = "quota_used_up" if left <= 0 else "quota_not_enough"
                values = _values(left=f"{left:f}", needed=f"{need:f}", quota=quota, unit=balance.unit)
                self.refused[quota] = (reason, values)
            else:
                self.needs[quota] = need

    def need(self, unit: str) -> Decimal | None:
        """How much of a quota in `unit` the item takes; None when it does not say."""
        if unit == CURRENCY:
            return decimal_from(self.values["value"], 2)
        try:
            return decimal_from(self.quantity(unit), 6)
        except Missing:
            return None


def _put_aside(plan: LinePlan, trace: Trace, better: LinePlan) -> Rejected:
    """`plan` gave way to the `better` one: with what it would have come to."""
    if better.measure.share is not None:
        reason = "relief_is_lower"
    else:
        reason = "preference_is_lower" if better.measure.preference else "general_rate_is_lower"
    return Rejected(plan.measure.id, reason, (("amount", str(plan.amount(trace))), ("rate", plan.rate)))


def _values(**values: str) -> Pairs:
    return tuple(sorted(values.items()))
