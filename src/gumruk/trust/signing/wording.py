"""Refusals and verdicts of signatures as sentences in three languages: what is wrong, where, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from gumruk.law.types import Words
from gumruk.trust.signing.refusing import Reason

_R = Reason
SENTENCES: dict[Reason, Words] = {
    _R.STATEMENT_TOO_LARGE: Words("Изҳорот аз {limit} байт зиёд аст. Онро дубора тайёр кунед.", "Заявление больше {limit} байт. Подготовьте его заново.", "The statement is larger than {limit} bytes. Prepare it again."),
    _R.STATEMENT_NOT_JSON: Words("Ин байтҳо изҳорот нестанд. Файли изҳоротро интихоб кунед.", "Эти байты не являются заявлением. Выберите файл заявления.", "These bytes are not a statement. Choose the file of the statement."),
    _R.STATEMENT_KEY_TWICE: Words("Дар изҳорот як майдон ду бор омадааст; маънои он якхела нест. Онро дубора тайёр кунед.", "Поле в заявлении встречается дважды, его смысл неоднозначен. Подготовьте заявление заново.", "A field stands twice in the statement, so its meaning is not one. Prepare it again."),
    _R.STATEMENT_NUMBER: Words("Адади {number} дар изҳорот мумкин нест: танҳо ададҳои бутуни маҳдуд.", "Число {number} в заявлении недопустимо: только ограниченные целые числа.", "The number {number} may not stand in a statement: only bounded whole numbers may."),
    _R.STATEMENT_NOT_CANONICAL: Words("Изҳорот ба шакли ягона навишта нашудааст. Байтҳои аслиро фиристед.", "Заявление записано не в единственной форме. Передайте исходные байты.", "The statement is not in its one spelling. Send the original bytes."),
    _R.STATEMENT_FIELD: Words("Майдони {field}-и изҳорот нодуруст ё нолозим аст.", "Поле {field} заявления неверно или лишнее.", "The field {field} of the statement is wrong or does not belong there."),
    _R.STATEMENT_DIFFERS: Words("Изҳорот дар бораи чизи дигар аст: майдони {field} мувофиқ нест. Онро аз нав тайёр карда, имзо кунед.", "Заявление о другом: поле {field} не совпадает. Подготовьте и подпишите его заново.", "The statement is about something else: the field {field} differs. Prepare and sign it again."),
    _R.PAYLOAD_DIFFERS: Words("Мундариҷаи эъломия пас аз имзо тағйир ёфтааст. Онро аз нав имзо кунед.", "Содержание декларации изменилось после подписи. Подпишите заново.", "The content of the declaration changed after it was signed. Sign it again."),
    _R.ATTACHMENTS_DIFFER: Words("Замимаҳо он замимаҳое нестанд, ки имзо шудаанд. Аз нав имзо кунед.", "Вложения не те, что были подписаны. Подпишите заново.", "The attachments are not those that were signed. Sign again."),
    _R.CHAIN_BROKEN: Words("Изҳорот ба изҳороти дигар пайваст аст, на ба он ки дар ин ҷост.", "Заявление связано не с тем предыдущим заявлением.", "The statement does not follow the earlier statement that is here."),
    _R.CMS_TOO_LARGE: Words("Имзо аз {limit} байт зиёд аст.", "Подпись больше {limit} байт.", "The signature is larger than {limit} bytes."),
    _R.CMS_MALFORMED: Words("Ин файл имзои дуруст нест ё байтҳои зиёдатӣ дорад.", "Этот файл не является правильной подписью или содержит лишние байты.", "This file is not a well-formed signature, or holds bytes that do not belong to it."),
    _R.CMS_NOT_DETACHED: Words("Имзо дар дохили худ мундариҷа дорад; имзои ҷудогона лозим аст.", "Подпись содержит данные внутри; нужна отсоединенная подпись.", "The signature holds content of its own; a detached one is needed."),
    _R.CMS_SIGNERS: Words("Дар файл бояд як имзокунанда бошад.", "В файле должен быть один подписант.", "There must be exactly one signer in the file."),
    _R.ATTRIBUTES_MISSING: Words("Дар имзо {attribute} нест. Бо барномаи дигар имзо кунед (CAdES).", "В подписи нет {attribute}. Подпишите другой программой (CAdES).", "The signature lacks {attribute}. Sign with a program that makes CAdES."),
    _R.ATTRIBUTE_TWICE: Words("Дар имзо {attribute} ду бор омадааст.", "В подписи {attribute} встречается дважды.", "The signature has {attribute} twice."),
    _R.ALGORITHM_NOT_ALLOWED: Words("Алгоритми {algorithm} иҷозат дода нашудааст.", "Алгоритм {algorithm} не разрешен.", "The algorithm {algorithm} is not allowed."),
    _R.KEY_NOT_ALLOWED: Words("Калиди {key} иҷозат дода нашудааст. Сертификат бо калиди дигар гиред.", "Ключ {key} не разрешен. Получите сертификат с другим ключом.", "The key {key} is not allowed. Get a certificate with another key."),
    _R.DIGEST_DIFFERS: Words("Имзо ба ин изҳорот тааллуқ надорад: байтҳо дигаранд.", "Подпись не от этого заявления: байты другие.", "The signature is not of this statement: the bytes differ."),
    _R.SIGNATURE_WRONG: Words("Имзо нодуруст аст.", "Подпись неверна.", "The signature is wrong."),
    _R.CERTIFICATE_SWAPPED: Words("Сертификати дохили файл он нест, ки имзо кардааст.", "Сертификат в файле не тот, которым подписано.", "The certificate in the file is not the one that signed."),
    _R.CERTIFICATE_USAGE: Words("Ин сертификат барои имзои ҳуҷҷатҳо нест. Сертификати имзоро интихоб кунед.", "Этот сертификат не для подписи документов. Выберите сертификат подписи.", "This certificate is not for signing documents. Choose a signing certificate."),
    _R.CERTIFICATE_EXPIRED: Words("Муҳлати сертификат {until} гузаштааст. Сертификати нав гиред.", "Срок сертификата истек {until}. Получите новый.", "The certificate ended on {until}. Get a new one."),
    _R.CERTIFICATE_NOT_YET: Words("Сертификат аз {since} эътибор дорад.", "Сертификат действует с {since}.", "The certificate holds from {since} on."),
    _R.CERTIFICATE_UNTRUSTED: Words("Сертификатро маркази шинохта надодааст.", "Сертификат выдан не признанным центром.", "The certificate is not from a recognised authority."),
    _R.CERTIFICATE_REVOKED: Words("Сертификат бекор карда шудааст. Сертификати нав гиред.", "Сертификат отозван. Получите новый.", "The certificate was revoked. Get a new one."),
    _R.CERTIFICATE_UNKNOWN: Words("Ин сертификат барои шумо сабт нашудааст ё қатъ шудааст. Онро дар саҳифаи худ сабт кунед.", "Этот сертификат за вами не записан или закрыт. Зарегистрируйте его.", "This certificate is not registered for you, or was ended. Register it."),
    _R.REVOCATION_UNKNOWN: Words("Ҳоло маълум нест, ки сертификат бекор шудааст ё не. Дертар кӯшиш кунед.", "Неизвестно, отозван ли сертификат. Повторите позже.", "It is not known whether the certificate was revoked. Try later."),
    _R.SOURCE_REFUSED: Words("Суроғаи {host} барои тафтиши имзо иҷозат дода нашудааст.", "Адрес {host} для проверки подписи не разрешен.", "The address {host} is not allowed for checking signatures."),
    _R.SOURCE_SILENT: Words("Хизмати {source} ҷавоб намедиҳад. Чизе тағйир наёфт; дертар кӯшиш кунед.", "Служба {source} не отвечает. Ничего не изменено; повторите позже.", "The service {source} does not answer. Nothing was changed; try later."),
    _R.TIMESTAMP_MISSING: Words("Имзо тамғаи вақт надорад.", "У подписи нет метки времени.", "The signature has no time stamp."),
    _R.TIMESTAMP_TWICE: Words("Имзо зиёда аз як тамғаи вақт дорад.", "У подписи больше одной метки времени.", "The signature has more than one time stamp."),
    _R.TIMESTAMP_WRONG: Words("Тамғаи вақт ба ин имзо тааллуқ надорад.", "Метка времени не от этой подписи.", "The time stamp is not of this signature."),
    _R.TIMESTAMP_UNTRUSTED: Words("Тамғаи вақтро маркази шинохта надодааст.", "Метка времени поставлена не признанным центром.", "The time stamp is not from a recognised authority."),
    _R.TIMESTAMP_FAR: Words("Тамғаи вақт ({at}) аз вақти расидан дур аст. Аз нав имзо кунед.", "Метка времени ({at}) далека от времени поступления. Подпишите заново.", "The time stamp ({at}) is far from the arrival. Sign again."),
    _R.REPLAYED: Words("Ин изҳорот бо ин сертификат аллакай қабул шудааст.", "Это заявление с этим сертификатом уже принято.", "This statement was already accepted with this certificate."),
    _R.POLICY_UNKNOWN: Words("Қонун барои ин рӯз намегӯяд, ки кадом имзо иҷозат дода мешавад.", "Закон на этот день не говорит, какие подписи допускаются.", "The law of this day does not say which signatures are allowed."),
    _R.PROVIDER_UNKNOWN: Words("Провайдери имзо ({name}) дастрас нест. Онро дар танзимот ва папкаи калидҳо тафтиш кунед.", "Поставщик подписи ({name}) недоступен. Проверьте настройку и папку ключей.", "The provider of signatures ({name}) is not available. Check the setting and the folder of keys."),
    _R.KEY_FILE: Words("Калид кушода нашуд: парол нодуруст аст ё файл PKCS#12 нест.", "Ключ не открылся: неверный пароль или файл не PKCS#12.", "The key could not be opened: the password is wrong, or the file is not PKCS#12."),
    _R.BUNDLE_UNREADABLE: Words("Ин файл бастаи далелҳо нест ё вайрон аст.", "Этот файл не является пакетом доказательств или поврежден.", "This file is not an evidence bundle, or is damaged."),
    _R.BUNDLE_TOO_LARGE: Words("Баста аз ҳад калон аст.", "Пакет слишком велик.", "The bundle is too large."),
    _R.BUNDLE_NAME: Words("Номи файл дар баста иҷозат дода нашудааст: {name}", "Имя файла в пакете недопустимо: {name}", "The name of a file in the bundle is not allowed: {name}"),
    _R.BUNDLE_FILE_MISSING: Words("Дар баста файл нест ё тағйир ёфтааст: {name}", "В пакете нет файла или он изменен: {name}", "A file of the bundle is missing or was changed: {name}"),
    _R.BUNDLE_FILE_EXTRA: Words("Дар баста файле ҳаст, ки касе имзо накардааст: {name}", "В пакете есть файл, который никто не подписал: {name}", "The bundle holds a file that nobody signed: {name}"),
    _R.MANIFEST_WRONG: Words("Рӯйхати файлҳои баста ба файлҳо мувофиқ нест.", "Опись пакета не совпадает с файлами.", "The manifest of the bundle does not match its files."),
    _R.SIGNER_MISSING: Words("Имзои лозимӣ нест: {role}", "Нет нужной подписи: {role}", "A required signature is missing: {role}"),
    _R.ARCHIVE_MISSING: Words("Тамғаи вақт {until} куҳна шудааст ва тамғаи бойгонӣ нест: исбот дигар намешавад.", "Метка времени устарела {until}, а архивной метки нет: доказать уже нельзя.", "The time stamp aged on {until} and there is no archive time stamp: it proves nothing any more."),
    _R.ARCHIVE_WRONG: Words("Тамғаи бойгонӣ ба ин баста мувофиқ нест.", "Архивная метка не от этого пакета.", "The archive time stamp is not of this bundle."),
}  # fmt: skip

HOLDS = Words("Имзоҳо дурустанд.", "Подписи действительны.", "The signatures hold.")
REFUSED = Words("Рад шуд ({code}).", "Отказано ({code}).", "Refused ({code}).")
SIGNED = Words(
    "{number}. {act} ({role}), {lrn}, версияи {version}: имзо кард {subject}; вақти исботшуда {at}",
    "{number}. {act} ({role}), {lrn}, версия {version}: подписал {subject}; доказанное время {at}",
    "{number}. {act} ({role}), {lrn}, version {version}: signed by {subject}; proven time {at}",
)
SEALED = Words("Мӯҳри баста: {subject}; {at}", "Печать пакета: {subject}; {at}", "Seal of the bundle: {subject}; {at}")
TEST = Words(
    "Инҳо сертификатҳои озмоишӣ мебошанд: дар ҳаёти воқеӣ чизеро исбот намекунанд.",
    "Это тестовые сертификаты: в реальной жизни они ничего не доказывают.",
    "These are test certificates: in real life they prove nothing.",
)


def sentence(reason: Reason, values: Mapping[str, str], language: str) -> str:
    """The sentence of a refusal."""
    return _said(SENTENCES[reason], values, language)


def said(words: Words, language: str, **values: object) -> str:
    """A sentence with its values."""
    return _said(words, {name: str(value) for name, value in values.items()}, language)


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _said(words: Words, values: Mapping[str, str], language: str) -> str:
    text: str = {"tg": words.tg, "ru": words.ru}.get(language, words.en)
    return text.format_map(_Blank(values))
