"""Faults of a tariff sheet as sentences, and the sheet given back with a column of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gumruk.law.types import Words
from gumruk.lawbook.tariff_sheet import TariffFault, TariffSheet
from gumruk.reference.wording import SHEET
from gumruk.toolkit.sheets import Row, write_sheet

COLUMNS: dict[str, Words] = {
    "code": Words("рамзи мол", "код товара", "goods code"),
    "tg": Words("номи тоҷикӣ", "наименование на таджикском", "name in Tajik"),
    "ru": Words("ном", "наименование", "name"),
    "en": Words("номи англисӣ", "наименование на английском", "name in English"),
    "rate": Words("меъёр", "ставка", "rate"),
    "duty_type": Words("навъи боҷ", "вид пошлины", "kind of duty"),
    "ad_valorem": Words("фоиз", "процент", "percent"),
    "specific": Words("маблағ", "сумма", "amount"),
    "currency": Words("асъор", "валюта", "currency"),
    "unit": Words("воҳид", "единица", "unit"),
    "combine": Words("тарзи якҷоякунӣ", "способ сочетания", "combination"),
    "supplementary": Words("воҳиди иловагӣ", "дополнительная единица", "supplementary unit"),
    "since": Words("аз сана", "действует с", "valid from"),
    "until": Words("то сана", "действует по", "valid to"),
}
REFUSED: dict[str, Words] = {
    **SHEET,
    "rate_twice": Words("Ҷадвал ҳам меъёри матнӣ ва ҳам қисмҳои онро дорад. Якеро гузоред.", "В таблице есть и ставка текстом, и ее части. Оставьте одно.", "The sheet has both the rate as a text and its parts. Keep one of them."),
}  # fmt: skip
ROWS: dict[str, Words] = {
    "code_missing": Words("рамз нест; онро нависед", "нет кода; впишите его", "the code is missing; write it"),
    "code_rounded": Words("барномаи ҷадвал рамзро ба «{found}» гардонд; сутунро матнӣ карда, рамзро аз нав нависед", "табличная программа превратила код в «{found}»; сделайте столбец текстовым и впишите код заново", "the spreadsheet turned the code into “{found}”; make the column text and write the code again"),
    "code_not_digits": Words("«{found}» рамзи мол нест: танҳо рақамҳо лозиманд", "«{found}» — не код товара: нужны только цифры", "“{found}” is not a goods code: only digits are wanted"),
    "code_zero_lost": Words("«{found}» як рақам кам дорад: эҳтимол сифри аввал гум шудааст; сутунро матнӣ карда, рамзро пурра нависед", "в «{found}» на цифру меньше: вероятно, пропал первый ноль; сделайте столбец текстовым и впишите код целиком", "“{found}” is one digit short: the leading zero was probably lost; make the column text and write the whole code"),
    "code_length": Words("«{found}» {length} рақам дорад, 10 лозим аст", "в «{found}» цифр {length}, нужно 10", "“{found}” has {length} digits, 10 are wanted"),
    "name_missing": Words("ном нест; ҳадди ақал бо як забон нависед", "нет наименования; впишите хотя бы на одном языке", "there is no name; write it in one language at least"),
    "rate_missing": Words("меъёр нест; барои бебоҷ 0% нависед", "нет ставки; для беспошлинных впишите 0%", "there is no rate; for duty-free goods write 0%"),
    "rate_unreadable": Words("меъёри «{found}» фаҳмо нест", "ставка «{found}» непонятна", "the rate “{found}” cannot be read: {why}"),
    "currency_unknown": Words("асъори «{found}» шинохта нашуд; рамзи ISO 4217-ро нависед", "валюта «{found}» неизвестна; укажите код ISO 4217", "the currency “{found}” is not known; write its ISO 4217 code"),
    "currency_missing": Words("асъор нест; барои маблағ онро нависед", "нет валюты; для суммы она нужна", "the currency of the amount is missing; write it"),
    "unit_missing": Words("воҳид нест; барои маблағ онро нависед", "нет единицы; для суммы она нужна", "the unit of the amount is missing; write it"),
    "unit_unknown": Words("воҳиди «{found}» шинохта нашуд; рамзи тавсияи 20 ё ихтисораи маъмулро нависед", "единица «{found}» неизвестна; укажите код рекомендации 20 или обычное сокращение", "the unit “{found}” is not known; write its Recommendation 20 code or the usual abbreviation"),
    "kind_unknown": Words("навъи «{found}» нест; адвалорӣ, мушаххас ё омехта нависед", "вида «{found}» нет; впишите адвалорная, специфическая или комбинированная", "there is no kind “{found}”; write ad valorem, specific or combined"),
    "kind_differs": Words("навъ «{found}» аст, вале қисмҳои меъёр дигар мегӯянд; яктояшро ислоҳ кунед", "вид «{found}», но части ставки говорят иное; исправьте одно", "the kind is “{found}”, but the parts of the rate say otherwise; correct one"),
    "combine_missing": Words("гуфта нашудааст, ки фоиз ва маблағ чӣ гуна якҷоя мешаванд; ҷамъ, зиёдтар ё камтар нависед", "не сказано, как сочетаются процент и сумма; впишите сумма, большее или меньшее", "it is not said how percent and amount combine; write sum, higher or lower"),
    "combine_unknown": Words("тарзи «{found}» нест; ҷамъ, зиёдтар ё камтар нависед", "способа «{found}» нет; впишите сумма, большее или меньшее", "there is no combination “{found}”; write sum, higher or lower"),
    "combine_of_one": Words("тарзи «{found}» гуфта шудааст, вале меъёр як қисм дорад", "указан способ «{found}», но часть ставки одна", "“{found}” is said, but the rate has one part only"),
    "not_a_number": Words("«{found}» рақам нест; онро чун 12,5 нависед", "«{found}» — не число; впишите, например, 12,5", "“{found}” is not a number; write it like 12.5"),
    "not_a_day": Words("«{found}» сана нест; онро чун 01.01.2027 нависед", "«{found}» — не дата; впишите, например, 01.01.2027", "“{found}” is not a date; write it like 01.01.2027"),
    "since_missing": Words("рӯзи аввал нест; онро нависед ё барои тамоми ҷадвал интихоб кунед", "нет первого дня; впишите его или выберите для всей таблицы", "the first day is missing; write it or choose one for the whole sheet"),
    "ends_before_it_starts": Words("рӯзи охир «{found}» пеш аз рӯзи аввал аст", "последний день «{found}» раньше первого", "the last day “{found}” is before the first"),
    "twice": Words("{found} дар сатри {first} айнан ҳаст; яктояшро хориҷ кунед", "{found} точно так же есть в строке {first}; уберите одну", "{found} stands just so in row {first}; remove one"),
    "overlaps": Words("{found} дар сатри {first} барои ҳамон рӯзҳо ҳаст; давраҳоро ҷудо кунед", "{found} в строке {first} действует в те же дни; разведите периоды", "{found} holds on the same days in row {first}; part the periods"),
    "hs_unknown": Words("{found} дар ҶМ 2022 нест: эҳтимол аз нашри дигар аст; мувофиқаткуниро илова кунед", "{found} нет в ГС 2022: вероятно, другое издание; добавьте соответствие", "{found} is not in HS 2022: probably another edition; add a mapping"),
    "nothing_under": Words("дар зери {found} ягон рамзи 10-рақама нест", "под {found} нет ни одного 10-значного кода", "no 10-digit code stands under {found}"),
    "heading_missing": Words("сарлавҳаи {found} дар ҷадвал нест", "заголовка {found} в таблице нет", "the heading {found} is not in the sheet"),
    "hs_not_covered": Words("зермавқеи {found} ягон рамзи 10-рақама надорад", "у субпозиции {found} нет 10-значного кода", "no 10-digit code covers the subheading {found}"),
}  # fmt: skip
_FRAME = Words("Сатри {row}, {column}: {what}.", "Строка {row}, {column}: {what}.", "Row {row}, {column}: {what}.")
_HEADING = Words("хато", "ошибка", "error")


def refusal(code: str, language: str, values: Mapping[str, str]) -> str:
    """Why a sheet is not read, as a sentence."""
    return REFUSED[code].in_language(language).format(**values)


def row_fault(fault: TariffFault, language: str) -> str:
    """What is wrong in one row, and what to do."""
    column = COLUMNS[fault.column].in_language(language)
    return _FRAME.in_language(language).format(row=fault.row, column=column, what=_what(fault, language))


def _what(fault: TariffFault, language: str) -> str:
    return ROWS[fault.code].in_language(language).format(**fault.values)


def marked_workbook(rows: Sequence[Row], sheet: TariffSheet, language: str) -> bytes:
    """The same rows as text with one more column that says what is wrong; wrong rows are coloured."""
    said: dict[int, list[str]] = {}
    for fault in sheet.faults:
        said.setdefault(fault.row, []).append(
            f"{COLUMNS[fault.column].in_language(language)}: {_what(fault, language)}"
        )
    width, word = max(len(row) for row in rows), _HEADING.in_language(language)
    told = []
    for number, row in enumerate(rows, start=1):
        last = word if number == sheet.heading_row else "; ".join(said.get(number, []))
        told.append((*row, *[""] * (width - len(row)), last))
    return write_sheet(told, marked=frozenset(number - 1 for number in said))
