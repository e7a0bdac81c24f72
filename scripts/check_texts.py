"""Texts of the repository: no places of somebody's machine, links that lead somewhere, a glossary in three languages."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Places of one machine and hosts of package registries have no business here.
MACHINE = re.compile(
    r"(?<![\w.])/(work|home|root|Users)/[\w.-]+|(?<![\w./])/tmp/[\w.-]+"
    r"|files\.pythonhosted\.org|registry\.npmjs\.org|pypi\.org/simple"
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ALLOWED = {"scripts/check_texts.py"}  # names what it looks for
LANGUAGES = 3


def tracked() -> Iterator[Path]:
    """The text files that the repository holds."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, check=True
    ).stdout
    for name in listed.decode().split("\0"):
        path = Path(name)
        if name and name not in ALLOWED and path.is_file() and b"\0" not in path.read_bytes()[:2000]:
            yield path


def machine_places() -> Iterator[str]:
    for path in tracked():
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            found = MACHINE.search(line)
            if found:
                yield f"{path}:{number}: a place of one machine: {found[0]}"


def dead_links() -> Iterator[str]:
    for path in tracked():
        if path.suffix != ".md":
            continue
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            if re.match(r"[a-z]+:|#", target):
                continue
            if not (path.parent / target.partition("#")[0]).exists():
                yield f"{path}: a link that leads nowhere: {target}"


def glossary_gaps() -> Iterator[str]:
    path = Path("docs/reference/glossary.md")
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and not set(line) <= set("|-: ") and not all(cells[:LANGUAGES]):
            yield f"{path}: not in three languages: {line}"


def long_records() -> Iterator[str]:
    for path in sorted(Path("docs/adr").glob("*.md")):
        lines = path.read_text(encoding="utf-8").rstrip("\n").count("\n") + 1
        if lines > 25:
            yield f"{path}: {lines} lines; a decision has 25 at most"


def main() -> int:
    """Look at everything."""
    found = [*machine_places(), *dead_links(), *glossary_gaps(), *long_records()]
    sys.stdout.write("\n".join(found) + "\n" if found else "no machine places, no dead links, glossary complete\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
