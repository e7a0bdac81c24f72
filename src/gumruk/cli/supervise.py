"""Runs the programs of one machine side by side, starts again the one that falls, and stops all of them in order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from gumruk.toolkit import logs

PATIENCE = 25.0  # seconds a program gets to finish what it has in hand
_QUICK = 5.0  # a program that falls sooner than this after its start is not started for ever
_FALLS = 3


@dataclass(slots=True)
class Program:
    """A program to keep running: its name, its words, and how often it fell at once."""

    name: str
    words: Sequence[str]
    falls: int = 0
    began: float = 0.0
    running: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        # A group of its own: Ctrl-C at the terminal reaches only us, and we stop the programs in order.
        self.began = time.monotonic()
        self.running = subprocess.Popen(list(self.words), process_group=0, preexec_fn=_die_with_parent)  # noqa: PLW1509

    def stop(self) -> None:
        """Ask it to finish, insist after a while."""
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


def _die_with_parent() -> None:
    """On Linux: when the supervisor is killed, its programs are told to stop, so that no port stays taken."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class _Asked(Exception):
    """Somebody asked us to stop."""


def _ask(_: int, __: FrameType | None) -> None:
    raise _Asked


def keep_running(programs: Sequence[Program], *, started: Callable[[], None]) -> int:
    """Start all, call `started`, keep them running until a signal asks to stop; stop them in the given order.

    Returns 0 when asked to stop, 1 when a program could not be kept running.
    """
    before = {which: signal.signal(which, _ask) for which in (signal.SIGINT, signal.SIGTERM)}
    code = 0
    try:
        for program in programs:
            program.start()
        started()
        while all(_mend(program) for program in programs):
            time.sleep(0.3)
        code = 1
    except _Asked:
        pass
    finally:
        for which in before:
            signal.signal(which, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind
        for program in programs:
            program.stop()
        for which, handler in before.items():
            signal.signal(which, handler)
    return code


def _mend(program: Program) -> bool:
    """Start it again when it fell; false when it falls again and again."""
    if program.running is None or program.running.poll() is None:
        return True
    program.falls = program.falls + 1 if time.monotonic() - program.began < _QUICK else 1
    logs.event("program_fell", program=program.name, code=program.running.returncode, falls=program.falls)
    if program.falls >= _FALLS:
        return False
    program.start()
    return True
