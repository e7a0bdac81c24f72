"""What rules answer with: findings. Amounts are in `rules.duty`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """ERROR stops lodging; WARNING wants a reason; NOTICE informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found by a rule: where, what stands there, what should, and on what ground.

    `path` is like `items/2/net_mass` (items counted from 1) or `invoice_total`; `values` fill the rule's message.
    """

    code: str
    severity: Severity
    path: str
    box: str
    found: str
    expected: str
    cites: str
    values: dict[str, str] = field(default_factory=dict)
