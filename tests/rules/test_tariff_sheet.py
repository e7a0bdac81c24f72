"""The national tariff as a sheet: read in three languages, nothing guessed, every fault of every row named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gumruk.law.types import Confidence
from gumruk.lawbook import files
from gumruk.lawbook.tariff_draft import difference, standing_tariff
from gumruk.lawbook.tariff_sheet import Known, TariffSheet, read_tariff
from gumruk.lawbook.tariff_wording import COLUMNS, REFUSED, ROWS, marked_workbook, refusal, row_fault
from gumruk.lawbook.types import standing
from gumruk.toolkit.sheets import SheetRefused, read_sheet

LISTS = files.code_lists()
KNOWN = Known(LISTS["currency"].keys(), LISTS["unit"].keys(), LISTS["hs6"].keys())
DAY = date(2027, 1, 1)
PARTS = "Код;Наименование;Вид пошлины;Процент;Сумма;Валюта;Единица;Сочетание;Доп. ед.;Действует с;Действует по\n"


def read(text: str, *, known: Known = KNOWN, since: date | None = DAY) -> TariffSheet:
    return read_tariff(read_sheet(text.encode()), known=known, since=since)


def errors(sheet: TariffSheet) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in sheet.errors]


def test_parts_of_a_rate_become_one_rate_in_every_way_to_combine() -> None:
    sheet = read(
        PARTS
        + "0207 12 000 0;Мурғ;адвалорная;20;;;;;;01.01.2027;31.12.2027\n"
        + "2202100000;Нӯшокӣ;специфическая;;0,04;EUR;л;;л;;\n"
        + "0805100000;Апельсин;комбинированная;10;0,05;EUR;кг;сумма;;;\n"
        + "6403990000;Обувь;;15%;1,20;EUR;пара;большее;NPR;;\n"
        + "2402209000;Сигареты;;46;12;USD;1000 шт;меньшее;1000 шт;;\n"
    )
    assert errors(sheet) == []
    assert [(line.code, line.rate, line.supplementary, line.until) for line in sheet.lines] == [
        ("0207120000", "20%", "", date(2028, 1, 1)),  # the last day of the sheet is the last on which it holds
        ("2202100000", "0.04 EUR / 1 LTR", "LTR", None),
        ("0805100000", "10% + 0.05 EUR / 1 KGM", "", None),
        ("6403990000", "15% MIN 1.20 EUR / 1 NPR", "NPR", None),
        ("2402209000", "46% MAX 12 USD / 1000 NMB", "NMB", None),
    ]


@pytest.mark.parametrize(
    "heading", ["Рамзи мол;Номи мол;Меъёри боҷ;Воҳиди иловагӣ;Аз сана", "Код ТН ВЭД;Наименование товара;Ставка пошлины;Доп. ед. изм.;Дата начала", "Commodity code;Description;Duty rate;Supplementary unit;Valid from"]
)  # fmt: skip
def test_headings_of_three_languages_and_a_rate_as_text(heading: str) -> None:
    sheet = read(
        f"Тариф\n{heading}\n0207120000;Мурғ;20%;-;2027-01-01\n0805100000;Апельсин;10%, но не менее 0,05 евро за 1 кг;кг;\n",
        since=DAY,
    )
    assert [line.rate for line in sheet.lines] == ["20%", "10% MIN 0.05 EUR / 1 KGM"]
    assert [line.row for line in sheet.lines] == [3, 4]


def test_every_fault_of_every_row_is_named_and_worded() -> None:
    sheet = read(
        PARTS
        + "207120000;Мурғ;;20;;;;;;;\n"  # 2: a zero was lost
        + "2.0712E+08;Мурғ;;20;;;;;;;\n"  # 3
        + "0207AB0000;Мурғ;;20;;;;;;;\n"  # 4
        + "02071200;Мурғ;;20;;;;;;;\n"  # 5: eight digits with a rate
        + ";Мурғ;;20;;;;;;;\n"  # 6
        + "0207120000;;;;;;;;;;\n"  # 7
        + "0207130000;Мурғ;адвалорная;;1;EUR;кг;;;;\n"  # 8
        + "0207140000;Мурғ;;5;1;QQQ;кг;сумма;;;\n"  # 9
        + "0207240000;Мурғ;;5;1;EUR;бушел;сумма;;;\n"  # 10
        + "0207250000;Мурғ;;5;1;EUR;кг;;;;\n"  # 11
        + "0207260000;Мурғ;;5;;;;сумма;;;\n"  # 12
        + "0207270000;Мурғ;иное;5;;;;;бушел;31.02.2027;\n"  # 13: three faults at once
        + "0207410000;Мурғ;;5x;;;;;;01.01.2027;31.12.2026\n"  # 14
    )
    assert errors(sheet) == [
        (2, "code", "code_zero_lost"), (3, "code", "code_rounded"), (4, "code", "code_not_digits"),
        (5, "code", "code_length"), (6, "code", "code_missing"), (7, "ru", "name_missing"), (7, "rate", "rate_missing"),
        (8, "duty_type", "kind_differs"), (9, "currency", "currency_unknown"), (10, "unit", "unit_unknown"),
        (11, "combine", "combine_missing"), (12, "combine", "combine_of_one"), (13, "duty_type", "kind_unknown"),
        (13, "supplementary", "unit_unknown"), (13, "since", "not_a_day"), (14, "ad_valorem", "not_a_number"),
        (14, "until", "ends_before_it_starts"),
    ]  # fmt: skip
    for fault in sheet.faults:
        for language in ("tg", "ru", "en"):
            assert "{" not in row_fault(fault, language)
    assert row_fault(sheet.faults[0], "ru") == (
        "Строка 2, код товара: в «207120000» на цифру меньше: вероятно, пропал первый ноль; "
        "сделайте столбец текстовым и впишите код целиком."
    )


def test_the_same_code_twice_or_on_the_same_days_is_a_fault_of_the_later_row() -> None:
    sheet = read(
        "код;наименование;ставка;с;по\n0207120000;a;5%;01.01.2027;30.06.2027\n0207120000;a;7%;01.07.2027;\n"
        "0207130000;b;5%;;\n0207130000;b;5%;;\n0207140000;c;5%;;\n0207140000;c;6%;01.03.2027;\n"
    )
    assert errors(sheet) == [(5, "code", "twice"), (7, "code", "overlaps")]
    assert sheet.errors[1].values["first"] == "6"


def test_another_edition_of_hs_is_named_and_a_mapping_answers_it() -> None:
    text = "код;наименование;ставка\n8517120000;Телефон;0%\n"  # HS 2017; HS 2022 has 8517 13
    (warning,) = [fault for fault in read(text).faults if fault.code == "hs_unknown"]
    assert warning.warning
    assert read(text).errors == ()
    mapped = Known(KNOWN.currencies, KNOWN.units, KNOWN.hs6, {"851712": "851713"})
    sheet = read(text, known=mapped)
    assert [fault for fault in sheet.faults if fault.code == "hs_unknown"] == []
    assert sheet.lines[0].hs6 == "851713"


def test_gaps_of_the_hierarchy_are_warnings() -> None:
    sheet = read(
        "код;наименование;ставка\n0207;Мурғ;\n0208;Дигар;\n020712;Яхкарда;\n0207120000;a;5%\n0805100000;b;5%\n"
    )
    gaps = [(fault.row, fault.code, fault.values["found"]) for fault in sheet.faults if fault.code != "hs_not_covered"]
    assert gaps == [(3, "nothing_under", "0208"), (6, "heading_missing", "0805")]
    uncovered = {fault.values["found"] for fault in sheet.faults if fault.code == "hs_not_covered"}
    assert "020711" in uncovered
    assert "020712" not in uncovered
    assert sheet.errors == ()
    assert [heading.code for heading in sheet.headings] == ["0207", "0208", "020712"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("наименование;ставка\na;5%\n", "no_heading"),
        ("код;ставка\n0207120000;5%\n", "no_heading"),
        ("код;наименование\n0207120000;a\n", "no_heading"),
        ("код;код;наименование;ставка\n1;1;a;5%\n", "heading_twice"),
        ("код;наименование;ставка;процент\n0207120000;a;5%;5\n", "rate_twice"),
        ("код;наименование;ставка\n", "no_rows"),
    ],
)
def test_a_sheet_without_what_it_needs_is_refused(text: str, code: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read(text)
    assert refused.value.code == code
    for language in ("tg", "ru", "en"):
        assert "{" not in refusal(code, language, refused.value.values)


def test_a_row_without_a_day_needs_one_for_the_whole_sheet() -> None:
    assert errors(read("код;наименование;ставка\n0207120000;a;5%\n", since=None)) == [(2, "since", "since_missing")]


def test_the_sheet_comes_back_with_a_column_of_faults() -> None:
    rows = read_sheet("Тариф\nкод;наименование;ставка\n207120000;Мурғ;5%\n0805100000;Афлесун;5%\n".encode())
    back = read_sheet(marked_workbook(rows, read_tariff(rows, known=KNOWN, since=DAY), "tg"))
    assert back[1][-1] == "хато"
    assert "сифри аввал гум шудааст" in back[2][-1]
    assert back[3][:3] == ("0805100000", "Афлесун", "5%")


def difference_to(standing_sheet: TariffSheet | None, sheet: TariffSheet, **more: Any) -> Any:
    """The difference of a sheet to a law in which another sheet stands."""
    before: list[Any] = []
    if standing_sheet is not None:
        before = [standing(one) for one in difference(standing_sheet, {}, cites="demo", source="old").entries]
    return difference(sheet, standing_tariff(before), cites="demo", source="new", **more)


def test_the_difference_counts_added_changed_closed_and_unchanged() -> None:
    old = read(
        "код;наименование;ставка;доп. ед.\n0207120000;Мурғ;20%;кг\n0805100000;Афлесун;10%;\n1701990000;Шакар;5%;\n"
    )
    new = read(
        "код;наименование;ставка;доп. ед.\n0207120000;Мурғ;20.0%;кг\n0805100000;Афлесун;12%;\n2202100000;Об;5%;\n",
        since=date(2028, 1, 1),
    )
    change = difference_to(old, new, whole_since=date(2028, 1, 1))
    assert change.counts == {"added": 1, "changed": 1, "closed": 1, "unchanged": 1}
    assert sorted((entry.kind, entry.key) for entry in change.entries) == [
        ("code", "goods/2202100000"), ("measure", "duty/0805100000/////"), ("measure", "duty/2202100000/////"),
    ]  # fmt: skip
    assert {(closing.kind, closing.key) for closing in change.closings} == {
        ("measure", "duty/1701990000/////"), ("code", "goods/1701990000"),
    }  # fmt: skip
    assert difference_to(new, new).counts == {"added": 0, "changed": 0, "closed": 0, "unchanged": 3}
    assert difference_to(None, new).counts == {"added": 3, "changed": 0, "closed": 0, "unchanged": 0}


def test_a_missing_name_shows_the_given_one_and_says_which_it_is() -> None:
    (entry,) = [
        one
        for one in difference_to(None, read("код;наименование;ставка\n0207120000;Курица;5%\n")).entries
        if one.kind == "code"
    ]
    assert entry.body == {"tg": "Курица", "ru": "Курица", "en": "Курица", "unit": "", "hs6": "020712", "named": "ru"}
    assert entry.confidence is Confidence.CONFIRMED


def test_every_reason_is_worded_in_three_languages() -> None:
    for table in (COLUMNS, REFUSED, ROWS):
        for code, words in table.items():
            assert all((words.tg, words.ru, words.en)), code


CELL = st.one_of(
    st.text(max_size=14),
    st.sampled_from(["0207120000", "207120000", "20", "5%", "EUR", "кг", "сумма", "01.01.2027", "Мурғ", ""]),
)


@settings(max_examples=300, deadline=None)
@given(rows=st.lists(st.lists(CELL, max_size=11).map(tuple), max_size=6), parts=st.booleans())
def test_any_cells_give_lines_or_faults_or_a_refusal(rows: list[tuple[str, ...]], *, parts: bool) -> None:
    heading = tuple(PARTS.strip().split(";")) if parts else ("код", "наименование", "ставка", "доп. ед.", "с", "по")
    try:
        sheet = read_tariff([heading, *rows], known=KNOWN, since=DAY)
    except SheetRefused as refused:
        assert refusal(refused.code, "en", refused.values)
        return
    for line in sheet.lines:
        assert len(line.code) == 10
        assert line.until is None or line.since < line.until
    for fault in sheet.faults:
        assert row_fault(fault, "tg")
    if not sheet.errors:
        difference(sheet, {}, cites="demo", source="fuzz")
