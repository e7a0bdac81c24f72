"""Standard input line by line for commands that answer each line: bytes in, UTF-8 out, whatever comes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO, TextIO

MAX_LINE = 1_000_000


class LineRefused(Exception):
    """One input line cannot be answered: what, where, and what to do."""

    def __init__(self, code: str, where: str | int, message: str) -> None:
        super().__init__(message)
        self.code, self.where, self.message = code, where, message

    @property
    def said(self) -> dict[str, dict[str, str | int]]:
        """The refusal as an answer."""
        return {"error": {"code": self.code, "where": self.where, "message": self.message}}


Line = str | LineRefused


def lines_of(stream: BinaryIO) -> Iterator[Line]:
    """Each line without its end; one that is no UTF-8 or too long as its refusal."""
    while raw := stream.readline(MAX_LINE + 1):
        if len(raw) > MAX_LINE and not raw.endswith(b"\n"):
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(MAX_LINE)
            yield LineRefused("line_too_long", "line", f"A line has at most {MAX_LINE} bytes.")
            continue
        try:
            yield raw.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
        except UnicodeDecodeError as wrong:
            yield LineRefused("not_utf8", "line", f"Byte {wrong.start + 1} is not UTF-8. Save the text as UTF-8.")


def answer_input(answer: Callable[[Iterator[Line], TextIO], int]) -> int:
    """Let `answer` read standard input and write standard output. A reader that leaves early is no fault."""
    out = io.TextIOWrapper(
        sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n", line_buffering=True
    )
    try:
        return answer(lines_of(sys.stdin.buffer), out)
    except BrokenPipeError:
        # The interpreter would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        out.detach()
