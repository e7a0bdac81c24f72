"""One payment line with its working against OpenFisca-core, and the payments of a declaration: `python -m bench.payments`.

Both compute the same law in the same run: duty 10 % of the value but at least 0.02 EUR a kilogram, rounded half-up to the
diram. OpenFisca builds a simulation for the line and keeps its trace; what it answers is compared with exact fractions.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bench import _plot
from gumruk.cli.demo_content import content
from gumruk.law.day import Law
from gumruk.law.types import Citation, Confidence, ExchangeRate, Formula, Measure, Words
from gumruk.lawbook import files, shipped
from gumruk.rules.duty import assess, to_json
from gumruk.rules.duty.lines import LinePlan, line_plan
from gumruk.rules.form import read
from gumruk.rules.formula import read_formula
from gumruk.rules.formula.oracle import value_of
from gumruk.rules.rates import read_rate

DAY = date(2026, 1, 15)
RATE, TEXT = "10% MIN 0.02 EUR / 1 KGM", "round(rate(value), 2, HALF_UP)"
EURO = Decimal("11.8740")
LINES = 20_000


def timed(act: Callable[[], object], times: int) -> tuple[float, float]:
    """p50 and p99 of the CPU time of `act`, in microseconds."""
    for _ in range(max(3, times // 20)):
        act()
    spent = []
    for _ in range(times):
        start = time.process_time_ns()
        act()
        spent.append(time.process_time_ns() - start)
    spent.sort()
    return statistics.median(spent) / 1000, spent[int(times * 0.99) - 1] / 1000


def one_plan() -> LinePlan:
    """The plan of one line."""
    euro = ExchangeRate("EUR", DAY, 1, EURO, "bench", Confidence.DEMO)
    law = Law.build(day=DAY, exchange=[euro])
    formula = Formula("duty", 1, TEXT, Words("", "", "duty"), DAY, None, Citation("bench"), Confidence.DEMO)
    measure = Measure("m", "duty", "", RATE, read_rate(RATE), DAY, None, Citation("bench"), Confidence.DEMO)
    return line_plan(formula, measure, law, {})


def open_fisca() -> tuple[Callable[[float, float], float], Callable[[list[float], list[float]], Any]]:
    """The same duty in OpenFisca: one line with its trace, and many lines at once."""
    import numpy as np
    from openfisca_core import entities, periods, variables
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem

    goods = entities.SingleEntity("goods", "goods_items", "", "")

    class value(variables.Variable):  # noqa: N801 - the name of a variable there is the name of its class
        value_type, entity, definition_period, label = float, goods, periods.DateUnit.DAY, "value"

    class mass(variables.Variable):  # noqa: N801
        value_type, entity, definition_period, label = float, goods, periods.DateUnit.DAY, "mass"

    class duty(variables.Variable):  # noqa: N801
        value_type, entity, definition_period, label = float, goods, periods.DateUnit.DAY, "duty"

        def formula(items: Any, period: Any) -> Any:  # type: ignore[override]  # noqa: N805 - it is called so
            owed = np.maximum(items("value", period) * 0.10, items("mass", period) * 0.02 * float(EURO))
            return np.floor(owed * 100 + 0.5) / 100

    system = TaxBenefitSystem([goods])
    for variable in (value, mass, duty):
        system.add_variable(variable)
    day = DAY.isoformat()

    def simulation(values: list[float], masses: list[float]) -> Any:
        builder = SimulationBuilder()
        builder.create_entities(system)
        builder.declare_person_entity("goods", [str(place) for place in range(len(values))])
        made = builder.build(system)
        made.set_input("value", day, np.array(values))
        made.set_input("mass", day, np.array(masses))
        return made

    def one(amount: float, kilograms: float) -> float:
        made = simulation([amount], [kilograms])
        made.trace = True
        return float(made.calculate("duty", day)[0])

    return one, lambda values, masses: simulation(values, masses).calculate("duty", day)


def wrong_of(answers: list[Fraction], exact: list[Fraction]) -> int:
    """How many answers, taken to the diram, are not the exact ones."""
    return sum(one != other for one, other in zip(answers, exact, strict=True))


def declaration(report: list[str]) -> list[tuple[str, float]]:
    """The payments of whole declarations under the shipped law."""
    rates = [ExchangeRate(c, DAY, 1, Decimal("10.5"), "bench", Confidence.DEMO) for c in ("USD", "EUR")]
    form, bars = files.form(), []
    for items in (1, 10, 50):
        facts = read(form, content(seed=4, items=items, day=DAY)).facts
        law = shipped.on(DAY, exchange=rates)
        start = time.process_time_ns()
        result = assess(facts, form, law)
        first = (time.process_time_ns() - start) / 1000
        p50, p99 = timed(lambda facts=facts, law=law: assess(facts, form, law), 300)  # type: ignore[misc]
        wire, _ = timed(lambda result=result: to_json(result), 300)  # type: ignore[misc]
        report.append(
            f"{items:>3} items, {len(result.lines):>3} lines with working{p50:>12.1f} us p50{p99:>12.1f} us p99"
            f"   (first under a new law {first:.0f} us; to bytes {wire:.0f} us)"
        )
        bars.append((f"{items} items: payments with working", p50))
    return bars


def main() -> None:
    """Measure, print, plot."""
    report = [f"{platform.machine()}, Python {platform.python_version()}, CPU time, one payment line: {RATE}"]
    plan = one_plan()
    values = {"value": 12_450_00, "quantity_KGM": 80_000_000_000, "exchange_EUR": 11_874_000_000}
    ours = timed(lambda: plan.line(1, plan.trace(values), values, (), payable=True), 20_000)
    amount = timed(lambda: plan.trace(values), 20_000)
    report.append(f"{'Gumruk, amount and every value':<44}{amount[0]:>10.2f} us p50{amount[1]:>10.2f} us p99")
    report.append(f"{'Gumruk, payment line with its working':<44}{ours[0]:>10.2f} us p50{ours[1]:>10.2f} us p99")
    bars = [("Gumruk, line with working", ours[0])]
    chance = random.Random(7)  # noqa: S311 - the same lines on every run
    drawn = [(chance.randrange(1, 10**9), chance.randrange(0, 10**9)) for _ in range(LINES)]
    tree = read_formula(TEXT, read_rate(RATE))
    exact = [
        value_of(tree, {"value": Fraction(v, 100), "quantity_KGM": Fraction(m, 1000), "exchange_EUR": Fraction(EURO)})
        for v, m in drawn
    ]
    mine = [Fraction(plan.trace({**values, "value": v, "quantity_KGM": m * 1000})[-1], 100) for v, m in drawn]
    report.append(f"{'Gumruk, lines that are not exact':<44}{wrong_of(mine, exact):>10} of {LINES}")
    alone = "--alone" in sys.argv
    if not alone:
        one, many = open_fisca()
        theirs = timed(lambda: one(12450.0, 80000.0), 1_000)
        report.append(
            f"{'OpenFisca-core, the line with its trace':<44}{theirs[0]:>10.2f} us p50{theirs[1]:>10.2f} us p99"
        )
        report.append(f"{'ratio of the medians':<44}{theirs[0] / ours[0]:>10.0f} times")
        bars.append(("OpenFisca-core, line with trace", theirs[0]))
        said = many([v / 100 for v, _ in drawn], [m / 1000 for _, m in drawn])
        rounded = [Fraction(round(float(amount) * 100), 100) for amount in said]
        report.append(f"{'OpenFisca-core, lines that are not exact':<44}{wrong_of(rounded, exact):>10} of {LINES}")
    bars += declaration(report)
    print("\n".join(report))
    if not alone:
        _plot.save("payments", report, "payments, microseconds of CPU (median)", bars)


if __name__ == "__main__":
    main()
