"""Rates of exchange: entered for a day, never overwritten, corrected by two persons, never taken from another day."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from gumruk.cli import exchange_rates
from gumruk.law.types import Confidence, ExchangeRate
from gumruk.reference import selectors, services
from gumruk.reference.models import ExchangeRate as RateRow
from gumruk.reference.types import RateOfExchangeRefused, RateStatus
from gumruk.toolkit.models import OutboxEvent
from gumruk.trust.types import Person, Role

from .conftest import DAY, NOON

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def editor(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_EDITOR)


@pytest.fixture
def approver(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.LAW_APPROVER)


def rate(text: str, currency: str = "USD", day: date = TOMORROW, per: int = 1) -> ExchangeRate:
    return ExchangeRate(currency, day, per, Decimal(text), "bank", Confidence.CONFIRMED)


def enter(by: Person, *rates: ExchangeRate, at: datetime = NOON, **more: object) -> int:
    return services.enter_rates(rates=rates, at=at, by=by, **more)  # type: ignore[arg-type]


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    exchange_rates.add_arguments(parser)
    return exchange_rates.run(parser.parse_args(words))


def refused(code: str, call: Callable[[], object]) -> None:
    """The call is refused for that reason and moves nothing."""
    before = list(RateRow.objects.order_by("id").values())
    with pytest.raises(RateOfExchangeRefused) as said:
        call()
    assert said.value.code == code
    assert list(RateRow.objects.order_by("id").values()) == before


def test_tomorrows_rate_is_entered_this_evening_and_holds_tomorrow_only(editor: Person) -> None:
    assert enter(editor, rate("9.35"), rate("1.153", "RUB", per=10)) == 2
    assert selectors.rates_on(DAY) == ()
    assert [(row.currency, row.per, row.rate) for row in selectors.rates_on(TOMORROW)] == [
        ("RUB", 10, Decimal("1.153")),
        ("USD", 1, Decimal("9.35")),
    ]
    # The day after has no rate of its own: nothing falls back to yesterday.
    assert selectors.rates_on(TOMORROW + timedelta(days=1)) == ()
    assert OutboxEvent.objects.get(name="exchange_rates.entered").payload == {"days": [TOMORROW.isoformat()]}
    assert selectors.versions_on(TOMORROW)[0].entered_by_name == editor.username


def test_wrong_rates_are_refused_and_nothing_moves(editor: Person, officer: Person) -> None:
    enter(editor, rate("9.35"))
    refused("rate_stands", lambda: enter(editor, rate("10.8", "EUR"), rate("9.36")))
    refused("twice", lambda: enter(editor, rate("1", "EUR"), rate("2", "EUR")))
    refused("per_unknown", lambda: enter(editor, rate("1", "EUR", per=5)))
    refused("not_positive", lambda: enter(editor, rate("0", "EUR")))
    refused("too_fine", lambda: enter(editor, rate("1.0000001", "EUR")))
    refused("too_fine", lambda: enter(editor, rate("100000000", "EUR")))
    refused("not_allowed", lambda: enter(officer, rate("1", "EUR")))
    refused("published_later", lambda: enter(editor, rate("1", "EUR"), published_at=NOON + timedelta(hours=1)))


def test_an_unusual_change_asks_to_be_confirmed(editor: Person) -> None:
    enter(editor, rate("9.35"), rate("1.153", "RUB", per=10))
    next_day = TOMORROW + timedelta(days=3)  # the rate before may be of a Friday
    moved = rate("9.90", day=next_day)
    same = rate("11.53", "RUB", day=next_day, per=100)  # other units, same rate
    refused("unusual", lambda: enter(editor, moved, same, limit_percent=Decimal(5)))
    assert [(jump.currency, jump.percent) for jump in selectors.jumps([moved, same], limit_percent=Decimal(5))] == [
        ("USD", Decimal("5.9"))
    ]
    assert enter(editor, moved, same, limit_percent=Decimal(5), confirmed=True) == 2


def test_a_correction_is_a_new_version_by_two_persons(editor: Person, approver: Person) -> None:
    enter(editor, rate("9.35"))

    def propose(**change: object) -> object:
        said = {
            "currency": "USD",
            "day": TOMORROW,
            "per": 1,
            "rate": Decimal("9.53"),
            "reason": "figures swapped",
            "by": editor,
            "at": NOON,
        }
        return services.propose_correction(**said | change)  # type: ignore[arg-type]

    refused("reason_missing", lambda: propose(reason=" "))
    refused("no_rate", lambda: propose(currency="EUR"))
    refused("same_rate", lambda: propose(rate=Decimal("9.350000")))
    refused("not_allowed", lambda: propose(by=approver))
    propose()
    assert selectors.rates_on(TOMORROW)[0].rate == Decimal("9.35")
    refused("correction_waits", lambda: propose(rate=Decimal("9.54")))
    assert [one.rate for one in selectors.proposals()] == [Decimal("9.53")]

    def decide(by: Person, *, accept: bool = True) -> object:
        return services.decide_correction(currency="USD", day=TOMORROW, accept=accept, by=by, at=NOON)

    refused("not_allowed", lambda: decide(editor))
    decide(approver)
    refused("no_correction", lambda: decide(approver))
    assert selectors.rates_on(TOMORROW)[0].rate == Decimal("9.53")
    first, second = selectors.versions_on(TOMORROW)
    assert (first.rate, first.status) == (Decimal("9.35"), RateStatus.SUPERSEDED)
    assert (second.version, second.status, second.reason) == (2, RateStatus.STANDING, "figures swapped")
    assert (second.entered_by_name, second.decided_by_name) == (editor.username, approver.username)
    propose(rate=Decimal("9.60"), reason="again")
    decide(approver, accept=False)
    assert [one.status for one in selectors.versions_on(TOMORROW)][-1] is RateStatus.REFUSED
    assert selectors.rates_on(TOMORROW)[0].rate == Decimal("9.53")


def test_nobody_confirms_an_own_correction_even_with_both_roles(editor: Person) -> None:
    from dataclasses import replace

    from gumruk.trust.types import Grant

    both = replace(editor, grants=(*editor.grants, Grant(Role.LAW_APPROVER, "", "", DAY, None)))
    enter(both, rate("9.35"))
    services.propose_correction(currency="USD", day=TOMORROW, per=1, rate=Decimal(9), reason="x", by=both, at=NOON)
    refused(
        "same_person", lambda: services.decide_correction(currency="USD", day=TOMORROW, accept=True, by=both, at=NOON)
    )


def test_the_database_keeps_every_version(editor: Person) -> None:
    enter(editor, rate("9.35"))
    row = RateRow.objects.get()
    for change in (
        lambda: RateRow.objects.update(rate=1),
        row.delete,
        lambda: RateRow.objects.update(status="refused"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        RateRow.objects.create(currency="USD", day=TOMORROW, per=1, rate=2, published_at=NOON, version=2, reason="x")
    assert RateRow.objects.get().rate == Decimal("9.35")


def test_the_console_previews_enters_and_lists(
    editor: Person, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("25.11.2026\nРамз;Воҳид;Қурб\nUSD;1;9,35\nRUB;10;1,153\n", encoding="utf-8")
    assert run(str(file), "--preview") == 0
    assert RateRow.objects.count() == 0
    assert "USD" in capsys.readouterr().out
    assert run(str(file)) == 2
    assert run(str(file), "--as", editor.username) == 0
    assert run("--list", "2026-11-25", "--json") == 0
    listed = capsys.readouterr().out
    assert '{"currency": "RUB", "day": "2026-11-25", "per": 10, "rate": "1.153000"' in listed
    assert run("--list", "2026-11-26") == 1
    assert run(str(file), "--as", editor.username, "--language", "tg") == 1
    assert "аллакай ҳаст" in capsys.readouterr().err
    file.write_text("26.11.2026\nРамз;Воҳид;Қурб\nUSD;3;9,35\n", encoding="utf-8")
    assert run(str(file), "--as", editor.username, "--language", "ru") == 1
    assert "Строка 3, единиц" in capsys.readouterr().err
    assert run(str(tmp_path / "none.csv"), "--as", editor.username) == 2
    assert run() == 2
    assert RateRow.objects.count() == 2
