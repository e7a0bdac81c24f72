"""Format-logical control of one record, beside pydantic, msgspec and jsonschema-rs: `python bench/checks.py`.

The same import declarations of one item, a fifth of them with one to three faults, go to everyone in one run. Each peer
gets the rules that it can say; ours runs on exactly those rules too, so that a ratio compares like with like, and then
on two hundred and on all rules. Needs the packages of `requirements/bench.txt`. Text and plot go to `bench/results/`.
"""

from __future__ import annotations

import platform
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import jsonschema_rs
import msgspec
import pydantic

import check_peers
from gumruk.cli.demo_content import content
from gumruk.law.day import Law
from gumruk.lawbook import files, shipped
from gumruk.rules.checks import CheckRule, Checks, compile_checks
from gumruk.rules.form import Reading, read

DAY = date(2026, 1, 15)
RECORDS, ROUNDS = 400, 10
RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the table."""

    name: str
    rules: int
    p50: float
    p99: float
    faults: str


def declarations() -> list[dict[str, Any]]:
    """Clean declarations of one item, every fifth with up to three values spoilt."""
    chance = random.Random(7)  # noqa: S311 - the same declarations on every run
    made = [content(seed=seed, items=1, day=DAY) for seed in range(RECORDS)]
    for said in made[::5]:
        for _ in range(chance.randint(1, 3)):
            row = chance.choice([said, said["items"][0]])
            name = chance.choice(
                [key for key, value in row.items() if isinstance(value, str) and key not in ("direction", "regime")]
            )
            row[name] = chance.choice(["", "ZZ"] if not row[name].replace(".", "").isdigit() else ["", "0"])
    return made


def plain(facts: Any) -> Any:
    """Facts as a file would carry them: absent where nothing was said, dates as text."""
    if isinstance(facts, dict):
        return {key: plain(value) for key, value in facts.items() if value is not None}
    if isinstance(facts, list):
        return [plain(row) for row in facts]
    return facts.isoformat() if isinstance(facts, date) else facts


def measured(act: Callable[[Any], object], records: Sequence[Any]) -> tuple[float, float]:
    """Microseconds of CPU for one record: median and 99th percentile over all records and rounds."""
    for record in records:
        act(record)
    spent = []
    for _ in range(ROUNDS):
        for record in records:
            start = time.process_time_ns()
            act(record)
            spent.append(time.process_time_ns() - start)
    spent.sort()
    return spent[len(spent) // 2] / 1000, spent[int(len(spent) * 0.99) - 1] / 1000


def ours(name: str, rules: Sequence[CheckRule], readings: Sequence[Reading], law: Law) -> Line:
    checks: Checks = compile_checks(_closed(rules), files.form(), DAY)
    found = sum(len(checks.run(reading, law).findings) for reading in readings)
    return Line(name, len(rules), *measured(lambda reading: checks.run(reading, law), readings), str(found))


def _closed(rules: Sequence[CheckRule]) -> list[CheckRule]:
    """A subset stands alone: what its rules rest on may not be in it. Malformed text is always answered for."""
    from dataclasses import replace

    malformed = [rule for rule in files.check_rules() if rule.kind == "malformed"]
    return [*malformed, *(replace(rule, depends_on=()) for rule in rules)]


def pydantic_line(rules: Sequence[CheckRule], records: Sequence[Any], law: Law) -> tuple[Line, list[CheckRule]]:
    fields, used = check_peers.typed(rules, files.form(), law)
    model = check_peers.pydantic_model(fields)

    def act(record: Any) -> int:
        try:
            model.model_validate(record)
        except pydantic.ValidationError as error:
            return len(error.errors(include_url=False, include_context=False))
        return 0

    found = sum(map(act, records))
    return Line(f"pydantic {pydantic.VERSION}", len(used), *measured(act, records), str(found)), used


def msgspec_line(rules: Sequence[CheckRule], records: Sequence[Any], law: Law) -> Line:
    fields, used = check_peers.typed(rules, files.form(), law)
    struct = check_peers.msgspec_struct(fields)

    def act(record: Any) -> int:
        try:
            msgspec.convert(record, struct)
        except msgspec.ValidationError:
            return 1
        return 0

    found = sum(map(act, records))
    return Line(f"msgspec {msgspec.__version__}", len(used), *measured(act, records), f"{found} (first of a record)")


def schema_line(rules: Sequence[CheckRule], records: Sequence[Any], law: Law) -> tuple[Line, list[CheckRule]]:
    schema, used = check_peers.whole_schema(rules, law)
    validator = jsonschema_rs.validator_for(schema)

    def act(record: Any) -> int:
        return sum(1 for _ in validator.iter_errors(record))

    found = sum(map(act, records))
    version = getattr(jsonschema_rs, "__version__", "")
    return Line(f"jsonschema-rs {version}".strip(), len(used), *measured(act, records), str(found)), used


def table(lines: Sequence[Line]) -> str:
    head = f"{'who':<44}{'rules':>6}{'p50 us':>9}{'p99 us':>9}  faults found"
    return "\n".join([head, *(f"{x.name:<44}{x.rules:>6}{x.p50:>9.1f}{x.p99:>9.1f}  {x.faults}" for x in lines)])


def plot(lines: Sequence[Line]) -> str:
    """Bars of the median, the number of rules beside each."""
    widest = max(line.p50 for line in lines)
    rows = []
    for number, line in enumerate(lines):
        y, width = 40 + 26 * number, 380 * line.p50 / widest
        colour = "#1d5f8a" if line.name.startswith("gumruk") else "#b3812d"
        rows.append(
            f'<text x="300" y="{y + 13}" text-anchor="end">{line.name}</text>'
            f'<rect x="310" y="{y}" width="{width:.1f}" height="18" fill="{colour}"/>'
            f'<text x="{316 + width:.1f}" y="{y + 13}">{line.p50:.1f} µs, {line.rules} rules</text>'
        )
    height = 60 + 26 * len(lines)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="860" height="{height}" font-family="sans-serif" font-size="12">'
        '<rect width="100%" height="100%" fill="#fff"/>'
        '<text x="20" y="22" font-size="14">One declaration of one item: CPU time, median</text>'
        + "".join(rows)
        + "</svg>\n"
    )


def main() -> None:
    law, form = shipped.on(DAY), files.form()
    readings = [read(form, said) for said in declarations()]
    records = [plain(reading.facts) for reading in readings]
    met = list(shipped.checks_on(DAY).program("IM").rules)
    schema, by_schema = schema_line(met, records, law)
    typed, by_types = pydantic_line(met, records, law)
    first = msgspec_line(met, records, law)
    same_schema = ours("gumruk, the rules of jsonschema-rs", by_schema, readings, law)
    same_types = ours("gumruk, the rules of pydantic and msgspec", by_types, readings, law)
    lines = [
        schema,
        same_schema,
        typed,
        first,
        same_types,
        ours("gumruk, two hundred rules", met[:200], readings, law),
        ours("gumruk, every rule of an import", met, readings, law),
    ]
    told = [
        f"{platform.machine()}, Python {platform.python_version()}, {len(met)} rules meet an import declaration",
        f"{RECORDS} declarations of one item, a fifth with faults; {ROUNDS} rounds; CPU time of one declaration",
        "",
        table(lines),
        "",
        f"jsonschema-rs / gumruk on the same {schema.rules} rules: {schema.p50 / same_schema.p50:.2f}",
        f"pydantic / gumruk on the same {typed.rules} rules: {typed.p50 / same_types.p50:.2f}",
        f"msgspec / gumruk on the same {first.rules} rules: {first.p50 / same_types.p50:.2f} (msgspec stops at the first fault)",
        f"Faults by jsonschema-rs {schema.faults}, by gumruk on the same rules {same_schema.faults}",
        f"Faults by pydantic {typed.faults}, by gumruk on the same rules {same_types.faults}",
    ]
    text = "\n".join(told) + "\n"
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "checks.txt").write_text(text, encoding="utf-8")
    (RESULTS / "checks.svg").write_text(plot(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
