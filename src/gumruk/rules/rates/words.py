"""The words in which rates are written, in Russian, English and Tajik. Keys are case-folded."""

from __future__ import annotations

import re

CURRENCIES: dict[str, str] = {
    **{code.casefold(): code for code in
       ["EUR", "USD", "GBP", "RUB", "TJS", "KZT", "KGS", "UZS", "CNY", "CHF", "JPY", "TRY", "AFN", "IRR", "INR", "AED", "AZN",
        "AMD", "BYN", "GEL", "TMT", "UAH", "PKR", "PLN", "CZK", "SEK", "NOK", "DKK", "KRW", "SAR", "CAD", "AUD"]},
    "€": "EUR", "евро": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "£": "GBP",
    "доллар": "USD", "доллара": "USD", "долларов": "USD", "доллари": "USD", "долл": "USD", "долл.": "USD",
    "dollar": "USD", "dollars": "USD", "pound": "GBP", "pounds": "GBP",
    "рубль": "RUB", "рубля": "RUB", "рублей": "RUB", "руб": "RUB", "руб.": "RUB", "рубл": "RUB",
    "сомони": "TJS", "сомонӣ": "TJS", "somoni": "TJS",
}  # fmt: skip

# UN/ECE Recommendation 20 codes.
UNITS: dict[str, str] = {
    **dict.fromkeys(["кг", "кг.", "kg", "kgm", "kgs", "килограмм", "килограмма", "килограммов", "kilogram", "kilograms",
                     "килои", "кило"], "KGM"),
    **dict.fromkeys(["г", "g", "grm", "грамм", "грамма", "gram", "grams"], "GRM"),
    **dict.fromkeys(["т", "т.", "t", "tne", "тонна", "тонну", "тонны", "тонн", "tonne", "tonnes"], "TNE"),
    **dict.fromkeys(["л", "л.", "l", "ltr", "литр", "литра", "литров", "litre", "litres", "liter", "liters"], "LTR"),
    **dict.fromkeys(["гл", "hl", "hlt", "гектолитр", "гектолитра", "hectolitre", "hectolitres"], "HLT"),
    **dict.fromkeys(["lpa"], "LPA"),
    **dict.fromkeys(["шт", "шт.", "штук", "штуку", "штука", "штуки", "nmb", "pcs", "piece", "pieces", "item", "items",
                     "p/st", "дона", "адад", "unit", "units"], "NMB"),
    **dict.fromkeys(["пара", "пару", "пар", "пары", "pair", "pairs", "npr", "ҷуфт"], "NPR"),
    **dict.fromkeys(["м", "m", "mtr", "метр", "метра", "metre", "metres"], "MTR"),
    **dict.fromkeys(["м2", "м²", "m2", "m²", "mtk", "кв.м"], "MTK"),
    **dict.fromkeys(["м3", "м³", "m3", "m³", "mtq", "куб.м"], "MTQ"),
    **dict.fromkeys(["см3", "см³", "cm3", "cm³", "cmq", "куб.см", "cc"], "CMQ"),
    **dict.fromkeys(["карат", "карата", "carat", "carats", "ctm"], "CTM"),
    **dict.fromkeys(["квт·ч", "квтч", "kwh"], "KWH"),
}  # fmt: skip

_END = r"(?![^\W\d_])"  # no letter follows: «MIN0.5» ends after MIN, «minute» does not begin with min
_BUT = r"(?:(?:но|вале|аммо|лекин|but)\s+)?"
_GROUND = (
    r"(?:таможенн\w+\s+стоимости|стоимости|(?:the\s+)?customs\s+value|(?:the\s+)?value|арзиши\s+гумрук[ӣи]|арзиш\w*)"
)

