"""Customs payments of a declaration: facts and the law of a day in, payment lines with their working out.

Public: `assess`, `to_json`, `from_json`, the types, `ENGINE_VERSION`. No state, no clock.
"""

from gumruk.rules.duty.assessing import assess, quotas_asked
from gumruk.rules.duty.rating import Condition, Rate, Rating, rating_of
from gumruk.rules.duty.types import (
    CURRENCY,
    ENGINE_VERSION,
    Addition,
    Assessment,
    ItemValue,
    PaymentLine,
    Problem,
    QuotaBalance,
    QuotaUse,
    Rejected,
    Step,
)
from gumruk.rules.duty.wire import from_json, to_json
from gumruk.rules.duty.words import PROBLEMS, REASONS, reason_words

__all__ = [
    "CURRENCY",
    "ENGINE_VERSION",
    "PROBLEMS",
    "REASONS",
    "Addition",
    "Assessment",
    "Condition",
    "ItemValue",
    "PaymentLine",
    "Problem",
    "QuotaBalance",
    "QuotaUse",
    "Rate",
    "Rating",
    "Rejected",
    "Step",
    "assess",
    "from_json",
    "quotas_asked",
    "rating_of",
    "reason_words",
    "to_json",
]
