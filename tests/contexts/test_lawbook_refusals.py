"""Entries of law that are none: whatever a body, a key or a text holds, it is read or refused by name, and nothing moved."""

from __future__ import annotations

import argparse
import io
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from django.db import transaction

from gumruk.cli import law
from gumruk.lawbook import selectors, services
from gumruk.lawbook.models import ChangeSet, DraftEntry
from gumruk.lawbook.types import ALWAYS, Entry, Kind, LawbookRefused, NewEntry, Retroactive
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import draft, measure, publish

LATER = date(2027, 1, 1)
TODAY = clock.law_day(clock.now())
JUNK: list[Any] = [None, 1, -1, 1.5, True, "", [], {}, [{}], [1], {"a": 1}, "x" * 3000, "a\x00b", "\ud800", "1e999", "NaN",
                   "9" * 400, [[[]]], {"tg": 1}, {1: 1}, "²", 10**400]  # fmt: skip


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


def an_entry(kind: str) -> Entry:
    return next(one for one in selectors.snapshot().entries if one.kind == kind)


def put(change_set: Any, entry: NewEntry, by: Person) -> LawbookRefused:
    """The refusal of an entry; nothing may have moved."""
    before = DraftEntry.objects.count()
    with pytest.raises(LawbookRefused) as caught:
        services.put_entry(change_set=change_set, entry=entry, by=by, at=NOON)
    assert DraftEntry.objects.count() == before
    str(caught.value).encode()
    return caught.value


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("body", [None, 1, "a\x00b", "\ud800", [1], [[]]])
def test_a_body_that_is_no_object_is_refused(editor: Person, kind: Kind, body: Any) -> None:
    entry = replace(an_entry(kind), since=LATER, until=None, body=body)
    for one in (entry, replace(entry, key="")):
        refused = put(draft(editor), one, editor)
        assert (refused.code, refused.values["where"]) == ("body_refused", "body")


@pytest.mark.parametrize("field", ["key", "cites", "source", "kind"])
@pytest.mark.parametrize("text", ["a\x00", "a\ud800"])
def test_text_that_no_database_keeps_is_refused_where_it_stands(editor: Person, field: str, text: str) -> None:
    entry = replace(an_entry(Kind.CODE), since=LATER, **cast("Any", {field: text}))
    refused = put(draft(editor), entry, editor)
    assert refused.code in ("body_refused", "kind_unknown")
    assert all(value.encode() for value in refused.values.values() if value)


@pytest.mark.parametrize(
    "body", [{"en": "a\x00"}, {"en": "a", "note": "\ud800"}, {"en": "a", "x\x00": "y"}, {"en": "a", "\ud800": "y"}]
)
def test_a_body_with_text_that_no_database_keeps_is_refused(editor: Person, body: Mapping[str, str]) -> None:
    refused = put(draft(editor), replace(an_entry(Kind.CODE), since=LATER, body=body), editor)
    assert (refused.code, refused.values["why"]) == ("body_refused", "unwritable")


def test_a_body_that_is_too_deep_or_a_citation_too_long_is_refused(editor: Person) -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = [deep]
    entry = replace(an_entry(Kind.PARAMETER), since=LATER)
    assert put(draft(editor), replace(entry, body={**entry.body, "value": deep}), editor).values["why"] == "too_deep"
    assert put(draft(editor), replace(entry, cites="x" * 500), editor).values["where"] == "cites"


@pytest.mark.parametrize("documents", [1, "x", [1], [{}], {"a": 1}])
def test_documents_that_are_no_list_make_no_key(editor: Person, documents: Any) -> None:
    refused = put(draft(editor), measure("5%", LATER, documents=documents), editor)
    assert (refused.code, refused.values["where"]) == ("body_refused", "documents")


@pytest.mark.parametrize("said", [{"act": "x" * 81}, {"title": "x" * 201}, {"act": "\ud800"}, {"reason": "a\x00"}])
def test_texts_of_a_change_set_are_bounded(editor: Person, said: dict[str, str]) -> None:
    before = ChangeSet.objects.count()
    words = {"title": "t", "reason": "r", "act": "", **said}
    with pytest.raises(LawbookRefused, match="text_refused"):
        services.draft_change_set(by=editor, at=NOON, **cast("Any", words))
    assert ChangeSet.objects.count() == before


@pytest.mark.parametrize("key", ["a\x00", "\ud800", "x" * 121])
def test_a_key_that_cannot_be_kept_is_not_closed(editor: Person, key: str) -> None:
    made, before = draft(editor), DraftEntry.objects.count()
    with pytest.raises(LawbookRefused, match="text_refused"):
        services.close_entry(change_set=made, kind=Kind.CODE, key=key, since=LATER, by=editor, at=NOON)
    assert DraftEntry.objects.count() == before


