"""What a file becomes, and why one is refused."""

from __future__ import annotations

from dataclasses import dataclass

from gumruk.law.types import Words
from gumruk.rules.form import Content

MESSAGES: dict[str, Words] = {
    "too_large": Words("Файл аз {limit} зиёд аст. Онро тақсим кунед.", "Файл больше {limit}. Разделите его.", "The file is larger than {limit}. Split it."),
    "not_json": Words("Файл JSON нест: {detail}", "Файл — не JSON: {detail}", "The file is not JSON: {detail}"),
    "not_an_object": Words("Дар боло бояд объект бошад.", "На верхнем уровне нужен объект.", "The top level must be an object."),
    "not_text": Words("{path}: қимат бояд матн дар нохунак бошад.", "{path}: значение должно быть текстом в кавычках.", "{path}: the value must be text in quotes."),
    "unknown_field": Words("{path}: чунин майдон нест. Номро тафтиш кунед.", "{path}: такого поля нет. Проверьте имя.", "{path}: there is no such field. Check the name."),
    "too_many_items": Words("Зиёда аз {limit} мол.", "Больше {limit} товаров.", "There are more than {limit} items."),
    "unknown_format": Words("Навъи файл шинохта нашуд. JSON ё ASYCUDA XML фиристед.", "Вид файла не опознан. Пришлите JSON или ASYCUDA XML.", "The kind of file is not known. Send JSON or ASYCUDA XML."),
    "not_xml": Words("XML хонда нашуд: {detail}", "XML не читается: {detail}", "The XML cannot be read: {detail}"),
    "hostile_xml": Words("XML бо DTD ё entity қабул намешавад.", "XML с DTD или сущностями не принимается.", "XML with a DTD or entities is not accepted."),
    "wrong_root": Words("Решаи XML {found} аст, бояд ASYCUDA бошад.", "Корень XML — {found}, нужен ASYCUDA.", "The root of the XML is {found}; it must be ASYCUDA."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """Content, what the file said beyond it (`residue`), and the format's name."""

    content: Content
    format: str
    residue: bytes | None = None


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