# What a text may say, by token kind; an earlier pattern wins. Written to be matched without regard to case.
PHRASES: list[tuple[str, str]] = [
    ("label", (r"(?:смешанная|комбинированная|адвалорная|специфическая|омехта|combined|compound|mixed|specific)"
              rf"{_END}(?:\s+(?:пошлина|ставка|rate|duty|меъёр))?\s*[:–—-]?")),
    ("lpa", (r"(?:литр(?:а|и|ов)?|litres?|liters?|ltr|л|l)\.?\s*(?:"
            r"(?:of\s+)?(?:pure|absolute)\s+alcohol"
            r"|(?:100\s*(?:%|-?\s*процентного)(?:\s*-?го)?|чистого|безводного|абсолютного)\s*(?:этилового\s+)?спирта"
            r"|(?:100\s*%\s*)(?:vol\s+)?(?:alcohol|спирт)|alc\.?\s*100\s*%|спирти\s+(?:холис|тоза|100\s*%)"
            rf"){_END}")),
    ("vol", rf"%\s*(?:vol|об){_END}\.?"),
    ("unit:CMQ", rf"(?:куб\.?\s*см|см\.?\s*куб|кубическ\w+\s+сантиметр\w*|cubic\s+centimetres?|сантиметри\s+мукаъаб){_END}\.?"),
    ("unit:MTK", rf"(?:кв\.?\s*м|квадратн\w+\s+метр\w*|square\s+metres?|метри\s+мураббаъ){_END}\.?"),
    ("unit:MTQ", rf"(?:куб\.?\s*м|кубическ\w+\s+метр\w*|cubic\s+metres?|метри\s+мукаъаб){_END}\.?"),
    ("min", rf"{_BUT}(?:не\s+менее|на\s+кам(?:тар)?\s+аз|not\s+less\s+than|at\s+least|минимум|minimum|min){_END}\.?(?:\s+чем{_END})?"),
    ("max", (rf"{_BUT}(?:не\s+более|на\s+(?:зиёд(?:а|тар)?|бештар)\s+аз|not\s+more\s+than|not\s+exceeding|at\s+most|максимум|maximum|max)"
            rf"{_END}\.?(?:\s+чем{_END})?")),
    ("higher", (r"(?:whichever\s+is\s+(?:the\s+)?(?:higher|greater)|(?:в\s+зависимости\s+от\s+того\s*,?\s*)?что\s+(?:больше|выше)"
               rf"|кадомаш\s+зиёд\s+бошад){_END}")),
    ("lower", (r"(?:whichever\s+is\s+(?:the\s+)?(?:lower|less)|(?:в\s+зависимости\s+от\s+того\s*,?\s*)?что\s+(?:меньше|ниже)"
              rf"|кадомаш\s+кам\s+бошад){_END}")),
    ("or", rf"(?:или|либо|or|ё){_END}"),
    ("+", rf"(?:плюс|plus|илова){_END}|\+"),
    ("-", rf"(?:минус|minus){_END}|[-−–—]"),
    ("%", rf"%|(?:процент(?:а|ов)?|проц\.?|per\s*cent|percent|фоиз|дарсад){_END}"),
    ("per", rf"/|(?:за|per|барои|for|ба){_END}(?:\s+(?:кажд\w+|each|every|ҳар|одну|один|одно|як){_END})?|(?:ҳар|each){_END}"),
    ("free", rf"(?:free|duty-free|nil|exempt|беспошлинно|бесплатно|без\s+пошлины|бебоҷ|озод(?:\s+аз\s+боҷ)?){_END}"),
    ("of", rf"(?:(?:от|of|аз|к)\s+)?{_GROUND}{_END}|ad\s+val(?:orem)?{_END}\.?"),
    ("country", rf"(?:сша|има|us){_END}"),
    ("thousand", rf"(?:тыс(?:яч[аиу]?)?|thousand|ҳазор){_END}\.?"),
    ("net", rf"(?:(?:веса|массы|вазни)\s+)?(?:нетто|соф|net){_END}(?:\s+(?:weight|mass){_END})?"),
    ("engine", (rf"(?:рабочего\s+)?объ[её]ма{_END}(?:\s+двигателя{_END})?|(?:of\s+)?engine{_END}(?:\s+(?:capacity|size|volume){_END})?"
               rf"|ҳаҷми\s+муҳаррик{_END}")),
    ("(", r"[(\[]"),
    (")", r"[)\]]"),
]  # fmt: skip
TOKEN = re.compile("|".join(f"(?P<p{index}>{pattern})" for index, (_, pattern) in enumerate(PHRASES)), re.IGNORECASE)
# Thousands are set apart by spaces; `wide` ones by no-break or thin spaces, which nobody types before a footnote.
NUMBER = re.compile(
    r"(?P<wide>[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3})+(?:[.,][0-9]+)?)(?![0-9])"
    r"|(?P<grouped>[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3})+(?:[.,][0-9]+)?)(?![0-9])"
    r"|(?P<plain>[0-9]+(?:[.,][0-9]+)?)",
    re.ASCII,
)
# Raised figures count as letters for Python; behind a word they are footnotes, but for ² and ³ of square and cubic.
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f]"
WORD = re.compile(rf"[€$£]|p/st|{_LETTER}+(?:[.·]{_LETTER}+)*[.]?[²³23]?", re.UNICODE)
