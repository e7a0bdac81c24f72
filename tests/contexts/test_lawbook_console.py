"""`gumruk law`, `gumruk check` and `gumruk replay`: a change of law from the terminal, tables and JSON."""

from __future__ import annotations

import argparse
import io
import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gumruk.cli import check, law, replay
from gumruk.lawbook import selectors
from gumruk.lawbook.models import ChangeSet, DraftEntry
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON
from .lawbook_acts import measure


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Runs one command with text on standard input; its exit code and what it wrote."""

    def run(command: Any, *words: str, lines: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(lines))
        parser = argparse.ArgumentParser()
        command.add_arguments(parser)
        capsys.readouterr()
        code = int(command.run(parser.parse_args(words)))
        written = capsys.readouterr()
        return code, written.out + written.err

    return run


# Both lines of LINES hold from a day that is past by now.
WARNING = (
    "Warning: entries that hold from a day in the past: 2; the earliest from 2026-06-01. "
    "What was assessed may change: run “gumruk law impact” first.\n"
)
LINES = (
    '{"kind": "measure", "since": "2026-06-01", "body": {"kind": "duty", "code": "0207", "rate": "25%"}, "cites": "demo", "confidence": "demo"}\n'
    "\n"
    '{"kind": "measure", "key": "duty/1902/////", "since": "2026-06-01"}\n'
)


def test_a_change_of_law_goes_from_lines_to_publication(
    say: Callable[..., tuple[int, str]], editor: Person, approver: Person
) -> None:
    code, said = say(law, "draft", "Poultry", "--act", "demo", "--as", editor.username, "--json", lines=LINES)
    assert code == 0
    name = json.loads(said)["id"][-8:]
    assert say(law, "diff", name) == (
        0,
        (
            "measure duty/0207/////\n"
            "  - 2021-05-27 to open  20%  (tj-gov-2021-05-27, secondary)\n"
            "  + 2021-05-27 to 2026-05-31  20%  (tj-gov-2021-05-27, secondary)\n"
            "  + 2026-06-01 to open  25%  (demo, demo)\n"
            "measure duty/1902/////\n"
            "  - 2021-05-27 to open  20%  (tj-gov-2021-05-27, secondary)\n"
            "  + 2021-05-27 to 2026-05-31  20%  (tj-gov-2021-05-27, secondary)\n"
        ),
    )
    assert say(law, "approve", name, "--as", approver.username)[0] == 2
    assert say(law, "check", name, "--as", editor.username) == (0, "The draft is fit to be approved.\n" + WARNING)
    code, said = say(law, "impact", name, "--as", editor.username)
    assert (code, said.splitlines()[0]) == (0, "0 of 0 assessments change.")
    assert say(law, "publish", name, "--as", approver.username)[0] == 2
    assert say(law, "approve", name, "--as", approver.username)[0] == 0
    code, said = say(law, "publish", name, "--as", approver.username)
    assert code == 0
    assert "number    3" in said
    code, said = say(law, "list")
    assert [line.split()[:3] for line in said.splitlines()] == [
        ["NUMBER", "STATUS", "ORIGIN"], ["3", "published", "edited"], ["2", "published", "demo"], ["1", "published", "shipped"],
    ]  # fmt: skip
    assert [json.loads(line)["number"] for line in say(law, "list", "--json")[1].splitlines()] == [3, 2, 1]
    assert "Poultry" in say(law, "show", "3")[1]
    assert json.loads(say(law, "diff", "3", "--json")[1].splitlines()[0])["key"] == "duty/0207/////"
    entry = ("entry", "measure", "duty/0207/////")
    assert '"rate": "25%"' in say(law, *entry, "--day", "2026-06-01")[1]
    assert '"rate": "20%"' in say(law, *entry, "--day", "2026-06-01", "--change-set", "2")[1]
    assert json.loads(say(law, *entry, "--day", "2026-05-31", "--json")[1])["until"] == "2026-06-01"
    assert [(json.loads(line)["known_from"], json.loads(line)["known_until"]) for line in say(law, *entry, "--history", "--json")[1].splitlines()] == [(3, None), (1, 3), (3, None)]  # fmt: skip
    assert "known 1 to 3" in say(law, *entry, "--history")[1]
    assert say(law, "entry", "measure", "nothing", "--day", "2026-06-01")[0] == 1


def test_a_draft_is_filled_in_parts_told_its_faults_and_withdrawn(
    say: Callable[..., tuple[int, str]], editor: Person
) -> None:
    _code, said = say(law, "draft", "Poultry", "--act", "nothing", "--as", editor.username)
    name = said.split()[1].rstrip(":")
    assert say(law, "put", name, "--as", editor.username, lines=LINES) == (0, "2 changes are in the draft.\n")
    assert say(law, "check", name, "--as", editor.username) == (
        1, "change_set Poultry: the act nothing is not listed. Enter the act first.\n" + WARNING,
    )  # fmt: skip
    assert "! change_set Poultry" in say(law, "show", name)[1]
    assert "withdrawn" in say(law, "withdraw", name, "--as", editor.username)[1]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("{", "Line 1: not JSON"),
        ("[]", "Line 1: the fields are"),
        ('{"kind": "measure", "colour": 1}', "Line 1: the fields are"),
        ('{"kind": "measure", "key": "x"}', "Line 1: since is missing"),
        ('{"kind": "measure", "key": "x", "since": "1.6.2026"}', "since is not a date"),
        ('{"kind": "measure", "key": "x", "since": 7}', "since is not a date"),
        ('{"kind": "measure", "since": "2026-06-01", "body": [1]}', "body must be an object"),
        ('{"kind": "measure", "since": "2026-06-01", "body": {}, "confidence": "sure"}', "confidence is not a known grade"),
        (LINES + '{"kind": "measure", "since": "2026-06-01", "body": {"kind": "duty", "rate": "ten"}, "cites": "demo"}', "rate:"),
    ],
)  # fmt: skip
def test_a_line_that_is_refused_leaves_no_draft(
    say: Callable[..., tuple[int, str]], editor: Person, lines: str, says: str
) -> None:
    before = ChangeSet.objects.count(), DraftEntry.objects.count()
    code, said = say(law, "draft", "Poultry", "--as", editor.username, lines=lines)
    assert code == 2
    assert says in said
    assert (ChangeSet.objects.count(), DraftEntry.objects.count()) == before


def test_what_does_not_exist_and_who_is_not_known_is_said(say: Callable[..., tuple[int, str]], editor: Person) -> None:
    assert "There is no change set 99" in say(law, "show", "99")[1]
    assert "There is no change set none" in say(law, "diff", "none")[1]
    assert "nobody is not known" in say(law, "draft", "x", "--as", "nobody")[1]


def test_loading_says_what_it_did(say: Callable[..., tuple[int, str]], db: None) -> None:
    assert say(law, "load", "--demo") == (
        0, "The shipped law stands as it was loaded.\nThe demo law stands as it was loaded.\n",
    )  # fmt: skip
    assert json.loads(say(law, "load", "--json")[1]) == {"said": "The shipped law stands as it was loaded."}


def test_acts_are_listed(say: Callable[..., tuple[int, str]], db: None) -> None:
    assert "tj-tax-code-2021" in say(law, "acts")[1]
    acts = [json.loads(line) for line in say(law, "acts", "--json")[1].splitlines()]
    assert {"id": "tj-tax-code-2021", "number": "1844"}.items() <= next(
        a for a in acts if a["id"] == "tj-tax-code-2021"
    ).items()


def test_the_go_live_check_lists_every_gap_of_the_database_and_fails(
    say: Callable[..., tuple[int, str]], db: None
) -> None:
    code, said = say(check, "--go-live", "--day", "2026-01-15")
    assert code == 1
    assert re.search(r"^measure \(\d+\)$", said, re.MULTILINE)
    assert re.search(r"^  demo +DEMO-DUTY  ", said, re.MULTILINE)
    assert re.search(r"^  unknown  fee_clearance  +the table", said, re.MULTILINE)
    counted = [int(number) for number in re.findall(r"^\S.* \((\d+)\)$", said, re.MULTILINE)]
    assert said.splitlines()[-1] == f"{sum(counted)} values are not confirmed on 2026-01-15."
    assert max(len(line) for line in said.splitlines()) <= 120
    assert "DEMO-DUTY" not in say(check, "--go-live", "--day", "2026-01-15", "--no-demo")[1]
    assert selectors.gaps_on(date(2026, 1, 15), change_set=1, demo=True) == selectors.gaps_on(
        date(2026, 1, 15), demo=False
    )


def test_replay_from_the_console_names_every_line_that_differs(
    say: Callable[..., tuple[int, str]], lodged: Any, broker: Person, editor: Person, approver: Person
) -> None:
    from gumruk.declarations import selectors as declarations

    from .lawbook_acts import draft, publish

    registration = declarations.get(declaration=lodged, person=broker).summary.registration
    publish(draft(editor, measure("77%", date(2020, 1, 1), code="")), editor, approver)
    code, said = say(replay, registration, "--as", broker.username)
    assert (code, said.splitlines()[1]) == (0, "change sets 2 and 2, the same ruleset, the same engine")
    code, said = say(replay, registration, "--as", broker.username, "--now")
    assert (code, said.splitlines()[1]) == (1, "change sets 2 and 3, another ruleset, the same engine")
    assert "duty:" in said
    code, said = say(replay, registration, "--as", broker.username, "--change-set", "3", "--json")
    told = json.loads(said)
    assert (told["same"], told["same_rules"], told["same_engine"], told["now"]["change_set"]) == (False, False, True, 3)
    assert "duty" in {one["kind"] for one in told["differences"]}
    assert say(replay, registration, "--as", broker.username, "--change-set", "77")[0] == 2
    assert NOON.year == DAY.year
