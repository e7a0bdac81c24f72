"""What a sheet of items becomes: rows with their faults, so that a person sees everything before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from gumruk.exchange.types import FileRefused, Note
from gumruk.law.types import Words
from gumruk.rules.form import Content
from gumruk.toolkit.xlsx import Raw

FAULTS: dict[str, Words] = {
    "not_a_number": Words("{cell} ({header}): «{found}» рақам нест. Рақамро бо нуқта ё вергул нависед.", "{cell} ({header}): «{found}» — не число. Запишите его с точкой или запятой.", "{cell} ({header}): “{found}” is not a number. Write it with a point or a comma."),
    "ambiguous_number": Words("{cell} ({header}): «{found}» ду маъно дорад. Ҳазорҳоро бе вергул ё касрро бо нуқта нависед.", "{cell} ({header}): «{found}» можно прочесть двояко. Пишите тысячи без запятой или дробь с точкой.", "{cell} ({header}): “{found}” can be read in two ways. Write thousands without a comma, or the fraction with a point."),
    "too_many_digits": Words("{cell} ({header}): «{found}» пеш аз нуқта зиёда аз {limit} рақам дорад. Ислоҳ кунед.", "{cell} ({header}): в «{found}» больше {limit} цифр до запятой. Исправьте.", "{cell} ({header}): “{found}” has more than {limit} digits before the point. Correct it."),
    "too_many_decimals": Words("{cell} ({header}): «{found}» баъд аз нуқта зиёда аз {limit} рақам дорад. Яклухт кунед.", "{cell} ({header}): в «{found}» больше {limit} цифр после запятой. Округлите.", "{cell} ({header}): “{found}” has more than {limit} decimals. Round it."),
    "not_a_date": Words("{cell} ({header}): «{found}» сана нест. Онро чун 26.10.2023 нависед.", "{cell} ({header}): «{found}» — не дата. Запишите её как 26.10.2023.", "{cell} ({header}): “{found}” is not a date. Write it like 26.10.2023."),
    "too_long": Words("{cell} ({header}): матн аз {limit} аломат дарозтар аст. Кӯтоҳ кунед.", "{cell} ({header}): текст длиннее {limit} знаков. Сократите.", "{cell} ({header}): the text is longer than {limit} characters. Shorten it."),
    "not_a_flag": Words("{cell} ({header}): «{found}» нест: 0 ё 1 нависед.", "{cell} ({header}): вместо «{found}» напишите 0 или 1.", "{cell} ({header}): write 0 or 1 in place of “{found}”."),
    "lost_zero": Words("{cell} ({header}): рамзи «{found}» {limit} рақам дорад; сифри аввал эҳтимол гум шудааст. Сутунро матн кунед.", "{cell} ({header}): в коде «{found}» {limit} цифр; вероятно, потерян ноль в начале. Сделайте столбец текстовым.", "{cell} ({header}): the code “{found}” has {limit} digits; its first zero was probably lost. Make the column text."),
    "not_text": Words("{cell} ({header}): «{found}» сана аст, матн лозим. Сутунро матн кунед.", "{cell} ({header}): «{found}» — дата, а нужен текст. Сделайте столбец текстовым.", "{cell} ({header}): “{found}” is a date where text is wanted. Make the column text."),
    "cell_error": Words("{cell} ({header}): дар ячейка хатои формула аст. Қиматро нависед.", "{cell} ({header}): в ячейке ошибка формулы. Впишите значение.", "{cell} ({header}): the cell holds a formula error. Write the value."),
    "formula_empty": Words("{cell} ({header}): формула қимати нигоҳдошта надорад. Файлро дар Excel нигоҳ доред ё қиматро нависед.", "{cell} ({header}): у формулы нет сохраненного значения. Сохраните файл в Excel или впишите значение.", "{cell} ({header}): the formula has no stored value. Save the file in Excel, or write the value."),
    "merged": Words("{cell} ({header}): ячейкаҳо якҷоя шудаанд. Онҳоро ҷудо кунед ва ҳар сатрро пур кунед.", "{cell} ({header}): ячейки объединены. Разъедините их и заполните каждую строку.", "{cell} ({header}): cells are merged. Unmerge them and fill in every row."),
    "control_character": Words("{cell} ({header}): аломати ноаён {found} ҳаст. Онро нест кунед.", "{cell} ({header}): есть невидимый знак {found}. Уберите его.", "{cell} ({header}): there is a control character {found}. Remove it."),
    "column_twice": Words("{cell} ({header}): ин сутун ду бор омадааст. Якеашро нест кунед.", "{cell} ({header}): этот столбец стоит дважды. Уберите один.", "{cell} ({header}): this column stands twice. Remove one of them."),
    "unknown_field": Words("{cell}: майдони «{found}» нест. Номро аз қолаб гиред.", "{cell}: поля «{found}» нет. Возьмите имя из шаблона.", "{cell}: there is no field “{found}”. Take its name from the template."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CellFault:
    """One cell that cannot be taken. `code` is a key of FAULTS; `row` counts as the sheet does."""

    row: int
    column: int
    code: str
    header: str
    found: str = ""
    limit: str = ""

    @property
    def cell(self) -> str:
        """The cell as a spreadsheet names it, such as C7."""
        return f"{letter_of(self.column)}{self.row}"

    def worded(self, language: str) -> str:
        """What is wrong, where, and what to do."""
        text = FAULTS[self.code].in_language(language)
        return text.format(cell=self.cell, header=self.header, found=self.found, limit=self.limit)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One item read from one row; fields that could not be read keep what stood there."""

    number: int
    item: Content
    faults: tuple[CellFault, ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One column of the sheet: its place from 1, what stands in its head, the column of the form it is (or none)."""

    column: int
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class SheetPreview:
    """Everything that a file of items says. Nothing is written until `apply`; with faults it refuses."""

    format: str
    sheet: str
    header_row: int
    header: tuple[HeaderCell, ...]
    rows: tuple[SheetRow, ...]
    head_faults: tuple[CellFault, ...] = ()
    notes: tuple[Note, ...] = ()
    declaration: Content = field(default_factory=dict)
    table: tuple[tuple[Raw, ...], ...] = ()

    @property
    def faults(self) -> tuple[CellFault, ...]:
        """Every fault, in the order of the sheet."""
        return (*self.head_faults, *(fault for row in self.rows for fault in row.faults))


class SheetRefused(FileRefused):
    """A sheet with faults was to be used: `faults` holds all of them."""

    def __init__(self, faults: tuple[CellFault, ...]) -> None:
        super().__init__("sheet_has_faults", first=faults[0].cell)
        self.faults = faults


def letter_of(column: int) -> str:
    """The letters of a column counted from 1: 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
