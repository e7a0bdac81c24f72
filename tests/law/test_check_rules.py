"""Every shipped rule holds its own examples, in three languages, under the compiled program and the oracle alike."""

from __future__ import annotations

import json
import string
from datetime import date

import pytest

from gumruk.lawbook import files, shipped
from gumruk.rules.checks import CheckRule, message_for
from gumruk.rules.checks.interpreting import judge
from gumruk.rules.checks.seats import Fault, seats
from gumruk.rules.form import read
from gumruk.rules.types import Severity
from tests.law.checking import DAY, FORM, LAW, RULES, alone, content_for, facts_of, outcome, records

ON_FIELDS = [rule for rule in RULES if rule.kind != "malformed"]


def test_there_are_at_least_250_rules_with_codes_used_once() -> None:
    found = [rule.code for rule in RULES]
    assert len(found) == len(set(found))
    assert len(found) >= 250


def test_every_box_from_1_to_54_and_a_to_d_has_a_rule() -> None:
    boxes = {rule.box for rule in ON_FIELDS}
    # Boxes 32 and 34 stand on items; every box of the form has at least one rule of its own.
    assert ({str(number) for number in range(1, 55)} | set("ABCD")) - boxes == set()


@pytest.mark.parametrize("rule", ON_FIELDS, ids=lambda rule: rule.code)
def test_a_rule_holds_its_examples(rule: CheckRule) -> None:
    passed = [outcome(rule, facts_of(rule, example)) for example in rule.passes]
    failed = [outcome(rule, facts_of(rule, example)) for example in rule.fails]
    assert [fails for fails, _ in passed] == [False for _ in rule.passes]
    assert [fails for fails, _ in failed] == [True for _ in rule.fails]
    # Silence proves nothing: at least one passing example was really judged.
    assert any(not silent for _, silent in passed)


@pytest.mark.parametrize("rule", ON_FIELDS, ids=lambda rule: rule.code)
def test_the_oracle_agrees_on_the_examples(rule: CheckRule) -> None:
    for example, fails in [*((e, False) for e in rule.passes), *((e, True) for e in rule.fails)]:
        facts = facts_of(rule, example)
        applies = not rule.directions or facts["direction"] in rule.directions
        answers = [judge(rule, seat) for seat in seats(rule.group, facts, LAW)] if applies else []
        assert any(isinstance(answer, Fault) for answer in answers) == fails


def test_no_two_examples_of_a_rule_are_alike() -> None:
    for rule in ON_FIELDS:
        for examples in (rule.passes, rule.fails):
            said = [json.dumps(content_for(rule, example), sort_keys=True) for example in examples]
            assert len(set(said)) == len(said) >= 2, rule.code


def test_every_finding_is_worded_in_three_languages_with_its_box_and_values() -> None:
    for rule in ON_FIELDS:
        finding = alone(rule, content_for(rule, rule.fails[0])).findings[0]
        for language in ("tg", "ru", "en"):
            text = message_for(finding, rule, language)
            assert finding.box in text
            assert finding.found in text or "{found}" not in rule.message.in_language(language)
            assert "{" not in text, rule.code


def test_every_message_names_the_same_values_in_three_languages() -> None:
    for rule in RULES:
        named = [
            {part[1] for part in string.Formatter().parse(text) if part[1]}
            for text in (rule.message.tg, rule.message.ru, rule.message.en)
        ]
        assert named[0] == named[1] == named[2], rule.code


def test_every_citation_is_a_known_act() -> None:
    assert {rule.cites.partition("#")[0] for rule in RULES} <= files.acts().keys()
    assert {measure.cites.act for measure in files.measures(demo=True)} <= files.acts().keys()
    assert {formula.cites.act for formula in files.formulas()} <= files.acts().keys()


def test_no_rule_claims_to_be_confirmed_law() -> None:
    assert {str(rule.confidence) for rule in RULES} == {"uncertain", "unknown"}


def test_every_attribute_that_a_rule_asks_for_is_in_its_code_list() -> None:
    lists = files.code_lists()
    asked = set()
    for rule in ON_FIELDS:
        asked |= {(c.ref.definition.list, c.attribute) for c in rule.conditions if c.attribute}
        if rule.kind in ("attribute", "attributes_agree", "member_with_attribute"):
            asked.add((rule.parameters["list"], rule.parameters["attribute"]))
    said = {(name, key) for name, rows in lists.items() for row in rows.values() for key, value in row.items() if value}
    assert asked - said == set()


def test_rules_name_no_legal_codes() -> None:
    """What a rule needs to know of a code it asks by attribute; `00` is the form's own sign for several."""
    lists = files.code_lists()
    legal = {
        code
        for name in ("regime", "preference", "document", "delivery_terms", "transport_mode", "office")
        for code in lists[name]
    }
    for record in records():
        words = [word for values in record.get("when", {}).values() for word in values]
        words += [str(record.get(key)) for key in ("values", "first", "then", "attribute", "equals")]
        assert not legal & set(words), record["code"]


def test_only_what_makes_a_declaration_unprocessable_or_contradictory_is_an_error() -> None:
    errors = [rule for rule in RULES if rule.severity is Severity.ERROR]
    assert len(errors) < 0.7 * len(RULES)
    guesses = {"ratio", "outlier", "length", "pattern_by_attribute", "ordered_rows", "whole", "range"}
    assert [rule.code for rule in errors if rule.kind in guesses] == []


def test_every_fault_of_an_empty_declaration_is_found_in_one_pass() -> None:
    checks = shipped.checks_on(DAY)
    result = checks.run(read(FORM, {"direction": "IM", "items": [{"net_mass": "ten", "gross_mass": "5"}]}), LAW)
    assert result.blocking
    found = {(finding.code, finding.path) for finding in result.findings}
    assert len(found) == len(result.findings) > 30
    assert ("FLC-00-001", "items/1/net_mass") in found
    # A malformed field is one fault, not a second one for being missing.
    assert [code for code, path in found if path == "items/1/net_mass"] == ["FLC-00-001"]
    assert [(f.code, f.path) for f in result.suppressed] == [("FLC-38-002", "items/1/net_mass")]
    assert result.raised == ()


def test_vat_falls_to_13_percent_on_new_years_day_2027() -> None:
    assert [m.rate for m in shipped.on(date(2026, 12, 31)).measures("vat", "0207120000")] == ["14%"]
    assert [m.rate for m in shipped.on(date(2027, 1, 1)).measures("vat", "0207120000")] == ["13%"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("FLC-44-007", "INV, PRO"), ("FLC-44-008", "COO, CT1, DOR"), ("FLC-44-013", "AWB, BOL, CMR, MTD, RWB, TIR"), ("FLC-39-002", "LIC")],
)  # fmt: skip
def test_a_missing_document_is_told_by_the_codes_that_would_do_and_never_by_a_word_of_the_program(
    code: str, expected: str
) -> None:
    rule = next(rule for rule in RULES if rule.code == code)
    for example in rule.fails:
        finding = alone(rule, content_for(rule, example)).findings[0]
        assert finding.expected == expected
        for language in ("tg", "ru", "en"):
            assert expected in message_for(finding, rule, language)
            assert ": ;" not in message_for(finding, rule, language)


def test_no_finding_expects_a_word_of_the_program() -> None:
    words = {
        word
        for rule in ON_FIELDS
        if rule.kind in ("exists_row", "member_with_attribute")
        for word in rule.parameters["values"]
    }
    for rule in ON_FIELDS:
        told = alone(rule, content_for(rule, rule.fails[0])).findings[0].expected
        assert not words & set(told.split(", ")), rule.code
