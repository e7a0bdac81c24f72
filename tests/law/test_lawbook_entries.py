"""Entries of law without a database: what bodies say, what an overlay does, what the hash of a day covers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.law.day import LawRefused
from gumruk.law.types import Confidence
from gumruk.lawbook import bodies, files, shipped
from gumruk.lawbook.bodies import refuse_unreadable
from gumruk.lawbook.gaps import gaps_of
from gumruk.lawbook.overlay import lay_over
from gumruk.lawbook.snapshot import Snapshot
from gumruk.lawbook.types import Change, Entry, Kind, LawbookRefused, NewEntry, measure_key, standing
from gumruk.lawbook.wording import SENTENCES, sentence

DAY = date(2026, 1, 15)
WORDS = {"tg": "Б", "ru": "Б", "en": "B"}


def measure(rate: str = "10%", since: date = DAY, until: date | None = None, **body: Any) -> NewEntry:
    said = {"kind": "duty", "code": "0207", "rate": rate, **body}
    return NewEntry(Kind.MEASURE, measure_key(said), since, until, said, "demo", "", Confidence.DEMO)


def test_every_shipped_and_demonstration_row_is_read_and_no_two_hold_at_once() -> None:
    entries = [*files.entries(), *files.entries(files.DEMO)]
    for entry in entries:
        refuse_unreadable(entry)
    spans: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        spans.setdefault((entry.kind, entry.key), []).append(entry)
    for same in spans.values():
        same.sort(key=lambda entry: entry.since)
        assert all(one.until and one.until <= other.since for one, other in pairwise(same))
    assert {entry.confidence for entry in files.entries(files.DEMO)} == {Confidence.DEMO}
    assert Confidence.DEMO not in {entry.confidence for entry in files.entries() if entry.kind != Kind.ACT}


@pytest.mark.parametrize(
    ("entry", "code", "where"),
    [
        (measure("563С)"), "body_refused", "rate"),
        (replace(measure(), key="duty/0208/////"), "body_refused", "key"),
        (measure(code="02O7"), "body_refused", "code"),
        (measure(code="12345678901"), "body_refused", "code"),
        (measure(excluded="RU"), "body_refused", "excluded"),
        (measure(colour="red"), "body_refused", "colour"),
        (measure(note=1.5), "body_refused", "note"),
        (measure(until=DAY), "ends_before_it_starts", None),
        (replace(measure(), cites=""), "citation_missing", None),
        (replace(measure(), kind="magic"), "kind_unknown", None),
        (replace(measure(), key=""), "key_missing", None),
        (NewEntry(Kind.FORMULA, "vat", DAY, None, {"order": "1", "text": "round(value, 2, HALF_UP)", "label": WORDS}, "demo", "", Confidence.DEMO), "body_refused", "order"),
        (NewEntry(Kind.FORMULA, "vat", DAY, None, {"order": 1, "text": "x", "label": {"en": "B"}}, "demo", "", Confidence.DEMO), "body_refused", "label"),
        (NewEntry(Kind.FORMULA, "vat", DAY, None, {"order": 1, "text": "x", "label": WORDS, "scope": "box"}, "demo", "", Confidence.DEMO), "body_refused", "scope"),
        (NewEntry(Kind.PARAMETER, "share", DAY, None, {"label": {**WORDS, "ru": " "}, "value": 5}, "demo", "", Confidence.DEMO), "body_refused", "label/ru"),
        (NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "-1", "amount": "1", "currency": "TJS"}]}, "demo", "", Confidence.DEMO), "body_refused", "rows/1/above"),
        (NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "0", "amount": "1"}]}, "demo", "", Confidence.DEMO), "body_refused", "rows/1/currency"),
        (NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "0", "amount": "1", "currency": "TJS", "x": "1"}]}, "demo", "", Confidence.DEMO), "body_refused", "rows/1"),
        (NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "0", "amount": "1", "currency": "TJS"}] * 2}, "demo", "", Confidence.DEMO), "body_refused", "rows"),
        (NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": "all"}, "demo", "", Confidence.DEMO), "body_refused", "rows"),
        (NewEntry(Kind.AREA, "CIS", DAY, None, {"members": ["RUS"]}, "demo", "", Confidence.DEMO), "body_refused", "members"),
        (NewEntry(Kind.CODE, "unit", DAY, None, WORDS, "", "", Confidence.DEMO), "body_refused", "key"),
        (NewEntry(Kind.CODE, "unit/KGM", DAY, None, {"tg": "кг"}, "", "", Confidence.DEMO), "body_refused", "en"),
        (NewEntry(Kind.CODE, "unit/KGM", DAY, None, {"en": "kg", "factor": 1}, "", "", Confidence.DEMO), "body_refused", "factor"),
        (NewEntry(Kind.ACT, "a", DAY, None, {"number": "1", "signed": "1 May", "title": WORDS}, "", "", Confidence.DEMO), "body_refused", "signed"),
        (NewEntry(Kind.ACT, "a", DAY, None, {"number": 1, "signed": None, "title": WORDS}, "", "", Confidence.DEMO), "body_refused", "number"),
        (NewEntry(Kind.MESSAGE, "required", DAY, None, {"en": "x"}, "", "", Confidence.DEMO), "body_refused", "message"),
        (NewEntry(Kind.FIELD, "header/x", DAY, None, {"label": WORDS}, "", "", Confidence.DEMO), "body_refused", "order"),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_read_is_refused_with_where_and_why(
    entry: NewEntry, code: str, where: str | None
) -> None:
    with pytest.raises(LawbookRefused) as refused:
        refuse_unreadable(entry)
    assert refused.value.code == code
    assert refused.value.values.get("where") == where
    for language in ("tg", "ru", "en"):
        assert "{" not in sentence(code, refused.value.values, language)


def test_a_measure_keeps_excluded_countries_beneficiary_and_quota() -> None:
    entry = measure(excluded=["RU", "KZ"], beneficiary="UNHCR", quota="Q-1", area="CIS_FTA", preference="P")
    found = bodies.measure(entry)
    assert (found.excluded, found.beneficiary, found.quota) == (frozenset({"RU", "KZ"}), "UNHCR", "Q-1")
    assert entry.key == "duty/0207/CIS_FTA//P/UNHCR/Q-1"


def test_a_fee_table_holds_only_in_its_time() -> None:
    steps = {"rows": [{"above": "0", "amount": "20.00", "currency": "TJS"}]}
    table = NewEntry(Kind.BRACKETS, "fee_clearance", DAY, date(2026, 2, 1), steps, "demo", "", Confidence.DEMO)
    known = Snapshot(1, [*files.entries(), standing(table)])
    assert [step.amount for step in known.on(DAY).brackets("fee_clearance")] == [Decimal("20.00")]
    assert known.on(DAY).brackets("fee_clearance")[0].confidence is Confidence.DEMO
    assert known.on(date(2026, 2, 1)).brackets("fee_clearance") == ()


@pytest.mark.parametrize("day", [date(1991, 9, 9), date(2010, 1, 1), date(2012, 12, 31)])
def test_a_day_that_the_law_does_not_reach_is_refused_and_never_zero(day: date) -> None:
    with pytest.raises(LawRefused, match="formulas_missing"):
        shipped.on(day)
    assert shipped.on(date(2013, 1, 1)).formulas


def law_with(change: NewEntry | None = None, *, without: str = "") -> Snapshot:
    """A small law: one formula, one measure, one area, one code, one parameter, one table, one rule."""
    formula = {"order": 1, "text": "round(rate(value), 2, HALF_UP)", "label": WORDS, "mandatory": True}
    rows = [
        NewEntry(Kind.FORMULA, "duty", DAY, None, formula, "demo", "", Confidence.DEMO),
        measure(),
        NewEntry(Kind.AREA, "CIS", DAY, None, {"members": ["RU"]}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.CODE, "regime/FREE", DAY, None, {**WORDS, "payment": "due"}, "", "", Confidence.DEMO),
        NewEntry(Kind.PARAMETER, "share", DAY, None, {"label": WORDS, "value": 5}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "0", "amount": "1", "currency": "TJS"}]}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.MESSAGE, "required", DAY, None, WORDS, "", "", Confidence.DEMO),
    ]  # fmt: skip
    if change is not None:
        rows = [row for row in rows if (row.kind, row.key) != (change.kind, change.key)] + [change]
    return Snapshot(1, [standing(row) for row in rows if row.kind != without])


@pytest.mark.parametrize(
    "change",
    [
        measure("11%"),
        measure(excluded=["RU"]),
        replace(measure(), cites="demo#2"),
        replace(measure(), until=date(2030, 1, 1)),
        replace(measure(), confidence=Confidence.CONFIRMED),
        NewEntry(Kind.FORMULA, "duty", DAY, None, {"order": 2, "text": "round(rate(value), 2, HALF_UP)", "label": WORDS, "mandatory": True}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.FORMULA, "duty", DAY, None, {"order": 1, "text": "round(rate(value), 2, HALF_UP)", "label": WORDS}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.AREA, "CIS", DAY, None, {"members": ["RU", "KZ"]}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.CODE, "regime/FREE", DAY, None, {**WORDS, "payment": "not_due"}, "", "", Confidence.DEMO),
        NewEntry(Kind.PARAMETER, "share", DAY, None, {"label": WORDS, "value": 6}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.BRACKETS, "fee", DAY, None, {"rows": [{"above": "0", "amount": "2", "currency": "TJS"}]}, "demo", "", Confidence.DEMO),
        NewEntry(Kind.MESSAGE, "required", DAY, None, {**WORDS, "en": "C"}, "", "", Confidence.DEMO),
    ],
)  # fmt: skip
def test_the_hash_of_a_day_changes_with_everything_that_a_result_depends_on(change: NewEntry) -> None:
    assert law_with(change).epoch(DAY).ruleset != law_with().epoch(DAY).ruleset
    assert law_with().epoch(DAY).ruleset == law_with().on(DAY + timedelta(days=900)).ruleset


def test_the_hash_of_a_day_does_not_change_with_what_holds_on_another_day() -> None:
    later = measure("99%", since=date(2030, 1, 1), code="9999")
    known = Snapshot(7, [*law_with().entries, standing(later)])
    assert known.epoch(DAY).ruleset == law_with().epoch(DAY).ruleset
    assert known.epoch(date(2030, 1, 1)).ruleset != law_with().epoch(DAY).ruleset


SPAN = st.tuples(st.integers(0, 40), st.integers(1, 40) | st.none()).map(
    lambda pair: (DAY + timedelta(pair[0]), None if pair[1] is None else DAY + timedelta(pair[0] + pair[1]))
)


def disjoint(spans: list[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    kept: list[tuple[date, date | None]] = []
    for since, until in sorted(spans, key=lambda span: span[0]):
        if not kept or (kept[-1][1] is not None and kept[-1][1] <= since):
            kept.append((since, until))
    return kept


@settings(max_examples=200)
@given(st.lists(SPAN, max_size=4).map(disjoint), st.lists(st.tuples(SPAN, st.booleans()), max_size=4))
def test_after_an_overlay_every_day_says_what_the_change_says_or_else_what_stood(
    before: list[tuple[date, date | None]], wanted: list[tuple[tuple[date, date | None], bool]]
) -> None:
    entries = [standing(measure(f"{place + 1}%", since, until)) for place, (since, until) in enumerate(before)]
    spans = disjoint([span for span, _ in wanted])
    put = [dict(wanted)[span] for span in spans]
    changes = [
        Change(Kind.MEASURE, measure().key, since, until, measure("50%", since, until) if says else None)
        for (since, until), says in zip(spans, put, strict=True)
    ]
    outcome = lay_over(entries, changes)
    after = [entry for entry in entries if entry not in outcome.closed] + list(outcome.opened)
    for shift in range(-1, 90):
        day = DAY + timedelta(shift)
        held = [entry.body["rate"] for entry in after if entry.holds_on(day)]
        change = next((c for c in changes if c.since <= day and (c.until is None or day < c.until)), None)
        stood = [entry.body["rate"] for entry in entries if entry.holds_on(day)]
        assert held == (stood if change is None else ["50%"] if change.entry else [])


def test_the_go_live_list_names_every_kind_of_doubt() -> None:
    with_demo, without = shipped.snapshot(demo=True), shipped.snapshot(demo=False)
    assert {gap.name for gap in gaps_of(with_demo, DAY) if gap.confidence == "demo"} >= {"DEMO-DUTY", "fee_clearance"}
    real = gaps_of(without, DAY)
    assert not any(gap.confidence == "demo" for gap in real)
    assert {gap.confidence for gap in real if gap.kind == "fee table"} == {"unknown"}
    assert {"measure", "formula", "area", "code list", "act"} <= {gap.kind for gap in real}
    assert not any(gap.name == "VAT-2024" for gap in real)
    unsaid = NewEntry(Kind.PARAMETER, "share", DAY, None, {"label": WORDS}, "demo", "", Confidence.CONFIRMED)
    assert any(gap.kind == "parameter" and gap.note == "no value" for gap in gaps_of(law_with(unsaid), DAY))


def test_sentences_are_there_in_three_languages_with_the_same_values() -> None:
    import string

    for code, words in SENTENCES.items():
        named = [
            {part[1] for part in string.Formatter().parse(text) if part[1]} for text in (words.tg, words.ru, words.en)
        ]
        assert named[0] == named[1] == named[2], code
        assert all((words.tg, words.ru, words.en)), code
    assert sentence("never_heard_of", {}, "tg") == "never_heard_of"


def test_the_hash_of_the_files_names_their_bytes_and_the_packages() -> None:
    assert files.content_hash() != files.content_hash(files.DEMO)
    assert len(files.content_hash()) == 64
