"""The words of tariff sheets: headings, kinds of duty and ways to combine, in Tajik, Russian and English."""

from __future__ import annotations

HEADINGS = {
    "code": ("рамз", "рамзи мол", "рамзи МН ФИХ", "рамзи молӣ", "код", "код товара", "код ТН ВЭД", "ТН ВЭД", "hs code", "goods code",
             "commodity code", "tariff code"),
    "tg": ("номи мол", "ном", "номи тоҷикӣ", "ном тоҷикӣ", "name tg", "наименование на таджикском", "номгӯй"),
    "ru": ("наименование", "наименование товара", "наименование на русском", "название", "номи русӣ", "name ru", "ном русӣ"),
    "en": ("name", "description", "english name", "name en", "наименование на английском", "номи англисӣ", "ном англисӣ"),
    "rate": ("меъёр", "меъёри боҷ", "боҷ", "ставка", "ставка пошлины", "ставка ввозной таможенной пошлины", "пошлина", "duty", "duty rate"),
    "duty_type": ("навъи боҷ", "навъи меъёр", "вид пошлины", "тип пошлины", "вид ставки", "duty type", "kind of duty"),
    "ad_valorem": ("фоиз", "меъёри фоизӣ", "адвалорӣ", "процент", "адвалорная", "адвалорная ставка", "ставка %", "ad valorem",
                   "percent", "ad valorem rate"),
    "specific": ("маблағ", "меъёри мушаххас", "специфическая", "специфическая ставка", "сумма", "specific amount", "specific rate",
                 "amount"),
    "currency": ("асъор", "валюта", "currency code"),
    "unit": ("воҳид", "воҳиди меъёр", "единица", "единица ставки", "ед. изм.", "единица измерения", "unit of rate", "per"),
    "combine": ("тарзи якҷоякунӣ", "якҷоякунӣ", "комбинирование", "способ сочетания", "combine mode", "combination", "сочетание"),
    "supplementary": ("воҳиди иловагӣ", "дополнительная единица", "доп. ед. изм.", "доп. ед.", "supplementary unit",
                      "additional unit"),
    "since": ("аз", "аз сана", "эътибор аз", "действует с", "дата начала", "с", "valid from", "from", "start date"),
    "until": ("то", "то сана", "эътибор то", "действует по", "действует до", "дата окончания", "по", "valid to", "to", "end date"),
}  # fmt: skip
KINDS = {
    "ad_valorem": ("ad valorem", "адвалорная", "адвалорӣ", "фоизӣ", "процентная", "percent"),
    "specific": ("специфическая", "мушаххас", "хос", "специфӣ"),
    "combined": ("комбинированная", "омехта", "смешанная", "mixed", "compound"),
}
# How the language of rates writes it: the sum, at least (the higher), at most (the lower).
COMBINES = {
    "+": ("sum", "сумма", "плюс", "ҷамъ", "plus"),
    "MIN": ("higher", "higher of", "большее", "большая", "не менее", "аз ҳама зиёд", "зиёдтар", "на кам аз"),
    "MAX": ("lower", "lower of", "меньшее", "меньшая", "не более", "аз ҳама кам", "камтар", "на зиёд аз"),
}
