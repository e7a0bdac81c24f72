"""Refusals as sentences in three languages, for every door: what was refused and what to do. Nothing was changed."""

from __future__ import annotations

from collections.abc import Mapping

from gumruk.exchange.file_refusals import FILE_REFUSALS
from gumruk.law.types import Words

REFUSALS: dict[str, Words] = {
    **FILE_REFUSALS,
    "acts_missing": Words(
        "Интихоб кунед, ки ҳамкор чӣ кор карда метавонад.",
        "Выберите, что разрешено сотруднику.",
        "Choose what the colleague may do.",
    ),
    "already_allowed": Words(
        "{name} аллакай барои ин ширкат иҷозат дорад. Аввал онро қатъ кунед, баъд аз нав диҳед.",
        "У {name} уже есть разрешение этой фирмы. Сначала завершите его, затем дайте новое.",
        "{name} may act for this firm already. End that first, then allow anew.",
    ),
    "colleague_unknown": Words(
        "Чунин ном ё почта дар барнома нест. Бигзор ҳамкор аввал аз гумрук ҳисоб гирад.",
        "Такого имени или адреса в программе нет. Пусть сотрудник сначала получит учетную запись на таможне.",
        "Nobody has an account with this name or address. The colleague gets one from customs first.",
    ),
    "delegation_ended": Words(
        "Ин иҷозат қатъ шудааст.", "Это разрешение уже завершено.", "This permission has ended already."
    ),
    "delegation_unknown": Words("Чунин иҷозат нест.", "Такого разрешения нет.", "There is no such permission."),
    "not_head": Words(
        "Танҳо роҳбари ширкат ҳамкоронро иҷозат медиҳад.",
        "Разрешения сотрудникам дает только руководитель фирмы.",
        "Only the head of the firm allows colleagues.",
    ),
    "own_grant": Words(
        "Иҷозати роҳбарро танҳо гумрук қатъ мекунад.",
        "Полномочия руководителя завершает только таможня.",
        "The grant of a head is ended by customs only.",
    ),
    "period_wrong": Words(
        "Рӯзи охирин пеш аз рӯзи аввал ё дар гузашта аст. Яке аз онҳоро ислоҳ кунед.",
        "Последний день раньше первого или уже прошел. Исправьте один из них.",
        "The last day is before the first or in the past. Change one of them.",
    ),
    "address_malformed": Words(
        "Ин суроғаи почта нест. Онро чун ном@ширкат.tj нависед.",
        "Это не адрес почты. Запишите его как imya@firma.tj.",
        "This is no e-mail address. Write it like name@firm.tj.",
    ),
    "address_taken": Words(
        "Ин суроғаро дар барнома ҳисоби дигар дорад. Суроғаи дигар нависед.",
        "Этот адрес уже у другой учетной записи. Укажите другой.",
        "Another account has this address. Give another one.",
    ),
    "address_unchanged": Words(
        "Ин суроға аллакай амал мекунад. Чизе тағйир наёфт.",
        "Этот адрес уже действует. Ничего не изменилось.",
        "This address is in use already. Nothing was changed.",
    ),
    "claim_expired": Words(
        "Мӯҳлати пайванд гузашт. Суроғаро бори дигар нависед: пайванди нав меояд.",
        "Срок ссылки истек. Укажите адрес еще раз: придет новая ссылка.",
        "The link is too old. Give the address once more; a new link comes.",
    ),
    "claim_unknown": Words(
        "Ин пайванд барои ин ҳисоб амал намекунад: он истифода шудааст, навтараш омадааст ё шахси дигар пурсидааст.",
        "Эта ссылка для этой учетной записи не действует: она использована, пришла более новая или запрашивал другой человек.",
        "This link does not work for this account: it was used, a newer one came, or somebody else asked for it.",
    ),
    "mail_off": Words(
        "Ин сомона мактуб намефиристад, бинобар ин суроғаро тасдиқ кардан мумкин нест. Ба маъмур муроҷиат кунед.",
        "Этот сайт не отправляет почту, поэтому адрес нельзя подтвердить. Обратитесь к администратору.",
        "This site sends no mail, so an address cannot be confirmed. Ask its administrator.",
    ),
    "too_many_addresses": Words(
        "Дар як соат пайвандҳои зиёд пурсида шуд. Баъдтар кӯшиш кунед.",
        "За час запрошено слишком много ссылок. Попробуйте позже.",
        "Too many links were asked for within an hour. Try later.",
    ),
    "act_not_granted": Words(
        "Роҳбари ширкат ин амалро ба шумо иҷозат надодааст. Аз ӯ иҷозат пурсед.",
        "Руководитель фирмы не разрешил вам это действие. Попросите у него разрешение.",
        "The head of the firm has not allowed you this. Ask for the permission.",
    ),
    "already_counted": Words(
        "Ин маблағ аллакай ҳисоб шудааст. Такрор нафиристед.",
        "Эти деньги уже учтены. Не отправляйте повторно.",
        "This money is counted already. Do not send it again.",
    ),
    "already_proposed": Words(
        "Ин амал аллакай пешниҳод шудааст. Шахси дуюм бояд қарор қабул кунад.",
        "Это действие уже предложено. Решение за вторым лицом.",
        "This act is proposed already. A second person has to decide it.",
    ),
    "amendment_waits": Words(
        "Тағйирот мунтазири қарор аст. Аввал онро ҳал кунед.",
        "Изменение ждет решения. Сначала примите решение по нему.",
        "An amendment waits for a decision. Decide it first.",
    ),
    "changed_meanwhile": Words(
        "Ин лоиҳаро пас аз кушодани шумо каси дигар нигоҳ дошт. Онро аз нав кушоед ва матни навро бинед.",
        "Этот черновик сохранили после того, как вы его открыли. Откройте его снова, чтобы увидеть новый текст.",
        "Somebody saved this draft after you opened it. Open it again to see the newer text.",
    ),
    "charge_cancelled": Words("Пардохт бекор шудааст.", "Начисление отменено.", "The charge was cancelled."),
    "charge_unknown": Words(
        "Чунин рақами пардохт нест. Рақамро тафтиш кунед.",
        "Такого номера начисления нет. Проверьте номер.",
        "There is no charge with this reference. Check the number.",
    ),
    "faults_today": Words(
        "Мувофиқи қонуни имрӯз дар эъломия хато ҳаст. Хатоҳоро бинед; барои ислоҳ онро ба лоиҳа баргардонед.",
        "По праву на сегодня в декларации есть ошибки. Посмотрите их; чтобы исправить, верните ее в черновик.",
        "By the law of today the declaration has faults. See the findings; take it back into a draft to mend them.",
    ),
    "held_by_other": Words(
        "Ин лоиҳаро ҳоло {name} пур мекунад. Матни шумо дар ин саҳифа мемонад. Интизор шавед ё лоиҳаро ба даст гиред.",
        "Этот черновик сейчас заполняет {name}. Ваш текст остается на этой странице. Подождите или возьмите черновик себе.",
        "{name} has this draft in hand now. What you typed stays on this page. Wait, or take the draft over.",
    ),
    "hold_stands": Words(
        "Манъ ҳанӯз бардошта нашудааст. Аввал онро бардоред.",
        "Запрет еще не снят. Сначала снимите его.",
        "A hold stands. It must be lifted first.",
    ),
    "happened_meanwhile": Words(
        "Пас аз кушодани шумо дар эъломия чизе рӯй дод. Бинед, ки чӣ тағйир ёфт, ва агар лозим бошад, амалро такрор кунед.",
        "После того как вы открыли декларацию, в ней что-то произошло. Посмотрите, что изменилось, и при надобности повторите.",
        "Something happened to the declaration after you opened it. See what changed and, if it is still right, do it again.",
    ),
    "in_hands_of": Words(
        "Эъломия дар дасти {officer} аст. Агар лозим бошад, аз сардор хоҳиш кунед, ки онро ба шумо супорад.",
        "Декларация в работе у: {officer}. Если нужно, попросите начальника передать ее вам.",
        "The declaration is in the hands of {officer}. If need be, ask a supervisor to give it to you.",
    ),
    "yours_already": Words(
        "Эъломия аллакай дар дасти шумост.",
        "Декларация уже у вас в работе.",
        "The declaration is in your hands already.",
    ),
    "in_nobodys_hands": Words(
        "Эъломия дар дасти касе нест.", "Декларация ни у кого не в работе.", "The declaration is in nobody's hands."
    ),
    "not_in_your_hands": Words(
        "Шумо танҳо корҳои худро супорида метавонед. Аввал эъломияро ба даст гиред.",
        "Передать можно только свою работу. Сначала возьмите декларацию.",
        "You hand on only what is in your hands. Take the declaration first.",
    ),
    "receiver_no_right": Words(
        "{officer} дар ин мақоми гумрук ({office}) ҳуқуқи кор надорад. Каси дигарро интихоб кунед.",
        "{officer} не имеет права работать в этом таможенном органе ({office}). Выберите другого.",
        "{officer} has no right to work at this office ({office}). Choose somebody else.",
    ),
    "receiver_unknown": Words(
        "Нозирро интихоб кунед, ки корро мегирад.",
        "Выберите инспектора, который получит работу.",
        "Choose the officer who is to have the work.",
    ),
    "note_missing": Words(
        "Барои ҳамкоре, ки корро мегирад, чанд сухан нависед.",
        "Напишите несколько слов тому, кто примет работу.",
        "Write a few words for whoever goes on with the work.",
    ),
    "hand_over_to_self": Words(
        "Корро ба худ супоридан мумкин нест. Ҳамкорро интихоб кунед ё корро ба навбат баргардонед.",
        "Нельзя передать работу самому себе. Выберите коллегу или верните работу в очередь.",
        "Work is not handed over to oneself. Choose a colleague, or put it back to the queue.",
    ),
    "lane_missing": Words("Роҳрави навро интихоб кунед.", "Выберите новый коридор.", "Choose the new lane."),
    "nothing_chosen": Words(
        "Ҳеҷ эъломия интихоб нашудааст. Аввал сатрҳоро қайд кунед.",
        "Ни одна декларация не выбрана. Сначала отметьте строки.",
        "No declaration is chosen. Mark some rows first.",
    ),
    "view_name_missing": Words("Намоишро ном гузоред.", "Дайте виду название.", "Give the view a name."),
    "view_name_taken": Words(
        "Шумо аллакай намоиши «{name}» доред. Номи дигар нависед.",
        "У вас уже есть вид «{name}». Выберите другое название.",
        "You have a view “{name}” already. Choose another name.",
    ),
    "view_unknown": Words("Чунин намоиш нест.", "Такого вида нет.", "There is no such view."),
    "views_full": Words(
        "Шумо {most} намоиш доред, бештар намешавад. Яке аз онҳоро нест кунед.",
        "У вас уже {most} видов, больше нельзя. Удалите один из них.",
        "You have {most} views, and that is the most. Delete one of them.",
    ),
    "hold_unknown": Words(
        "Чунин манъ нест ё он аллакай бардошта шудааст.",
        "Такого запрета нет, или он уже снят.",
        "There is no such hold, or it was lifted already.",
    ),
    "insufficient_balance": Words(
        "Дар ҳисоби пешпардохт маблағ кам аст. Маблағ гузоред ё дар бонк пардохт кунед.",
        "На счете предоплаты не хватает денег. Внесите деньги или заплатите в банке.",
        "The prepayment account does not hold enough. Deposit money or pay at the bank.",
    ),
    "key_field_changed": Words(
        "Мақом, декларант ва навъи эъломияро тағйир додан мумкин нест. Эъломияи нав пешниҳод кунед.",
        "Орган, декларанта и тип декларации изменить нельзя. Подайте новую декларацию.",
        "The office, the declarant and the declaration type cannot be amended. Lodge a new declaration.",
    ),
    "more_than_owed": Words(
        "Маблағ аз қарз зиёд аст. Маблағи боқимондаро пардохт кунед.",
        "Сумма больше долга. Заплатите оставшуюся сумму.",
        "The amount is more than is owed. Pay what is left.",
    ),
    "never_assessed": Words(
        "Эъломия ҳанӯз ҳисоб нашудааст.", "Декларация еще не рассчитана.", "The declaration was not assessed yet."
    ),
    "no_right": Words(
        "Шумо дар ин мақом чунин ҳуқуқ надоред.",
        "У вас нет такого права в этом таможенном органе.",
        "You do not have the right for this at this office.",
    ),
    "not_a_broker": Words(
        "Шумо барои декларанти қуттии 14 эъломия дода наметавонед. Рақами ширкати худро нависед.",
        "Вы не можете подавать за декларанта графы 14. Укажите номер фирмы, от которой вы подаете.",
        "You may not file for the declarant of box 14. Write the number of a firm that you file for.",
    ),
    "not_a_draft": Words(
        "Ин дигар лоиҳа нест. Барои тағйир ислоҳ пешниҳод кунед.",
        "Это уже не черновик. Для изменения предложите поправку.",
        "This is no draft any more. Propose an amendment to change it.",
    ),
    "not_clean": Words(
        "Дар эъломияи тағйирёфта хато ҳаст. Онро ислоҳ карда, аз нав пешниҳод кунед.",
        "В измененной декларации есть ошибки. Исправьте их и предложите снова.",
        "The amended declaration has faults. Mend them and propose again.",
    ),
    "not_found": Words(
        "Чунин эъломия нест ё шумо онро дида наметавонед.",
        "Такой декларации нет, или она вам недоступна.",
        "There is no such declaration, or you may not see it.",
    ),
    "not_now": Words(
        "Дар ҳолати кунунии эъломия ин амал мумкин нест.",
        "В нынешнем состоянии декларации это невозможно.",
        "This is not possible in the present state of the declaration.",
    ),
    "not_paid": Words(
        "Пардохт пурра нашудааст: {left} сомонӣ мондааст. То пардохт мол бароварда намешавад.",
        "Оплачено не все: осталось {left} сомони. До оплаты товары не выпускаются.",
        "Not everything is paid: {left} TJS are left. Goods are not released before payment.",
    ),
    "play_money": Words(
        "Ин эъломияи озмоишӣ аст. Барои он пули ҳақиқӣ гирифта намешавад.",
        "Это пробная декларация. Настоящие деньги за нее не принимаются.",
        "This declaration belongs to the sandbox. No real money is taken for it.",
    ),
    "not_positive": Words(
        "Маблағ бояд аз сифр зиёд ва то дирам бошад.",
        "Сумма должна быть больше нуля, не мельче дирама.",
        "The amount must be more than zero and in whole dirams.",
    ),
    "not_yours": Words(
        "Ин эъломия ба ширкати дигар тааллуқ дорад.",
        "Эта декларация принадлежит другой фирме.",
        "This declaration belongs to another firm.",
    ),
    "reasons_missing": Words(
        "Барои огоҳиҳо сабаб нависед ё онҳоро ислоҳ кунед, баъд тағйиротро пешниҳод кунед.",
        "Напишите причину у каждого предупреждения или исправьте его, затем предложите изменение.",
        "Give a reason for each warning or mend it, then propose the amendment.",
    ),
    "nothing_asked": Words(
        "Саволи ҷавобнадода нест.", "Нет вопроса без ответа.", "There is no question without an answer."
    ),
    "nothing_changed": Words(
        "Ҳеҷ чиз тағйир наёфт. Аввал ягон қуттиро тағйир диҳед.",
        "Ничего не изменено. Сначала измените графу.",
        "Nothing was changed. Change a box first.",
    ),
    "nothing_differs": Words(
        "Ҳисоби нав бо ҳисоби нигоҳдошта баробар аст. Ҳеҷ чиз тағйир намеёбад.",
        "Новый расчет равен сохраненному. Менять нечего.",
        "The new assessment equals the stored one. There is nothing to change.",
    ),
    "nothing_owed": Words("Қарз нест.", "Долга нет.", "Nothing is owed."),
    "nothing_proposed": Words(
        "Тағйироти пешниҳодшуда нест.", "Предложенного изменения нет.", "No amendment was proposed."
    ),
    "nothing_waits": Words(
        "Ин амал дигар мунтазири қарор нест. Саҳифаро аз нав кушоед.",
        "Это действие больше не ждет решения. Откройте страницу снова.",
        "This act does not wait for a decision any more. Open the page again.",
    ),
    "office_missing": Words(
        "Аввал мақоми гумрукро дар қуттии A интихоб кунед.",
        "Сначала выберите таможенный орган в графе A.",
        "Choose the customs office in box A first.",
    ),
    "other_result": Words(
        "Аз вақти муқоисаи шумо ҳисоб тағйир ёфт. Муқоисаи навро бинед ва аз нав тасдиқ кунед.",
        "С момента вашего сравнения расчет изменился. Посмотрите новое сравнение и подтвердите снова.",
        "The result changed since you compared. Look at the new comparison and confirm again.",
    ),
    "per_unknown": Words(
        "Қурб барои 1, 10, 100, 1000 ё 10000 воҳид дода мешавад.",
        "Курс дается за 1, 10, 100, 1000 или 10000 единиц.",
        "A rate is given for 1, 10, 100, 1,000 or 10,000 units.",
    ),
    "rate_stands": Words(
        "Барои ин рӯз қурб аллакай ҳаст.", "Курс на этот день уже есть.", "There is a rate for this day already."
    ),
    "reason_missing": Words("Сабабро нависед.", "Укажите причину.", "Give the reason."),
    "report_changed_meanwhile": Words(
        "Ин санадро пас аз кушодани шумо каси дигар нигоҳ дошт. Онро аз нав кушоед.",
        "Этот акт сохранили после того, как вы его открыли. Откройте его снова.",
        "Somebody saved this report after you opened it. Open it again.",
    ),
    "report_closed": Words(
        "Санади назорат пӯшида аст ва тағйир намеёбад. Барои ислоҳ версияи навро оғоз кунед.",
        "Акт досмотра закрыт и не меняется. Для исправления начните новую версию.",
        "The inspection report is closed and does not change. Begin a next version to correct it.",
    ),
    "report_incomplete": Words(
        "Санади назорат пурра нест. Ҷойҳои номбаршударо пур кунед.",
        "Акт досмотра неполон. Заполните перечисленное.",
        "The inspection report is not complete. Fill in what is listed.",
    ),
    "report_open": Words(
        "Ин санад ҳанӯз навишта мешавад. Онро дар ҷояш ислоҳ кунед.",
        "Этот акт еще пишется. Исправьте прямо в нем.",
        "This report is still being written. Correct it in place.",
    ),
    "report_superseded": Words(
        "Версияи нави ин санад ҳаст. Версияи навро кушоед.",
        "У этого акта есть новая версия. Откройте ее.",
        "There is a newer version of this report. Open that one.",
    ),
    "report_unknown": Words(
        "Чунин санади назорат нест.",
        "Такого акта досмотра нет.",
        "There is no such inspection report.",
    ),
    "same_lane": Words(
        "Эъломия аллакай дар ҳамин роҳрав аст.",
        "Декларация уже в этом коридоре.",
        "The declaration is in this lane already.",
    ),
    "same_person": Words(
        "Шумо ин амалро худатон пешниҳод кардаед. Каси дигар бояд тасдиқ кунад.",
        "Это действие предложили вы сами. Подтвердить должно другое лицо.",
        "You proposed this act yourself. Another person has to confirm it.",
    ),
    "sign_in_failed": Words(
        "Ном ё рамз нодуруст аст. Аз нав кӯшиш кунед.",
        "Имя или пароль неверны. Попробуйте еще раз.",
        "The sign-in name or the password is wrong. Try again.",
    ),
    "statement_stale": Words(
        "Лоиҳа пас аз тафтиш тағйир ёфт. Онро бори дигар тафтиш кунед.",
        "Черновик изменился после проверки. Проверьте его еще раз.",
        "The draft changed after it was checked. Check it once more.",
    ),
    "statement_unknown": Words(
        "Чунин изҳорот омода нашудааст. Аввал эъломияро омода кунед.",
        "Такое заявление не готовилось. Сначала подготовьте декларацию.",
        "No such statement was prepared. Prepare the declaration first.",
    ),
    "label_missing": Words(
        "Нависед, ки калид барои чист, то онро баъд шиносед.",
        "Напишите, для чего ключ, чтобы потом его узнать.",
        "Write what the token is for, so that you know it again.",
    ),
    "label_too_long": Words(
        "Номи калид дароз аст. На бештар аз 80 ҳарф нависед.",
        "Название ключа слишком длинное. Напишите не больше 80 знаков.",
        "The name of the token is too long. Write at most 80 letters.",
    ),
    "until_past": Words(
        "Рӯзи охирин аллакай гузаштааст. Рӯзи дертарро интихоб кунед ё холӣ гузоред.",
        "Последний день уже прошел. Выберите более поздний день или оставьте пустым.",
        "The last day has passed already. Choose a later day, or leave it empty.",
    ),
    "token_unknown": Words(
        "Шумо чунин калид надоред. Чизе тағйир наёфт.",
        "У вас нет такого ключа. Ничего не изменено.",
        "You have no such token. Nothing was changed.",
    ),
    "text_too_long": Words(
        "Матн аз {longest} аломат дароз аст. Кӯтоҳ кунед.",
        "Текст длиннее {longest} знаков. Сократите его.",
        "The text is longer than {longest} characters. Shorten it.",
    ),
    "token_ended": Words(
        "Ин калид аллакай қатъ шудааст.",
        "Этот ключ уже прекращен.",
        "This token was ended already.",
    ),
    "too_many_tries": Words(
        "Кӯшишҳои нодуруст аз ҳад зиёданд. Пас аз чоряк соат аз нав кӯшиш кунед.",
        "Слишком много неверных попыток. Попробуйте снова через четверть часа.",
        "Too many wrong tries. Try again in a quarter of an hour.",
    ),
    "username_taken": Words(
        "Ин ном банд аст. Номи дигар интихоб кунед.",
        "Это имя занято. Выберите другое.",
        "This sign-in name is taken. Choose another.",
    ),
    "version_unknown": Words("Чунин нусха нест.", "Такой версии нет.", "There is no such version."),
}
OTHER = Words(
    "Ин рад шуд ва чизе тағйир наёфт.",
    "Это отклонено, ничего не изменено.",
    "This was refused and nothing was changed.",
)


def refusal_sentence(code: str, language: str, values: Mapping[str, str] | None = None) -> str:
    """The sentence of a refusal's code in `language`, with its values."""
    text = REFUSALS.get(code, OTHER).in_language(language)
    return text.format(**values) if "{" in text and values else text
