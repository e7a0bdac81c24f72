"""API tokens of a person: the secret is shown once, use is noted seldom, an ended token opens nothing and stays listed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gumruk.cli.demo import add_people
from gumruk.risk.models import LaneShare
from gumruk.trust import selectors, services
from gumruk.trust.models import ApiToken
from gumruk.trust.types import Person, TrustRefused

from .conftest import NOON
from .test_doors import NOW, TODAY, signed_in

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


def test_a_token_holds_up_to_its_end_and_is_closed_not_deleted(broker: Person) -> None:
    secret = services.issue_token(user_id=broker.id, label=" warehouse ", at=NOON, until=LATER)
    held = selectors.token_holder(secret=secret, at=LATER - timedelta(microseconds=1))
    assert held is not None
    assert (held[0].id, held[1].label, held[1].sandbox) == (broker.id, "warehouse", False)
    assert selectors.token_holder(secret=secret, at=LATER) is None
    other = services.issue_token(user_id=broker.id, label="other", at=NOON, sandbox=True)
    last = selectors.tokens_of(user_id=broker.id)[0]
    services.end_token(token=last.id, user_id=broker.id, at=LATER)
    assert selectors.token_holder(secret=other, at=LATER) is None
    assert selectors.token_holder(secret=other, at=LATER - timedelta(seconds=1)) is not None
    assert [(one.label, one.sandbox, one.until) for one in selectors.tokens_of(user_id=broker.id)] == [
        ("other", True, LATER),
        ("warehouse", False, LATER),
    ]
    assert secret not in str(list(ApiToken.objects.values()))


def test_only_its_person_ends_a_token_and_only_once(broker: Person, officer: Person) -> None:
    secret = services.issue_token(user_id=broker.id, label="mine", at=NOON)
    token = ApiToken.objects.get()
    for at in (NOON, LATER):
        with pytest.raises(TrustRefused) as refused:
            services.end_token(token=token.id, user_id=officer.id, at=at)
        assert refused.value.code == "token_unknown"
    assert ApiToken.objects.get().until is None
    assert selectors.token_holder(secret=secret, at=LATER) is not None
    services.end_token(token=token.id, user_id=broker.id, at=NOON)
    with pytest.raises(TrustRefused) as refused:
        services.end_token(token=token.id, user_id=broker.id, at=LATER)
    assert refused.value.code == "token_ended"
    assert ApiToken.objects.get().until == NOON


@pytest.mark.parametrize(("label", "hours", "code"), [(" ", 1, "label_missing"), ("x" * 81, 1, "label_too_long"), ("x", 0, "until_past"), ("x", -1, "until_past")])  # fmt: skip
def test_a_token_without_a_name_or_already_over_is_not_made(broker: Person, label: str, hours: int, code: str) -> None:
    with pytest.raises(TrustRefused) as refused:
        services.issue_token(user_id=broker.id, label=label, at=NOON, until=NOON + timedelta(hours=hours))
    assert refused.value.code == code
    assert not ApiToken.objects.exists()


@pytest.fixture
def client(db: None) -> Client:
    add_people(TODAY, NOW)
    LaneShare.objects.all().delete()  # no lane is drawn by chance
    return signed_in("broker")


def secret_on(page: str) -> str:
    found = re.search(r'name="secret" value="([^"]+)"', page)
    return found[1] if found else ""


def api(secret: str) -> int:
    return Client().get("/api/v1/declarations", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_token_made_on_the_page_opens_the_api_until_it_is_ended(client: Client) -> None:
    answer = client.post("/tokens", {"label": "Warehouse", "place": "sandbox", "until": ""})
    secret = secret_on(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert len(secret) >= 43
    assert api(secret) == 200
    page = client.get("/tokens").content.decode()
    assert "Warehouse" in page
    assert secret not in page
    token = ApiToken.objects.get()
    assert token.sandbox
    assert client.post(f"/tokens/{token.id}/end")["Location"] == "/tokens"
    assert api(secret) == 401
    assert "Ended" in client.get("/tokens").content.decode()
    ended = ApiToken.objects.get().until
    again = client.post(f"/tokens/{token.id}/end", follow=True).content.decode()
    assert "This token was ended already." in again
    assert ApiToken.objects.get().until == ended


def test_the_last_day_is_a_whole_day_of_the_office(client: Client) -> None:
    client.post("/tokens", {"label": "Until", "place": "real", "until": "31.12.2099"})
    until = ApiToken.objects.get().until
    assert until is not None
    assert until.isoformat() == "2099-12-31T19:00:00+00:00"


@pytest.mark.parametrize(
    ("said", "words"),
    [({"label": " "}, "Write what the token is for"), ({"label": "x" * 81}, "at most 80"), ({"until": "soon"}, "Write the last day as"),
     ({"until": "31.12.9999"}, "Write the last day as"), ({"until": "01.01.2020"}, "has passed already"), ({"place": "moon"}, "Choose whether")],
)  # fmt: skip
def test_what_is_wrong_with_a_token_is_a_sentence_and_none_is_made(
    client: Client, said: dict[str, str], words: str
) -> None:
    answer = client.post("/tokens", {"label": "kept label", "place": "real", **said})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text
    assert secret_on(text) == ""
    assert not ApiToken.objects.exists()


def test_another_person_sees_and_ends_no_token_of_mine(client: Client) -> None:
    client.post("/tokens", {"label": "Mine alone", "place": "real"})
    token = ApiToken.objects.get()
    other = signed_in("officer")
    assert "Mine alone" not in other.get("/tokens").content.decode()
    assert "You have no such token" in other.post(f"/tokens/{token.id}/end", follow=True).content.decode()
    assert ApiToken.objects.get().until is None
    assert Client().get("/tokens")["Location"] == "/sign-in?next=/tokens"
    assert Client().post("/tokens", {"label": "x", "place": "real"}).status_code == 302
    assert ApiToken.objects.count() == 1
    assert 'href="/tokens"' in other.get("/").content.decode()


def test_use_is_noted_at_the_first_call_and_then_once_an_hour(client: Client) -> None:
    secret = secret_on(client.post("/tokens", {"label": "Busy", "place": "real"}).content.decode())
    assert "Not used yet" in client.get("/tokens").content.decode()
    assert api(secret) == 200
    first = ApiToken.objects.get().used_at
    assert first is not None
    with CaptureQueriesContext(connection) as asked:
        assert api(secret) == 200
    assert not [one for one in asked.captured_queries if one["sql"].startswith("UPDATE")]
    ApiToken.objects.update(used_at=first - timedelta(hours=1))
    api(secret)
    noted = ApiToken.objects.get().used_at
    assert noted is not None
    assert noted >= first
    assert "Not used yet" not in client.get("/tokens").content.decode()
