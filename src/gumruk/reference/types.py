"""Refusals of reference data."""

from __future__ import annotations


class RateOfExchangeRefused(Exception):
    """A rate was not entered. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
