"""What a file becomes, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from gumruk.law.types import Words
from gumruk.rules.form import Content

MESSAGES: dict[str, Words] = {
    "too_large": Words("Файл аз {limit} зиёд аст. Онро тақсим кунед.", "Файл больше {limit}. Разделите его.", "The file is larger than {limit}. Split it."),
    "empty": Words("Файл холӣ аст. Файли дигар интихоб кунед.", "Файл пуст. Выберите другой файл.", "The file is empty. Choose another file."),
    "unknown_format": Words("Навъи файл шинохта нашуд. ASYCUDA XML, WCO XML, JSON, XLSX ё CSV фиристед.", "Вид файла не опознан. Пришлите ASYCUDA XML, WCO XML, JSON, XLSX или CSV.", "The kind of file is not known. Send ASYCUDA XML, WCO XML, JSON, XLSX or CSV."),
    "too_many_items": Words("Зиёда аз {limit} мол. Эъломияро тақсим кунед.", "Больше {limit} товаров. Разделите декларацию.", "There are more than {limit} items. Split the declaration."),
    "control_character": Words("{where}: аломати {character} иҷозат нест. Онро нест кунед.", "{where}: знак {character} недопустим. Уберите его.", "{where}: the character {character} is not allowed. Remove it."),
    "wrong_encoding": Words("Файл ҳамчун {encoding} хонда намешавад (байти {at}). Онро бо UTF-8 нигоҳ доред.", "Файл не читается как {encoding} (байт {at}). Сохраните его в UTF-8.", "The file cannot be read as {encoding} (byte {at}). Save it as UTF-8."),
    "encoding_conflict": Words("Файл худро {encoding} меномад, вале {real} аст. Онро бо UTF-8 нигоҳ доред.", "Файл называет себя {encoding}, но это {real}. Сохраните его в UTF-8.", "The file calls itself {encoding} but is {real}. Save it as UTF-8."),
    "unknown_encoding": Words("Рамзгузории {encoding} қабул намешавад. Файлро бо UTF-8 нигоҳ доред.", "Кодировка {encoding} не принимается. Сохраните файл в UTF-8.", "The encoding {encoding} is not accepted. Save the file as UTF-8."),
    # JSON
    "not_json": Words("Файл JSON нест: {detail}", "Файл — не JSON: {detail}", "The file is not JSON: {detail}"),
    "not_an_object": Words("Дар боло бояд объект бошад.", "На верхнем уровне нужен объект.", "The top level must be an object."),
    "not_text": Words("{path}: қимат бояд матн дар нохунак бошад.", "{path}: значение должно быть текстом в кавычках.", "{path}: the value must be text in quotes."),
    "duplicate_key": Words("Номи {key} ду бор омадааст. Якеашро нест кунед.", "Имя {key} стоит дважды. Уберите одно.", "The name {key} stands twice. Remove one of them."),
    "unknown_field": Words("{path}: чунин майдон нест. Номро тафтиш кунед.", "{path}: такого поля нет. Проверьте имя.", "{path}: there is no such field. Check the name."),
    # XML
    "not_xml": Words("XML хонда нашуд: {detail}", "XML не читается: {detail}", "The XML cannot be read: {detail}"),
    "hostile_xml": Words("XML бо DTD ё entity қабул намешавад. Онҳоро нест кунед.", "XML с DTD или сущностями не принимается. Уберите их.", "XML with a DTD or entities is not accepted. Remove them."),
    "outside_reference": Words("{where}: дастур ё ишора ба файли дигар қабул намешавад. Онро нест кунед.", "{where}: инструкция обработки или ссылка на другой файл не принимается. Уберите ее.", "{where}: a processing instruction or a reference to another file is not accepted. Remove it."),
    "too_deep": Words("Сохтори файл аз {limit} дараҷа чуқуртар аст. Онро аз нав содир кунед.", "Вложенность файла больше {limit} уровней. Выгрузите его заново.", "The file is nested deeper than {limit} levels. Export it again."),
    "too_many_elements": Words("Дар файл зиёда аз {limit} элемент аст. Онро тақсим кунед.", "В файле больше {limit} элементов. Разделите его.", "The file has more than {limit} elements. Split it."),
    "wrong_root": Words("Решаи XML {found} аст. Решаи ASYCUDA ё MetaData (WCO) лозим аст.", "Корень XML — {found}. Нужен ASYCUDA или MetaData (WCO).", "The root of the XML is {found}. It must be ASYCUDA or MetaData (WCO)."),
    # WCO
    "wco_no_declaration": Words("Дар паёми WCO эъломия нест. Паёми навъи DEC фиристед.", "В сообщении WCO нет декларации. Пришлите сообщение вида DEC.", "The WCO message holds no declaration. Send a message of type DEC."),
    "wco_response": Words("Ин ҷавоби гумрук аст, на эъломия. Паёми навъи DEC фиристед.", "Это ответ таможни, а не декларация. Пришлите сообщение вида DEC.", "This is an answer of customs, not a declaration. Send a message of type DEC."),
    "wco_amendment": Words("Рамзи вазифа {function}: ин тағйир аст. Онро дар саҳифаи эъломияи бақайдгирифташуда пешниҳод кунед.", "Код функции {function}: это изменение. Предложите его на странице зарегистрированной декларации.", "Function code {function}: this is an amendment. Propose it on the page of the registered declaration."),
    "wco_cancellation": Words("Рамзи вазифа {function} бо навъи INV: ин дархости бекоркунӣ аст. Онро дар саҳифаи эъломияи бақайдгирифташуда фиристед.", "Код функции {function} с типом INV: это запрос об аннулировании. Отправьте его со страницы зарегистрированной декларации.", "Function code {function} with type INV: this asks for cancellation. Ask for it on the page of the registered declaration."),
    "wco_function": Words("Рамзи вазифа {function} ин ҷо қабул намешавад; танҳо 9 (эъломияи аслӣ).", "Код функции {function} здесь не принимается; только 9 (первичная декларация).", "Function code {function} is not taken here; only 9 (original declaration)."),
    # sheets
    "old_excel": Words("Ин Excel-и кӯҳна ё файли бо рамз қулфшуда аст. Онро ҳамчун XLSX бе рамз нигоҳ доред.", "Это старый Excel или файл под паролем. Сохраните его как XLSX без пароля.", "This is an old Excel file or one under a password. Save it as XLSX without a password."),
    "macros": Words("Файл макрос дорад. Онро ҳамчун XLSX бе макрос нигоҳ доред.", "В файле макросы. Сохраните его как XLSX без макросов.", "The file holds macros. Save it as XLSX without macros."),
    "not_xlsx": Words("XLSX хонда нашуд: {detail}. Онро аз нав нигоҳ доред.", "XLSX не читается: {detail}. Сохраните его заново.", "The XLSX cannot be read: {detail}. Save it again."),
    "bomb": Words("Файл баъди кушодан аз ҳад калон мешавад. Онро аз нав нигоҳ доред.", "При распаковке файл становится слишком большим. Сохраните его заново.", "Unpacked, the file grows too large. Save it again."),
    "too_many_rows": Words("Дар варақ зиёда аз {limit} сатр аст. Онро тақсим кунед ё сатрҳои холиро нест кунед.", "На листе больше {limit} строк. Разделите его или удалите пустые строки.", "The sheet has more than {limit} rows. Split it, or delete the empty rows."),
    "too_many_columns": Words("Дар варақ зиёда аз {limit} сутун аст. Сутунҳои зиёдатиро нест кунед.", "На листе больше {limit} столбцов. Удалите лишние.", "The sheet has more than {limit} columns. Delete those not needed."),
    "no_header": Words("Сатри номи сутунҳо ёфт нашуд. Қолабро истифода баред.", "Строка с именами столбцов не найдена. Возьмите шаблон.", "No row with the names of columns was found. Use the template."),
    "not_csv": Words("CSV хонда нашуд: {detail}", "CSV не читается: {detail}", "The CSV cannot be read: {detail}"),
    "sheet_has_faults": Words("Дар варақ хато ҳаст, аввалаш дар ячейкаи {first}. Хатоҳоро ислоҳ кунед ва аз нав бор кунед.", "На листе есть ошибки, первая в ячейке {first}. Исправьте их и загрузите снова.", "The sheet has faults, the first in cell {first}. Correct them and upload again."),
    "sheet_empty": Words("Дар варақ ягон мол нест. Сатрҳоро пур кунед.", "На листе нет ни одного товара. Заполните строки.", "The sheet has no item. Fill in its rows."),
}  # fmt: skip

NOTES: dict[str, Words] = {
    "encoding": Words("Файл на UTF-8, балки {encoding} аст ва ҳамин тавр хонда шуд.", "Файл не в UTF-8; прочитан как {encoding}.", "The file is not UTF-8; it was read as {encoding}."),
    "regime_from_procedure": Words("Низоми гумрукӣ аз расмияти {procedure} гирифта шуд. Тафтиш кунед.", "Таможенный режим взят из процедуры {procedure}. Проверьте.", "The customs regime was taken from the procedure {procedure}. Check it."),
    "mode_widened": Words("Намуди нақлиёт {found} ҳамчун {taken} хонда шуд. Тафтиш кунед.", "Вид транспорта {found} прочитан как {taken}. Проверьте.", "The mode of transport {found} was read as {taken}. Check it."),
    "taxes_not_taken": Words("Пардохтҳои дар файл буда гирифта нашуданд: онҳо аз нав ҳисоб мешаванд.", "Платежи из файла не взяты: они считаются заново.", "The payments in the file were not taken: they are computed anew."),
    "sheet_hidden": Words("Варақи пинҳони «{sheet}» хонда нашуд.", "Скрытый лист «{sheet}» не прочитан.", "The hidden sheet “{sheet}” was not read."),
    "sheet_unused": Words("Варақи «{sheet}» хонда нашуд.", "Лист «{sheet}» не прочитан.", "The sheet “{sheet}” was not read."),
    "column_unused": Words("Сутуни {letter} «{header}» шинохта нашуд ва хонда нашуд.", "Столбец {letter} «{header}» не опознан и не прочитан.", "Column {letter} “{header}” is not known and was not read."),
    "delimiter": Words("Сутунҳо бо аломати {delimiter} ҷудо шудаанд.", "Столбцы разделены знаком {delimiter}.", "Columns are separated by {delimiter}."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something the person should know about how a file was read; `code` is a key of NOTES."""

    code: str
    values: tuple[tuple[str, str], ...] = ()

    def worded(self, language: str) -> str:
        """The note as a sentence in `language`."""
        return NOTES[self.code].in_language(language).format(**dict(self.values))


@dataclass(frozen=True, slots=True)
class Unused:
    """Something a file said that has no field here: its place, one example, how many times it stands."""

    path: str
    example: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """Content, the format's name, the file itself where it says more than content can hold (`residue`), and what of it
    was not used."""

    content: Content
    format: str
    residue: bytes | None = None
    unused: tuple[Unused, ...] = ()
    notes: tuple[Note, ...] = ()


class FileRefused(Exception):
    """The file is not taken. `code` is a key of MESSAGES; nothing was stored."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(self.worded(code, "en", values))
        self.code = code
        self.values = values

    @staticmethod
    def worded(code: str, language: str, values: dict[str, str]) -> str:
        """The reason as a sentence in `language`."""
        return MESSAGES[code].in_language(language).format(**values)
