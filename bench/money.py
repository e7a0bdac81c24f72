"""Time of posting and of printing: `python -m bench.money [--rounds 200]`.

Posting: one charge of five kinds raised and paid from an account, each in a transaction of its own with PostgreSQL.
Printing: receipt, notice and declaration of 1, 10 and 50 items from prepared data, as Typst sets them. Goals: 0.3 s a form.
"""

from __future__ import annotations

import argparse
import statistics
import time
import uuid
from collections.abc import Callable
from decimal import Decimal

from bench import _site


def timed(act: Callable[[int], object], rounds: int) -> tuple[float, float, float]:
    """p50 and p99 in milliseconds of wall time, and the CPU of this process for one round (all its threads)."""
    took = []
    before = time.process_time()
    for number in range(rounds):
        start = time.perf_counter()
        act(number)
        took.append((time.perf_counter() - start) * 1000)
    cpu = (time.process_time() - before) * 1000 / rounds
    took.sort()
    return statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))], cpu


def posting(rounds: int) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gumruk.payments import services
    from gumruk.toolkit import clock

    at, run = clock.now(), f"{uuid.uuid4().int % 10**8:08}"
    kinds = ("duty", "excise", "vat", "special", "fee_clearance")
    references: list[str] = []

    def raise_one(number: int) -> None:
        declaration = uuid.uuid4()
        references.append(f"{run}-{number}")
        services.raise_charges(
            declaration=declaration, office=f"BEN-{number % 32:02}", payer=run, reference=references[-1],
            amounts=dict.fromkeys(kinds, Decimal("10.00")), assessment=uuid.uuid4(), at=at, by=None,
        )  # fmt: skip

    def pay_one(number: int) -> None:
        services.pay_from_account(reference=references[number], party=run, at=at, by=None)

    services.deposit(party=run, amount=Decimal(50 * rounds * 2), source=run, office="BEN-00", at=at, by=None)
    with CaptureQueriesContext(connection) as made:
        raise_one(rounds)
    references.clear()
    print(f"raise_charges, five kinds: {len(made)} statements with begin and commit")
    for name, act in (("raise a charge", raise_one), ("pay it from the account", pay_one)):
        middle, worst, cpu = timed(act, rounds)
        print(f"{name:<28}p50 {middle:7.2f} ms   p99 {worst:7.2f} ms   CPU {cpu:7.2f} ms")


def printing(rounds: int) -> None:
    from gumruk.clearance.services import check
    from gumruk.cli.demo import enter_rates
    from gumruk.cli.demo_content import content
    from gumruk.declarations import canonical
    from gumruk.declarations.types import Summary, VersionView
    from gumruk.documents.marks import bars, qr
    from gumruk.documents.typesetting import typeset
    from gumruk.documents.wording import words
    from gumruk.tariff.types import StoredAssessment
    from gumruk.toolkit import clock
    from gumruk.web.prints.sheets import assessment_sheet, declaration_sheet

    at = clock.now()
    day = clock.law_day(at)
    enter_rates(day, at)
    for items in (1, 10, 50):
        said = canonical.clean(content(seed=3, items=items, day=day))
        checked = check(content=said, at=at)
        stored = StoredAssessment(uuid.uuid4(), "BEN/1", 1, day, 1, "0" * 64, at, checked.assessment)
        fields = dict.fromkeys(Summary.__dataclass_fields__)
        summary = Summary(**{**fields, "id": uuid.uuid4(), "office": "PRV-R01", "registration": "PRV-R01/010126/0000001",
                             "declarant_tin": "010000001", "declarant_name": "Demo", "registered_at": at, "made_at": at})  # type: ignore[arg-type]  # fmt: skip
        version = VersionView(1, said, "0" * 64, at, None, "", "standing", "", "")
        sheets = [
            declaration_sheet(summary=summary, version=version, stored=stored, charge=None, timeline=(), language="tg"),
            assessment_sheet(summary=summary, stored=stored, charge=None, language="tg"),
        ]
        for sheet in sheets:
            data = {
                "title": sheet.title, "language": "tg", "number": sheet.subject.number, "version": 1, "hash": "0" * 64,
                "code": "AAAA", "address": "https://example/verify/AAAA", "qr": qr("https://example/verify/AAAA"),
                "bars": bars(sheet.subject.number), "copy": 0, "dated": [2026, 1, 1], "words": words("tg"), **sheet.content,
            }  # fmt: skip

            # A changed number on each round, so that nothing is taken from a cache of the whole page.
            def one(number: int, form: str = sheet.form, data: dict[str, object] = data) -> None:
                typeset(form, {**data, "version": number}, dated=day)

            middle, worst, cpu = timed(one, max(10, rounds // 10))
            print(
                f"{sheet.form:<12}{items:>3} items      p50 {middle:7.1f} ms   p99 {worst:7.1f} ms   CPU {cpu:7.1f} ms"
            )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=200)
    chosen = options.parse_args()
    _site.prepare("gumruk_money")
    posting(chosen.rounds)
    printing(chosen.rounds)


if __name__ == "__main__":
    main()
