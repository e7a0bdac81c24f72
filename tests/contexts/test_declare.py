"""`gumruk declare` and `gumruk export`: from a file to a lodged declaration and out again, in three languages."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook

from gumruk.cli import declare, export
from gumruk.cli.demo import enter_rates
from gumruk.cli.demo_content import BROKER_TIN
from gumruk.cli.demo_content import content as demo_content
from gumruk.declarations.models import Attempt, Declaration, Version
from gumruk.exchange import asycuda, sheets
from gumruk.exchange.sheets.columns import shown
from gumruk.payments.models import Charge
from gumruk.toolkit import clock
from gumruk.trust import services as trust
from gumruk.trust.types import Role
from tests.conformance import twins

NOW = clock.now()
TODAY = clock.law_day(NOW)


@pytest.fixture
def demo(db: None) -> None:
    enter_rates(TODAY, NOW)
    user = trust.add_user(username="broker", name="Demo broker", password="a-long-secret", language="en", at=NOW)
    trust.grant(user_id=user, role=Role.BROKER, since=TODAY, at=NOW, party=BROKER_TIN)


def said(**change: Any) -> dict[str, Any]:
    return {**demo_content(seed=5, items=2, day=TODAY), **change}


def run(
    path: Path | str, *more: str, person: str = "broker", language: str = "en", as_json: bool = True, dry: bool = False
) -> int:
    parser = argparse.ArgumentParser()
    declare.add_arguments(parser)
    options = [*(["--json"] if as_json else []), *(["--dry-run"] if dry else []), *more]
    return declare.run(parser.parse_args([str(path), "--as", person, "--language", language, *options]))


def written(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


def workbook(content: dict[str, Any]) -> bytes:
    book = load_workbook(io.BytesIO(sheets.template("tg")))
    for row in book["эъломия"].iter_rows(min_row=2):
        row[3].value = content.get(row[0].value)
    for line, item in enumerate(content["items"], start=2):
        flat = {**item}
        for group in ("packages", "documents"):
            flat |= {
                f"{group}.{at}.{name}": text for at, rows in enumerate(item[group], 1) for name, text in rows.items()
            }
        for place, column in enumerate(shown(), start=1):
            book["молҳо"].cell(line, place).value = flat.get(column.key)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["json", "xlsx", "asycuda"])
def test_a_file_of_each_kind_is_lodged_and_assessed(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    content = said()
    data = {
        "json": lambda: json.dumps(content).encode(),
        "xlsx": lambda: workbook(content),
        "asycuda": lambda: asycuda.write(content),
    }
    assert run(written(tmp_path, data[kind]())) == 0, capsys.readouterr().out
    answer = json.loads(capsys.readouterr().out)
    assert (answer["accepted"], answer["format"], answer["currency"]) == (True, kind, "TJS")
    assert [one for one in answer["findings"] if one["severity"] == "error"] == []
    assert answer["lane"] in ("green", "yellow", "red", "blue")
    row = Declaration.objects.get()
    assert (answer["registration"], answer["state"]) == (row.registration, row.state)
    assert answer["total"] == str(Charge.objects.get().due)
    assert {"item", "kind", "name", "base", "rate", "amount", "payable", "working", "steps", "cites"} == set(
        answer["lines"][0]
    )


@pytest.mark.parametrize(("language", "words"), [("tg", "Сабт"), ("ru", "Регистрация"), ("en", "Registration")])
def test_the_table_speaks_the_language_and_names_no_criteria(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert run(written(tmp_path, json.dumps(said()).encode()), language=language, as_json=False) == 0
    answer = capsys.readouterr()
    expected = {"tg": "Бақайдгирӣ", "ru": words, "en": words}[language]
    assert expected in answer.out
    assert Declaration.objects.get().registration in answer.out
    assert "TJS" in answer.out
    assert "criteria" not in answer.out.lower()


def test_findings_stop_it_and_each_says_box_value_and_what_to_do(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, json.dumps(said(invoice_total="1", border_mode="99")).encode())
    assert run(path, language="ru") == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["accepted"], answer["registration"], answer["state"], answer["lane"]) == (False, "", "DRAFT", "")
    assert {"25"} < {one["box"] for one in answer["findings"]}
    assert all("Графа" in one["message"] for one in answer["findings"])
    assert (Declaration.objects.get().state, Attempt.objects.count(), Charge.objects.count()) == ("DRAFT", 1, 0)
    assert run(path, language="tg", as_json=False) == 1
    table = capsys.readouterr().out
    assert "Қуттии 25  FLC-25-" in table
    assert "@border_mode" in table
    assert "Хатоҳо барасмиятдарориро боздоштанд." in table
    assert "99" in table


CODE, KEY = "FLC-18-004", "FLC-18-004@arrival_transport_identity"


def warned() -> dict[str, Any]:
    """Content with one warning and nothing else wrong."""
    return said(arrival_transport_country="UZ")


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "It is stopped by warnings."), ("ru", "остановлено предупреждениями"), ("tg", "Огоҳиҳо барасмиятдарориро")],
)
def test_warnings_stop_it_and_the_answer_says_what_to_write(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    path = written(tmp_path, json.dumps(warned()).encode())
    assert run(path, language=language, as_json=False) == 1
    said = capsys.readouterr().out
    assert words in said
    assert f'--reason "{KEY}=' in said
    assert "--reason-all" in said
    assert (Declaration.objects.get().state, Charge.objects.count()) == ("DRAFT", 0)


@pytest.mark.parametrize(
    "option",
    [("--reason", f"{CODE}=route changed"), ("--reason", f"{KEY}=route changed"), ("--reason-all", "route changed")],
)
def test_a_reason_for_the_warning_lodges_it_and_is_kept(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    path = written(tmp_path, json.dumps(warned()).encode())
    assert run(path, *option, dry=True) == 0
    assert run(path, *option) == 0
    assert json.loads(Version.objects.get().statement)["reasons"] == {KEY: "route changed"}
    capsys.readouterr()


def test_a_reason_that_no_warning_has_is_named_and_helps_nothing(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, json.dumps(warned()).encode())
    assert run(path, "--reason", "FLC-00-000=x") == 1
    said = capsys.readouterr()
    assert "No warning has the key FLC-00-000" in said.err
    assert json.loads(said.out)["unexplained"] == [KEY]
    with pytest.raises(SystemExit):
        run(path, "--reason", "no equals sign")


def test_a_dry_run_says_the_same_and_stores_nothing(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = written(tmp_path, json.dumps(said()).encode())
    assert run(good, dry=True) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["accepted"], answer["declaration"]) == (True, "")
    assert answer["total"] != "0"
    assert run(written(tmp_path, json.dumps(said(border_mode="99")).encode()), dry=True, as_json=False) == 1
    assert "Nothing was stored." in capsys.readouterr().out
    assert Declaration.objects.count() == 0


def test_a_foreign_message_keeps_what_is_not_used_and_says_it(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(written(tmp_path, twins.wco()), dry=True, language="tg") == 1
    answer = capsys.readouterr()
    data = json.loads(answer.out)
    assert data["format"] == "wco"
    assert {"path": "Declaration/Agent/FunctionCode", "example": "2", "times": 1} in data["unused"]
    assert "Аз файл истифода нашуд:" in answer.err
    assert "Declaration/Agent/FunctionCode" in answer.err


def test_a_wrong_file_person_or_name_ends_with_two_and_one_sentence(
    demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = written(tmp_path, b"<ASYCUDA")
    for path, person, language, words in (
        (bad, "broker", "ru", "XML не читается"),
        (tmp_path / "none", "broker", "ru", "No such file"),
        (bad, "nobody", "tg", "Шахс бо номи nobody нест."),
    ):
        assert run(path, person=person, language=language) == 2
        answer = capsys.readouterr()
        assert answer.out == ""
        assert words in answer.err
    strange = written(tmp_path, json.dumps(said(declarant_tin="020000099")).encode())
    assert run(strange, language="ru") == 2
    assert "декларанта" in capsys.readouterr().err
    assert Declaration.objects.count() == 0


def test_a_sheet_with_faults_names_every_cell(demo: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = "№;Вес нетто;Вес брутто\n1;ten;x\n".encode()
    assert run(written(tmp_path, data), language="ru") == 2
    said = capsys.readouterr().err
    assert "B2 (Вес нетто)" in said
    assert "C2 (Вес брутто)" in said
    assert Declaration.objects.count() == 0


def test_standard_input_is_a_file_too(
    demo: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Input:
        buffer = io.BytesIO(json.dumps(said()).encode())

    monkeypatch.setattr(sys, "stdin", Input())
    assert run("-") == 0
    assert json.loads(capsys.readouterr().out)["accepted"]


def exported(registration: str, capfdbinary: pytest.CaptureFixture[bytes], *, plain: bool = False) -> bytes:
    chosen = argparse.Namespace(registration=registration, person="broker", as_imported=plain, bare=False)
    assert export.run(chosen) == 0
    return capfdbinary.readouterr().out.strip()


def test_an_export_carries_registration_assessment_and_payment_lines(
    demo: None, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    original = asycuda.write(said())
    assert run(written(tmp_path, original)) == 0
    answer = json.loads(capfdbinary.readouterr().out)
    root = etree.fromstring(exported(answer["registration"], capfdbinary))
    assert root.findtext("Identification/Registration/Number") == answer["registration"].rpartition("/")[2].lstrip("0")
    assert root.findtext("Identification/Registration/Date") == TODAY.isoformat()
    assert root.findtext("Identification/Assessment/Serial_number") == "L"
    assert root.findtext("Financial/Amounts/Totals_taxes") == answer["total"]
    lines = [
        (int(item.findtext("item") or number), line.findtext("Duty_tax_code"), line.findtext("Duty_tax_amount"))
        for number, item in enumerate(root.findall("Item"), start=1)
        for line in item.findall("Taxation/Taxation_line")
        if line.findtext("Duty_tax_code")
    ]
    assert lines == [(line["item"], line["kind"].upper(), line["amount"]) for line in answer["lines"] if line["item"]]
    assert asycuda.parse(etree.tostring(root)).content["items"][0]["price"] == said()["items"][0]["price"]
    assert exported(answer["registration"], capfdbinary, plain=True) == original.strip()


def test_an_export_of_what_one_may_not_see_is_refused(demo: None, capsys: pytest.CaptureFixture[str]) -> None:
    chosen = argparse.Namespace(registration="PRV-R01/010126/0000001", person="broker", as_imported=False, bare=False)
    assert export.run(chosen) == 2
    assert "sees no declaration" in capsys.readouterr().err
