"""The page that vouches for a print: it never says of a rejected or cancelled declaration that it stands."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from gumruk.clearance import services as clearance
from gumruk.documents.models import PrintedDocument
from gumruk.trust.middleware import SESSION_KEY
from gumruk.trust.types import Person

from .conftest import NOON

ENDED = {
    "en": ("but it no longer stands", "Rejected", "Cancelled", "Released"),
    "ru": ("но уже не действует", "Отклонена", "Аннулирована", "Выпущена"),
    "tg": ("вале дигар амал намекунад", "Рад шуд", "Бекор шуд", "Бароварда шуд"),
}


def printed(declaration: uuid.UUID, form: str, person: Person) -> str:
    client = Client()
    session = client.session
    session[SESSION_KEY] = str(person.id)
    session.save()
    assert client.get(f"/prints/{form}/{declaration}").status_code == 200
    return PrintedDocument.objects.get(root=declaration).code


def verified(code: str, language: str) -> str:
    client = Client()
    client.cookies["django_language"] = language
    return client.get(f"/verify/{code}").content.decode()


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
@pytest.mark.parametrize("form", ["declaration", "assessment"])
def test_a_rejected_declaration_stands_no_more(
    paid: uuid.UUID, broker: Person, officer: Person, form: str, language: str
) -> None:
    code = printed(paid, form, broker)
    assert ENDED[language][0] not in verified(code, language)
    clearance.reject(declaration=paid, reason="false papers", by=officer, at=NOON)
    page = verified(code, language)
    assert ENDED[language][0] in page
    assert ENDED[language][1] in page
    assert "false papers" not in page


@pytest.mark.parametrize("language", ["en", "ru", "tg"])
@pytest.mark.parametrize("form", ["declaration", "assessment"])
def test_a_cancelled_declaration_stands_no_more(
    lodged: uuid.UUID, broker: Person, officer: Person, form: str, language: str
) -> None:
    code = printed(lodged, form, broker)
    clearance.request_cancellation(declaration=lodged, reason="not sent", by=broker, at=NOON)
    assert ENDED[language][0] not in verified(code, language)
    clearance.decide_cancellation(declaration=lodged, accept=True, reason="right", by=officer, at=NOON)
    page = verified(code, language)
    assert ENDED[language][0] in page
    assert ENDED[language][2] in page


def test_a_released_declaration_stands_and_says_that_it_was_released(
    paid: uuid.UUID, broker: Person, officer: Person
) -> None:
    code = printed(paid, "declaration", broker)
    assert "Released" not in verified(code, "en")
    clearance.release(declaration=paid, by=officer, at=NOON)
    page = verified(code, "en")
    assert "what it says still stands" in page
    assert "Released" in page


def test_risk_screening_is_shown_to_officers_and_not_to_cashiers(
    lodged: uuid.UUID, officer: Person, cashier: Person, broker: Person
) -> None:
    pages = {}
    for person in (officer, cashier, broker):
        client = Client()
        session = client.session
        session[SESSION_KEY] = str(person.id)
        session.save()
        pages[person.id] = client.get(f"/declarations/{lodged}").context["screening"]
    assert pages[officer.id] is not None
    assert (pages[cashier.id], pages[broker.id]) == (None, None)
