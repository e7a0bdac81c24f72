"""Set-up fails plainly: each thing that may be missing on a machine gets one sentence that says what to do."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def run(script: str, *words: str, place: Path, **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        ["bash", str(ROOT / "scripts" / script), *words],
        cwd=place, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def program(place: Path, text: str) -> str:
    """A stand-in for a program of the machine."""
    place.write_text(f"#!/usr/bin/env bash\n{text}\n")
    place.chmod(0o755)
    return str(place)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "The disk is full"),
        ("error: command 'gcc' failed: No such file or directory", "apt-get install -y build-essential python3-dev"),
        ("src/a.c:1:10: fatal error: Python.h: No such file or directory", "build-essential python3-dev"),
        (
            "ERROR: Could not find a version that satisfies x\nERROR: No matching distribution found for x",
            "could not be reached",
        ),
        ("WARNING: Retrying: NewConnectionError: Failed to establish a new connection", "could not be reached"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "nothing was installed"),
        ("ERROR: Could not install packages: [Errno 13] Permission denied", "make clean"),
        ("ERROR: something new", "ERROR: something new\nThe packages could not be installed."),
    ],
)
def test_packages_that_cannot_be_installed_are_told_in_one_sentence(said: str, told: str, tmp_path: Path) -> None:
    python = program(tmp_path / "python", f"cat <<'END'\n{said}\nEND\nexit 1")
    code, text = run("packages.sh", "run", python, place=tmp_path)
    assert code == 1
    assert told in text
    assert text.endswith("The full log is .state/packages-run.log.\n")
    assert said in (tmp_path / ".state" / "packages-run.log").read_text()


def test_a_missing_python_is_told_with_its_package(tmp_path: Path) -> None:
    code, text = run("prepare.sh", "python-that-is-not-there", place=tmp_path)
    assert (code, text) == (1, "Python is missing: sudo apt-get install -y python3-venv\n")


def test_an_old_python_is_refused_with_its_version(tmp_path: Path) -> None:
    old = program(tmp_path / "python3", 'case "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac')
    code, text = run("prepare.sh", old, place=tmp_path)
    assert code == 1
    assert text.startswith("Python 3.11 or later is needed; this is Python 3.9.2.")


def test_a_missing_venv_is_told_with_its_package(tmp_path: Path) -> None:
    bare = program(tmp_path / "python3", 'case "$2" in *ensurepip*) exit 1;; *) exit 0;; esac')
    code, text = run("prepare.sh", bare, place=tmp_path)
    assert (code, text) == (1, "The package python3-venv is missing: sudo apt-get install -y python3-venv\n")


def test_a_full_disk_is_told_before_anything_is_made(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    program(programs / "df", "echo head; echo 'disk 100 100 51200 99% /'")
    python = program(programs / "python3", "exit 0")
    code, text = run("prepare.sh", python, place=tmp_path, PATH=f"{programs}:{os.environ['PATH']}")
    assert (code, text) == (1, "The disk is nearly full: 1.5 GB are needed here, 50 MB are free.\n")
    assert not (tmp_path / ".venv").exists()


def test_a_taken_port_is_told_before_the_long_set_up(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, text = run("port.sh", place=tmp_path, GUMRUK_PORT=port)
    assert code == 2
    assert text == f"Port {port} is taken. Stop what uses it, or choose another: GUMRUK_PORT=8080 make run\n"
    assert run("port.sh", place=tmp_path, GUMRUK_PORT=port) == (0, "")
    assert run("port.sh", place=tmp_path, GUMRUK_PORT="many") == (2, 'GUMRUK_PORT must be a number; it is "many".\n')
