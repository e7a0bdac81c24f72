"""How long rules and payments take: `python bench/engine.py` prints medians and 99th percentiles of CPU time.

One claim a line. No peer runs beside it yet; the figures are ours alone and name the machine.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from gumruk.cli.demo_content import content
from gumruk.law.types import Confidence, ExchangeRate
from gumruk.lawbook import files, shipped
from gumruk.rules.duty import assess
from gumruk.rules.duty.lines import compiled
from gumruk.rules.form import read
from gumruk.rules.rates import read_rate

DAY = date(2026, 1, 15)


def measure(name: str, act: Callable[[], object], times: int) -> None:
    """Run `act` often and print its CPU time."""
    for _ in range(max(3, times // 20)):
        act()
    spent = []
    for _ in range(times):
        start = time.process_time_ns()
        act()
        spent.append(time.process_time_ns() - start)
    spent.sort()
    p99 = spent[int(len(spent) * 0.99) - 1]
    print(f"{name:<58}{statistics.median(spent) / 1000:>12.1f} us p50{p99 / 1000:>12.1f} us p99")


def main() -> None:
    rates = [ExchangeRate(c, DAY, 1, Decimal("10.5"), "bench", Confidence.DEMO) for c in ("USD", "EUR")]
    law, form, checks = shipped.on(DAY, exchange=rates), files.form(), shipped.checks_on(DAY)
    print(f"{platform.machine()}, Python {platform.python_version()}, {len(checks.rules)} rules")
    components = read_rate("10% MIN 0.02 EUR / 1 KGM")
    program = compiled("round(rate(value), 2, HALF_UP)", components).program
    values = {"value": 1245000, "quantity_KGM": 80_000_000_000, "exchange_EUR": 11_874_000_000}
    measure("one payment line, compiled, with every step's value", lambda: program.run(values), 20000)
    for items in (1, 10, 50):
        said = content(seed=4, items=items, day=DAY)
        reading = read(form, said)
        measure(f"{items} items: text to facts", lambda said=said: read(form, said), 200)  # type: ignore[misc]
        measure(f"{items} items: all rules", lambda reading=reading: checks.run(reading, law), 200)  # type: ignore[misc]
        measure(f"{items} items: payments with working", lambda reading=reading: assess(reading.facts, form, law), 200)  # type: ignore[misc]


if __name__ == "__main__":
    main()
