"""Format-logical control: dated rule records in a closed set of kinds, run over facts, every fault in one pass."""

from gumruk.rules.checks.loading import load_rule
from gumruk.rules.checks.records import CheckRule, RuleRefused
from gumruk.rules.checks.running import CheckResult, Checks, NotEvaluated, Raised, compile_checks
from gumruk.rules.checks.wording import message_for

__all__ = [
    "CheckResult",
    "CheckRule",
    "Checks",
    "NotEvaluated",
    "Raised",
    "RuleRefused",
    "compile_checks",
    "load_rule",
    "message_for",
]
