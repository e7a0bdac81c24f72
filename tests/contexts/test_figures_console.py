"""The console prints the figures of the page, and counts them anew."""

from __future__ import annotations

import csv
import io
import json
import uuid
from argparse import ArgumentParser

import pytest

from gumruk.cli import figures
from gumruk.figures.models import Cell
from gumruk.payments.models import Account

DAYS = ["--since", "2026-03-01", "--until", "2026-03-31"]


def run(*words: str) -> int:
    parser = ArgumentParser()
    figures.add_arguments(parser)
    return figures.run(parser.parse_args(words))


def test_rebuild_and_show(paid: uuid.UUID, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rebuild") == 0
    said = capsys.readouterr()
    assert "2026-03" in said.err
    assert f"{Cell.objects.filter(span='day').exclude(office='').count()} rows" in said.out
    assert run(*DAYS) == 0
    shown = json.loads(capsys.readouterr().out)
    due = str(-sum(Account.objects.filter(kind="revenue").values_list("balance", flat=True)))
    assert shown["charts"]["revenue"]["rows"][-1][1] == due
    assert shown["charts"]["standing"]["rows"][0][1] == 1
    assert shown["charts"]["stages"]["definition"].startswith("Declarations registered")
    assert run(*DAYS, "--chart", "revenue", "--format", "csv", "--language", "ru") == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0][0] == "Вид платежа"
    assert rows[-1][1] == due


@pytest.mark.parametrize(
    "words",
    [["--since", "2026-03-01"], ["--since", "x", "--until", "y"], [*DAYS, "--place", "region:XX"], [*DAYS, "--format", "csv"],
     [*DAYS, "--chart", "nothing"]],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(
    db: None, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert run(*words) == 2
    said = capsys.readouterr()
    assert said.err.startswith("gumruk: ")
    assert said.out == ""
