"""The lists of locked packages hold exact versions with hashes, and no addresses to download from."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host|^\s*-[if] |\s@\s", re.IGNORECASE)
PINNED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]+\])?==[^\s;]+")


def faults_of(path: Path) -> list[str]:
    """What is not right in one list."""
    found = [
        f"{path}:{number}: an address: {line.strip()[:80]}"
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if ADDRESS.search(line) and not line.lstrip().startswith("#")
    ]
    joined = re.sub(r"\\\n\s*", " ", path.read_text())
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not PINNED.match(line):
            found.append(f"{path}: not an exact version: {line[:60]}")
        elif "--hash=sha256:" not in line:
            found.append(f"{path}: no hash: {line[:60]}")
    return found


def npm_faults(path: Path) -> list[str]:
    """The same of the lock of the npm packages, when there is one."""
    packages = json.loads(path.read_text()).get("packages", {})
    found = []
    for name, entry in packages.items():
        if name and not entry.get("link"):
            if "resolved" in entry:
                found.append(f"{path}: an address: {name}")
            if "integrity" not in entry:
                found.append(f"{path}: no hash: {name}")
    return found


def main() -> int:
    """Check every list."""
    lists = sorted(Path("requirements").glob("*.txt"))
    found = [fault for path in lists for fault in faults_of(path)]
    for path in sorted(Path().glob("assets/package-lock.json")):
        found += npm_faults(path)
    sys.stdout.write(
        "\n".join(found) + "\n" if found else f"{len(lists)} lists: exact versions, hashes, no addresses\n"
    )
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
