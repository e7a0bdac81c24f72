"""`calc`, `rate` and `check` answer every line, in order, and name what is wrong."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from gumruk.cli import calc, main, rate
from gumruk.cli.calc_input import KNOWN

LINE = {
    "date": "2026-01-15", "code": "0207120000", "country": "BR", "regime": "FREE_CIRC", "value": "100.00", "currency": "TJS",
    "quantities": {"KGM": "10"}, "documents": [], "preference": None,
}  # fmt: skip


def answers(*asked: Any, demo: bool = True) -> list[dict[str, Any]]:
    out = io.StringIO()
    lines = [one if isinstance(one, str) else json.dumps(one) for one in asked]
    assert calc.answer(lines, out, as_json=True, demo=demo) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_calc_gives_lines_with_working_and_citations() -> None:
    said = answers(LINE)[0]
    assert [(line["kind"], line["base"], line["rate"], line["amount"]) for line in said["lines"]] == [
        ("duty", "100.00", "20%", "20.00"),
        ("vat", "120.00", "14%", "16.80"),
    ]
    assert said["lines"][1]["cites"][0] == "tj-tax-code-2021#397-4"
    assert (said["total"], said["currency"]) == ("36.80", "TJS")


def test_calc_changes_with_the_day() -> None:
    assert [answers({**LINE, "date": day})[0]["lines"][-1]["rate"] for day in ("2021-12-31", "2023-01-01", "2026-12-31", "2027-01-01")] == [
        "18%", "15%", "14%", "13%",
    ]  # fmt: skip


def test_calc_takes_rates_exchange_and_rounding_of_its_own() -> None:
    what_if = {
        **LINE,
        "rates": ["10% + 0.5 EUR/kg"],
        "exchange": {"EUR": "11.8740"},
        "round": {"digits": 2, "mode": "HALF_UP"},
    }
    assert answers(what_if)[0] == {
        "lines": [
            {"kind": "duty", "base": "100.00", "rate": "10% + 0.5 EUR / 1 KGM", "amount": "69.37", "cites": ["given", "given"],
             "working": "10% x 100 = 10; 10 KGM / 1 x 0.5 EUR x 11.874 = 59.37; sum: 69.37; = 69.37"}
        ],
        "total": "69.37", "currency": "TJS",
    }  # fmt: skip
    down = {**LINE, "value": "10.19", "rates": ["3.3%"], "round": {"digits": 1, "mode": "DOWN"}}
    assert answers(down)[0]["total"] == "0.3"


@pytest.mark.parametrize(
    ("asked", "code", "where"),
    [
        ("{", "not_json", "line"),
        ("[]", "not_an_object", "line"),
        ('{"value": 1.5}', "number_not_text", "line"),
        ({**LINE, "colour": "red"}, "unknown_field", "colour"),
        ({"date": "2026-01-15"}, "field_missing", "value"),
        ({**LINE, "date": "15.01.2026"}, "not_a_date", "date"),
        ({**LINE, "date": "2012-12-31"}, "formulas_missing", "date"),
        ({**LINE, "value": "ten"}, "not_a_number", "value"),
        ({**LINE, "currency": "USD"}, "exchange_rate_missing", "currency"),
        ({**LINE, "code": "2203000100"}, "quantity_missing", "quantities"),
        ({**LINE, "code": "2203000100", "quantities": {"LTR": "5"}}, "exchange_rate_missing", "code"),
        ({**LINE, "rates": ["563С)"]}, "footnote", "rates/1"),
        ({**LINE, "rates": ["123456789.12345678 EUR/kg"]}, "number_too_large", "code"),
        ({**LINE, "rates": []}, "rates_missing", "rates"),
        ({**LINE, "exchange": {"EUR": "0"}}, "not_a_number", "exchange/EUR"),
        ({**LINE, "round": {"digits": 9, "mode": "HALF_UP"}}, "rounding_unknown", "round"),
        ({**LINE, "quantities": {"KGM": 10}}, "not_a_number", "quantities/KGM"),
        ({**LINE, "quantities": [1]}, "not_an_object", "quantities"),
    ],
)
def test_calc_names_what_it_cannot_answer_and_goes_on(asked: Any, code: str, where: str) -> None:
    refused, good = answers(asked, LINE)
    assert (refused["error"]["code"], refused["error"]["where"]) == (code, where)
    assert refused["error"]["message"]
    assert good["total"] == "36.80"


def test_calc_without_the_demonstration_tariff_has_no_rate_for_most_codes() -> None:
    assert answers({**LINE, "code": "0805100000"}, demo=False)[0]["error"]["code"] == "measure_missing"


def test_calc_writes_a_table_for_people() -> None:
    out = io.StringIO()
    calc.answer([json.dumps(LINE), "{"], out, as_json=False)
    text = out.getvalue()
    assert "36.80  TJS" in text
    assert "! line:" in text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("tg", ["Боҷи воридот", "Ҳамагӣ", "меъёри дақиқтар", "Миқдор бо воҳиди LTR"]),
        ("ru", ["Ввозная", "Итого", "страны происхождения"]),
        ("en", ["Import duty", "Total", "for another origin"]),
    ],
)
def test_the_table_of_calc_speaks_the_language(language: str, words: list[str]) -> None:
    out = io.StringIO()
    calc.answer([json.dumps(LINE), json.dumps({**LINE, "code": "2203000100"})], out, as_json=False, language=language)
    for word in words:
        assert word in out.getvalue()


def test_the_help_of_calc_names_every_field(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["calc", "--help"])
    said = capsys.readouterr().out
    page = (Path(__file__).parent.parent.parent / "docs/reference/calc-and-rate.md").read_text("utf-8")
    for name in KNOWN:
        assert f"\n  {name} " in said
        assert f"| `{name}` |" in page


def test_the_examples_of_the_page_answer_as_the_page_says() -> None:
    page = (Path(__file__).parent.parent.parent / "docs/reference/calc-and-rate.md").read_text("utf-8")
    asked, said = re.findall(r"```json\n(.*?)\n```", page, re.DOTALL)[:2]
    assert answers(asked) == [json.loads(said)]
    text, structure = re.search(r"```text\n(.*?)\n```\n.*?```json\n(.*?)\n```", page, re.DOTALL).groups()  # type: ignore[union-attr]
    assert rate.structure(text) == json.loads(structure)


def test_rate_answers_in_order() -> None:
    out = io.StringIO()
    assert rate.answer(["10%\n", "563С)\n", "Free\n"], out, as_json=True) == 0
    first, second, third = (json.loads(line) for line in out.getvalue().splitlines())
    assert first == {
        "text": "10%",
        "components": [{"op": "first", "amount": "10", "percent": True, "currency": None, "per": None, "unit": None}],
    }
    assert second["error"]["code"] == "footnote"
    assert third["components"][0]["amount"] == "0"
    plain = io.StringIO()
    rate.answer(["10%", "x"], plain, as_json=False)
    assert plain.getvalue().splitlines()[0] == "10%\t10%"


def test_an_unknown_command_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main.main(["fly"])
    assert left.value.code == 2
    assert "declare" in capsys.readouterr().err
