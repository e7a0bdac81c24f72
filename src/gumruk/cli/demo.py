"""`gumruk demo`: people, exchange rates and declarations in every state, marked as demonstration; twice changes nothing."""

from __future__ import annotations

import argparse
import csv
from datetime import date, datetime, timedelta
from decimal import Decimal

PASSWORD = "demo-gumruk-2026"  # noqa: S105 - printed for everybody, for demonstration people only
DAYS = 180  # how far back the demonstration reaches
PEOPLE = [
    # sign-in name, shown name, language, role, office, firm
    ("broker", "Демо Брокер", "ru", "broker", "", "010000001"),
    ("broker2", "Брокери Намоишӣ", "tg", "broker", "", "010000002"),
    ("colleague", "Ҳамкори Намоишӣ", "tg", "broker", "", "010000001"),
    ("officer", "Нозири Намоишӣ", "tg", "officer", "PRV-R01", ""),
    ("officer2", "Демо Инспектор", "ru", "officer", "PRV-R01", ""),
    ("cashier", "Демо Кассир", "ru", "cashier", "PRV-R01", ""),
    ("head", "Demo Supervisor", "en", "supervisor", "", ""),
    ("deputy", "Муовини Намоишӣ", "tg", "supervisor", "", ""),
    ("lawyer", "Demo Law Editor", "en", "law_editor", "", ""),
    ("approver", "Тасдиқгари Намоишӣ", "tg", "law_approver", "", ""),
    ("administrator", "Демо Администратор", "ru", "administrator", "", ""),
    ("administrator2", "Маъмури Намоишӣ", "tg", "administrator", "", ""),
]

# What people may do for their firm, where it is not everything: its head, and a colleague who prepares and does not pay.
ACTS = {"broker": ("see", "prepare", "lodge", "pay", "delegate"), "colleague": ("see", "prepare")}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--declarations", type=int, default=300, help="how many declarations to make (300)")
    parser.add_argument("--quiet", action="store_true", help="do not list who may sign in")


def run(chosen: argparse.Namespace) -> int:
    from django.db import transaction

    from gumruk.cli.demo_keys import give_keys
    from gumruk.cli.law import load as load_law
    from gumruk.figures import services as figures
    from gumruk.toolkit import clock
    from gumruk.toolkit.environment import current

    print(load_law(demo=True))
    with transaction.atomic():  # all or nothing: a half-loaded demonstration would never be completed
        made = load(declarations=chosen.declarations, at=clock.now())
    give_keys(usernames=[one[0] for one in PEOPLE], folder=current().state / "pki", at=clock.now())
    figures.refresh(at=clock.now())
    print(f"Demonstration data: {made} declarations made.")
    if chosen.quiet:
        return 0
    print(f"Sign in as one of these, password {PASSWORD}")
    for username, name, _, role, office, firm in PEOPLE:
        print(f"  {username:<14} {role:<13} {office or firm or 'every office':<13} {name}")
    print(f"Keys for signing are in {current().state / 'pki' / 'people'}, password demo")
    return 0


def load(*, declarations: int, at: datetime) -> int:
    """Load what is missing; returns how many declarations were made."""
    from gumruk.toolkit.clock import law_day
    from gumruk.trust import selectors as trust

    day = law_day(at)
    enter_rates(day, at, back=DAYS + 2)
    if trust.person_named(username="broker", day=day) is not None:
        return 0
    add_people(day, at)
    from gumruk.cli import demo_administration
    from gumruk.cli.demo_stories import tell

    demo_administration.tell(day, at)
    return tell(declarations, at, days=DAYS)


def enter_rates(day: date, at: datetime, *, back: int = 30) -> None:
    """Invented exchange rates for the days around `day` that have none."""
    from gumruk.law.types import Confidence, ExchangeRate
    from gumruk.lawbook import files
    from gumruk.reference import selectors, services

    with (files.DATA / "demo" / "exchange.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for shift in range(-back, 32):
        moved = day + timedelta(days=shift)
        if selectors.rates_on(moved):
            continue
        # A slow invented wave, so that no two days look alike.
        wave = Decimal(1) + Decimal((moved.toordinal() * 7) % 41 - 20) / 10000
        rates = [
            ExchangeRate(
                row["currency"], moved, int(row["per"]), round(Decimal(row["rate"]) * wave, 4), "demo", Confidence.DEMO
            )
            for row in rows
        ]
        services.enter_rates(rates=rates, at=at)


def add_people(day: date, at: datetime) -> None:
    """The demonstration people, their rights, lane shares and a filled prepayment account."""
    from gumruk.payments import services as payments
    from gumruk.risk import services as risk
    from gumruk.trust import services as trust
    from gumruk.trust.types import FirmAct, Role

    for username, name, language, role, office, firm in PEOPLE:
        user = trust.add_user(username=username, name=name, password=PASSWORD, language=language, at=at, demo=True)
        since = day - timedelta(days=400)
        acts = ACTS.get(username, ())
        trust.grant(
            user_id=user,
            role=Role(role),
            since=since,
            at=at,
            office=office,
            party=firm,
            acts=[FirmAct(one) for one in acts],
        )
    risk.set_share(office="", yellow=1500, red=500, since=day - timedelta(days=400), reason="demo")
    for firm in ("010000001", "010000002"):
        payments.deposit(
            party=firm,
            amount=Decimal(900_000_000),
            source=f"demo-{firm}",
            office="PRV-R01",
            at=at - timedelta(days=90),
            by=None,
        )
