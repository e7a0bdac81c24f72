"""Write docs/reference/settings.md from the typed settings, so that the page cannot say anything else."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from gumruk.toolkit.environment import Environment, variable

PAGE = Path(__file__).parent.parent / "docs" / "reference" / "settings.md"
_HEAD = """# Settings

Read from the environment when a program starts. An unknown variable that begins with `GUMRUK_`, and a value that is
wrong, stop the start with their name. `make docs` writes this page from `toolkit/environment.py`.

| variable | meaning | default |
|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = []
    for field, info in Environment.model_fields.items():
        default = "none" if info.default in ("", None) else f"`{info.default}`"
        if isinstance(info.default, bool):
            default = "on" if info.default else "off"
        choices = [str(choice) for choice in get_args(info.annotation) if isinstance(choice, str)]
        one_of = f" One of {', '.join(f'`{choice}`' for choice in choices)}." if choices else ""
        rows.append(f"| `{variable(field)}` | {info.description}{one_of} | {default} |")
    return _HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
