"""The problems of an assessment, and the reasons why a measure was put aside, in the three languages."""

from __future__ import annotations

from gumruk.law.types import Words
from gumruk.rules.duty.types import Rejected

PROBLEMS: dict[str, Words] = {
    "exchange_rate_missing": Words(
        "Барои {currency} дар санаи {day} қурби расмӣ нест. Бо маъмурият тамос гиред.",
        "Для {currency} нет официального курса на {day}. Обратитесь к администратору.",
        "There is no official rate of {currency} for {day}. Ask the administrator.",
    ),
    "measure_missing": Words(
        "Қуттии 33: барои рамзи {code} дар {day} меъёр ({kind}) нест. Рамзро тафтиш кунед.",
        "Графа 33: для кода {code} на {day} нет ставки ({kind}). Проверьте код.",
        "Box 33: there is no rate ({kind}) for code {code} on {day}. Check the code.",
    ),
    "rate_unknown": Words(
        "Қуттии 33: барои рамзи {code} дар {day} пардохт ({kind}) ҳаст, вале меъёри он дар маълумоти қонун нест. Бо маъмурият тамос гиред.",  # noqa: E501 - one sentence
        "Графа 33: для кода {code} на {day} платеж ({kind}) установлен, но ставки в данных закона нет. Обратитесь к администратору.",  # noqa: E501 - one sentence
        "Box 33: code {code} is liable ({kind}) on {day}, but its rate is not known in the law data. Ask the administrator.",
    ),
    "measures_conflict": Words(
        "Қуттии 33: ду меъёри баробар ({kind}) ҳаст: {one} ва {two}. Маъмурият бояд якеро пӯшад.",
        "Графа 33: действуют две равные ставки ({kind}): {one} и {two}. Администратор должен закрыть одну.",
        "Box 33: two equal rates ({kind}) hold: {one} and {two}. The administrator must close one.",
    ),
    "regime_unknown": Words(
        "Қуттии 1: низоми «{value}» дар қонуни ин рӯз нест. Низомро аз рӯйхат интихоб кунед.",
        "Графа 1: режима «{value}» нет в законе этого дня. Выберите режим из списка.",
        "Box 1: there is no regime “{value}” in the law of that day. Choose one from the list.",
    ),
    "formulas_missing": Words(
        "Дар маълумоти қонун барои {day} формулаи пардохт нест; ҳеҷ чиз ҳисоб нашуд. Санаро тафтиш кунед.",
        "В данных закона на {day} нет формул платежей; ничего не начислено. Проверьте дату.",
        "The law data has no payment formulas for {day}; nothing was computed. Check the date.",
    ),
    "quantity_missing": Words(
        "Миқдор бо воҳиди {unit} лозим аст, то меъёр ҳисоб шавад. Онро пур кунед.",
        "Нужно количество в единицах {unit}, чтобы посчитать ставку. Заполните.",
        "A quantity in {unit} is needed to compute the rate. Fill it in.",
    ),
    "quantity_too_fine": Words(
        "Миқдор ба {unit} бе боқимонда гардонида намешавад. Бо рақамҳои камтар нависед.",
        "Количество не переводится в {unit} без остатка. Запишите с меньшим числом знаков.",
        "The quantity does not convert to {unit} exactly. Write it with fewer decimals.",
    ),
    "number_negative": Words(
        "Адад манфӣ аст. Адади мусбат нависед.",
        "Число отрицательное. Введите положительное.",
        "The number is negative. Enter a positive one.",
    ),
    "value_negative": Words(
        "Тарҳҳо аз нарх зиёданд: арзиши гумрукӣ манфӣ мебарояд. Қуттии 12-ро тафтиш кунед.",
        "Вычеты больше цены: таможенная стоимость отрицательна. Проверьте графу 12.",
        "The deductions exceed the price: the customs value is negative. Check box 12.",
    ),
    "value_missing": Words(
        "Қуттии 45: бо усули 2 то 6 арзиши гумрукӣ бояд эълон шавад. Онро пур кунед.",
        "Графа 45: при методах 2–6 таможенная стоимость заявляется. Заполните.",
        "Box 45: under methods 2 to 6 the customs value must be declared. Fill it in.",
    ),
    "apportionment_unknown": Words(
        "Қуттии 12: тарзи тақсимоти «{value}» нест. Аз рӯйхат интихоб кунед.",
        "Графа 12: нет способа распределения «{value}». Выберите из списка.",
        "Box 12: there is no way of apportionment “{value}”. Choose one from the list.",
    ),
    "price_missing": Words(
        "Қуттии 42: нархи мол нест. Онро пур кунед.",
        "Графа 42: нет цены товара. Заполните.",
        "Box 42: the item has no price. Fill it in.",
    ),
    "fee_unknown": Words(
        "Андозаи боҷи {kind} дар маълумоти қонун нест; он ҳисоб нашуд.",
        "Размер сбора {kind} в данных закона неизвестен; он не начислен.",
        "The amount of the fee {kind} is not known in the law data; it was not charged.",
    ),
    "nothing_due": Words(
        "Дар низоми «{value}» қонун пардохти гумрукӣ муқаррар намекунад.",
        "В режиме «{value}» закон не устанавливает таможенных платежей.",
        "Under the regime “{value}” the law sets no customs payments.",
    ),
    "number_too_large": Words(
        "{name}: {value} аз ҳад зиёд аст. Тафтиш кунед.",
        "{name}: {value} слишком велико. Проверьте.",
        "{name}: {value} is too large to compute. Check it.",
    ),
}

