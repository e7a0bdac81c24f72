"""Write the example declarations of `examples/` again: demonstration content by our own writers, the same on every run.

Their date is a fixed day of the past, which rules allow on every later day; rates of exchange and the tariff are those of
the day on which the file is sent.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "examples"
DAY = date(2026, 1, 15)


def contents() -> dict[str, dict[str, Any]]:
    """What each file holds, by its name."""
    from gumruk.cli.demo_content import content, export_content

    return {
        "import.json": content(seed=7, items=2, day=DAY),
        "export.xml": export_content(seed=5, items=1, day=DAY),
        "import.xlsx": content(seed=8, items=3, day=DAY),
    }


def written() -> dict[str, bytes]:
    """Each file, by its name."""
    from gumruk.exchange import asycuda

    said = contents()
    return {
        "import.json": json.dumps(said["import.json"], ensure_ascii=False, indent=2).encode() + b"\n",
        "export.xml": asycuda.write(said["export.xml"]) + b"\n",
        "import.xlsx": workbook(said["import.xlsx"]),
    }


def workbook(content: dict[str, Any]) -> bytes:
    """The template that the site gives, filled."""
    from openpyxl import load_workbook

    from gumruk.exchange import sheets
    from gumruk.exchange.sheets.columns import shown

    book = load_workbook(io.BytesIO(sheets.template("en")))
    for row in book["declaration"].iter_rows(min_row=2):
        row[3].value = content.get(row[0].value)
    for line, item in enumerate(content["items"], start=2):
        flat = dict(item)
        for group in ("packages", "documents"):
            flat |= {
                f"{group}.{at}.{name}": text for at, rows in enumerate(item[group], 1) for name, text in rows.items()
            }
        for place, column in enumerate(shown(), start=1):
            book["items"].cell(line, place).value = flat.get(column.key)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> int:
    from gumruk.cli.main import prepare

    prepare()
    FOLDER.mkdir(exist_ok=True)
    for name, data in written().items():
        (FOLDER / name).write_bytes(data)
        print(f"{FOLDER.name}/{name}: {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
