"""One declaration of fifty items from its file to its stored assessment: `python -m bench.lodging [--rounds 200]`.

Read the ASYCUDA World file, save the draft, freeze it, then submit: check, assess, screen, charge and keep, with PostgreSQL
on the same machine, in this process, without the web. Wall time of each step, and CPU of this process for the whole.
The pure part (text to facts, rules, payments) is timed beside it in the same rounds by CPU: goal 5 ms p99 for it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from bench import _plot, _site

GOAL = 5.0
STEPS = ("read the file", "save the draft", "prepare", "submit")
WHOLE, CPU, PURE = "file to stored assessment", "the same, CPU of this process", "facts, rules, payments, CPU"


class Chain:
    """The four steps, each on what the one before gave."""

    def __init__(self, items: int) -> None:
        from gumruk.toolkit.clock import law_day
        from gumruk.trust import selectors as trust

        self.items, self.at = items, _site.now()
        self.day = law_day(self.at)
        broker = trust.person_named(username="broker", day=self.day)
        assert broker is not None
        self.broker = broker
        self.spent: dict[str, list[float]] = {name: [] for name in (*STEPS, WHOLE, CPU, PURE)}

    def file(self, number: int) -> tuple[bytes, dict[str, str]]:
        """An invented declaration as a file, and a reason for each of its warnings."""
        from gumruk.clearance import services as clearance
        from gumruk.clearance.types import reason_key
        from gumruk.cli.demo_content import content
        from gumruk.exchange import asycuda

        said = content(seed=5000 + number, items=self.items, day=self.day)
        findings = clearance.check(content=said, at=self.at).findings
        return asycuda.write(said), {reason_key(finding): "bench" for finding in findings}

    def run(self, file: bytes, reasons: dict[str, str]) -> None:
        """Lodge one file."""
        from gumruk.clearance import services as clearance
        from gumruk.declarations import services as declarations
        from gumruk.exchange.formats import parse

        cpu = time.process_time()
        parsed = self._step("read the file", lambda: parse(file))
        said = parsed.content
        draft = self._step(
            "save the draft",
            lambda: declarations.create_draft(
                content=said, by=self.broker, at=self.at, origin="file",
                residue=parsed.residue, source_format=parsed.format,
            ),
        )  # fmt: skip
        statement = self._step(
            "prepare",
            lambda: clearance.prepare(declaration=draft, by=self.broker, at=self.at, reasons=reasons),
        )
        lodged = self._step(
            "submit",
            lambda: clearance.submit(declaration=draft, statement_hash=statement.hash, by=self.broker, at=self.at),
        )
        if not lodged.accepted:
            raise SystemExit(
                f"refused: {sorted({finding.code for finding in (*lodged.findings, *lodged.unexplained)})}"
            )
        self.spent[CPU].append(1000 * (time.process_time() - cpu))
        self.spent[WHOLE].append(sum(self.spent[step][-1] for step in STEPS))
        self._pure(said)

    def _step(self, name: str, act: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        answer = act()
        self.spent[name].append(1000 * (time.perf_counter() - begun))
        return answer

    def _pure(self, said: Any) -> None:
        from gumruk.lawbook import selectors as lawbook
        from gumruk.rules.duty import assess
        from gumruk.rules.form import read

        form, law, checks = lawbook.form(self.day), lawbook.on(self.day), lawbook.checks_on(self.day)
        begun = time.process_time_ns()
        reading = read(form, said)
        checks.run(reading, law)
        assess(reading.facts, form, law)
        self.spent[PURE].append((time.process_time_ns() - begun) / 1e6)


def line(name: str, spent: list[float]) -> str:
    ordered = sorted(spent)
    return f"{name:<34}{statistics.median(ordered):>9.2f}{ordered[int(len(ordered) * 0.99)]:>9.2f}"


def main() -> None:
    """Measure, print, plot."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=200)
    options.add_argument("--items", type=int, default=50)
    chosen = options.parse_args()
    _site.prepare("gumruk_lodging")
    _site.people()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    chain = Chain(chosen.items)
    files = [chain.file(number) for number in range(chosen.rounds + 10)]
    for _ in range(9):
        chain.run(*files.pop())
    with CaptureQueriesContext(connection) as made:
        chain.run(*files.pop())
    for spent in chain.spent.values():
        spent.clear()
    for file in files:
        chain.run(*file)
    pure = sorted(chain.spent[PURE])
    text = [
        _site.machine(),
        f"{chosen.items} items, {chosen.rounds} rounds, {len(made)} statements a declaration, no signature",
        f"{'ms':<34}{'p50':>9}{'p99':>9}",
        *(line(name, chain.spent[name]) for name in (*STEPS, WHOLE, CPU, PURE)),
        f"goal {GOAL:g} ms p99 for facts, rules and payments: {'met' if pure[int(len(pure) * 0.99)] < GOAL else 'missed'}",
    ]
    print("\n".join(text))
    bars = [(name, statistics.median(chain.spent[name])) for name in (*STEPS, WHOLE, PURE)]
    _plot.save("lodging", text, f"{chosen.items} items, milliseconds, median", bars)


if __name__ == "__main__":
    main()
