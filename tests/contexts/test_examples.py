"""The files of `examples/` are what our writers make of demonstration content, and each is accepted on any later day."""

from __future__ import annotations

import argparse
import importlib.util
import json
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from gumruk.clearance import services as clearance
from gumruk.cli import declare, demo
from gumruk.exchange import formats
from gumruk.risk.models import LaneShare
from gumruk.toolkit import clock

ROOT = Path(__file__).parent.parent.parent
NAMES = ("import.json", "export.xml", "import.xlsx")


def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("examples", ROOT / "scripts" / "examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_say_what_the_script_writes(db: None) -> None:
    again = writer().written()
    assert set(again) == set(NAMES) == {path.name for path in (ROOT / "examples").iterdir()} - {"README.md"}
    for name, data in again.items():
        kept = formats.parse((ROOT / "examples" / name).read_bytes())
        assert kept.content == formats.parse(data).content, name
        assert "Демо" in json.dumps(kept.content, ensure_ascii=False), name


@pytest.mark.parametrize("name", NAMES)
def test_declare_accepts_each_example_today(db: None, capsys: pytest.CaptureFixture[str], name: str) -> None:
    at = clock.now()
    demo.enter_rates(clock.law_day(at), at)
    demo.add_people(clock.law_day(at), at)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    parser = argparse.ArgumentParser()
    declare.add_arguments(parser)
    words = [str(ROOT / "examples" / name), "--as", "broker", "--json"]
    assert declare.run(parser.parse_args([*words, "--dry-run"])) == 0
    assert declare.run(parser.parse_args(words)) == 0
    answers = capsys.readouterr().out.split("\n}\n")
    assert json.loads(answers[1] + "}")["accepted"] is True


@pytest.mark.parametrize("days", [1, 400, 1500])
@pytest.mark.parametrize("name", NAMES)
def test_an_example_does_not_go_stale(db: None, name: str, days: int) -> None:
    at = clock.now() + timedelta(days=days)
    demo.enter_rates(clock.law_day(at), at)
    seen = clearance.check(content=formats.parse((ROOT / "examples" / name).read_bytes()).content, at=at)
    assert not seen.blocking
    assert [one for one in seen.findings if one.severity.value != "notice"] == []
