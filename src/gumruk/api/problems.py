"""Refusals as problem details (RFC 9457): what kind, what happened in the caller's language, which code, which values."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gumruk.api.access import language_of
from gumruk.api.idempotency import LONGEST, KeyReused, KeyTooLong
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations.types import DeclarationRefused
from gumruk.documents.files.types import FileNotTaken
from gumruk.exchange.refusals import refusal_sentence
from gumruk.exchange.types import FileRefused
from gumruk.law.types import Words
from gumruk.payments.types import PaymentRefused

MISSING = {
    "not_found",
    "file_not_found",
    "file_missing",
    "charge_unknown",
    "version_unknown",
    "hold_unknown",
    "never_assessed",
}
STANDING = {"file_already_there", "file_fixed", "files_too_many", "files_too_large"}
FORBIDDEN = {"not_yours", "no_right", "not_a_broker"}
OF_THE_DOOR: dict[str, Words] = {
    "idempotency_key_reused": Words(
        "Ин Idempotency-Key бо дархости дигар истифода шудааст. Калиди нав фиристед.",
        "Этот Idempotency-Key уже использован с другим запросом. Пришлите новый ключ.",
        "This Idempotency-Key was used with another request. Send a new key.",
    ),
    "idempotency_key_too_long": Words(
        "Idempotency-Key аз {limit} аломат дароз аст. Калиди кӯтоҳтар фиристед.",
        "Idempotency-Key длиннее {limit} знаков. Пришлите ключ короче.",
        "The Idempotency-Key is longer than {limit} characters. Send a shorter key.",
    ),
    "token_missing": Words(
        "Рамзи дастрасӣ нест ё эътибор надорад. Сарлавҳаи Authorization: Bearer фиристед.",
        "Нет действующего ключа доступа. Пришлите заголовок Authorization: Bearer.",
        "There is no token that holds. Send the header Authorization: Bearer.",
    ),
    "wrong_request": Words(
        "Дархост нодуруст аст: {where}. Онро мувофиқи тавсиф ислоҳ кунед.",
        "Запрос неверен: {where}. Исправьте по описанию.",
        "The request is wrong: {where}. Correct it as the description says.",
    ),
    "list_unknown": Words("Рӯйхати {name} нест.", "Перечня {name} нет.", "There is no list {name}."),
    "path_unknown": Words(
        "Дар API нишонаи {path} нест. Тавсифи /api/v1/docs-ро бинед.",
        "В API нет адреса {path}. Смотрите описание /api/v1/docs.",
        "The API has no address {path}. See the description at /api/v1/docs.",
    ),
    "method_not_allowed": Words(
        "Нишонаи {path} усули {method}-ро надорад. Мумкин аст: {allowed}.",
        "У адреса {path} нет метода {method}. Можно: {allowed}.",
        "The address {path} has no method {method}. There are: {allowed}.",
    ),
    "server_error": Words(
        "Хатои дохилӣ шуд. Дертар такрор кунед; рақами дархост дар сарлавҳаи X-Request-ID аст.",
        "Внутренняя ошибка. Повторите позже; номер запроса в заголовке X-Request-ID.",
        "Something failed inside. Try again later; the number of the request is in the header X-Request-ID.",
    ),
    "body_too_large": Words(
        "Дархост аз {limit} калон аст. Онро ба қисмҳо тақсим кунед.",
        "Запрос больше {limit}. Разделите его на части.",
        "The request is larger than {limit}. Divide it.",
    ),
    "cursor_unknown": Words(
        "Нишонаи after аз саҳифаи қаблӣ нест.",
        "Метка after не из предыдущей страницы.",
        "The cursor `after` is not one that a page gave.",
    ),
}


def problem(request: HttpRequest, status: int, code: str, said: str = "", /, **values: Any) -> JsonResponse:
    """One refusal. `type` is stable for a code; `said` empty takes the sentence of the code."""
    language = language_of(request)
    if not said and code in OF_THE_DOOR:
        said = OF_THE_DOOR[code].in_language(language).format(**values)
    body = {
        "type": f"urn:gumruk:problem:{code}",
        "title": code.replace("_", " "),
        "status": status,
        "detail": said or refusal_sentence(code, language, values),
        "instance": request.path,
        "code": code,
        "values": values,
    }
    answer = JsonResponse(body, status=status, content_type="application/problem+json")
    answer["Content-Language"] = language
    return answer


def _refused(request: HttpRequest, refused: Any) -> JsonResponse:
    status = 404 if refused.code in MISSING else 403 if refused.code in FORBIDDEN else 409
    return problem(request, status, refused.code, **refused.values)


def _file_not_taken(request: HttpRequest, refused: Any) -> JsonResponse:
    """What is wrong with the file itself is 422; what stands in its way, 409; a file that is not there, 404."""
    status = 404 if refused.code in MISSING else 409 if refused.code in STANDING else 422
    return problem(request, status, refused.code, **refused.values)


def _file_refused(request: HttpRequest, refused: Any) -> JsonResponse:
    said = FileRefused.worded(refused.code, language_of(request), refused.values)
    return problem(request, 422, refused.code, said, **refused.values)


def _wrong(request: HttpRequest, wrong: Any) -> JsonResponse:
    places = [".".join(str(part) for part in fault["loc"]) + ": " + str(fault["msg"]) for fault in wrong.errors]
    return problem(request, 422, "wrong_request", where="; ".join(places))


def _http_error(request: HttpRequest, wrong: Any) -> JsonResponse:
    return problem(request, wrong.status_code, "wrong_request", where=str(wrong))


def answer_refusals(api: NinjaAPI) -> None:
    """Turn every refusal that reaches the API into a problem."""
    for kind in (DeclarationRefused, ClearanceRefused, PaymentRefused):
        api.add_exception_handler(kind, _refused)
    api.add_exception_handler(FileNotTaken, _file_not_taken)
    api.add_exception_handler(FileRefused, _file_refused)
    api.add_exception_handler(ValidationError, _wrong)
    api.add_exception_handler(KeyReused, lambda request, _: problem(request, 422, "idempotency_key_reused"))
    api.add_exception_handler(
        KeyTooLong, lambda request, _: problem(request, 422, "idempotency_key_too_long", limit=LONGEST)
    )
    api.add_exception_handler(AuthenticationError, lambda request, _: problem(request, 401, "token_missing"))
    api.add_exception_handler(HttpError, _http_error)
