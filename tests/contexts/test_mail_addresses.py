"""An e-mail address that somebody gives counts only after the link that was sent to it was followed."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from gumruk.clearance import addresses as asking
from gumruk.clearance import tasks
from gumruk.cli import demo
from gumruk.notices.models import Mail
from gumruk.toolkit.models import AdministrativeAct
from gumruk.trust import addresses
from gumruk.trust import selectors as people
from gumruk.trust.models import AddressClaim, FirmAddress, User
from gumruk.trust.types import Person, TrustRefused

from .test_doors import NOW, TODAY, signed_in

pytestmark = pytest.mark.django_db
FIRM, NEW = "010000001", "new@firm.example"


@pytest.fixture(autouse=True)
def posting(db: None, settings: Any) -> None:
    demo.add_people(TODAY, NOW)
    settings.MAIL_FROM = "customs@demo.example"
    settings.SITE_ADDRESS = "https://demo.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def person(name: str = "broker") -> Person:
    found = people.person_named(username=name, day=TODAY)
    assert found is not None
    return found


def stored(name: str = "broker") -> str:
    return User.objects.get(username=name).email


def followed() -> str:
    """The token in the link of the mail that was sent last."""
    for row in Mail.objects.filter(state=Mail.State.QUEUED):
        tasks.send_mail(mail=str(row.id))
    found = re.search(r"https://demo\.example/inbox/mail/confirm/(\S+)", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def test_an_address_counts_once_its_link_was_followed() -> None:
    asking.ask(address=NEW, by=person(), at=NOW)
    token = followed()
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([NEW], "Подтвердите адрес электронной почты")
    assert stored() == ""
    addresses.confirm(token=token, by=person(), at=NOW + timedelta(hours=23))
    assert stored() == NEW
    [act] = AdministrativeAct.objects.filter(name="person.address_changed")
    assert (act.before, act.after) == ({"email": ""}, {"email": NEW})


def test_the_firm_has_an_address_of_its_own_and_its_notices_go_there() -> None:
    asking.ask(address=NEW, by=person(), at=NOW, party=FIRM)
    addresses.confirm(token=followed(), by=person(), at=NOW)
    box = addresses.firm_box(party=FIRM)
    assert box is not None
    assert (addresses.box(key=box), stored()) == ((NEW, "ru"), "")
    row = Mail.objects.create(
        root=uuid.uuid4(), office="PRV-R01", month=TODAY.replace(day=1), notice=uuid.uuid4(), user=box,
        kind="declaration.released", subject="1", made_at=NOW, changed_at=NOW,
    )  # fmt: skip
    tasks.send_mail(mail=str(row.id))
    assert mail.outbox[-1].to == [NEW]
    addresses.remove(by=person(), at=NOW, party=FIRM)
    assert addresses.firm_box(party=FIRM) is None


@pytest.mark.parametrize(
    ("said", "party", "who", "why"),
    [
        ("no address", "", "broker", "address_malformed"),
        (f"{'x' * 250}@firm.example", "", "broker", "address_malformed"),
        ("", "", "broker", "address_malformed"),
        (NEW, FIRM, "colleague", "not_head"),
        (NEW, "010000002", "broker", "not_head"),
        ("old@firm.example", "", "broker", "address_unchanged"),
    ],
)
def test_what_is_refused_leaves_everything_as_it_was(said: str, party: str, who: str, why: str) -> None:
    User.objects.filter(username="broker").update(email="old@firm.example")
    with pytest.raises(TrustRefused, match=why):
        asking.ask(address=said, by=person(who), at=NOW, party=party)
    assert not AddressClaim.objects.exists()
    assert not Mail.objects.exists()
    assert stored() == "old@firm.example"


def test_a_site_without_mail_promises_no_link(settings: Any) -> None:
    settings.MAIL_FROM = ""
    with pytest.raises(TrustRefused, match="mail_off"):
        asking.ask(address=NEW, by=person(), at=NOW)
    assert not AddressClaim.objects.exists()


def test_nobody_floods_a_box() -> None:
    for number in range(addresses.MOST):
        asking.ask(address=f"n{number}@firm.example", by=person(), at=NOW)
    with pytest.raises(TrustRefused, match="too_many_addresses"):
        asking.ask(address=NEW, by=person(), at=NOW + timedelta(minutes=59))
    assert AddressClaim.objects.count() == addresses.MOST
    asking.ask(address=NEW, by=person(), at=NOW + timedelta(minutes=61))


def refused(token: str, why: str, *, who: str = "broker", at: datetime = NOW) -> None:
    before = stored(), stored("colleague"), FirmAddress.objects.count()
    with pytest.raises(TrustRefused, match=why):
        addresses.confirm(token=token, by=person(who), at=at)
    assert (stored(), stored("colleague"), FirmAddress.objects.count()) == before


def test_a_link_works_once_for_who_asked_within_a_day_and_only_the_newest() -> None:
    asking.ask(address="first@firm.example", by=person(), at=NOW)
    first = followed()
    asking.ask(address=NEW, by=person(), at=NOW)
    token = followed()
    refused(first, "claim_unknown")
    refused(token, "claim_unknown", who="colleague")
    refused(f"{token}x", "claim_unknown")
    refused(token.partition(":")[0], "claim_unknown")
    refused(token, "claim_expired", at=NOW + addresses.HOLDS)
    addresses.confirm(token=token, by=person(), at=NOW)
    refused(token, "claim_unknown")


def test_an_address_of_another_account_is_told_only_to_its_owner() -> None:
    User.objects.filter(username="colleague").update(email=NEW.upper())
    asking.ask(address=NEW, by=person(), at=NOW)
    refused(followed(), "address_taken")


def test_a_mail_of_a_claim_that_was_replaced_is_not_sent() -> None:
    asking.ask(address="first@firm.example", by=person(), at=NOW)
    asking.ask(address=NEW, by=person(), at=NOW)
    followed()
    assert [one.to for one in mail.outbox] == [[NEW]]


def test_the_pages_ask_confirm_and_take_away() -> None:
    client: Client = signed_in("broker")
    wrong = client.post("/inbox/mail/address", {"address": "x"})
    assert wrong.status_code == 422
    assert 'value="x"' in wrong.content.decode()
    client.post("/inbox/mail/address", {"address": NEW})
    assert NEW in client.get("/inbox/mail").content.decode()
    there = f"/inbox/mail/confirm/{followed()}"
    assert NEW in client.get(there).content.decode()
    assert stored() == ""  # looking confirms nothing
    assert client.post(there)["Location"] == "/inbox/mail"
    assert stored() == NEW
    assert client.post(there).status_code == 422
    client.post("/inbox/mail/address", {"act": "remove"})
    assert stored() == ""
    assert client.post("/inbox/mail/address", {"act": "remove"}).status_code == 422
    assert Client().get(there)["Location"] == f"/sign-in?next={there}"
