"""How long a register of many lines takes on paper: `python -m bench.registers`. No database; lines are invented.

Goal: two thousand lines in five seconds.
"""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal

from bench import _plot, _site

GOAL = 5.0
SIZES = (200, 2_000, 5_000)


def main() -> None:
    """Typeset and print the times."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gumruk.site.settings")
    os.environ.setdefault("DATABASE_URL", "postgres://none@localhost/none")
    import django

    django.setup()
    from gumruk.documents.marks import bars, qr
    from gumruk.documents.typesetting import typeset
    from gumruk.documents.wording import words
    from gumruk.lawbook import selectors, shipped
    from gumruk.web.registers.asking import Asked
    from gumruk.web.registers.kinds import REGISTERS, Line
    from gumruk.web.registers.printing import sheet

    day, at = date(2026, 3, 1), datetime(2026, 3, 31, tzinfo=UTC)
    text = [_site.machine(), "a register of declarations in Tajik: seconds to cut, typeset and embed the fonts"]
    found = []
    for size in SIZES:
        lines = [
            Line(
                (f"PRV-R01/010326/{number:07}", "01.03.2026 10:00", "IM", "барориш барои муомилоти озод", "Демо-брокер",
                 "ҶДММ «Намунаи Хуҷанд»", "Гӯшти мурғи яхкардашуда, яклухт", "Сабз", "Бароварда шуд", 3,
                 Decimal(number) + Decimal("0.37"), Decimal(number) / 4),
                (at, uuid.UUID(int=number)), None,
            )
            for number in range(size)
        ]  # fmt: skip
        with selectors.given(shipped.snapshot()):
            began, worked = time.perf_counter(), time.process_time()
            made = sheet(Asked(REGISTERS["declarations"], day, day, "", None), lines, language="tg", at=at)
            data = {"title": made.title, "language": "tg", "number": made.subject.number, "version": 1, "hash": "0" * 64,
                    "code": "AAAA-AAAA-AAAA-AAAA", "address": "https://example.test/", "qr": qr("https://example.test/"),
                    "bars": bars(made.subject.number), "copy": 0, "dated": [2026, 3, 31], "words": words("tg"), **made.content}  # fmt: skip
            pdf = typeset("register", data, dated=day)
            spent, busy = time.perf_counter() - began, time.process_time() - worked
        text.append(
            f"{size:>7,} lines {spent:>8.2f} s (processor {busy:.2f} s) {len(made.content['pages']):>5} pages {len(pdf):>12,} bytes"
        )
        print(text[-1], flush=True)
        found.append((f"{size:,} lines", spent))
    print("\n".join(text))
    _plot.save("registers", text, "seconds", found, goal=GOAL)


if __name__ == "__main__":
    main()
