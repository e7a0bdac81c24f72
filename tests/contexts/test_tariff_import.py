"""The national tariff from a file to a draft, and through two persons to law; a wrong file drafts nothing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk.cli import tariff
from gumruk.lawbook import selectors, services
from gumruk.lawbook.models import ChangeSet
from gumruk.toolkit.sheets import read_sheet
from gumruk.trust.types import Person, Role

from .conftest import NOON

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
SHEET = (
    "Рамзи мол;Номи тоҷикӣ;Наименование;Name;Ставка пошлины;Доп. ед.\n"
    "0805100000;Афлесуни тару тоза;Апельсины свежие;Oranges, fresh;10%, но не менее 0,05 евро за 1 кг;\n"
    "3919101500;Ашёи хом барои дарзи канори қолинҳо;Сырье для оверлока ковров;Input for carpet overlocking;0%;\n"
    "6403990000;Пойафзоли чармӣ;Обувь кожаная;Leather footwear;15%;NPR\n"
)


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    tariff.add_arguments(parser)
    return tariff.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kept = tmp_path / "tariff.csv"
    kept.write_text(SHEET, encoding="utf-8")
    return kept


def test_a_preview_counts_and_drafts_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ChangeSet.objects.count()
    assert run(file, "--preview", "--since", DAY, "--act", "tj-gov-2016-379", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    # The carpet line of 2016 stands with the same rate and names.
    assert {name: said[name] for name in ("lines", "added", "changed", "closed", "unchanged")} == {
        "lines": 3, "added": 2, "changed": 0, "closed": 0, "unchanged": 1,
    }  # fmt: skip
    assert ChangeSet.objects.count() == before


def test_a_file_becomes_law_through_two_persons(
    file: Path, editor: Person, person_with: Callable[..., Person], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(file, "--since", DAY, "--act", "tj-gov-2016-379", "--as", editor.username, "--json") == 0
    draft = next(one for one in selectors.change_sets() if one.origin == "imported")
    assert draft.id.hex.endswith(json.loads(capsys.readouterr().out)["draft"])
    assert "6403990000" not in dict(selectors.codes("goods", "tg"))
    faults = services.check_change_set(change_set=draft.id, by=editor, at=NOON)
    assert [fault.code for fault in faults if fault.key.startswith(("duty/", "goods/"))] == []
    approver = person_with(Role.LAW_APPROVER)
    services.approve(change_set=draft.id, by=approver, at=NOON)
    services.publish(change_set=draft.id, by=approver, at=NOON)
    law = selectors.on(DAY)
    found = law.measures("duty", "0805100000")[0]
    assert (found.code, found.rate, str(found.cites)) == ("0805100000", "10% MIN 0.05 EUR / 1 KGM", "tj-gov-2016-379")
    assert found.components[1].amount == Decimal("0.05")
    assert law.attributes("goods", "6403990000")["unit"] == "NPR"
    assert dict(selectors.codes("goods", "tg"))["6403990000"] == "Пойафзоли чармӣ"
    assert run(file, "--since", DAY, "--act", "tj-gov-2016-379", "--as", editor.username) == 1
    assert "changes nothing" in capsys.readouterr().err


def test_a_wrong_file_comes_back_with_its_faults_and_drafts_nothing(
    file: Path, editor: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ChangeSet.objects.count()
    file.write_text(SHEET.replace("0805100000", "805100000"), encoding="utf-8")
    words = ("--since", DAY, "--act", "tj-gov-2016-379", "--as", editor.username)
    assert run(file, *words, "--errors", tmp_path / "back.xlsx", "--language", "tg") == 1
    assert "сифри аввал гум шудааст" in capsys.readouterr().err
    assert "сифри аввал" in read_sheet((tmp_path / "back.xlsx").read_bytes())[1][-1]
    file.write_text("код\n1\n", encoding="utf-8")
    assert run(file, *words, "--language", "ru") == 1
    assert "Не хватает столбцов" in capsys.readouterr().err
    assert run(tmp_path / "none.csv", *words) == 2
    assert ChangeSet.objects.count() == before


def test_an_unknown_act_or_a_person_without_the_right_drafts_nothing(
    file: Path, editor: Person, officer: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    before = ChangeSet.objects.count()
    assert run(file, "--since", DAY, "--act", "tj-nothing", "--as", editor.username) == 1
    assert "not in the law data" in capsys.readouterr().err
    assert run(file, "--since", DAY, "--act", "tj-gov-2016-379", "--as", officer.username) == 1
    assert run(file, "--since", DAY, "--act", "tj-gov-2016-379") == 2
    assert ChangeSet.objects.count() == before


def test_a_whole_tariff_ends_the_codes_that_it_does_not_have(file: Path, editor: Person) -> None:
    words = ("--since", DAY, "--whole", DAY, "--act", "tj-gov-2016-379", "--as", editor.username)
    assert run(file, *words, "--preview") == 0
    assert run(file, *words) == 0
    draft = next(one for one in selectors.change_sets() if one.origin == "imported")
    after = selectors.with_draft(draft.id)
    codes = dict(after.codes("goods", "en", DAY))
    assert "4002110000" not in codes
    assert "3919101500" in codes
    assert "4002110000" in dict(selectors.codes("goods", "en"))
