"""What a client needs to fill a declaration: code lists and the exchange rates of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Router

from gumruk.api import schemas
from gumruk.api.access import language_of
from gumruk.api.problems import problem
from gumruk.lawbook import selectors as lawbook
from gumruk.reference import selectors as reference

router = Router(tags=["lists"])


@router.get(
    "/lists/{name}", response={200: list[schemas.CodeOut], 401: schemas.Problem, 404: schemas.Problem},
    summary=_("The valid codes of a list, with names in the language asked for"),
)  # fmt: skip
def code_list(request: HttpRequest, name: str) -> Any:
    try:
        rows = lawbook.codes(name, language_of(request))
    except KeyError:
        return problem(request, 404, "list_unknown", name=name)
    return [schemas.CodeOut(code=code, name=label) for code, label in rows]


@router.get(
    "/exchange-rates/{day}", response={200: list[schemas.RateOut], 401: schemas.Problem, 422: schemas.Problem},
    summary=_("The official exchange rates of a day; empty when none was published for it"),
)  # fmt: skip
def exchange_rates(request: HttpRequest, day: date) -> Any:  # noqa: ARG001 - the framework passes it by name
    return [
        schemas.RateOut(
            currency=rate.currency, day=rate.day.isoformat(), per=rate.per, rate=str(rate.rate), source=rate.source,
            confidence=rate.confidence.value,
        )
        for rate in reference.rates_on(day)
    ]  # fmt: skip