REASONS: dict[str, Words] = {
    "more_specific_measure": Words(
        "меъёри дақиқтар {by} татбиқ мешавад", "действует более точная ставка {by}", "the more specific {by} applies"
    ),
    "other_regime": Words("барои низоми дигар", "для другого режима", "for another regime"),
    "other_origin": Words("барои кишвари дигар", "для другой страны происхождения", "for another origin"),
    "origin_excluded": Words("ин кишвар истисно шудааст", "эта страна исключена", "this origin is excluded"),
    "preference_not_claimed": Words(
        "имтиёз дархост нашудааст", "преференция не заявлена", "the preference was not claimed"
    ),
    "other_beneficiary": Words("барои гирандаи дигар", "для другого получателя льготы", "for another beneficiary"),
    "document_missing": Words(
        "ҳуҷҷати зарурӣ пешниҳод нашудааст", "нужный документ не представлен", "the document that it asks for is not there"
    ),
    "preference_is_lower": Words(
        "имтиёз камтар аст (ин мебуд {amount})", "преференция ниже (было бы {amount})", "the preference is lower (this would be {amount})"  # noqa: E501 - one sentence
    ),
    "relief_is_lower": Words(
        "сабукӣ камтар аст (ин мебуд {amount})", "льгота ниже (было бы {amount})", "the relief is lower (this would be {amount})"
    ),
    "general_rate_is_lower": Words(
        "меъёри умумӣ камтар аст (ин мебуд {amount})", "общая ставка ниже (было бы {amount})", "the general rate is lower (this would be {amount})"  # noqa: E501 - one sentence
    ),
    "quota_unknown": Words(
        "бақияи квотаи {quota} маълум нест", "остаток квоты {quota} неизвестен", "no balance of quota {quota} is kept"
    ),
    "quota_used_up": Words(
        "квотаи {quota} тамом шудааст", "квота {quota} исчерпана", "quota {quota} is used up"
    ),
    "quota_not_enough": Words(
        "дар квотаи {quota} {left} {unit} мондааст, {needed} лозим аст",
        "в квоте {quota} осталось {left} {unit}, нужно {needed}",
        "quota {quota} has {left} {unit} left, {needed} is needed",
    ),
    "quota_quantity_missing": Words(
        "миқдор бо воҳиди {unit} барои квотаи {quota} нест",
        "нет количества в единицах {unit} для квоты {quota}",
        "no quantity in {unit} was given for quota {quota}",
    ),
}  # fmt: skip


def reason_words(put: Rejected) -> Words:
    """Why a measure was put aside, with its numbers."""
    words, values = REASONS[put.reason], dict(put.values)
    return Words(*(getattr(words, language).format(**values) for language in ("tg", "ru", "en")))
