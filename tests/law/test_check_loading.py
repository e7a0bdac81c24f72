"""Nothing wrong becomes a rule: every slip in a record is refused with the rule's code and what is wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gumruk.law.types import Confidence
from gumruk.rules.checks import RuleRefused, load_rule
from gumruk.rules.types import Severity
from tests.law.checking import FORM, MESSAGES, alone, codes, loaded

EXAMPLES = {"passes": ["1", "2"], "fails": ["0", "-1"]}
BASE: dict[str, Any] = {"code": "T-1", "since": date(2020, 1, 1), "cites": "technical", **EXAMPLES}
MASS = {**BASE, "kind": "positive", "at": "items.net_mass"}
WORDS = {"tg": "x", "ru": "x", "en": "x"}

SLIPS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "magic"}, "the kind magic is not one of"),
    ({"kind": None}, "the kind None is not one of"),
    ({"at": "items.colour"}, "the form has no field items.colour"),
    ({"at": "a.b.c.d"}, "the form has no field a.b.c.d"),
    ({"at": ""}, "cannot stand on nothing"),
    ({"at": "items.description"}, "cannot stand on description"),
    ({"at": "items.packages"}, r"cannot stand on packages \(rows\)"),
    ({"kind": "numbered", "at": "items_total"}, "cannot look at header"),
    ({"kind": "malformed", "reason": "not_a_date"}, "cannot stand on net_mass"),
    ({"kind": "malformed", "reason": "odd", "at": None}, "the reason odd is not one of"),
    ({"extra": 1}, "one too many or too few of: extra"),
    ({"cites": None}, "one too many or too few of: cites"),
    ({"cites": " "}, "cites must be a text"),
    ({"severity": "fatal"}, "'fatal' is not one of error"),
    ({"confidence": "sure"}, "'sure' is not one of confirmed"),
    ({"since": "2020-01-01"}, "is not a date"),
    ({"since": datetime(2020, 1, 1)}, "is not a date"),  # noqa: DTZ001 - what YAML gives for a time
    ({"until": "never"}, "is not a date"),
    ({"until": date(2020, 1, 1)}, "must come after since"),
    ({"until": date(2019, 1, 1)}, "must come after since"),
    ({"passes": ["1"]}, "at least two passing and two failing examples"),
    ({"fails": ["0", "0"]}, "no two alike"),
    ({"passes": None}, "at least two passing"),
    ({"passes": 5}, "passes must be a list of examples"),
    ({"directions": ["IM", "IM"]}, "directions names something twice"),
    ({"directions": "IM"}, "directions must be a list of texts"),
    ({"depends_on": []}, "depends_on must be a list of texts"),
    # messages
    ({"message": {"en": "x"}}, "tg, ru and en"),
    ({"message": {**WORDS, "tg": ""}}, "tg, ru and en"),
    ({"message": "x"}, "tg, ru and en"),
    ({"message": dict.fromkeys(WORDS, "{colour}")}, "names an unknown value"),
    ({"message": dict.fromkeys(WORDS, "{found.__class__}")}, "names an unknown value"),
    ({"message": dict.fromkeys(WORDS, "{other_label}")}, "names an unknown value"),
    ({"message": dict.fromkeys(WORDS, "{")}, "not well formed"),
    ({"message": {**WORDS, "ru": "{found}"}}, "the same values in tg, ru and en"),
    ({"message": {**WORDS, "tg": "{found}"}}, "the same values in tg, ru and en"),
    # other fields
    ({"kind": "not_above", "other": "colour"}, "the form has no field colour"),
    ({"kind": "not_above", "other": "net_mass"}, "held against itself"),
    ({"kind": "not_above", "other": "description"}, "cannot be compared"),
    ({"kind": "not_above", "other": "declaration_date"}, "cannot be compared"),
    ({"kind": "ratio", "per": "description", "lowest": "1"}, "is no number"),
    ({"kind": "ratio", "per": "gross_mass"}, "give a lowest or a highest"),
    ({"kind": "equals_product", "factors": ["price", "description"], "tolerance": "1"}, "is no number"),
    ({"kind": "equals_product", "factors": [], "tolerance": "1"}, "factors must be a list"),
    ({"kind": "equals_product", "factors": ["price"], "tolerance": "0"}, "more than zero"),
    ({"kind": "unique", "with": ["colour"]}, "the form has no field colour"),
    ({"kind": "unique", "with": ["office"]}, "outside the row"),
    ({"kind": "unique", "with": [], "when": {"office": ["*"]}}, "has no when"),
    ({"kind": "outlier", "per": "gross_mass", "with": [], "times": "-1"}, "more than zero"),
    # gathered rows
    ({"kind": "equals_sum", "of": "items.colour"}, "is not what a equals_sum gathers"),
    ({"kind": "equals_sum", "of": "items.description"}, "is not what a equals_sum gathers"),
    ({"kind": "equals_sum", "of": "items"}, "is not what a equals_sum gathers"),
    ({"kind": "equals_sum", "of": "items.packages.count.x"}, "is not what a equals_sum gathers"),
    ({"kind": "equals_sum", "of": "colour.x"}, "the form has no rows colour.x"),
    ({"kind": "equals_count", "of": "items.price"}, "is not what a equals_count gathers"),
    ({"kind": "count", "of": "items"}, "give a lowest or a highest"),
    ({"kind": "count", "of": "items", "lowest": "2", "highest": "1"}, "the lowest 2 is above the highest 1"),
    ({"kind": "exists_row", "of": "documents.number", "attribute": "role", "values": ["x"]}, "is not what a exists_row"),
    ({"kind": "exists_row", "of": "documents.kind", "attribute": "role", "values": [""]}, "is no attribute"),
    ({"kind": "exists_row", "of": "documents.kind", "attribute": "", "values": ["x"]}, "is not a name"),
    # limits
    ({"kind": "range", "lowest": 1}, "must be a decimal number written as text"),
    ({"kind": "range", "lowest": "1e3"}, "must be a decimal number written as text"),
    # when
    ({"when": {"colour": ["1"]}}, "the form has no field colour"),
    ({"when": {"office": []}}, "when office must be a list"),
    ({"when": {"office": ["*", "A"]}}, "stands alone"),
    ({"when": {"description.role": ["A"]}}, "from no list"),
    ({"when": {"office.kind": [""]}}, "attribute is empty"),
    ({"when": {"price": ["5"]}}, "can only ask whether price is filled"),
    ({"when": {"container_flag": ["yes"]}}, "is not what container_flag can hold"),
    ({"when": {"items_total": ["01"]}}, "is not what items_total can hold"),
    ({"when": ["office"]}, "has no when"),
]  # fmt: skip

TEXT_SLIPS: list[tuple[dict[str, Any], str]] = [
    ({"kind": "pattern", "pattern": "["}, "is no regular expression"),
    ({"kind": "member", "list": "colours"}, "there is no code list colours"),
    ({"kind": "member", "list": 5}, "there is no code list 5"),
    ({"kind": "member", "list": "hs6", "length": 0}, "is not a length"),
    ({"kind": "digits", "lengths": []}, "without repetition"),
    ({"kind": "digits", "lengths": [9, 9]}, "without repetition"),
    ({"kind": "digits", "lengths": [0]}, "is not a length"),
    ({"kind": "length", "lowest": "1.5"}, "a whole number"),
    ({"kind": "check_digit", "scheme": "luhn"}, "the scheme luhn is not one of container, vin"),
    ({"kind": "in_area", "area": "moon"}, "there is no country group moon"),
    ({"kind": "starts_with_attribute", "owner": "description", "attribute": "x"}, "from no list"),
    ({"kind": "attributes_agree", "list": "office", "attribute": "mode", "other": "description", "other_attribute": "x"},
     "from no list"),
    ({"kind": "attribute", "list": "office", "attribute": "mode", "equals": "net_mass"}, "cannot be compared"),
    ({"kind": "summary_of_items", "of": "items.price", "several": "00"}, "cannot look at items"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "says"), SLIPS)
def test_a_slip_on_a_number_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    assert loaded(MASS).code == "T-1"
    with pytest.raises(RuleRefused, match=f"T-1: .*{says}"):
        loaded(MASS, **change)


@pytest.mark.parametrize(("change", "says"), TEXT_SLIPS)
def test_a_slip_on_a_text_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    text = {**BASE, "kind": "required", "at": "items.goods_code"}
    assert loaded(text).code == "T-1"
    with pytest.raises(RuleRefused, match=f"T-1: .*{says}"):
        loaded(text, **change)


def test_ordered_rows_need_the_kind_of_their_own_row() -> None:
    record = {
        **BASE,
        "kind": "ordered_rows",
        "at": "items.documents.date",
        "attribute": "role",
        "first": "a",
        "then": "b",
    }
    assert loaded({**record, "by": "kind"}).parameters["by"].level == "row"
    with pytest.raises(RuleRefused, match="by must name a field of the row"):
        loaded({**record, "by": "regime"})


def test_a_record_without_a_code_is_refused_too() -> None:
    with pytest.raises(RuleRefused, match=r"\?: a rule of kind positive"):
        loaded({key: value for key, value in MASS.items() if key != "code"})


@pytest.mark.parametrize("code", ["", "  ", 5])
def test_a_code_is_a_text(code: Any) -> None:
    with pytest.raises(RuleRefused, match="code must be a text"):
        loaded(MASS, code=code)


def test_without_known_lists_any_list_is_taken() -> None:
    record = {**BASE, "kind": "member", "list": "colours", "at": "items.goods_code"}
    assert load_rule(record, FORM, MESSAGES).parameters["list"] == "colours"
    record = {**BASE, "kind": "in_area", "area": "moon", "at": "export_country"}
    assert load_rule(record, FORM, MESSAGES).parameters["area"] == "moon"


def test_what_a_record_does_not_say_is_filled_in_carefully() -> None:
    rule = loaded(MASS)
    assert (rule.severity, rule.confidence, rule.box, rule.until) == (Severity.ERROR, Confidence.UNKNOWN, "38", None)
    assert loaded(MASS, cites="form#box-38").confidence is Confidence.UNCERTAIN
    assert loaded(MASS, confidence="demo").confidence is Confidence.DEMO


def test_a_field_is_looked_for_in_the_row_then_the_item_then_the_header() -> None:
    record = {**BASE, "kind": "together", "at": "items.documents.number"}
    levels = {name: loaded({**record, "other": name}).parameters["other"].level for name in ("kind", "price", "office")}
    assert levels == {"kind": "row", "price": "item", "office": "header"}
    assert (
        loaded({**BASE, "kind": "together", "at": "transit_offices.office", "other": "country"})
        .parameters["other"]
        .level
        == "row"
    )
    assert loaded({**BASE, "kind": "together", "at": "reference", "other": "office"}).parameters["other"].level == "row"


ROWS: list[tuple[dict[str, Any], dict[str, Any], list[str]]] = [
    # kinds and paths that no shipped rule uses in this way
    ({"kind": "equals_sum", "at": "items.gross_mass", "of": "packages.count"},
     {"items": [{"gross_mass": "3", "packages": [{"count": "1.5"}, {"count": "1.5"}]}, {"gross_mass": "4", "packages": [{"count": "1"}]}, {"gross_mass": "1"}]},
     ["items/2/gross_mass"]),
    ({"kind": "equals_count", "at": "seals_number", "of": "transit_offices"},
     {"seals_number": "2", "transit_offices": [{"office": "A"}]}, ["seals_number"]),
    ({"kind": "equals_count", "at": "packages_total", "of": "items.packages"},
     {"packages_total": "1.5", "items": [{"packages": [{"kind": "CT"}]}]}, ["packages_total"]),
    ({"kind": "sum_not_above", "at": "items.gross_mass", "of": "items.price"},
     {"items": [{"gross_mass": "3", "price": "2"}, {"gross_mass": "4.000001", "price": "2"}]}, ["items/1/gross_mass"]),
    ({"kind": "sum_not_above", "at": "gross_mass_total", "of": "items.gross_mass"}, {"gross_mass_total": "1", "items": [{}]}, []),
    ({"kind": "equals_sum", "at": "items.price", "of": "items.gross_mass"},
     {"items": [{"gross_mass": "3", "price": "3"}]}, []),
    ({"kind": "exists_in", "at": "items.containers.number", "of": "documents.number"},
     {"items": [{"containers": [{"number": "A"}, {"number": "B"}], "documents": [{"number": "A"}]}]}, ["items/1/containers/2/number"]),
    ({"kind": "exists_in", "at": "destination_office", "of": "transit_offices.office"},
     {"destination_office": "A", "transit_offices": [{"office": "B"}]}, ["destination_office"]),
    ({"kind": "not_above", "at": "packages_total", "other": "items_total"},
     {"packages_total": "1.001", "items_total": "1"}, ["packages_total"]),
    ({"kind": "not_above", "at": "items_total", "other": "packages_total"},
     {"items_total": "2", "packages_total": "1.999"}, ["items_total"]),
    ({"kind": "ratio", "at": "items.net_mass", "per": "price", "lowest": "0.5", "highest": "2"},
     {"items": [{"net_mass": "1", "price": "2"}, {"net_mass": "0.999999", "price": "2"}, {"net_mass": "4.000001", "price": "2"}, {"net_mass": "1", "price": "0"}]},
     ["items/2/net_mass", "items/3/net_mass"]),
    ({"kind": "range", "at": "items_total", "highest": "3"}, {"items_total": "4"}, ["items_total"]),
    ({"kind": "length", "at": "reference", "highest": "3"}, {"reference": "abcd"}, ["reference"]),
    ({"kind": "count", "at": "items.documents", "of": "documents", "highest": "1"},
     {"items": [{"documents": [{}, {}]}, {"documents": [{}]}]}, ["items/1/documents"]),
    ({"kind": "equals_product", "at": "items.gross_mass", "factors": ["net_mass"], "tolerance": "0.5"},
     {"items": [{"gross_mass": "1.5", "net_mass": "1"}, {"gross_mass": "1.500001", "net_mass": "1"}]}, ["items/2/gross_mass"]),
    ({"kind": "ordered_rows", "at": "items.documents.date", "by": "kind", "attribute": "role", "first": "contract", "then": "invoice"},
     {"items": [{"documents": [{"kind": "CON"}, {"kind": "CON", "date": "2026-01-02"}, {"kind": "INV"}]}]}, []),
    ({"kind": "positive", "at": "items_total", "when": {"container_flag": ["", "1"], "regime": ["*"]}},
     {"items_total": "0", "regime": "X"}, ["items_total"]),
    ({"kind": "required", "at": "reference", "when": {"office": ["A", "B"]}}, {"office": "B"}, ["reference"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said", "paths"), ROWS, ids=lambda value: str(value)[:40])
def test_kinds_work_on_any_row_they_may_look_at(change: dict[str, Any], said: dict[str, Any], paths: list[str]) -> None:
    from gumruk.rules.checks import compile_checks
    from gumruk.rules.form import read
    from tests.law.checking import LAW

    rule = loaded({**BASE, **change})
    assert [finding.path for finding in alone(rule, said).findings] == paths
    checks = compile_checks([rule], FORM, date(2026, 1, 15))
    fast, slow = checks.run(read(FORM, said), LAW), checks.run_by_oracle(read(FORM, said), LAW)
    assert (fast.findings, fast.not_evaluated, fast.raised) == (slow.findings, slow.not_evaluated, ())


@given(st.dictionaries(st.sampled_from([*MASS, "when", "other", "of", "message", "with", "depends_on"]),
                       st.one_of(st.none(), st.text(max_size=5), st.integers(), st.lists(st.text(max_size=3), max_size=2),
                                 st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2))))  # fmt: skip
def test_no_record_breaks_the_loader(change: dict[str, Any]) -> None:
    try:
        rule = load_rule({**MASS, **change}, FORM, MESSAGES, lists=(), areas=())
    except RuleRefused as refused:
        assert ": " in str(refused)
    else:
        assert codes([rule]) == [change.get("code", "T-1")]
