"""Texts of tariff rates, read into components and written back; a text that is not surely a rate is refused."""

from gumruk.rules.rates.reading import read_rate
from gumruk.rules.rates.tokens import RateRefused
from gumruk.rules.rates.writing import write_rate

__all__ = ["RateRefused", "read_rate", "write_rate"]
