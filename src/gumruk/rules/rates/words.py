"""The words in which rates are written, in Russian, English and Tajik. Keys are case-folded."""

from __future__ import annotations

import re

CURRENCIES: dict[str, str] = {
    **{code.casefold(): code for code in
       ["EUR", "USD", "GBP", "RUB", "TJS", "KZT", "KGS", "UZS", "CNY", "CHF", "JPY", "TRY", "AFN", "IRR", "INR", "AED", "AZN", "AMD", "BYN", "GEL", "TMT", "UAH", "PKR"]},
    "€": "EUR", "евро": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "£": "GBP",
    "доллар": "USD", "доллара": "USD", "долларов": "USD", "доллари": "USD", "долл": "USD", "долл.": "USD",
    "рубль": "RUB", "рубля": "RUB", "рублей": "RUB", "руб": "RUB", "руб.": "RUB",
    "сомони": "TJS", "сомонӣ": "TJS",
}  # fmt: skip

# UN/ECE Recommendation 20 codes.
UNITS: dict[str, str] = {
    **dict.fromkeys(["кг", "кг.", "kg", "kgm", "килограмм", "килограмма", "kilogram", "kilograms", "кило"], "KGM"),
    **dict.fromkeys(["г", "g", "grm", "грамм", "gram"], "GRM"),
    **dict.fromkeys(["т", "t", "tne", "тонна", "тонну", "тонны", "тонн", "tonne", "tonnes"], "TNE"),
    **dict.fromkeys(["л", "л.", "l", "ltr", "литр", "литра", "литров", "litre", "litres", "liter"], "LTR"),
    **dict.fromkeys(["гл", "hl", "hlt", "гектолитр", "hectolitre"], "HLT"),
    **dict.fromkeys(["lpa", "литр100%спирта", "л100%спирта"], "LPA"),
    **dict.fromkeys(["шт", "шт.", "штук", "штуку", "штука", "штуки", "nmb", "pcs", "piece", "pieces", "item", "items",
                     "p/st", "дона", "адад", "unit", "units"], "NMB"),
    **dict.fromkeys(["пара", "пару", "пар", "пары", "pair", "pairs", "npr", "ҷуфт"], "NPR"),
    **dict.fromkeys(["м", "m", "mtr", "метр", "metre"], "MTR"),
    **dict.fromkeys(["м2", "м²", "m2", "m²", "mtk", "кв.м"], "MTK"),
    **dict.fromkeys(["м3", "м³", "m3", "m³", "mtq", "куб.м"], "MTQ"),
    **dict.fromkeys(["см3", "см³", "cm3", "cm³", "cmq", "куб.см", "cc"], "CMQ"),
    **dict.fromkeys(["карат", "carat", "ctm"], "CTM"),
    **dict.fromkeys(["квт·ч", "квтч", "kwh"], "KWH"),
}  # fmt: skip

# Longest first, so that «но не менее» is one word and not three.
PHRASES: list[tuple[str, str]] = [
    ("min", r"(?:,?\s*(?:но|вале|аммо|but)\s+)?(?:не\s+менее|на\s+кам\s+аз|not\s+less\s+than|at\s+least|минимум|minimum|min\b\.?)"),
    ("max", r"(?:,?\s*(?:но|вале|аммо|but)\s+)?(?:не\s+более|на\s+зиёда?\s+аз|not\s+more\s+than|at\s+most|максимум|maximum|max\b\.?)"),
    ("+", r"плюс\b|plus\b|\+|илова\b"),
    ("-", r"минус\b|minus\b|-|−|–"),
    ("per", r"/|за\b|per\b|барои\b|for\s+each\b"),
    ("%", r"%|процент(?:а|ов)?\b|per\s*cent\b|percent\b|фоиз\b"),
    ("free", r"free\b|беспошлинно\b|бесплатно\b|бебоҷ\b|озод\b"),
    ("of", r"(?:от|of|аз)\s+(?:the\s+)?(?:таможенной\s+стоимости|customs\s+value|арзиши\s+гумрукӣ)"),
    ("сша", r"сша\b|има\b"),
]  # fmt: skip
TOKEN = re.compile("|".join(f"(?P<p{index}>{pattern})" for index, (_, pattern) in enumerate(PHRASES)), re.IGNORECASE)
NUMBER = re.compile(
    r"(?P<grouped>[0-9]{1,3}(?:[  ][0-9]{3})+(?:[.,][0-9]+)?)(?![0-9])|(?P<plain>[0-9]+(?:[.,][0-9]+)?)",
    re.ASCII,
)
WORD = re.compile(r"[€$£]|p/st|[^\W\d_]+(?:[.·][^\W\d_]+)*[.]?[²³23]?", re.UNICODE)
ALCOHOL = re.compile(r"(?:л|l|литра?|litre)\s*(?:100\s*%\s*)(?:-?го\s+)?(?:спирта|alcohol|спирт)", re.IGNORECASE)
