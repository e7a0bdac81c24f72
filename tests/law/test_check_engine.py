"""The compiled rules answer as the oracle does; failures hold back what rests on them; nothing stops a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.cli.demo_content import content
from gumruk.law.day import Law
from gumruk.lawbook import shipped
from gumruk.rules.checks import CheckRule, NotEvaluated, Raised, RuleRefused, compile_checks
from gumruk.rules.checks.compiling import compile_rules
from gumruk.rules.form import Reading, read
from tests.law.checking import DAY, FORM, LAW, RULES, alone, codes, content_for, loaded
from tests.law.declarations_at_random import declarations

CHECKS = shipped.checks_on(DAY)
RECORD: dict[str, Any] = {
    "code": "T-1", "kind": "positive", "at": "items.net_mass", "since": date(2020, 1, 1), "cites": "technical",
    "passes": ["1", "2"], "fails": ["0", "-1"],
}  # fmt: skip


def run(rules: list[CheckRule], said: dict[str, Any], law: Law = LAW) -> Any:
    return compile_checks(rules, FORM, DAY).run(read(FORM, said), law)


@settings(max_examples=150, deadline=None)
@given(declarations())
def test_compiled_rules_and_the_oracle_say_the_same(said: dict[str, Any]) -> None:
    reading = read(FORM, said)
    fast, slow = CHECKS.run(reading, LAW), CHECKS.run_by_oracle(reading, LAW)
    assert fast.findings == slow.findings
    assert fast.suppressed == slow.suppressed
    assert fast.not_evaluated == slow.not_evaluated
    assert fast.raised == slow.raised == ()


@pytest.mark.full
@settings(max_examples=5000, deadline=None)
@given(declarations())
def test_compiled_rules_and_the_oracle_say_the_same_at_length(said: dict[str, Any]) -> None:
    reading = read(FORM, said)
    fast, slow = CHECKS.run(reading, LAW), CHECKS.run_by_oracle(reading, LAW)
    assert (fast.findings, fast.suppressed, fast.not_evaluated) == (slow.findings, slow.suppressed, slow.not_evaluated)


def test_every_example_gets_the_same_answer_both_ways() -> None:
    for rule in RULES:
        for example in (*rule.passes, *rule.fails):
            reading = read(FORM, content_for(rule, example))
            fast, slow = CHECKS.run(reading, LAW), CHECKS.run_by_oracle(reading, LAW)
            assert (fast.findings, fast.not_evaluated) == (slow.findings, slow.not_evaluated), rule.code


@settings(max_examples=60, deadline=None)
@given(declarations())
def test_findings_stand_in_form_order(said: dict[str, Any]) -> None:
    def place(finding: Any) -> tuple[int, int]:
        item = int(finding.path.split("/")[1]) if finding.path.startswith("items/") else 0
        return item, {"A": 0, "B": 99, "C": 100, "D": 101}.get(finding.box) or int(finding.box.strip("ABCD") or 0)

    places = [place(finding) for finding in CHECKS.run(read(FORM, said), LAW).findings]
    assert all(one <= two for one, two in pairwise(places))


def test_the_demonstration_is_clean() -> None:
    for seed in range(20):
        for items in (1, 2, 5):
            result = CHECKS.run(read(FORM, content(seed=seed, items=items, day=DAY)), LAW)
            assert (result.findings, result.suppressed, result.raised) == ((), (), ())


def test_silence_is_kept_for_each_row() -> None:
    result = run([loaded(RECORD)], {"items": [{"net_mass": "1"}, {"net_mass": " "}, {}]})
    assert result.findings == ()
    assert result.not_evaluated == (NotEvaluated("T-1", "items/2/net_mass"), NotEvaluated("T-1", "items/3/net_mass"))
    assert result.codes_not_evaluated == ("T-1",)


def test_silence_in_a_list_names_item_and_row() -> None:
    record = {**RECORD, "at": "items.packages.count"}
    result = run([loaded(record)], {"items": [{}, {"packages": [{"count": "1"}, {"kind": "CT"}]}]})
    assert result.not_evaluated == (NotEvaluated("T-1", "items/2/packages/2/count"),)


def test_silence_in_a_header_list_names_the_row() -> None:
    record = {**RECORD, "kind": "member", "list": "country", "at": "transit_offices.country", "passes": ["TJ", "UZ"]}
    result = run([loaded(record)], {"transit_offices": [{"country": "TJ"}, {"office": "A"}]})
    assert result.not_evaluated == (NotEvaluated("T-1", "transit_offices/2/country"),)


def test_a_failed_rule_holds_back_what_rests_on_it_in_that_row_only() -> None:
    first = loaded(RECORD)
    second = loaded(
        {
            **RECORD,
            "code": "T-2",
            "kind": "not_above",
            "at": "items.gross_mass",
            "other": "net_mass",
            "depends_on": ["T-1"],
        }
    )
    said = {"items": [{"net_mass": "-5", "gross_mass": "1"}, {"net_mass": "5", "gross_mass": "6"}]}
    result = run([first, second], said)
    assert [(f.code, f.path) for f in result.findings] == [("T-1", "items/1/net_mass"), ("T-2", "items/2/gross_mass")]
    assert [(f.code, f.path) for f in result.suppressed] == [("T-2", "items/1/gross_mass")]


def test_a_header_rule_that_rests_on_an_item_rule_is_held_back_and_so_is_what_rests_on_it() -> None:
    item = loaded(RECORD)
    header = loaded(
        {
            **RECORD,
            "code": "T-2",
            "kind": "sum_not_above",
            "at": "gross_mass_total",
            "of": "items.net_mass",
            "depends_on": ["T-1"],
        }
    )
    last = loaded({**RECORD, "code": "T-3", "at": "packages_total", "depends_on": ["T-2"]})
    said = {"gross_mass_total": "1", "packages_total": "0", "items": [{"net_mass": "-1"}, {"net_mass": "9"}]}
    result = run([item, header, last], said)
    assert codes(result.findings) == ["T-1"]
    assert codes(result.suppressed) == ["T-3", "T-2"]
    assert codes(run([header, item, last], {**said, "items": [{"net_mass": "9"}]}).findings) == ["T-2"]


def test_a_text_that_cannot_be_read_is_one_fault() -> None:
    malformed = [rule for rule in RULES if rule.kind == "malformed"]
    required = loaded({**RECORD, "kind": "required"})
    result = run([*malformed, required], {"items": [{"net_mass": "ten"}]})
    assert codes(result.findings) == ["FLC-00-001"]
    assert codes(result.suppressed) == ["T-1"]


def test_a_rule_that_raises_is_named_and_the_others_still_judge() -> None:
    bad = loaded({**RECORD, "code": "T-2", "kind": "member", "at": "items.goods_code", "list": "hs6", "length": 6})
    reading = Reading(
        {"direction": None, "items": [{"net_mass": -1, "goods_code": 5}, {"net_mass": 1, "goods_code": "x"}]}
    )
    result = compile_checks([loaded(RECORD), bad], FORM, DAY).run(reading, LAW)
    assert result.raised == (Raised("T-2", "items/1/goods_code", "TypeError"),)
    assert [(f.code, f.path) for f in result.findings] == [("T-1", "items/1/net_mass"), ("T-2", "items/2/goods_code")]
    assert result.not_evaluated == (NotEvaluated("T-2", "items/1/goods_code"),)


def test_a_list_that_the_law_does_not_have_is_an_alarm_and_no_fault() -> None:
    law = replace(LAW, codes={}, areas={})
    member = loaded({**RECORD, "kind": "member", "at": "currency", "list": "currency"})
    home = loaded({**RECORD, "code": "T-2", "kind": "in_area", "at": "export_country", "area": "home"})
    when = loaded(
        {**RECORD, "code": "T-3", "kind": "required", "at": "delivery_place", "when": {"delivery_terms.mode": ["any"]}}
    )
    result = run([member, home, when], {"currency": "USD", "export_country": "TJ", "delivery_terms": "FCA"}, law)
    assert result.findings == ()
    assert {(alarm.code, alarm.exception) for alarm in result.raised} == {
        ("T-1", "KeyError"),
        ("T-2", "KeyError"),
        ("T-3", "KeyError"),
    }
    assert result.codes_not_evaluated == ("T-1", "T-2", "T-3")
    assert not result.blocking


def test_a_row_that_lacks_fields_is_judged_by_the_oracle() -> None:
    result = compile_checks([loaded(RECORD)], FORM, DAY).run(Reading({"items": [{"net_mass": -1}, {}]}), LAW)
    assert [f.path for f in result.findings] == ["items/1/net_mass"]
    assert result.raised == ()


def test_were_the_two_to_disagree_it_would_be_an_alarm() -> None:
    rule = loaded(RECORD)
    checks = compile_checks([rule], FORM, DAY)
    other = compile_rules([loaded({**RECORD, "kind": "not_negative"})], FORM)
    crossed = replace(checks, programs={"": replace(other, rules=(rule,))})
    wrong = replace(
        checks, programs={"": replace(checks.program(None), rules=(loaded({**RECORD, "kind": "not_negative"}),))}
    )
    assert codes(crossed.run(read(FORM, {"items": [{"net_mass": "-1"}]}), LAW).findings) == ["T-1"]
    result = wrong.run(read(FORM, {"items": [{"net_mass": "0"}]}), LAW)
    assert (result.findings, result.raised) == ((), (Raised("T-1", "items/1/net_mass", "Disagreement"),))
    stumbling = replace(rule, kind="member", parameters={"list": "no such list"})
    lost = replace(checks, programs={"": replace(checks.program(None), rules=(stumbling,))})
    result = lost.run(read(FORM, {"items": [{"net_mass": "0"}]}), LAW)
    assert (result.findings, result.raised) == ((), (Raised("T-1", "items/1/net_mass", "KeyError"),))


def test_code_lists_are_bound_once_for_each_law_and_few_laws_are_kept() -> None:
    program = compile_rules([loaded({**RECORD, "kind": "member", "at": "currency", "list": "currency"})], FORM)
    assert program.under(LAW) is program.under(LAW)
    laws = [replace(LAW, codes={"currency": frozenset({str(number)})}) for number in range(12)]
    calls = [program.under(law) for law in laws]
    assert calls[0] is not program.under(laws[0])  # crowded out
    assert calls[-1] is program.under(laws[-1])
    for law, ((_, call),) in zip(laws, calls, strict=True):
        failed: list[Any] = []
        call({"currency": next(iter(law.codes["currency"]))}, failed.append, failed.append)
        assert failed == []


def test_a_direction_without_rules_of_its_own_meets_the_common_ones() -> None:
    common, imports = (
        loaded(RECORD),
        loaded({**RECORD, "code": "T-2", "kind": "required", "at": "reference", "directions": ["IM"]}),
    )
    for direction, wanted in (("IM", {"T-1", "T-2"}), ("XX", {"T-1"}), ("", {"T-1"})):
        result = run([common, imports], {"direction": direction, "items": [{"net_mass": "0"}]})
        assert set(codes(result.findings)) == wanted


def test_the_source_can_be_read() -> None:
    source = CHECKS.program("IM").source
    assert "def check_header(h, F, N):" in source
    assert "if i_net_mass > i_gross_mass: F(" in source


def test_header_documents_count_for_every_item_and_another_items_do_not() -> None:
    form = replace(FORM, header_lists={**FORM.header_lists, "documents": FORM.item_lists["documents"]})
    record = next(r for r in RULES if r.code == "FLC-44-008")
    checks = compile_checks([replace(record, depends_on=())], form, DAY)
    items = [{"preference": "CISFTA"}, {"documents": [{"kind": "COO"}]}]
    result = checks.run(read(form, {"items": items, "documents": [{"kind": "INV"}]}), LAW)
    assert [f.path for f in result.findings] == ["items/1/documents"]
    assert checks.run(read(form, {"items": items, "documents": [{"kind": "COO"}]}), LAW).findings == ()
    assert checks.run_by_oracle(read(form, {"items": items, "documents": [{"kind": "COO"}]}), LAW).findings == ()


def test_a_rule_holds_from_since_and_not_on_until() -> None:
    rule = loaded({**RECORD, "until": date(2021, 1, 1)})
    days = [date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1)]
    assert [len(compile_checks([rule], FORM, day).rules) for day in days] == [0, 1, 1, 0]


def test_two_records_of_one_code_may_follow_and_never_overlap() -> None:
    early, late = (
        loaded({**RECORD, "until": date(2025, 1, 1)}),
        loaded({**RECORD, "since": date(2025, 1, 1), "kind": "not_negative"}),
    )
    assert compile_checks([late, early], FORM, DAY).rules == (late,)
    for clashing in (loaded({**RECORD, "since": date(2024, 12, 31)}), loaded(RECORD)):
        with pytest.raises(RuleRefused, match="T-1: two rules of this code"):
            compile_checks([early, clashing], FORM, DAY)


@pytest.mark.parametrize("on", [["T-9"], ["T-1"], ["T-2"]])
def test_a_rule_cannot_rest_on_an_unknown_rule_or_on_itself(on: list[str]) -> None:
    second = loaded({**RECORD, "code": "T-2", "depends_on": ["T-1"]})
    with pytest.raises(RuleRefused, match="T-1: it rests on"):
        compile_checks([loaded({**RECORD, "depends_on": on}), second], FORM, DAY)


_LATER = st.dates(date(2020, 1, 2), date(2025, 1, 1))
_CHANGES = st.one_of(
    st.sampled_from(["warning", "notice"]).map(lambda word: {"severity": word}),
    st.text("abcdef", min_size=1).map(lambda text: {"cites": f"form#{text}"}),
    st.sampled_from(["demo", "confirmed", "secondary"]).map(lambda word: {"confidence": word}),
    st.text("abcdef", min_size=1).map(lambda text: {"message": dict.fromkeys(("tg", "ru", "en"), text)}),
    st.text("abcdef", min_size=1).map(lambda text: {"message": {"tg": "x", "ru": "x", "en": "x" + text}}),
    _LATER.map(lambda day: {"since": day}),
    _LATER.map(lambda day: {"until": day + timedelta(days=3650)}),
    st.sampled_from([["IM"], ["EX"], ["IM", "EX"]]).map(lambda names: {"directions": names}),
    st.sampled_from([{"regime": ["*"]}, {"regime": [""]}, {"container_flag": ["1"]}]).map(lambda when: {"when": when}),
    st.just({"kind": "not_negative"}),
    st.just({"at": "items.gross_mass"}),
    st.just({"code": "T-2"}),
)


@given(_CHANGES, _CHANGES)
def test_any_change_of_a_rule_changes_the_hash(one: dict[str, Any], two: dict[str, Any]) -> None:
    def hashed(**change: Any) -> str:
        return compile_checks([loaded(RECORD, **change)], FORM, DAY).hash

    assert hashed(**one) != hashed()
    assert (hashed(**one) == hashed(**two)) == ({**RECORD, **one} == {**RECORD, **two})
    assert hashed(**one) == hashed(**one)


def test_examples_are_no_part_of_the_hash() -> None:
    other = loaded(RECORD, passes=["5", "6"], fails=["0", "-9"])
    assert compile_checks([other], FORM, DAY).hash == compile_checks([loaded(RECORD)], FORM, DAY).hash


def test_every_kind_of_the_closed_set_is_used_by_a_shipped_rule() -> None:
    from gumruk.rules.checks.kinds import KINDS

    assert KINDS.keys() - {rule.kind for rule in RULES} == set()


def test_rules_are_found_by_code() -> None:
    found = CHECKS.rule("FLC-38-003")
    assert found is not None
    assert (found.code, found.kind, found.box) == ("FLC-38-003", "not_above", "38")
    assert CHECKS.rule("FLC-99-999") is None


def test_one_rule_alone_says_what_it_says_in_the_set() -> None:
    rule = next(rule for rule in RULES if rule.code == "FLC-38-003")
    finding = alone(rule, {"items": [{"net_mass": "10.5", "gross_mass": "10"}]}).findings[0]
    assert (finding.found, finding.expected, finding.path, finding.box) == ("10.5", "≤ 10", "items/1/net_mass", "38")