def test_whatever_an_entry_says_it_is_taken_or_refused_by_name(editor: Person) -> None:
    chance = random.Random(7)  # noqa: S311 - a test that can be repeated
    by_kind: dict[str, list[Entry]] = {}
    for one in selectors.snapshot().entries:
        by_kind.setdefault(one.kind, []).append(one)
    taken = 0
    for entries in by_kind.values():
        for _ in range(40):
            found = chance.choice(entries)
            body: Any = json.loads(json.dumps(dict(found.body)))
            if chance.random() < 0.1:
                body = chance.choice(JUNK)
            else:
                body[chance.choice(list(body))] = chance.choice(JUNK)
            key = chance.choice([found.key] * 5 + ["", "a\x00", "x" * 500, "a/b/c"])
            until = chance.choice([None, date(2028, 1, 1), date(2026, 1, 1)])
            entry = NewEntry(found.kind, key, LATER, until, body, found.cites, found.source, found.confidence)
            try:
                with transaction.atomic():
                    made = draft(editor, entry)
                    taken += 1
                    services.check_change_set(change_set=made, by=editor, at=NOON)
                    raise LawbookRefused("undone")
            except LawbookRefused:
                pass
            assert not DraftEntry.objects.exists()
    assert taken > 20


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Runs `gumruk law` with lines on standard input; its exit code and what it wrote to both places."""

    def run(*words: str, lines: Any = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines) if isinstance(lines, str) else lines)
        parser = argparse.ArgumentParser()
        law.add_arguments(parser)
        capsys.readouterr()
        code = law.run(parser.parse_args(words))
        written = capsys.readouterr()
        return code, written.out, written.err

    return run


Say = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("body", ["1", "[1]", '"x"', '{"en": "\\ud800"}', '{"en": "a\\u0000"}', '{"\\ud800": "a"}'])
def test_lines_of_a_terminal_are_refused_without_a_trace(say: Say, editor: Person, body: str) -> None:
    name = draft(editor).hex[-8:]
    line = f'{{"kind": "code", "key": "country/ZZ", "since": "2027-01-01", "body": {body}}}'
    code, _said, wrong = say("put", name, "--as", editor.username, lines=line)
    assert (code, wrong.startswith("gumruk: "), DraftEntry.objects.count()) == (2, True, 0)


@pytest.mark.parametrize("line", ['{"kind": "\\ud800", "since": "2027-01-01", "body": {}}',
                                  '{"kind": "code", "key": "\\ud800", "since": "2027-01-01"}'])  # fmt: skip
def test_half_a_letter_in_a_line_is_shown_as_what_it_is(say: Say, editor: Person, line: str) -> None:
    code, _said, wrong = say("put", draft(editor).hex[-8:], "--as", editor.username, lines=line)
    assert (code, DraftEntry.objects.count()) == (2, 0)
    wrong.encode()


def test_lines_that_are_not_utf8_are_refused(say: Say, editor: Person) -> None:
    lines = io.TextIOWrapper(io.BytesIO(b"\n\xff\xfe\n"), encoding="utf-8")
    code, _said, wrong = say("put", draft(editor).hex[-8:], "--as", editor.username, lines=lines)
    assert (code, "not UTF-8" in wrong) == (2, True)


def test_a_number_of_a_change_set_is_written_in_plain_digits(say: Say, editor: Person) -> None:
    code, _said, wrong = say("show", "²")
    assert (code, "There is no change set ²" in wrong) == (2, True)


def test_an_approver_is_warned_of_entries_that_hold_from_the_past(say: Say, editor: Person, approver: Person) -> None:
    past, ever, ahead = TODAY - timedelta(days=400), ALWAYS, TODAY + timedelta(days=9)
    quiet = draft(editor, measure("5%", ahead))
    assert selectors.retroactive(quiet, TODAY) is None
    assert "Warning" not in "".join(say("check", quiet.hex[-8:], "--as", approver.username)[1:])
    loud = draft(editor, measure("6%", past), measure("7%", ahead, code="03"), measure("7%", TODAY, code="04"))
    assert selectors.retroactive(loud, TODAY) == Retroactive(1, past)
    warning = f"Warning: entries that hold from a day in the past: 1; the earliest from {past.isoformat()}."
    code, said, wrong = say("check", loud.hex[-8:], "--as", approver.username)
    assert (code, said, warning in wrong) == (0, "The draft is fit to be approved.\n", True)
    assert warning in say("show", loud.hex[-8:])[1]
    shown = json.loads(say("show", loud.hex[-8:], "--json")[1])
    assert shown["retroactive"] == {"count": 1, "earliest": past.isoformat()}
    assert warning in say("approve", loud.hex[-8:], "--as", approver.username)[2]
    old = draft(editor, measure("6%", ever, code="05"))
    assert "the earliest from always" in say("show", old.hex[-8:])[1]


def test_what_became_law_is_compared_with_its_own_day(editor: Person, approver: Person) -> None:
    made = draft(editor, measure("6%", DAY + timedelta(days=1)))
    publish(made, editor, approver)
    assert selectors.retroactive(made, DAY + timedelta(days=500)) is None
