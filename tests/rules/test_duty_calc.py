"""`calc` and `rate` keep their contract on any line whatever: one JSON object a line, in order, exit 0."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gumruk.cli import calc, rate
from gumruk.cli.lines import MAX_LINE, LineRefused, lines_of
from gumruk.rules.duty import PROBLEMS

LINE = {
    "date": "2026-01-15", "code": "0207120000", "country": "BR", "regime": "FREE_CIRC", "value": "100.00", "currency": "TJS",
    "quantities": {"KGM": "10"}, "documents": [], "preference": None,
}  # fmt: skip
REPLIES = {"calc": {"lines", "total", "currency"}, "rate": {"text", "components"}}


def answers(command: Any, data: bytes) -> list[dict[str, Any]]:
    out = io.StringIO()
    assert command.answer(lines_of(io.BytesIO(data)), out, as_json=True) == 0
    return [json.loads(line) for line in out.getvalue().split("\n")[:-1]]


def one(asked: dict[str, Any] | str | bytes) -> dict[str, Any]:
    data = asked if isinstance(asked, bytes) else (asked if isinstance(asked, str) else json.dumps(asked)).encode()
    said = answers(calc, data + b"\n")
    assert len(said) == 1
    return said[0]


def refused(asked: dict[str, Any] | str | bytes) -> tuple[str, str]:
    error = one(asked)["error"]
    assert set(error) == {"code", "where", "message"}
    assert error["message"]
    return error["code"], error["where"]


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        ({"exchange": {"EUR": "1e1"}}, "not_a_number", "exchange/EUR"),
        ({"exchange": {"EUR": "+11.9"}}, "not_a_number", "exchange/EUR"),
        ({"exchange": {"EUR": "0"}}, "not_a_number", "exchange/EUR"),
        ({"exchange": {"eur": "1"}}, "not_a_code", "exchange/eur"),
        ({"date": "20260115"}, "not_a_date", "date"),
        ({"date": "2026-W03-4"}, "not_a_date", "date"),
        ({"date": "2026-02-30"}, "not_a_date", "date"),
        ({"date": "２０２６-01-15"}, "not_a_date", "date"),
        ({"date": "2012-12-31"}, "formulas_missing", "date"),
        ({"date": "2012-12-31", "rates": ["10%"]}, "formulas_missing", "date"),
        ({"country": 7}, "not_a_code", "country"),
        ({"country": "Brazil"}, "not_a_code", "country"),
        ({"country": "QQ"}, "country_unknown", "country"),
        ({"currency": "QQQ"}, "currency_unknown", "currency"),
        ({"currency": "TJSS"}, "not_a_code", "currency"),
        ({"code": None}, "field_missing", "code"),
        ({"code": "02071200001"}, "not_a_code", "code"),
        ({"regime": "NOWHERE"}, "regime_unknown", "regime"),
        ({"regime": 40}, "not_a_code", "regime"),
        ({"value": "-5.00"}, "not_a_number", "value"),
        ({"value": "007"}, "not_a_number", "value"),
        ({"value": "1e3"}, "not_a_number", "value"),
        ({"value": "NaN"}, "not_a_number", "value"),
        ({"value": "１００"}, "not_a_number", "value"),
        ({"value": " 100"}, "not_a_number", "value"),
        ({"value": "100\n"}, "not_a_number", "value"),
        ({"value": "1.005"}, "too_many_decimals", "value"),
        ({"value": 100}, "number_not_text", "value"),
        ({"value": True}, "number_not_text", "line"),
        ({"value": None}, "field_missing", "value"),
        ({"quantities": {"KGM": "-1"}}, "not_a_number", "quantities/KGM"),
        ({"quantities": {"": "1"}}, "not_a_code", "quantities"),
        ({"quantities": {"KGM": "99999999999"}, "rates": ["1 TJS/kg"]}, "number_too_large", "quantities"),
        ({"quantities": {"LTR": "1", "NMB": "1", "NPR": "1", "MTR": "1"}}, "too_many_units", "quantities"),
        ({"documents": "COO"}, "not_a_list", "documents"),
        ({"documents": [{}]}, "not_a_code", "documents/1"),
        ({"rates": "10%"}, "not_a_list", "rates"),
        ({"rates": [10]}, "not_a_rate", "rates/1"),
        ({"round": {"digits": 2, "mode": "UPWARDS"}}, "rounding_unknown", "round"),
        ({"round": {"digits": True}}, "rounding_unknown", "round"),
        ({"round": {"places": 2}}, "rounding_unknown", "round"),
        ({"code": "2402201000", "date": "2026-01-15"}, "rate_unknown", "code"),
    ],
)  # fmt: skip
def test_calc_refuses_what_is_not_exactly_said(change: dict[str, Any], code: str, where: str) -> None:
    if change == {"value": True}:
        assert refused('{"date": "2026-01-15", "value": 1E5}') == (code, where)
        return
    asked = {**LINE, **change}
    if code == "rate_unknown":
        out = io.StringIO()
        calc.answer([json.dumps(asked)], out, as_json=True, demo=False)
        assert json.loads(out.getvalue())["error"]["code"] == code
        return
    assert refused(asked) == (code, where)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "empty"), (b"   ", "empty"), (b"{", "not_json"), (b"[" * 5000, "not_json"), (b"null", "not_an_object"), (b'"x"', "not_an_object"),
        (b'{"value": NaN}', "number_not_text"), (b'{"value": -Infinity}', "number_not_text"), (b'{"value": 1.5}', "number_not_text"),
        (b'{"date": "2026-01-15", "date": "2026-01-16"}', "duplicate_field"), (b'{"round": {"digits": 1, "digits": 2}}', "duplicate_field"),
        (b'{"x": "\xff"}', "not_utf8"), (b'{"value": ' + b"9" * 5000 + b"}", "not_json"), (b'{"\\ud800": 1}', "unknown_field"),
        (b'"' + b"x" * MAX_LINE + b'"', "line_too_long"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_question_is_refused_and_the_next_is_answered(line: bytes, code: str) -> None:
    first, second = answers(calc, line + b"\n" + json.dumps(LINE).encode())
    assert first["error"]["code"] == code
    assert second["total"] == "36.80"


def test_duplicates_and_rounding_of_a_what_if_keep_the_law() -> None:
    finer = one({**LINE, "value": "10.11", "round": {"digits": 4, "mode": "DOWN"}})
    assert [(line["base"], line["amount"]) for line in finer["lines"]] == [("10.11", "2.0220"), ("12.1320", "1.6984")]
    coarse = one({**LINE, "value": "10.11", "round": {"digits": 0, "mode": "UP"}})
    assert [(line["base"], line["amount"]) for line in coarse["lines"]] == [("10.11", "3"), ("13.11", "2")]
    both = one({**LINE, "rates": ["10%", "1 TJS/kg"]})
    assert [(line["kind"], line["base"], line["amount"]) for line in both["lines"]] == [
        ("rate_1", "100.00", "10.00"),
        ("rate_2", "10", "10.00"),
    ]
    assert both["total"] == "20.00"


def test_a_suspended_regime_shows_lines_and_a_total_of_nothing() -> None:
    said = one({**LINE, "regime": "TEMP_IMPORT"})
    assert [line["amount"] for line in said["lines"]] == ["20.00", "16.80"]
    assert said["total"] == "0.00"
    assert one({**LINE, "regime": "EXPORT"}) == {"lines": [], "total": "0.00", "currency": "TJS"}


def test_people_see_what_was_put_aside_and_why() -> None:
    out = io.StringIO()
    calc.answer([json.dumps({**LINE, "regime": "TEMP_IMPORT"}), LineRefused("x", "line", "No.")], out, as_json=False)
    text = out.getvalue()
    assert "DUTY-CISFTA: for another origin" in text
    assert "To be guaranteed" in text
    assert "! line: No." in text
    plain = io.StringIO()
    rate.answer(["10%", LineRefused("x", "line", "No.")], plain, as_json=False)
    assert plain.getvalue() == "10%\t10%\n\t! line: No.\n"


def test_every_problem_is_worded_in_three_languages() -> None:
    assert all(words.tg and words.ru and words.en for words in PROBLEMS.values())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
    | st.sampled_from(["2026-01-15", "10%", "100.00", "EUR", "KZ", "CISFTA", "2203000100"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["EUR", "KGM", "LTR", "digits", "mode"]) | st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
QUESTIONS = st.dictionaries(st.sampled_from([*LINE, "rates", "exchange", "round", "x"]), VALUES, max_size=12)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=60),
            QUESTIONS.map(lambda said: json.dumps(said).encode()),
            QUESTIONS.map(lambda said: json.dumps({**LINE, **said}).encode()),
            st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
        ),
        max_size=4,
    ),
    st.sampled_from([calc, rate]),
)
@example([b"\xff", b"", b"{}", b"10%"], rate)
def test_any_bytes_give_one_object_a_line(lines: list[bytes], command: Any) -> None:
    data = b"".join(line.replace(b"\n", b"") + b"\n" for line in lines)
    said = answers(command, data)
    assert len(said) == len(lines)
    for answer in said:
        keys = set(answer)
        assert keys == {"error"} or keys == REPLIES[command.__name__.rpartition(".")[2]]
        assert keys != {"error"} or set(answer["error"]) == {"code", "where", "message"}


def run(command: str, data: bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": "src", "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    words = [sys.executable, "-m", "gumruk.cli.main", command, "--json"]
    return subprocess.run(words, input=data, capture_output=True, env=environment, check=False, timeout=60, **more)


def test_the_real_command_reads_bytes_and_writes_utf8_in_any_locale() -> None:
    done = run("rate", "10 фоиз\n\xff\n".encode("latin-1", "ignore") + "озод\n".encode() + b"\xff\n\n10%")
    said = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert done.returncode == 0
    assert done.stderr == b""
    assert len(said) == 6
    assert said[2]["text"] == "озод"
    assert [answer["error"]["code"] for answer in said[3:5]] == ["not_utf8", "empty"]


def test_a_reader_that_leaves_early_is_quiet() -> None:
    environment = {**os.environ, "PYTHONPATH": "src"}
    words = f"yes '10%' | head -20000 | {sys.executable} -m gumruk.cli.main rate --json | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", words], capture_output=True, env=environment, check=False, timeout=60
    )
    assert done.stderr == b""
    assert json.loads(done.stdout)["text"] == "10%"
