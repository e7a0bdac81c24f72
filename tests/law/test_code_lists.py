"""Every shipped code list: unique keys, three proper names, dates, confidence and source on every row."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gumruk.law.types import Confidence
from gumruk.lawbook import files

LISTS = files.code_lists()
# Of the Harmonized System only sections, chapters and some headings carry names of the project.
PARTLY_NAMED = {"hs6", "hs_heading"}
NAMED = sorted(LISTS.keys() - PARTLY_NAMED)
FILES = sorted((files.DATA / "codes").glob("*.csv"))
TAJIK = set("абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя")
RUSSIAN = set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(text: str) -> Iterator[str]:
    yield from re.findall(r"[^\W\d_]+", text)


def wrong_words(text: str, letters: set[str]) -> list[str]:
    """Words that mix alphabets or hold a letter that the language does not have. Latin words stand for themselves."""
    found = []
    for word in words(text):
        latin = all(unicodedata.name(letter, "").startswith("LATIN") for letter in word)
        if not latin and not set(word.lower()) <= letters:
            found.append(word)
    return found


def test_the_word_check_sees_a_latin_look_alike_and_a_missing_tajik_letter() -> None:
    assert wrong_words("Тоҷикистoн", TAJIK) == ["Тоҷикистoн"]  # a Latin o
    assert wrong_words("Сўми Ӯзбекистон", TAJIK) == ["Сўми"]
    assert wrong_words("Тоҷикистон CFA", TAJIK) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_periods_of_one_code_never_overlap_and_every_row_is_dated(path: Path) -> None:
    kept: dict[str, list[tuple[date, date]]] = {}
    for row in rows_of(path):
        since = date.fromisoformat(row["since"])
        until = date.fromisoformat(row["until"]) if row["until"] else date.max
        assert since < until, row["code"]
        for other_since, other_until in kept.setdefault(row["code"], []):
            assert until <= other_since or other_until <= since, row["code"]
        kept[row["code"]].append((since, until))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_cell_carries_stray_space_or_a_column_too_many(path: Path) -> None:
    for row in rows_of(path):
        assert None not in row, row["code"]
        assert all(value == value.strip() for value in row.values()), row["code"]


@pytest.mark.parametrize("name", NAMED)
def test_every_code_has_three_names_in_proper_letters(name: str) -> None:
    assert LISTS[name]
    for code, row in LISTS[name].items():
        assert "named" not in row, code
        for language, letters in (("tg", TAJIK), ("ru", RUSSIAN)):
            text = str(row[language])
            assert text == unicodedata.normalize("NFC", text), code
            assert text.strip(), (code, language)
            assert wrong_words(text, letters) == [], (code, language)
        assert str(row["en"]).strip(), code
        assert not re.search("[А-я]", str(row["en"])), code


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_code_says_how_well_it_is_known_and_where_from(name: str) -> None:
    for code, row in LISTS[name].items():
        assert Confidence(row["confidence"]), code
        assert row["source"].strip(), code
        date.fromisoformat(row["since"])


def test_all_countries_and_currencies_are_there_and_none_lacks_a_tajik_name() -> None:
    assert len(LISTS["country"]) == 249
    missing = [code for code, row in LISTS["currency"].items() if not row["tg"] or row["tg"] == row["en"]]
    assert missing == []
    assert LISTS["currency"]["TJS"]["tg"] == "Сомонӣ"
    assert LISTS["currency"]["CNY"]["tg"] == "Юани Чин"
    assert LISTS["currency"]["XAU"]["kind"] == "metal"
    assert LISTS["country"]["US"]["tg"] == "Иёлоти Муттаҳидаи Амрико"


@pytest.mark.parametrize("name", ["country", "currency", "hs_chapter"])
def test_no_two_codes_of_a_list_have_the_same_name(name: str) -> None:
    for language in ("tg", "ru", "en"):
        counted = Counter(str(row[language]) for row in LISTS[name].values())
        assert [text for text, number in counted.items() if number > 1] == []


def test_own_names_are_names_of_codes_that_exist() -> None:
    for name in ("country", "currency", "hs_section", "hs_chapter", "hs_heading"):
        listed = [row["code"] for row in rows_of(files.DATA / "names" / f"{name}.csv")]
        assert len(listed) == len(set(listed)), name
        assert set(listed) <= LISTS[name].keys(), name


def test_there_are_97_chapters_21_sections_and_the_headings_of_sample_and_demo_goods_are_named() -> None:
    assert len(LISTS["hs_chapter"]) == 97
    assert len(LISTS["hs_section"]) == 21
    assert {row["section"] for row in LISTS["hs_chapter"].values()} == LISTS["hs_section"].keys()
    used = {measure.code[:4] for measure in files.measures(demo=True) if len(measure.code) >= 4}
    assert {code for code in used if LISTS["hs_heading"][code].get("named") == "en"} == set()
    assert LISTS["hs6"]["020712"]["named"] == "en"


def test_regimes_keep_the_code_lists_side_by_side_and_31_means_opposite_things() -> None:
    regimes = LISTS["regime"]
    assert len(regimes) == 18
    assert {row["payment"] for row in regimes.values()} == {"due", "suspended", "not_due"}
    assert regimes["REEXPORT"]["eaeu_378"] == "31"
    assert regimes["TEMP_IMPORT"]["ru_2002"] == "31"
    safe = {code for code, row in regimes.items() if row["eaeu_378"] == row["ru_2002"] == row["uz"] == row["procedure"]}
    assert safe == {"FREE_CIRC", "EXPORT", "INT_TRANSIT", "PROC_INWARD"}


def test_border_points_are_37_provisional_and_each_knows_its_neighbour_and_region() -> None:
    points = {code: row for code, row in LISTS["office"].items() if row["kind"] == "point"}
    assert Counter(row["mode"] for row in points.values()) == {"road": 27, "rail": 4, "air": 5, "river": 1}
    for code, row in points.items():
        assert row["status"] == "provisional", code
        assert row["mode"] == "air" or row["neighbour"] in {"UZ", "KG", "AF", "CN"}, code
        assert row["region"] in {"TJ-DU", "TJ-SU", "TJ-KT", "TJ-RA", "TJ-GB"}, code
        assert bool(row["latitude"]) == (row["coordinate_basis"] != "none"), code
        if row["latitude"]:
            assert Decimal("36.6") < Decimal(row["latitude"]) < Decimal("41.1"), code
            assert Decimal("67.3") < Decimal(row["longitude"]) < Decimal("75.2"), code


def test_units_convert_only_to_a_base_of_their_own_kind() -> None:
    units = LISTS["unit"]
    for code, row in units.items():
        base = units[row["base"]]
        assert base["factor"] == "1", code
        assert base["dimension"] == row["dimension"], code
        assert Decimal(row["factor"]) > 0, code
    assert Decimal(units["TNE"]["factor"]) == Decimal(units["GRM"]["factor"]) * 1_000_000
    assert units["CMQ"]["base"] != units["MTQ"]["base"]  # cubic centimetres of engine are no cargo


def test_delivery_terms_say_who_pays_the_freight() -> None:
    terms = LISTS["delivery_terms"]
    assert {code for code, row in terms.items() if row["edition"] == "2020"} == {
        "EXW",
        "FCA",
        "CPT",
        "CIP",
        "DAP",
        "DPU",
        "DDP",
        "FAS",
        "FOB",
        "CFR",
        "CIF",
    }
    assert {code for code, row in terms.items() if row["freight_by"] == "buyer"} == {"EXW", "FCA", "FAS", "FOB"}
    assert terms["DPU"]["since"] == "2020-01-01"


def test_every_citation_in_law_data_is_a_known_act() -> None:
    cited = set()
    for path in files.DATA.rglob("*.csv"):
        cited |= {row["cites"].partition("#")[0] for row in rows_of(path) if row.get("cites")}
    for path in files.DATA.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        cited |= {found.partition("#")[0] for found in re.findall(r'"?cites"?: "?([a-z][\w#.-]+)', text)}
    assert len(cited) > 8
    assert cited - files.acts().keys() == set()


def test_acts_have_titles_in_three_languages_a_source_and_a_day() -> None:
    acts = files.acts()
    assert len(acts) >= 28
    for name, act in acts.items():
        assert wrong_words(act.title.tg, TAJIK) == [], name
        assert wrong_words(act.title.ru, RUSSIAN) == [], name
        assert act.title.en, name
        assert act.source, name
        assert act.signed_on or name in {
            "form",
            "technical",
            "demo",
            "tj-uz-customs-2019-11",
            "tj-budget-2024",
            "project-setting",
        }, name


def test_time_limits_and_allowances_are_graded_and_none_that_was_not_read_says_confirmed() -> None:
    parameters = {entry.key: entry for entry in files.entries() if entry.kind == "parameter"}
    limits = {key: entry for key, entry in parameters.items() if key.startswith(("limit_", "allowance_"))}
    assert len(limits) >= 17
    assert {str(entry.confidence) for entry in limits.values()} == {"uncertain", "secondary", "conflict"}
    assert parameters["vehicle_oldest_year"].body["value"] == "2013"
    for key, entry in parameters.items():
        assert wrong_words(entry.body["label"]["tg"], TAJIK) == [], key
