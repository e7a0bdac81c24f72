"""Refusals and faults of sheets and rates as sentences, for every door: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from gumruk.law.types import Words

COLUMNS: dict[str, Words] = {
    "code": Words("рамзи асъор", "код валюты", "currency code"),
    "per": Words("воҳид", "единиц", "units"),
    "rate": Words("қурб", "курс", "rate"),
    "day": Words("сана", "дата", "day"),
}
SHEET: dict[str, Words] = {
    "too_large": Words("Файл аз {limit} зиёд аст. Онро тақсим кунед.", "Файл больше {limit}. Разделите его.", "The file is larger than {limit}. Split it."),
    "empty": Words("Файл холӣ аст. Файли ҷадвалдорро интихоб кунед.", "Файл пуст. Выберите файл с таблицей.", "The file is empty. Choose a file with the table."),
    "old_excel": Words("Ин файли кӯҳнаи Excel (.xls) аст. Онро ҳамчун .xlsx ё CSV UTF-8 нигоҳ доред.", "Это старый файл Excel (.xls). Сохраните его как .xlsx или CSV UTF-8.", "This is an old Excel file (.xls). Save it as .xlsx or CSV UTF-8."),
    "not_a_workbook": Words("Файли XLSX хонда нашуд. Онро дар барномаи ҷадвал кушоед ва аз нав нигоҳ доред.", "Файл XLSX не читается. Откройте его в табличной программе и сохраните заново.", "The XLSX file cannot be read. Open it in a spreadsheet program and save it again."),
    "encoding": Words("Рамзгузории CSV UTF-8 нест ва ҳарфҳои тоҷикӣ гум шудаанд. Файлро ҳамчун «CSV UTF-8» нигоҳ доред.", "CSV не в кодировке UTF-8, таджикские буквы в нем потеряны. Сохраните файл как «CSV UTF-8».", "The CSV is not in UTF-8, so its Tajik letters are lost. Save the file as “CSV UTF-8”."),
    "not_csv": Words("CSV дар сатри {line} вайрон аст. Нохунак ва ҷудокунакҳоро тафтиш кунед.", "CSV испорчен в строке {line}. Проверьте кавычки и разделители.", "The CSV is broken at line {line}. Check the quotes and separators."),
    "too_many_rows": Words("Сатрҳо аз {limit} зиёданд. Файлро тақсим кунед.", "Строк больше {limit}. Разделите файл.", "There are more than {limit} rows. Split the file."),
    "too_many_columns": Words("Сутунҳо аз {limit} зиёданд. Ҷудокунаки сутунҳоро тафтиш кунед.", "Столбцов больше {limit}. Проверьте разделитель.", "There are more than {limit} columns. Check the separator."),
    "no_heading": Words("Сарлавҳаи ҷадвал ёфт нашуд. Сутунҳо намерасанд: {columns}.", "Заголовок таблицы не найден. Не хватает столбцов: {columns}.", "The heading of the table was not found. Missing columns: {columns}."),
    "heading_twice": Words("Сутуни «{column}» ду бор омадааст. Яктояшро хориҷ кунед.", "Столбец «{column}» встречается дважды. Уберите один.", "The column “{column}” stands twice. Remove one."),
    "no_rows": Words("Дар зери сарлавҳа сатр нест.", "Под заголовком нет строк.", "There are no rows under the heading."),
    "day_missing": Words("Санаи қурбҳо гуфта нашудааст. Санаро интихоб кунед.", "День курсов не указан. Выберите день.", "The day of the rates is not said. Choose the day."),
    "day_differs": Words("Файл санаи {found}-ро мегӯяд, вале {day} интихоб шудааст. Яктояшро ислоҳ кунед.", "В файле день {found}, а выбран {day}. Исправьте одно из них.", "The file says {found}, but {day} was chosen. Correct one of them."),
}  # fmt: skip
ROWS: dict[str, Words] = {
    "code_missing": Words("рамзи асъор нест; онро нависед", "нет кода валюты; впишите его", "the currency code is missing; write it"),
    "currency_unknown": Words("асъори «{found}» шинохта нашуд; рамзи ISO 4217-ро нависед", "валюта «{found}» неизвестна; укажите код ISO 4217", "the currency “{found}” is not known; write its ISO 4217 code"),
    "codes_differ": Words("рамзҳои {found} ва {other} асъори гуногунанд; яктояшро ислоҳ кунед", "коды {found} и {other} — разные валюты; исправьте один", "the codes {found} and {other} are different currencies; correct one"),
    "own_currency": Words("{found} асъори худӣ аст ва қурб надорад; сатрро хориҷ кунед", "{found} — своя валюта, курса у нее нет; уберите строку", "{found} is the own currency and has no rate; remove the row"),
    "per_unknown": Words("воҳиди «{found}» намешавад; 1, 10, 100, 1000 ё 10000 нависед", "число единиц «{found}» не подходит; впишите 1, 10, 100, 1000 или 10000", "“{found}” units will not do; write 1, 10, 100, 1000 or 10000"),
    "not_a_number": Words("«{found}» рақам нест; онро чун 10,8420 нависед", "«{found}» — не число; впишите, например, 10,8420", "“{found}” is not a number; write it like 10.8420"),
    "not_positive": Words("қурб бояд аз сифр зиёд бошад", "курс должен быть больше нуля", "the rate must be above zero"),
    "too_fine": Words("«{found}» зиёда аз 8 рақам пеш ё 6 рақам пас аз вергул дорад", "в «{found}» больше 8 цифр до или 6 после запятой", "“{found}” has more than 8 digits before or 6 after the point"),
    "not_a_day": Words("«{found}» сана нест; онро чун 25.11.2026 нависед", "«{found}» — не дата; впишите, например, 25.11.2026", "“{found}” is not a date; write it like 25.11.2026"),
    "day_missing": Words("сана нест", "нет даты", "the day is missing"),
    "day_differs": Words("санаи {found} аз санаи {day} фарқ мекунад", "дата {found} отличается от {day}", "the day {found} differs from {day}"),
    "twice": Words("{found} дар сатри {first} ҳам омадааст; яктояшро хориҷ кунед", "{found} уже есть в строке {first}; уберите одну", "{found} stands in row {first} too; remove one"),
}  # fmt: skip
RATES: dict[str, Words] = {
    "not_allowed": Words("Шумо ҳуқуқи ин корро надоред.", "У вас нет права на это.", "You do not have the right to do this."),
    "rate_stands": Words("Қурби {currency} барои {day} аллакай ҳаст. Онро танҳо бо ислоҳи асоснок иваз кардан мумкин аст.", "Курс {currency} на {day} уже есть. Заменить его можно только исправлением с причиной.", "A rate of {currency} for {day} stands already. Only a correction with a reason can replace it."),
    "twice": Words("{currency} барои {day} ду бор омадааст. Яктояшро хориҷ кунед.", "{currency} на {day} встречается дважды. Уберите одну строку.", "{currency} for {day} stands twice. Remove one."),
    "per_unknown": Words("{currency}: воҳиди {per} намешавад. 1, 10, 100, 1000 ё 10000 нависед.", "{currency}: число единиц {per} не подходит. Впишите 1, 10, 100, 1000 или 10000.", "{currency}: {per} units will not do. Write 1, 10, 100, 1000 or 10000."),
    "not_positive": Words("{currency}: қурб бояд аз сифр зиёд бошад.", "{currency}: курс должен быть больше нуля.", "{currency}: the rate must be above zero."),
    "too_fine": Words("{currency}: {rate} зиёда аз 8 рақам пеш ё 6 рақам пас аз вергул дорад.", "{currency}: в {rate} больше 8 цифр до или 6 после запятой.", "{currency}: {rate} has more than 8 digits before or 6 after the point."),
    "source_too_long": Words("Номи манбаъ аз {limit} ҳарф зиёд аст. Онро кӯтоҳ кунед.", "Название источника длиннее {limit} букв. Сократите его.", "The name of the source is too long. Keep it within {limit} letters."),
    "published_later": Words("Вақти нашр ҳанӯз наомадааст. Онро тафтиш кунед.", "Время публикации еще не наступило. Проверьте его.", "The time of publication is still to come. Check it."),
    "unusual": Words("Тағйири ғайриоддӣ (зиёда аз {limit} %): {currencies}. Бо манбаъ муқоиса кунед ва тасдиқ намоед.", "Необычное изменение (больше {limit} %): {currencies}. Сверьте с источником и подтвердите.", "Unusual change (more than {limit} %): {currencies}. Compare with the source and confirm."),
    "entered_meanwhile": Words("Касе қурбҳоро пеш аз шумо ворид кард. Саҳифаро аз нав кушоед.", "Кто-то ввел курсы раньше вас. Откройте страницу заново.", "Somebody entered the rates before you. Open the page again."),
    "reason_missing": Words("Сабаби ислоҳро нависед.", "Укажите причину исправления.", "Give the reason of the correction."),
    "no_rate": Words("Барои {day} қурби {currency} нест, барои ҳамин ислоҳ намешавад. Қурбро ворид кунед.", "На {day} нет курса {currency}, исправлять нечего. Введите курс.", "There is no rate of {currency} for {day} to correct. Enter the rate."),
    "same_rate": Words("Ин худи ҳамон қурб аст. Қурби дигарро нависед.", "Это тот же курс. Впишите другой.", "This is the same rate. Write another one."),
    "correction_waits": Words("Ислоҳи {currency} барои {day} аллакай мунтазири қарор аст.", "Исправление {currency} на {day} уже ждет решения.", "A correction of {currency} for {day} waits for a decision already."),
    "no_correction": Words("Барои {currency} дар {day} ислоҳе мунтазир нест.", "Для {currency} на {day} исправление не ждет решения.", "No correction of {currency} for {day} waits."),
    "same_person": Words("Ислоҳро бояд шахси дигар қабул кунад.", "Исправление должен принять другой человек.", "Another person must decide on the correction."),
}  # fmt: skip


def refusal(code: str, language: str, values: Mapping[str, str]) -> str:
    """Why a file or a rate was refused, as a sentence in `language`."""
    words = RATES.get(code) or SHEET[code]
    return words.in_language(language).format(**values)


def row_fault(row: int, column: str, code: str, language: str, values: Mapping[str, str]) -> str:
    """What is wrong in one row of a table of rates."""
    frame = Words("Сатри {row}, {column}: {what}.", "Строка {row}, {column}: {what}.", "Row {row}, {column}: {what}.")
    what = ROWS[code].in_language(language).format(**values)
    return frame.in_language(language).format(row=row, column=COLUMNS[column].in_language(language), what=what)
