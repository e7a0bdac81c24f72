"""Changing any rule breaks one of its own examples: an operator, a limit, a list, a condition, a field."""

from __future__ import annotations

from typing import Any

import pytest

from gumruk.lawbook import files
from gumruk.rules.checks import CheckRule
from tests.law.checking import RULES, loaded, records
from tests.law.mutating import operator_mutants, record_mutants, survives

ON_FIELDS = [rule for rule in RULES if rule.kind != "malformed"]
_LISTS = sorted(files.code_lists())
_SOME_LISTS = ["country", "unit", "document"]


@pytest.mark.parametrize("rule", ON_FIELDS, ids=lambda rule: rule.code)
def test_an_example_notices_a_changed_operator(rule: CheckRule) -> None:
    mutants = list(operator_mutants(rule))
    assert mutants
    assert [name for name, writer in mutants if survives(rule, rule, writer)] == []


@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["code"]))
def test_an_example_notices_a_changed_parameter(record: dict[str, Any]) -> None:
    rule = loaded(record)
    assert [name for name, mutant in record_mutants(record, _SOME_LISTS) if survives(rule, mutant)] == []


@pytest.mark.full
@pytest.mark.parametrize("record", records(), ids=lambda record: str(record["code"]))
def test_an_example_notices_every_other_list(record: dict[str, Any]) -> None:
    rule = loaded(record)
    assert [name for name, mutant in record_mutants(record, _LISTS) if survives(rule, mutant)] == []
