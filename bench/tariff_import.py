"""How long a national tariff of 13,000 rows takes from an XLSX file to a draft: `python bench/tariff_import.py`.

Wall and CPU seconds of each step, the draft on the embedded database in a folder of its own (`.state/bench`). The rows
are invented: real subheadings of HS 2022 with two invented digits pairs, so that every check has work to do.
"""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

os.environ.setdefault("GUMRUK_STATE", ".state/bench")

from gumruk.cli.main import prepare

ROWS, DAY = 13_000, date(2027, 1, 1)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def timed(name: str, act: Callable[[], Any]) -> Any:
    wall, cpu = time.perf_counter(), time.process_time()
    said = act()
    print(f"{name:<48}{time.perf_counter() - wall:>8.2f} s wall{time.process_time() - cpu:>8.2f} s CPU", flush=True)
    return said


def invented() -> bytes:
    from gumruk.lawbook import files
    from gumruk.toolkit.sheets import write_sheet

    rates = ("5%", "10%", "15%", "0%", "10% MIN 0.05 EUR / 1 KGM", "12% + 0.03 EUR / 1 KGM", "0.04 EUR / 1 LTR")
    heading = ("код", "номи тоҷикӣ", "наименование", "name", "ставка", "доп. ед.", "действует с")
    codes = [f"{code}{pair}00" for pair in ("10", "20", "90") for code in sorted(files.code_lists()["hs6"])][:ROWS]
    rows = [
        (code, f"Моли {code}", f"Товар {code}", f"Goods {code}", rates[place % len(rates)], "KGM", "01.01.2027")
        for place, code in enumerate(sorted(codes))
    ]
    return write_sheet([heading, *rows])


def main() -> None:
    prepare(as_owner=True)
    from django.core.management import call_command
    from django.db import transaction

    from gumruk.lawbook import files, selectors, services, tariff_draft, tariff_sheet
    from gumruk.toolkit.sheets import read_sheet
    from gumruk.trust import selectors as trust
    from gumruk.trust import services as people
    from gumruk.trust.types import Role

    call_command("migrate", interactive=False, verbosity=0)
    services.load(name=files.SHIPPED, at=NOW)
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores, {ROWS} rows")
    data = invented()
    selectors.snapshot()
    begin = time.perf_counter()
    rows = timed("XLSX to rows of text", lambda: read_sheet(data))
    sheet = timed(
        "rows to lines, every check", lambda: tariff_sheet.read_tariff(rows, known=tariff_draft.known_to_law())
    )
    change = timed(
        "difference to standing law", lambda: tariff_draft.against_law(sheet, act="tj-gov-2003-450", source="bench")
    )
    print(f"{'preview, all of it':<48}{time.perf_counter() - begin:>8.2f} s wall   {change.counts}")
    with transaction.atomic():
        user = people.add_user(
            username=f"bench-{time.time_ns()}", name="Bench", password="x" * 20, language="en", at=NOW
        )
        people.grant(user_id=user, role=Role.LAW_EDITOR, since=date(2026, 1, 1), at=NOW)
        person = trust.person(user_id=user, day=NOW.date())
        timed(
            f"draft of {len(change.entries)} entries",
            lambda: tariff_draft.draft_tariff(
                change=change, title="bench", reason="", act="tj-gov-2003-450", by=person, at=NOW
            ),
        )
        transaction.set_rollback(True)
    print(f"{'file to draft, all of it':<48}{time.perf_counter() - begin:>8.2f} s wall")


if __name__ == "__main__":
    main()
