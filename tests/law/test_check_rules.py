"""Every shipped rule holds its own examples, in three languages."""

from __future__ import annotations

import string
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.lawbook import files, shipped
from gumruk.rules.checks import CheckRule, RuleRefused, load_rule, message_for
from gumruk.rules.checks.kinds import NOT_EVALUATED, TESTS, Around, Fault
from gumruk.rules.checks.running import _rows
from gumruk.rules.form import read

DAY = date(2026, 1, 15)
LAW = shipped.on(DAY)
RULES = files.check_rules()


def content_for(rule: CheckRule, example: Any) -> dict[str, Any]:
    """An example is whole content, or just the value of the rule's field."""
    if isinstance(example, dict):
        return example
    value = example if example is not None else ""
    if rule.group == "header":
        return {rule.field: value}
    if rule.group == "items":
        return {"items": [{rule.field: value}]}
    name = rule.group.removeprefix("items.")
    rows = [{rule.field: value}]
    return {"items": [{name: rows}]} if rule.group.startswith("items.") else {name: rows}


def faults(rule: CheckRule, example: Any) -> list[Fault]:
    facts = read(files.form(), content_for(rule, example)).facts
    found = []
    for _, row, item in _rows(rule.group, facts):
        answer = TESTS[rule.kind](rule, row, Around(facts, item, files.form(), LAW.codes, LAW.attributes, DAY))
        if isinstance(answer, Fault):
            found.append(answer)
        else:
            assert answer is None or answer is NOT_EVALUATED
    return found


def test_there_are_at_least_150_rules_with_codes_used_once() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes))
    assert len(codes) >= 150


@pytest.mark.parametrize("kind", sorted({rule.kind for rule in RULES} - {"malformed"}))
def test_every_rule_of_a_kind_holds_its_examples(kind: str) -> None:
    for rule in (rule for rule in RULES if rule.kind == kind):
        assert [faults(rule, example) for example in rule.passes] == [[] for _ in rule.passes], rule.code
        assert all(faults(rule, example) for example in rule.fails), rule.code


def test_every_message_names_the_same_values_in_three_languages() -> None:
    for rule in RULES:
        named = [
            {part[1] for part in string.Formatter().parse(text) if part[1]}
            for text in (rule.message.tg, rule.message.ru, rule.message.en)
        ]
        assert named[1] == named[2], rule.code
        assert named[0] == named[2], rule.code


def test_every_citation_is_a_known_act() -> None:
    assert {rule.cites.partition("#")[0] for rule in RULES} <= files.acts().keys()
    assert {measure.cites.act for measure in files.measures(demo=True)} <= files.acts().keys()
    assert {formula.cites.act for formula in files.formulas()} <= files.acts().keys()


def test_every_fault_of_an_empty_declaration_is_found_in_one_pass_and_worded() -> None:
    checks = shipped.checks_on(DAY)
    result = checks.run(read(files.form(), {"direction": "IM", "items": [{"net_mass": "ten", "gross_mass": "5"}]}), LAW)
    assert result.blocking
    found = {(finding.code, finding.path) for finding in result.findings}
    assert len(found) == len(result.findings) > 30
    assert ("FLC-00-001", "items/1/net_mass") in found
    # A malformed field is one fault, not a second one for being missing.
    assert [code for code, path in found if path == "items/1/net_mass"] == ["FLC-00-001"]
    for finding in result.findings:
        rule = checks.rule(finding.code)
        assert rule is not None
        for language in ("tg", "ru", "en"):
            assert finding.box.lstrip("0") in message_for(finding, rule, language)


@pytest.mark.parametrize(
    ("change", "says"),
    [({"kind": "magic"}, "magic"), ({"at": "items.colour"}, "items.colour"), ({"passes": ["1"]}, "examples"),
     ({"extra": 1}, "extra"), ({"message": {"en": "x"}}, "tg, ru and en")],
)  # fmt: skip
def test_a_record_that_is_no_rule_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    record = {"code": "T-1", "kind": "positive", "at": "items.net_mass", "since": DAY, "cites": "technical", "passes": ["1", "2"],
              "fails": ["0", "-1"], "message": {"tg": "x", "ru": "x", "en": "x"}}  # fmt: skip
    assert load_rule(record, files.form(), {}).code == "T-1"
    with pytest.raises(RuleRefused, match=says):
        load_rule({**record, **change}, files.form(), {})


_TEXT = st.text(max_size=12)
_ITEM = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("goods_code", "net_mass", "gross_mass", "price", "procedure", "item_number"), _TEXT),
)


@settings(max_examples=60)
@given(
    st.fixed_dictionaries(
        {"items": st.lists(_ITEM, max_size=3)},
        optional=dict.fromkeys(("direction", "regime", "invoice_total", "declaration_date"), _TEXT),
    )
)
def test_no_declaration_breaks_the_rules(content: dict[str, Any]) -> None:
    result = shipped.checks_on(DAY).run(read(files.form(), content), LAW)
    assert all(finding.code and finding.box for finding in result.findings)


def test_vat_falls_to_13_percent_on_new_years_day_2027() -> None:
    assert [m.rate for m in shipped.on(date(2026, 12, 31)).measures("vat", "0207120000")] == ["14%"]
    assert [m.rate for m in shipped.on(date(2027, 1, 1)).measures("vat", "0207120000")] == ["13%"]
