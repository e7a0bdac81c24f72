"""Findings as sentences for every door: rule findings by their rule, assessment findings by their code."""

from __future__ import annotations

from datetime import date

from gumruk.law.types import Words
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.checks import message_for
from gumruk.rules.duty import PROBLEMS
from gumruk.rules.types import Finding

ASSESSMENT: dict[str, Words] = {
    **{f"ASM-{code}": words for code, words in PROBLEMS.items()},
    "ASM-exchange_rate_differs": Words(
        "Қуттии 23: қурби {currency} {found} аст, қурби расмии {day} — {expected}. Ислоҳ кунед.",
        "Графа 23: курс {currency} {found}, официальный на {day} — {expected}. Исправьте.",
        "Box 23: the rate of {currency} is {found}, the official one of {day} is {expected}. Correct it.",
    ),
}


def sentence(finding: Finding, language: str, day: date) -> str:
    """What is wrong, where, and what to do, in `language`."""
    if finding.code in ASSESSMENT:
        return ASSESSMENT[finding.code].in_language(language).format(**finding.values)
    rule = lawbook.checks_on(day).rule(finding.code)
    return finding.code if rule is None else message_for(finding, rule, language)
