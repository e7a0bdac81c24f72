"""Refusals and faults of changing law as sentences in three languages: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from gumruk.law.types import Words
from gumruk.lawbook.types import Fault

SENTENCES: dict[str, Words] = {
    "law_not_loaded": Words(
        "Қонун ҳанӯз бор нашудааст. Фармони «gumruk migrate»-ро иҷро кунед.",
        "Закон еще не загружен. Выполните «gumruk migrate».",
        "No law is loaded yet. Run “gumruk migrate”.",
    ),
    "formulas_missing": Words(
        "Барои {day} дар маълумоти қонун ягон формулаи пардохт нест: чизе ҳисоб намешавад. Санаро тафтиш кунед.",
        "На {day} в данных закона нет формулы платежа: ничего не начисляется. Проверьте дату.",
        "The law data has no payment formula for {day}: nothing is computed. Check the date.",
    ),
    "change_set_unknown": Words(
        "Маҷмӯи тағйироти {number} нест. Рӯйхатро бинед: «gumruk law list».",
        "Набора изменений {number} нет. Смотрите список: «gumruk law list».",
        "There is no change set {number}. See the list: “gumruk law list”.",
    ),
    "not_allowed": Words(
        "Барои ин амал ҳуқуқи {role} лозим аст. Онро маъмур медиҳад.",
        "Для этого действия нужно право {role}. Его выдает администратор.",
        "This step needs the right {role}. The administrator gives it.",
    ),
    "not_in_that_state": Words(
        "Маҷмӯи тағйирот дар ҳолати {status} аст; ин қадам аз он ҳолат намешавад.",
        "Набор изменений в состоянии {status}; из него этот шаг невозможен.",
        "The change set is {status}; this step does not start from there.",
    ),
    "tariff_act_unknown": Words(
        "Санади {act} дар маълумоти қонун нест. Аввал онро илова кунед ё аз рӯйхат интихоб намоед.",
        "Акта {act} в данных закона нет. Сначала добавьте его или выберите из списка.",
        "The act {act} is not in the law data. Add it first, or choose one from the list.",
    ),
    "tariff_unchanged": Words(
        "Ҷадвал чизеро тағйир намедиҳад: ҳама сатрҳо аллакай амал мекунанд.",
        "Таблица ничего не меняет: все строки уже действуют.",
        "The sheet changes nothing: every row stands already.",
    ),
    "rule_refused": Words(
        "Қоида хонда намешавад: {why}. Майдонҳоро ислоҳ кунед.",
        "Правило не читается: {why}. Исправьте поля.",
        "The rule cannot be read: {why}. Correct the fields.",
    ),
    "asked_already": Words(
        "Лоиҳа аллакай мунтазири тасдиқ аст.",
        "Проект уже ждет утверждения.",
        "The draft waits for approval already.",
    ),
    "not_asked": Words(
        "Ҳеҷ кас тасдиқи ин лоиҳаро напурсидааст: баргардондан лозим нест.",
        "Утверждения этого проекта никто не просил: возвращать нечего.",
        "Nobody asked for approval of this draft: there is nothing to send back.",
    ),
    "words_missing": Words(
        "Нависед, ки чиро ислоҳ кардан лозим аст.",
        "Напишите, что исправить.",
        "Write what is to be mended.",
    ),
    "change_unknown": Words(
        "{kind} {key}: дар лоиҳа чунин тағйир нест.",
        "{kind} {key}: такого изменения в проекте нет.",
        "{kind} {key}: the draft says no such thing.",
    ),
    "title_missing": Words("Ном нависед.", "Напишите название.", "Give the change set a title."),
    "key_missing": Words(
        "Сатри навъи {kind} калид надорад. Калид нависед.",
        "У строки вида {kind} нет ключа. Укажите ключ.",
        "An entry of kind {kind} has no key. Give it one.",
    ),
    "kind_unknown": Words(
        "Навъи {kind} нест. Навъҳоро дар дастур бинед.",
        "Вида {kind} нет. Виды названы в руководстве.",
        "There is no kind {kind}. The guide names the kinds.",
    ),
    "confidence_unknown": Words(
        "Дараҷаи эътимоди {confidence} нест.",
        "Степени уверенности {confidence} нет.",
        "There is no confidence {confidence}.",
    ),
    "citation_missing": Words(
        "{kind} {key}: асоси қонунӣ нишон дода нашудааст. Санад ва ҷойро нависед.",
        "{kind} {key}: не указано основание. Назовите акт и место в нем.",
        "{kind} {key}: no legal ground is given. Cite the act and the place in it.",
    ),
    "ends_before_it_starts": Words(
        "{kind} {key}: рӯзи охир бояд баъд аз рӯзи аввал бошад.",
        "{kind} {key}: последний день должен быть позже первого.",
        "{kind} {key}: the end must be after the start.",
    ),
    "clashes_in_draft": Words(
        "{kind} {key}: лоиҳа барои ҳамин вақт аллакай чизи дигар мегӯяд. Яке аз онҳоро хориҷ кунед.",
        "{kind} {key}: на это время проект уже говорит другое. Уберите одно из двух.",
        "{kind} {key}: the draft already says something else for that time. Remove one of the two.",
    ),
    "body_refused": Words(
        "{kind} {key}, {where}: {why}. Қиматро ислоҳ кунед.",
        "{kind} {key}, {where}: {why}. Исправьте значение.",
        "{kind} {key}, {where}: {why}. Correct the value.",
    ),
    "text_refused": Words(
        "«{name}» зиёда аз {most} ҳарф дорад ё дар он аломатҳое ҳаст, ки навиштан мумкин нест. Онро ислоҳ кунед.",
        "«{name}» длиннее {most} знаков или содержит знаки, которые нельзя записать. Исправьте.",
        "The {name} is longer than {most} letters, or holds signs that cannot be stored. Correct it.",
    ),
    "retroactive": Words(
        "Огоҳӣ: сабтҳое, ки аз рӯзи гузашта амал мекунанд: {count}; пештаринаш аз {day}. "
        "Пардохтҳои ҳисобшуда метавонанд дигар шаванд: аввал «gumruk law impact»-ро иҷро кунед.",
        "Внимание: записей, действующих с прошедшего дня: {count}; самая ранняя с {day}. "
        "Начисленное может измениться: сначала выполните «gumruk law impact».",
        "Warning: entries that hold from a day in the past: {count}; the earliest from {day}. "
        "What was assessed may change: run “gumruk law impact” first.",
    ),
    "second_person_needed": Words(
        "Лоиҳаро {author} навиштааст ё шумо таҳрир кардаед: шахси дигар бояд розӣ шавад.",
        "Проект составил {author} или правили вы: согласие дает другой человек.",
        "{author} wrote this draft, or you edited it: another person must agree.",
    ),
    "check_missing": Words(
        "Лоиҳа тафтиш нашудааст. Аввал тафтиш кунед.",
        "Проект не проверен. Сначала проверьте его.",
        "The draft was not checked. Check it first.",
    ),
    "check_failed": Words(
        "Тафтиш хатогӣ ёфт. Онҳоро ислоҳ карда, аз нав тафтиш кунед.",
        "Проверка нашла ошибки. Исправьте их и проверьте снова.",
        "The check found faults. Mend them and check again.",
    ),
    "check_expired": Words(
        "Тафтиш барои маҷмӯи {checked} буд, ҳоло {head} аст, ё лоиҳа тағйир ёфт. Аз нав тафтиш кунед.",
        "Проверка относилась к набору {checked}, теперь {head}, или проект изменен. Проверьте снова.",
        "The check was made against change set {checked}, now it is {head}, or the draft changed. Check again.",
    ),
    "line_refused": Words(
        "Сатри {line}: {why}. Ислоҳ карда, аз нав фиристед; чизе навишта нашуд.",
        "Строка {line}: {why}. Исправьте и отправьте снова; ничего не записано.",
        "Line {line}: {why}. Correct it and send all again; nothing was written.",
    ),
    "nothing_changes": Words(
        "Лоиҳа дар қонун чизеро тағйир намедиҳад.",
        "Проект ничего не меняет в законе.",
        "The draft changes nothing in the law.",
    ),
    "does_not_build": Words(
        "Аз {key} қонун ҷамъ намешавад: {why}.",
        "С {key} закон не складывается: {why}.",
        "From {key} the law does not come together: {why}.",
    ),
    "act_unknown": Words(
        "{kind} {key}: санади {act} дар рӯйхат нест. Аввал санадро ворид кунед.",
        "{kind} {key}: акта {act} нет в списке. Сначала внесите акт.",
        "{kind} {key}: the act {act} is not listed. Enter the act first.",
    ),
    "act_still_cited": Words(
        "{kind} {key} ба {act} такя мекунад, вале он хориҷ мешавад.",
        "{kind} {key} ссылается на {act}, а он исключается.",
        "{kind} {key} cites {act}, which the draft removes.",
    ),
    "formula_missing": Words(
        "{key}: барои пардохти {kind} дар он рӯз формула нест. Аввал формуларо ворид кунед.",
        "{key}: для платежа {kind} на этот день нет формулы. Сначала внесите формулу.",
        "{key}: there is no formula of payment {kind} on that day. Enter the formula first.",
    ),
    "formula_refused": Words(
        "{kind} {key}: формула бо меъёри {rate} ҳисоб намешавад: {why}.",
        "{kind} {key}: формула не считается со ставкой {rate}: {why}.",
        "{kind} {key}: the formula does not compile with the rate {rate}: {why}.",
    ),
    "unit_unknown": Words(
        "{key}: воҳиди {unit} дар рӯйхат нест.",
        "{key}: единицы {unit} нет в перечне.",
        "{key}: the unit {unit} is not listed.",
    ),
    "currency_unknown": Words(
        "{key}: асъори {currency} дар рӯйхат нест.",
        "{key}: валюты {currency} нет в перечне.",
        "{key}: the currency {currency} is not listed.",
    ),
    "area_unknown": Words(
        "{key}: {area} на давлат аст ва на гурӯҳи давлатҳо.",
        "{key}: {area} — не страна и не группа стран.",
        "{key}: {area} is neither a country nor a group of countries.",
    ),
    "country_unknown": Words(
        "{kind} {key}: давлати {country} дар рӯйхат нест.",
        "{kind} {key}: страны {country} нет в перечне.",
        "{kind} {key}: the country {country} is not listed.",
    ),
    "regime_unknown": Words(
        "{key}: низоми {regime} дар рӯйхат нест.",
        "{key}: режима {regime} нет в перечне.",
        "{key}: the regime {regime} is not listed.",
    ),
    "preference_unknown": Words(
        "{key}: имтиёзи {preference} дар рӯйхат нест.",
        "{key}: преференции {preference} нет в перечне.",
        "{key}: the preference {preference} is not listed.",
    ),
    "quota_unknown": Words(
        "{key}: барои квотаи {quota} дар он рӯз ҳаҷм муайян нашудааст. Аввал квотаро ворид кунед.",
        "{key}: для квоты {quota} на этот день не задан объем. Сначала внесите квоту.",
        "{key}: nothing is allotted to the quota {quota} on that day. Enter the quota first.",
    ),
    "document_unknown": Words(
        "{key}: навъи ҳуҷҷати {document} дар рӯйхат нест.",
        "{key}: вида документа {document} нет в перечне.",
        "{key}: the document kind {document} is not listed.",
    ),
    "two_measures_at_once": Words(
        "{key}: ҳамон вақт {other} низ амал мекунад. Яке аз онҳоро пӯшед.",
        "{key}: в то же время действует {other}. Закройте одну из двух.",
        "{key}: {other} holds at the same time. Close one of the two.",
    ),
    "measure_id_twice": Words(
        "{key}: рақами {id} ба ду меъёр дода шудааст.",
        "{key}: номер {id} дан двум мерам.",
        "{key}: two measures bear the id {id}.",
    ),
    "example_wrong": Words(
        "{key}: мисоли {example} натиҷаи дигар медиҳад. Қоида ё мисолро ислоҳ кунед.",
        "{key}: пример {example} дает другой итог. Исправьте правило или пример.",
        "{key}: the example {example} comes out otherwise. Correct the rule or the example.",
    ),
    "message_values_differ": Words(
        "{kind} {key}: паём дар се забон қиматҳои гуногун дорад.",
        "{kind} {key}: сообщение на трех языках называет разные значения.",
        "{kind} {key}: the message names different values in the three languages.",
    ),
}


def sentence(code: str, values: Mapping[str, str], language: str) -> str:
    """The sentence of a refusal; its code where no sentence was written."""
    words = SENTENCES.get(code)
    return words.in_language(language).format_map(_Filled(values)) if words else code


def fault_sentence(fault: Fault, language: str) -> str:
    """The sentence of a fault that the consistency check found."""
    return sentence(fault.code, {"kind": fault.kind, "key": fault.key, **fault.values}, language)


class _Filled(dict[str, str]):
    """Values of a sentence; one that is not known stays visible by its name."""

    def __missing__(self, name: str) -> str:
        return "{" + name + "}"
