"""Reasons for warnings as `gumruk declare` hears them: by the code of a finding, by code@path, or one for all."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gumruk.rules.types import Finding


@dataclass(frozen=True, slots=True)
class Reasons:
    """What the caller said: reasons by key, and one for every warning that has none of its own."""

    given: tuple[tuple[str, str], ...] = ()
    of_all: str = ""

    def answers(self, findings: Sequence[Finding]) -> dict[str, str]:
        """The reasons for the warnings among `findings`, by `reason_key`; the narrower key wins."""
        from gumruk.clearance.types import reason_key

        given, found = dict(self.given), {}
        for one in warnings(findings):
            key = reason_key(one)
            if text := given.get(key) or given.get(one.code) or self.of_all:
                found[key] = text
        return found

    def idle(self, findings: Sequence[Finding]) -> list[str]:
        """Keys that were given and that no warning has."""
        from gumruk.clearance.types import reason_key

        known = {name for one in warnings(findings) for name in (one.code, reason_key(one))}
        return [key for key, _ in self.given if key not in known]


def warnings(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that want a reason."""
    from gumruk.rules.types import Severity

    return [one for one in findings if one.severity is Severity.WARNING]


def unexplained(findings: Sequence[Finding], answers: dict[str, str]) -> tuple[Finding, ...]:
    """The warnings that have no reason."""
    from gumruk.clearance.types import reason_key

    return tuple(one for one in warnings(findings) if reason_key(one) not in answers)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reason", dest="reasons", action="append", type=pair, default=[], metavar="KEY=TEXT",
        help="why a warning does not hold; KEY is the code of the finding or code@path; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--reason-all", default="", type=str.strip, metavar="TEXT", help="one reason for every warning that has none"
    )


def pair(said: str) -> tuple[str, str]:
    """KEY=TEXT as its two parts."""
    key, equals, text = said.partition("=")
    if not equals or not key.strip() or not text.strip():
        raise argparse.ArgumentTypeError(f"{said}: write KEY=TEXT, for instance FLC-44-007=TEXT")
    return key.strip(), text.strip()
