"""Registers: who reads what, page by page, and that the page, the sheet, the print and the ledger say the same."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gumruk.clearance import services as clearance
from gumruk.cli.demo_content import OFFICE, content
from gumruk.declarations import registers as declared
from gumruk.declarations import services as drafts
from gumruk.documents import ordering, services
from gumruk.documents.models import PrintedDocument, PrintOrder
from gumruk.documents.types import OrderState
from gumruk.payments import registers as receipts
from gumruk.payments.models import Account, Receipt
from gumruk.toolkit import clock
from gumruk.toolkit.rows import new_id
from gumruk.toolkit.sheets import read_sheet
from gumruk.trust.types import Person, Role
from gumruk.web.figures.waiting import ready
from gumruk.web.registers import asking, pages, printing, tasks
from gumruk.web.registers.kinds import REGISTERS, Line

from .conftest import DAY, NOON
from .test_cash_pages import seen_by

DAYS = "since=2026-03-01&until=2026-03-31"


@pytest.fixture
def head(person_with: Callable[..., Person]) -> Person:
    return person_with(Role.SUPERVISOR)


@pytest.fixture
def many(broker: Person, rates: None) -> list[uuid.UUID]:
    """Seven lodged declarations, two of them at the same moment."""
    made = []
    for seed in range(1, 8):
        at = NOON + timedelta(minutes=seed // 2)
        draft = drafts.create_draft(content=content(seed=seed, items=1, day=DAY), by=broker, at=at)
        assert clearance.lodge(declaration=draft, by=broker, at=at).accepted
        made.append(draft)
    return made


def asked(name: str, person: Person, **said: str) -> asking.Asked:
    found = asking.read(name, {"since": "2026-03-01", "until": "2026-03-31", **said}, person, DAY)
    assert found is not None
    return found


def test_pages_follow_each_other_without_gap_or_double(many: list[uuid.UUID], head: Person) -> None:
    span = asked("declarations", head).span
    seen: list[uuid.UUID] = []
    after = None
    while batch := declared.entries(
        by="registered_at", since=span.since, until=span.until, offices=None, after=after, size=3
    ):
        seen += [one.id for one in batch]
        after = (batch[-1].registered_at, batch[-1].id)
    assert sorted(seen) == sorted(many)
    assert len(set(seen)) == 7
    number, sums = declared.sums(by="registered_at", since=span.since, until=span.until, offices=(OFFICE,))
    assert number == 7
    assert sums["due"] == -sum(Account.objects.filter(kind="revenue").values_list("balance", flat=True))


def test_the_page_the_sheet_and_the_print_say_the_same(many: list[uuid.UUID], head: Person) -> None:
    client = seen_by(head)
    page = client.get(f"/registers/declarations?{DAYS}").content.decode()
    rows = read_sheet(client.get(f"/registers/declarations.csv?{DAYS}").content)
    assert len(rows) == 1 + 7 + 1
    assert rows[-1][0] == "Total"
    assert Decimal(rows[-1][11]) == sum(Decimal(row[11]) for row in rows[1:-1])
    assert Decimal(rows[-1][11]) == -sum(Account.objects.filter(kind="revenue").values_list("balance", flat=True))
    for row in rows[1:-1]:
        assert row[0] in page
    assert read_sheet(client.get(f"/registers/declarations.xlsx?{DAYS}").content)[1][0] == rows[1][0]
    printed = client.get(f"/registers/declarations.pdf?{DAYS}")
    assert printed["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    found = PrintedDocument.objects.get()
    assert found.facts == [["Register", "DEC-ALL-260301-260331"], ["Lines", "7"]]
    assert client.get(f"/verify/{found.code}").status_code == 200
    assert "still stands" in client.get(f"/verify/{found.code}").content.decode()


def test_the_register_of_receipts_adds_up_to_the_ledger(
    paid: uuid.UUID, head: Person, person_with: Callable[..., Person]
) -> None:
    receipt = Receipt.objects.get()
    span = asked("receipts", head).span
    assert receipts.sums(since=span.since, until=span.until, offices=None) == (1, {"amount": receipt.amount})
    bank = Account.objects.get(kind="bank").balance
    assert bank == receipt.amount
    clearance.reverse_payment(declaration=paid, receipt=receipt.id, reason="Demo", by=head, at=NOON)
    assert receipts.sums(since=span.since, until=span.until, offices=(OFFICE,)) == (2, {"amount": Decimal(0)})
    rows = read_sheet(seen_by(head).get(f"/registers/receipts.csv?{DAYS}").content)
    assert [Decimal(row[8]) for row in rows[1:]] == [receipt.amount, -receipt.amount, Decimal(0)]


def test_releases_and_empty_registers(paid: uuid.UUID, officer: Person, head: Person) -> None:
    client = seen_by(head)
    assert "Nothing stands in this register" in client.get(f"/registers/releases?{DAYS}").content.decode()
    assert client.get(f"/registers/releases.pdf?{DAYS}").content.startswith(
        b"%PDF"
    )  # an empty register is a register too
    clearance.release(declaration=paid, by=officer, at=NOON)
    rows = read_sheet(client.get(f"/registers/releases.csv?{DAYS}").content)
    assert len(rows) == 3
    assert "Nothing stands in this register" in client.get(f"/registers/inspections?{DAYS}").content.decode()


def test_who_reads_which_register(
    many: list[uuid.UUID], person_with: Callable[..., Person], officer: Person, cashier: Person, broker: Person
) -> None:
    assert {one.name for one in asking.registers_of(officer)} == {"declarations", "releases", "inspections"}
    assert {one.name for one in asking.registers_of(cashier)} == {"receipts"}
    assert seen_by(broker).get("/registers").status_code == 404
    assert seen_by(cashier).get(f"/registers/declarations?{DAYS}").status_code == 404
    assert seen_by(cashier).get("/registers").url == "/registers/receipts"  # type: ignore[attr-defined]
    elsewhere = person_with(Role.OFFICER, office="PRV-R02")
    assert (
        "Nothing stands" in seen_by(elsewhere).get(f"/registers/declarations?{DAYS}&office={OFFICE}").content.decode()
    )
    assert Client().get("/registers/declarations").status_code == 302
    assert seen_by(officer).get(f"/registers/declarations.exe?{DAYS}").status_code == 404
    assert seen_by(officer).get(f"/registers/nothing?{DAYS}").status_code == 404


def test_a_page_takes_as_many_queries_for_seven_lines_as_for_one(many: list[uuid.UUID], head: Person) -> None:
    client = seen_by(head)
    client.get(f"/registers/declarations?{DAYS}")
    with CaptureQueriesContext(connection) as seven:
        client.get(f"/registers/declarations?{DAYS}")
    with CaptureQueriesContext(connection) as none:
        client.get("/registers/declarations?since=2026-01-01&until=2026-01-31")
    assert len(seven) == len(none)


def test_a_large_print_is_made_by_a_job_and_fetched_by_whoever_ordered_it(
    many: list[uuid.UUID], head: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "AT_ONCE", 3)
    client = seen_by(head)
    page = client.get(f"/registers/declarations?{DAYS}").content.decode()
    assert "Make the print" in page
    assert client.get(f"/registers/declarations.pdf?{DAYS}").status_code == 302
    client.post("/registers/declarations/order", {"since": "2026-03-01", "until": "2026-03-31"})
    order = PrintOrder.objects.get()
    assert order.whole == 7
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'order' FROM procrastinate_jobs WHERE task_name = %s", [tasks.MAKE])
        assert cursor.fetchall() == [(str(order.id),)]
    assert "Waiting for its turn." in client.get("/registers/orders").content.decode()
    tasks.make(order.id, clock.now())
    tasks.make(order.id, clock.now())  # a second run leaves the first file
    assert PrintedDocument.objects.count() == 1
    assert ready(head) == "1"
    assert "Ready: open the print" in client.get("/registers/orders").content.decode()
    assert seen_by(officer).get(f"/registers/orders/{order.id}").status_code == 404
    assert client.get(f"/registers/orders/{order.id}").content.startswith(b"%PDF")
    assert ready(head) == ""
    assert ordering.forget_old(order.ordered_at + timedelta(days=8)) == 1


def test_a_print_that_cannot_be_made_says_so(head: Person) -> None:
    said = {"register": "nothing", "since": "2026-03-01", "until": "2026-03-31", "office": "", "offices": "*",
            "language": "en", "address": ""}  # fmt: skip
    made = ordering.order(asked=said, title="Demo", office="", whole=1, by=head.id, at=NOON)
    with pytest.raises(KeyError):
        tasks.make_register(order=str(made))
    known = ordering.order_known(order=made)
    assert known is not None
    assert known.state is OrderState.FAILED
    tasks.make(new_id(), NOON)  # an order that was forgotten meanwhile is no fault


AMOUNTS = st.lists(st.decimals(min_value=-(10**9), max_value=10**9, places=2), max_size=150)


@given(amounts=AMOUNTS)
def test_every_page_adds_up_and_the_last_says_the_whole(amounts: list[Decimal]) -> None:
    lines = [Line((str(place), amount), (NOON, uuid.UUID(int=place)), None) for place, amount in enumerate(amounts)]
    found = list(printing.pages_of(lines, (1,)))
    assert [line for page, _, _ in found for line in page] == lines
    running = Decimal(0)
    for page, (total,), (so_far,) in found:
        assert total == sum((line.cells[1] for line in page), Decimal(0))  # type: ignore[misc]
        running += total
        assert so_far == running
    assert running == sum(amounts, Decimal(0))
    assert all(len(page) <= printing.OTHER_PAGES for page, _, _ in found)


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
@pytest.mark.parametrize("name", list(REGISTERS))
def test_each_register_is_set_in_each_language_with_its_fonts(
    many: list[uuid.UUID], head: Person, language: str, name: str
) -> None:
    what = asked(name, head)
    made = printing.sheet(what, list(printing.lines_of(what)), language=language, at=NOON)
    printed = services.print_sheet(sheet=made, address="https://example.test/verify/", by=head.id, at=NOON)
    assert printed.copy == 0
    assert b"/FontFile" in printed.pdf
    assert b"Golos" in printed.pdf or b"Libertinus" in printed.pdf


@pytest.mark.parametrize("language", ["tg", "ru", "en"])
def test_a_long_register_has_as_many_pages_as_were_cut(many: list[uuid.UUID], head: Person, language: str) -> None:
    what = asked("declarations", head)
    found = list(printing.lines_of(what))
    long = ("Ҷ" * 80,) * 9
    lines = [Line((*long, *line.cells[9:]), line.cursor, None) for line in found for _ in range(40)]
    made = printing.sheet(what, lines, language=language, at=NOON)
    printed = services.print_sheet(sheet=made, address="https://example.test/verify/", by=head.id, at=NOON)
    assert len(re.findall(rb"/Type */Page\b", printed.pdf)) == len(made.content["pages"]) == 7


def test_what_makes_no_sense_in_the_address_is_left_out(head: Person) -> None:
    for said in (
        {"since": "31.03.2026", "until": "01.03.2026"},
        {"since": "x"},
        {"since": "01.01.1900", "until": "01.01.2026"},
    ):
        found = asking.read("declarations", said, head, DAY)
        assert found is not None
        assert (found.since, found.last) == (DAY, DAY)
    found = asked("declarations", head, after="nonsense")
    assert found.after is None
    cursor = (NOON, uuid.UUID(int=7))
    again = asked("declarations", head, after=asking.cursor_text(cursor), office=OFFICE)
    assert again.after == cursor
    assert asking.again(again.kept).span == again.span


def test_a_cell_that_is_too_long_is_cut_with_a_sign(many: list[uuid.UUID], head: Person) -> None:
    what = asked("declarations", head)
    lines = [Line(("Ҷ" * 99, *line.cells[1:]), line.cursor, None) for line in printing.lines_of(what)]
    made = printing.sheet(what, lines, language="tg", at=NOON)
    first = made.content["pages"][0]["rows"][0]
    assert first[0].endswith("Ҷ…")
    assert len(first) == len(what.register.columns)
    assert io.StringIO(first[0]).read() == first[0]
