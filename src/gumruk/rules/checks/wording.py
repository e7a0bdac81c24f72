"""The sentence that a finding is to a person: what is wrong, where, what to do."""

from __future__ import annotations

from gumruk.rules.checks.records import CheckRule, Ref
from gumruk.rules.types import Finding

_ITEM = {"tg": "Мол {number}: ", "ru": "Товар {number}: ", "en": "Item {number}: "}


def message_for(finding: Finding, rule: CheckRule, language: str) -> str:
    """The rule's message in `language`, filled with the values found; items are named by number."""
    values = {"label": rule.label.in_language(language), "box": finding.box}
    values |= {"found": finding.found, "expected": finding.expected}
    other = next((ref for ref in rule.parameters.values() if isinstance(ref, Ref)), None)
    if other is not None:
        values |= {"other_label": other.definition.label.in_language(language), "other_box": other.definition.box}
    text = rule.message.in_language(language).format(**values)
    parts = finding.path.split("/")
    if parts[0] == "items" and len(parts) > 1 and parts[1].isdigit():
        return _ITEM.get(language, _ITEM["en"]).format(number=parts[1]) + text
    return text
