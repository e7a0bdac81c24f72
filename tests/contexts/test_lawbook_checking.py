"""The consistency check names everything that keeps a draft from being law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gumruk.law.types import Confidence
from gumruk.lawbook import services
from gumruk.lawbook.types import Fault, Kind, NewEntry
from gumruk.lawbook.wording import fault_sentence
from gumruk.trust.types import Person, Role

from .conftest import NOON
from .lawbook_acts import WORDS, draft, measure

LATER = date(2026, 6, 1)
FORMULA = {"order": 95, "text": "round(rate(value), 2, HALF_UP)", "label": WORDS}


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


def new(kind: Kind, key: str, body: dict[str, Any], cites: str = "demo") -> NewEntry:
    return NewEntry(kind, key, LATER, None, body, cites, "demo", Confidence.DEMO)


RULE = {"kind": "positive", "at": "items.net_mass", "severity": "error", "passes": ["1", "2"], "fails": ["0", "-1"]}


@pytest.mark.parametrize(
    ("entries", "codes"),
    [
        ([], ["nothing_changes"]),
        ([replace(measure("20%", date(2021, 5, 27), code="0207", id="DUTY-0207", note="was 10 %"), cites="tj-gov-2021-05-27", source="x", confidence=Confidence.SECONDARY)], []),
        ([measure("25%", LATER)], []),
        ([replace(measure("25%", LATER), cites="nothing#1")], ["act_unknown"]),
        ([measure("2 EUR / 1 XYZ", LATER)], ["body_refused"]),
        ([measure("25%", LATER, area="NOWHERE")], ["area_unknown"]),
        ([measure("25%", LATER, area="CIS_FTA", excluded=["XX"])], ["country_unknown"]),
        ([measure("25%", LATER, regime="MAGIC")], ["regime_unknown"]),
        ([measure("25%", LATER, preference="MAGIC")], ["preference_unknown"]),
        ([measure("25%", LATER, kind="tithe")], ["formula_missing"]),
        ([measure("25%", LATER, kind="tithe"), new(Kind.FORMULA, "tithe", FORMULA)], []),
        ([measure("25%", LATER, id="VAT-2024")], ["measure_id_twice"]),
        ([measure("9%", LATER, kind="excise", code="71")], ["two_measures_at_once"]),
        ([measure("", LATER, share="50", preference="CISFTA", documents=["INV"])], []),
        ([measure("", LATER)], []),
        ([measure("25%", LATER, documents=["QQQ"])], ["document_unknown"]),
        ([measure("25%", LATER, quota="Q-1")], ["quota_unknown"]),
        ([measure("25%", LATER, quota="Q-1"), new(Kind.QUOTA, "Q-1", {"volume": "5", "unit": "KGM"})], []),
        ([new(Kind.QUOTA, "Q-1", {"volume": "5", "unit": "QQQ"})], ["unit_unknown"]),
        ([new(Kind.QUOTA, "Q-1", {"volume": "-5", "unit": "KGM"})], ["body_refused"]),
        ([measure("123456789.12345678 EUR / 1 KGM", LATER)], ["formula_refused"]),
        ([new(Kind.FORMULA, "duty", {**FORMULA, "text": "round(rate(value, 2, HALF_UP)"})], ["formula_refused"]),
        ([new(Kind.FORMULA, "tithe", {**FORMULA, "text": "value +"})], ["formula_refused"]),
        ([new(Kind.BRACKETS, "tithe", {"rows": [{"above": "0", "amount": "1", "currency": "QQQ"}]})], ["currency_unknown", "formula_missing"]),
        ([new(Kind.AREA, "PAIR", {"members": ["RU", "XX"]})], ["country_unknown"]),
        ([new(Kind.CHECK, "FLC-99-001", RULE)], []),
        ([new(Kind.CHECK, "FLC-99-001", {**RULE, "directions": ["EX"]})], []),
        ([new(Kind.CHECK, "FLC-99-001", {**RULE, "fails": ["0", "5"]})], ["example_wrong"]),
        ([new(Kind.CHECK, "FLC-99-001", {**RULE, "passes": ["0", "5"]})], ["example_wrong"]),
        ([new(Kind.CHECK, "FLC-99-001", {**RULE, "at": "items.colour"})], ["does_not_build"]),
        ([new(Kind.CHECK, "FLC-99-001", {**RULE, "message": {"tg": "{found}", "ru": "{found}", "en": "{box}"}})], ["does_not_build"]),
        ([new(Kind.MESSAGE, "unheard", {"tg": "{found}", "ru": "{found}", "en": "{box}"})], ["message_values_differ"]),
        ([new(Kind.MESSAGE, "positive", {"tg": "{found}", "ru": "{found}", "en": "{box}"})], ["does_not_build"]),
    ],
)  # fmt: skip
def test_a_draft_is_told_what_is_wrong_with_it(editor: Person, entries: list[NewEntry], codes: list[str]) -> None:
    from gumruk.lawbook.types import LawbookRefused

    made = draft(editor)
    try:
        services.put_entries(change_set=made, entries=entries, by=editor, at=NOON)
    except LawbookRefused as refused:
        assert [refused.code] == codes
        return
    faults = services.check_change_set(change_set=made, by=editor, at=NOON)
    assert sorted({fault.code for fault in faults}) == codes
    for fault in faults:
        for language in ("tg", "ru", "en"):
            assert "{" not in fault_sentence(fault, language)


def test_what_others_rest_on_cannot_be_closed(editor: Person) -> None:
    made = draft(editor)
    services.close_entry(change_set=made, kind="act", key="cis-fta-2011", since=date.min, by=editor, at=NOON)
    codes = {fault.code for fault in services.check_change_set(change_set=made, by=editor, at=NOON)}
    assert codes == {"act_still_cited"}
    form = draft(editor)
    services.close_entry(change_set=form, kind="field", key="header/currency", since=LATER, by=editor, at=NOON)
    assert [f.code for f in services.check_change_set(change_set=form, by=editor, at=NOON)] == ["does_not_build"]


def test_the_act_that_orders_a_change_must_be_known(editor: Person) -> None:
    made = draft(editor, measure("25%", LATER), act="nothing", title="T")
    expected = (Fault("act_unknown", "change_set", "T", {"act": "nothing"}),)
    assert services.check_change_set(change_set=made, by=editor, at=NOON) == expected


def test_every_shipped_rule_holds_its_examples_as_a_change_set_would_check_them(editor: Person) -> None:
    from gumruk.lawbook import files

    moved = [
        replace(NewEntry(*(getattr(e, n) for n in NewEntry.__dataclass_fields__)), cites="demo")
        for e in files.entries()
        if e.kind == Kind.CHECK
    ]
    made = draft(editor)
    services.put_entries(change_set=made, entries=moved, by=editor, at=NOON)
    assert services.check_change_set(change_set=made, by=editor, at=NOON) == ()
