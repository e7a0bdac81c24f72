"""Findings as sentences for every door: rule findings by their rule, assessment findings by their code."""

from __future__ import annotations

from datetime import date

from gumruk.law.types import Words
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.checks import message_for
from gumruk.rules.types import Finding

ASSESSMENT: dict[str, Words] = {
    "ASM-exchange_rate_missing": Words(
        "Барои {currency} дар санаи {day} қурби расмӣ нест. Бо маъмурият тамос гиред.",
        "Для {currency} нет официального курса на {day}. Обратитесь к администратору.",
        "There is no official rate of {currency} for {day}. Ask the administrator.",
    ),
    "ASM-exchange_rate_differs": Words(
        "Қуттии 23: қурби {currency} {found} аст, қурби расмии {day} — {expected}. Ислоҳ кунед.",
        "Графа 23: курс {currency} {found}, официальный на {day} — {expected}. Исправьте.",
        "Box 23: the rate of {currency} is {found}, the official one of {day} is {expected}. Correct it.",
    ),
    "ASM-measure_missing": Words(
        "Қуттии 33: барои рамзи {code} дар {day} меъёр ({kind}) нест. Рамзро тафтиш кунед.",
        "Графа 33: для кода {code} на {day} нет ставки ({kind}). Проверьте код.",
        "Box 33: there is no rate ({kind}) for code {code} on {day}. Check the code.",
    ),
    "ASM-quantity_missing": Words(
        "Миқдор бо воҳиди {unit} лозим аст, то меъёр ҳисоб шавад. Онро пур кунед.",
        "Нужно количество в единицах {unit}, чтобы посчитать ставку. Заполните.",
        "A quantity in {unit} is needed to compute the rate. Fill it in.",
    ),
    "ASM-price_missing": Words(
        "Қуттии 42: нархи мол нест.", "Графа 42: нет цены товара.", "Box 42: the item has no price."
    ),
    "ASM-fee_unknown": Words(
        "Андозаи боҷи {kind} дар маълумоти қонун нест; он ҳисоб нашуд.",
        "Размер сбора {kind} в данных закона неизвестен; он не начислен.",
        "The amount of the fee {kind} is not known in the law data; it was not charged.",
    ),
    "ASM-number_too_large": Words(
        "{value} аз ҳад зиёд аст.", "{value} слишком велико.", "{value} is too large to compute."
    ),
}


def sentence(finding: Finding, language: str, day: date) -> str:
    """What is wrong, where, and what to do, in `language`."""
    if finding.code in ASSESSMENT:
        return ASSESSMENT[finding.code].in_language(language).format(**finding.values)
    rule = lawbook.checks_on(day).rule(finding.code)
    return finding.code if rule is None else message_for(finding, rule, language)
