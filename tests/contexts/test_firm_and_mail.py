"""What a head allows colleagues, the statement of a firm's account, and notices by e-mail."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.clearance import tasks
from gumruk.clearance.types import ClearanceRefused
from gumruk.cli.demo_content import BROKER_TIN, OFFICE
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.models import Declaration
from gumruk.declarations.types import DeclarationRefused
from gumruk.notices import mailing
from gumruk.notices.models import Mail, MailText
from gumruk.payments import selectors as ledger
from gumruk.payments import services as payments
from gumruk.payments.statements import statement_of
from gumruk.payments.types import PaymentRefused
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.trust import delegations, selectors, services
from gumruk.trust.models import Grant, User
from gumruk.trust.types import FirmAct, Person, TrustRefused

from .conftest import DAY, NOON

ALL = (FirmAct.SEE, FirmAct.PREPARE, FirmAct.LODGE, FirmAct.PAY)


@pytest.fixture
def head(broker: Person) -> Person:
    Grant.objects.filter(user_id=broker.id).update(acts=[*ALL, FirmAct.DELEGATE])
    return fresh(broker.id)


@pytest.fixture
def colleague(db: None) -> uuid.UUID:
    return services.add_user(
        username="colleague",
        name="Demo colleague",
        password="a-long-secret",
        language="ru",
        at=NOON,
        email="c@demo.example",
    )


def fresh(user: uuid.UUID, day: date = DAY) -> Person:
    found = selectors.person(user_id=user, day=day)
    assert found is not None
    return found


def allow(head: Person, *acts: FirmAct, who: str = "colleague", **said: Any) -> uuid.UUID:
    asked = {"party": BROKER_TIN, "since": DAY, "until": None, "by": head, "at": NOON, **said}
    return delegations.allow(who=who, acts=acts, **asked)


def test_a_colleague_prepares_and_may_not_lodge_or_pay(
    head: Person, colleague: uuid.UUID, said: Content, rates: None
) -> None:
    allow(head, FirmAct.PREPARE)
    person = fresh(colleague)
    draft = drafts.create_draft(content=said, by=person, at=NOON)
    with pytest.raises(ClearanceRefused, match="act_not_granted"):
        clearance.lodge(declaration=draft, by=person, at=NOON)
    assert Declaration.objects.get().state == "DRAFT"
    assert clearance.lodge(declaration=draft, by=head, at=NOON).accepted
    with pytest.raises(ClearanceRefused, match="act_not_granted"):
        clearance.pay_from_account(declaration=draft, by=person, at=NOON)
    done = declarations.done_for(party=BROKER_TIN, people=[colleague])
    assert [(one.by_name, one.name) for one in done] == [("Demo colleague", "draft_made")]


def test_who_may_only_see_cannot_type(head: Person, colleague: uuid.UUID, said: Content) -> None:
    draft = drafts.create_draft(content=said, by=head, at=NOON)
    allow(head, FirmAct.SEE, who="C@DEMO.example")
    person = fresh(colleague)
    assert declarations.get(declaration=draft, person=person).id == draft
    with pytest.raises(DeclarationRefused, match="not_yours"):
        drafts.save_draft(declaration=draft, content=said, revision=0, by=person, at=NOON)
    with pytest.raises(DeclarationRefused, match="not_a_broker"):
        drafts.create_draft(content=said, by=person, at=NOON)
    assert Declaration.objects.count() == 1


def test_an_ended_permission_opens_nothing_at_once_and_stays(head: Person, colleague: uuid.UUID) -> None:
    grant = allow(head, *ALL)
    assert fresh(colleague).parties == {BROKER_TIN}
    delegations.end_delegation(grant=grant, by=head, at=NOON)
    assert fresh(colleague).parties == frozenset()
    [row] = [one for one in delegations.delegates(party=BROKER_TIN) if one.user == colleague]
    assert (row.standing_on(DAY), row.by_name) == ("over", head.name)
    with pytest.raises(TrustRefused, match="delegation_ended"):
        delegations.end_delegation(grant=grant, by=head, at=NOON)


def test_a_permission_holds_from_its_first_to_its_last_day(head: Person, colleague: uuid.UUID) -> None:
    allow(head, FirmAct.SEE, since=DAY + timedelta(days=2), until=DAY + timedelta(days=4))
    held = [bool(fresh(colleague, DAY + timedelta(days=shift)).parties) for shift in range(6)]
    assert held == [False, False, True, True, False, False]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"acts": ()}, "acts_missing"),
        ({"acts": (FirmAct.DELEGATE,)}, "acts_missing"),
        ({"until": DAY}, "period_wrong"),
        ({"who": "nobody"}, "colleague_unknown"),
        ({"who": ""}, "colleague_unknown"),
        ({"party": "999999999"}, "not_head"),
    ],
)
def test_refusals_leave_no_grant(head: Person, colleague: uuid.UUID, change: dict[str, Any], code: str) -> None:
    before = Grant.objects.count()
    acts = change.pop("acts", (FirmAct.SEE,))
    with pytest.raises(TrustRefused, match=code):
        allow(head, *acts, **change)
    assert Grant.objects.count() == before


def test_nobody_is_allowed_twice_and_no_colleague_allows(head: Person, colleague: uuid.UUID) -> None:
    allow(head, *ALL)
    with pytest.raises(TrustRefused, match="already_allowed"):
        allow(head, FirmAct.SEE)
    with pytest.raises(TrustRefused, match="not_head"):
        allow(fresh(colleague), FirmAct.SEE)
    own = Grant.objects.get(user_id=head.id).id
    with pytest.raises(TrustRefused, match="own_grant"):
        delegations.end_delegation(grant=own, by=head, at=NOON)
    assert Grant.objects.filter(ended_at__isnull=False).count() == 0


MOVES = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10_000)), min_size=1, max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=MOVES, first=st.integers(0, 40), length=st.integers(0, 40))
def test_a_statement_says_what_the_ledger_says(db: None, moves: list[tuple[int, int]], first: int, length: int) -> None:
    party = f"9{uuid.uuid4().int % 10**8:08d}"
    for place, (day, cents) in enumerate(moves):
        at = NOON + timedelta(days=day)
        amount = Decimal(cents) / 100
        payments.deposit(party=party, amount=amount, source=f"{party}-{place}", office=OFFICE, at=at, by=None)
    since, until = DAY + timedelta(days=first), DAY + timedelta(days=first + length)
    found = statement_of(party=party, since=since, until=until)
    inside = [Decimal(cents) / 100 for day, cents in moves if first <= day <= first + length]
    assert found.opening == sum((Decimal(cents) / 100 for day, cents in moves if day < first), Decimal("0.00"))
    assert (found.closing, found.received) == (found.opening + sum(inside), sum(inside))
    if found.rows:
        assert found.rows[-1].balance == found.closing
    after = statement_of(party=party, since=until + timedelta(days=1), until=until + timedelta(days=90))
    assert after.opening == found.closing
    assert after.closing == ledger.balance(party=party)


def test_a_statement_of_a_wrong_period_is_refused(db: None) -> None:
    with pytest.raises(PaymentRefused, match="period_wrong"):
        statement_of(party=BROKER_TIN, since=DAY, until=DAY - timedelta(days=1))
    with pytest.raises(PaymentRefused, match="period_too_long"):
        statement_of(party=BROKER_TIN, since=DAY, until=DAY + timedelta(days=400))


@pytest.fixture
def posting(settings: Any) -> None:
    settings.MAIL_FROM = "customs@demo.example"
    settings.SITE_ADDRESS = "https://demo.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def told(lodged: uuid.UUID, broker: Person, colleague: uuid.UUID) -> uuid.UUID:
    from gumruk.notices import services as notices

    made = notices.tell(
        party=BROKER_TIN, name="declaration.released", root=lodged, office=OFFICE, subject="PRV-R01/020326/0000001",
        event=uuid.uuid4(), happened_at=NOON, at=NOON,
    )  # fmt: skip
    assert made is not None
    return made


def queue(notice: uuid.UUID, *users: uuid.UUID) -> int:
    return mailing.queue(
        notice=notice, root=uuid.uuid4(), office=OFFICE, kind="declaration.released", subject="PRV-R01/020326/0000001",
        users=users, at=NOON,
    )  # fmt: skip


def test_a_mail_is_sent_once_in_the_language_of_its_reader(
    posting: None, told: uuid.UUID, colleague: uuid.UUID
) -> None:
    assert [queue(told, colleague), queue(told, colleague)] == [1, 0]
    [row] = Mail.objects.all()
    tasks.send_mail(mail=str(row.id))
    tasks.send_mail(mail=str(row.id))
    [sent] = outbox.outbox
    assert (sent.to, sent.subject) == (["c@demo.example"], "Декларация PRV-R01/020326/0000001: выпущена")
    assert f"https://demo.example/declarations/{row.root}" in sent.body
    assert Mail.objects.get().state == Mail.State.SENT


def test_a_server_that_refuses_is_asked_again(
    posting: None, told: uuid.UUID, colleague: uuid.UUID, settings: Any
) -> None:
    queue(told, colleague)
    key = str(Mail.objects.get().id)
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with pytest.raises(ConnectionRefusedError):
        tasks.send_mail(mail=key)
    assert (Mail.objects.get().state, Mail.objects.get().tries) == (Mail.State.QUEUED, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.send_mail(mail=key)
    assert len(outbox.outbox) == 1


class Refusing(EmailBackend):
    """A server that takes nothing."""

    def send_messages(self, messages: Any) -> int:  # noqa: ARG002 - the shape of a backend
        raise ConnectionRefusedError


def test_a_mail_whose_sender_died_is_not_sent_again(posting: None, told: uuid.UUID, colleague: uuid.UUID) -> None:
    queue(told, colleague)
    key = Mail.objects.get().id
    assert mailing.taken(mail=key, at=NOON) is not None
    tasks.send_mail(mail=str(key))
    assert (outbox.outbox, Mail.objects.get().state) == ([], Mail.State.UNSURE)


def test_what_a_person_does_not_want_is_not_sent(posting: None, told: uuid.UUID, colleague: uuid.UUID) -> None:
    mailing.choose(user=colleague, kinds=["declaration.queried"])
    assert queue(told, colleague) == 0
    assert mailing.wanted_kinds(user=colleague) == {"declaration.queried"}


def test_a_site_without_a_server_queues_nothing(told: uuid.UUID, colleague: uuid.UUID) -> None:
    assert queue(told, colleague) == 0
    assert not Mail.objects.exists()


def test_a_person_without_an_address_gets_none(posting: None, told: uuid.UUID, colleague: uuid.UUID) -> None:
    queue(told, colleague)
    User.objects.filter(id=colleague).update(email="")
    tasks.send_mail(mail=str(Mail.objects.get().id))
    assert (outbox.outbox, Mail.objects.get().state) == ([], Mail.State.DROPPED)


def test_the_service_writes_its_own_texts(db: None) -> None:
    said = {"kind": "declaration.released", "language": "tg", "by": uuid.uuid4(), "at": NOON}
    mailing.set_text(subject="Мол озод", body="Рақам {number}", **said)
    assert mailing.text_of(kind="declaration.released", language="tg").body == "Рақам {number}"
    with pytest.raises(mailing.MailRefused, match="text_missing"):
        mailing.set_text(subject="x", body="", **said)
    with pytest.raises(mailing.MailRefused, match="language_unknown"):
        mailing.set_text(subject="x", body="y", **{**said, "language": "de"})
    with pytest.raises(mailing.MailRefused, match="kind_unknown"):
        mailing.set_text(subject="x", body="y", **{**said, "kind": "x"})
    assert MailText.objects.count() == 1
    mailing.set_text(subject="", body="", **said)
    assert not mailing.text_of(kind="declaration.released", language="tg").own


def test_every_kind_that_is_told_has_a_mail_in_three_languages(db: None) -> None:
    assert set(mailing.SHIPPED) == set(tasks.TOLD)
    texts = {
        mailing.text_of(kind=kind, language=language).subject for kind in tasks.TOLD for language in ("tg", "ru", "en")
    }
    assert len(texts) == 3 * len(tasks.TOLD)


def test_news_of_a_declaration_become_mails(
    posting: None, broker: Person, rates: None, said: Content, officer: Person
) -> None:
    from gumruk.toolkit import outbox as events
    from gumruk.toolkit.models import OutboxEvent

    User.objects.filter(id=broker.id).update(email="b@demo.example")
    draft = drafts.create_draft(content=said, by=broker, at=NOON)
    clearance.lodge(declaration=draft, by=broker, at=NOON)
    for event in OutboxEvent.objects.filter(name="declaration.registered"):
        events.deliver(event=event.id, at=NOON)
    [row] = Mail.objects.all()
    assert (row.user, row.kind) == (broker.id, "declaration.registered")


def signed_in(username: str, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.post("/sign-in", {"username": username, "password": "a-long-secret"})
    return client


def test_the_pages_of_firm_statement_and_mail(head: Person, colleague: uuid.UUID) -> None:
    at = clock.now()
    payments.deposit(party=BROKER_TIN, amount=Decimal("12.50"), source="x", office=OFFICE, at=at, by=None)
    client = signed_in(head.username)
    answer = client.post(
        "/firm", {"party": BROKER_TIN, "who": "colleague", "acts": ["see", "prepare"], "since": "", "until": ""}
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/firm?party={BROKER_TIN}")
    page = client.get("/firm").content.decode()
    assert "Demo colleague" in page
    grant = Grant.objects.get(user_id=colleague).id
    assert (
        client.post("/firm", {"party": BROKER_TIN, "who": "x", "acts": ["see"], "until": "32.1.2026"}).status_code
        == 422
    )
    client.post(f"/firm/{grant}/end", {"party": BROKER_TIN})
    assert Grant.objects.get(id=grant).ended_at is not None
    assert "12.50" in client.get("/accounts/statement").content.decode()
    assert client.get("/accounts/statement?since=02.01.2026&until=01.01.2026").status_code == 422
    assert client.get("/accounts/statement.xlsx").content[:2] == b"PK"
    assert client.get("/accounts/statement.pdf").content[:5] == b"%PDF-"
    assert "sends no e-mail" in client.get("/inbox/mail").content.decode()
    client.post("/inbox/mail", {"kind": ["declaration.released"], "language": "tg"})
    assert mailing.wanted_kinds(user=head.id) == {"declaration.released"}
    assert selectors.mail_address(user_id=head.id)[1] == "tg"
